"""The part of the real house's desk that is about customers' tickets."""

from collections.abc import Mapping
from dataclasses import replace

from engine.app import tickets as service
from engine.app.dealwright import Dealwright
from engine.app.views.tickets import TicketFilter, TicketPage, TicketView
from engine.app.views.users import User
from webui.answers import Answer, answer_to


class ServiceDesk:
    """Tickets of an open house."""

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
