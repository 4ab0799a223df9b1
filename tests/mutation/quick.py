"""What makes tests quick and alike for every planted fault: few examples, always the same, and no remembered results."""

import sys

from hypothesis import settings

settings.register_profile("quick", max_examples=20, derandomize=True, deadline=None, database=None)
settings.load_profile("quick")


def pytest_sessionstart() -> None:
    """Forgets what the engine's functions remember of earlier tests, since a fault in them would never be met."""
    for name, module in list(sys.modules.items()):
        if name.startswith("engine.core."):
            for value in list(vars(module).values()):
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()
