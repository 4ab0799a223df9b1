"""The message that a task's template gives: filled with what is known now, in the contact's language."""

from typing import Literal
from urllib.parse import quote

from engine.app.dealwright import Dealwright
from engine.app.reading import Around
from engine.app.views.tasks import MessageView
from engine.app.why import fact_title, value_title
from engine.core.events import Event
from engine.core.facts import FactsAround, facts_of
from engine.core.messages import Message, filled
from engine.core.problems import Language
from engine.core.records import Task
from engine.core.rules.rulebook import in_force
from engine.core.rules.template import Template
from engine.core.situation import State


def message_for(dw: Dealwright, state: State, task: Task, known: Around) -> MessageView | None:
    """The words to copy or send; None for a task without a template, or without a deal."""
    now = dw.now()
    wanted = (
        t for t in in_force(dw.rulebook.templates, now.astimezone(dw.zone).date()) if t.header.id == task.template
    )
    template, deal = next(wanted, None), state.deal(task.deal)
    if template is None or deal is None:
        return None
    event = Event("clock.ticked", deal.id, "clock", "now", now, now.astimezone(dw.zone).date())
    facts = facts_of(event, state, dw.rulebook, deal)
    return _shown(dw, template, facts, known)


def _shown(dw: Dealwright, template: Template, facts: FactsAround, known: Around) -> MessageView:
    language = _language(dw, facts)

    def say(name: str, value: object, language: Language) -> str:
        if value is None:
            return fact_title(dw, name).show(language)
        return _named(name, facts, known, language) or value_title(dw, name, value, known).show(language)

    message = filled(template, facts, language, say)
    missing = tuple(fact_title(dw, name) for name in message.missing)
    address = str(facts.get("contact.email") or "") if template.channel == "email" else ""
    return MessageView(template.header.title, language, message.subject, message.body, missing, _mail(address, message),
                       template.place, template.channel)  # fmt: skip


def _named(name: str, facts: FactsAround, known: Around, language: Language) -> str:
    """What somebody is called in that language; empty for what is no name of a person."""
    whose, _, what = name.partition(".")
    if what != "name":
        return ""
    if whose == "contact":
        return str(facts.get("contact.name_zh") or "") if language == "zh" else ""
    person = str(facts.get(f"{whose}.id") or "")
    return known.person(person).show(language) if whose in ("owner", "actor", "person") and person else ""


def _language(dw: Dealwright, facts: FactsAround) -> Literal["en", "zh"]:
    """The contact's language where we speak it, else the company's first."""
    told = str(facts.get("contact.language") or "").lower()[:2]
    first = dw.rulebook.company.languages[0] if dw.rulebook.company.languages else "en"
    return "zh" if (told or first) == "zh" else "en"


def _mail(address: str, message: Message) -> str:
    """A link that opens the message in a mail program; empty without an address."""
    if not address:
        return ""
    return f"mailto:{quote(address, safe='@')}?subject={quote(message.subject)}&body={quote(message.body)}"
