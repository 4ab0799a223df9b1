"""The facts that a condition may mention, as they stand around one event: full name -> value.

A fact without a value is simply absent. People are shown as they were on the event's day, so a replay does not depend
on who they are today. Measures are counted from the history that the state holds.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from engine.core.accounts import account_of
from engine.core.approving.standing import standings
from engine.core.contacts import contact_facts
from engine.core.events import Event
from engine.core.measuring import measured
from engine.core.merging import as_known, surviving
from engine.core.money import Money
from engine.core.records import Deal, DealLine, Partner, Person, Task
from engine.core.rules.rulebook import Rulebook
from engine.core.service.facts import TICKET_COUNTS, ticket_count, ticket_facts, ticket_of
from engine.core.situation import State
from engine.core.workflow.idling import IDLE_FACTS, idle_fact

_OF_EVENT = {
    "activity.logged": ("activity", ("kind", "outcome", "channel", "duration_minutes", "by", "return_on")),
    "payment.received": ("payment", ("amount", "instalment")),
    "invoice.issued": ("invoice", ("amount",)),
    "credit_note.issued": ("credit_note", ("amount", "reason")),
    "registration.requested": ("registration", ("account", "product_line")),
}


class FactsAround(dict[str, object]):
    """The facts of one event. People, companies and measures are looked up when somebody first asks for one of their
    facts, since most events never do.

    What is not set is not there: `get` gives None, `in` says False.
    """

    __slots__ = ("_groups", "_measures")

    def __init__(
        self,
        known: Mapping[str, object],
        groups: Mapping[str, Callable[[], Mapping[str, object]]],
        measures: Callable[[str], object],
    ) -> None:
        super().__init__(known)
        self._groups, self._measures = dict(groups), measures

    def get(self, name: str, default: object = None) -> object:
        """The fact's value, or the default when it is not set."""
        value = super().get(name)
        if value is None:
            value = self._late(name)
        return default if value is None else value

    def _late(self, name: str) -> object:
        """The value of a fact whose group is not looked up yet, or that is counted; kept for the next who asks."""
        group = self._groups.pop(name.partition(".")[0], None)
        if group is not None:
            self.update(group())
            if (value := super().get(name)) is not None:
                return value
        value = self._measures(name)
        if value is not None:
            self[name] = value
        return value

    def __getitem__(self, name: str) -> object:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None


def laid_over(facts: Mapping[str, object], more: Mapping[str, object]) -> Mapping[str, object]:
    """Facts with others laid over them; what is looked up late stays so."""
    if not isinstance(facts, FactsAround):
        return {**facts, **more}
    return FactsAround({**dict(facts.items()), **more}, facts._groups, facts._measures)


def facts_of(event: Event, state: State, rulebook: Rulebook, deal: Deal | None = None) -> FactsAround:
    """Every fact around the event. `deal` is the event's deal when the caller has it at hand."""
    facts = _event_facts(event)
    zone = rulebook.company.time_zone
    task = state.task(event.subject) if event.type.startswith("task.") else None
    if task:
        facts |= task_facts(task, zone)
    ticket = ticket_of(event, state)
    if ticket:
        facts |= ticket_facts(ticket, event)
    account = account_of(event)
    if deal is None and not account:
        deal = state.deal(task.deal if task else ticket.deal if ticket else event.subject)
    if deal:
        facts |= deal_facts(deal, zone)
        if deal.account:
            facts["deal.account"] = surviving(deal.account, state, event.at)
    groups = _people_and_companies(event, facts, state)
    around = FactsAround(facts, groups, lambda name: None)
    around._measures = partial(_counted, rulebook, event, around, state)
    if deal and rulebook.approvals:
        around._groups["approval"] = partial(standings, deal.id, event.on, state, rulebook, around)
    return around


def _counted(rulebook: Rulebook, event: Event, facts: Mapping[str, object], state: State, name: str) -> object:
    """The value of the measure of that name, or of what is only worked out when asked; None when there is none."""
    if name in IDLE_FACTS:
        return idle_fact(name, event, state, rulebook)
    if name in TICKET_COUNTS:
        return ticket_count(name, event, facts, state, rulebook)
    measure = next((measure for measure in rulebook.measures() if measure.name == name), None)
    return measured(measure, event, facts, state) if measure else None


