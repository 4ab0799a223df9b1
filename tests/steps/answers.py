"""Sentences about questions and doors: why, why not, who may see what, what came twice or too early."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from engine.app.access import NotThere
from engine.app.earnings import my_earnings
from engine.app.explaining import as_lines, explain
from engine.app.house_credits import as_texts, house_credits
from engine.app.views.explaining import Explanation
from engine.app.why_not import why_not
from engine.core.money import Money
from engine.store.audit import AuditTrail
from tests.steps.deals import said_so
from tests.steps.estimates import asks_would, why_no_more
from tests.steps.pay import component_named, lines_of
from tests.steps.readings import WrongSpelling
from tests.steps.sentences import then, when
from tests.steps.story import Story


def _ask(story: Story, question: Callable[[], Explanation]) -> None:
    """The answer with the rule lines that it shows, by file; or that there is none for this person."""
    story.nothing_overlooked()
    story.answer, story.shows = None, {}
    try:
        found = question()
    except NotThere:
        return
    story.answer = as_lines(found, story.language)
    for rule in found.rules:
        story.shows.setdefault(rule.place.file, []).extend(line for _, line in rule.lines)


@when("{person} asks why the task {title} is there", "{person}询问任务{title}的由来")
def asks_task(story: Story, person: str, title: str) -> None:
    """At the screen of that person."""
    id = story.task(title).id
    _ask(story, lambda: explain(story.house, id, story.viewer(person)))


@when(
    "{person} asks about the pay of {payee}[ for the deal {deal}][ as {title}][ in {period}][ and why it is not {text}]"
    "[, were it won[ for {money}][ on {day}]][, were there {more:money} more]",
    "{person}查询{payee}[ {period} ][因商机{deal}][以{title}发放]的薪酬[为何没有{text}]"
    "[，假如[以 {money} ][于{day}]赢单][，假如再有 {more:money}]",
)
def asks_pay(
    story: Story, person: str, payee: str, deal: str = "", title: str = "", period: str = "", text: str = "",
    money: Money | None = None, day: date | None = None, more: Money | None = None,
) -> None:  # fmt: skip
    """One line in full, the page of what was posted in a period, or why a component does not pay that today; of an open
    deal, what it would earn, and of a further amount, what that would."""
    if more or (deal and story.deal(deal).status == "open"):
        asks_would(story, person, payee, deal, more or money, day)
        return
    if text:
        why_no_more(story, person, payee, title, text)
        return
    if deal or title:
        named = [line for line in lines_of(story, payee) if title in ("", component_named(story, line))]
        key = next(line.key for line in named if deal in ("", line.deal))
        _ask(story, lambda: explain(story.house, key, story.viewer(person)))
        return
    story.nothing_overlooked()
    try:
        view = my_earnings(story.house, payee, period, story.viewer(person))
        story.answer = [str(total.earned) for total in view.totals]
    except NotThere:
        story.answer = None


@when("{person} asks what the house is credited in {period}", "{person}查询 {period} 公司业绩的构成")
def asks_house(story: Story, person: str, period: str) -> None:
    """The report of what is counted and paid to nobody, as sums and deals."""
    story.nothing_overlooked()
    try:
        story.answer = as_texts(house_credits(story.house, period, story.viewer(person)), story.language)
    except NotThere:
        story.answer = None


@when("{person} asks what keeps the deal {deal} from {name}", "{person}询问商机{deal}为何没有{name}")
def asks_why_not(story: Story, person: str, deal: str, name: str) -> None:
    """The gate of a stage, or the conditions of a rule, for the deal as it stands."""
    stages = (stage for pipeline in story.house.rulebook.pipelines for stage in pipeline.stages)
    named = [stage.id for stage in stages if name in (stage.title.en, stage.title.zh)]
    headers = (rule.header for rule in story.house.rulebook.rules())
    named += [header.id for header in headers if name in (header.title.en, header.title.zh)]
    if not named:
        raise WrongSpelling(f"{name!r} is the title of no stage and no rule")
    _ask(story, lambda: why_not(story.house, deal, named[0], story.viewer(person)))


@then("the answer says {text}[ in {file}]", "回答写明{text}[，见 {file}]")
def answer_says(story: Story, text: str, file: str = "") -> None:
    """Words of the answer, or of the lines of a rule file that it shows."""
    assert story.answer is not None, "there is no answer"
    shown = story.shows.get(file, []) if file else story.answer
    assert any(text in line for line in shown), "\n".join([*story.answer, *story.shows])


@then("{person} gets no answer", "{person}得不到回答")
def no_answer(story: Story, person: str) -> None:
    """As if there were no such thing."""
    assert story.answer is None, f"{person} was told {story.answer}"


@then("the audit trail says that {person} looked at the pay of {payee}", "审计记录显示{person}查看过{payee}的薪酬")
def trail_says(story: Story, person: str, payee: str) -> None:
    """Looking at somebody else's pay leaves a trace."""
    with story.unit() as unit:
        found = [(row.actor, row.subject) for row in AuditTrail(unit).entries(action="pay.viewed")]
    assert (person, payee) in found, f"{found}"


@when("the last event is delivered again[ with {money}]", "再次收到最后一个事件[，但金额为 {money}]")
def delivered_again(story: Story, money: Money | None = None) -> None:
    """The same name with the same content, or with another amount."""
    assert story.last, "no event was told"
    event = story.last.event
    story.deliver(replace(event, body={**event.body, "amount": money}) if money else event)


_TAKEN_AS = {"a repetition": "repeated", "重复": "repeated", "a contradiction": "conflicting", "矛盾": "conflicting"}


@then("it counts as {name}, and nothing else happens", "该事件被视为{name}，不产生任何结果")
def counts_as(story: Story, name: str) -> None:
    """A second delivery is a normal thing; a contradiction is put on file."""
    story.noticed = True
    assert story.last and (story.last.status, story.last.outcomes) == (_TAKEN_AS[name], ()), story.last
    with story.unit() as unit:
        on_file = bool(AuditTrail(unit).entries(action="event.conflict"))
    assert on_file == (_TAKEN_AS[name] == "conflicting"), "put on file, or not"


@then("it waits, because {text}", "该事件等待处理，原因是{text}")
def waits_because(story: Story, text: str) -> None:
    """Recorded, kept aside: what cannot be evaluated is never taken for no."""
    said = story.what_was_said()
    assert story.last and story.last.status == "quarantined", story.last
    assert said_so(text, said), f"{said}"
