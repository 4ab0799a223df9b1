"""Sentences about scorecards: what people tell of somebody's KPIs."""

from datetime import datetime

from tests.steps.readings import WrongSpelling
from tests.steps.sentences import when
from tests.steps.story import Story


@when(
    "on {moment}, {person} gives {payee:person} {figure} for {name} in {period}",
    "{moment}，{person}给{payee:person} {period} 的{name}评 {figure}",
)
def gives(story: Story, moment: datetime, person: str, payee: str, figure: str, name: str, period: str) -> None:
    """The value of one KPI, by its title in the scorecard; the last that is told for a period counts."""
    found = [
        (card.header.id, kpi.id)
        for card in story.house.rulebook.scorecards
        for kpi in card.kpis
        if name in (kpi.title.en, kpi.title.zh)
    ]
    if len(found) != 1:
        raise WrongSpelling(f"{name!r} is the title of {len(found)} KPIs")
    (card, kpi), *_ = found
    story.tell("score.given", payee, moment, person, scorecard=card, kpi=kpi, period=period, value=figure)
