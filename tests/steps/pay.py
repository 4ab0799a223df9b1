"""Sentences about credit and pay: who is credited what, what it earned, what is held back, and why."""

from collections.abc import Iterable

from engine.app.calculating.calculation import calculate
from engine.app.explaining import as_lines, component_title, explain
from engine.app.views.explaining import Explanation
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.store.runs import RunBook
from tests.steps.cast import payee_name
from tests.steps.facts import Table
from tests.steps.sentences import given, then
from tests.steps.story import Story

CALCULATES, APPROVES = "he-ping", "deng-li"
_FORMS = {"direct": {"en": "own", "zh": "本人"}, "overlay": {"en": "overlay", "zh": "重复计入"},
          "house": {"en": "house", "zh": "公司"}}  # fmt: skip
_HOUSE = {"en": "the house", "zh": "公司"}


@given("{person} has a quota of {money} for {period}", "{person} {period} 的业绩指标为 {money}")
def has_quota(story: Story, person: str, money: Money, period: str) -> None:
    """A quota that finance sets; without one, the target's share holds."""
    story.tell("quota.set", person, story.now, APPROVES, measure="bookings", period=period, amount=money)


def draft(story: Story, period: str, person: str) -> None:
    """A draft run made by that person, or why there is none."""
    found = calculate(story.house, period, person)
    story.asked(found if isinstance(found, tuple) else found.unpaid)
    story.run = story.run if isinstance(found, tuple) else found.id


def lines_of(story: Story, payee: str) -> list[EarningLine]:
    """The payee's lines as the last calculation has them, else as they were posted."""
    story.nothing_overlooked()
    with story.unit() as unit:
        book = RunBook(unit)
        posted = {line.key: line for line in book.posted_lines(payee)}
        return list({**posted, **{line.key: line for line in book.lines(story.run, payee)}}.values())


def earned(lines: Iterable[EarningLine], currency: str = "CNY") -> Money:
    """What the lines in that currency earned to date, after clawback."""
    return Money.total((line.earned for line in lines if line.earned.currency == currency), currency)


def held(lines: Iterable[EarningLine]) -> Money:
    """What of it is not payable yet."""
    return Money.total((line.held for line in lines), "CNY")


@then(
    "{payee} has earned {money}[ with the deal {deal}][ as {title}]",
    "{payee}[因商机{deal}][以{title}]累计获得 {money}",
)
def has_earned(story: Story, payee: str, money: Money, deal: str = "", title: str = "") -> None:
    """Everything to date, from all plans and programmes, or what one deal or one component earned."""
    found = (line for line in lines_of(story, payee) if deal in ("", line.deal))
    found = (line for line in found if title in ("", component_named(story, line)))
    assert earned(found, money.currency) == money, _shown(story, payee)


@then("of what {payee} has earned, {money} are held back", "{payee}的薪酬中暂扣 {money}")
def is_held_back(story: Story, payee: str, money: Money) -> None:
    """Earned and not yet payable."""
    assert held(lines_of(story, payee)) == money, _shown(story, payee)


def component_named(story: Story, line: EarningLine) -> str:
    """The title of the component that pays the line."""
    return component_title(story.house, line.version, line.component).show(story.language)


def _shown(story: Story, payee: str) -> list[str]:
    return [
        f"{line.deal}: {line.earned}, held {line.held} ({component_named(story, line)})"
        for line in lines_of(story, payee)
    ]


@then("the deal {deal} is credited to exactly these", "商机{deal}的业绩有且仅有归于")
def is_credited_to(story: Story, deal: str, datatable: Table) -> None:
    """Everybody who is credited bookings of the deal: amount, and whether as their own or as overlay. No order."""
    with story.state() as state:
        credits = [credit for credit in state.credits(deal) if credit.name == "bookings" and credit.undone_on is None]
    names = [payee_name(c.payee, story.language) if c.payee else _HOUSE[story.language] for c in credits]
    found = [[name, str(c.amount), _FORMS[c.form][story.language]] for name, c in zip(names, credits, strict=True)]
    assert sorted(found) == sorted(datatable), f"{found}"


@then("nobody is credited for the deal {deal}", "没有人获得商机{deal}的业绩")
def nobody_is_credited(story: Story, deal: str) -> None:
    """No credit of the deal stands."""
    with story.state() as state:
        found = [credit for credit in state.credits(deal) if credit.undone_on is None]
    assert not found, f"{found}"


def explanation_of(story: Story, payee: str, deal: str) -> Explanation:
    """Why the payee earned that with the deal, as finance reads it."""
    found = [line for line in lines_of(story, payee) if line.deal == deal]
    assert len(found) == 1, f"{len(found)} lines: {_shown(story, payee)}"
    return explain(story.house, found[0].key, story.viewer(CALCULATES))


@then(
    "the pay of {payee} for the deal {deal} rests on {rule:name} in {file}[ and says {text}]",
    "{payee}因商机{deal}的薪酬依据 {file} 中的{rule:name}[，写明{text}]",
)
def rests_on(story: Story, payee: str, deal: str, rule: str, file: str, text: str = "") -> None:
    """The rule by its title, where it is written, and words or arithmetic of the explanation of the amount."""
    explanation = explanation_of(story, payee, deal)
    found = [(story.shown(one.title), one.place.file) for one in explanation.rules]
    assert (rule, file) in found, f"{found}"
    said = as_lines(explanation, story.language)
    assert any(text in line for line in said), "\n".join(said)
