"""A calculation of the open days alone comes to the same run, byte for byte, as one of all days."""

from pathlib import Path

import pytest

from engine.core.periods import period_of
from tests.app.settled_house import House
from tests.core.incentives.oracle.histories import START

SEED, PART = "settled", 12


def months(house: House, count: int):
    """Names and last days of the months in which the books are kept."""
    period = period_of(START, "month", house.dw.rulebook.company)
    for _ in range(count):
        yield period.id, period.last_on
        period = period_of(period.end, "month", house.dw.rulebook.company)


def told(folder: Path, seed: str) -> tuple[int, int]:
    """How many payees were looked at in all runs of a house, and for how many of them some days were settled."""
    folder.mkdir()
    house, looked, settled = House(folder, seed), 0, 0
    for period, last_on in months(house, house.chance.randint(4, 11)):
        for _ in range(house.chance.choice((0, 1, 1, 1, 2))):
            house.tell(last_on)
            days = house.open_days().days.values()
            looked, settled = looked + len(days), settled + sum(not one.every for one in days)
            run, found = house.calculated(period, complete=False)
            assert (run, found) == house.calculated(period, complete=True), f"{seed}, {period}"
            if house.maybe(0.9):
                house.post(run)
    house.dw.database.close()
    return looked, settled


@pytest.mark.parametrize("part", range(6))
def test_open_days_alone_come_to_the_same_run(tmp_path: Path, part: int) -> None:
    counts = [told(tmp_path / str(number), f"{SEED}-{part}/{number}") for number in range(PART)]
    looked, settled = (sum(column) for column in zip(*counts, strict=True))
    assert settled > looked // 3, (looked, settled)
