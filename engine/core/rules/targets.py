"""Targets and their decomposition: 目标与分解. Children always sum to their parent to the cent."""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.money import Money
from engine.core.rules.header import Header


@dataclass(frozen=True, slots=True)
class Split:
    """How a goal is divided. `quarters` and `months` are weights, or None for even; `weeks` is `by_working_days` or
    `even`; `people` are (person, share) with shares that total 1."""

    quarters: tuple[Fraction, ...] | None
    months: tuple[Fraction, ...] | None
    weeks: str
    people: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """One goal: measure, period, amount, owner, the target it serves, and how it is decomposed."""

    header: Header
    measure: str
    period: str
    goal: Money
    owner: str
    parent: str
    split: Split
    stretch_limit: Fraction | None = None
