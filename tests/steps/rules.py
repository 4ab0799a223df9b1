"""Sentences about the rule files themselves: targets, and what a change of a rule leads to."""

from dataclasses import replace

from engine.core.incentives.targets import goal_of, person_goal
from engine.core.money import Money
from engine.core.periods import parse_period
from engine.core.problems import Problem
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.targets import Targets
from engine.rulefiles.loading import load_texts
from tests.steps.cast import payee_id, payee_name
from tests.steps.facts import Table
from tests.steps.house import matcher_for, rule_texts
from tests.steps.readings import money as money_of
from tests.steps.sentences import then, when
from tests.steps.story import Story


def target_titled(rulebook: Rulebook, title: str, file: str) -> Targets:
    """The target of that title in that file."""
    found = next(one for one in rulebook.targets if title in (one.header.title.en, one.header.title.zh))
    assert found.header.place.file == file, found.header.place
    return found


@then("the target {title} in {file} asks for {money} in {period}", "{file} 中的目标{title} {period} 为 {money}")
def asks_for(story: Story, title: str, file: str, money: Money, period: str) -> None:
    """The whole company's part of a period."""
    book = story.house.rulebook
    target, span = target_titled(book, title, file), parse_period(period, book.company)
    found = goal_of(target, span, book.company, book.calendar("", span.start))
    assert found == money, str(found)


@then("the target {title} in {file} is shared out for {period} as", "{file} 中的目标{title} {period} 分配如下")
def is_shared_out(story: Story, title: str, file: str, period: str, datatable: Table) -> None:
    """Everybody who has a share, in the order of the file; the shares sum to the period's goal to the cent."""
    book = story.house.rulebook
    target, span = target_titled(book, title, file), parse_period(period, book.company)
    found = [(id, person_goal(target, id, span, book.company)) for id, _ in target.split.people]
    assert found == [(payee_id(name), money_of(text)) for name, text in datatable], \
        [(payee_name(id, story.language), str(amount)) for id, amount in found]  # fmt: skip
    assert Money.total((amount for _, amount in found if amount), "CNY") == goal_of(target, span, book.company)


@when(
    "in {file}, {old:words} is changed to {new:words}[ and {also:force}]",
    "将 {file} 中的{old:words}改为{new:words}[并{also:force}]",
)
def is_changed_to(story: Story, file: str, old: str, new: str, also: str = "") -> None:
    """A change that somebody writes into a rule file; put in force, the house goes on with it."""
    story.nothing_overlooked()
    story.texts = story.texts or dict(rule_texts())
    assert story.texts[file].count(old) == 1, f"{story.texts[file].count(old)} times {old!r} in {file}"
    story.texts[file] = story.texts[file].replace(old, new)
    if also:
        rulebook = load_texts(story.texts).rulebook
        assert rulebook, "the changed rules cannot be used"
        story.house = replace(story.house, rulebook=rulebook, matcher=matcher_for(rulebook))


def _found(story: Story) -> tuple[Problem, ...]:
    """Everything that the check finds in the rules as they now stand."""
    return load_texts(story.texts or rule_texts()).problems


@then(
    "the check finds {severity} at {file}, line {number}: {text}", "检查发现{severity}：{file} 第 {number} 行，{text}"
)
def check_finds(story: Story, severity: str, file: str, number: int, text: str) -> None:
    """One problem: where it is, and the sentence that people read. An error keeps the rules from being used."""
    found = _found(story)
    told = [(p.severity, p.place.file, p.place.line, p.message(story.language)) for p in found]
    assert (severity, file, number, text) in told, "\n".join(p.render(story.language) for p in found)


@then("the check finds no error", "检查没有发现错误")
def no_error(story: Story) -> None:
    """The rules can be used; there may be warnings."""
    wrong = [problem.render(story.language) for problem in _found(story) if problem.severity == "error"]
    assert not wrong, "\n".join(wrong)
