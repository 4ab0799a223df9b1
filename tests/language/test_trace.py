"""A trace shows every part with the value it had, and says why a part has none."""

from collections.abc import Iterator

import pytest

from engine.core.formulas import Trace
from engine.core.money import Money
from engine.core.problems import Place
from engine.language import All, Any, Leaf, Not, compile_condition
from tests.language.world import DEAL, ENVIRONMENT, FACTS, PLACE, compiled


def rows(trace: Trace, depth: int = 0) -> Iterator[str]:
    """The trace as indented lines."""
    value = trace.value if trace.known else "?"
    note = f"  [{trace.note}: {trace.detail}]" if trace.note else ""
    yield "  " * depth + f"{trace.source} -> {value}{note}"
    for part in trace.parts:
        yield from rows(part, depth + 1)


def shown(text: str, facts: object = None) -> list[str]:
    """The lines of an expression's trace over the shared deal."""
    return list(rows(compiled(text).trace(DEAL if facts is None else facts)))  # type: ignore[arg-type]


def test_every_part_is_a_row_in_source_order() -> None:
    assert shown("deal.amount >= 100_000 CNY and deal.discount < 12.5%") == [
        "deal.amount >= 100_000 CNY and deal.discount < 12.5% -> false",
        "  deal.amount >= 100_000 CNY -> true",
        "    deal.amount -> 120,000.00 CNY",
        "    100_000 CNY -> 100,000.00 CNY",
        "  deal.discount < 12.5% -> false",
        "    deal.discount -> 20%",
        "    12.5% -> 12.5%",
    ]


def test_what_is_not_set_is_named() -> None:
    assert shown("not deal.budget > 5 CNY") == [
        "not deal.budget > 5 CNY -> ?",
        "  deal.budget > 5 CNY -> ?",
        "    deal.budget -> ?  [not_set: deal.budget]",
        "    5 CNY -> 5.00 CNY",
    ]


def test_a_conversion_shows_both_amounts_and_the_date() -> None:
    facts = {**DEAL, "deal.amount": Money.parse("10 USD")}
    assert shown("deal.amount > 71 CNY", facts)[0] == (
        "deal.amount > 71 CNY -> true  [converted: 10.00 USD = 71.234 CNY, 2026-04-01]"
    )


def test_an_error_is_a_row_and_stops_only_what_rests_on_it() -> None:
    assert shown("deal.amount > 5 USD and deal.closed") == [
        "deal.amount > 5 USD and deal.closed -> ?  [error: E080 on=2026-04-01, source=CNY, target=USD]",
        "  deal.amount > 5 USD -> ?  [error: E080 on=2026-04-01, source=CNY, target=USD]",
        "    deal.amount -> 120,000.00 CNY",
        "    5 USD -> 5.00 USD",
        "  deal.closed -> false",
    ]
    assert shown("deal.closed and deal.amount > 5 USD")[0].endswith("-> false")


def test_the_branch_that_was_not_taken_is_shown_and_not_evaluated() -> None:
    assert shown("if deal.closed then deal.amount / 0.0 else 2 CNY".replace("0.0", "(3 - 3)")) == [
        "if deal.closed then deal.amount / (3 - 3) else 2 CNY -> 2.00 CNY",
        "  deal.closed -> false",
        "  deal.amount / (3 - 3) -> ?  [not_taken: ]",
        "  2 CNY -> 2.00 CNY",
    ]


def test_lists_periods_and_the_keys_of_a_table_are_shown() -> None:
    assert shown("deal.won_on in 2026-Q1")[2] == "  2026-Q1 -> 2026-Q1"
    assert shown('"ana" in deal.team')[1:] == ['  "ana" -> "ana"', '  deal.team -> ["ana", "ben"]']
    assert shown("lookup(commission-rate)") == [
        "lookup(commission-rate) -> 5%  [row: commission-rate.csv:2]",
        '  commission-rate -> "commission-rate"',
        '  deal.product_line -> "service"',
        '  deal.region -> "north"',
    ]
    assert shown("event.at > 2026-04-01 09:30")[1] == "  event.at -> 2026-04-01 10:00Z"
    assert shown("attainment(bookings, 2026-Q1)") == ["attainment(bookings, 2026-Q1) -> 125%"]
    assert shown("deal.amount / 7")[0] == "deal.amount / 7 -> 17,142.857142… CNY"


def test_a_list_of_conditions_has_a_row_for_each_at_its_own_place() -> None:
    first, second, third = (Place("rules/p.yaml", line, 9) for line in (5, 6, 8))
    block = All(
        (
            Leaf("deal.amount >= 5 CNY and deal.contract_signed", first),
            Any((Leaf("deal.closed", second), Not(Leaf("deal.budget is set", third)))),
        )
    )
    condition, problems = compile_condition(block, FACTS, ENVIRONMENT)
    assert condition is not None and not problems and condition.holds(DEAL)
    trace = condition.trace(DEAL)
    assert [(part.source, part.place) for part in trace.parts] == [
        ("deal.amount >= 5 CNY and deal.contract_signed", first),
        ("deal.closed or not deal.budget is set", second),
    ]
    assert condition.place == first and condition.reads >= {"deal.amount", "deal.budget"}


def test_all_mistakes_of_a_list_of_conditions_are_told_each_at_its_place() -> None:
    places = [Place("rules/p.yaml", line, 9) for line in (5, 6, 8)]
    texts = ("deal.amout > 5 CNY", "deal.closed", "deal.amount")
    block = All(tuple(Leaf(text, place) for text, place in zip(texts, places, strict=True)))
    condition, problems = compile_condition(block, FACTS, ENVIRONMENT)
    assert condition is None
    assert [(problem.code, problem.place) for problem in problems] == [("R120", places[0]), ("R142", places[2])]


def test_one_condition_in_a_list_is_that_condition() -> None:
    condition, _ = compile_condition(All((Leaf("deal.closed", PLACE),)), FACTS, ENVIRONMENT)
    assert condition == compiled("deal.closed")


def test_an_empty_block_is_a_defect_of_whoever_made_it() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compile_condition(Any((All(()),)), FACTS, ENVIRONMENT)


def test_a_bound_that_cannot_be_calculated_does_not_matter_to_what_is_not_set() -> None:
    condition, problems = compile_condition(
        Leaf("deal.budget between 1 CNY and 5 CNY / (3 - 3)", Place("p", 1, 1)), FACTS, ENVIRONMENT
    )
    assert condition is not None and not problems
    assert condition.value(DEAL) is None
    trace = condition.trace(DEAL)
    assert not trace.known
    assert trace.note != "error"
    assert trace.parts[2].note == "error"
