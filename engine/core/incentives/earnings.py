"""Earnings: what a component pays in windows of payees, line by line. A pure function; the amount is the lines' sum.

The kernel does the arithmetic for all windows at once; here its columns become lines, each with its trace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import Undoing, released, released_share
from engine.core.incentives.frames import Frame, frame_of
from engine.core.incentives.gathering import (
    Segment,
    WindowInputs,
    asked,
    highest_of,
    rows_of,
    segment_of,
    units_of,
)
from engine.core.incentives.lines import EarningLine, line_keys
from engine.core.incentives.slices import sliced
from engine.core.incentives.trace import Told, carried_steps
from engine.core.incentives.worth import Asked, Reading, Worth, exact
from engine.core.kernel.component import Limits, calculated
from engine.core.money import Money, Rounding, rounded
from engine.core.periods import Period, period_of
from engine.core.records import Cause, Credit
from engine.core.rules.plan import Commission, Plan


def calculate_window(
    plan: Plan, component: Commission, payee: str, window: Period, credits: Sequence[Credit], inputs: WindowInputs
) -> tuple[EarningLine, ...]:
    """Every line of a commission for one payee and window, in the order of its credits; carried excess first.

    `credits` may hold more than the window's: those of other names and days are left alone. Raises EvaluationError
    where something that the rules need is missing: a quota (E063), one currency (E061, E062).
    """
    segment = segment_of(plan, component, payee, window, tuple(credits), inputs)
    return calculate_segments(plan, component, [segment])[0]


def calculate_segments(
    plan: Plan, component: Commission, segments: Sequence[Segment]
) -> tuple[tuple[EarningLine, ...], ...]:
    """The lines of every segment; the kernel walks through all of them at once."""
    told = [asked(plan, component, segment) for segment in segments]
    units = [units_of(component, segment) for segment in segments]
    rows = rows_of(component, segments, told)
    scales, walked = calculated(component.rates, units, rows, limits_of(component, segments), plan.rounding)
    reading, frame = Reading(scales, walked, units), frame_of(plan, component)
    makers = (
        LineMaker(plan, component, frame, segment, reading, say, number)
        for number, (segment, say) in enumerate(zip(segments, told, strict=True))
    )
    return tuple(tuple(maker.lines(start)) for maker, start in zip(makers, rows.starts, strict=False))


def carries_forward(component: Commission) -> bool:
    """True when what its cap keeps back is paid in later windows."""
    return component.cap is not None and component.cap.excess == "carried_forward"


def carried_forward(component: Commission, lines: Sequence[EarningLine]) -> Money | None:
    """What a window's cap kept back and hands to the next window; None where excess is lost or there is none."""
    if not carries_forward(component) or not lines:
        return None
    total = Money.total((line.withheld for line in lines), lines[0].earned.currency)
    return total if total.minor > 0 else None


def limits_of(component: Commission, segments: Sequence[Segment]) -> Limits:
    """What bounds each credit and each window, in minor units."""
    per_deal, cap = component.per_deal, component.cap
    carried = [segment.inputs.carried.minor if segment.inputs.carried else 0 for segment in segments]
    return Limits(
        per_deal.at_least.minor if per_deal and per_deal.at_least else None,
        per_deal.at_most.minor if per_deal and per_deal.at_most else None,
        cap.at_most.minor if cap and cap.at_most else None,
        carried,
        [highest_of(component, segment) for segment in segments] if component.rates.highest is not None else (),
    )


