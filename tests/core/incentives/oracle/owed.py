"""Everything owed to a payee: versions of a plan, windows, what one hands to the next, and what is released."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.records import Credit
from engine.core.rules.plan import Commission, Plan, ReleasePart
from tests.core.incentives.oracle import shapes as names
from tests.core.incentives.oracle.calendar import Window, days_after, window_between, window_of, windows_between
from tests.core.incentives.oracle.entries import Known, bounds_what_it_rerates
from tests.core.incentives.oracle.plan_level import at_plan_level
from tests.core.incentives.oracle.told import Draft, History, Line
from tests.core.incentives.oracle.window import Story

ONE = Fraction(1)
RECEIPTS = {"payment.received": "payment", "invoice.issued": "invoice", "credit_note.issued": "credit_note"}


def lines_of(history: History, as_of: date, shapes: set[str] | None = None) -> list[Line]:
    """Every line of every commission to date; `shapes` are told what was met on the way that the texts leave open."""
    drafts = drafts_of(history, as_of, shapes)
    carried = [(draft.component, draft.window) for draft in drafts if draft.source == "carried"]
    if shapes is not None and history.plans[0].cap and len(carried) > len(set(carried)):
        shapes.add(names.SAME_CARRIED_LINE_TWICE)
    return [draft.line() for draft in at_plan_level(history, drafts, as_of)]


def drafts_of(history: History, as_of: date, shapes: set[str] | None = None) -> list[Draft]:
    """What the components say, before the plan as a whole has its say."""
    return [
        draft
        for plan in history.plans
        for place, component in enumerate(plan.components)
        if isinstance(component, Commission)
        for draft in _of_component(history, plan, place, component, as_of, shapes)
    ]


def _of_component(
    history: History, plan: Plan, place: int, component: Commission, as_of: date, shapes: set[str] | None
) -> list[Draft]:
    versions = [other for other in history.plans if other.header.id == plan.header.id]
    counted = [c for c in history.credits if any(v.header.in_force.covers(c.on) for v in versions)]
    counted = [c for c in counted if c.name in (component.of, component.measure)]
    own = {c.id: c for c in counted if plan.header.in_force.covers(c.on)}
    days = sorted(c.on for c in own.values() if c.on <= as_of)
    carries = component.cap is not None and component.cap.excess == "carried_forward"
    if shapes is not None and not days and bounds_what_it_rerates(component):
        shapes.add(names.NOTHING_TO_BOUND)
    if shapes is not None and carries and any(c.on > as_of for c in own.values()):
        shapes.add(names.CARRIED_PAST_THE_DAY)
    drafts: list[Draft] = []
    carried: int | None = None

    def released_by(credit: Credit, day: date) -> Fraction:
        return released_share(component.release, history.progress.get(credit.deal), day)

    for window in _windows(history, plan, component, days, as_of, carries):
        quota, facts = _quota(history, component, window), history.facts.get(window.id, {})
        known = Known(as_of, frozenset(own), quota, carried, facts, released_by)
        story = Story(plan, component, window, counted, known)
        tallies = story.tell()
        if shapes is not None:
            shapes |= story.shapes
        left = sum(tally.withheld for tally in tallies.values())
        carried = left if carries and left > 0 else None
        for source, tally in tallies.items():
            share: Fraction | None = ONE
            if source in own:
                share = None if tally.all_paid else released_by(own[source], as_of)
            on = own[source].on if source in own else window.start
            gross, id = tally.earned + tally.taken, component.id
            drafts.append(Draft(plan, place, id, window.id, source, on, gross, tally.taken, tally.withheld, share))
    return drafts


def _windows(
    history: History, plan: Plan, component: Commission, days: Sequence[date], as_of: date, carries: bool
) -> list[Window]:
    if not days:
        return []
    kind, month = component.measured_over, history.fiscal_month
    if kind == "plan":
        assert plan.header.in_force.until_on is not None
        return [window_between(plan.header.in_force.from_on, plan.header.in_force.until_on, month)]
    if carries:
        return windows_between(days[0], as_of, kind, month)
    found = {window.start: window for window in (window_of(day, kind, month) for day in days)}
    return [found[start] for start in sorted(found)]


def _quota(history: History, component: Commission, window: Window) -> int | None:
    named = [q for q in history.quotas if (q.measure, q.period) == (component.measure, window.id)]
    return named[-1].amount.minor if named else None


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
