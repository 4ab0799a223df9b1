"""What people told of a person's KPIs: the last that was told counts, by the order of events and not of delivery."""

from fractions import Fraction

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.outcomes import Outcome
from engine.core.periods import parse_period
from engine.core.recording.common import NotYetKnown, kept, refused
from engine.core.records import Score
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.rules.scorecard import Kpi, Scorecard
from engine.core.situation import Situation
from engine.core.value_texts import read_figure


def score_given(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The value of one KPI of one person. E142 where nobody is asked for it, E143 for another kind of value, E144 for
    a value that somebody gives themselves."""
    if situation.state.person(event.subject) is None:
        raise NotYetKnown("person", event.subject, event)
    if event.actor == event.subject:
        return refused("E144", event, person=event.subject, kpi=event.text("kpi"))
    card = _card(event, rulebook)
    kpi = card.kpi(event.text("kpi")) if card else None
    if kpi is None or kpi.value is not None:
        return refused("E142", event, **_asked(event, card))
    value, unit = read_figure(event.text("value"))
    if unit != kpi.unit:
        return refused("E143", event, kpi=kpi.id, found=event.text("value"), example=_example(kpi))
    score = _score(event, value, unit)
    known = next((one for one in situation.state.scores(event.subject) if one.id == score.id), None)
    if known and (known.at, known.event) > (score.at, score.event):
        return ()
    return kept("given", score, event)


def _score(event: Event, value: Fraction, unit: str) -> Score:
    card, kpi, period = event.text("scorecard"), event.text("kpi"), event.text("period")
    id = f"{card}/{kpi}/{event.subject}/{period}"
    return Score(id, event.subject, card, kpi, period, value, unit, event.at, event.id, event.actor, event.text("note"))


def _card(event: Event, rulebook: Rulebook) -> Scorecard | None:
    """The scorecard that scores the event's period: in force on its last day, and for that kind of period."""
    try:
        period = parse_period(event.text("period"), rulebook.company)
    except EvaluationError:
        return None
    cards = in_force(rulebook.scorecards, period.last_on)
    named = (card for card in cards if card.header.id == event.text("scorecard"))
    return next((card for card in named if card.period == period.kind), None)


def _asked(event: Event, card: Scorecard | None) -> dict[str, str]:
    """The particulars of E142: what was told of, and what people are asked for."""
    known = ", ".join(kpi.id for kpi in card.kpis if kpi.value is None) if card else ""
    return {name: event.text(name) for name in ("scorecard", "kpi", "period")} | {"known": known or "–"}


def _example(kpi: Kpi) -> str:
    return "80%" if kpi.unit == "percent" else "80"
