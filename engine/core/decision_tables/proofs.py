"""What is proved of a table before it is used: no value falls through, no two rows quarrel, every row can be reached.

Every finding has a witness: a value for each key. The proofs are over the pieces of the axes, so they hold for all
values, and nothing is found that is not so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from engine.core.decision_tables.axes import Axis, Grid, bits
from engine.core.decision_tables.finding import priority

Box = tuple[tuple[int, ...], ...]
"""For each axis some of its pieces."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows that match the same keys; `witness` is such keys, shown."""

    earlier: int
    later: int
    witness: str


def impossible_cells(grid: Grid) -> Iterator[tuple[int, int]]:
    """Row and key of each test that no value meets: `[20%..10%)`, or `not(…)` of all there is."""
    for key, axis in enumerate(grid.axes):
        met = reduce(or_, (axis.rows[piece] for piece in axis.real), 0)
        yield from ((number, key) for number in range(len(grid.table.rows)) if not met >> number & 1)


def gap(grid: Grid) -> str:
    """Keys that no row matches, shown; empty when every key is matched by some row."""
    everything = tuple(axis.real for axis in grid.axes)
    witness = _Search(grid.axes, everything).uncovered((1 << len(grid.table.rows)) - 1)
    return shown(grid.axes, witness) if witness is not None else ""


def overlaps(grid: Grid) -> Iterator[Overlap]:
    """For each row the first row above it that matches some of the same keys; under `any` the first that disagrees."""
    rows = grid.table.rows
    agreeing = grid.table.hit == "any"
    for later, mask in enumerate(_touching(grid)):
        above = (number for number in bits(mask & ((1 << later) - 1)))
        found = next((n for n in above if not agreeing or rows[n].gives != rows[later].gives), None)
        if found is not None:
            both = zip(_box(grid, found), _box(grid, later), strict=True)
            common = tuple(tuple(piece for piece in one if piece in other) for one, other in both)
            yield Overlap(found, later, shown(grid.axes, tuple(pieces[0] for pieces in common)))


def unreachable(grid: Grid) -> Iterator[tuple[int, tuple[int, ...], str]]:
    """Each row of which every key is taken by rows that come before it, those rows, and keys that show it.

    Only where rows have an order: under `first` that of the file, under `priority` that of their results.
    """
    if grid.table.hit not in ("first", "priority"):
        return
    ranks = [
        priority(grid, number) if grid.table.hit == "priority" else (0, number)
        for number in range(len(grid.table.rows))
    ]
    for number, mask in enumerate(_touching(grid)):
        ahead = sum(1 << other for other in bits(mask) if ranks[other] < ranks[number])
        box = _box(grid, number)
        if ahead and all(box) and _Search(grid.axes, box).uncovered(ahead) is None:
            yield number, bits(ahead), shown(grid.axes, tuple(pieces[0] for pieces in box))


def shown(axes: tuple[Axis, ...], pieces: tuple[int, ...]) -> str:
    """Keys of some pieces as people write them: `deal.region = north, deal.discount = 12.5%`."""
    told = (f"{axis.column.name} = {axis.shown(piece)}" for axis, piece in zip(axes, pieces, strict=True))
    return ", ".join(told)


def _box(grid: Grid, number: int) -> Box:
    """The pieces that a row's tests take."""
    return tuple(_pieces(axis, number) for axis in grid.axes)


def _pieces(axis: Axis, number: int) -> tuple[int, ...]:
    return tuple(piece for piece in axis.real if axis.rows[piece] >> number & 1)


def _touching(grid: Grid) -> list[int]:
    """For each row all rows, itself too, that share keys with it: boxes meet where they meet on every axis."""
    whole = (1 << len(grid.table.rows)) - 1
    masks = [whole] * len(grid.table.rows)
    for axis in grid.axes:
        known: dict[tuple[int, ...], int] = {}
        for number in range(len(masks)):
            pieces = _pieces(axis, number)
            if pieces not in known:
                known[pieces] = reduce(or_, (axis.rows[piece] for piece in pieces), 0)
            masks[number] &= known[pieces]
    return masks


@dataclass(slots=True)
class _Search:
    """Looks through a box for keys that none of some rows takes.

    What was found covered once is not looked at again; rows that take all that is left of the box end the search at once;
    and of two pieces, that with the fewer rows is enough, where they are among the other's.
    """

    axes: tuple[Axis, ...]
    box: Box
    covered: set[tuple[int, int]] = field(default_factory=set)
    taking: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """For each depth the rows that take everything from there on."""
        self.taking = [-1]
        for axis, pieces in zip(reversed(self.axes), reversed(self.box), strict=True):
            self.taking.append(reduce(and_, (axis.rows[piece] for piece in pieces), self.taking[-1]))
        self.taking.reverse()

    def uncovered(self, rows: int, depth: int = 0) -> tuple[int, ...] | None:
        """Pieces, one of each axis from `depth` on, that none of the rows takes; None when they take everything."""
        if not rows:
            return tuple(pieces[0] for pieces in self.box[depth:])
        if rows & self.taking[depth] or (depth, rows) in self.covered:
            return None
        for left, piece in self._hardest(rows, depth):
            rest = self.uncovered(left, depth + 1)
            if rest is not None:
                return (piece, *rest)
        self.covered.add((depth, rows))
        return None

    def _hardest(self, rows: int, depth: int) -> list[tuple[int, int]]:
        """The rows that are left on each piece, with the piece, without those on which more rows are left."""
        found: dict[int, int] = {}
        for piece in self.box[depth]:
            found.setdefault(rows & self.axes[depth].rows[piece], piece)
        least: list[tuple[int, int]] = []
        for left in sorted(found, key=int.bit_count):
            if not any(fewer & left == fewer for fewer, _ in least):
                least.append((left, found[left]))
        return least
