"""What the plan as a whole does to a payee's pay, for the screen: draw balance, what its cap withheld, the quota's whole."""

from collections.abc import Sequence

from engine.app.views.earnings import WholePlan
from engine.core.incentives.explain import step_words
from engine.core.incentives.lines import EarningLine, Step
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.rules.header import Title


def whole_plan(period: Period, lines: Sequence[EarningLine]) -> WholePlan:
    """From all of a payee's lines: a draw's balance is what its last line up to the period's end says; withheld is what
    the plan's cap kept back of the lines of the period's days."""
    draws = sorted(
        (line for line in lines if _of_draw(line, period)), key=lambda line: (line.on, line.source == "forgiven")
    )
    balance = _told(draws[-1], "draw").get("after", "") if draws else ""
    own = (
        line for line in lines if period.contains(line.on) and _code(line, "plan_cap") in ("lost", "carried_forward")
    )
    kept = [_told(line, "plan_cap")["withheld"] for line in own]
    sums: dict[str, Money] = {}
    for amount in map(Money.parse, kept):
        sums[amount.currency] = sums.get(amount.currency, Money.zero(amount.currency)) + amount
    return WholePlan(Money.parse(balance) if balance else None, tuple(sums.values()))


def words_of(step: Step | None) -> Title:
    """A step in both languages; no words without one."""
    return Title(step_words(step, "en"), step_words(step, "zh")) if step else Title()


def _of_draw(line: EarningLine, period: Period) -> bool:
    return line.component == "draw" and line.source_kind in ("draw", "recovery") and line.on < period.end


def _step(line: EarningLine, name: str) -> Step:
    return next(step for step in line.steps if step.name == name)


def _told(line: EarningLine, name: str) -> dict[str, str]:
    return dict(_step(line, name).particulars)


def _code(line: EarningLine, name: str) -> str:
    return _step(line, name).code
