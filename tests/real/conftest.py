"""The public data sets carried out once for all tests; skipped, with the reason, where the data is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.carrying_out import Carried, carry_out
from tests.real.sets import SETS, data_folder


def folder(name: str) -> Path:
    """The folder of a set's files; skips the test where there is none."""
    found = data_folder(name)
    if found is None:
        pytest.skip(f"no folder data/{name} in the shared material (DEALWRIGHT_SHARED or ../shared)")
    return found


@pytest.fixture(scope="module")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder of the set that the module names as `NAME`."""
    return folder(str(request.module.NAME))


@pytest.fixture(scope="module")
def carried(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Carried]:
    """That set, carried out."""
    database = tmp_path_factory.mktemp(request.module.NAME) / "real.db"
    done = carry_out(SETS[request.module.NAME], data, f"sqlite:///{database}")
    yield done
    done.dw.database.close()
