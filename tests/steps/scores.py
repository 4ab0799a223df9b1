"""Sentences about scorecards: what people tell of somebody's KPIs."""

from datetime import datetime

from engine.app.access import NotThere
from engine.app.giving_scores import give_scores
from tests.steps.readings import WrongSpelling
from tests.steps.sentences import when
from tests.steps.story import Story


@when(
    "on {moment}, {person} gives {payee:person} {figure} for {name} in {period}[ {door}]",
    "{moment}，{person}[{door}]给{payee:person} {period} 的{name}评 {figure}",
)
def gives(
    story: Story, moment: datetime, person: str, payee: str, figure: str, name: str, period: str, door: str = ""
) -> None:
    """The value of one KPI, by its title in the scorecard; the last that is told for a period counts.

    On the screen somebody finds only those whose values they may tell; for anybody else there is no answer.
    """
    found = {
        (card.header.id, kpi.id)
        for card in story.house.rulebook.scorecards
        for kpi in card.kpis
        if name in (kpi.title.en, kpi.title.zh)
    }
    if len(found) != 1:
        raise WrongSpelling(f"{name!r} is the title of {len(found)} KPIs")
    (card, kpi), *_ = found
    if not door:
        story.tell("score.given", payee, moment, person, scorecard=card, kpi=kpi, period=period, value=figure)
        return
    story.reach(moment)
    story.answer = None
    try:
        given = give_scores(story.house, period, {f"{card}/{payee}/{kpi}": figure}, {}, story.viewer(person))
    except NotThere:
        return
    story.asked(tuple(given.wrong.values()))
    story.answer = [str(given.told)]
