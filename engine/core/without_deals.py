"""The records as if some deals had not happened yet: what a late event's history is folded over."""

from dataclasses import replace
from typing import TypeVar

from engine.core.charges import ChargeKind
from engine.core.records import (
    Activity,
    Approval,
    Credit,
    Deal,
    Enrolment,
    Grant,
    Holding,
    Receipt,
    Task,
)  # fmt: skip
from engine.core.situation import State

Earned = TypeVar("Earned", Credit, Grant)


def _of_task(record: Credit | Grant) -> bool:
    """True for what a task brought: tasks are made as things stand, so their events are no part of a deal's history."""
    return dict(record.cause.notes).get("on", "").startswith("task.")


def _as_made(record: Earned) -> Earned:
    return replace(record, undone_on=None, undone_by="", undone_as="")


class WithoutDeals:
    """A State in which some deals have not happened yet: no record, credit, task or enrolment of them is there."""

    def __init__(self, below: State, deals: frozenset[str]) -> None:
        self._below, self._deals = below, deals
        # Everything that is not about one deal is the same as below.
        self.person, self.people, self.account = below.person, below.people, below.account
        self.partner, self.registrations, self.quotas = below.partner, below.registrations, below.quotas
        self.scores, self.contact = below.scores, below.contact
        self.active_enrolments, self.pending_enrolments = below.active_enrolments, below.pending_enrolments
        self.tasks_made, self.open_tasks_of = below.tasks_made, below.open_tasks_of
        self.lent_tasks = below.lent_tasks
        self.ticket, self.tickets_of, self.answer = below.ticket, below.tickets_of, below.answer
        self.handovers, self.holdings_of, self.tally = below.handovers, below.holdings_of, below.tally

    def deal(self, id: str) -> Deal | None:
        """The deal of that id."""
        return None if id in self._deals else self._below.deal(id)

    def task(self, id: str) -> Task | None:
        """The task of that id."""
        task = self._below.task(id)
        return None if task is None or task.deal in self._deals else task

    def enrolment(self, id: str) -> Enrolment | None:
        """The enrolment of that id."""
        enrolment = self._below.enrolment(id)
        return None if enrolment is None or enrolment.deal in self._deals else enrolment

    def activities(self, deal: str) -> tuple[Activity, ...]:
        """The touches of a deal."""
        return () if deal in self._deals else self._below.activities(deal)

    def receipts(self, deal: str) -> tuple[Receipt, ...]:
        """The money that moved for a deal."""
        return () if deal in self._deals else self._below.receipts(deal)

    def enrolments(self, deal: str) -> tuple[Enrolment, ...]:
        """The enrolments of a deal."""
        return () if deal in self._deals else self._below.enrolments(deal)

    def tasks(self, deal: str) -> tuple[Task, ...]:
        """The tasks of a deal."""
        return () if deal in self._deals else self._below.tasks(deal)

    def credits(self, deal: str) -> tuple[Credit, ...]:
        """The credits of a deal; where it has not happened yet, those that tasks brought, as before anything undid them."""
        found = self._below.credits(deal)
        return tuple(_as_made(one) for one in found if _of_task(one)) if deal in self._deals else found

    def credits_of(self, payee: str, name: str) -> tuple[Credit, ...]:
        """A payee's credits of a name."""
        return tuple(credit for credit in self._below.credits_of(payee, name) if credit.deal not in self._deals)

    def grants(self, deal: str) -> tuple[Grant, ...]:
        """The grants of a deal; where it has not happened yet, those that tasks brought, as before anything undid them."""
        found = self._below.grants(deal)
        return tuple(_as_made(one) for one in found if _of_task(one)) if deal in self._deals else found

    def holding(self, deal: str) -> Holding | None:
        """Where a deal stands to a public pool."""
        return None if deal in self._deals else self._below.holding(deal)

    def in_hand(self, kind: ChargeKind, owner: str) -> tuple[str, ...]:
        """The ids of what a person has in hand."""
        found = self._below.in_hand(kind, owner)
        return tuple(id for id in found if id not in self._deals) if kind == "deal" else found

    def approvals(self, deal: str) -> tuple[Approval, ...]:
        """What was asked to be agreed to for a deal."""
        return () if deal in self._deals else self._below.approvals(deal)

    def deals_of_account(self, account: str) -> tuple[str, ...]:
        """The ids of the deals of an account."""
        return tuple(id for id in self._below.deals_of_account(account) if id not in self._deals)

    def deals_of_contact(self, contact: str) -> tuple[str, ...]:
        """The ids of the deals of a contact."""
        return tuple(id for id in self._below.deals_of_contact(contact) if id not in self._deals)
