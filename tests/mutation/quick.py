"""Few examples, always the same ones and without a deadline, for a property that is tried once for every planted fault."""

from hypothesis import settings

settings.register_profile("quick", max_examples=20, derandomize=True, deadline=None, database=None)
settings.load_profile("quick")
