"""Sentences about customers: what is known of them, and whose they are."""

from datetime import datetime

from tests.steps.facts import Table, facts_of
from tests.steps.sentences import then, when
from tests.steps.story import Story


@when("on {moment}, it is recorded about the customer {customer}", "{moment}，为客户{customer}登记如下信息")
def recorded(story: Story, moment: datetime, customer: str, datatable: Table) -> None:
    """New facts of a customer."""
    story.tell(
        "account.changed", customer, moment, "guo-hua", **facts_of(datatable, story.house.rulebook, of="account")
    )


@when(
    "on {moment}, {person} {how:hand} the customer {customer}[, because {reason}]",
    "{moment}，{person}{how:hand}客户{customer}[，原因是{reason}]",
)
def hands(story: Story, moment: datetime, person: str, how: str, customer: str, reason: str = "") -> None:
    """Out of the public pool, or back into it; the pool's rules say whether that may be."""
    story.reach(moment)
    story.tell(how.replace("deal.", "account."), customer, moment, person, reason=reason or None)


@then("it is known about the customer {customer}", "客户{customer}的信息为")
def is_known(story: Story, customer: str, datatable: Table) -> None:
    """What is recorded about the customer."""
    with story.state() as state:
        account = state.account(customer)
    assert account is not None, customer
    wanted = facts_of(datatable, story.house.rulebook, of="account")
    assert {name: account.facts.get(name) or None for name in wanted} == wanted, account.facts
