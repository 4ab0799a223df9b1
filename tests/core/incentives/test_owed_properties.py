"""What never changes what is owed: how deals are sliced, the order of input, what comes and goes, when it is posted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.payouts import differences, draft_run, posted_by_line
from engine.core.money import Money
from engine.core.records import Credit
from engine.core.rules.plan import Clawback, Commission, Limit, Plan, RateTable
from tests.core.incentives.oracle.compare import books_of, rulebook_of
from tests.core.incentives.oracle.components import START
from tests.core.incentives.oracle.histories import END, Maker
from tests.core.incentives.oracle.told import History
from tests.core.incentives.simple import NEW_YEAR, PLACE, Named, calculate, credit, credits, plan_of, table

SEEDS = st.integers(0, 10**9)
WHOLLY_BACK = Clawback("deal.cancelled", None, Fraction(1), "reversed", "from_top", PLACE)


def lines_of(history: History, as_of: date = END) -> tuple[EarningLine, ...]:
    """Every line that is owed."""
    return owed(rulebook_of(history), history.person, books_of(history), as_of)


def total(history: History) -> int:
    """What is earned in the end, in minor units."""
    return sum(line.earned.minor for line in lines_of(history))


def changed(history: History, **parts: object) -> History:
    """The history with parts of its components replaced, in one version for ever."""
    plan = history.plans[0]
    made = tuple(replace(component, **parts) for component in plan.components if isinstance(component, Commission))
    head = replace(plan.header, in_force=replace(plan.header.in_force, until_on=None))
    return replace(history, plans=(replace(plan, header=head, components=made),))


class Settled(Maker):
    """Makes histories of somebody who is always there, with whole quotas and paid in the plan's currency."""

    def versions(self) -> tuple[Plan, ...]:
        """The versions without what asks who is there when, in which nothing can be missing."""
        return tuple(replace(plan, proration="none", ramp=None, pays_in=None) for plan in super().versions())


def maker_of(chance: Random) -> Maker:
    """A maker of histories whose windows are of the calendar, so that a plan may be made to last."""
    maker = Settled(chance)
    maker.over = "quarter" if maker.over == "plan" else maker.over
    maker.rare, maker.card, maker.comes_and_goes = "", None, False
    return maker


def plain(seed: int, by: Sequence[str], **parts: object) -> History:
    """One version, without bounds per deal, gate and factor, each deal split where it crosses; no returns."""
    chance = Random(seed)
    maker = maker_of(chance)
    maker.by, maker.returns, maker.measure, maker.together = chance.choice(by), False, "", 1
    maker.parted = maker.weighed = False
    history = maker.made(str(seed)).history
    plain_plan = replace(
        history.plans[0], draw=None, guarantee=None, cap=None, components=history.plans[0].components[:1]
    )
    history = replace(history, plans=(plain_plan,))
    rates = replace(_rates(history), deal_that_crosses="split")
    return changed(history, rates=rates, per_deal=None, gate=None, multiply=None, in_force=None, **parts)


def _rates(history: History) -> RateTable:
    found = history.plans[0].components[0]
    assert isinstance(found, Commission)
    return found.rates


def sliced(credit: Credit, chance: Random) -> list[Credit]:
    """The credit as up to three credits of the same moment that add up to it in every way."""
    cuts = [Fraction(0), *sorted(Fraction(chance.randint(0, 12), 12) for _ in range(chance.randint(0, 2))), Fraction(1)]
    made = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        minor = int(credit.amount.minor * end) - int(credit.amount.minor * start)
        amount, units = replace(credit.amount, minor=minor), credit.units * (end - start)
        made.append(replace(credit, id=f"{credit.id}-{number}", amount=amount, units=units))
    return made


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_slicing_a_deal_never_changes_the_total(seed: int) -> None:
    """So it is for every method, with caps, what they carry and clawbacks; the tests below say where it cannot be.

    By count, rates would need slices whose units are in proportion to their amounts; those are whole minor units.
    """
    history = plain(seed, ("amount", "attainment", "count"), release=(), clawback=WHOLLY_BACK)
    assume(_rates(history).by != "count" or all(tier.rate is None for tier in _rates(history).tiers))
    parts = tuple(part for credit in history.credits for part in sliced(credit, Random(seed)))
    assert total(replace(history, credits=parts)) == total(history)


UNLIKE = {
    "bounds per deal, for they bound each credit": {"per_deal": "bounds"},
    "one rate for the whole deal that crosses": {"crosses": "rate_before"},
    "a place of its own for each credit": {"by": "formula"},
}


