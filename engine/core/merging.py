"""Accounts that turned out to be one company: which id stands for which, and what is known of them together.

A merge holds from its moment on, as all that is told: what happened before was decided by what each account was then. Who
wants what was paid to follow tells of it as of an earlier day. Every event, deal and contact keeps the id that it was told
with; whoever looks up an account finds all that is one with it. What was told of merging is taken in the order of its
moments, whatever the order of delivery, so a merge that a late one makes impossible simply does not hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from engine.core.draft import moment_and_id
from engine.core.record_parts import Merging
from engine.core.records import Account, Registration
from engine.core.situation import State

MERGING = frozenset({"account.merged", "account.unmerged"})
"""The events that make two accounts one, and that make them two again."""


def surviving(id: str, state: State, moment: datetime) -> str:
    """The id under which the account is looked up at a moment: its own, or that of the account it was merged into."""
    account = state.account(id) if id else None
    return _end(id, _held(account.merges, moment)) if account and account.merges else id


def one_with(id: str, state: State, moment: datetime) -> tuple[str, ...]:
    """Every id of the same company at a moment, the surviving one first, then by id."""
    account = state.account(id) if id else None
    if account is None or not account.merges:
        return (id,)
    into = _held(account.merges, moment)
    head = _end(id, into)
    return (head, *sorted(one for one in into if _end(one, into) == head))


def as_known(id: str, state: State, moment: datetime) -> Account | None:
    """What all records of a company say together at a moment, under the surviving id; None when there is none.

    The surviving account's own word counts; where it says nothing, that of the eldest of the others. The company began with
    the first of them, and is new only where none of them says otherwise.
    """
    found = [_at(account, moment) for one in one_with(id, state, moment) if (account := state.account(one))]
    if len(found) < 2:
        return found[0] if found else None
    head, *others = found
    others.sort(key=lambda account: (account.created_on, account.id))
    facts: dict[str, object] = {}
    for account in (head, *others):
        facts = {**{name: value for name, value in account.facts.items() if value not in (None, "")}, **facts}
    if any(account.facts.get("is_new") is False for account in found):
        facts["is_new"] = False
    return replace(head, facts=facts, created_on=min(account.created_on for account in found))


def _at(account: Account, moment: datetime) -> Account:
    return replace(account, facts=account.at(moment)) if account.versions else account


def deals_of_company(id: str, state: State, moment: datetime) -> tuple[str, ...]:
    """The ids of the deals of the account and of all that is one with it at a moment, sorted."""
    return tuple(sorted({deal for one in one_with(id, state, moment) for deal in state.deals_of_account(one)}))


def claims_on(id: str, state: State, moment: datetime) -> tuple[Registration, ...]:
    """The claims of partners on the account and on all that is one with it at a moment, by day and id."""
    every = (claim for one in one_with(id, state, moment) for claim in state.registrations(one))
    return tuple(sorted(every, key=moment_and_id))


def ever_one_with(id: str, state: State) -> frozenset[str]:
    """The account and every other that was ever told to be one with it, whether that holds or not."""
    account = state.account(id) if id else None
    return frozenset({id, *_named(account.merges if account else ())})


def with_told(told: Merging, state: State) -> tuple[Account, ...]:
    """Every account that the word bears on, with it in its place: those it names, and all that were ever merged with them."""
    named = [account for id in (told.account, told.into) if id and (account := state.account(id))]
    every = tuple(sorted({told, *(one for account in named for one in account.merges)}, key=_order))
    into = _held(every)
    roots = {id: _end(id, into) for id in into}
    accounts = (account for id in sorted(_named(every)) if (account := state.account(id)))
    return tuple(
        replace(
            account, merges=every, survivor=roots.get(account.id, ""),
            absorbed=tuple(sorted(id for id, root in roots.items() if root == account.id)),
        )
        for account in accounts
    )  # fmt: skip


def hindrance(told: Merging, merges: Iterable[Merging]) -> str:
    """Why the word does not hold in its place among all that was told: `loop`, `merged_already`, `not_merged`, or nothing."""
    into = _held(one for one in sorted({*merges}, key=_order) if _order(one) < _order(told))
    return _why_not(told, into)


def _named(merges: Iterable[Merging]) -> set[str]:
    return {id for one in merges for id in (one.account, one.into) if id}


def _held(merges: Iterable[Merging], moment: datetime | None = None) -> dict[str, str]:
    """What each account is merged into at a moment (None: after all that was told); what was told comes in order."""
    into: dict[str, str] = {}
    for one in merges:
        if moment and one.at > moment:
            break
        if _why_not(one, into):
            continue
        if one.into:
            into[one.account] = one.into
        else:
            del into[one.account]
    return into


def _why_not(told: Merging, into: Mapping[str, str]) -> str:
    if not told.into:
        return "" if told.account in into else "not_merged"
    if told.account in into:
        return "merged_already"
    return "loop" if _end(told.into, into) == told.account else ""


def _end(id: str, into: Mapping[str, str]) -> str:
    while id in into:
        id = into[id]
    return id


def _order(one: Merging) -> tuple[datetime, bool, str]:
    return (one.at, not one.into, one.event)
