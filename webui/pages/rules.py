"""The rulebook: every rule with its problems, and one file whose text may be tried out but not stored from here."""

import hashlib

from flask import Blueprint, Response, jsonify, request

from webui.access import needs
from webui.hx import show
from webui.languages import language
from webui.signed_in import desk, viewer

page = Blueprint("rules", __name__)


@page.get("/rules")
@needs("rule.see")
def listing() -> Response:
    """All rules in file order."""
    return show("rules.html", "rules", rules=desk().rules(viewer()))


@page.get("/rules/<path:path>")
@needs("rule.see")
def one(path: str) -> Response:
    """One file as it is in force, with its problems."""
    file = desk().rule_file(path, viewer())
    return show("rule.html", "checked", file=file, text=file.text, problems=file.problems, tried=False)


@page.post("/rules/<path:path>/check")
@needs("rule.check")
def check(path: str) -> Response:
    """What the checker says about a changed text. Nothing is stored."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    file = desk().rule_file(path, viewer())
    problems = desk().check(path, text, viewer())
    if request.accept_mimetypes.best == "application/json":
        return jsonify([for_editor(problem) for problem in problems])
    same = hashlib.sha256(text.encode()).hexdigest() == file.sha256
    return show("rule.html", "checked", file=file, text=text, problems=problems, tried=True, same=same)


def for_editor(problem: object) -> dict[str, object]:
    """A problem as the editor marks it."""
    place, tongue = problem.place, language()  # type: ignore[attr-defined]
    message = f"{problem.code} {problem.message(tongue)} → {problem.remedy(tongue)}"  # type: ignore[attr-defined]
    return {"line": place.line, "column": place.column, "severity": problem.severity, "message": message}  # type: ignore[attr-defined]
