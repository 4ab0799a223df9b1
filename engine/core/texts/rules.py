"""R0xx, R2xx: rule files, their shape and what they mean together."""

from engine.core.texts.rule_meaning import MEANING_TEXTS
from engine.core.texts.rule_reading import READING_TEXTS
from engine.core.texts.rule_shape import SHAPE_TEXTS
from engine.core.texts.shape import ProblemText

RULE_TEXTS: tuple[ProblemText, ...] = (*READING_TEXTS, *SHAPE_TEXTS, *MEANING_TEXTS)
