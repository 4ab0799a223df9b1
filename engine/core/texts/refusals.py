"""E0xx: events that are refused or cannot be evaluated."""

from engine.core.texts.shape import ProblemText

REFUSAL_TEXTS: tuple[ProblemText, ...] = ()
