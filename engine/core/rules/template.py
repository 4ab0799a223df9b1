"""A message template: what a representative copies or sends, with facts filled in."""

from dataclasses import dataclass

from engine.core.problems import Place
from engine.core.rules.header import Header, Title


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a message of a channel in both languages. `{deal.name}` stands for a fact, `{{` for a brace."""

    header: Header
    channel: str
    subject: Title
    body: Title
    place: Place
