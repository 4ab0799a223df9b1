"""A component's rows: which scale makes them whole, when fractions are needed, and the kinds of numbers agree."""

from fractions import Fraction
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.kernel import component
from engine.core.kernel.component import Limits, Rows, calculated, plain, scales_of
from engine.core.kernel.tables import Scales
from engine.core.money import Rounding
from engine.core.rules.plan import RateTable
from tests.core.kernel.making import Outcome, comes, leaves, outcome, rates_of, rows_of, walked

F = Fraction
TENTH, FIFTH = F(1, 10), F(1, 5)
RISING = rates_of("marginal", (0, "rate", TENTH), (F(1, 3), "rate", F(1, 4)))


def scales(rates: RateTable, rows: Rows, limits: Limits | None = None, units: tuple[int, ...] = (1,)) -> Scales:
    """The scales of these rows."""
    return scales_of(rates, units, rows, limits or Limits())


def test_a_scale_makes_everything_whole_and_is_no_larger_than_it_must_be() -> None:
    assert scales(RISING, rows_of([1])) == Scales(3, 20, 1, 1)
    assert scales(RISING, rows_of([1]), units=(6, 9)) == Scales(1, 20, 1, 1)
    assert scales(RISING, rows_of([1]), units=(6, 4)) == Scales(3, 20, 1, 1)
    assert scales(RISING, rows_of([1, 2], factor=[F(1, 7), F(1, 2)])) == Scales(3, 20, 14, 1)
    shared = rows_of([1], segments=[[*comes(0), leaves(0, F(1, 5))]])
    assert scales(RISING, shared) == Scales(3, 20, 1, 5)
    assert scales(RISING, rows_of([0, 1], length=[F(1, 4), 0])) == Scales(12, 20, 1, 1)
    assert scales(RISING, rows_of([0], place=[F(1, 5)])) == Scales(15, 20, 1, 1)
    assert scales(RISING, rows_of([1]), Limits(highest=[F(1, 2)])) == Scales(6, 20, 1, 1)
    halves = rates_of("per_block", (0, "each", 3), block=1)
    assert scales(halves, rows_of([1], length=[2])) == Scales(1, 1, 1, 1)
    blocks = RateTable(**{name: getattr(halves, name) for name in halves.__slots__} | {"block": F(1, 2)})
    assert scales(blocks, rows_of([1], length=[2])) == Scales(2, 1, 1, 1)


def test_where_a_position_is_the_rate_both_have_one_scale() -> None:
    rates = rates_of("formula", (0, "rate", F(0)))
    assert scales(rates, rows_of([100], place=[F(3, 8)])) == Scales(8, 8, 1, 1)


@pytest.mark.parametrize(
    ("method", "kind", "crosses", "changes", "divides"),
    [
        ("marginal", "rate", "split", {"length": [5, 7]}, True),
        ("marginal", "rate", "split", {"length": [0, 7]}, True),
        ("marginal", "rate", "split", {"length": [3, 4]}, False),
        ("marginal", "rate", "split", {"length": [0, 4]}, False),
        ("marginal", "rate", "split", {"place": [5, 7]}, True),
        ("marginal", "rate", "split", {"place": [3, 4]}, False),
        ("marginal", "rate", "split", {"length": [3, 4], "place": [5, 7]}, True),
        ("marginal", "rate", "split", {}, False),
        ("marginal", "rate", "rate_before", {"length": [5, 7]}, False),
        ("marginal", "each", "split", {"length": [5, 7]}, False),
        ("per_block", "each", "split", {"length": [5, 7]}, False),
        ("whole", "rate", "split", {"length": [5, 7]}, False),
        ("flat", "flat", "split", {"length": [5, 7]}, False),
        ("formula", "rate", "split", {"place": [5, 7]}, False),
        ("interpolated", "rate", "split", {}, True),
        ("interpolated", "flat", "split", {}, True),
    ],
)
def test_fractions_are_taken_only_where_a_quotient_is_needed(
    method: str, kind: str, crosses: str, changes: dict[str, list[int]], divides: bool
) -> None:
    rates = rates_of(method, (0, kind, 1), (2, kind, 2), crosses=crosses)
    assert scales(rates, rows_of([3, 4], **changes)).exact == divides
    assert scales(rates, rows_of([3, 4], **changes)) != Scales(exact=not divides)


