"""Incentive plans and ladders: tiers that make sense, credits and quotas that exist, shares that are whole."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from engine.core.incentives.windows import PLAN
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.problems import Problem
from engine.core.rules.plan import Commission, Plan, RateTable, Tier
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.checks.finding import Path, finding, listed, twice
from engine.rulefiles.values import nearest_first

_EXAMPLE_QUOTA = 10_000_000
"""Minor units: the quota with which a finding about attainment shows amounts."""


def commissions(rulebook: Rulebook) -> Iterator[tuple[Plan, Path, Commission]]:
    """Every commission with its plan and path."""
    for plan in rulebook.plans:
        for number, component in enumerate(plan.components):
            if isinstance(component, Commission):
                yield plan, ("components", number), component


def components_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a component whose id stands before."""
    for plan in rulebook.plans:
        keys = [type(component).__name__.lower() for component in plan.components]
        ids = ((c.id, ("components", n, key)) for n, (c, key) in enumerate(zip(plan.components, keys, strict=True)))
        yield from twice(rulebook, plan.header, ids)


def levels_have_one_id_each(rulebook: Rulebook) -> Iterator[Problem]:
    """R214 for a level or partner tier whose id stands before."""
    for ladder in rulebook.ladders:
        levels = ((level.id, ("levels", number, "level")) for number, level in enumerate(ladder.levels))
        yield from twice(rulebook, ladder.header, levels)
    for programme in rulebook.programmes:
        path = ("partner_tiers", "tiers")
        tiers = ((tier.id, (*path, n, "partner_tier")) for n, tier in enumerate(programme.partner_tiers))
        yield from twice(rulebook, programme.header, tiers)


def tiers_rise_from_zero(rulebook: Rulebook) -> Iterator[Problem]:
    """R245 when the first tier does not start at 0, R244 for each that does not start above the one before."""
    for plan, path, component in commissions(rulebook):
        rates = component.rates
        if rates.tiers[0].start != 0:
            start = position(rates.tiers[0].start, rates, plan.currency)
            yield finding(rulebook, plan.header, (*path, "rates", "tiers", 0, "from"), "R245", start=start)
        for number, (before, tier) in enumerate(pairwise(rates.tiers), 1):
            if tier.start <= before.start:
                starts = [position(t.start, rates, plan.currency) for t in (tier, before)]
                where = (*path, "rates", "tiers", number, "from")
                yield finding(rulebook, plan.header, where, "R244", start=starts[0], before=starts[1])


def position(start: Fraction, rates: RateTable, currency: str) -> str:
    """Where a tier starts, as people write it."""
    if rates.by == "attainment":
        return f"{shown_number(start * 100)}%"
    if rates.by == "amount" and start.denominator == 1:
        return str(Money(start.numerator, currency))
    return shown_number(start)


def selling_more_never_pays_less(rulebook: Rulebook) -> Iterator[Problem]:
    """R246 where reaching a tier pays less than stopping short of it, with both amounts.

    For attainment the amounts are those of a quota of 100,000. Marginal tiers cannot fall: each adds to the ones below.
    """
    for plan, path, component in commissions(rulebook):
        rates = component.rates
        if rates.method not in ("whole", "flat"):
            continue
        for number, (before, tier) in enumerate(pairwise(rates.tiers), 1):
            short, reached = (_pays(t, tier.start, rates) for t in (before, tier))
            if short is not None and reached is not None and reached < short:
                yield _falls(rulebook, plan, (*path, "rates", "tiers", number), tier, short, reached, rates)


def _falls(
    rulebook: Rulebook, plan: Plan, where: Path, tier: Tier, short: Fraction, reached: Fraction, rates: RateTable
) -> Problem:
    """R246 with the amounts just before a tier and at it."""
    before, after = (str(ExactMoney(amount, plan.currency).rounded()) for amount in (short, reached))
    quota = Money(_EXAMPLE_QUOTA, plan.currency)
    shown = rates.by == "attainment"
    params = {
        "at": position(tier.start, rates, plan.currency),
        "before": before,
        "after": after,
        "basis_en": f", with a quota of {quota}" if shown else "",
        "basis_zh": f"（按配额 {quota} 计）" if shown else "",
    }
    return finding(rulebook, plan.header, where, "R246", **params)


def _pays(tier: Tier, at: Fraction, rates: RateTable) -> Fraction | None:
    """What everything up to a position earns at one tier, in minor units; None where the base is not known."""
    if tier.flat is not None:
        return Fraction(tier.flat.minor)
    if tier.per_unit is not None:
        return at * tier.per_unit.minor
    base = {"attainment": at * _EXAMPLE_QUOTA, "amount": at}.get(rates.by)
    return None if base is None or tier.rate is None else base * tier.rate


def rates_have_what_they_need(rulebook: Rulebook) -> Iterator[Problem]:
    """R249 for attainment without a quota, R261 for blocks without a size."""
    for plan, path, component in commissions(rulebook):
        if component.rates.by == "attainment" and not component.quota:
            yield finding(rulebook, plan.header, (*path, "commission"), "R249")
        if component.rates.method == "per_block" and component.rates.block is None:
            yield finding(rulebook, plan.header, (*path, "rates", "method"), "R261")


def everything_earned_is_released(rulebook: Rulebook) -> Iterator[Problem]:
    """R263 when the released shares do not total 100 %."""
    for plan, path, component in commissions(rulebook):
        total = sum((part.share for part in component.release), Fraction(0))
        if component.release and total != 1:
            yield finding(rulebook, plan.header, (*path, "release", 0), "R263", total=f"{shown_number(total * 100)}%")


def credits_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R240 for a component that pays on credits which no plan makes."""
    known = list(dict.fromkeys(rule.name for plan in rulebook.plans for rule in plan.credits))
    for plan, path, component in commissions(rulebook):
        places = ((("of",), component.of), (("rates", "position_of"), component.rates.position_of))
        for where, name in places:
            if name and name not in known:
                names = listed(nearest_first(name, known))
                yield finding(rulebook, plan.header, (*path, *where), "R240", found=name, known=names)


def quotas_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R241 for a quota that names no target."""
    known = list(dict.fromkeys(target.header.id for target in rulebook.targets))
    for plan, path, component in commissions(rulebook):
        if component.quota not in ("", "quota", *known):
            names = listed(nearest_first(component.quota, known))
            yield finding(rulebook, plan.header, (*path, "quota"), "R241", found=component.quota, known=names)


def levels_and_partner_tiers_only_stand_there(rulebook: Rulebook) -> Iterator[Problem]:
    """R227, a warning, for ladders and partner tiers: nobody is moved up or down by them yet."""
    for ladder in rulebook.ladders:
        yield finding(rulebook, ladder.header, ("ladder",), "R227", key="ladder")
    for programme in rulebook.programmes:
        if programme.partner_tiers:
            yield finding(rulebook, programme.header, ("partner_tiers",), "R227", key="partner_tiers")


def plan_windows_end(rulebook: Rulebook) -> Iterator[Problem]:
    """R352 for a component measured over a plan that has no end."""
    for plan, path, component in commissions(rulebook):
        if component.measured_over == PLAN and plan.header.in_force.until_on is None:
            yield finding(rulebook, plan.header, (*path, "measured_over"), "R352")
