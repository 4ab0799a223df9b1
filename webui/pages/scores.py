"""Scores: a manager tells the values of their people's KPIs for a period. Nobody tells their own."""

from functools import partial as with_

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from engine.app.access import NotThere, may
from engine.app.views.score_sheets import ScoresGiven, ScoreSheet, ScoreSheets, ToldRow
from webui.access import needs
from webui.answers import Answer
from webui.hx import answer_with, show
from webui.signed_in import desk, viewer

page = Blueprint("scores", __name__)

VALUE, SEEN = "value/", "seen/"


@page.get("/scores")
@needs("score.give")
def sheets() -> Response:
    """The people whose values the viewer may tell, with what was told so far."""
    return overview(request.args.get("period", "").strip())


@page.post("/scores")
@needs("score.give")
def give() -> Response:
    """Every field that was filled in; each value stands by itself."""
    period, values = request.form.get("period", "").strip(), {n: t for n, t in _sent(VALUE).items() if t.strip()}
    mine = {cell.name for sheet in shown(period).sheets for row in sheet.rows for cell in row.cells}
    if values.keys() - mine:
        raise NotThere
    given = desk().give_scores(period, values, _sent(SEEN), viewer())
    message = gettext("Values told: %(count)s", count=given.told)
    answer = Answer(not given.wrong, tuple(given.wrong.values()))
    back = url_for("scores.sheets", period=period)
    return answer_with(answer, message, back, with_(overview, period, given, values))


def shown(period: str) -> ScoreSheets:
    """The sheets, with the rows that are the viewer's to tell."""
    found = desk().score_sheets(period, viewer())
    own = (ScoreSheet(one.scorecard, one.title, one.kpis, tuple(filter(_theirs, one.rows))) for one in found.sheets)
    return ScoreSheets(found.period, found.periods, tuple(sheet for sheet in own if sheet.rows))


def _theirs(row: ToldRow) -> bool:
    return row.person != viewer().person and may(viewer(), "score.give", row.belongs)


def _sent(prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in request.form.items() if name.startswith(prefix)}


def overview(
    period: str, given: ScoresGiven | None = None, typed: dict[str, str] | None = None, answer: Answer | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    """The page; a value that is refused stays in its field, with the reason beside it."""
    wrong = given.wrong if given else {}
    kept = {name: text for name, text in (typed or {}).items() if name in wrong}
    told = given.told if given and wrong else 0
    return show("scores.html", "scores", status, found=shown(period), wrong=wrong, typed=kept, told=told, answer=answer)
