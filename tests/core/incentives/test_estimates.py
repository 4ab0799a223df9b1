"""An estimate is the difference of two whole calculations, however much it leaves out to be quick; and says why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.incentives.estimates import Addition, Estimate, estimate, with_addition
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.narrowing import narrowed
from engine.core.incentives.next_amounts import next_amounts
from engine.core.incentives.owed import owed
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.why_not_paid import Asked, WhyNot, why_not
from engine.core.money import Money
from engine.core.records import Credit, Grant, Person, PersonVersion, Quota
from engine.core.rules.header import InForce
from engine.core.rules.plan import Bonus, Clawback, Commission, Limit, Plan
from engine.core.rules.rulebook import Rulebook
from tests.core.incentives.simple import NEW_YEAR, PLACE, Named, credit, plan_of, table, undo
from tests.core.incentives.world import rulebook

JOINED = date(2020, 1, 1)
ANN = Person("ann", "Ann", joined_on=JOINED, versions=(PersonVersion(JOINED, "account_executive"),))
END = date(2026, 12, 31)
WINDOWS = ("month", "quarter", "year")


def with_plans(*plans: Plan) -> Rulebook:
    """The small company with those plans."""
    return replace(rulebook(), plans=plans)


def plan_over(window: str, made: tuple[Plan, Commission], **words: object) -> tuple[Plan, Commission]:
    """The plan with its component measured over another window."""
    component = replace(made[1], measured_over=window, **words)
    return replace(made[0], components=(component,)), component


def tiers(chance: Random, method: str, by: str = "amount") -> object:
    """Two or three tiers, by amount or by attainment of a quota."""
    starts = [Fraction(0), *sorted({Fraction(chance.randint(1, 300_00)) for _ in range(2)})]
    starts = [start / 150_00 for start in starts] if by == "attainment" else starts
    return table(method, starts, [Fraction(chance.randint(0, 300), 997) for _ in starts], by=by)


def plan_by_chance(chance: Random) -> Plan:
    """A plan with two components, each with its own window, bounds, cap and clawback."""
    components = []
    for name in ("c", "d"):
        method = chance.choice(("marginal", "whole", "interpolated"))
        by = chance.choice(("amount", "attainment"))
        cap = chance.choice((None, Limit(Money(chance.randint(1, 80_00), "CNY"), excess="lost"),
                             Limit(Money(chance.randint(1, 80_00), "CNY"), excess="carried_forward")))  # fmt: skip
        bound = Limit(at_most=Money(chance.randint(1, 20_00), "CNY"))
        per_deal = chance.choice((None, bound)) if method == "marginal" else None
        back = Clawback("deal.cancelled", None, Fraction(1), chance.choice(("reversed", "kept")), "from_top", PLACE)
        plan, part = plan_of(
            tiers(chance, method, by), cap=cap, per_deal=per_deal, clawback=back,  # type: ignore[arg-type]
            multiply=chance.choice(("", "factor")), gate=chance.choice(("", "", "met")), gate_kind="each_deal",
        )  # fmt: skip
        components.append(replace(part, id=name, measured_over=chance.choice(WINDOWS)))
    return replace(plan, components=tuple(components))


def credits_by_chance(chance: Random, size: int) -> list[Credit]:
    """Credits over the year, some undone later."""
    found = []
    for number in range(size):
        own = credit(number, chance.randint(1, 200_00), chance.randint(0, 300),
                     factor=Fraction(chance.randint(0, 3), 2), met=chance.random() < 0.7)  # fmt: skip
        found.append(
            undo(own, (own.on - NEW_YEAR.date()).days + chance.randint(0, 60)) if chance.random() < 0.2 else own
        )
    return found


QUOTAS = [
    Quota(f"q-{period}", "ann", "sales", period, Money(150_00, "CNY"))
    for period in ("2026", *(f"2026-Q{n}" for n in range(1, 5)), *(f"2026-{n:02d}" for n in range(1, 13)))
]


def brute_force(book: Rulebook, books: Books, added: Addition) -> dict[str, tuple[Money, Money]]:
    """By line, what the addition changes, found by two whole calculations."""
    before = {line.key: line for line in owed(book, ANN, books, END)}
    after = {line.key: line for line in owed(book, ANN, with_addition(books, added), END)}
    zero = Money.zero("CNY")

    def of(lines: dict[str, EarningLine], key: str) -> tuple[Money, Money]:
        return (lines[key].earned, lines[key].released) if key in lines else (zero, zero)

    pairs = {key: (of(before, key), of(after, key)) for key in before | after}
    changed = {key: (a[0] - b[0], a[1] - b[1]) for key, (b, a) in pairs.items()}
    return {key: change for key, change in changed.items() if change != (zero, zero)}


def as_told(found: Estimate) -> dict[str, tuple[Money, Money]]:
    """By line, what an estimate says; fresh lines that earn nothing are left out."""
    told = {one.line.key: (one.earned, one.released) for part in found.components for one in part.changes}
    return {key: change for key, change in told.items() if change != (Money.zero("CNY"), Money.zero("CNY"))}


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), size=st.integers(0, 12))
def test_an_estimate_is_what_two_whole_calculations_differ_by(seed: int, size: int) -> None:
    chance = Random(seed)
    book = with_plans(plan_by_chance(chance))
    books = Books(credits_by_chance(chance, size), (), QUOTAS)
    fresh = credit(900, chance.randint(1, 300_00), chance.randint(0, 330), factor=Fraction(1), met=True)
    added = Addition([fresh])
    assert as_told(estimate(book, ANN, books, added, END)) == brute_force(book, books, added)


def further(plan: Plan, id: str) -> Plan:
    """The plan whose component of that id is multiplied by the attainment of the year, so that it looks beyond its windows."""
    parts = (
        replace(part, multiply=Reading("attainment(sales,year)")) if part.id == id else part for part in plan.components
    )
    return replace(plan, components=tuple(parts))


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9), size=st.integers(1, 12), where=st.sampled_from(["first", "second", "both"]))
def test_what_stands_alone_is_estimated_apart_from_what_looks_further(seed: int, size: int, where: str) -> None:
    chance = Random(seed)
    turn, plan = date(2026, 7, 1), plan_by_chance(chance)
    spans = {"first": InForce(JOINED, turn), "second": InForce(turn)}
    versions = {
        name: replace(plan, header=replace(plan.header, version=f"plan:p@{name}", in_force=span))
        for name, span in spans.items()
    }
    plans = [further(one, "c") if where in (name, "both") else one for name, one in versions.items()]
    book, books = with_plans(*plans), Books(credits_by_chance(chance, size), (), QUOTAS)
    fresh = credit(900, chance.randint(1, 300_00), chance.randint(0, 330), factor=Fraction(1), met=True)
    assert as_told(estimate(book, ANN, books, Addition([fresh]), END)) == brute_force(book, books, Addition([fresh]))


def test_excess_that_a_version_hands_to_one_that_looks_further_is_estimated_with_it() -> None:
    carried = Limit(Money(10_00, "CNY"), None, "carried_forward")
    plan, _ = plan_over("month", plan_of(table("marginal", [0], [Fraction(1, 10)]), cap=carried))
    first = replace(plan, header=replace(plan.header, version="plan:p@1", in_force=InForce(JOINED, date(2026, 4, 1))))
    second = replace(plan, header=replace(plan.header, version="plan:p@2", in_force=InForce(date(2026, 4, 1))))
    book, books = with_plans(first, further(second, "c")), Books([credit(1, 100_00, 100)], (), QUOTAS)
    added = Addition([credit(900, 700_00, 0, factor=Fraction(1))])
    assert as_told(estimate(book, ANN, books, added, END)) == brute_force(book, books, added)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_budget_that_others_have_used_is_respected(seed: int) -> None:
    chance = Random(seed)
    budget = Money(chance.randint(1, 500), "CNY")
    bonus = Bonus("b", plan_of(table("marginal", [0], [Fraction(0)]))[1].title, "deal.won", None, Named("x"), "", budget,
                  None, None, None, PLACE)  # type: ignore[arg-type]  # fmt: skip
    plan = replace(plan_of(table("marginal", [0], [Fraction(1, 100)]))[0], components=(bonus,))
    grants = [grant_of(number, chance.choice(("ann", "bob")), chance.randint(1, 200), budget) for number in range(6)]
    fresh = grant_of(chance.randint(10, 20), "ann", chance.randint(1, 300), budget)
    book, books, added = with_plans(plan), Books((), grants), Addition((), [fresh])
    assert as_told(estimate(book, ANN, books, added, END)) == brute_force(book, books, added)


def grant_of(number: int, payee: str, minor: int, budget: Money) -> Grant:
    """A grant of the bonus."""
    base = credit(number, minor)
    return Grant(
        f"g-{number}", "b", "p", payee, base.deal, base.event, base.on, base.at, base.amount, base.cause, budget
    )


def test_books_are_narrowed_to_the_windows_that_can_change() -> None:
    plan, _ = plan_over("month", plan_of(table("marginal", [0], [Fraction(1, 100)])))
    own = [credit(number, 100, number * 10) for number in range(30)]
    kept = narrowed(with_plans(plan), Books(own), [credit(900, 100, 45)], ())
    assert {one.on.month for one in kept.credits} == {2}


def test_a_cap_that_carries_its_excess_keeps_every_window() -> None:
    cap = Limit(Money(1, "CNY"), excess="carried_forward")
    plan, _ = plan_over("month", plan_of(table("marginal", [0], [Fraction(1, 100)]), cap=cap))
    own = [credit(number, 100, number * 10) for number in range(30)]
    assert len(narrowed(with_plans(plan), Books(own), [credit(900, 100, 45)], ()).credits) == 30


@dataclass(frozen=True, slots=True)
class PlanWithMore(Plan):
    """A plan with a word that narrowing does not know of."""

    shared: str = ""


def test_a_word_that_narrowing_does_not_know_keeps_the_books_whole() -> None:
    plan, _ = plan_over("month", plan_of(table("marginal", [0], [Fraction(1, 100)])))
    values = {name: getattr(plan, name) for name in Plan.__slots__}
    books, fresh = Books([credit(number, 100, number * 10) for number in range(30)]), [credit(900, 100, 45)]
    assert narrowed(with_plans(PlanWithMore(**values)), books, fresh, ()) is books


class Reading(Named):
    """A formula that says it reads more than one window."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reads = frozenset({name})


