"""The slices of a credit's line, made of the kernel's numbers when somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.core.incentives.frames import Frame
from engine.core.incentives.lines import Slice
from engine.core.incentives.made import Made
from engine.core.incentives.worth import Stretch, Worth
from engine.core.kernel.tables import FLAT, KINDS, PORTION


@dataclass(slots=True, eq=False, repr=False)
class Sliced(Made[Slice]):
    """The slices of one movement."""

    frame: Frame
    worth: Worth

    def make(self) -> tuple[Slice, ...]:
        """All of them, by tier."""
        return tuple(self._slice(stretch) for stretch in self.worth.stretches)

    def _slice(self, stretch: Stretch) -> Slice:
        kind, tier, start, end, rate, base, amount = stretch
        scales, unit, frame = self.worth.scales, self.worth.unit, self.frame
        fixed = kind in (FLAT, PORTION)
        return Slice(
            KINDS[kind], tier, frame.scale, Fraction(start) / unit, Fraction(end) / unit,
            Fraction(rate) / (scales.slice if fixed else scales.rate),
            Fraction(base) / (1 if fixed else scales.position), Fraction(amount) / scales.slice, frame.tiers[tier],
        )  # fmt: skip


def sliced(frame: Frame, worth: Worth | None) -> Sequence[Slice]:
    """The slices of a movement; an empty tuple where nothing was sliced."""
    return Sliced(frame, worth) if worth is not None and worth.stretches else ()
