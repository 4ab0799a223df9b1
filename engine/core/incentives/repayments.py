"""What payees owe apart from their pay, since when, and what they gave back of it, which two people sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.core.incentives.identity import derived_id
from engine.core.incentives.ledger import LedgerEntry, Refusal, balance, reversal
from engine.core.incentives.payouts import SET_APART
from engine.core.money import Money

REPAYMENT_STATES = ("proposed", "posted", "declined")


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money that a payee gave back outside of their pay, on its way to the ledger.

    `amount` is positive. `reference` is what the bank or payroll calls it: a payee's reference in a currency is booked
    once. `takes_back` is the repayment that this one undoes, or empty. `entry` is the ledger entry once it is posted.
    """

    id: str
    payee: str
    amount: Money
    reference: str
    received_on: date
    note: str
    made_by: str
    made_at: datetime
    takes_back: str = ""
    state: str = "proposed"
    decided_by: str = ""
    decided_at: datetime | None = None
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one earning line left the payee owing: `taken` back in all since that day, and what of it is still `open`."""

    line: str
    event: str
    earned_period: str
    since: date
    taken: Money
    open: Money


REPAYMENT_REFUSALS = (
    ("reference_missing", "E162"),
    ("amount_not_positive", "E163"),
    ("not_yet_received", "E164"),
    ("said_differently", "E165"),
    ("own_repayment", "E168"),
    ("more_than_owed", "E166"),
)
"""Every reason not to book a repayment, with the code of its words, in the order in which they are checked."""


def owed(entries: Iterable[LedgerEntry], currency: str) -> Money:
    """What one payee's entries leave them owing apart from their pay; negative when they gave back too much."""
    return -balance((entry for entry in entries if entry.reason in SET_APART), "payable", currency)


def claims(posted: Iterable[tuple[LedgerEntry, date]], currency: str) -> tuple[Claim, ...]:
    """One payee's claims in one currency, the oldest first; what was given back settles the oldest first.

    `posted` are entries in the order of posting, with the day of it.
    """
    own = [(entry, on) for entry, on in posted if entry.reason in SET_APART and entry.amount.currency == currency]
    lines: dict[str, list[tuple[LedgerEntry, date]]] = {}
    for entry, on in own:
        lines.setdefault(entry.line, []).append((entry, on))
    settled = -owed((entry for entry, _ in lines.pop("", [])), currency).minor
    taken = [(some, owed((entry for entry, _ in some), currency).minor) for some in lines.values()]
    settled -= sum(minor for _, minor in taken if minor < 0)
    found = []
    for some, minor in taken:
        first, since = some[0]
        paid = min(settled, minor) if minor > 0 else minor
        settled -= max(paid, 0)
        found.append(
            Claim(first.line, first.event, first.earned_period, since, Money(minor, currency), Money(minor - paid, currency))
        )  # fmt: skip
    return tuple(found)


def propose(new: Repayment, known: Sequence[Repayment], owes: Money, today: date) -> Repayment | Refusal:
    """The repayment to be kept; the known one when the same was booked before.

    `known` are all repayments of the payee, in the order they were made; `owes` is what the ledger says they owe.
    """
    dead = {one.takes_back for one in known if one.state == "posted"} | {
        one.id for one in known if one.state == "declined"
    }
    alike = [one for one in known if not one.takes_back and _named_alike(one, new)]
    living = next((one for one in alike if one.id not in dead), None)
    if living and (living.amount, living.received_on) == (new.amount, new.received_on):
        return living
    waiting = waiting_sum(known, new.amount.currency)
    broken = {
        "reference_missing": not new.reference.strip(),
        "amount_not_positive": new.amount.minor <= 0,
        "not_yet_received": new.received_on > today,
        "said_differently": living is not None,
        "own_repayment": new.made_by == new.payee,
        "more_than_owed": new.amount.minor > owes.minor - waiting.minor,
    }
    params = (*_params(new, owes, waiting), ("earlier", str(living.amount) if living else ""))
    refused = next((Refusal(name, code, params) for name, code in REPAYMENT_REFUSALS if broken[name]), None)
    cause = (new.payee, new.amount.currency, new.reference, str(len(alike)))
    return refused or replace(new, id=derived_id("repayment", *cause))


def propose_taking_back(
    old: Repayment, known: Sequence[Repayment], by: str, at: datetime, note: str
) -> Repayment | Refusal:
    """The booking that undoes a posted repayment; the known one when that was asked for before.

    E169 when it was never posted, or was undone already.
    """
    own = [one for one in known if one.takes_back == old.id]
    waiting = next((one for one in own if one.state == "proposed"), None)
    if waiting:
        return waiting
    params = (("repayment", old.id), ("state", old.state), ("payee", old.payee), ("by", by))
    if old.takes_back or old.state != "posted" or any(one.state == "posted" for one in own):
        return Refusal("nothing_to_take_back", "E169", params)
    if by == old.payee:
        return Refusal("own_repayment", "E168", params)
    id = derived_id("repayment", "taken back", old.id, str(len(own)))
    return Repayment(id, old.payee, old.amount, old.reference, old.received_on, note, by, at, old.id)


def decided(one: Repayment, state: str, by: str, at: datetime, owes: Money) -> Repayment | Refusal:
    """The repayment posted or declined. Who booked it, or owes it, does not post it; who booked it may call it off."""
    params = (*_params(one, owes, Money.zero(owes.currency)), ("state", one.state), ("by", by))
    if one.state != "proposed":
        return Refusal("already_decided", "E167", params)
    if by == one.payee or (state == "posted" and by == one.made_by):
        return Refusal("own_repayment", "E168", params)
    if state == "posted" and not one.takes_back and one.amount.minor > owes.minor:
        return Refusal("more_than_owed", "E166", params)
    return replace(one, state=state, decided_by=by, decided_at=at)


def entry_of(one: Repayment, earned_period: str, posted_period: str) -> LedgerEntry:
    """The movement of a repayment: what was paid out came back, and settles what the payee owes."""
    return LedgerEntry(
        derived_id("entry", "repayment", one.id), "", "adjustment", "paid", "payable", one.payee, one.amount, "",
        earned_period, posted_period, "repaid", _told(one), actor=one.made_by, note=one.note,
    )  # fmt: skip


def taking_back(one: Repayment, entry: LedgerEntry, posted_period: str) -> LedgerEntry:
    """The movement that undoes a repayment's entry: it was booked by mistake, so the payee owes it as before."""
    back = reversal(entry, "", posted_period, "repaid_undone")
    return replace(back, kind="adjustment", particulars=_told(one), actor=one.made_by, note=one.note)


def waiting_sum(known: Iterable[Repayment], currency: str) -> Money:
    """What of the repayments waits for somebody's approval."""
    waiting = (one for one in known if one.state == "proposed" and not one.takes_back)
    return Money.total((one.amount for one in waiting if one.amount.currency == currency), currency)


def _told(one: Repayment) -> tuple[tuple[str, str], ...]:
    return ("reference", one.reference), ("received_on", str(one.received_on)), ("approved_by", one.decided_by)


def _named_alike(one: Repayment, other: Repayment) -> bool:
    return (one.amount.currency, one.reference) == (other.amount.currency, other.reference)


def _params(one: Repayment, owes: Money, waiting: Money) -> tuple[tuple[str, str], ...]:
    return (
        ("payee", one.payee), ("amount", str(one.amount)), ("reference", one.reference), ("repayment", one.id),
        ("received_on", str(one.received_on)), ("owed", str(owes)), ("waiting", str(waiting)), ("by", one.made_by),
    )  # fmt: skip
