"""A public pool that comes into force, changes or ends: whatever stands otherwise by that is looked at once.

Where a deal or a customer stands is kept when something happens to it, so that a tick costs what is due. Those to whom
nothing happens any more are the very ones that a new pool is for.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from engine.app.dealwright import Dealwright
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.formulas import EvaluationError
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Deal
from engine.core.situation import Situation
from engine.core.workflow.holdings import decide_holdings
from engine.core.workflow.public_pools import LOOKED_OVER, versions_in_force
from engine.store.database import Unit
from engine.store.queries.holdings import may_be_held
from engine.store.releases import ReleaseBook
from engine.store.state import SqlState


def to_look_over(dw: Dealwright, now: datetime) -> bool:
    """True when not everything has been looked at by the pools that are in force."""
    with dw.database.unit() as unit:
        known, newest = SqlState(unit).tally(LOOKED_OVER), ReleaseBook(unit).in_force(now.astimezone(dw.zone).date())
    if newest and newest.fingerprint != dw.rulebook.fingerprint:
        return False  # this process still goes by older rules: whoever goes by the newest looks
    return versions_in_force(dw.rulebook, now.astimezone(dw.zone).date()) != (known.among if known else "")


def looked_over(dw: Dealwright, now: datetime) -> Event:
    """The event that says so."""
    return clock(dw, LOOKED_OVER, now)


def clock(dw: Dealwright, subject: str, now: datetime, why: str = "") -> Event:
    """The clock at that moment, for a deal, a customer or a ticket as the clock calls them; `why` tells two looks apart."""
    on, moment = now.astimezone(dw.zone).date(), now.astimezone(UTC).isoformat()
    return Event("clock.ticked", subject, "clock", f"{subject}@{moment}{why}", now, on)


def standing_otherwise(dw: Dealwright, unit: Unit, now: datetime) -> Iterator[str]:
    """The deals and customers, as the clock calls them, that stand otherwise to the pools in force than is kept."""
    for ids in may_be_held(unit):
        state = SqlState(unit)
        state.preload(deals=ids, accounts=[id.removeprefix(OF_ACCOUNT) for id in ids if id.startswith(OF_ACCOUNT)])
        for id in ids:
            event, deal = clock(dw, id, now), state.deal(id)
            if _otherwise(dw, event, deal, state):
                yield id


def _otherwise(dw: Dealwright, event: Event, deal: Deal | None, state: SqlState) -> bool:
    """True also for what cannot be told: its own event then goes aside with the reason, and everything else goes on."""
    try:
        facts = facts_of(event, state, dw.rulebook, deal)
        return bool(decide_holdings(event, Situation(state, deal, facts, frozenset()), dw.rulebook))
    except EvaluationError:
        return True
