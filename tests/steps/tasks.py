"""Sentences about tasks and follow-up."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from engine.app.deals import follow
from engine.app.messages import message_for
from engine.app.not_made import not_made
from engine.app.reading import around
from engine.app.tasks import answer
from engine.core.records import Cause, Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Header
from engine.store.outbox import Outbox
from engine.store.state import SqlState
from tests.steps.deals import code_of
from tests.steps.facts import Table
from tests.steps.readings import shown_moment
from tests.steps.sentences import then, when
from tests.steps.story import NOT_ACCEPTED, Story


def _answer(story: Story, at: datetime, person: str, title: str, type: str, **body: object) -> None:
    """What a person says about their task at the screen, at that minute."""
    story.nothing_overlooked()
    story.reach(at)
    task = story.task(title, person)
    found = answer(story.house, task.id, type, story.viewer(person), **body)
    if isinstance(found, tuple):
        story.asked(found)
    else:
        story.last, story.noticed = found, found.status not in NOT_ACCEPTED


@when(
    "on {moment}, {person} completes the task {title} with {outcome:name}",
    "{moment}，{person}完成任务{title}，结果为{outcome:name}",
)
def completes(story: Story, moment: datetime, person: str, title: str, outcome: str) -> None:
    """Done, and what came of it."""
    _answer(story, moment, person, title, "task.completed", outcome=code_of(outcome))


@when(
    "on {moment}, {person} puts off the task {title} until {until:moment}",
    "{moment}，{person}将任务{title}顺延到{until:moment}",
)
def puts_off(story: Story, moment: datetime, person: str, title: str, until: datetime) -> None:
    """Out of sight until then."""
    _answer(story, moment, person, title, "task.snoozed", until=until.astimezone(UTC))


@when(
    "on {moment}, {person} skips the task {title}[ {later}], because {reason}",
    "{moment}，{person}跳过任务{title}[{later}]，原因是{reason}",
)
def skips(story: Story, moment: datetime, person: str, title: str, reason: str, later: str = "") -> None:
    """Left undone, with a reason; or put off to a further one."""
    again = {"reschedule": True} if later else {}
    _answer(story, moment, person, title, "task.skipped", reason=reason, **again)


@when(
    "on {moment}, {person} gives the task {title} to {other:person}[ until {until:moment}]",
    "{moment}，{person}将任务{title}转交{other:person}[，直到{until:moment}]",
)
def gives(story: Story, moment: datetime, person: str, title: str, other: str, until: datetime | None = None) -> None:
    """Somebody else does it, for good or for a time."""
    more = {"until": until.astimezone(UTC)} if until else {}
    _answer(story, moment, person, title, "task.delegated", to=other, **more)


@when(
    "on {moment}, {person} {handles} the follow-up {title} of the deal {deal}[ until {until:day}][, because {reason}]",
    "{moment}，{person}{handles}商机{deal}的{title}[，直到{until:day}][，原因是{reason}]",
)
def handles_follow_up(
    story: Story,
    moment: datetime,
    person: str,
    handles: str,
    title: str,
    deal: str,
    until: date | None = None,
    reason: str = "",
) -> None:
    """What a person asks of a cadence at the screen."""
    story.nothing_overlooked()
    story.reach(moment)
    body = {"cadence": cadence_titled(story, title).header.id, "until": until, "reason": reason}
    found = follow(story.house, deal, handles, body, story.viewer(person))
    if isinstance(found, tuple):
        story.asked(found)
    else:
        story.last, story.noticed = found, found.status not in NOT_ACCEPTED


@when(
    "on {moment}, the contact {name} no longer wants {channel:name}",
    "{moment}，联系人{name}不再接受{channel:name}",
)
def opts_out(story: Story, moment: datetime, name: str, channel: str) -> None:
    """A channel that is closed to us."""
    story.tell("contact.opted_out", name, moment, "guo-hua", channel=code_of(channel))


@then("{person} has exactly these tasks", "{person}有且仅有以下任务")
def has_tasks(story: Story, person: str, datatable: Table) -> None:
    """Every open task of the person that is not put off: what, for which deal, due when. By due moment."""
    found = [
        [task.title[story.language == "zh"], task.deal, shown_moment(task.due_at, story.language)]
        for task in story.tasks_of(person)
    ]
    assert found == datatable, f"{found}"


@then("{person} has no task", "{person}没有任务")
def has_no_task(story: Story, person: str) -> None:
    """Nothing is asked of the person."""
    found = [task.title for task in story.tasks_of(person)]
    assert not found, f"{found}"


@then(
    "on {day}, {person} was not asked {title}, because {reason}",
    "{day}，{person}的{title}被略去，原因是{reason}",
)
def was_not_asked(story: Story, day: date, person: str, title: str, reason: str) -> None:
    """What a rule wanted of the person on that day and did not ask, and why."""
    found = not_made(story.house, person, day, story.viewer(person)).reasons
    shown = [one.show(story.language) for one in found]
    wanted = [text.strip('"“”') for text in (title, reason)]
    assert any(all(text in line for text in wanted) for line in shown), f"{shown}"


@then(
    "the words to send for the task {title} say {text}, from {file}",
    "任务{title}要发送的文字含有{text}，模板为 {file}",
)
def words_to_send(story: Story, title: str, text: str, file: str) -> None:
    """What the task's template says, filled in; the company speaks Chinese first."""
    task = story.task(title)
    with story.unit() as unit:
        found = message_for(story.house, SqlState(unit), task, around(unit, [task.deal]))
    assert found is not None, "the task has no template"
    assert (text.strip('"“”') in found.body, found.place.file) == (True, file), f"{found}"


