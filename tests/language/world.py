"""The facts, tables and rates that the tests of the language share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction

from engine.core.decision_tables.finding import Found
from engine.core.fact_types import BUILT_IN_FACTS, FactKind, FactType
from engine.core.formulas import EvaluationError
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.language import Expectation, Expression, PlainEnvironment, compile_expression

PLACE = Place("rules/plan.yaml", 12, 11)


@dataclass(frozen=True, slots=True)
class RateTable:
    """A table with one row per product line and region."""

    rows: Mapping[tuple[object, ...], object]
    by: tuple[str, ...] = ("deal.product_line", "deal.region")
    takes: tuple[FactType, ...] = (
        FactType(FactKind.CHOICE, ("hardware", "software", "service")),
        FactType(FactKind.CHOICE),
    )
    gives: FactType = field(default_factory=lambda: FactType(FactKind.PERCENT))

    def find(self, keys: tuple[object, ...], on: date | None) -> Found:
        """The row's rate; E084 when there is no such row."""
        if None in keys:
            return Found(None)
        if keys not in self.rows:
            raise EvaluationError("E084", table="commission-rate", keys=", ".join(map(str, keys)))
        return Found(self.rows[keys], (Place("commission-rate.csv", list(self.rows).index(keys) + 2),))


FACTS: Mapping[str, FactType] = {
    **BUILT_IN_FACTS,
    "deal.budget": FactType(FactKind.MONEY),
    "deal.fee": FactType(FactKind.MONEY, currency="EUR"),
    "deal.competitor": FactType(FactKind.CHOICE, ("none", "aurora", "meridian")),
    "deal.product_line": FactType(FactKind.CHOICE, ("hardware", "software", "service")),
    "deal.connected_calls": FactType(FactKind.NUMBER),
    "deal.tags": FactType(FactKind.LIST),
    "deal.season": FactType(FactKind.PERIOD),
    "deal.wait": FactType(FactKind.DURATION),
    "targets.bookings-2026": FactType(FactKind.MONEY),
}

ENVIRONMENT = PlainEnvironment(
    rates={("USD", "CNY"): Fraction("7.1234"), ("JPY", "CNY"): Fraction("0.05")},
    tables={"commission-rate": RateTable({("service", "north"): Fraction(1, 20), ("hardware", "north"): None})},
    measures=("bookings", "cash"),
)

DEAL: Mapping[str, object] = {
    "deal.amount": Money.parse("120_000 CNY"),
    "deal.margin": Money.parse("30_000 CNY"),
    "deal.list_price": Money.parse("150_000 CNY"),
    "deal.fee": Money.parse("10 EUR"),
    "deal.discount": Fraction(1, 5),
    "deal.stage": "proposal",
    "deal.kind": "new",
    "deal.currency": "CNY",
    "deal.name": "Pilot plant 试点",
    "deal.product_line": "service",
    "deal.region": "north",
    "deal.owner": "ana",
    "deal.team": ("ana", "ben"),
    "deal.partner": "nordwind",
    "partner": "nordwind",
    "deal.closed": False,
    "deal.contract_signed": True,
    "deal.connected_calls": 3,
    "deal.created_on": date(2026, 1, 31),
    "deal.won_on": date(2026, 3, 31),
    "deal.season": "2026-Q1",
    "event.on": date(2026, 4, 1),
    "event.at": datetime(2026, 4, 1, 10, tzinfo=UTC),
    "attainment(bookings,2026-Q1)": Fraction(5, 4),
    "rank(bookings,quarter)": 2,
}


def problems_of(text: str, expect: Expectation | None = None) -> tuple[Problem, ...]:
    """The problems of an expression over the shared facts."""
    return compile_expression(text, PLACE, FACTS, ENVIRONMENT, expect)[1]


def compiled(text: str, expect: Expectation | None = None) -> Expression:
    """The expression, which must be right."""
    expression, problems = compile_expression(text, PLACE, FACTS, ENVIRONMENT, expect)
    assert expression is not None, "\n".join(problem.render() for problem in problems)
    return expression
