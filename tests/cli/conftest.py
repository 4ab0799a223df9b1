"""A house for commands: the sample rules, a few people and users, one sale; each test has a copy of its own."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from engine.app import dealwright
from engine.app.users import add_user
from engine.cli import main
from engine.rulefiles.loading import load_rules
from tests.app_house import RULES, sale, sample, staffed, tell

NOW = datetime(2026, 4, 2, 2, tzinfo=UTC)
PASSWORD = "long enough to be one"
USERS = (
    ("chen", "chen-wei", "rep"), ("li", "li-na", "rep"), ("wu", "wu-fang", "manager"), ("he", "", "finance"),
    ("deng", "", "finance"), ("guo", "", "ops"),
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _rules_read_once() -> Iterator[None]:
    """The sample's rules and matcher are read once; any other folder is read each time."""
    with pytest.MonkeyPatch.context() as patch:
        read = cache(load_rules)
        patch.setattr(dealwright, "load_rules", lambda folder: read(folder) if folder == RULES else load_rules(folder))
        built = dealwright.matcher_for
        patch.setattr(dealwright, "matcher_for", lambda book: sample()[1] if book == sample()[0] else built(book))
        yield


@pytest.fixture(scope="session")
def _furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that tests copy: won on 16 March 2026, 60,000 CNY."""
    path = tmp_path_factory.mktemp("house") / "house.db"
    dw = staffed(path, NOW)
    tell(dw, *sale("D-1", "2026-03-16"))
    for name, person, role in USERS:
        assert add_user(dw, name, PASSWORD, (role,), person) == ()
    dw.database.close()
    return path


Run = Callable[..., Result]


class House:
    """Commands on one database. `rules` may be another folder than the sample's."""

    def __init__(self, database: Path) -> None:
        self.database, self.rules = database, RULES

    def run(self, *words: str, ok: int = 0, **options: Any) -> Result:
        """The result of a command that must end with the code `ok`."""
        common = ["--database", f"sqlite:///{self.database}", "--rules", str(self.rules)]
        language = [] if "--language" in words else ["--language", "en"]
        result = CliRunner().invoke(main, [words[0], *common, *language, *words[1:]], **options)
        assert result.exit_code == ok, (result.exit_code, result.output, result.exception)
        return result

    def json(self, *words: str, ok: int = 0) -> dict[str, Any]:
        """The one JSON object that the command prints."""
        found: dict[str, Any] = json.loads(self.run(*words, "--json", ok=ok).stdout)
        return found

    def codes(self, *words: str, ok: int) -> list[str]:
        """The codes of the problems that the command reports."""
        return [problem["code"] for problem in self.json(*words, ok=ok)["problems"]]


@pytest.fixture
def house(_furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A furnished house of the test's own, whose clock stands at ten in the morning of 2 April 2026 in Shanghai."""
    shutil.copy(_furnished, tmp_path / "house.db")
    for module in ("common", "data"):
        monkeypatch.setattr(f"engine.cli.{module}.now", lambda: NOW)
    return House(tmp_path / "house.db")
