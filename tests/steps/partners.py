"""Sentences about companies: partners with their agreements and registrations, and customers that are one."""

from datetime import date, datetime

from tests.steps.facts import CHOICES_ZH
from tests.steps.readings import shown_day
from tests.steps.sentences import given, then, when
from tests.steps.story import Story


@given("{partner} has an agreement from {day} until {until:day}", "{partner}的协议自{day}起，到{until:day}为止")
def has_agreement(story: Story, partner: str, day: date, until: date) -> None:
    """Signed; its last day is the one before `until`."""
    story.tell("agreement.signed", partner, story.now, "xu-qing", from_on=day, until_on=until)


@when(
    "on {moment}, {partner} registers the customer {customer} for {name}",
    "{moment}，{partner}报备客户{customer}的{name}",
)
def registers(story: Story, moment: datetime, partner: str, customer: str, name: str) -> None:
    """A claim to a customer for a product line."""
    id = f"R-{story.count}"
    line = CHOICES_ZH.get(name, name)
    story.tell("registration.requested", partner, moment, partner, registration=id, account=customer, product_line=line)


_STATES = {"granted": "granted", "refused": "refused", "fulfilled": "fulfilled",
           "获准": "granted", "被拒绝": "refused", "已成交": "fulfilled"}  # fmt: skip


@then(
    "the registration of {customer} by {partner} is {state:name}[ until {day}][, because {text} in {file}]",
    "{partner}对{customer}的报备{state:name}[，到{day}为止][，原因是 {file} 中的{text}]",
)
def registration_is(
    story: Story, customer: str, partner: str, state: str, day: date | None = None, text: str = "", file: str = ""
) -> None:
    """Granted until the first day on which it protects no more; refused with the words of the criterion; fulfilled."""
    with story.state() as records:
        own = [one for one in records.registrations(customer) if one.partner == partner]
    last = own[-1]
    assert last.state == _STATES[state], last
    assert day in (None, last.until_on), last.until_on and shown_day(last.until_on, story.language)
    said = {one for note in last.cause.notes for one in note}
    assert not text or text in said, f"{said}"
    assert file in ("", last.cause.place.file), last.cause.place


@when(
    "on {moment}, the customer {customer} is merged into {name}",
    "{moment}，客户{customer}并入{name}",
)
def is_merged(story: Story, moment: datetime, customer: str, name: str) -> None:
    """Two records of one company; everything is found under the second from then on."""
    story.tell("account.merged", customer, moment, "guo-hua", into=name)


@when(
    "on {moment}, the merge of the customer {customer} is undone, because {reason}",
    "{moment}，撤销客户{customer}的合并，原因是{reason}",
)
def is_unmerged(story: Story, moment: datetime, customer: str, reason: str) -> None:
    """They were two after all; from then on each is by itself again."""
    story.tell("account.unmerged", customer, moment, "guo-hua", reason=reason)
