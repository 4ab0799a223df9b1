"""Sentences about questions and doors: why, why not, who may see what, what came twice or too early."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from engine.app.access import NotThere
from engine.app.earnings import my_earnings
from engine.app.explaining import as_lines, explain
from engine.app.views.explaining import Explanation
from engine.app.why_not import why_not
from engine.core.money import Money
from engine.store.audit import AuditTrail
from engine.store.quarantine import Quarantine
from tests.steps.cast import EVERYBODY, ROLE_NAMES
from tests.steps.deals import said_so, stage_titled
from tests.steps.pay import lines_of
from tests.steps.readings import WrongSpelling
from tests.steps.sentences import then, when
from tests.steps.story import Story


def _ask(story: Story, question: Callable[[], Explanation]) -> None:
    """The answer, or that there is none for this person."""
    story.nothing_overlooked()
    story.answer, story.denied = None, False
    try:
        story.answer = question()
    except NotThere:
        story.denied = True


@when("{person} asks why the task {title} is there", "{person}询问任务{title}的由来")
def asks_task(story: Story, person: str, title: str) -> None:
    """At the screen of that person."""
    id = story.task(title).id
    _ask(story, lambda: explain(story.house, id, story.viewer(person)))


@when("{person} asks about the pay of {payee} for the deal {deal}", "{person}查询{payee}因商机{deal}的薪酬")
def asks_pay(story: Story, person: str, payee: str, deal: str) -> None:
    """One line in full."""
    key = next(line.key for line in lines_of(story, payee) if line.deal == deal)
    _ask(story, lambda: explain(story.house, key, story.viewer(person)))


@when("{person} asks why the deal {deal} is not in {stage}", "{person}询问商机{deal}为何不在{stage}阶段")
def asks_stage(story: Story, person: str, deal: str, stage: str) -> None:
    """The gate of a stage, for the deal as it stands."""
    id = stage_titled(story, stage).id
    _ask(story, lambda: why_not(story.house, deal, id, story.viewer(person)))


@when("{person} asks why {rule:name} did nothing for the deal {deal}", "{person}询问{rule:name}为何没有对商机{deal}生效")
def asks_rule(story: Story, person: str, rule: str, deal: str) -> None:
    """The conditions of a rule, for the deal as it stands."""
    rules = [one.header for one in story.house.rulebook.rules() if rule in (one.header.title.en, one.header.title.zh)]
    if not rules:
        raise WrongSpelling(f"{rule!r} is the title of no rule")
    _ask(story, lambda: why_not(story.house, deal, rules[-1].id, story.viewer(person)))


@then("the answer says {text}", "回答写明{text}")
def answer_says(story: Story, text: str) -> None:
    """Words of the answer."""
    assert story.answer, "there is no answer"
    found = as_lines(story.answer, story.language)
    assert any(text in line for line in found), "\n".join(found)


@then("the answer shows {file}, where it is written {text}", "回答指出 {file} 中写着{text}")
def answer_shows(story: Story, file: str, text: str) -> None:
    """The lines of the rule file that decided."""
    assert story.answer, "there is no answer"
    shown = [line.strip() for rule in story.answer.rules if rule.place.file == file for _, line in rule.lines]
    assert text in shown, "\n".join([*(str(rule.place) for rule in story.answer.rules), *shown])


@then("the answer says that {text} does not hold", "回答写明条件{text}不成立")
def does_not_hold(story: Story, text: str) -> None:
    """A condition that failed, or whose facts are not set."""
    assert story.answer, "there is no answer"
    rows = {row.text: row.met for row in story.answer.conditions}
    assert text in rows and rows[text] is not True, f"{rows}"


@then("{person} gets no answer", "{person}得不到回答")
def no_answer(story: Story, person: str) -> None:
    """As if there were no such thing."""
    assert story.denied, f"{person} was told {story.answer and as_lines(story.answer, story.language)}"


@when("{person} opens the earnings of {payee} for {period}", "{person}打开{payee} {period} 的薪酬页")
def opens_earnings(story: Story, person: str, payee: str, period: str) -> None:
    """The page of what was posted for a payee in a period."""
    story.nothing_overlooked()
    story.denied = False
    try:
        view = my_earnings(story.house, payee, period, story.viewer(person))
        story.seen = tuple(str(total.earned) for total in view.totals)
    except NotThere:
        story.denied = True


@then("{money} are shown as earned", "显示应得 {money}")
def is_shown(story: Story, money: Money) -> None:
    """The total of the page."""
    assert not story.denied and story.seen == (str(money),), f"{story.denied} {story.seen}"


@then("the audit trail says that {person} looked at the pay of {payee}", "审计记录显示{person}查看过{payee}的薪酬")
def trail_says(story: Story, person: str, payee: str) -> None:
    """Looking at somebody else's pay leaves a trace."""
    with story.unit() as unit:
        found = [(row.actor, row.subject) for row in AuditTrail(unit).entries(action="pay.viewed")]
    assert (person, payee) in found, f"{found}"


