"""The sample company's eighteen months, made from a seed: people who come and go, deals, calls, money, mistakes.

The same seed and last day give the same events, byte for byte. Nothing here knows how the rules pay or what they ask
people to do: it sends events through the same doors as everybody, and answers the tasks that come back.
"""

from engine.app.demo.showing import Demo, demo, sample_rules

__all__ = ["Demo", "demo", "sample_rules"]
