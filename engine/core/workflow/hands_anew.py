"""The work of a deal that, as its history now goes, is somebody else's than it seemed: it goes as with any change of hands.

A late event may be worth a deal: an assignment that was told of before the deal, a recycling that a touch came too late
to prevent.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from engine.core.accounts import told as one_more
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.outcomes import Kept, Outcome
from engine.core.problems import Place
from engine.core.records import Account, Cause, Deal
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.workflow.cadences import close, follow_owner
from engine.core.workflow.handing import let_go
from engine.core.workflow.tasks import handed_over
from engine.core.workflow.work import Work

CLOSING = {"won": "deal.won", "lost": "deal.lost", "cancelled": "deal.cancelled"}
"""By the status of a closed deal, the event that closes one so."""


def work_anew(event: Event, deal: str, seemed: Draft, draft: Draft, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """What becomes of the deal's tasks and enrolments where it is otherwise than things `seemed`: closed, it ends its
    follow-ups as with any closing; somebody else's, its owner of before hands them on; nobody's, they end."""
    was, has = (state.deal(deal) if deal else None for state in (seemed, draft))
    if was is None or has is None:
        return ()
    found: list[Outcome] = []
    if was.status == "open" and has.status in CLOSING:
        work = _work(replace(event, type=CLOSING[has.status], subject=deal), has, draft, rulebook)
        close(work)
        draft.fold(work.outcomes)
        found += work.outcomes
    if was.owner and was.owner != has.owner:
        told = replace(event, type="deal.reassigned", subject=deal, body={"owner": has.owner})
        work = _work(told, replace(has, previous_owner=was.owner), draft, rulebook)
        if has.owner:
            follow_owner(work)
            handed_over(work)
        else:
            let_go(work, was, Cause("", Place(""), event.id))
        found += work.outcomes
    return tuple(found)


def customers_anew(now: Sequence[Outcome], draft: Draft) -> tuple[Outcome, ...]:
    """The customers that went to somebody by a rule, as things stand, in the hands that they went to: folding their deals
    anew knows nothing of it."""
    found: list[Outcome] = []
    for kept in now:
        record = kept.record if isinstance(kept, Kept) and kept.what in _CHANGED_HANDS else None
        account = draft.account(record.id) if isinstance(record, Account) else None
        if isinstance(kept, Kept) and isinstance(record, Account) and account:
            missing = [version for version in record.versions if version not in account.versions]
            found += [replace(kept, record=reduce(one_more, missing, account))] if missing else []
    return tuple(found)


_CHANGED_HANDS = ("assigned", "recycled")


def _work(event: Event, deal: Deal, draft: Draft, rulebook: Rulebook) -> Work:
    return Work(event, Situation(draft, deal, facts_of(event, draft, rulebook, deal), frozenset()), rulebook)
