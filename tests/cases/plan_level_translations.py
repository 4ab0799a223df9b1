"""Published cases of draws and prorated quotas as rule text and events; their years are moved to 2026."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from engine.core.incentives.quotas import payee_quota
from engine.core.periods import parse_period
from engine.core.rules.plan import Commission
from tests.cases.incentive_rules import Case, Play, Table, Translation, exact, money, plan, text, units
from tests.core.incentives.world import World, rulebook

Answer = Mapping[str, object]


def _with_draw(amount: object, earned: Sequence[object]) -> Play:
    """A payee who earns those amounts in the months of a year, on a plan with a recoverable draw each month."""
    draw = f"draw: {{amount: {text(amount)} CNY, per: month, kind: recoverable, recover: from_above_draw}}\n"
    play = Play({"plan": plan(Table([("0 CNY", "rate: 100%")])) + draw})
    play.world.person(play.owner)
    for month, sold in enumerate(earned, 1):
        play.world.win(f"D{month}", money(sold), f"2026-{month:02d}-05", play.owner)
    return play


def _months(play: Play, count: int) -> tuple[list[Fraction], list[Fraction]]:
    """What each month pays, and what is owed back after it."""
    lines = [line for line in play.lines() if line.on.month <= count]
    net = [units(sum(line.earned.minor for line in lines if line.on.month == n), lines) for n in range(1, count + 1)]
    owed, balance = [], Fraction(0)
    for month in range(1, count + 1):
        moved = (line for line in lines if line.component == "draw" and line.on.month == month)
        balance = sum((units(line.earned.minor, (line,)) for line in moved), balance)
        owed.append(balance)
    return net, owed


def recoverable(case: Case) -> Answer:
    """By month; or, in months that do not touch each other, what is paid beyond the draw and what is missing to it."""
    if "gross_by_month" in case["inputs"]:
        gross = case["inputs"]["gross_by_month"]
        net, owed = _months(_with_draw(case["plan"]["amount_per_month"], gross), len(gross))
        return {"net_by_month": net, "owed_after_month": owed}
    more, less = case["inputs"]["earned"]
    draw = case["plan"]["amount"]
    beyond, _ = _months(_with_draw(draw, [more]), 1)
    _, missing = _months(_with_draw(draw, [less]), 1)
    return {"remaining_paid_if_5000": beyond[0] - exact(draw), "deficit_if_2000": missing[0]}


def topped_up(case: Case) -> Answer:
    """One month."""
    play = _with_draw(case["plan"]["amount_per_month"], [case["inputs"]["gross"]])
    net, owed = _months(play, 1)
    return {"topup": owed[0], "net": net[0]}


TARGETS = """
targets: goal
title: {{en: Goal, zh: 目标}}
measure: sales
period: 2026
goal: {goal} USD
owner: sales
parent: none
split:
  quarters: [{quarters}]
  people: {{table: people.csv}}
"""


def prorated(case: Case) -> Answer:
    """Whole months, seasonal quarters, each quarter rounded to whole dollars."""
    weights = ", ".join(f"{text(weight)}%" for weight in case["plan"]["quarter_weights_pct"])
    table = Table([("0%", "rate: 1%")], by="attainment", more=("quota: targets.goal",))
    rules = rulebook(**{
        "plan": plan(table, currency="USD") + "proration: months\nquota_rounding: 1 USD\n",
        "targets": TARGETS.format(goal=case["plan"]["annual_quota"], quarters=weights),
        "people.csv": "person,share\nann,100%\n",
    })  # fmt: skip
    joined = date.fromisoformat(case["inputs"]["start"]).replace(year=2026)
    ann = World(rules).person("ann", joined=joined).state.person("ann")
    component = rules.plans[0].components[0]
    assert ann is not None
    assert isinstance(component, Commission)
    found = {}
    for name in ("Q1", "Q2", "Q3", "Q4"):
        quota = payee_quota(rules.plans[0], component, ann, parse_period(f"2026-{name}", rules.company), rules, ())
        assert quota is not None
        found[name] = Fraction(quota.amount.minor, 100)
    return {**found, "total": sum(found.values(), Fraction(0))}


PLAN_LEVEL: Mapping[str, Translation] = {
    "recoverable_draw": recoverable,
    "draw_topup": topped_up,
    "quota_proration_by_months_seasonal": prorated,
}
"""The translation of each kind of case that is about a plan as a whole."""
