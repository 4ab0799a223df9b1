"""What one movement of a credit is worth before cap and rounding, row by row out of the kernel's columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.core.incentives.lines import Slice
from engine.core.kernel.tables import FLAT, KINDS, PORTION, Scales, Slices
from engine.core.kernel.walks import Walked
from engine.core.rules.plan import RateTable

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Worth:
    """What one movement is worth: its slices, their sum, the sum within the bounds per deal, and that times its factor.

    `before` and `after` are positions on the scale. `gate` is none, met, not_met, or other_version (counted here, paid
    by another version of the plan). `factor` None: it is not set, which pays nothing. `rows` and `how` tell what a rate's
    and a factor's tables read. Amounts are exact minor units.
    """

    slices: tuple[Slice, ...] = ()
    raw: Fraction = ZERO
    limited: Fraction = ZERO
    final: Fraction = ZERO
    before: Fraction | None = None
    after: Fraction | None = None
    factor: Fraction | None = Fraction(1)
    gate: str = "none"
    rows: str = ""
    how: str = ""


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


def scale_of(table: RateTable) -> str:
    """What positions count: attainment, amount, count, formula, or rate where a position is the rate itself."""
    if table.method == "formula":
        return "rate"
    return "formula" if table.by_formula else table.by


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads rows of a walk. `units` are the scaled positions that make 1 on the rate table's scale, by segment."""

    rates: RateTable
    scales: Scales
    walked: Walked
    first: Mapping[int, int]
    units: tuple[Fraction, ...]

    def worth(self, row: int, say: Asked) -> Worth:
        """The worth of one movement."""
        walked, ways, scales = self.walked, self.walked.ways, self.scales
        unit = self.units[int(ways.segment[row])]
        return Worth(
            self.slices(row),
            exact(walked.raw[row], scales.slice),
            exact(walked.limited[row], scales.slice),
            exact(walked.final[row], scales.slice * scales.factor),
            Fraction(ways.before[row]) / unit if say.placed and ways.begun_before[row] else None,
            Fraction(ways.after[row]) / unit if say.placed and ways.begun_after[row] else None,
            say.factor,
            say.gate,
            say.rows,
            say.how,
        )

    def slices(self, row: int) -> tuple[Slice, ...]:
        """The slices of one movement."""
        start = self.first.get(row)
        found: list[Slice] = []
        while start is not None and start < len(self.walked.slices.row) and self.walked.slices.row[start] == row:
            found.append(self._slice(self.walked.slices, start, self.units[int(self.walked.ways.segment[row])]))
            start += 1
        return tuple(found)

    def _slice(self, slices: Slices, at: int, unit: Fraction) -> Slice:
        kind, tier, scales = int(slices.kind[at]), int(slices.tier[at]), self.scales
        start, end = Fraction(slices.start[at]) / unit, Fraction(slices.end[at]) / unit
        fixed = kind in (FLAT, PORTION)
        rate = exact(slices.rate[at], scales.slice if fixed else scales.rate)
        base = exact(slices.base[at], 1 if fixed else scales.position)
        amount = exact(slices.amount[at], scales.slice)
        place = self.rates.tiers[tier].place
        return Slice(KINDS[kind], tier, scale_of(self.rates), start, end, rate, base, amount, place)


def exact(value: object, scale: int = 1) -> Fraction:
    """A number of a column without its scale; of a formula, minor units of money, a ratio, a count.

    A TypeError for what is no exact number.
    """
    minor = getattr(value, "minor", value)
    if isinstance(minor, bool) or not hasattr(minor, "numerator") or not hasattr(minor, "denominator"):
        raise TypeError(f"{value!r} is no number")
    return Fraction(int(minor.numerator), int(minor.denominator) * scale)


def first_rows(slices: Slices) -> dict[int, int]:
    """For each row that has slices, the place of its first."""
    found: dict[int, int] = {}
    for place, row in enumerate(slices.row.tolist()):
        found.setdefault(row, place)
    return found
