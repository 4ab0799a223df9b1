"""The lines of a deal, kept up to date with what was told of them."""

from dataclasses import replace
from typing import Any

from engine.core.events import Event
from engine.core.outcomes import Outcome
from engine.core.recording.common import kept, known_deal, seen
from engine.core.records import DealLine
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation


def line_set(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal with that line as told; what is not told of it goes on as it was."""
    deal, id = known_deal(event, situation), event.text("line")
    before = next((line for line in deal.lines if line.id == id), DealLine(id))
    told: dict[str, Any] = {name: value for name, value in event.body.items() if name != "line" and value is not None}
    lines = [*(line for line in deal.lines if line.id != id), replace(before, **told)]
    return kept("changed", seen(deal, event, lines=tuple(sorted(lines, key=lambda line: line.id))), event)


def line_removed(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The deal without that line. One that is not there may still be told of for an earlier moment."""
    deal = known_deal(event, situation)
    lines = tuple(line for line in deal.lines if line.id != event.text("line"))
    return kept("changed", seen(deal, event, lines=lines), event)
