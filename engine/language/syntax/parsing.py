"""An expression's text to its tree: spelling, grammar, limits. Mistakes come back as Problems, never as exceptions.

Lark's LALR parser keeps its own stack and the limits are measured before anything recurses, so neither a long nor a
deep text can exhaust ours; the time is proportional to the length.
"""

from collections.abc import Collection
from functools import lru_cache
from importlib import resources

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from engine.core.currencies import EXPONENTS
from engine.core.durations import DurationUnit
from engine.core.numerals import nearest
from engine.core.problems import Place, Problem
from engine.language.syntax.building import Builder, ParseTree
from engine.language.syntax.nodes import Node
from engine.language.syntax.source import Source
from engine.language.syntax.spelling import Spelled, spelled

LONGEST_TEXT = 4_000
"""Characters of one expression."""

MOST_NODES = 400
"""Values, names and operations in one expression."""

DEEPEST = 40
"""Levels of one inside the other. Chains of `and` and `or` are one level."""

_TOLD_ENOUGH = frozenset({"R101", "R105", "R108"})
"""Slips of spelling whose repair is a guess, so that what the grammar says about it would only confuse."""

_Unexpected = UnexpectedToken | UnexpectedCharacters
_UNITS = tuple(unit.value for unit in DurationUnit)


def parse(text: str, place: Place) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree, and every mistake of spelling and literals; (None, problems) where the grammar gives no tree."""
    source = Source(text, place)
    if len(text) > LONGEST_TEXT:
        return None, (source.problem("R115", 0, 1, found=str(len(text)), most=str(LONGEST_TEXT)),)
    right = spelled(source)
    if not right.text.strip():
        return None, right.problems or (source.problem("R100", 0, 1),)
    try:
        tree = _parser().parse(right.text)
    except UnexpectedInput as error:
        told = {problem.code for problem in right.problems} & _TOLD_ENOUGH
        return None, right.problems if told else (*right.problems, _misunderstood(source, right, error))
    return _built(source, right, tree)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    """The grammar, read once per process."""
    grammar = resources.files("engine.language.syntax").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _built(source: Source, right: Spelled, tree: ParseTree) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree within its limits."""
    size, depth = _measures(tree)
    for code, found, most in (("R116", depth, DEEPEST), ("R117", size, MOST_NODES)):
        if found > most:
            return None, (*right.problems, source.problem(code, 0, 1, found=str(found), most=str(most)))
    builder = Builder(source, right.offsets)
    node = builder.node(tree)
    return node, (*right.problems, *builder.problems)


def _measures(tree: ParseTree) -> tuple[int, int]:
    """How many nodes a parse tree has and how many levels, without recursion."""
    size, deepest, waiting = 0, 0, [(tree, 1)]
    while waiting:
        current, depth = waiting.pop()
        size, deepest = size + 1, max(deepest, depth)
        waiting.extend((child, depth + 1) for child in current.children if not isinstance(child, Token | None))
    return size, deepest


def _misunderstood(source: Source, right: Spelled, error: UnexpectedInput) -> Problem:
    """What the parser met, said as a person would."""
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        start = right.offsets[error.token.start_pos or 0]
        end = max(right.offsets[error.token.end_pos or 0], start + 1)
        return _unexpected(source, start, end, str(error.token), error)
    if isinstance(error, UnexpectedCharacters):
        start = right.offsets[error.pos_in_stream or 0]
        return _unexpected(source, start, start + 1, source.text[start], error)
    end = len(source.text.rstrip())
    wanted = error.accepts if isinstance(error, UnexpectedToken) else set()
    return source.problem(_code_at_end(wanted), end, end + 1)


def _code_at_end(wanted: Collection[str]) -> str:
    """Why a text ends too early: a value is missing, a word of `if … then … else`, or a bracket."""
    if "NAME" in wanted or "TABLE" in wanted:
        return "R110"
    return "R118" if {"THEN", "ELSE"} & set(wanted) else "R111"


def _unexpected(source: Source, start: int, end: int, found: str, error: _Unexpected) -> Problem:
    """The mistake of something in the wrong place, as precisely as it can be told from what stands around it."""
    wanted = set(error.accepts if isinstance(error, UnexpectedToken) else error.allowed or ())
    before = source.text[:start].rstrip()
    if found in ("=", "!=", "<", "<=", ">", ">=") and "AND" in wanted and "COMPARISON" not in wanted:
        return source.problem("R114", start, end, found=found)
    if before[-1:].isdigit() and found[:1].isalpha() and "NAME" not in wanted:
        return _after_number(source, start, end, found)
    if "NAME" in wanted or "TABLE" in wanted:
        return source.problem("R119" if found in ("if", "not") else "R112", start, end, found=found)
    exact = isinstance(error, UnexpectedToken)
    return source.problem("R118" if exact and {"THEN", "ELSE"} & wanted else "R113", start, end, found=found)


def _after_number(source: Source, start: int, end: int, found: str) -> Problem:
    """A word straight after a number: a currency in small letters, or a unit that is not quite one."""
    if found.upper()[:3] in EXPONENTS and len(found) == 3:
        return source.problem("R163", start, end, found=found, near=found.upper())
    return source.problem("R170", start, end, found=found, near=nearest(found, _UNITS) or "days")
