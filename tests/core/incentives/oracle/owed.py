"""Everything owed to a payee: versions of a plan, windows, what one hands to the next, and what is released."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.records import Credit
from engine.core.rules.plan import Commission, Plan, ReleasePart
from tests.core.incentives.oracle.calendar import Window, days_after, window_between, window_of, windows_between
from tests.core.incentives.oracle.entries import Known
from tests.core.incentives.oracle.payment import paid_in
from tests.core.incentives.oracle.plan_level import at_plan_level
from tests.core.incentives.oracle.presence import pays
from tests.core.incentives.oracle.quotas import quota_in
from tests.core.incentives.oracle.scores import scored
from tests.core.incentives.oracle.told import Draft, History, Line, Unpayable
from tests.core.incentives.oracle.window import Story

ONE = Fraction(1)
RECEIPTS = {"payment.received": "payment", "invoice.issued": "invoice", "credit_note.issued": "credit_note"}


def lines_of(history: History, as_of: date) -> list[Line]:
    """Every line of every commission to date."""
    drafts = at_plan_level(history, drafts_of(history, as_of), as_of)
    return [paid_in(history, draft.plan, draft.line(), as_of) for draft in drafts]


def drafts_of(history: History, as_of: date) -> list[Draft]:
    """What the components say, before the plan as a whole has its say."""
    return [
        draft
        for plan in history.plans
        for place, component in enumerate(plan.components)
        if isinstance(component, Commission)
        for draft in _of_component(history, plan, place, component, as_of)[0]
    ]


def _of_component(
    history: History, plan: Plan, place: int, component: Commission, as_of: date
) -> tuple[list[Draft], int]:
    """The lines of a component, and what its cap leaves for the version that follows."""
    counted = [c for c in history.credits if pays(history, c.on)]
    counted = [c for c in counted if c.name in (component.of, component.measure)]
    own = {c.id: c for c in counted if plan.header.in_force.covers(c.on)}
    drafts: list[Draft] = []
    handed, left = _handed_over(history, plan, component, as_of), 0

    def released_by(credit: Credit, day: date) -> Fraction:
        return released_share(component.release, history.progress.get(credit.deal), day)

    for window in _windows(history, plan, component, [c.on for c in own.values() if c.on <= as_of], handed, as_of):
        if window.start >= plan.header.in_force.from_on:
            handed, left = 0, left + handed
        facts = {**history.facts.get(window.id, {}), **scored(history, component, window, as_of)}
        quota = _measured_against(history, plan, component, window, [c for c in counted if c.on <= as_of])
        known = Known(as_of, frozenset(own), quota, left or None, facts, released_by)
        tallies = Story(plan, component, window, counted, known).tell()
        left = max(0, sum(tally.withheld for tally in tallies.values())) if carries(component) else 0
        for source, tally in tallies.items():
            share: Fraction | None = ONE
            if source in own:
                share = None if tally.all_paid else released_by(own[source], as_of)
            on = own[source].on if source in own else window.start
            gross, id = tally.earned + tally.taken, component.id
            drafts.append(Draft(plan, place, id, window.id, source, on, gross, tally.taken, tally.withheld, share))
    return drafts, handed + left


def _measured_against(
    history: History, plan: Plan, component: Commission, window: Window, counted: list[Credit]
) -> int | None:
    """The quota of a window; Unpayable where ramp and proration leave nothing of it."""
    quota = quota_in(history, plan, component, window)
    if quota == 0 and component.rates.by == "attainment" and any(window.holds(c.on) for c in counted):
        raise Unpayable
    return quota


def carries(component: Commission) -> bool:
    """True where what a cap keeps back is paid later."""
    return component.cap is not None and component.cap.excess == "carried_forward"


def _neighbour(history: History, plan: Plan, component: Commission, step: int) -> tuple[Plan, int, Commission] | None:
    """The version right before (-1) or after (1) with the same component, where what is left goes from one to the other."""
    number = history.plans.index(plan) + step
    if not 0 <= number < len(history.plans):
        return None
    other = history.plans[number]
    for place, part in enumerate(other.components):
        if isinstance(part, Commission) and part.id == component.id and carries(part) and carries(component):
            return None if "plan" in (part.measured_over, component.measured_over) else (other, place, part)
    return None


def _handed_over(history: History, plan: Plan, component: Commission, as_of: date) -> int:
    before = _neighbour(history, plan, component, -1)
    return 0 if before is None else _of_component(history, *before, as_of)[1]


def _windows(
    history: History, plan: Plan, component: Commission, days: list[date], handed: int, as_of: date
) -> list[Window]:
    """The windows of those days; where excess may be carried each later one that begins in the version's time, too."""
    kind, month, begun = component.measured_over, history.fiscal_month, plan.header.in_force.from_on
    if handed and begun <= as_of:
        days = [*days, begun]
    if not days:
        return []
    if kind == "plan":
        assert plan.header.in_force.until_on is not None
        return [window_between(begun, plan.header.in_force.until_on, month)]
    if carries(component):
        following = _neighbour(history, plan, component, 1)
        every = windows_between(min(days), as_of, kind, month)
        return [w for w in every if following is None or w.start < following[0].header.in_force.from_on]
    found = {window.start: window for window in (window_of(day, kind, month) for day in days)}
    return [found[start] for start in sorted(found)]


def released_share(parts: Sequence[ReleasePart], progress: DealProgress | None, as_of: date) -> Fraction:
    """The share that is payable by that day."""
    if not parts:
        return Fraction(1)
    return min(Fraction(1), sum((part.share * _reached(part, progress, as_of) for part in parts), Fraction(0)))


def _reached(part: ReleasePart, progress: DealProgress | None, as_of: date) -> Fraction:
    if part.day is not None:
        return Fraction(1 if part.day <= as_of else 0)
    if progress is None:
        return Fraction(0)

    def due(day: date) -> bool:
        return (day if part.after is None else days_after(day, part.after)) <= as_of

    kind = RECEIPTS.get(part.on)
    money = [receipt.amount.minor for receipt in progress.receipts if receipt.kind == kind and due(receipt.on)]
    if not part.pro_rata:
        happened = progress.happened.get(part.on)
        return Fraction(1 if money or (happened is not None and due(happened)) else 0)
    if not money or progress.amount is None:
        return Fraction(0)
    if progress.amount.minor <= 0:
        return Fraction(1)
    return max(Fraction(0), min(Fraction(1), Fraction(sum(money), progress.amount.minor)))
