"""What a payee gave back outside of their pay, as sentences about money received and about finance tell it."""

from datetime import datetime

from engine.app.repayments import book, decide, take_back
from engine.core.money import Money
from engine.store.repayments import RepaymentBook
from tests.steps.story import Story


def books_repayment(story: Story, moment: datetime, payee: str, money: Money, reference: str, person: str) -> None:
    """Booked on the day on which it came in."""
    story.reach(moment)
    day = story.now.date().isoformat()
    story.asked(book(story.house, payee, str(money), reference, day, "", person).problems)


def decides_repayment(story: Story, person: str, step: str) -> None:
    """The repayment that waits is posted or declined; the one that was posted last is booked to be undone."""
    with story.unit() as unit:
        found = RepaymentBook(unit).all(state="posted" if step == "taken back" else "proposed")
    assert found, "there is no such repayment"
    if step == "taken back":
        story.asked(take_back(story.house, found[0].id, "", person).problems)
        return
    state = "posted" if step == "approved" else "declined"
    story.asked(decide(story.house, found[0].id, state, person).problems)
