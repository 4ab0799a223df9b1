"""What never changes pay: how deals are sliced, in which order and batches they arrive, what comes and goes."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payouts import differences, draft_run, posted_by_line
from engine.core.money import Money
from engine.core.records import Credit
from engine.core.rules.plan import Clawback, Limit
from tests.core.incentives.simple import NEW_YEAR, PLACE, calculate, credits, plan_of, table, total, undo

AMOUNTS = st.lists(st.integers(1, 3_000_00), min_size=1, max_size=8)
SEEDS = st.integers(0, 10**9)
METHODS = ("marginal", "whole", "interpolated")


def tiers(chance: Random, method: str) -> object:
    """A random table of a method whose total depends on the sum alone."""
    starts = [0]
    for _ in range(chance.randint(0, 4)):
        starts.append(starts[-1] + chance.randint(1, 3_000_00))
    return table(method, starts, [Fraction(chance.randint(0, 300), 997) for _ in starts])


@settings(max_examples=200, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from(METHODS))
def test_slicing_a_deal_never_changes_the_total(seed: int, amounts: list[int], method: str) -> None:
    chance = Random(seed)
    made = plan_of(tiers(chance, method), cap=Limit(Money(chance.randint(1, 2_000_00), "CNY")))  # type: ignore[arg-type]
    sliced = [part for amount in amounts for part in _cut(chance, amount)]
    assert total(calculate(made, credits(amounts))) == total(calculate(made, credits(sliced)))


def _cut(chance: Random, amount: int) -> list[int]:
    """The amount in up to three parts."""
    at = sorted(chance.randint(0, amount) for _ in range(chance.randint(0, 2)))
    return [end - start for start, end in zip([0, *at], [*at, amount], strict=True)]


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from(METHODS))
def test_the_order_in_which_credits_are_given_changes_nothing(seed: int, amounts: list[int], method: str) -> None:
    chance = Random(seed)
    made = plan_of(tiers(chance, method), clawback=_back(chance))  # type: ignore[arg-type]
    own = _some_undone(chance, credits(amounts))
    mixed = chance.sample(own, len(own))
    assert calculate(made, own) == calculate(made, mixed)


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from(METHODS))
def test_posting_day_by_day_comes_to_what_one_posting_comes_to(seed: int, amounts: list[int], method: str) -> None:
    """Incremental is complete: whatever the batches, the ledger holds for each line what is owed in the end."""
    chance = Random(seed)
    made = plan_of(tiers(chance, method), clawback=_back(chance))  # type: ignore[arg-type]
    own = _some_undone(chance, credits(amounts))
    batched = _post(made, own, sorted(chance.sample(range(30), 4)))
    at_once = _post(made, own, [])
    assert _posted(batched) == _posted(at_once)
    assert _sum(batched) == _sum(at_once) == total(calculate(made, own))


def _post(made: object, own: list[Credit], days: list[int]) -> list[LedgerEntry]:
    """The ledger after runs as of those days of January, and a last one at the end."""
    book: list[LedgerEntry] = []
    ends = [*((NEW_YEAR + timedelta(days=day)).date() for day in days), date(2027, 12, 31)]
    for number, as_of in enumerate(ends):
        lines = calculate(made, own, as_of=as_of)  # type: ignore[arg-type]
        fresh = differences(lines, posted_by_line(book), "2026")
        _, named = draft_run("2026", str(number), fresh, "r", "x", NEW_YEAR)
        book += named
        assert not differences(lines, posted_by_line(book), "2026"), "running twice posts nothing"
    return book


def _posted(book: list[LedgerEntry]) -> dict[str, tuple[int, int]]:
    """What stands for each line for which anything does."""
    sums = ((key, (posted.earned, posted.released)) for key, posted in posted_by_line(book).items())
    return {key: both for key, both in sums if any(both)}


def _sum(book: list[LedgerEntry]) -> int:
    return sum(e.amount.minor * ((e.debit == "expense") - (e.credit == "expense")) for e in book)


def _back(chance: Random) -> Clawback:
    attainment, through = chance.choice(["reversed", "kept"]), chance.choice(["from_top", "exact"])
    return Clawback("deal.cancelled", None, Fraction(chance.randint(1, 3), 3), attainment, through, PLACE)


def _some_undone(chance: Random, own: list[Credit]) -> list[Credit]:
    return [
        undo(one, number + chance.randint(0, 9)) if chance.random() < 0.4 else one for number, one in enumerate(own)
    ]


ALL_BACK = Clawback("deal.cancelled", None, Fraction(1), "reversed", "from_top", PLACE)


@settings(max_examples=200, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from(METHODS))
def test_cancelled_deals_leave_what_the_others_earn_without_them(seed: int, amounts: list[int], method: str) -> None:
    chance = Random(seed)
    made = plan_of(tiers(chance, method), clawback=ALL_BACK)  # type: ignore[arg-type]
    own = _some_undone(chance, credits(amounts))
    standing = [one for one in own if one.undone_on is None]
    assert total(calculate(made, own)) == total(calculate(made, standing))


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from([*METHODS, "flat"]))
def test_when_everything_is_cancelled_nothing_is_owed(seed: int, amounts: list[int], method: str) -> None:
    chance = Random(seed)
    table_ = table("flat", [0, 9_00], flats=[5_00, 7_00]) if method == "flat" else tiers(chance, method)
    made = plan_of(table_, clawback=ALL_BACK)  # type: ignore[arg-type]
    assert total(calculate(made, [undo(one, 20 + chance.randint(0, 9)) for one in credits(amounts)])) == 0


@settings(max_examples=150, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS, method=st.sampled_from(METHODS))
def test_a_late_credit_leads_to_what_an_early_one_leads_to(seed: int, amounts: list[int], method: str) -> None:
    """A credit that is told of after a posting changes later lines; the differences bring every line to the same."""
    chance = Random(seed)
    made, own = plan_of(tiers(chance, method)), credits(amounts)  # type: ignore[arg-type]
    late = chance.choice(own)
    before = calculate(made, [one for one in own if one is not late])
    book = list(draft_run("2026", "", differences(before, {}, "2026"), "r", "x", NEW_YEAR)[1])
    after = calculate(made, own)
    book += differences(after, posted_by_line(book), "2026-next")
    posted = posted_by_line(book)
    assert {line.key: line.earned.minor for line in after if line.earned} == {
        key: so_far.earned for key, so_far in posted.items() if so_far.earned
    }


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS, amounts=AMOUNTS)
def test_slices_and_steps_add_up_to_the_line(seed: int, amounts: list[int]) -> None:
    chance = Random(seed)
    made = plan_of(tiers(chance, chance.choice(METHODS)))  # type: ignore[arg-type]
    lines = calculate(made, credits(amounts))
    running = Fraction(0)
    for line in lines:
        assert sum((part.amount for part in line.slices), Fraction(0)) == line.exact
        before, running = running, running + line.exact
        assert line.earned.minor == _whole(running) - _whole(before)
        assert _steps(line)["payable"] == line.earned.minor


def _whole(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def _steps(line: EarningLine) -> dict[str, object]:
    return {step.name: step.after for step in line.steps}


def test_a_withdrawn_credit_goes_back_to_nothing() -> None:
    made, own = plan_of(table("marginal", [0], [Fraction(1, 10)])), credits([100_00, 50_00])
    book = differences(calculate(made, own), {}, "2026")
    fresh = differences(calculate(made, own[:1]), posted_by_line(book), "2026")
    assert [(entry.kind, entry.debit, entry.credit, entry.amount.minor, entry.reason) for entry in fresh] == [
        ("reversed", "held", "expense", 5_00, "withdrawn"), ("reversed", "payable", "held", 5_00, "withdrawn"),
    ]  # fmt: skip
