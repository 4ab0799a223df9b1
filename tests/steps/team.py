"""Sentences about a manager's team."""

from engine.app.team import team_view
from tests.steps.facts import Table
from tests.steps.sentences import then
from tests.steps.story import Story


@then("the team of {person} stands like this", "{person}的团队情况如下")
def team_stands(story: Story, person: str, datatable: Table) -> None:
    """For each person below them who has something: the name, tasks overdue, tasks due today, deals that do not move."""
    rows = team_view(story.house, story.viewer(person)).rows
    busy = [row for row in rows if row.open or row.stuck]
    found = [[story.shown(row.name), str(row.overdue), str(row.today), str(row.stuck)] for row in busy]
    assert found == datatable, f"{found}"