@pytest.mark.parametrize(
    ("read", "whole"),
    [("attainment(sales,month)", False), ("attainment(sales,year)", True), ("attainment(cash,month)", True)],
)
def test_a_formula_that_looks_at_another_window_keeps_the_books_whole(read: str, whole: bool) -> None:
    made = plan_of(table("marginal", [0], [Fraction(1, 100)]))
    plan, _ = plan_over("month", made, gate=Reading(read))
    books = Books([credit(number, 100, number * 10) for number in range(30)])
    assert (narrowed(with_plans(plan), books, [credit(900, 100, 45)], ()) is books) == whole


AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
THREE = table("marginal", [0, 1000_00, 2000_00], [Fraction(1, 100), Fraction(5, 100), Fraction(10, 100)])


def asked_next(own: Sequence[Credit], amount: int, **words: object) -> tuple[object, ...]:
    """What the next amount pays of a plan with three tiers by amount."""
    plan, _ = plan_over("quarter", plan_of(THREE, **words))  # type: ignore[arg-type]
    return next_amounts(with_plans(plan), ANN, Books(own), Money(amount, "CNY"), AT, AT.date())


def test_the_next_amount_crosses_the_tier_and_the_way_to_it_is_exact() -> None:
    ((found,),) = [one.components for one in asked_next([credit(1, 900_00)], 300_00)]  # type: ignore[attr-defined]
    assert (str(found.change.earned), found.rate) == ("11.00 CNY", Fraction(11, 300))
    assert [(one.tier, one.base) for one in found.change.slices] == [(0, 100_00), (1, 200_00)]
    assert (found.climb.number, found.climb.missing, str(found.climb.pays)) == (1, 100_00, "1.00 CNY")


