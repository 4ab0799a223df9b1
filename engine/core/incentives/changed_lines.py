"""Two calculations side by side, of which only the lines that differ are made: the same kernel, rows and makers of lines.

Most of the time of a calculation goes into telling each line's trace, and an estimate shows a line or two. So both
windows are walked by the kernel at once, on one scale, their columns are compared, and lines are made of what differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.core.incentives.earnings import LineMaker, calculate_segments, carries_forward, limits_of
from engine.core.incentives.frames import frame_of
from engine.core.incentives.gathering import Segment, asked, rows_of, units_of
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.measures import Movement
from engine.core.incentives.worth import Asked, Reading
from engine.core.kernel.component import calculated
from engine.core.rules.plan import Commission, Plan

Lines = tuple[EarningLine, ...]
_Key = tuple[str, str, str]


@dataclass(slots=True)
class Comparison:
    """Stands in for `calculate_segments` in two calculations of `owed`: `before`, then `after`.

    `deal` is the deal whose progress differs, or empty. Afterwards `lines` are those of the first calculation that have a
    counterpart in the second; lines that neither differ nor could are in neither.
    """

    deal: str = ""
    lines: list[EarningLine] = field(default_factory=list)
    _known: dict[_Key, Segment] = field(default_factory=dict)

    def before(self, plan: Plan, component: Commission, segments: Sequence[Segment]) -> tuple[Lines, ...]:
        """Only kept; nothing is calculated yet, unless what a window keeps back is carried into the next."""
        if carries_forward(component):
            return self._whole(plan, component, segments)
        for segment in segments:
            self._known[_key(plan, component, segment)] = segment
        return tuple(() for _ in segments)

    def after(self, plan: Plan, component: Commission, segments: Sequence[Segment]) -> tuple[Lines, ...]:
        """The lines that are new or may differ."""
        if carries_forward(component):
            return calculate_segments(plan, component, segments)
        return tuple(self._compared(plan, component, segment) for segment in segments)

    def _whole(self, plan: Plan, component: Commission, segments: Sequence[Segment]) -> tuple[Lines, ...]:
        found = calculate_segments(plan, component, segments)
        self.lines += [line for lines in found for line in lines]
        return found

    def _compared(self, plan: Plan, component: Commission, segment: Segment) -> Lines:
        known = self._known.get(_key(plan, component, segment))
        if known is None:
            return calculate_segments(plan, component, [segment])[0]
        if known.movements == segment.movements and not any(c.deal == self.deal for c in segment.credits if self.deal):
            return ()
        pair = _Pair.of(plan, component, known, segment)
        changed = pair.changed(self.deal)
        if changed is None:
            self._whole(plan, component, [known])
            return calculate_segments(plan, component, [segment])[0]
        self.lines += pair.lines_of(0, changed)
        return tuple(pair.lines_of(1, changed))


def _key(plan: Plan, component: Commission, segment: Segment) -> _Key:
    return (plan.header.version, component.id, segment.window.id)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A window without and with what is supposed, walked at once."""

    plan: Plan
    component: Commission
    segments: tuple[Segment, Segment]
    told: tuple[Mapping[str, Asked], Mapping[str, Asked]]
    starts: tuple[int, ...]
    reading: Reading

    @classmethod
    def of(cls, plan: Plan, component: Commission, known: Segment, segment: Segment) -> "_Pair":
        """Both windows on one scale, so that their columns can be compared."""
        segments = (known, segment)
        told = _asked_of_both(plan, component, known, segment)
        units = [units_of(component, one) for one in segments]
        rows = rows_of(component, segments, told)
        scales, walked = calculated(component.rates, units, rows, limits_of(component, segments), plan.rounding)
        reading = Reading(scales, walked, units)
        return cls(plan, component, segments, told, tuple(rows.starts), reading)

    def changed(self, deal: str) -> frozenset[str] | None:
        """The ids of credits whose rows differ, or whose deal is another; None where a line is more than one row."""
        first, second = (self._rows(number) for number in (0, 1))
        found = {id for id, row in second.items() if first.get(id) != row}
        found |= {one.id for one in self.segments[1].credits if deal and one.deal == deal}
        several = [m.credit.id for segment in self.segments for m in segment.movements if m.undone is not None]
        several += [credit.id for segment in self.segments for credit in segment.measuring]
        return None if found & set(several) or first.keys() - second.keys() else frozenset(found)

    def _rows(self, number: int) -> dict[str, list[tuple[object, ...]]]:
        """By credit, what its rows came to."""
        reading = self.reading
        found: dict[str, list[tuple[object, ...]]] = {}
        for row, movement in enumerate(self.segments[number].movements, start=self.starts[number]):
            found.setdefault(movement.credit.id, []).append(
                (reading.paid[row], reading.withheld[row], reading.final[row])
            )
        return found

    def lines_of(self, number: int, wanted: frozenset[str]) -> list[EarningLine]:
        """The lines of those credits in one of the windows."""
        segment, found = self.segments[number], list[EarningLine]()
        frame = frame_of(self.plan, self.component)
        for row, movement in enumerate(segment.movements, start=self.starts[number]):
            if movement.credit.id in wanted:
                own = replace(segment, credits=(movement.credit,), movements=(movement,))
                maker = LineMaker(self.plan, self.component, frame, own, self.reading, self.told[number], number)
                found += maker.lines(row)
        return found


def _asked_of_both(
    plan: Plan, component: Commission, known: Segment, segment: Segment
) -> tuple[Mapping[str, Asked], Mapping[str, Asked]]:
    """What the formulas say of each credit.

    Those that do not look at attainment say the same in both windows, and the same of credits with the same facts. Every
    credit of the window without is in the window with.
    """
    formulas = (component.multiply, component.gate, component.rates.by_formula)
    if any(name.startswith("attainment(") for formula in formulas if formula for name in formula.reads):
        return asked(plan, component, known), asked(plan, component, segment)
    alike: dict[object, list[Movement]] = {}
    for movement in segment.movements:
        if movement.undone is None:
            covered = plan.header.in_force.covers(movement.credit.on)
            alike.setdefault((covered, movement.credit.cause.facts), []).append(movement)
    said = asked(plan, component, replace(segment, movements=tuple(group[0] for group in alike.values())))
    told = {m.credit.id: said[group[0].credit.id] for group in alike.values() for m in group}
    return told, told