@then("the task {title} is there because of {rule:name} in {file}", "任务{title}的依据是 {file} 中的{rule:name}")
def is_there_because(story: Story, title: str, rule: str, file: str) -> None:
    """One of the task's reasons: the rule by its title, and where it is written."""
    reasons = [because(story, cause) for cause in story.task(title).reasons]
    assert (rule, file) in reasons, f"{reasons}"


def because(story: Story, cause: Cause) -> tuple[str, str]:
    """The title of the rule behind a cause, and its file."""
    return title_of(story, cause.rule), cause.place.file


def title_of(story: Story, version: str) -> str:
    """The title of a rule version."""
    headers: Iterable[Header] = (rule.header for rule in story.house.rulebook.rules())
    return next((header.title.show(story.language) for header in headers if header.version == version), "")


def cadence_titled(story: Story, title: str) -> Cadence:
    """The cadence of that title."""
    return next(c for c in story.house.rulebook.cadences if title in (c.header.title.en, c.header.title.zh))


def _enrolments(story: Story, deal: str, title: str) -> list[Enrolment]:
    id = cadence_titled(story, title).header.id
    with story.state() as state:
        return [one for one in state.enrolments(deal) if one.cadence == id]


@then(
    "the follow-up {title} of the deal {deal} has ended as {reason}, because of {file}",
    "商机{deal}的{title}已以{reason}结束，依据是 {file}",
)
def has_ended(story: Story, title: str, deal: str, reason: str, file: str) -> None:
    """Why the deal goes through the cadence no more."""
    found = [(one.exit, one.ended_by.place.file if one.ended_by else "") for one in _enrolments(story, deal, title)]
    assert (reason, file) in found, f"{found}"


@then("{person} is told about the deal {deal}, because of {file}", "{person}收到商机{deal}的通知，依据是 {file}")
def is_told(story: Story, person: str, deal: str, file: str) -> None:
    """A message to the person, and the rule that sends it."""
    found = _messages(story, deal)
    assert (person, file) in found, f"{found}"


@then("nobody is told about the deal {deal}", "没有人收到商机{deal}的通知")
def nobody_is_told(story: Story, deal: str) -> None:
    """No message."""
    found = _messages(story, deal)
    assert not found, f"{found}"


def _messages(story: Story, deal: str) -> list[tuple[str, str]]:
    with story.unit() as unit:
        return [(one.recipient, one.cause.place.file) for one in Outbox(unit).all(limit=1000) if one.deal == deal]
