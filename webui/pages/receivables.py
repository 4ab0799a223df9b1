"""Receivables: what payees owe apart from their pay; booking what came back, approving it, taking a mistake back."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from webui.access import needs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("receivables", __name__)

FIELDS = ("payee", "amount", "reference", "on", "note")


@page.get("/receivables")
@needs("receivable.see")
def listing() -> Response:
    """Who owes what, since when, and what waits."""
    return overview()


@page.post("/receivables")
@needs("repayment.book")
def book() -> Response:
    """What somebody gave back, to be approved by somebody else."""
    asked = {name: request.form.get(name, "") for name in FIELDS}
    return acted(desk().book_repayment(asked, viewer()), gettext("Booked; somebody else approves it."))


@page.post("/receivables/<path:repayment>/approve")
@needs("repayment.approve")
def approve(repayment: str) -> Response:
    """Post what somebody else booked."""
    return acted(desk().decide_repayment(repayment, "posted", viewer()), gettext("The repayment is posted."))


@page.post("/receivables/<path:repayment>/decline")
@needs("repayment.book")
def decline(repayment: str) -> Response:
    """Leave it out of the books."""
    return acted(desk().decide_repayment(repayment, "declined", viewer()), gettext("The repayment is declined."))


@page.post("/receivables/<path:repayment>/take-back")
@needs("repayment.book")
def take_back(repayment: str) -> Response:
    """It was a mistake; somebody else approves that, too."""
    note = request.form.get("note", "")
    return acted(desk().take_back_repayment(repayment, note, viewer()), gettext("Booked; somebody else approves it."))


def acted(answer: Answer, message: str) -> Response:
    """Back to the list."""
    return answer_with(answer, message, url_for("receivables.listing"), overview)


def overview(answer: Answer | None = None, status: int = 200) -> Response:
    """The list; what was typed into the form stays when it is refused."""
    typed = request.form if answer and not answer.done else {}
    found = desk().receivables(viewer())
    return show("receivables.html", "receivables", status, found=found, typed=typed, answer=answer)
