"""The work of a deal that, as its history now goes, is somebody else's than it seemed: it goes as with any change of hands.

A late event may be worth a deal: an assignment that was told of before the deal, a recycling that a touch came too late
to prevent.
"""

from dataclasses import replace

from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.outcomes import Outcome
from engine.core.problems import Place
from engine.core.records import Cause
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.cadences import follow_owner
from engine.core.workflow.handing import let_go
from engine.core.workflow.tasks import handed_over
from engine.core.workflow.work import Work


def work_anew(event: Event, deal: str, seemed: Draft, draft: Draft, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The tasks and enrolments of whoever had the deal as things `seemed`, handed on to who has it in the draft, or ended
    when that is nobody; nothing when it is the same person."""
    was, has = (state.deal(deal) if deal else None for state in (seemed, draft))
    if was is None or has is None or not was.owner or was.owner == has.owner:
        return ()
    told = replace(event, type="deal.reassigned", subject=deal, body={"owner": has.owner})
    now = replace(has, previous_owner=was.owner)
    work = Work(told, Situation(draft, now, facts_of(told, draft, rulebook, now), frozenset()), rulebook)
    if has.owner:
        follow_owner(work)
        handed_over(work)
    else:
        let_go(work, was, Cause("", Place(""), event.id))
    return tuple(work.outcomes)