def test_a_highest_position_needs_a_quotient_where_lengths_are_not_amounts() -> None:
    limits = Limits(highest=[F(9)])
    whole = rates_of("whole", (0, "rate", 1))
    assert scales(whole, rows_of([3], length=[2]), limits).exact
    assert scales(whole, rows_of([0], length=[2]), limits).exact
    assert not scales(whole, rows_of([3]), limits).exact
    assert not scales(whole, rows_of([3], length=[2])).exact


def test_numbers_are_of_64_bits_where_they_fit_and_without_a_limit_where_they_do_not() -> None:
    small = calculated(RISING, [1], rows_of([100, 200]), Limits(), Rounding.HALF_UP)[1]
    large = calculated(RISING, [1], rows_of([10**17, 200]), Limits(cap=10**17), Rounding.HALF_UP)[1]
    divided = calculated(RISING, [1], rows_of([100], length=[3]), Limits(), Rounding.HALF_UP)[1]
    assert small.exact.dtype == small.slices.amount.dtype == small.paid.dtype == np.int64
    assert large.exact.dtype == large.slices.amount.dtype == object
    assert all(type(one) is int for one in large.exact) and all(type(one) is int for one in large.paid)
    assert all(isinstance(one, Fraction) for one in divided.exact)
    with patch.object(component, "fits", side_effect=AssertionError("fractions are not asked whether they fit")):
        calculated(RISING, [1], rows_of([100], length=[3]), Limits(), Rounding.HALF_UP)


@pytest.mark.parametrize("by_place", [False, True])
@pytest.mark.parametrize(
    ("method", "kind", "block"),
    [("marginal", "rate", None), ("marginal", "flat", None), ("per_block", "each", 2), ("whole", "rate", None),
     ("whole", "each", 2), ("flat", "flat", None)],
)  # fmt: skip
def test_every_column_stays_in_64_bits_where_it_may(method: str, kind: str, block: int | None, by_place: bool) -> None:
    rates = rates_of(method, (0, kind, 1), (4, kind, 2), block=block)
    rows = rows_of([3, 2, 1], place=[3, 2, 1] if by_place else None, segments=[[*comes(0, 1, 2), leaves(1)]])
    for limits in (Limits(), Limits(1, 5, 6, [2])):
        found = calculated(rates, [1], rows, limits, Rounding.HALF_EVEN)[1]
        own = [getattr(found, name) for name in found.__slots__ if name not in ("ways", "slices")]
        columns = own + [getattr(found.slices, name) for name in found.slices.__slots__]
        assert [column.dtype for column in columns] == [np.dtype(np.int64)] * len(columns)


PRIMES = [F(1, prime) for prime in (998_244_353, 1_000_000_007, 1_000_000_009)]


@pytest.mark.parametrize(
    ("rates", "exact"),
    [
        (rates_of("formula", (0, "rate", F(0))), [10**9 * place for place in PRIMES]),
        (rates_of("whole", (0, "each", 3), (5, "each", 7)), [3 * place for place in PRIMES]),
        (rates_of("whole", (0, "rate", TENTH), (1, "rate", FIFTH)), [10**8] * 3),
        (rates_of("marginal", (0, "flat", 3), (F(1, 10**9), "flat", 7)), [7 + 3, 3, 3]),
        (rates_of("flat", (0, "flat", 3), (F(1, 10**9), "flat", 7)), [7, 3, 3]),
    ],
    ids=["formula", "units", "whole", "fixed", "flat"],
)
def test_a_scale_that_is_itself_beyond_64_bits_is_no_error(rates: RateTable, exact: list[Fraction]) -> None:
    rows = rows_of([10**9] * 3, place=PRIMES)
    found = walked(rates, rows)
    assert component.scales_of(rates, [1], rows, Limits()).position > 2**63
    assert found.exact == exact