def _day(at: datetime, zone: str) -> date:
    """The day of a moment in the company's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def deal_facts(deal: Deal, zone: str) -> dict[str, object]:
    """The deal's own facts, under their full names; days are those of the company's zone."""
    facts: dict[str, object] = {f"deal.{name}": value for name, value in deal.facts.items() if value is not None}
    amount = deal.facts.get("amount")
    facts |= {
        "deal": deal.id, "deal.id": deal.id, "deal.stage": deal.stage, "deal.pipeline": deal.pipeline,
        "deal.closed": deal.status != "open", "deal.entered_stage_on": _day(deal.entered_stage_at, zone),
        "deal.team": tuple(share.person for share in deal.team),
    }  # fmt: skip
    if isinstance(amount, Money):
        facts["deal.currency"] = amount.currency
    for name in ("previous_stage", "won_on", "owner_at_win", "previous_owner", "reassigned_on"):
        if value := getattr(deal, name):
            facts[f"deal.{name}"] = value
    return facts


def line_facts(line: DealLine) -> dict[str, object]:
    """What a credit rule for each line may know of it."""
    values = ((name, getattr(line, name)) for name in ("id", "product", "product_line", "quantity", "amount", "margin"))
    return {f"line.{name}": value for name, value in values if value not in (None, "")}


def task_facts(task: Task, zone: str) -> dict[str, object]:
    """What a condition may know of a task."""
    return {
        "task.id": task.id, "task.purpose": task.purpose, "task.channel": task.channel,
        "task.due_on": _day(task.due_at, zone), **({"task.outcome": task.outcome} if task.outcome else {}),
    }  # fmt: skip


def person_facts(prefix: str, person: Person, event: Event) -> dict[str, object]:
    """A person as they were on the event's day, under `owner.` or another prefix."""
    facts: dict[str, object] = {
        prefix: person.id, f"{prefix}.id": person.id, f"{prefix}.name": person.name,
        f"{prefix}.joined_on": person.joined_before(event.on),
    }  # fmt: skip
    if person.left_on and person.left_on <= event.on:
        facts[f"{prefix}.left_on"] = person.left_on
    version = person.on(event.on)
    if version:
        for name in ("role", "level", "team", "manager", "region"):
            if getattr(version, name):
                facts[f"{prefix}.{name}"] = getattr(version, name)
        facts |= {f"{prefix}.{name}": value for name, value in version.facts.items() if value is not None}
    return facts


def _event_facts(event: Event) -> dict[str, object]:
    facts: dict[str, object] = {
        "event.type": event.type, "event.on": event.on, "event.at": event.at, "event.source": event.source,
    }  # fmt: skip
    if event.actor:
        facts["event.actor"] = event.actor
    if event.type in _OF_EVENT:
        prefix, names = _OF_EVENT[event.type]
        facts |= {f"{prefix}.{name}": event.body[name] for name in names if event.body.get(name) not in (None, "")}
        facts |= {f"{prefix}.on": event.on, f"{prefix}.id": event.body.get(prefix) or event.key}
    if event.type.startswith("task.") and event.body.get("outcome"):
        facts["task.outcome"] = event.body["outcome"]
    return facts


def _people_and_companies(
    event: Event, facts: Mapping[str, object], state: State
) -> Mapping[str, Callable[[], Mapping[str, object]]]:
    """The owner, the actor, the account and the partner that the facts so far point to, each looked up when asked for."""
    family = event.type.split(".")[0]
    own = event.subject if family in ("person", "quota", "score") else ""
    people = {
        "owner": str(facts.get("deal.owner") or facts.get("ticket.owner") or ""),
        "actor": event.actor,
        "person": own,
    }
    account = (
        facts.get("deal.account")
        or facts.get("registration.account")
        or facts.get("ticket.account")
        or account_of(event)
    )
    partner = facts.get("deal.partner") or (event.subject if family in ("partner", "agreement", "registration") else "")
    found: dict[str, Callable[[], Mapping[str, object]]] = {
        prefix: partial(_person_asked, prefix, id, event, state) for prefix, id in people.items() if id
    }
    if account:
        found["account"] = lambda: _company_facts("account", as_known(str(account), state, event.at))
    contact = facts.get("deal.contact") or (event.subject if family == "contact" else "")
    if contact:
        found["contact"] = lambda: contact_facts(state.contact(str(contact)), event.at)
    if partner:
        found["partner"] = lambda: _company_facts("partner", partner_at(str(partner), state, event))
    return found


def _person_asked(prefix: str, id: str, event: Event, state: State) -> Mapping[str, object]:
    person = state.person(id)
    return person_facts(prefix, person, event) if person else {}


def partner_at(id: str, state: State, event: Event) -> Partner | None:
    """A partner as they were at the event's moment; None when nobody had told of them."""
    partner = state.partner(id)
    return partner.at(event.at) if partner else None


def _company_facts(prefix: str, record: object) -> dict[str, object]:
    """The facts of an account or a partner; empty when there is none."""
    if record is None:
        return {}
    names = ("id", "name", "channel", "partner_tier", "created_on", "joined_on")
    facts = {f"{prefix}.{name}": getattr(record, name, None) for name in names}
    facts |= {f"{prefix}.{name}": value for name, value in getattr(record, "facts", {}).items()}
    return {
        prefix: getattr(record, "id", None),
        **{name: value for name, value in facts.items() if value not in (None, "")},
    }
