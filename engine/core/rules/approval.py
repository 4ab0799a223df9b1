"""An approval rule: what needs agreement, in bands, and who must agree, in which order and by when."""

from dataclasses import dataclass

from engine.core.durations import Duration
from engine.core.formulas import Facts, Formula
from engine.core.problems import Place
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """Whose word is asked at once. `how`: `one` (a single person), `all_of` or `any_of` those named in `who`."""

    how: str
    who: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Band:
    """The steps that hold while the condition does (None: always). Bands are written strictest first."""

    when: Formula | None
    steps: tuple[ApprovalStep, ...]
    title: Title
    place: Place


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """What must be agreed to. The first band whose condition holds says who is asked; none: nobody needs to be.

    `about` are the facts that are agreed to; `voided_by` says which change of one of them undoes it: `any_change`,
    `higher` or `lower`. `decide_within` is the time for each step (None: no limit); when it is over, `when_late` says
    whether it goes on to `escalate_to` (`manager`: the manager of whoever was asked) or counts as `refuse`d.
    `while_away` says who stands in for somebody on leave: `manager`, somebody by name or role, or `wait`.
    """

    header: Header
    about: tuple[str, ...]
    voided_by: str
    bands: tuple[Band, ...]
    decide_within: Duration | None
    when_late: str
    escalate_to: str
    while_away: str

    def band(self, facts: Facts) -> int | None:
        """The number of the band that holds, from 0; None when nobody needs to agree."""
        found = (number for number, band in enumerate(self.bands) if band.when is None or band.when.holds(facts))
        return next(found, None)
