"""What goes wrong between us and the C module, and how it is told: never as "no match"."""

from engine.core.formulas import EvaluationError
from engine.core.problems import Place


class MatchingError(EvaluationError):
    """The matcher could not answer for an event (E095). The event goes to quarantine."""

    def __init__(self, place: Place | None, type: str, reason: str) -> None:
        super().__init__("E095", place, type=type, reason=reason)
