"""Sentences about credit and pay: who is credited what, what it earned, what is held back, and why."""

from collections.abc import Iterable

from engine.app.explaining import as_lines, component_title, explain
from engine.app.payouts import calculate
from engine.app.views.explaining import Explanation
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.store.runs import RunBook
from tests.steps.cast import EVERYBODY, PARTNER_IDS, payee_id, payee_name
from tests.steps.readings import money as money_of
from tests.steps.sentences import given, then, when
from tests.steps.story import Story

CALCULATES, APPROVES = "he-ping", "deng-li"
_NOTHING = Money.zero("CNY")
_FORMS = {"direct": {"en": "own", "zh": "本人"}, "overlay": {"en": "overlay", "zh": "重复计入"}}


@given("{person} has a quota of {money} for {period}", "{person} {period} 的业绩指标为 {money}")
def has_quota(story: Story, person: str, money: Money, period: str) -> None:
    """A quota that finance sets; without one, the target's share holds."""
    story.tell("quota.set", person, story.now, APPROVES, measure="bookings", period=period, amount=money)


@when("the pay of {period} is calculated", "计算 {period} 的薪酬")
def is_calculated(story: Story, period: str) -> None:
    """A draft run; what is owed up to the last day of the period."""
    draft(story, period, CALCULATES)


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


def earned(lines: Iterable[EarningLine]) -> Money:
    """What the lines earned to date, after clawback."""
    return Money.total((line.earned for line in lines), "CNY")


def held(lines: Iterable[EarningLine]) -> Money:
    """What of it is not payable yet."""
    return Money.total((line.held for line in lines), "CNY")


@then("{payee} has earned {money}", "{payee}的薪酬累计为 {money}")
def has_earned(story: Story, payee: str, money: Money) -> None:
    """Everything to date, from all plans and programmes."""
    assert earned(lines_of(story, payee)) == money, _shown(story, payee)


@then("{payee} has earned nothing", "{payee}没有薪酬")
def has_earned_nothing(story: Story, payee: str) -> None:
    """Not a cent."""
    assert not any(line.earned for line in lines_of(story, payee)), _shown(story, payee)


@then("{payee} has earned {money} with the deal {deal}", "{payee}因商机{deal}的薪酬为 {money}")
def has_earned_with(story: Story, payee: str, money: Money, deal: str) -> None:
    """What one deal earned, in all components."""
    assert earned(line for line in lines_of(story, payee) if line.deal == deal) == money, _shown(story, payee)


@then("{payee} has earned {money} as {title}", "{payee}的{title}为 {money}")
def has_earned_as(story: Story, payee: str, money: Money, title: str) -> None:
    """What one component earned."""
    found = [line for line in lines_of(story, payee) if _component(story, line) == title]
    assert earned(found) == money, _shown(story, payee)


@then("of what {payee} has earned, {money} are held back", "{payee}的薪酬中暂扣 {money}")
def is_held_back(story: Story, payee: str, money: Money) -> None:
    """Earned and not yet payable."""
    assert held(lines_of(story, payee)) == money, _shown(story, payee)


@then("nothing of what {payee} has earned is held back", "{payee}的薪酬没有暂扣")
def is_not_held_back(story: Story, payee: str) -> None:
    """Everything is payable."""
    assert not held(lines_of(story, payee)), _shown(story, payee)


@then("exactly these people have earned", "获得薪酬的有且仅有")
def these_have_earned(story: Story, datatable: list[list[str]]) -> None:
    """Everybody who has earned anything, with the amount; nobody else has."""
    everybody = [*EVERYBODY, *PARTNER_IDS]
    found = {id: earned(lines_of(story, id)) for id in everybody if any(line.earned for line in lines_of(story, id))}
    wanted = {payee_id(name): money_of(amount) for name, amount in datatable}
    assert found == wanted, {payee_name(id, story.language): str(amount) for id, amount in found.items()}


def _component(story: Story, line: EarningLine) -> str:
    return component_title(story.house, line.version, line.component).show(story.language)


def _shown(story: Story, payee: str) -> list[str]:
    return [f"{line.deal}: {line.earned}, held {line.held} ({_component(story, line)})" for line in lines_of(story, payee)]


@then("the deal {deal} is credited to exactly these", "商机{deal}的业绩有且仅有归于")
def is_credited_to(story: Story, deal: str, datatable: list[list[str]]) -> None:
    """Everybody who is credited bookings of the deal: amount, and whether as their own or as overlay. No order."""
    with story.state() as state:
        credits = [credit for credit in state.credits(deal) if credit.name == "bookings" and credit.undone_on is None]
    found = [[payee_name(c.payee, story.language), str(c.amount), _FORMS[c.form][story.language]] for c in credits]
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
    "the pay of {payee} for the deal {deal} rests on {rule:name} in {file}",
    "{payee}因商机{deal}的薪酬依据 {file} 中的{rule:name}",
)
def rests_on(story: Story, payee: str, deal: str, rule: str, file: str) -> None:
    """The rule by its title and where it is written."""
    found = [(story.shown(one.title), one.place.file) for one in explanation_of(story, payee, deal).rules]
    assert (rule, file) in found, f"{found}"


@then("the pay of {payee} for the deal {deal} says {text}", "{payee}因商机{deal}的薪酬写明{text}")
def says(story: Story, payee: str, deal: str, text: str) -> None:
    """Words or arithmetic of the explanation that comes with every amount."""
    found = as_lines(explanation_of(story, payee, deal), story.language)
    assert any(text in line for line in found), "\n".join(found)
