"""A fresh house for each scenario: the sample's rules, read once, and a database in which the cast already works."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from engine.app.dealwright import Dealwright, matcher_for, open_dealwright
from engine.app.recording import record_many
from engine.core.events import Event
from engine.core.rules.rulebook import Rulebook
from engine.matching import Matcher
from engine.store.database import Database, open_database
from tests.steps.cast import LONG_AGO, PARTNER_IDS, Member
from tests.steps.readings import MORNING, ZONE

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"
BEGINNING = datetime.combine(LONG_AGO, MORNING, ZONE)


@dataclass(frozen=True, slots=True)
class Model:
    """What scenarios share: the rulebook, its matcher, a database file as it is before each of them, and the one they use.

    The database object is shared as well, because what it has learned about its statements makes the next scenario quick.
    """

    rulebook: Rulebook
    matcher: Matcher
    file: Path
    database: Database


def model(folder: Path, people: tuple[Member, ...]) -> Model:
    """The house before any scenario: tables made, the cast told of."""
    file = folder / "model.db"
    house = open_dealwright(address(file), RULES, lambda: BEGINNING)
    told = [*(joined(member) for member in people), *(partner_joined(id) for id in PARTNER_IDS)]
    told += [left(member.id, member.left_on) for member in people if member.left_on]
    wrong = [one for one in record_many(house, told) if one.status != "recorded"]
    assert not wrong, wrong
    house.database.close()
    return Model(house.rulebook, house.matcher, file, open_database(address(folder / "house.db")))


def house_of(model: Model, now: Callable[[], datetime]) -> Dealwright:
    """A house as new for one scenario, with the clock that it is given."""
    model.database.close()
    shutil.copy(model.file, model.file.with_name("house.db"))
    return Dealwright(model.database, model.rulebook, model.matcher, now)


def address(file: Path) -> str:
    """The database address of a file."""
    return f"sqlite:///{file}"


def joined(member: Member) -> Event:
    """Somebody of the cast joins."""
    body = {"name": member.name, "name_zh": member.name_zh, "role": member.role, "team": member.team,
            "region": member.region, "manager": member.manager, "from_on": LONG_AGO}  # fmt: skip
    return _long_ago("person.joined", member.id, {name: value for name, value in body.items() if value})


def left(id: str, on: date) -> Event:
    """Somebody of the cast leaves; the day is the first on which they are gone."""
    at = datetime.combine(on, MORNING, ZONE)
    return Event("person.left", id, "cast", f"person.left-{id}", at, on, "guo-hua", {"reason": "left the company"})


def partner_joined(id: str) -> Event:
    """A partner of the cast joins the programme; an agreement is a matter of each scenario."""
    return _long_ago("partner.joined", id, {"name": id, "programme": "resellers", "manager": "xu-qing"})


def _long_ago(type: str, subject: str, body: dict[str, object]) -> Event:
    return Event(type, subject, "cast", f"{type}-{subject}", BEGINNING, LONG_AGO, "guo-hua", body)


@cache
def rule_texts() -> dict[str, str]:
    """The sample's rule files by path."""
    paths = (path for path in sorted(RULES.rglob("*")) if path.suffix in (".yaml", ".csv"))
    return {path.relative_to(RULES).as_posix(): path.read_text(encoding="utf-8") for path in paths}


__all__ = ["RULES", "Model", "house_of", "joined", "matcher_for", "model", "rule_texts"]
