"""What nobody has and no pool holds: deals, customers, tickets and tasks, and why no rule gave them to anybody."""

from datetime import UTC, datetime, time

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, around
from engine.app.views.choices import Choice
from engine.app.views.pools import OwnerlessRow, OwnerlessView
from engine.app.why import notes_of
from engine.core.charges import Charge
from engine.core.problems import Place
from engine.core.records import Account, Deal, Task, Ticket
from engine.core.rules.header import Title
from engine.store.queries.holdings import ownerless_accounts, ownerless_deals, ownerless_tasks, ownerless_tickets
from engine.store.state import SqlState

_NO_RULE = Title("no assignment rule is for it", "没有适用的分配规则")


def ownerless(dw: Dealwright) -> OwnerlessView:
    """Open deals, tickets and tasks that nobody has and that lie in no pool, and customers that a rule could give to nobody."""
    today = dw.now().astimezone(dw.zone).date()
    with dw.database.unit() as unit:
        deals, tasks, tickets, state = (
            ownerless_deals(unit),
            ownerless_tasks(unit),
            ownerless_tickets(unit),
            SqlState(unit),
        )
        known = around(unit, [*(deal.id for deal in deals), *(task.deal for task in tasks)])
        records: tuple[Deal | Account | Ticket, ...] = (*deals, *ownerless_accounts(unit), *tickets)
        rows = [*(_row(dw, Charge(one), known, state) for one in records), *(_task(dw, task, known) for task in tasks)]
    people = [person for person in known.people.values() if person.employed(today)]
    return OwnerlessView(tuple(rows), tuple(Choice(one.id, known.person(one.id)) for one in people))


def how_many_ownerless(dw: Dealwright) -> int:
    """How many of them there are."""
    with dw.database.unit() as unit:
        given_out = len(ownerless_deals(unit)) + len(ownerless_accounts(unit)) + len(ownerless_tickets(unit))
        return given_out + len(ownerless_tasks(unit))


def _task(dw: Dealwright, task: Task, known: Around) -> OwnerlessRow:
    cause, account = task.reasons[0], known.account_of(known.deals.get(task.deal))
    return OwnerlessRow("task", task.id, Title(*task.title), account, task.made_at, notes_of(dw, cause), cause.place)


def _row(dw: Dealwright, charge: Charge, known: Around, state: SqlState) -> OwnerlessRow:
    moved = (one for one in reversed(state.handovers(charge.id)) if one.kind == charge.kind)
    queued = next((one for one in moved if one.how == "queued"), None)
    why = notes_of(dw, queued.cause) if queued else _NO_RULE
    facts = charge.record.facts
    name = str(facts.get("name") or facts.get("topic") or charge.id)
    place = queued.cause.place if queued else Place("")
    return OwnerlessRow(
        charge.kind, charge.id, Title(name, name), _customer(charge, known, state), _since(dw, charge), why, place
    )


def _customer(charge: Charge, known: Around, state: SqlState) -> str:
    record = charge.record
    if isinstance(record, Ticket):
        account = state.account(record.account) if record.account else None
        return str(account.facts.get("name") or account.id) if account else record.account
    return known.account_of(record) if isinstance(record, Deal) else ""


def _since(dw: Dealwright, charge: Charge) -> datetime:
    """When it began; an account only knows its day."""
    record = charge.record
    if isinstance(record, Account):
        return datetime.combine(record.created_on, time(), dw.zone).astimezone(UTC)
    return record.created_at if isinstance(record, Deal) else record.opened_at
