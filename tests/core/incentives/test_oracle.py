"""The engine and a second, deliberately simple calculation agree to the last minor unit, line by line."""

import pytest

from tests.core.incentives.oracle.compare import SEED, comparison
from tests.core.incentives.oracle.pool_cases import compared

PART = 1000


@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_random_plans_and_histories_are_owed_alike(part: int) -> None:
    told = [text for text in comparison(f"{SEED}-{part}", PART) if text]
    assert not told, "\n".join([f"{len(told)} of {PART} differ", *told[:3]])


@pytest.mark.parametrize("part", range(2))
def test_a_thousand_random_teams_share_their_pools_alike(part: int) -> None:
    told = [text for number in range(PART // 2) if (text := compared(f"{SEED}-{part}", number))]
    assert not told, "\n".join([f"{len(told)} of {PART // 2} differ", *told[:3]])
