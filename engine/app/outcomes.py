"""What may come of a task or a touch, in words: as the vocabulary declares it, else as it comes with the product."""

from engine.app.dealwright import Dealwright
from engine.app.views.choices import Choice
from engine.app.words import RESULTS, choices, word
from engine.core.rules.header import Title
from engine.core.rules.vocabulary import TaskOutcome
from engine.core.workflow.task_outcomes import declared, outcomes_of


def outcomes_for(dw: Dealwright, channel: str, purpose: str = "") -> tuple[Choice, ...]:
    """What a person may answer to such a task, the plain one first; empty: it is done, and nothing more is said."""
    if not declared(dw.rulebook):
        return choices(RESULTS.get(channel, ("done",)))
    return tuple(Choice(one.code, _title(one)) for one in outcomes_of(dw.rulebook, channel, purpose))


def is_touch(dw: Dealwright, channel: str) -> bool:
    """True when doing a task of that channel is the touch itself."""
    return any(channel in vocabulary.logged_when_done for vocabulary in dw.rulebook.vocabularies)


def outcome_title(dw: Dealwright, code: str) -> Title:
    """The outcome's words."""
    found = next((one for one in declared(dw.rulebook) if one.code == code), None)
    return _title(found) if found else word(code)


def _title(outcome: TaskOutcome) -> Title:
    return word(outcome.code) if outcome.title.en == outcome.code else outcome.title
