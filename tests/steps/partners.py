"""Sentences about channel partners: agreements and deal registration."""

from datetime import date, datetime

from engine.core.records import Registration
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


def _registrations(story: Story, partner: str, customer: str) -> list[Registration]:
    with story.state() as state:
        return [one for one in state.registrations(customer) if one.partner == partner]


@then("the registration of {customer} by {partner} holds until {day}", "{partner}对{customer}的报备有效期到{day}为止")
def holds_until(story: Story, customer: str, partner: str, day: date) -> None:
    """Granted; the day is the first on which it protects no more."""
    found = [(one.state, one.until_on) for one in _registrations(story, partner, customer)]
    assert ("granted", day) in found, [(state, until and shown_day(until, story.language)) for state, until in found]


@then(
    "the registration of {customer} by {partner} is refused, because {text} in {file}",
    "{partner}对{customer}的报备被拒绝，原因是 {file} 中的{text}",
)
def registration_refused(story: Story, customer: str, partner: str, text: str, file: str) -> None:
    """The words of the criterion, or the code of what is missing."""
    one = _registrations(story, partner, customer)[-1]
    assert one.state == "refused", one
    found = [(said, one.cause.place.file) for _, said in one.cause.notes]
    found += [(code, one.cause.place.file) for code, _ in one.cause.notes]
    assert (text, file) in found, f"{found}"


@then("the registration of {customer} by {partner} is fulfilled", "{partner}对{customer}的报备已成交")
def is_fulfilled(story: Story, customer: str, partner: str) -> None:
    """The deal that it protected was won."""
    found = [one.state for one in _registrations(story, partner, customer)]
    assert found == ["fulfilled"], f"{found}"
