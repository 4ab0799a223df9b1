"""Everything owed to a payee: versions of a plan, windows, what one hands to the next, and what is released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.records import Credit, Quota
from engine.core.rules.plan import Commission, Plan, ReleasePart
from tests.core.incentives.oracle.calendar import Window, days_after, window_between, window_of, windows_between
from tests.core.incentives.oracle.table import whole_number
from tests.core.incentives.oracle.window import (
    CARRIED_PAST_THE_DAY,
    NOTHING_TO_BOUND,
    Known,
    Story,
    Tally,
    bounds_what_it_rerates,
)

RECEIPTS = {"payment.received": "payment", "invoice.issued": "invoice", "credit_note.issued": "credit_note"}


@dataclass(frozen=True)
class History:
    """All that is known of one payee. `facts` are those of a window, by its name."""

    payee: str
    fiscal_month: int
    plans: tuple[Plan, ...]
    credits: tuple[Credit, ...]
    quotas: tuple[Quota, ...] = ()
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Line:
    """What one source is owed, in whole minor units."""

    version: str
    component: str
    window: str
    source: str
    earned: int
    released: int
    withheld: int
    taken_back: int


def lines_of(history: History, as_of: date, shapes: set[str] | None = None) -> list[Line]:
    """Every line of every commission to date; `shapes` are told what was met on the way that the texts leave open."""
    return [
        line
        for plan in history.plans
        for component in plan.components
        if isinstance(component, Commission)
        for line in _of_component(history, plan, component, as_of, shapes)
    ]


def _of_component(
    history: History, plan: Plan, component: Commission, as_of: date, shapes: set[str] | None
) -> list[Line]:
    versions = [other for other in history.plans if other.header.id == plan.header.id]
    counted = [c for c in history.credits if any(v.header.in_force.covers(c.on) for v in versions)]
    counted = [c for c in counted if c.name in (component.of, component.measure)]
    own = {c.id: c for c in counted if plan.header.in_force.covers(c.on)}
    days = sorted(c.on for c in own.values() if c.on <= as_of)
    carries = component.cap is not None and component.cap.excess == "carried_forward"
    if shapes is not None and not days and bounds_what_it_rerates(component):
        shapes.add(NOTHING_TO_BOUND)
    if shapes is not None and carries and any(c.on > as_of for c in own.values()):
        shapes.add(CARRIED_PAST_THE_DAY)
    lines: list[Line] = []
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
        lines += [
            _line(history, plan, component, window, own, source, tally, as_of) for source, tally in tallies.items()
        ]
    return lines


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


def _line(
    history: History, plan: Plan, component: Commission, window: Window, own: Mapping[str, Credit], source: str,
    tally: Tally, as_of: date,
) -> Line:  # fmt: skip
    share = Fraction(1)
    if source in own:
        share = released_share(component.release, history.progress.get(own[source].deal), as_of)
    released = tally.earned
    if share < 1 and not tally.all_paid and not (tally.earned < 0 < tally.taken):
        released = whole_number(tally.earned * share, plan.rounding.value)
    return Line(
        plan.header.version, component.id, window.id, source, tally.earned, released, tally.withheld, tally.taken
    )


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