def test_at_the_tier_the_next_one_is_the_way() -> None:
    ((found,),) = [one.components for one in asked_next([credit(1, 1000_00)], 1)]  # type: ignore[attr-defined]
    assert (found.change.before.tier, found.climb.number, found.climb.missing) == (1, 2, 1000_00)


def test_in_the_last_tier_there_is_no_way_up() -> None:
    ((found,),) = [one.components for one in asked_next([credit(1, 5000_00)], 1)]  # type: ignore[attr-defined]
    assert found.climb is None


def test_the_next_amount_comes_after_all_that_is_known_of_the_day() -> None:
    late = replace(credit(1, 900_00), on=AT.date(), at=AT + timedelta(hours=5))
    ((found,),) = [one.components for one in asked_next([late], 300_00)]  # type: ignore[attr-defined]
    assert [change.fresh for change in found.change.changes] == [True]


def test_the_next_amount_is_like_the_latest_deal() -> None:
    own = [credit(1, 100, factor=Fraction(2)), credit(2, 100, factor=Fraction(3))]
    (found,) = asked_next(own, 100_00, multiply="factor")
    assert (found.like, str(found.components[0].change.earned)) == ("D2", "3.00 CNY")  # type: ignore[attr-defined]


def codes(found: WhyNot) -> list[str]:
    """The codes of its reasons."""
    return [reason.code for reason in found.reasons]


