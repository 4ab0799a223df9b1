"""A data set through the whole house: files to events, events to records and credits, quarters posted."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from engine.app.calculating.calculation import Calculated, calculate
from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.payouts import approve, post
from engine.app.recording import GROUP, record_many
from engine.core.events import Event
from engine.core.incentives.lines import EarningLine
from engine.core.money import Money
from engine.core.problems import Problem
from engine.intake.events import EventReader
from engine.intake.files import Delivery, Source, delivery_of
from engine.intake.summary import Summary
from engine.store.runs import RunBook
from tests.real.sets import RealSet

NOW = datetime(2021, 1, 4, 9, tzinfo=UTC)
"""The day on which everything is carried out: after all the data."""

Tell = Callable[[str], None]
Pay = Mapping[tuple[str, str, str], int]
"""Minor units by component, payee and window."""

Settled = Mapping[tuple[str, str, str], tuple[int, int, str]]
"""Minor units earned and released, and their currency, by component, payee and window."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a set: the house as it stands, each file's summary, what became of events, and every line."""

    real: RealSet
    dw: Dealwright
    summaries: Mapping[str, Summary]
    problems: tuple[Problem, ...]
    statuses: Mapping[str, int]
    lines: tuple[EarningLine, ...]
    posted: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def pay(self) -> Pay:
        """What was earned, by component, payee and window; lines that come to nothing are left out."""
        sums: Counter[tuple[str, str, str]] = Counter()
        for line in self.lines:
            sums[line.component, line.payee, line.window] += line.earned.minor
        return {key: minor for key, minor in sums.items() if minor}

    def settled(self) -> Settled:
        """What the lines of the full plans come to; those of which nothing is left are left out."""
        found: dict[tuple[str, str, str], tuple[int, int, str]] = {}
        for line in self.full():
            key = (line.component, line.payee, line.window)
            earned, released, currency = found.get(key, (0, 0, line.earned.currency))
            assert currency == line.earned.currency, line
            found[key] = (earned + line.earned.minor, released + line.released.minor, currency)
        return {key: sums for key, sums in found.items() if any(sums[:2])}

    def full(self) -> tuple[EarningLine, ...]:
        """The lines of the full plans."""
        return tuple(line for line in self.lines if line.plan in self.real.full_plans)


def carry_out(real: RealSet, data: Path, database_url: str, tell: Tell = lambda text: None) -> Carried:
    """The set carried out in an empty database. Events of all files are delivered together, in their one order."""
    dw = open_dealwright(database_url, real.rules, lambda: NOW)
    deliveries = {profile: _delivery(dw, profile, data / file) for profile, file in real.files}
    for delivery in deliveries.values():
        for label, figure in delivery.summary.lines():
            tell(f"{delivery.summary.file}  {label}: {figure}")
    events = sorted((e for delivery in deliveries.values() for e in delivery.events), key=lambda event: event.order)
    statuses = _recorded(dw, events, tell)
    posted = {period: _paid(dw, period, tell) for period in real.periods}
    problems = tuple(problem for delivery in deliveries.values() for problem in delivery.problems)
    summaries = {profile: delivery.summary for profile, delivery in deliveries.items()}
    return Carried(real, dw, summaries, problems, statuses, _lines(dw), posted)


def _delivery(dw: Dealwright, profile_id: str, path: Path) -> Delivery:
    """One file's events by its profile, as history: no tasks, no messages."""
    profile = next(profile for profile in dw.rulebook.profiles if profile.header.id == profile_id)
    return delivery_of(Source(path, EventReader.of(dw.rulebook), "history", profile))


def _recorded(dw: Dealwright, events: list[Event], tell: Tell) -> Counter[str]:
    """What became of the events, counted."""
    statuses: Counter[str] = Counter()
    for start in range(0, len(events), 25 * GROUP):
        statuses.update(done.status for done in record_many(dw, events[start : start + 25 * GROUP]))
        tell(f"recorded {statuses.total():,} of {len(events):,}")
    return statuses


def _paid(dw: Dealwright, period: str, tell: Tell) -> Mapping[str, int]:
    """One period calculated by one person, approved and posted by another; what became payable, by currency."""
    calculated = calculate(dw, period, "ops")
    assert isinstance(calculated, Calculated), calculated
    assert not calculated.unpaid, [problem.render() for problem in calculated.unpaid]
    for step in (approve, post):
        done = step(dw, calculated.id, "finance")
        assert not done.problems, done
    totals = _net(dw, calculated.id)
    told = ", ".join(str(Money(minor, currency)) for currency, minor in totals.items())
    tell(f"{period}  {told or '–'}  ({calculated.payees} payees)")
    return totals


def _net(dw: Dealwright, run: str) -> Mapping[str, int]:
    """What a run made payable less what it took back, by currency."""
    with dw.database.unit() as unit:
        totals = next(one.totals for one in RunBook(unit).all(state="posted") if one.id == run)
    sums: Counter[str] = Counter()
    for name, total in totals:
        sums[total.currency] += {"held>payable": 1, "payable>held": -1}.get(name, 0) * total.minor
    return {currency: minor for currency, minor in sorted(sums.items()) if minor}


def _lines(dw: Dealwright) -> tuple[EarningLine, ...]:
    """Every earning line as its last posted run says it."""
    found: dict[str, EarningLine] = {}
    with dw.database.unit() as unit:
        runs = RunBook(unit)
        for run in sorted(runs.all(state="posted"), key=lambda run: run.period):
            found |= {line.key: line for line in runs.lines(run.id)}
    return tuple(found.values())
