"""How far the days of a plan bear on each other: within which periods, or on all that follow.

What happens on a day can change the pay of no other day than those of the same month, quarter, year… that some rule of
the plan adds up or asks for. Where a plan says anything that this module does not know of, its days stay together:
slower, never wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.core.formulas import Formula
from engine.core.incentives.budgets import is_bounded
from engine.core.incentives.earnings import carries_forward
from engine.core.incentives.narrowing import says_more
from engine.core.incentives.open_days import EVERY_DAY, OpenDays, joined
from engine.core.incentives.plan_cap import WHOLE_TIME
from engine.core.incentives.presence import Span
from engine.core.incentives.together import asks_ranks
from engine.core.incentives.windows import PLAN, plan_window
from engine.core.periods import KINDS, Period, next_period, period_of
from engine.core.rules.company import Company
from engine.core.rules.plan import (
    Bonus,
    Clawback,
    Commission,
    Component,
    Contest,
    Limit,
    Plan,
    Pool,
    RateTable,
    ReleasePart,
)
from engine.core.rules.plan_terms import Guarantee, PlanCap, Ramp
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.scorecard import Scorecard

KNOWN: Mapping[type, frozenset[str]] = {
    Plan: frozenset(
        "header pays currency period credits components proration rounding credits_where_several remainder exchange"
        " pays_in prorates quota_rounding cap draw guarantee ramp".split()
    ),
    Commission: frozenset(
        "id title of measured_over quota rates gate gate_kind per_deal multiply cap release clawback in_force place"
        " scorecard".split()
    ),
    Bonus: frozenset(
        "id title on when amount to budget multiply clawback in_force place scorecard budget_per_person"
        " count_at_most".split()
    ),
    RateTable: frozenset("by by_formula method deal_that_crosses tiers block place position_of highest".split()),
    Pool: frozenset(
        "id title share of amount members measured_over gate gate_kind shared weights clawback in_force place".split()
    ),
    Contest: frozenset("id title rank_by measured_over prizes ties at_least among clawback in_force place".split()),
    Limit: frozenset("at_most at_least excess".split()),
    ReleasePart: frozenset("share on pro_rata place after day".split()),
    Clawback: frozenset("on within share attainment through_tiers place tapers of settled".split()),
    PlanCap: frozenset("at_most per excess place".split()),
    Guarantee: frozenset("amount per lasts place".split()),
    Ramp: frozenset("months guarantee place".split()),
}
"""The words for which it is shown how far they reach."""

_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """Days of one period of these `kinds` bear on each other, and days of one of these `times` (a plan's whole time);
    `whole`: all days do.

    `shared`: what happens to one payee bears on everybody who is on the plan. `bounded` are bonuses with a budget: a grant
    bears on all that come after it.
    """

    kinds: frozenset[str] = frozenset()
    times: frozenset[Span] = frozenset()
    whole: bool = False
    shared: bool = False
    bounded: frozenset[str] = frozenset()

    def open_days(self, spans: Iterable[Span], company: Company) -> OpenDays:
        """Every day on which what happens on the days of these spans can bear."""
        around = [] if self.whole else [self._around(span, company) for span in set(spans)]
        ancient = any(span.start < _EARLIEST for span in around)
        return EVERY_DAY if self.whole or ancient else joined(around)

    def _around(self, span: Span, company: Company) -> Span:
        """The shortest span that holds this one and no period of the reach in part."""
        start, end = date.min, date.max
        while (start, end) != (span.start, span.end):
            start, end = span.start, span.end
            spans = [span, *(time for time in self.times if time.start < end and start < time.end)]
            if start >= _EARLIEST:
                spans += [Span(period_of(start, kind, company).start, end) for kind in self.kinds]
            if end != date.max:
                last = end - timedelta(days=1)
                spans += [Span(start, period_of(last, kind, company).end) for kind in self.kinds]
            span = Span(min(one.start for one in spans), max(one.end for one in spans))
        return span


UNKNOWN = Reach(whole=True, shared=True)
"""Of whatever is said in words that are not known here."""


def combined(reaches: Iterable[Reach]) -> Reach:
    """The reach of several plans: the days that bear on each other under any of them."""
    found = list(reaches)
    return Reach(
        frozenset(kind for one in found for kind in one.kinds),
        frozenset(time for one in found for time in one.times),
        any(one.whole for one in found),
        any(one.shared for one in found),
        frozenset(id for one in found for id in one.bounded),
    )


def reach_of(plan: Plan, rulebook: Rulebook) -> Reach:
    """How far the plan's days bear on each other."""
    terms = (plan.cap, plan.guarantee, plan.ramp)
    if not all(_known(one) for one in (plan, *terms) if one is not None):
        return UNKNOWN
    carries = plan.cap is not None and (plan.cap.excess == "carried_forward" or plan.cap.per == WHOLE_TIME)
    # What a draw is owed back is carried on for ever.
    carries = carries or plan.draw is not None
    kinds = {one.per for one in (plan.cap, plan.guarantee) if one}
    kinds |= {plan.period} if plan.guarantee or plan.ramp or plan.pays_in else set()
    parts = (_of_component(part, plan, rulebook) for part in plan.components)
    return combined([Reach(frozenset(kinds) & frozenset(KINDS), whole=carries), *parts])


def windows_on(days: OpenDays, rulebook: Rulebook, as_of: date) -> frozenset[str]:
    """The names of all windows that lie in the open days and have begun by that day."""
    company = rulebook.company
    timeless = [plan for plan in rulebook.plans if any(_over_plan(part) for part in plan.components)]
    found = [plan_window(plan, company) for plan in timeless]
    found += [one for span in days.spans for kind in KINDS for one in _begun_in(span, kind, company, as_of)]
    return frozenset(window.id for window in found if days.meets(window))


def _over_plan(part: Component) -> bool:
    return isinstance(part, Commission | Pool | Contest) and part.measured_over == PLAN


def _begun_in(span: Span, kind: str, company: Company, as_of: date) -> Iterator[Period]:
    """The periods of a kind that lie in the span and have begun."""
    window = period_of(span.start, kind, company)
    while window.start < span.end and window.start <= as_of:
        if span.start <= window.start and window.end <= span.end:
            yield window
        window = next_period(window, company)


def _of_component(part: Component, plan: Plan, rulebook: Rulebook) -> Reach:
    if not all(map(_known, _words(part))):
        return UNKNOWN
    names = {name for formula in _formulas(part) for name in formula.reads}
    asked = [_asked(name, plan.period) for name in names]
    if any(name.startswith("scorecard.") for name in names):
        asked += [_of_scorecard(card) for card in rulebook.scorecards]
    return combined([_own(part, plan, rulebook.company), *asked])


def _words(part: Component) -> Iterator[object]:
    """The component and all that it is made of, as far as it is known word by word."""
    yield part
    if isinstance(part, Commission):
        yield from (one for one in (part.rates, part.per_deal, part.cap) if one)
        yield from part.release
    if part.clawback:
        yield part.clawback


def _own(part: Component, plan: Plan, company: Company) -> Reach:
    """The component's own windows, and with whom they are shared."""
    if isinstance(part, Bonus):
        bounded = frozenset({part.id} if is_bounded(part) else ())
        return Reach(frozenset({plan.period}), shared=asks_ranks(part) or bool(bounded), bounded=bounded)
    whole = isinstance(part, Commission) and carries_forward(part)
    shared = not isinstance(part, Commission) or asks_ranks(part)
    if part.measured_over != PLAN:
        return Reach(frozenset({part.measured_over}), whole=whole, shared=shared)
    window = plan_window(plan, company)
    return Reach(times=frozenset({Span(window.start, window.end)}), whole=whole, shared=shared)


def _formulas(part: Component) -> Iterator[Formula]:
    rules: tuple[Formula | None, ...] = ()
    if isinstance(part, Commission):
        rules = (part.multiply, part.gate, part.rates.by_formula)
    elif isinstance(part, Bonus):
        rules = (part.multiply, part.amount)
    elif isinstance(part, Pool):
        rules = (part.amount, part.members, part.gate, part.weights)
    yield from (formula for formula in rules if formula)


def _asked(name: str, period: str) -> Reach:
    """What a formula asks for beside its own window: `attainment(bookings,year)` is about the year around it. A period by
    its name is asked from every window there is."""
    if not name.startswith(("attainment(", "rank(")):
        return Reach()
    text = name.removesuffix(")").rpartition(",")[2]
    kind = period if text == "period" else text
    return Reach(frozenset({kind})) if kind in KINDS else Reach(whole=True)


def _of_scorecard(card: Scorecard) -> Reach:
    names = {name for kpi in card.kpis if kpi.value for name in kpi.value.reads}
    return combined([Reach(frozenset({card.period})), *(_asked(name, card.period) for name in names)])


def _known(part: object) -> bool:
    """True when every word of it is one whose reach is known."""
    return type(part) in KNOWN and not says_more(part, KNOWN[type(part)])
