"""The public pool, and what nobody has: lists, claiming, giving back, giving to somebody."""

from dataclasses import fields

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from engine.app.views.pools import PoolFilter
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.pages.deals import answered
from webui.signed_in import desk, viewer

page = Blueprint("pool", __name__)


@page.get("/pool")
@needs("pool.see")
def listing() -> Response:
    """What lies in the public pools, narrowed by the address."""
    return pool_page()


@page.post("/pool/<path:deal_id>/claim")
@needs("pool.claim")
def claim(deal_id: str) -> Response:
    """Take a deal out of its pool. Of several who ask at once one gets it, and the others are told who has it."""
    answer = desk().claim(deal_id, viewer())
    where = url_for("deals.one", deal_id=deal_id) if answer.done else url_for("pool.listing")
    return answer_with(answer, gettext("The deal is yours."), where, pool_page)


@page.post("/deals/<path:deal_id>/return")
@needs("deal.work")
def give_back(deal_id: str) -> Response:
    """Put a deal back into its pool, with the reason."""
    theirs("deal.work", desk().deal(deal_id, viewer()).belongs)
    answer = desk().give_back(deal_id, request.form.get("reason", "").strip(), viewer())
    if not answer.done:
        return answered(deal_id, answer, "")
    return answer_with(answer, gettext("The deal is back in the pool."), url_for("pool.listing"), pool_page)


@page.get("/unassigned")
@needs("ownerless.see")
def ownerless() -> Response:
    """Deals and tasks that nobody has, and why."""
    return ownerless_page()


@page.post("/unassigned/<path:deal_id>")
@needs("ownerless.assign")
def hand_to(deal_id: str) -> Response:
    """Give somebody a deal that nobody has; the rules of its pool hold for that too."""
    answer = desk().hand_to(deal_id, request.form.get("person", ""), viewer())
    return answer_with(answer, gettext("The deal has an owner."), url_for("pool.ownerless"), ownerless_page)


def pool_page(answer: Answer | None = None, status: int = 200) -> Response:
    """The page of the pools; a refusal stands above the list."""
    asked = PoolFilter(**{field.name: request.args.get(field.name, "").strip() for field in fields(PoolFilter)})
    return show("pool.html", "pool", status, asked=asked, pool=desk().pool(asked, viewer()), answer=answer)


def ownerless_page(answer: Answer | None = None, status: int = 200) -> Response:
    """The page of what nobody has."""
    return show("ownerless.html", "ownerless", status, found=desk().ownerless(viewer()), answer=answer)
