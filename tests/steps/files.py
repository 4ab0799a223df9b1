"""Sentences about files from other systems."""

import csv
from io import StringIO

from engine.app.intake import TakenIn, take_in
from engine.core.problems import Problem
from tests.steps.deals import said_so
from tests.steps.facts import Table
from tests.steps.sentences import then, when
from tests.steps.story import Story


@when("a file of {title} in {file} is taken in", "按 {file} 中的{title}导入文件")
def is_taken_in(story: Story, title: str, file: str, datatable: Table) -> None:
    """The table is the file: its first row has the headers."""
    story.nothing_overlooked()
    profiles = story.house.rulebook.profiles
    profile = next(one.header for one in profiles if title in (one.header.title.en, one.header.title.zh))
    assert profile.place.file == file, profile.place
    text = StringIO()
    csv.writer(text).writerows(datatable)
    path = story.folder / "file.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    story.taken_in = take_in(story.house, [path], "live", profile.id, lambda done, of: None)


def _taken_in(story: Story) -> TakenIn:
    assert story.taken_in, "no file was taken in"
    return story.taken_in


@then("{number} events of the file are recorded", "文件中有 {number} 个事件已登记")
def events_recorded(story: Story, number: int) -> None:
    """Events that took effect."""
    found = [dict(summary.outcomes).get("recorded", 0) for summary in _taken_in(story).summaries]
    assert sum(found) == number, _told(story, _taken_in(story).problems)


@then("of the file it is said[ at line {number}]: {text}", "关于文件[第 {number} 行]的提示为{text}")
def is_said(story: Story, text: str, number: int | None = None) -> None:
    """What is wrong with a row, or what became of an event that the rules did not allow."""
    found = [problem for problem in _taken_in(story).problems if number in (None, problem.place.line)]
    assert said_so(text, [problem.message(story.language) for problem in found]), _told(
        story, _taken_in(story).problems
    )


def _told(story: Story, problems: tuple[Problem, ...]) -> list[str]:
    return [problem.render(story.language) for problem in problems]
