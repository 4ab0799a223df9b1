"""The part of the real house's desk that is about customers and their tickets."""

from collections.abc import Mapping
from dataclasses import replace

from engine.app import customers
from engine.app import tickets as service
from engine.app.dealwright import Dealwright
from engine.app.views.customers import CustomerFilter, CustomerPage, CustomerView
from engine.app.views.tickets import TicketFilter, TicketPage, TicketView
from engine.app.views.users import User
from webui.answers import Answer, answer_to


class ServiceDesk:
    """Customers and tickets of an open house."""

    _dw: Dealwright

    def tickets(self, asked: TicketFilter, viewer: User) -> TicketPage:
        """Customers' tickets."""
        return service.tickets(self._dw, asked, viewer)

    def ticket(self, ticket_id: str, viewer: User) -> TicketView:
        """One ticket in full."""
        return service.ticket_view(self._dw, ticket_id, viewer)

    def open_ticket(self, asked: Mapping[str, str], seen: str, viewer: User) -> Answer:
        """A new ticket."""
        found = service.open_ticket(self._dw, asked, seen, viewer)
        answer = answer_to(found)
        return answer if isinstance(found, tuple) else replace(answer, id=found.event.subject)

    def do_with_ticket(self, ticket_id: str, what: str, asked: Mapping[str, str], seen: str, viewer: User) -> Answer:
        """A word about a ticket."""
        return answer_to(service.act(self._dw, ticket_id, what, asked, seen, viewer))

    def customers(self, asked: CustomerFilter, viewer: User) -> CustomerPage:
        """One page of customers."""
        return customers.customers(self._dw, asked, viewer)

    def customer(self, account_id: str, before: str, viewer: User) -> CustomerView:
        """One customer with everything that happened."""
        return customers.customer_view(self._dw, account_id, before, viewer)

    def merge(self, account_id: str, into: str, reason: str, viewer: User) -> Answer:
        """Say that a customer is the same company as another."""
        return answer_to(customers.merge(self._dw, account_id, into, reason, viewer))

    def unmerge(self, account_id: str, reason: str, viewer: User) -> Answer:
        """Take back that it is."""
        return answer_to(customers.unmerge(self._dw, account_id, reason, viewer))
