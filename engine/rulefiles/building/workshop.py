"""What every builder works with: the facts that are known, the world, the company, and the problems found so far."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.fact_types import FactType
from engine.core.formulas import Formula
from engine.core.problems import Problem
from engine.core.rules.company import Company
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Criterion
from engine.language import All, Block, Environment, Expectation, Leaf, Not, compile_condition, compile_expression
from engine.language import Any as AnyOf
from engine.rulefiles.located import Block as LocatedBlock
from engine.rulefiles.located import Items, Located, Text, problem_at
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.tables import Table


@dataclass(slots=True)
class Workshop:
    """Compiles expressions and collects their problems. An expression with a mistake gives None.

    `tables` are the CSV tables that rule files name, by the path of the rule file.
    """

    facts: Mapping[str, FactType]
    environment: Environment
    company: Company
    problems: list[Problem] = field(default_factory=list)
    tables: Mapping[str, Table] = field(default_factory=dict)

    def formula(self, text: Text | None, expect: Expectation) -> Formula | None:
        """The expression's formula, of a kind that its place expects; None when it is left out."""
        if text is None:
            return None
        formula, problems = compile_expression(text, text.inside, self.facts, self.environment, expect)
        self.problems += problems
        return formula

    def condition(self, written: Located | None) -> Formula | None:
        """The condition's formula; None when it is left out."""
        if written is None:
            return None
        formula, problems = compile_condition(_block(written), self.facts, self.environment)
        self.problems += problems
        return formula

    def criteria(self, forms: Iterable[Form]) -> tuple[Criterion, ...]:
        """Criteria in file order."""
        built = ((form, self.condition(form["when"])) for form in forms)
        return tuple(Criterion(when, form.get("otherwise", Title()), form.place) for form, when in built if when)

    def report(self, where: Located, code: str, **params: str) -> None:
        """A problem with a value."""
        self.problems.append(problem_at(where, code, **params))


def optional(form: Form, key: str, make: Callable[[Any], Any]) -> Any:
    """What `make` does with the form's value, or None when the key was left out."""
    return make(form[key]) if key in form else None


def _block(written: Located) -> Block:
    """The condition as the language takes it; its shape was checked by the schema."""
    match written:
        case Text():
            return Leaf(written, written.inside)
        case Items():
            return All(tuple(_block(item) for item in written))
        case LocatedBlock():
            (key, inner), *_ = written.items()
            if key == "not":
                return Not(_block(inner))
            return AnyOf(tuple(_block(item) for item in inner)) if isinstance(inner, Items) else _block(inner)