def asked_why(own: Sequence[Credit], asked: Asked, **words: object) -> WhyNot:
    """Why not, of the plan with three tiers."""
    plan, _ = plan_over("quarter", plan_of(THREE, **words))  # type: ignore[arg-type]
    return why_not(with_plans(plan), ANN, Books(own), asked, date(2026, 3, 31))


@pytest.mark.parametrize(
    ("counted", "reached", "missing"),
    [(999_99, False, "0.01 CNY"), (1000_00, True, ""), (1000_01, True, "")],
)
def test_a_tier_is_reached_exactly_where_it_begins(counted: int, reached: bool, missing: str) -> None:
    found = asked_why([credit(1, counted)], Asked("c", Fraction(5, 100)))
    assert found.reached == reached
    assert [dict(one.particulars)["missing"] for one in found.reasons if one.code == "missed_by_amount"] == (
        [missing] if missing else []
    )


def test_what_made_the_pay_smaller_is_named_in_the_order_of_the_steps() -> None:
    own = [undo(credit(1, 3000_00, met=True, factor=Fraction(1, 2)), 40), credit(2, 500_00, met=False, factor=Fraction(1)),
           credit(3, 500_00, met=True)]  # fmt: skip
    back = Clawback("deal.cancelled", None, Fraction(1), "kept", "exact", PLACE)
    found = asked_why(own, Asked("c"), gate="met", gate_kind="each_deal", multiply="factor", clawback=back,
                      per_deal=Limit(at_most=Money(50_00, "CNY")), cap=Limit(Money(10_00, "CNY")))  # fmt: skip
    wanted = ["gate_not_met", "per_deal_lowered", "factor_not_set", "factor_below", "cap_reached", "taken_back"]
    assert [code for code in codes(found) if code in wanted] == wanted
    gate = next(one for one in found.reasons if one.code == "gate_not_met")
    assert dict(gate.facts) == {"met": False}
    assert all(one.words().en and one.words().zh for one in found.reasons)


def test_a_rate_that_no_tier_pays_and_a_component_that_no_plan_has() -> None:
    assert codes(asked_why([credit(1, 100)], Asked("c", Fraction(7, 100))))[0] == "no_such_rate"
    assert codes(asked_why([], Asked("x"))) == ["no_component"]


def test_nobody_who_has_left_is_paid() -> None:
    plan, _ = plan_of(THREE)
    gone = replace(ANN, left_on=date(2026, 2, 1))
    assert codes(why_not(with_plans(plan), gone, Books(), Asked("c"), date(2026, 3, 1))) == ["not_employed"]
    assert codes(why_not(with_plans(plan), ANN, Books(), Asked("c"), date(2019, 3, 1))) == ["plan_not_in_force"]


def test_an_amount_is_missed_by_exactly_what_it_lacks() -> None:
    found = asked_why([credit(1, 900_00)], Asked("c", amount=Money(10_00, "CNY")))
    assert next(dict(one.particulars)["missing"] for one in found.reasons if one.code == "amount_missed") == "1.00 CNY"
    assert asked_why([credit(1, 900_00)], Asked("c", amount=Money(9_00, "CNY"))).reached
