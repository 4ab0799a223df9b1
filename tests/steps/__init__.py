"""The sentences of features and what they do."""

STEPS = tuple(f"tests.steps.{name}" for name in ("deals", "time", "tasks", "pay", "books", "partners", "rules", "answers"))
"""The modules in which sentences are written, by topic."""
