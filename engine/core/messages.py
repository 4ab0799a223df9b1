"""Messages: a template's words with facts filled in. What is not known is named in its place, never left blank."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.core.problems import Language
from engine.core.rules.header import Title
from engine.core.rules.template import Template

Say = Callable[[str, object, Language], str]
"""(fact's name, its value or None, language) -> the value as a person reads it; for None, what the fact is called."""

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to be sent, and the names of the facts that it could not say, in the order of the words."""

    subject: str
    body: str
    missing: tuple[str, ...] = ()


def facts_named(words: Title) -> tuple[str, ...]:
    """The names in braces of both languages, each once, in order."""
    found = (part.strip() for text in (words.en, words.zh) for part in _PART.findall(text) if part)
    return tuple(dict.fromkeys(found))


def filled(template: Template, facts: Mapping[str, object], language: Language, say: Say) -> Message:
    """The message in one language (the other where that one is not written)."""
    missing: dict[str, None] = {}

    def part(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        name = match[1].strip()
        value = facts.get(name)
        if value is not None:
            return say(name, value, language)
        missing[name] = None
        return f"[{say(name, None, language)}]"

    subject, body = (_PART.sub(part, words.show(language)) for words in (template.subject, template.body))
    return Message(subject, body.strip(), tuple(missing))
