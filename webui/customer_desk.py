"""The part of the desk at which customers are looked up and merged."""

from engine.app import customers as customer_use
from engine.app.dealwright import Dealwright
from engine.app.views.customers import CustomerFilter, CustomerPage, CustomerView
from engine.app.views.users import User
from webui.answers import Answer, answer_to


class CustomerDesk:
    """Customers over an open house."""

    _dw: Dealwright

    def customers(self, asked: CustomerFilter, viewer: User) -> CustomerPage:
        """One page of customers."""
        return customer_use.customers(self._dw, asked, viewer)

    def customer(self, account_id: str, before: str, viewer: User) -> CustomerView:
        """One customer in full."""
        return customer_use.customer_view(self._dw, account_id, before, viewer)

    def merge(self, account_id: str, into: str, reason: str, viewer: User) -> Answer:
        """Say that a customer is the same company as another."""
        return answer_to(customer_use.merge(self._dw, account_id, into, reason, viewer))

    def unmerge(self, account_id: str, reason: str, viewer: User) -> Answer:
        """Take back that it is."""
        return answer_to(customer_use.unmerge(self._dw, account_id, reason, viewer))
