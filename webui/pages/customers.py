"""Customers: the list with its search, one company with its whole record, and merging two records of it."""

from dataclasses import fields
from functools import partial as with_

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext

from engine.app.views.customers import CustomerFilter
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("customers", __name__)


@page.get("/customers")
@needs("account.see")
def listing() -> Response:
    """The customers that the viewer may see, narrowed by the address."""
    asked = CustomerFilter(**{field.name: request.args.get(field.name, "").strip() for field in fields(CustomerFilter)})
    return show("customers.html", "customers", asked=asked, customers=desk().customers(asked, viewer()))


@page.get("/customers/<path:account_id>")
@needs("account.see")
def one(account_id: str) -> Response:
    """One customer; who asks for a record that was merged into another is led to that."""
    return single(account_id)


@page.post("/customers/<path:account_id>/merge")
@needs("account.merge")
def merge(account_id: str) -> Response:
    """Say that this is the same company as another."""
    theirs("account.merge", desk().customer(account_id, "", viewer()).belongs)
    into, reason = (request.form.get(name, "").strip() for name in ("into", "reason"))
    answer = desk().merge(account_id, into, reason, viewer())
    return answered(account_id, answer, gettext("The customers are one from now on."))


@page.post("/customers/<path:account_id>/unmerge")
@needs("account.merge")
def unmerge(account_id: str) -> Response:
    """Take back that it is."""
    theirs("account.merge", desk().customer(account_id, "", viewer()).belongs)
    answer = desk().unmerge(account_id, request.form.get("reason", "").strip(), viewer())
    return answered(account_id, answer, gettext("The customers are two again."))


def answered(account_id: str, answer: Answer, message: str) -> Response:
    """Back to the customer; a refusal stands above its page."""
    where = url_for("customers.one", account_id=account_id)
    return answer_with(answer, message, where, with_(single, account_id))


def single(account_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The page of one customer."""
    customer = desk().customer(account_id, request.args.get("before", ""), viewer())
    theirs("account.see", customer.belongs)
    if customer.row.id != account_id and answer is None:
        return redirect(url_for("customers.one", account_id=customer.row.id), 303)
    return show("customer.html", "customer", status, customer=customer, answer=answer)
