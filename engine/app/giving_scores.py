"""Telling the values of KPIs on a screen: managers for their people, operations for everybody, nobody for themselves.

Each value becomes the same `score.given` event as from any other door. What was told last counts, by the order of events.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from engine.app.access import NotThere, NotYours, may
from engine.app.asking import ask
from engine.app.dealwright import Dealwright
from engine.app.estimate_questions import today_of
from engine.app.pay_periods import period_title
from engine.app.reading import Around, around, header_title
from engine.app.recording import Recorded
from engine.app.refusals import not_done
from engine.app.views.choices import Belongs
from engine.app.views.earnings import PeriodChoice
from engine.app.views.score_sheets import ScoresGiven, ScoreSheet, ScoreSheets, ToldCell, ToldKpi, ToldRow
from engine.app.views.users import User
from engine.core.formulas import EvaluationError
from engine.core.incentives.score_facts import scorecards_of
from engine.core.incentives.score_texts import percent_text
from engine.core.numerals import shown_number
from engine.core.outcomes import Kept
from engine.core.periods import Period, parse_period, period_of, previous_period
from engine.core.problems import Place, Problem
from engine.core.records import Person, Score
from engine.core.rules.scorecard import Kpi, Scorecard
from engine.store.database import Unit
from engine.store.queries.pay import scores_of

EARLIER = 5
"""How many periods of each kind may be chosen, the present one among them."""


def score_sheets(dw: Dealwright, text: str, viewer: User) -> ScoreSheets:
    """The sheets of a period with the people whose values the viewer may tell; of the last that ended without one.

    Raises NotThere for what is no period.
    """
    choices, today = _periods(dw), today_of(dw)
    period = _chosen(dw, text, choices, today)
    with dw.database.unit() as unit:
        known = around(unit)
        sheets = tuple(_sheets(dw, unit, period, known, viewer, today))
    shown = tuple(_choice(one, today) for one in dict.fromkeys((*choices, period)))
    return ScoreSheets(_choice(period, today), shown, sheets)


def give_scores(
    dw: Dealwright, period: str, values: Mapping[str, str], seen: Mapping[str, str], viewer: User
) -> ScoresGiven:
    """The values told, by the cell's name; empty ones are left alone. `seen` is what each cell was when it was shown.

    Raises NotYours for somebody whose values the viewer may not tell: then none is. Otherwise each stands by itself.
    """
    asked = {name: text.strip() for name, text in values.items() if text.strip()}
    sheets = score_sheets(dw, period, viewer)
    units = {
        cell.name: kpi.unit
        for sheet in sheets.sheets
        for row in sheet.rows
        for kpi, cell in zip(sheet.kpis, row.cells, strict=True)
    }
    foreign = sorted(asked.keys() - units.keys())
    if foreign:
        raise NotYours(foreign[0])
    done = {name: _give(dw, sheets.period.id, name, _written(text, units[name]), seen.get(name, ""), viewer)
            for name, text in asked.items()}  # fmt: skip
    wrong = {name: problem for name, problem in done.items() if problem}
    return ScoresGiven(len(done) - len(wrong), wrong)


def _give(dw: Dealwright, period: str, name: str, value: str, seen: str, viewer: User) -> Problem | None:
    """One value told, or why it is not, or does not count."""
    card, person, kpi = name.split("/")
    body = {"scorecard": card, "kpi": kpi, "period": period, "value": value}
    made = ask(dw, "score.given", person, body, viewer, seen)
    if isinstance(made, tuple):
        return made[0]
    if made.refused is not None:
        return Problem(made.refused.code, Place(""), dict(made.refused.params))
    return made.problem or _passed_over(made, person, kpi, value)


def _passed_over(made: Recorded, person: str, kpi: str, value: str) -> Problem | None:
    """A value that something told of a later moment stands above; a repetition was answered before."""
    counted = made.status != "recorded" or any(isinstance(outcome, Kept) for outcome in made.outcomes)
    return None if counted else not_done("E147", person=person, kpi=kpi, value=value)


def _written(text: str, unit: str) -> str:
    """A bare number where a percent is asked for is that many percent: the sign stands beside the field."""
    return text if unit != "percent" or text.endswith(("%", "％")) else f"{text}%"


def _sheets(
    dw: Dealwright, unit: Unit, period: Period, known: Around, viewer: User, today: date
) -> Iterator[ScoreSheet]:
    """A sheet for each scorecard that asks people for something, with its people by name."""
    found: dict[str, tuple[Scorecard, list[tuple[Person, Belongs]]]] = {}
    for person in sorted(known.people.values(), key=lambda one: (one.name, one.id)):
        belongs = known.belongs([person.id], today)
        if _may_tell(viewer, person, belongs):
            for card in _cards(dw, person, period, today):
                found.setdefault(card.header.id, (card, []))[1].append((person, belongs))
    told = {one.id: one for one in scores_of(unit, {person.id for _, people in found.values() for person, _ in people})}
    for card, people in found.values():
        kpis = [kpi for kpi in card.kpis if kpi.value is None]
        rows = tuple(_row(card, kpis, person, belongs, period, told, known) for person, belongs in people)
        columns = tuple(ToldKpi(kpi.id, kpi.title, kpi.unit, percent_text(kpi.weight)) for kpi in kpis)
        yield ScoreSheet(card.header.id, header_title(card.header), columns, rows)


def _may_tell(viewer: User, person: Person, belongs: Belongs) -> bool:
    return person.id != viewer.person and may(viewer, "score.give", belongs)


def _cards(dw: Dealwright, person: Person, period: Period, today: date) -> Iterable[Scorecard]:
    """The scorecards of that kind of period that score somebody who was with us in it, and ask people for a value."""
    here = person.joined_on < period.end and (person.left_on is None or person.left_on > period.start)
    cards = scorecards_of(person, period, dw.rulebook, max(today, person.joined_on)) if here else ()
    return (card for card in cards if any(kpi.value is None for kpi in card.kpis))


def _row(
    card: Scorecard, kpis: Sequence[Kpi], person: Person, belongs: Belongs, period: Period, told: Mapping[str, Score],
    known: Around,
) -> ToldRow:  # fmt: skip
    scores = [told.get(f"{card.header.id}/{kpi.id}/{person.id}/{period.id}") for kpi in kpis]
    cells = (
        _cell(f"{card.header.id}/{person.id}/{kpi.id}", score, known) for kpi, score in zip(kpis, scores, strict=True)
    )
    return ToldRow(person.id, known.person(person.id), belongs, tuple(cells))


def _cell(name: str, score: Score | None, known: Around) -> ToldCell:
    if score is None:
        return ToldCell(name)
    return ToldCell(name, _figure(score.value, score.unit), known.person(score.by), score.at, score.event)


def _figure(value: Fraction, unit: str) -> str:
    return percent_text(value) if unit == "percent" else shown_number(value)


def _periods(dw: Dealwright) -> tuple[Period, ...]:
    """The present period of every kind that is scored and the ones before, the newest first."""
    today, company = today_of(dw), dw.rulebook.company
    found = []
    for kind in dict.fromkeys(card.period for card in dw.rulebook.scorecards):
        period = period_of(today, kind, company)
        for _ in range(EARLIER):
            found.append(period)
            period = previous_period(period, company)
    return tuple(sorted(found, key=lambda one: (one.end, one.start), reverse=True))


def _chosen(dw: Dealwright, text: str, choices: Sequence[Period], today: date) -> Period:
    """The period asked for, else the newest that has ended, else today's month."""
    if not text:
        ended = (period for period in choices if period.end <= today)
        return next(ended, period_of(today, "month", dw.rulebook.company))
    try:
        return parse_period(text, dw.rulebook.company)
    except EvaluationError:
        raise NotThere(text) from None


def _choice(period: Period, today: date) -> PeriodChoice:
    """A period with its words; `closed` once its days are over, which keeps nothing from being told."""
    return PeriodChoice(
        period.id, period_title(period), period.start, period.end, "closed" if period.end <= today else "open"
    )
