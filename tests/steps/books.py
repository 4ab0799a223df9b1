"""Sentences about finance: payout runs, their steps, the close, and what was posted where."""

from datetime import date

from engine.app.calculating.calculation import Calculated, calculate
from engine.app.calculating.open_pay import open_pay
from engine.app.closing import close
from engine.app.payouts import approve, post
from engine.core.incentives.ledger import LedgerEntry, balances
from engine.core.incentives.repayments import owed
from engine.core.money import Money
from engine.store.ledger_book import LedgerBook
from engine.store.runs import RunBook
from tests.steps.cast import payee_name
from tests.steps.facts import Table
from tests.steps.pay import APPROVES, CALCULATES, draft
from tests.steps.repayments import decides_repayment
from tests.steps.sentences import then, when
from tests.steps.story import Story


@when("{person} calculates the pay of {period}", "{person}计算 {period} 的薪酬")
def calculates(story: Story, person: str, period: str) -> None:
    """A draft run, in place of an earlier draft."""
    draft(story, period, person)


@when("{person} {step} the {thing}", "{person}{step}{thing}")
def advances(story: Story, person: str, step: str, thing: str = "run") -> None:
    """The last calculated run is approved, or posted into the ledger; the last repayment is approved, declined or undone."""
    if thing == "repayment":
        decides_repayment(story, person, step)
        return
    take = approve if step == "approved" else post
    story.asked(take(story.house, story.run, person).problems)


@when("{person} closes {period}", "{person}关账 {period}")
def closes(story: Story, person: str, period: str) -> None:
    """For ever."""
    story.asked(close(story.house, period, person).problems)


@when("the pay of {period} is posted[ and {also:closed}]", "{period} 的薪酬已过账[并{also:closed}]")
def is_posted(story: Story, period: str, also: str = "") -> None:
    """Calculated by He Ping, approved by Deng Li, posted by He Ping; closed by Deng Li."""
    draft(story, period, CALCULATES)
    advances(story, APPROVES, "approved")
    advances(story, CALCULATES, "posted")
    if also:
        closes(story, APPROVES, period)


def _entries(story: Story) -> tuple[LedgerEntry, ...]:
    story.nothing_overlooked()
    with story.unit() as unit:
        return RunBook(unit).entries(story.run)


@then("the open days of {payee} begin on {day}", "{payee}的未结日从{day}起")
def open_from(story: Story, payee: str, day: date) -> None:
    """What lies before is settled: it is neither read nor calculated again."""
    with story.unit() as unit:
        days = open_pay(story.house.rulebook, unit).days[payee]
    assert days.spans[0].start == day, days


@then("calculating every day again gives the same run", "全部重算得到同一批次")
def same_run(story: Story) -> None:
    """Open days and settled ones alike, as `dealwright calculate --complete` does."""
    with story.unit() as unit:
        run = RunBook(unit).find(story.run)
    assert run is not None
    again = calculate(story.house, run.period, CALCULATES, complete=True)
    assert isinstance(again, Calculated) and again.id == story.run, (again, story.run)


@then("the run moves {extent}", "批次{extent}")
def run_moves(story: Story, extent: bool, datatable: Table | None = None) -> None:
    """Who earns how much more or less, and how much more or less is payable; earned in which period, posted in which.

    Nothing, when what is owed was posted already.
    """
    assert bool(datatable) == extent, "a table follows what moves, and only that"
    groups: dict[tuple[str, str, str], list[LedgerEntry]] = {}
    for entry in _entries(story):
        groups.setdefault((entry.payee, entry.earned_period, entry.posted_period), []).append(entry)
    found = []
    for (payee, earned_in, posted_in), entries in groups.items():
        sums = balances(entries, "CNY")
        found.append([payee_name(payee, story.language), str(sums.earned), str(sums.payable), earned_in, posted_in])
    assert sorted(found) == sorted((datatable or [])[1:]), f"{found}"


@then("{payee} receives {money} from the run", "批次应付{payee} {money}")
def receives(story: Story, payee: str, money: Money) -> None:
    """What becomes payable with this run, from whichever period it was earned in."""
    own = [entry for entry in _entries(story) if entry.payee == payee]
    found = balances(own, money.currency).payable
    assert found == money, str(found)


@then(
    "the ledger says that {payee} has earned {money}, of which {payable:money} are payable[, and owes {owes:money}]",
    "账簿显示{payee}累计应得 {money}，其中应付 {payable:money}[，另须归还 {owes:money}]",
)
def ledger_says(story: Story, payee: str, money: Money, payable: Money, owes: Money | None = None) -> None:
    """The sum of everything posted for the payee; what they owe apart from their pay is no part of what is payable."""
    with story.unit() as unit:
        entries = [posted.entry for posted in LedgerBook(unit).of_payee(payee)]
    found, apart = balances(entries, "CNY"), owed(entries, "CNY")
    assert (found.earned, found.payable + (apart if owes else Money.zero("CNY"))) == (money, payable), f"{found}"
    assert owes in (None, apart), str(apart)
