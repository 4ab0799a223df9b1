"""What is done to a payee's pay at plan level, after the components, in the fixed order: plan cap, clawback, draw or
guarantee."""

from collections.abc import Sequence

from engine.core.incentives.draws import draw_lines, guarantee_lines
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.plan_cap import within_cap
from engine.core.incentives.plan_desk import PlanDesk


def at_plan_level(desk: PlanDesk, lines: Sequence[EarningLine]) -> tuple[EarningLine, ...]:
    """All lines of one plan and payee: those of the components, as the plan's cap leaves them, then those that the plan
    itself makes. `lines` are of every version of the plan, in any order; what comes back keeps it."""
    if not any(plan.cap or plan.draw or plan.guarantee for plan in desk.versions):
        return tuple(lines)
    capped = within_cap(desk, lines)
    return (*capped, *draw_lines(desk, capped), *guarantee_lines(desk, capped))
