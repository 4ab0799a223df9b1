"""The engine and a second, deliberately simple calculation agree to the last minor unit, line by line."""

import pytest

from tests.core.incentives.oracle.compare import SEED, comparison

PART = 1000


@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_random_plans_and_histories_are_owed_alike(part: int) -> None:
    told = [text for text in comparison(f"{SEED}-{part}", PART) if text]
    assert not told, "\n".join([f"{len(told)} of {PART} differ", *told[:3]])
