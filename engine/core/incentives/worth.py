"""What one movement of a credit is worth before cap and rounding, row by row out of the kernel's columns.

The numbers stay as the kernel has them, whole on its scales; they become fractions when somebody asks what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.core.kernel.columns import Column
from engine.core.kernel.tables import Scales
from engine.core.kernel.walks import Walked
from engine.core.rules.plan import RateTable

Number = int | Fraction
"""A number of the kernel: whole on a common scale; a fraction where a quotient had to be taken, and the scale is 1."""

Stretch = tuple[int, int, Number, Number, Number, Number, Number]
"""A slice in the kernel's numbers: kind, tier, start, end, rate, base, amount."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules say of one credit: its factor (None: not set), what the gate says, and where it stands when it is
    rated by itself (None: it is not; or its place is not set, then it is not `placed`). `rows` and `how` tell what the
    tables of its rate and of its factor read."""

    factor: Fraction | None
    gate: str
    place: Fraction | None = None
    placed: bool = True
    rows: str = ""
    how: str = ""

    @property
    def paid(self) -> bool:
        """True when it earns: no gate is in the way, and it has a place."""
        return self.gate in ("none", "met") and self.placed


@dataclass(slots=True)
class Worth:
    """What one movement is worth: its slices, their sum, the sum within the bounds per deal, and that times its factor.

    All numbers are the kernel's; `unit` is the position that makes 1 on the rate table's scale. `way` is from where to
    where the position moved (None: it has none). `say` is what the rules said of the credit.
    """

    scales: Scales
    unit: Number
    way: tuple[Number | None, Number | None]
    sums: tuple[Number, Number, Number]
    stretches: Sequence[Stretch]
    say: Asked

    @property
    def before(self) -> Fraction | None:
        """The position before, on the rate table's scale."""
        return self._position(self.way[0])

    @property
    def after(self) -> Fraction | None:
        """The position after, on the rate table's scale."""
        return self._position(self.way[1])

    @property
    def raw(self) -> Fraction:
        """What the rate table gives, in minor units."""
        return Fraction(self.sums[0]) / self.scales.slice

    @property
    def limited(self) -> Fraction:
        """That within the bounds per deal, in minor units."""
        return Fraction(self.sums[1]) / self.scales.slice

    @property
    def final(self) -> Fraction:
        """That times its factor, in minor units."""
        return Fraction(self.sums[2]) / (self.scales.slice * self.scales.factor)

    def _position(self, number: Number | None) -> Fraction | None:
        return None if number is None else Fraction(number) / self.unit


def scale_of(table: RateTable) -> str:
    """What positions count: attainment, amount, count, formula, or rate where a position is the rate itself."""
    if table.method == "formula":
        return "rate"
    return "formula" if table.by_formula else table.by


class Reading:
    """Reads rows of a walk of segments; `units` are the positions that make 1 on the rate table's scale, unscaled."""

    def __init__(self, scales: Scales, walked: Walked, units: Sequence[int]) -> None:
        slices, ways = walked.slices, walked.ways
        self.scales, self.walked = scales, walked
        self.paid: list[int] = walked.paid.tolist()
        self.withheld: list[int] = walked.withheld.tolist()
        self.final: list[Number] = walked.final.tolist()
        self._units = [unit * scales.position for unit in units]
        self._segment: list[int] = ways.segment.tolist()
        self._ways = list(
            zip(_begun(ways.before, ways.begun_before), _begun(ways.after, ways.begun_after), strict=True)
        )
        self._sums = list(zip(walked.raw.tolist(), walked.limited.tolist(), self.final, strict=True))
        self._exact: list[Number] = walked.exact.tolist()
        columns = (slices.kind, slices.tier, slices.start, slices.end, slices.rate, slices.base, slices.amount)
        self._stretches: list[Stretch] = list(zip(*(column.tolist() for column in columns), strict=True))
        self._first: list[int] = slices.begins(len(self.paid)).tolist()

    def worth(self, row: int, say: Asked) -> Worth:
        """The worth of one movement."""
        stretches = self._stretches[self._first[row] : self._first[row + 1]]
        way = self._ways[row] if say.placed else (None, None)
        return Worth(self.scales, self._units[self._segment[row]], way, self._sums[row], stretches, say)

    def exact(self, row: int) -> Fraction:
        """What one movement came to after the cap, in minor units."""
        return Fraction(self._exact[row], self.scales.amount)


def _begun(positions: Column, begun: Column) -> list[Number | None]:
    """The positions; None before anything is counted."""
    return [one if there else None for one, there in zip(positions.tolist(), begun.tolist(), strict=True)]


def exact(value: object, scale: int = 1) -> Fraction:
    """A number of a column without its scale; of a formula, minor units of money, a ratio, a count.

    A TypeError for what is no exact number.
    """
    minor = getattr(value, "minor", value)
    if isinstance(minor, bool) or not hasattr(minor, "numerator") or not hasattr(minor, "denominator"):
        raise TypeError(f"{value!r} is no number")
    return Fraction(int(minor.numerator), int(minor.denominator) * scale)
