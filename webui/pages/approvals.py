"""Approvals: what the viewer must decide, what they asked for, what was decided."""

from dataclasses import replace

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from engine.app.access import NotThere, Reach, may, reach
from engine.app.views.approvals import ApprovalList, ApprovalRow
from webui.access import needs, theirs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("approvals", __name__)

WORDS = ("granted", "refused", "recalled", "delegated")


@page.get("/approvals")
@needs("approval.see")
def listing() -> Response:
    """Everything that waits for a word, and what became of the rest."""
    return listed()


@page.post("/approvals/<approval_id>/<word>")
@needs("approval.work")
def say(approval_id: str, word: str) -> Response:
    """Agree, refuse with a reason, take a request back, or name somebody else."""
    if word not in WORDS:
        raise NotThere(word)
    theirs("approval.work", desk().approval(approval_id, viewer()).belongs)
    reason, to = request.form.get("reason", "").strip(), request.form.get("to", "").strip()
    answer = desk().say(approval_id, word, reason, to, viewer())
    return answer_with(answer, _said(word), url_for("approvals.listing"), listed)


def _said(word: str) -> str:
    return {
        "granted": gettext("Agreed."), "refused": gettext("Refused."), "recalled": gettext("Taken back."),
        "delegated": gettext("Handed on."),
    }[word]  # fmt: skip


def listed(answer: Answer | None = None, status: int = 200) -> Response:
    """The page, with what stood in the way of the last word."""
    found = seen(desk().approvals(viewer()))
    return show("approvals.html", "approvals", status, approvals=found, answer=answer)


def seen(found: ApprovalList) -> ApprovalList:
    """The page without any request that the viewer may not see, and without overrides but for who sees all, whatever the
    use case put in."""
    parts = {name: _theirs(getattr(found, name)) for name in ("mine", "asked", "others", "decided")}
    all_of_them = reach(viewer(), "approval.see") is Reach.ALL
    return replace(found, **parts, overrides=found.overrides if all_of_them else ())


def _theirs(rows: tuple[ApprovalRow, ...]) -> tuple[ApprovalRow, ...]:
    return tuple(row for row in rows if may(viewer(), "approval.see", row.belongs))
