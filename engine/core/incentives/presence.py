"""Presence: the days on which a plan, in all its versions, pays a payee, and those of them that were worked.

What a payee's plan depends on changes only on days that are known (a version of the person or of the plan begins, the
person joins or leaves), so a few questions answer for all days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from engine.core.incentives.payees import Payee, pays
from engine.core.periods import Period
from engine.core.records import Person
from engine.core.rules.plan import Plan


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days [start, end)."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Presence:
    """`on_plan` are the days on which some version of the plan pays the payee, `present` those without unpaid leave; both
    in order, none touching the next."""

    on_plan: tuple[Span, ...]
    present: tuple[Span, ...]

    @property
    def first_on(self) -> date | None:
        """The first day that the plan pays the payee, from which ramps, draws and guarantees count; None: it never does."""
        return self.on_plan[0].start if self.on_plan else None


def presence(plans: Sequence[Plan], payee: Payee) -> Presence:
    """When any of the plan versions pays the payee."""
    turns = sorted(set(_turns(plans, payee)))
    spans = (Span(*ends) for ends in pairwise([*turns, date.max]))
    on_plan = _joined(span for span in spans if any(pays(plan, payee, span.start) for plan in plans))
    return Presence(on_plan, _without(on_plan, _unpaid(payee)))


def within(spans: Sequence[Span], window: Period) -> tuple[Span, ...]:
    """The parts of the spans that lie in a window."""
    cut = (Span(max(span.start, window.start), min(span.end, window.end)) for span in spans)
    return tuple(span for span in cut if span.start < span.end)


def _turns(plans: Sequence[Plan], payee: Payee) -> Iterator[date]:
    """The days on which the answer may change."""
    for plan in plans:
        yield plan.header.in_force.from_on
        if plan.header.in_force.until_on:
            yield plan.header.in_force.until_on
    if isinstance(payee, Person):
        yield payee.joined_on
        if payee.left_on:
            yield payee.left_on
        yield from (version.from_on for version in payee.versions)


def _unpaid(payee: Payee) -> tuple[Span, ...]:
    """The payee's unpaid leave."""
    if not isinstance(payee, Person):
        return ()
    unpaid = (leave for leave in payee.absences if not leave.paid and leave.from_on < leave.until_on)
    return tuple(Span(leave.from_on, leave.until_on) for leave in unpaid)


def _joined(spans: Iterator[Span]) -> tuple[Span, ...]:
    """Spans in order, with those that touch made one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _without(spans: tuple[Span, ...], gaps: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans less the gaps; gaps may overlap."""
    for gap in gaps:
        parts = (part for span in spans for part in _cut(span, gap))
        spans = tuple(part for part in parts if part.start < part.end)
    return spans


def _cut(span: Span, gap: Span) -> tuple[Span, Span]:
    """What is left of a span before a gap and after it; either may be empty."""
    return Span(span.start, min(span.end, gap.start)), Span(max(span.start, gap.end), span.end)
