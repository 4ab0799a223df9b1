"""Sentences about finance: payout runs, their steps, the close, and what was posted where."""

from engine.app.closing import close
from engine.app.payouts import approve, post
from engine.core.incentives.ledger import LedgerEntry, balances
from engine.core.money import Money
from engine.store.ledger_book import LedgerBook
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook
from tests.steps.cast import payee_name
from tests.steps.pay import APPROVES, CALCULATES, draft
from tests.steps.sentences import then, when
from tests.steps.story import Story

_STATES = {"draft": "draft", "approved": "approved", "posted": "posted", "草稿": "draft", "已批准": "approved", "已过账": "posted"}


@when("{person} calculates the pay of {period}", "{person}计算 {period} 的薪酬")
def calculates(story: Story, person: str, period: str) -> None:
    """A draft run, in place of an earlier draft."""
    draft(story, period, person)


@when("{person} approves the run", "{person}批准批次")
def approves(story: Story, person: str) -> None:
    """The last calculated run."""
    story.asked(approve(story.house, story.run, person).problems)


@when("{person} posts the run", "{person}过账批次")
def posts(story: Story, person: str) -> None:
    """Into the ledger."""
    story.asked(post(story.house, story.run, person).problems)


@when("{person} closes {period}", "{person}关账 {period}")
def closes(story: Story, person: str, period: str) -> None:
    """For ever."""
    story.asked(close(story.house, period, person).problems)


@when("the pay of {period} is posted", "{period} 的薪酬已过账")
def is_posted(story: Story, period: str) -> None:
    """Calculated by He Ping, approved by Deng Li, posted."""
    draft(story, period, CALCULATES)
    approves(story, APPROVES)
    posts(story, CALCULATES)


@when("the pay of {period} is posted and closed", "{period} 的薪酬已过账并关账")
def is_posted_and_closed(story: Story, period: str) -> None:
    """The same, and the period closed by Deng Li."""
    is_posted(story, period)
    closes(story, APPROVES, period)


def _entries(story: Story) -> tuple[LedgerEntry, ...]:
    story.nothing_overlooked()
    with story.unit() as unit:
        return RunBook(unit).entries(story.run)


@then("the run is {state:name}", "批次状态为{state:name}")
def run_is(story: Story, state: str) -> None:
    """How far the run has come."""
    with story.unit() as unit:
        run = RunBook(unit).find(story.run)
    assert run and run.state == _STATES[state], run


@then("the run moves nothing", "批次没有任何变动")
def run_moves_nothing(story: Story) -> None:
    """What is owed was posted already."""
    assert not _entries(story), _entries(story)


@then("the run moves exactly this", "批次的变动有且仅有")
def run_moves(story: Story, datatable: list[list[str]]) -> None:
    """Who earns how much more or less, and how much more or less is payable; earned in which period, posted in which."""
    groups: dict[tuple[str, str, str], list[LedgerEntry]] = {}
    for entry in _entries(story):
        groups.setdefault((entry.payee, entry.earned_period, entry.posted_period), []).append(entry)
    found = []
    for (payee, earned_in, posted_in), entries in groups.items():
        sums = balances(entries, "CNY")
        found.append([payee_name(payee, story.language), str(sums.earned), str(sums.payable), earned_in, posted_in])
    assert sorted(found) == sorted(datatable[1:]), f"{found}"


@then("{payee} receives {money} from the run", "批次应付{payee} {money}")
def receives(story: Story, payee: str, money: Money) -> None:
    """What becomes payable with this run, from whichever period it was earned in."""
    own = [entry for entry in _entries(story) if entry.payee == payee]
    found = balances(own, "CNY").payable
    assert found == money, str(found)


@then("{payee} receives nothing from the run", "批次不付{payee}")
def receives_nothing(story: Story, payee: str) -> None:
    """Nothing becomes payable with this run."""
    receives(story, payee, Money.zero("CNY"))


@then("the ledger says that {payee} has earned {money}, of which {payable:money} are payable",
      "账簿显示{payee}累计应得 {money}，其中应付 {payable:money}")  # fmt: skip
def ledger_says(story: Story, payee: str, money: Money, payable: Money) -> None:
    """The sum of everything posted for the payee."""
    with story.unit() as unit:
        found = balances((posted.entry for posted in LedgerBook(unit).of_payee(payee)), "CNY")
    assert (found.earned, found.payable) == (money, payable), f"{found}"


@then("{period} is closed", "{period} 已关账")
def is_closed(story: Story, period: str) -> None:
    """Nothing is written behind it."""
    with story.unit() as unit:
        found = PeriodBook(unit).find(period)
    assert found and found.state == "closed", found
