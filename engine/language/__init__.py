"""The expression language of rule files: the public door.

    expression, problems = compile_expression("deal.amount >= 500万 CNY", place, facts, environment, CONDITION)

Pure: standard library and Lark, no I/O, no clock. `syntax/` reads text, `checking/` proves types when rules are loaded,
`running/` evaluates and explains. What stands here is what others may use.
"""

from engine.language.checking.functions import FUNCTIONS
from engine.language.checking.histories import History
from engine.language.checking.types import Type
from engine.language.compile import compile_condition, compile_expression
from engine.language.conditions import All, Any, Block, Leaf, Not
from engine.language.environment import Environment, LookupTable, PlainEnvironment, Span
from engine.language.expectations import (
    CONDITION,
    DATE,
    FACTOR,
    MONEY,
    NUMBER,
    PARTY,
    PERCENT,
    PERSON,
    QUANTITY,
    SCORE,
    Expectation,
)
from engine.language.expression import Expression
from engine.language.syntax.parsing import parse
from engine.language.syntax.printing import canonical

__all__ = [
    "CONDITION",
    "DATE",
    "FACTOR",
    "FUNCTIONS",
    "MONEY",
    "NUMBER",
    "PARTY",
    "PERCENT",
    "PERSON",
    "QUANTITY",
    "SCORE",
    "All",
    "Any",
    "Block",
    "Environment",
    "Expectation",
    "Expression",
    "History",
    "Leaf",
    "LookupTable",
    "Not",
    "PlainEnvironment",
    "Span",
    "Type",
    "canonical",
    "compile_condition",
    "compile_expression",
    "parse",
]