@when("the last event is delivered again", "再次收到最后一个事件")
def delivered_again(story: Story) -> None:
    """The same name, the same content."""
    assert story.last
    story.deliver(story.last.event)


@when("the last event is delivered again with {money}", "再次收到最后一个事件，但金额为 {money}")
def delivered_changed(story: Story, money: Money) -> None:
    """The same name, another content."""
    assert story.last
    event = story.last.event
    story.deliver(replace(event, body={**event.body, "amount": money}))


@then("it was known already, and nothing else happens", "该事件已经登记过，不再产生任何结果")
def known_already(story: Story) -> None:
    """A second delivery is a normal thing."""
    assert story.last and (story.last.status, story.last.outcomes) == ("repeated", ()), story.last
    story.noticed = True


@then("it contradicts what was recorded and is put on file", "该事件与已登记的内容不一致，已记入审计")
def contradicts(story: Story) -> None:
    """Refused and audited; what was recorded stays."""
    assert story.last and (story.last.status, story.last.outcomes) == ("conflicting", ()), story.last
    story.noticed = True
    with story.unit() as unit:
        assert AuditTrail(unit).entries(action="event.conflict"), "nothing on file"


@when("{person} joins on {day} as {role} under {manager:person}", "{person}于{day}入职，任{role}，向{manager:person}汇报")
def joins(story: Story, person: str, day: date, role: str, manager: str) -> None:
    """Somebody new is told of."""
    member = EVERYBODY[person]
    at = datetime.combine(day, story.now.timetz())
    story.tell("person.joined", person, at, "guo-hua", name=member.name, name_zh=member.name_zh, role=ROLE_NAMES.get(role, role),
               manager=manager, from_on=day)  # fmt: skip


@then("it still waits for {person}", "仍在等待{person}的信息")
def still_waits(story: Story, person: str) -> None:
    """Something earlier has not been evaluated yet."""
    with story.unit() as unit:
        found = [row.waits_for for row in Quarantine(unit).waiting()]
    assert f"person:{person}" in found, f"{found}"


@then("it waits until somebody tells of {person}", "该事件等待{person}的信息")
def waits_for(story: Story, person: str) -> None:
    """Recorded, kept aside, with the reason."""
    assert story.last and story.last.status == "quarantined", story.last
    story.noticed = True
    still_waits(story, person)


@then("nothing waits any more", "没有事件在等待")
def nothing_waits(story: Story) -> None:
    """The quarantine is empty."""
    with story.unit() as unit:
        found = Quarantine(unit).waiting()
    assert not found, f"{found}"


@then("it waits, because {text}", "该事件等待处理，原因是{text}")
def waits_because(story: Story, text: str) -> None:
    """Recorded, kept aside: what cannot be evaluated is never taken for no."""
    said = story.what_was_said()
    assert story.last and story.last.status == "quarantined", story.last
    assert said_so(text, said), f"{said}"
