"""Payout runs for finance: calculate a draft, look, approve (somebody else), post, export."""

from base64 import b64encode
from functools import partial as with_
from io import BytesIO

from flask import Blueprint, Response, request, send_file, url_for
from flask_babel import gettext
from htmx_flask import make_response

from engine.app.access import may_approve
from engine.app.views.payouts import Export
from webui.access import needs
from webui.answers import Answer
from webui.hx import answer_with, partial, say, show
from webui.languages import LANGUAGES, language
from webui.limits import per_export
from webui.signed_in import desk, viewer

page = Blueprint("payouts", __name__)

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page.get("/payouts")
@needs("run.see")
def runs() -> Response:
    """All runs, newest first."""
    return overview()


@page.post("/payouts")
@needs("run.calculate")
def calculate() -> Response:
    """Make a draft for a period and open it."""
    answer = desk().calculate(request.form.get("period", ""), viewer())
    if not answer.done or not answer.id:
        return answer_with(answer, gettext("The draft is calculated."), url_for("payouts.runs"), overview)
    say(gettext("The draft is calculated."))
    where = url_for("payouts.one", run_id=answer.id)
    return make_response("", 200, redirect=where) if partial() else make_response("", 303, {"Location": where})


@page.get("/payouts/<path:run_id>")
@needs("run.see")
def one(run_id: str) -> Response:
    """One run."""
    return single(run_id)


@page.post("/payouts/<path:run_id>/approve")
@needs("run.approve")
def approve(run_id: str) -> Response:
    """Agree to a draft that somebody else made."""
    return acted(run_id, desk().approve(run_id, viewer()), gettext("The run is approved."))


@page.post("/payouts/<path:run_id>/post")
@needs("run.post")
def post(run_id: str) -> Response:
    """Write the approved run into the ledger."""
    return acted(run_id, desk().post(run_id, viewer()), gettext("The run is posted."))


@page.post("/payouts/<path:run_id>/export")
@needs("run.export")
@per_export
def export(run_id: str) -> Response:
    """The file for finance. Every export is recorded, hence a form and not a link."""
    asked = {name: request.form.get(name, "") for name in ("profile", "form", "language")}
    form = asked["form"] if asked["form"] in FORMS else "xlsx"
    tongue = asked["language"] if asked["language"] in LANGUAGES else language()
    made = desk().export(run_id, asked["profile"] or "detail", form, tongue, viewer())
    return single(run_id, made, 422) if isinstance(made, Answer) else download(made, form)


def download(made: Export, form: str) -> Response:
    """The file as an attachment, with its digest."""
    response = send_file(BytesIO(made.content), FORMS[form], as_attachment=True, download_name=made.name, etag=False)
    digest = b64encode(bytes.fromhex(made.sha256)).decode()
    response.headers["Content-Digest"] = f"sha-256=:{digest}:"
    return response


def acted(run_id: str, answer: Answer, message: str) -> Response:
    """Back to the run."""
    return answer_with(answer, message, url_for("payouts.one", run_id=run_id), with_(single, run_id))


def overview(answer: Answer | None = None, status: int = 200) -> Response:
    """The list of runs, with the periods that a draft may be made for."""
    open_periods = [period for period in desk().periods(viewer()) if period.status == "open"]
    return show("payouts.html", "runs", status, runs=desk().runs(viewer()), periods=open_periods, answer=answer)


def single(run_id: str, answer: Answer | None = None, status: int = 200) -> Response:
    """The page of one run."""
    run = desk().run(run_id, viewer())
    mine = not may_approve(viewer(), run.row.author)
    return show("payout.html", "run", status, run=run, made_by_viewer=mine, answer=answer)