def test_lengths_and_places_that_are_the_amounts_stay_one_column() -> None:
    def natural(rows: Rows) -> bool:
        return calculated(RISING, [1], rows, Limits(), Rounding.HALF_UP)[1].ways.natural

    assert natural(rows_of([3, 4])) and natural(rows_of([3, 4], place=[3, 4]))
    assert not natural(rows_of([3, 4], length=[3, 4])) and not natural(rows_of([0, 4], place=[3, 4]))
    with patch.object(component, "fits", lambda *_: False):
        assert natural(rows_of([3, 4])) and natural(rows_of([3, 4], place=[3, 4]))
        assert not natural(rows_of([3, 4], length=[3, 4]))


def by_plain(rates: RateTable, units: list[int], base: list[int], starts: list[int], cap: int | None = None) -> Outcome:
    """What `plain` says."""
    columns = (np.array(one, dtype=np.int64) for one in (units, base, starts))
    return outcome(*plain(rates, *columns, cap, Rounding.HALF_UP))


@pytest.mark.parametrize("cap", [None, 25])
def test_plain_columns_come_to_what_rows_come_to(cap: int | None) -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (F(1, 3), "rate", FIFTH), (1, "rate", F(1, 3)))
    base, starts = [30, 50, 90, 200, 60, -7], [0, 2, 2, 5, 6]
    segments = [comes(0, 1), [], comes(2, 3, 4), comes(5)]
    for units in ([100, 30, 50, 40], [99, 30, 60, 9], [6, 33, 9, 21]):
        rows = rows_of(base, segments=segments)
        assert by_plain(rates, units, base, starts, cap) == walked(rates, rows, Limits(cap=cap), units)
    assert plain(rates, np.array([99, 30]), np.array([5]), np.array([0, 1, 1]), None, Rounding.DOWN)[0] == Scales(1, 30)
    assert plain(rates, np.array([99, 31]), np.array([5]), np.array([0, 1, 1]), None, Rounding.DOWN)[0] == Scales(3, 30)


def test_plain_columns_at_half_a_unit() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH), (F(1, 2), "rate", FIFTH))
    assert by_plain(rates, [101], [90], [0, 1]) == walked(rates, rows_of([90]), units=[101])
    assert plain(rates, np.array([101]), np.array([90]), np.array([0, 1]), None, Rounding.DOWN)[0].position == 2


def test_plain_columns_round_as_they_are_told() -> None:
    rates = rates_of("marginal", (0, "rate", TENTH))
    columns = (np.array([1]), np.array([5]), np.array([0, 1]))
    assert [plain(rates, *columns, None, mode)[1].paid.tolist() for mode in Rounding] == [[1], [0], [0]]


def test_plain_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^these amounts do not fit 64 bits$"):
        by_plain(RISING, [1], [10**17], [0, 1])
    assert by_plain(RISING, [3], [10**15], [0, 1]).before == [0]


def any_rates(chance: Random) -> RateTable:
    """Any rate table."""
    starts = sorted({0, *(chance.randint(1, 400) for _ in range(chance.randint(0, 3)))})
    method = chance.choice(
        ["marginal", "marginal", "whole", "whole", "per_block", "interpolated", "interpolated", "flat"]
    )
    kind = {"flat": ["flat"], "per_block": ["each"], "interpolated": [chance.choice(["rate", "flat"])]}.get(
        method, ["rate", "rate", "each", "flat"]
    )
    tiers = []
    for start in starts:
        one = chance.choice(kind)
        tiers.append((start, one, F(chance.randint(0, 50), 100) if one == "rate" else chance.randint(0, 9)))
    crosses = chance.choice(["split", "rate_before", "rate_including"]) if method == "marginal" else "split"
    return rates_of(method, *tiers, crosses=crosses, block=chance.choice([1, 7]) if method == "per_block" else None)


