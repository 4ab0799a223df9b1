"""The sentences of features and what they do."""

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.steps.sentences import Sentence

_TOPICS = (
    "deals",
    "customers",
    "time",
    "tasks",
    "taking_back",
    "calendar_feeds",
    "service",
    "team",
    "approvals",
    "scores",
    "pay",
    "books",
    "partners",
    "rules",
    "answers",
    "files",
)

STEPS = tuple(f"tests.steps.{name}" for name in _TOPICS)
"""The modules in which sentences are written, by topic."""

# Before any of them is imported, so that a failed step shows what it found.
pytest.register_assert_rewrite(*STEPS, "tests.steps.story")


def load_sentences() -> "tuple[Sentence, ...]":
    """Every sentence that any of them defines, topic by topic."""
    for name in STEPS:
        import_module(name)
    from tests.steps.sentences import SENTENCES

    return tuple(SENTENCES)
