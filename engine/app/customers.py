"""Customers as people see them: the list, one company with everything that happened to it, and merging two records of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import ask
from engine.app.customer_record import past_of, record_of
from engine.app.deals import belongs_to, owners_seen, people_of
from engine.app.dealwright import Dealwright
from engine.app.public_pools import held_row, pool_of
from engine.app.reading import Around, around
from engine.app.recording import Recorded
from engine.app.refusals import Problems
from engine.app.views.customers import CustomerFilter, CustomerPage, CustomerRow, CustomerView
from engine.app.views.users import User
from engine.core.merging import as_known, deals_of_company, one_with
from engine.core.ownership import OF_ACCOUNT
from engine.core.problems import Place, Problem
from engine.core.records import Account, Deal
from engine.store.database import Unit
from engine.store.queries.accounts import AccountFilter, Whole, account_page, count_accounts, deal_counts
from engine.store.state import SqlState

PAGE = 50


def customers(dw: Dealwright, asked: CustomerFilter, viewer: User) -> CustomerPage:
    """One page of the customers that the viewer may see, by name."""
    with dw.database.unit() as unit:
        known, state = around(unit), SqlState(unit)
        owners = owners_seen(dw, known, viewer)
        wanted = AccountFilter(owners, asked.text)
        found = account_page(unit, wanted, state.account(asked.after) if asked.after else None, PAGE + 1)
        counts = deal_counts(unit, [id for account in found for id in (account.id, *account.absorbed)], owners)
        rows = tuple(customer_row(account, known, counts) for account in found[:PAGE])
        return CustomerPage(rows, found[PAGE - 1].id if len(found) > PAGE else "", count_accounts(unit, wanted))


def customer_row(account: Account, known: Around, counts: Mapping[tuple[str, str], int]) -> CustomerRow:
    """One customer as a list shows it; `counts` are deals by account and status."""
    ids = (account.id, *account.absorbed)
    opened, won = (sum(counts.get((id, status), 0) for id in ids) for status in ("open", "won"))
    name, owner = str(account.facts.get("name") or account.id), str(account.facts.get("owner") or "")
    return CustomerRow(account.id, name, known.person(owner), opened, won, account.absorbed)


def customer_view(dw: Dealwright, id: str, before: str, viewer: User) -> CustomerView:
    """Everything the customer page shows, under the id that stands for the company. Raises NotThere and NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        account, deals, known = _visible(dw, unit, state, id, viewer)
        seen = [deal for deal in deals if may(viewer, "deal.see", belongs_to(dw, deal, known))]
        whole = Whole(one_with(account.id, state, dw.now()), tuple(deal.id for deal in seen))
        counts: dict[tuple[str, str], int] = {}
        for deal in seen:
            counts[deal.account, deal.status] = counts.get((deal.account, deal.status), 0) + 1
        today, holding = dw.now().date(), state.holding(f"{OF_ACCOUNT}{account.id}")
        belongs = known.belongs(_people(account, deals), today)
        rows, earlier = past_of(dw, unit, state, whole, known, int(before) if before.isdecimal() else 0)
        row = customer_row(account, known, counts)
        found = record_of(dw, unit, state, whole, known, row, belongs, len(deals) - len(seen), rows, earlier)
        return replace(
            found,
            owners=known.belongs([_owner(account)], today),
            held=held_row(dw, holding),
            pooled=pool_of(dw, holding),
        )


def _visible(
    dw: Dealwright, unit: Unit, state: SqlState, id: str, viewer: User
) -> tuple[Account, Sequence[Deal], Around]:
    """The company under its surviving id, all its deals, and who is around them."""
    account = as_known(id, state, dw.now())
    if account is None:
        raise NotThere(id)
    ids = deals_of_company(id, state, dw.now())
    deals, known = [deal for one in ids if (deal := state.deal(one))], around(unit, ids)
    if not may(viewer, "account.see", known.belongs(_people(account, deals), dw.now().date())):
        raise NotYours(id)
    return account, deals, known


def _people(account: Account, deals: Sequence[Deal]) -> list[str]:
    """Whose a customer is: the account's owner's, and everybody's who has a part in a deal with it."""
    return [_owner(account), *(person for deal in deals for person in people_of(deal))]


def _owner(account: Account) -> str:
    return str(account.facts.get("owner") or "")


def merge(dw: Dealwright, id: str, into: str, reason: str, viewer: User) -> Recorded | Problems:
    """Say that a customer is the same company as another. E253 where that is not there or not the viewer's, which nobody
    can tell apart. Raises NotThere, NotYours for the first."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        _mergeable(dw, unit, state, id, viewer)
        try:
            _mergeable(dw, unit, state, into, viewer)
        except NotThere:
            return (Problem("E253", Place(""), {"into": into}),)
        last = _last_word(state.account(id))
    return ask(dw, "account.merged", id, {"into": into, "reason": reason}, viewer, last)


def unmerge(dw: Dealwright, id: str, reason: str, viewer: User) -> Recorded | Problems:
    """Take back that a customer is the same company as another. Raises NotThere, NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        _mergeable(dw, unit, state, id, viewer)
        last = _last_word(state.account(id))
    return ask(dw, "account.unmerged", id, {"reason": reason}, viewer, last)


def _mergeable(dw: Dealwright, unit: Unit, state: SqlState, id: str, viewer: User) -> None:
    account, deals, known = _visible(dw, unit, state, id, viewer)
    if not may(viewer, "account.merge", known.belongs(_people(account, deals), dw.now().date())):
        raise NotYours(id)


def _last_word(account: Account | None) -> str:
    return account.merges[-1].event if account and account.merges else ""
