"""The public pool, and what nobody has: lists, claiming, giving back, giving to somebody."""

from dataclasses import fields

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from engine.app.views.pools import PoolFilter
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.pages.customers import answered as customer_answered
from webui.pages.deals import answered
from webui.signed_in import desk, viewer

page = Blueprint("pool", __name__)


@page.get("/pool")
@needs("pool.see")
def listing() -> Response:
    """What lies in the public pools, narrowed by the address."""
    return pool_page()


@page.post("/pool/<any(deal, account):kind>/<path:id>/claim")
@needs("pool.claim")
def claim(kind: str, id: str) -> Response:
    """Take a deal or a customer out of its pool. Of several who ask at once one gets it, and the others are told who has it."""
    answer = desk().claim(kind, id, viewer())
    where = _home(kind, id) if answer.done else url_for("pool.listing")
    return answer_with(answer, gettext("It is yours."), where, pool_page)


@page.post("/deals/<path:deal_id>/return")
@needs("deal.work")
def give_back(deal_id: str) -> Response:
    """Put a deal back into its pool, with the reason."""
    theirs("deal.work", desk().deal(deal_id, viewer()).belongs)
    answer = desk().give_back("deal", deal_id, request.form.get("reason", "").strip(), viewer())
    if not answer.done:
        return answered(deal_id, answer, "")
    return answer_with(answer, gettext("The deal is back in the pool."), url_for("pool.listing"), pool_page)


@page.post("/customers/<path:account_id>/return")
@needs("account.work")
def give_back_customer(account_id: str) -> Response:
    """Put a customer back into their pool, with the reason."""
    theirs("account.work", desk().customer(account_id, "", viewer()).owners)
    answer = desk().give_back("account", account_id, request.form.get("reason", "").strip(), viewer())
    if not answer.done:
        return customer_answered(account_id, answer, "")
    return answer_with(answer, gettext("The customer is back in the pool."), url_for("pool.listing"), pool_page)


def _home(kind: str, id: str) -> str:
    return url_for("customers.one", account_id=id) if kind == "account" else url_for("deals.one", deal_id=id)


@page.get("/unassigned")
@needs("ownerless.see")
def ownerless() -> Response:
    """What nobody has, and why."""
    return ownerless_page()


@page.post("/unassigned/<any(deal, account, ticket):kind>/<path:id>")
@needs("ownerless.assign")
def hand_to(kind: str, id: str) -> Response:
    """Give somebody what nobody has; the rules of its pool hold for that too."""
    answer = desk().hand_to(kind, id, request.form.get("person", ""), viewer())
    return answer_with(answer, gettext("It has an owner."), url_for("pool.ownerless"), ownerless_page)


def pool_page(answer: Answer | None = None, status: int = 200) -> Response:
    """The page of the pools; a refusal stands above the list."""
    asked = PoolFilter(**{field.name: request.args.get(field.name, "").strip() for field in fields(PoolFilter)})
    return show("pool.html", "pool", status, asked=asked, pool=desk().pool(asked, viewer()), answer=answer)


def ownerless_page(answer: Answer | None = None, status: int = 200) -> Response:
    """The page of what nobody has."""
    return show("ownerless.html", "ownerless", status, found=desk().ownerless(viewer()), answer=answer)