def any_rows(chance: Random) -> tuple[Rows, Limits]:
    """Credits in a few segments, some of which leave again, and any limits."""
    base = [chance.randint(-50, 300) for _ in range(chance.randint(1, 8))]
    length = chance.choice([None, [chance.randint(-3, 300) for _ in base]])
    segments, left = [], list(range(len(base)))
    while left:
        count = chance.randint(0, len(left))
        own, left = left[:count], left[count:]
        moves = comes(*own)
        for one in own:
            if not chance.randint(0, 3):
                # Where the attainment is kept, no money goes through the tiers.
                share = chance.choice([F(1), F(1, 3), F(0)])
                moves.append(leaves(one, share, moves=bool(share) or chance.choice([True, False])))
        segments.append(moves)
    rows = rows_of(
        base, length=length, factor=[chance.choice([F(1), F(6, 5), F(0)]) for _ in base],
        paid=[chance.randint(0, 4) > 0 for _ in base], segments=segments,
    )  # fmt: skip
    few = len(segments)
    return rows, Limits(
        chance.choice([None, 3]), chance.choice([None, 20]), chance.choice([None, 40]),
        chance.choice([(), [chance.randint(0, 50) for _ in range(few)]]),
        chance.choice([(), (), [F(chance.randint(1, 400)) for _ in range(few)]]),
    )  # fmt: skip


@given(st.integers(0, 10**9), st.sampled_from(Rounding))
def test_the_three_kinds_of_numbers_say_the_same(seed: int, mode: Rounding) -> None:
    chance = Random(seed)
    rates, (rows, limits) = any_rates(chance), any_rows(chance)
    found = walked(rates, rows, limits, [chance.randint(1, 5) for _ in rows.starts[1:]], mode)
    sums = [sum((one[7] for one in found.slices if one[0] == row), F(0)) for row in range(len(found.raw))]
    assert sums == found.raw


def slowly(rates: RateTable, amounts: list[int], factors: list[Fraction], least: int, most: int) -> Fraction:
    """What these credits earn together, by whole amounts: no slices, no standings."""

    def at(position: Fraction | int) -> Fraction:
        return next(tier.rate for tier in reversed(rates.tiers) if tier.start <= position or not tier.start)

    def up_to(position: int) -> Fraction:
        ends = [*(tier.start for tier in rates.tiers[1:]), F(10**9)]
        parts = zip(rates.tiers, ends, strict=True)
        return sum(
            (tier.rate * (min(end, position) - tier.start) for tier, end in parts if position > tier.start), F(0)
        )

    earned, before = F(0), 0
    for amount, factor in zip(amounts, factors, strict=True):
        after = before + amount
        if rates.method == "whole":
            own = at(sum(amounts)) * amount
        elif rates.deal_that_crosses == "split":
            own = up_to(after) - up_to(before)
        else:
            own = at(before if rates.deal_that_crosses == "rate_before" else after) * amount
        earned += min(max(own, F(least)), F(most)) * factor if own else F(0)
        before = after
    return earned


@given(st.integers(0, 10**9))
def test_the_kernel_pays_what_the_slow_and_obvious_calculation_pays(seed: int) -> None:
    chance = Random(seed)
    tiers = [
        (start, "rate", F(chance.randint(0, 50), 100))
        for start in sorted({0, *(chance.randint(1, 400) for _ in "abc")})
    ]
    crosses = chance.choice(["split", "rate_before", "rate_including"])
    rates = rates_of(chance.choice(["marginal", "whole"]), *tiers, crosses=crosses)
    amounts = [chance.randint(1, 300) for _ in range(chance.randint(1, 7))]
    factors = [chance.choice([F(1), F(6, 5), F(1, 3)]) for _ in amounts]
    least, most = sorted((chance.randint(1, 60), chance.randint(1, 60)))
    found = walked(rates, rows_of(amounts, factor=factors), Limits(least, most))
    totals = [slowly(rates, amounts[: place + 1], factors[: place + 1], least, most) for place in range(len(amounts))]
    assert [sum(found.exact[: place + 1]) for place in range(len(amounts))] == totals
