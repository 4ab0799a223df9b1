"""What is done to a payee's pay at plan level, after the components, in the fixed order: plan cap, clawback, draw or
guarantee."""

from collections.abc import Sequence

from engine.core.formulas import EvaluationError
from engine.core.incentives.draws import draw_lines, guarantee_lines
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.plan_cap import within_cap
from engine.core.incentives.plan_desk import PlanDesk
from engine.core.incentives.ramps import ramp_lines


def at_plan_level(desk: PlanDesk, lines: Sequence[EarningLine]) -> tuple[EarningLine, ...]:
    """All lines of one plan and payee: those of the components, as the plan's cap leaves them, then those that the plan
    itself makes. `lines` are of every version of the plan, in any order; what comes back keeps it."""
    if not any(plan.cap or plan.draw or plan.guarantee or plan.ramp for plan in desk.versions):
        return tuple(lines)
    _one_currency(desk, lines)
    capped = within_cap(desk, lines)
    return (*capped, *draw_lines(desk, capped), *guarantee_lines(desk, capped), *ramp_lines(desk, capped))


def _one_currency(desk: PlanDesk, lines: Sequence[EarningLine]) -> None:
    """E137 where lines or versions of the plan are in two currencies, which no cap or draw can add up."""
    plan = desk.versions[0]
    found = {line.earned.currency for line in lines} | {plan.currency for plan in desk.versions}
    if len(found) > 1:
        params = {"plan": plan.header.id, "payee": desk.payee.id, "found": ", ".join(sorted(found))}
        raise EvaluationError("E137", plan.header.place, **params)
