"""Accounts, kept up to date with what was told of them, and with which of them turned out to be one company."""

from dataclasses import replace
from types import MappingProxyType

from engine.core.accounts import told as told_of
from engine.core.events import Event
from engine.core.merging import hindrance, with_told
from engine.core.outcomes import Kept, Outcome
from engine.core.recording.common import NotYetKnown, kept, known_people, refused, told
from engine.core.records import Account, AccountVersion, Merging
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation, State

_REFUSALS = MappingProxyType({"loop": "E250", "merged_already": "E251", "not_merged": "E252"})
MERGING_CODES = frozenset(_REFUSALS.values())


def account_changed(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The account with one more version in its place by moment; made when it is new."""
    known_people(event, situation.state)
    known = situation.state.account(event.subject)
    account = known or Account(event.subject, event.on, {"is_new": True})
    changed = told_of(account, AccountVersion(event.at, event.on, event.id, dict(event.body)))
    changed = replace(changed, created_on=min(account.created_on, event.on))
    return kept("changed" if known else "opened", changed, event)


def account_asked_of(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """A claim or a return of a customer who must be known; whether it is so is for the pool's rules to say."""
    known_people(event, situation.state)
    if situation.state.account(event.subject) is None:
        raise NotYetKnown("account", event.subject, event)
    return ()


def merging_told(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Every account that the word bears on, as it now stands; refused where it cannot hold: E250 for a loop, E251 for an
    account that is merged already, E252 where nothing is to be undone."""
    word, state = _word(event), situation.state
    for id in filter(None, (word.account, word.into)):
        if state.account(id) is None:
            raise NotYetKnown("account", id, event)
    accounts = with_told(word, state)
    why = hindrance(word, accounts[0].merges)
    if why:
        return refused(_REFUSALS[why], event, account=word.account, into=word.into)
    what = event.type.partition(".")[2]
    return tuple(Kept(what, account, told(event)) for account in accounts)


def merging_noted(event: Event, state: State) -> tuple[Kept, ...]:
    """What is kept of a refused word: a later event with an earlier moment may make it hold, as if it had come in time."""
    return tuple(Kept("asked", account, told(event)) for account in with_told(_word(event), state))


def _word(event: Event) -> Merging:
    return Merging(event.at, event.id, event.subject, event.text("into"))
