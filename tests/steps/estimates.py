"""What would be, asked for by the sentence about pay: what a deal, or the next amount, would earn somebody; and why they get no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from engine.app.access import NotThere
from engine.app.estimate_data import deal_lines, next_lines
from engine.app.estimating import estimate_deal
from engine.app.explaining import as_lines
from engine.app.next_amount import next_view
from engine.app.reading import component_title
from engine.app.views.explaining import Explanation
from engine.app.why_not_pay import why_not_pay
from engine.core.money import Money
from tests.steps.readings import WrongSpelling
from tests.steps.story import Story


def asks_would(
    story: Story, person: str, payee: str, deal: str = "", money: Money | None = None, day: date | None = None
) -> None:
    """With a deal: for its own amount and today, unless something else is said. Without: with a further amount."""
    amount, on, viewer = str(money or ""), str(day or ""), story.viewer(person)
    if deal:
        answered(story, lambda: _of_deal(story, payee, deal, amount, on, person))
        return

    def asked() -> list[str]:
        found = next_view(story.house, payee, amount, on, viewer)
        story.asked(found.problems)
        return next_lines(found, story.language)

    answered(story, asked)


def _of_deal(story: Story, payee: str, deal: str, amount: str, on: str, person: str) -> list[str]:
    """The payee's part of the deal's estimate; NotThere where the viewer is not shown it."""
    found = estimate_deal(story.house, deal, amount, on, story.viewer(person))
    story.asked(found.problems)
    own = tuple(one for one in found.payees if one.payee == payee)
    if not own and not found.problems:
        raise NotThere(payee)
    return deal_lines(replace(found, payees=own), story.language)


def answered(story: Story, question: Callable[[], list[str]]) -> None:
    """The answer, line by line; or that there is none for this person."""
    story.nothing_overlooked()
    story.answer, story.shows = None, {}
    try:
        story.answer = question()
    except NotThere:
        return


def why_no_more(story: Story, person: str, payee: str, title: str, wanted: str) -> None:
    """Why not that rate or amount of a component, by its title, as known today."""

    def asked() -> list[str]:
        found = why_not_pay(story.house, payee, _component(story, title), wanted, "", story.viewer(person))
        story.asked(() if isinstance(found, Explanation) else found)
        return as_lines(found, story.language) if isinstance(found, Explanation) else []

    answered(story, asked)


def _component(story: Story, title: str) -> str:
    """The id of the component of that title."""
    shown = {
        component_title(story.house, plan.header.version, part.id).show(story.language): part.id
        for plan in story.house.rulebook.plans
        for part in plan.components
    }
    if title not in shown:
        raise WrongSpelling(f"{title!r} is none of {', '.join(sorted(shown))}")
    return shown[title]
