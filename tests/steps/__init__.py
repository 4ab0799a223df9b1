"""The sentences of features and what they do."""

_TOPICS = ("deals", "time", "tasks", "pay", "books", "partners", "rules", "answers", "files")

STEPS = tuple(f"tests.steps.{name}" for name in _TOPICS)
"""The modules in which sentences are written, by topic."""
