"""What holds for every expression, not only for the ones in the examples."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.language import Expression, canonical, compile_expression, parse
from engine.language.syntax import nodes
from engine.language.syntax.nodes import Node
from engine.language.syntax.parsing import LONGEST_TEXT
from tests.language import random_trees, world
from tests.language.random_trees import SITUATIONS, Failed, amounts, conditions, expected, joined, numbers

PLACE = Place("rules/p.yaml", 3, 9)
TREES = conditions() | numbers() | amounts()
SLOW = settings(suppress_health_check=list(HealthCheck), deadline=None)
LONG = settings(SLOW, max_examples=200)


def expression_of(tree: Node) -> Expression:
    """The tree's expression; trees with a mistake that the checker knows (5 / 0, EUR + USD) are passed over."""
    expression, problems = compile_expression(canonical(tree), PLACE, random_trees.FACTS, random_trees.ENVIRONMENT)
    assume(expression is not None)
    assert expression is not None and not problems
    return expression


def outcome(expression: Expression, facts: Mapping[str, object]) -> object:
    """The value, or `Failed` where it cannot be evaluated."""
    try:
        return expression.value(facts)
    except EvaluationError:
        return Failed


@SLOW
@given(TREES)
def test_a_tree_that_is_printed_reads_back_as_itself(tree: Node) -> None:
    again, problems = parse(canonical(tree), PLACE)
    assert again == tree and problems == ()
    assert canonical(again) == canonical(tree)


@LONG
@given(TREES, SITUATIONS)
def test_the_closures_agree_with_the_definition_of_the_language(tree: Node, facts: Mapping[str, object]) -> None:
    expression = expression_of(tree)
    try:
        wanted = expected(expression.tree, facts)
    except Failed:
        wanted = Failed
    found = outcome(expression, facts)
    assert found == wanted and (found is None) == (wanted is None)


@LONG
@given(TREES, SITUATIONS)
def test_the_trace_agrees_with_the_closures(tree: Node, facts: Mapping[str, object]) -> None:
    expression = expression_of(tree)
    found, trace = outcome(expression, facts), expression.trace(facts)
    if found is Failed:
        assert trace.note == "error"
    elif found is None:
        assert not trace.known and trace.note != "error"
    else:
        assert trace.known and trace.note != "error"
        assert not isinstance(found, bool) or trace.value == str(found).lower()


@SLOW
@given(st.lists(conditions(2), min_size=2, max_size=3), SITUATIONS)
def test_and_or_not_follow_de_morgan_also_for_what_is_unknown(items: list[Node], facts: Mapping[str, object]) -> None:
    none_of = expression_of(joined(nodes.And, [nodes.Not(item) for item in items]))
    not_any = expression_of(nodes.Not(joined(nodes.Or, items)))
    assert outcome(none_of, facts) == outcome(not_any, facts)


@SLOW
@given(conditions(), SITUATIONS)
def test_a_condition_holds_only_when_it_is_true(tree: Node, facts: Mapping[str, object]) -> None:
    expression = expression_of(tree)
    found = outcome(expression, facts)
    if found is not Failed:
        assert expression.holds(facts) is (found is True)


@SLOW
@given(conditions(), SITUATIONS)
def test_an_expression_looks_only_at_the_facts_that_it_names(tree: Node, facts: Mapping[str, object]) -> None:
    expression = expression_of(tree)
    only = {name: value for name, value in facts.items() if name in expression.reads}
    assert outcome(expression, only) == outcome(expression, facts)


_PIECES = st.sampled_from(
    [
        *"deal.amount deal.stage deal.discount deal.won_on deal.closed and or not in is set between of if then".split(),
        *"else ( ) [ ] , = != < >= + - * / % 5 5% 100_000 CNY 500万 2026-Q1 2026-03-31 3 days business true".split(),
        *'"lead" \' “ ” ， ％ ＞ == && . : ; @ \\ 金额 ¥5 lookup(commission-rate min( streak( rank quarters'.split(),
        *("attainment(bookings", "\n", "\t"),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES, max_size=15).map(" ".join) | st.lists(_PIECES, max_size=8).map("".join) | st.text(max_size=60))
@example("\\")
@example('"\\"')
@example("lookup(")
@example("1" * 39 + " CNY")
@example("deal.won_on + 99999999999 days > deal.won_on")
@example("\x00")
@example("deal.amount\n>\n5 CNY\n@")
def test_any_text_gives_an_expression_or_problems_and_never_raises(text: str) -> None:
    expression, problems = compile_expression(text, PLACE, world.FACTS, world.ENVIRONMENT)
    assert (expression is None) == bool(problems)
    for problem in problems:
        assert problem.render("en") and problem.render("zh")
        assert problem.place.line >= PLACE.line and problem.width >= 1
    if expression is not None:
        trace = expression.trace(world.DEAL)
        try:
            assert (expression.value(world.DEAL) is not None) is trace.known
        except EvaluationError:
            assert trace.note == "error"


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "not ",
        "-",
        "[",
        '"',
        "if ",
        "1+",
        "deal.closed and ",
        "min(",
        "5% of ",
        "￥",
        "（",
        "1,",
        "_",
        "a.",
        "lookup(",
    ],
)
def test_a_long_text_is_answered_at_once(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    started = time.perf_counter()
    expression, problems = compile_expression(text, PLACE, world.FACTS, world.ENVIRONMENT)
    assert expression is None and problems
    assert time.perf_counter() - started < 5