@pytest.mark.parametrize("why", UNLIKE)
def test_slicing_changes_the_total_where_a_rule_looks_at_the_deal_as_a_whole(why: str) -> None:
    """A sale of 80.00 against two of 40.00, on two tiers."""
    asked = UNLIKE[why]
    rates = table(
        "marginal", [0, 30_00 if "by" not in asked else 5], [Fraction(5, 100), Fraction(10, 100)],
        by=asked.get("by", "amount"), crosses=asked.get("crosses", "split"),
    )  # fmt: skip
    rates = replace(rates, by_formula=Named("place") if "by" in asked else None)
    made = plan_of(rates, per_deal=Limit(Money(4_00, "CNY")) if "per_deal" in asked else None)
    whole, parts = [credit(0, 80_00, place=Fraction(8))], [credit(n, 40_00, place=Fraction(4)) for n in range(2)]
    earned = [sum(line.earned.minor for line in calculate(made, own)) for own in (whole, parts)]
    assert earned[0] != earned[1], earned


def test_a_sale_that_counts_one_counts_more_often_when_it_is_sliced() -> None:
    made = plan_of(table("marginal", [0, 1], [Fraction(5, 100), Fraction(10, 100)], by="count"))
    for own, wanted in (([80_00], 4_00), ([40_00, 40_00], 2_00 + 4_00)):
        assert sum(line.earned.minor for line in calculate(made, credits(own))) == wanted


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_input_changes_nothing(seed: int) -> None:
    chance, history = Random(seed), _supported(maker_of(Random(seed)).made(str(seed)).history)
    mixed = replace(
        history,
        credits=tuple(chance.sample(history.credits, len(history.credits))),
        quotas=tuple(chance.sample(history.quotas, len(history.quotas))),
        progress=dict(chance.sample(sorted(history.progress.items()), len(history.progress))),
    )
    assert lines_of(mixed) == lines_of(history)


def _supported(history: History) -> History:
    """The history without bounds per deal, of which a table that re-rates makes nothing where there are no credits."""
    plans = []
    for plan in history.plans:
        parts = (replace(part, per_deal=None) for part in plan.components if isinstance(part, Commission))
        plans.append(replace(plan, components=tuple(parts)))
    return replace(history, plans=tuple(plans))


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_what_is_taken_back_from_the_top_leaves_the_total_as_if_it_had_never_been(seed: int) -> None:
    """Without factors, bounds and returns, and with each deal as long as its amount: the top stretch is its own."""
    history = plain(seed, ("amount", "attainment", "formula"), release=(), clawback=WHOLLY_BACK)
    standing = tuple(credit for credit in history.credits if credit.undone_on is None)
    assert total(history) == total(replace(history, credits=standing))


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_slices_add_up_to_what_the_line_is_worth(seed: int) -> None:
    history = plain(seed, ("amount", "attainment", "count"), cap=None)
    for line in lines_of(replace(history, credits=tuple(replace(c, undone_on=None) for c in history.credits))):
        assert sum((part.amount for part in line.slices), Fraction(0)) == line.exact
        assert abs(line.earned.minor - line.exact) <= 1, "two rounded totals apart; a whole unit by half to even"


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS)
def test_posting_day_by_day_comes_to_what_one_calculation_at_the_end_comes_to(seed: int) -> None:
    """Also when credits are told late: every line ends at what it is owed, nothing is posted twice, closed rows stay."""
    chance = Random(seed)
    history = _one_carrying(_supported(maker_of(chance).made(str(seed)).history))
    told = {credit.id: chance.choice((0, 0, 0, 20, 100)) for credit in history.credits}
    days = [*sorted(START + timedelta(days=chance.randrange(400)) for _ in range(chance.randint(1, 6))), END]
    book: list[LedgerEntry] = []
    for number, day in enumerate(days):
        closed = tuple(book)
        known = tuple(c for c in history.credits if c.on + timedelta(days=told[c.id]) <= day)
        lines = lines_of(replace(history, credits=known), day)
        book += _run(lines, book, f"2026-{number:02d}", str(number))
        assert tuple(book[: len(closed)]) == closed
        assert all(entry.posted_period == f"2026-{number:02d}" for entry in book[len(closed) :])
        assert not differences(lines, posted_by_line(book), "later"), "running twice posts nothing"
    assert len({entry.id for entry in book}) == len(book)
    assert _standing(book) == _standing(_run(lines_of(history), [], "2026-99", ""))


def _one_carrying(history: History) -> History:
    """The history in one version where a cap carries forward."""
    carries = any(
        part.cap and part.cap.excess == "carried_forward" for plan in history.plans for part in plan.components
    )  # type: ignore[union-attr]
    return changed(history) if carries else history


def _run(lines: tuple[EarningLine, ...], book: list[LedgerEntry], period: str, after: str) -> list[LedgerEntry]:
    """The entries of a run."""
    return list(draft_run(period, after, differences(lines, posted_by_line(book), period), "r", "x", NEW_YEAR)[1])


def _standing(book: list[LedgerEntry]) -> dict[str, tuple[int, int]]:
    """What stands earned and released for each line for which anything does."""
    sums = ((key, (posted.earned, posted.released)) for key, posted in posted_by_line(book).items())
    return {key: both for key, both in sums if any(both)}