@dataclass(slots=True)
class _Tally:
    """What one credit came to. Whole numbers are minor units; `taken` is positive."""

    worth: Worth
    exact: Fraction
    paid: int
    withheld: int
    taken: int = 0
    undone: Undoing | None = None
    unwound: Worth | None = None

    @property
    def moved(self) -> bool:
        """True when it paid, withheld or took back anything."""
        return bool(self.paid or self.withheld or self.taken)


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes the lines of one segment out of the kernel's columns."""

    plan: Plan
    component: Commission
    frame: Frame
    segment: Segment
    reading: Reading
    told: Mapping[str, Asked]
    number: int

    def lines(self, start: int) -> Iterator[EarningLine]:
        """What was carried in, then the credits that this version pays."""
        tallies, names = self._tallies(start), _Names(self.plan, self.component, self.segment)
        yield from self._carried(names)
        for credit in self.segment.credits:
            if self.plan.header.in_force.covers(credit.on):
                yield self._line(credit, tallies[credit.id], names)
        for credit in self.segment.measuring:
            # What only measures has a line where reaching a tier re-rated what was paid on before.
            if tallies[credit.id].moved and self.plan.header.in_force.covers(credit.on):
                yield self._line(credit, tallies[credit.id], names)

    def _tallies(self, start: int) -> dict[str, _Tally]:
        """By credit, what its movements came to."""
        reading, found = self.reading, dict[str, _Tally]()
        for row, movement in enumerate(self.segment.movements, start=start):
            say = self.told[movement.credit.id]
            worth = reading.worth(row, say)
            paid, withheld = reading.paid[row], reading.withheld[row]
            if movement.undone is None:
                found[movement.credit.id] = _Tally(worth, reading.exact(row), paid, withheld)
            else:
                _take_back(
                    found[movement.credit.id], movement.undone, worth, paid, withheld, self.plan.rounding,
                    carries_forward(self.component),
                )  # fmt: skip
        return found

    def _carried(self, names: "_Names") -> Iterator[EarningLine]:
        """The line of what the window before carried forward, if it carried anything."""
        plan, component, segment, walked = self.plan, self.component, self.segment, self.reading.walked
        if not segment.inputs.carried:
            return
        earned = Money(int(walked.carried_paid[self.number]), plan.currency)
        kept = Money(int(walked.carried_withheld[self.number]), plan.currency)
        yield EarningLine(
            names.key("carried"), plan.header.id, plan.header.version, component.id, segment.window.id, segment.payee,
            "carried", "carried", "", "", segment.window.start, names.period(segment.window.start), earned, earned,
 exact(walked.carried_exact[self.number], self.reading.scales.amount), kept, Money.zero(plan.currency), (),
            carried_steps(plan, component, segment.inputs.carried, earned),
            Cause(plan.header.version, component.place, ""),
        )  # fmt: skip

    def _line(self, credit: Credit, tally: _Tally, names: "_Names") -> EarningLine:
        """The line of one credit, with its trace."""
        plan, component, inputs, segment = self.plan, self.component, self.segment.inputs, self.segment
        if tally.undone and tally.undone.of_paid:
            tally.taken = self._taken_of_paid(credit, tally, tally.undone)
        earned = Money(tally.paid - tally.taken, plan.currency)
        share = released_share(component.release, inputs.progress.get(credit.deal), inputs.as_of)
        if tally.undone and ((earned.minor <= 0 < tally.taken) or tally.undone.of_paid):
            # Nothing is left that could be held: what was taken back beyond it is owed at once.
            share = Fraction(1)
        out = released(earned, share, plan.rounding)
        kept, taken = names.money(tally.withheld), names.money(tally.taken)
        told = Told(
            self.frame, credit, tally.worth, inputs.quota, tally.exact, kept, tally.undone, taken, share, earned, out,
            tally.unwound,
        )  # fmt: skip
        return EarningLine(
            names.key(credit.id), plan.header.id, plan.header.version, component.id, segment.window.id, segment.payee,
            credit.id, "credit", credit.deal, credit.event, credit.on, names.period(credit.on), earned, out, tally.exact,
            kept, taken, sliced(self.frame, tally.worth), told, credit.cause, sliced(self.frame, tally.unwound),
            "receivable" if tally.undone and tally.undone.receivable else "netted",
        )  # fmt: skip

    def _taken_of_paid(self, credit: Credit, tally: _Tally, undone: Undoing) -> int:
        """What goes where only what was paid is taken back: that share of it, and all that was still held."""
        progress, rounding = self.segment.inputs.progress.get(credit.deal), self.plan.rounding
        share = released_share(self.component.release, progress, undone.on)
        out = released(Money(tally.paid, self.plan.currency), share, rounding).minor
        return tally.paid - out + _part(out, undone.share, rounding)


class _Names:
    """What the lines of a segment have of their own: keys, the plan periods of their days, and mostly no money."""

    def __init__(self, plan: Plan, component: Commission, segment: Segment) -> None:
        self.key = line_keys(plan.header.id, component.id, segment.window.id, segment.payee)
        self._kind, self._company, self._last = plan.period, segment.inputs.company, segment.window
        self._none = Money.zero(plan.currency)

    def period(self, day: date) -> str:
        """The id of the plan period in which the day lies; credits come by day, so it is mostly that of the last."""
        if self._last.kind != self._kind or not self._last.contains(day):
            self._last = period_of(day, self._kind, self._company)
        return self._last.id

    def money(self, minor: int) -> Money:
        """So many minor units of the plan's currency."""
        return Money(minor, self._none.currency) if minor else self._none


def _take_back(
    tally: _Tally, undone: Undoing, worth: Worth, paid: int, withheld: int, rounding: Rounding, carries: bool
) -> None:
    """Books the share of an undone credit: exactly of what it earned, or what leaving from the top is worth."""
    tally.undone, tally.unwound = undone, worth
    if undone.from_top:
        tally.taken, tally.withheld = -paid, tally.withheld + withheld
    else:
        tally.taken = _part(tally.paid, undone.share, rounding)
        if carries:
            # What the cap kept back of it goes with it, and is carried nowhere.
            tally.withheld -= _part(tally.withheld, undone.share, rounding)


def _part(minor: int, share: Fraction, rounding: Rounding) -> int:
    exact = minor * share
    return rounded(exact.numerator, exact.denominator, rounding)
