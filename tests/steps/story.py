"""What one scenario has told so far: its house, its clock, what became of the last thing that happened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.app.dealwright import Dealwright
from engine.app.intake import TakenIn
from engine.app.recording import Recorded, record_many
from engine.app.ticking import tick
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.problems import Language, Place, Problem
from engine.core.records import Deal, Task
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.queries.tasks import open_tasks
from engine.store.state import SqlState
from tests.steps.cast import EVERYBODY, NEWCOMER, PEOPLE_NAMES, SIGN_IN_ROLES
from tests.steps.house import BEGINNING, Model, house_of, model
from tests.steps.readings import ZONE

NOT_ACCEPTED = ("refused", "quarantined", "conflicting", "repeated")
_NOT_YET_HERE = NEWCOMER.id
_MEMORY = Path("/dev/shm")


@dataclass
class Story:
    """The world of one scenario.

    `last` is what became of the last event, `problems` why the last thing asked for was not done; whichever sentence
    speaks of it sets `noticed`, and what nobody noticed fails the scenario.
    """

    house: Dealwright = field(init=False)
    language: Language = "en"
    now: datetime = BEGINNING
    count: int = 0
    last: Recorded | None = None
    problems: tuple[Problem, ...] = ()
    noticed: bool = True
    run: str = ""
    answer: list[str] | None = None
    shows: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    folder: Path = field(init=False)
    taken_in: TakenIn | None = None
    addresses: list[str] = field(default_factory=list)
    moments: dict[datetime, int] = field(default_factory=dict)

    def tell(self, type: str, subject: str, at: datetime, actor: str = "", **body: object) -> Recorded:
        """One event, recorded."""
        return self.deliver(self.event(type, subject, at, actor, **body))

    def event(self, type: str, subject: str, at: datetime, actor: str = "", **body: object) -> Event:
        """One event. What is told later of one moment happens a little later: the first exactly then."""
        self.count += 1
        told = self.moments.get(at, 0)
        self.moments[at] = told + 1
        at = at + timedelta(microseconds=told)
        key = f"{self.count:04d}"
        given = {name: value for name, value in body.items() if value is not None}
        return Event(type, subject, "features", key, at.astimezone(UTC), at.astimezone(ZONE).date(), actor, given)

    def deliver(self, *events: Event) -> Recorded:
        """The events at the door, new or not, together; what became of the last one."""
        self.nothing_overlooked()
        self.now = max(self.now, *(event.at.astimezone(ZONE) for event in events))
        *before, self.last = record_many(self.house, events)
        overlooked = [one for one in before if one.status not in ("recorded", "quarantined")]
        assert not overlooked, f"{overlooked}"
        self.noticed = self.last.status not in NOT_ACCEPTED
        return self.last

    def asked(self, problems: Sequence[Problem]) -> None:
        """What came of asking for something: nothing stood in the way, or these problems."""
        self.nothing_overlooked()
        self.last, self.problems, self.noticed = None, tuple(problems), not problems

    def nothing_overlooked(self) -> None:
        """Fails when something was refused or waits and no sentence has said so."""
        assert self.noticed, f"not expected: {self.what_was_said() or (self.last and self.last.status)}"

    def reach(self, at: datetime) -> None:
        """The clock moves on to that minute, and what falls due by then is done."""
        end_of_minute = at.replace(second=59, microsecond=999_999)
        if end_of_minute > self.now:
            self.now = end_of_minute
            tick(self.house, self.now)

    def what_was_said(self) -> list[str]:
        """Every sentence of the last refusal, in the language of the feature."""
        self.noticed = True
        if self.last is None:
            return [problem.message(self.language) for problem in self.problems]
        if self.last.problem:
            return [self.last.problem.message(self.language)]
        if self.last.refused is None:
            return []
        first = Problem(self.last.refused.code, Place(""), dict(self.last.refused.params))
        return [first.message(self.language), *(words for words, _ in self.missing())]

    def missing(self) -> list[tuple[str, str]]:
        """The criteria that the last refusal found missing, each with its file."""
        self.noticed = True
        refused = self.last.refused if self.last else None
        return [(one.words.show(self.language), one.place.file) for one in refused.missing] if refused else []

    @contextmanager
    def state(self) -> Iterator[SqlState]:
        """The records as they stand."""
        with self.unit() as unit:
            yield SqlState(unit)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A look into the database."""
        with self.house.database.unit() as unit:
            yield unit

    def deal(self, id: str) -> Deal:
        """The deal as it stands."""
        with self.state() as state:
            found = state.deal(id)
        assert found is not None, f"there is no deal {id!r}"
        return found

    def tasks_of(self, person: str) -> tuple[Task, ...]:
        """The open tasks of a person that are not put off, by due moment."""
        with self.unit() as unit:
            return open_tasks(unit, [person], self.now, limit=1000)

    def task(self, title: str, person: str = "") -> Task:
        """The one open task of that title, of that person where one is named."""
        people = [person] if person else sorted(set(PEOPLE_NAMES.values()))
        with self.unit() as unit:
            found = [
                task
                for task in open_tasks(unit, people, datetime.max.replace(tzinfo=UTC), limit=1000)
                if title in task.title
            ]
        assert len(found) == 1, f"{len(found)} open tasks {title!r}"
        return found[0]

    def viewer(self, person: str) -> User:
        """Somebody of the cast at the screen, with the rights of their role."""
        member = EVERYBODY[person]
        return User(person, Title(member.name, member.name_zh), person, SIGN_IN_ROLES[member.role], self.language)

    def shown(self, title: Title) -> str:
        """Words in the language of the feature."""
        return title.show(self.language)


@pytest.fixture(scope="session")
def house_model() -> Iterator[Model]:
    """The house that every scenario copies; in memory where the system has a folder there, since nobody keeps it."""
    people = tuple(member for member in EVERYBODY.values() if member.id != _NOT_YET_HERE)
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        made = model(Path(folder), people)
        yield made
        made.database.close()


@pytest.fixture
def story(house_model: Model, tmp_path: Path) -> Story:
    """A new story in a house of its own."""
    told = Story()
    told.folder = tmp_path
    told.house = house_of(house_model, lambda: told.now)
    return told


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, feature: object) -> None:
    """The story is told in the language of its feature file."""
    told: Story = request.getfixturevalue("story")
    told.language = "zh" if str(getattr(feature, "language", "en")).startswith("zh") else "en"


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """A refusal that the scenario does not speak of is a failure."""
    told: Story = request.getfixturevalue("story")
    told.nothing_overlooked()


def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """One failure is enough."""
    request.getfixturevalue("story").noticed = True
