"""Whose pay is open on which days: where anything has changed since the last posted run, or waits for time.

What the last run has settled is neither read nor calculated again, so that a calculation costs what is open, however
many periods are closed behind it. Under other rules, or when another engine made the last run, every day is open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.app.calculating.open_desk import Desk, Since
from engine.core.incentives.open_days import EVERY_DAY, OpenDays, joined
from engine.core.incentives.payees import Payee
from engine.core.incentives.reach import windows_on
from engine.core.incentives.waiting import release_parts
from engine.core.periods import parse_period
from engine.core.records import Partner, Person
from engine.core.rules.rulebook import Rulebook
from engine.store.database import Unit
from engine.store.queries.pay import Only, numbers_of_credits, touched_since
from engine.store.reading import all_records
from engine.store.runs import RunBook
from engine.store.settlements import left_waiting


@dataclass(frozen=True, slots=True)
class OpenPay:
    """By payee, people before partners, the days that are open; `shared` are those of all whose pay depends on others."""

    days: Mapping[str, OpenDays]
    shared: OpenDays = EVERY_DAY


Groups = tuple[tuple[tuple[str, ...], Only | None], ...]
"""Payees who are read alike, and what is read of them (None: all)."""


def open_pay(rulebook: Rulebook, unit: Unit) -> OpenPay:
    """The open days of everybody who could be paid."""
    payees: tuple[Payee, ...] = (*all_records(unit, Person), *all_records(unit, Partner))
    since = _since_last_run(rulebook, unit)
    if since is None:
        return OpenPay(dict.fromkeys((payee.id for payee in payees), EVERY_DAY))
    desk = Desk.of(rulebook, since, payees)
    days = {payee.id: desk.open_days(payee.id) for payee in payees}
    return OpenPay(days, joined(span for id, own in days.items() if desk.shares(id) for span in own.spans))


def groups_of(pay: OpenPay, payees: Iterable[str], rulebook: Rulebook, as_of: date) -> Groups:
    """Those payees by what is read of them."""
    found: dict[OpenDays, list[str]] = {}
    for payee in payees:
        found.setdefault(pay.days[payee], []).append(payee)
    return tuple((tuple(own), only_on(days, rulebook, as_of)) for days, own in found.items())


def only_on(days: OpenDays, rulebook: Rulebook, as_of: date) -> Only | None:
    """What is read of the payees whose open days these are."""
    return None if days.every else Only(days.spans, windows_on(days, rulebook, as_of))


def weights_of(unit: Unit, groups: Groups) -> Mapping[str, int]:
    """The number of credits that are read, by payee."""
    return {payee: number for own, only in groups for payee, number in numbers_of_credits(unit, own, only).items()}


def _since_last_run(rulebook: Rulebook, unit: Unit) -> Since | None:
    """What is open since the last run; None where no run has settled anything under these rules."""
    last = RunBook(unit).last_posted()
    waiting = left_waiting(unit, last[0].id) if last and last[0].release == rulebook.fingerprint else None
    if last is None or waiting is None:
        return None
    run, watermark = last
    touches = touched_since(unit, watermark, releases=bool(release_parts(rulebook)))
    return Since(parse_period(run.period, rulebook.company).end, waiting, touches)
