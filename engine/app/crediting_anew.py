"""Which deals an event that is told of late bears on beyond its own: those of a person, a partner or an account that
changed, those that are decided together with its own, and those whose rules add up what somebody was credited. Their
credits are decided anew.

So it does not matter in which order events of people, partners, accounts and deals are told.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from engine.app.dealwright import Dealwright
from engine.core.decide import Decision
from engine.core.draft import Draft
from engine.core.events import EVENT_TYPES, Event
from engine.core.incentives.hierarchy import below
from engine.core.merging import MERGING
from engine.core.outcomes import Kept, Outcome, Withdrawn
from engine.core.reach import Reach, circle
from engine.core.records import Credit, Deal
from engine.core.refold import credited_anew, lived_anew
from engine.core.situation import State
from engine.store.database import Unit
from engine.store.queries.crediting import deals_of, something_happened_since
from engine.store.state import SqlState

OF_PEOPLE = ("person.joined", "person.changed", "person.left")
_EVER = datetime(1900, 1, 1, tzinfo=UTC)
OF_PARTNERS = ("partner.joined", "agreement.signed")


def decided_with(event: Event, deal: Deal | None, state: State, reach: Reach) -> Mapping[str, Deal]:
    """The deals that are decided together with the event's deal, itself among them, by id; none where rules look at no
    other deal."""
    if not reach.accounts or EVENT_TYPES[event.type].subject != "deal":
        return {}
    return circle([*(deal.accounts if deal else ()), event.text("account")], state)


@dataclass(frozen=True, slots=True)
class CreditingAnew:
    """One event at work on deals that are not its own. `past` gives the decided events of a deal, the event's included."""

    dw: Dealwright
    unit: Unit
    state: SqlState
    event: Event
    past: Callable[[str], Sequence[Event]]

    def decided(self, decision: Decision) -> Decision:
        """The decision with all that it makes of other deals' credits."""
        found, first = list(decision.outcomes), len(decision.outcomes)
        draft = Draft(decision.draft)
        self._anew(self._without(), draft, found)
        if self.event.type in MERGING and not decision.refused:
            self._lived_as_one(draft, found)
        told, own = 0, self.event.subject
        while changed := self._added_up(found, told):
            told, since = len(found), min(credit.at for credit in changed)
            self._anew(self._of({credit.payee for credit in changed} - {""}, since, own), draft, found)
            own = ""
        decision.draft.fold(found[first:])
        return Decision(tuple(found), decision.draft)

    def _lived_as_one(self, draft: Draft, found: list[Outcome]) -> None:
        """The deals that have been through something since their accounts became one, or two again, as that makes them."""
        deals = circle([self.event.subject], draft)
        if all(deal.last_at < self.event.at for deal in deals.values()):
            return
        history = [one for id in sorted(deals) for one in self.past(id)]
        outcomes = lived_anew(history, self.event, draft, self.dw.rulebook, self.dw.match)
        draft.fold(outcomes)
        found += outcomes

    def _without(self) -> tuple[str, ...]:
        """The deals that have been through something for which the event would have counted, had it been told in time."""
        event, state = self.event, self.state
        first = min(event.day("from_on") or event.on, event.on)
        since = _EVER if self.dw.reach.days else datetime.combine(first, time(), self.dw.zone)
        if event.type == "account.changed":
            known = circle([event.subject], state).values()
            return tuple(deal.id for deal in known if deal.last_at >= event.at)
        if event.type in OF_PARTNERS:
            return self._of({event.subject}, since)
        return self._of(below(event.subject, state.people()), since) if event.type in OF_PEOPLE else ()

    def _of(self, names: Collection[str], since: datetime, but: str = "") -> tuple[str, ...]:
        """The deals that name one of those people or partners, or are credited to them, and have been through anything
        since, without the one that is left out."""
        self.state.flush()
        if not names or not something_happened_since(self.unit, since):
            return ()
        return tuple(id for id in deals_of(self.unit, names, since) if id != but)

    def _anew(self, deals: Iterable[str], draft: Draft, found: list[Outcome]) -> None:
        """Credit those deals anew, each with those that are decided together with it."""
        waiting = dict.fromkeys(deals)
        while waiting:
            together = self._together(next(iter(waiting)), draft)
            history = [one for id in sorted(together) for one in self.past(id)]
            outcomes = credited_anew(history, self.event, draft, self.dw.rulebook, self.dw.match)
            draft.fold(outcomes)
            found += outcomes
            waiting = {id: None for id in waiting if id not in together}

    def _together(self, id: str, state: State) -> Collection[str]:
        deal = state.deal(id)
        return {id, *(circle(deal.accounts, state) if deal and self.dw.reach.accounts else ())}

    def _added_up(self, found: Sequence[Outcome], told: int) -> list[Credit]:
        """The credits that rules add up and that are new, changed or withdrawn by the outcomes from that one on."""
        names = self.dw.reach.credits
        if not names:
            return []
        kept = {one.record.id: one.record for one in found if isinstance(one, Kept) and isinstance(one.record, Credit)}
        news = [one.record.id for one in found[told:] if isinstance(one, Kept) and isinstance(one.record, Credit)]
        news += [one.id for one in found[told:] if isinstance(one, Withdrawn) and one.kind == "credit"]
        changed = (kept.get(id) or self.state.credit(id) for id in dict.fromkeys(news))
        return [credit for credit in changed if credit and credit.name in names]
