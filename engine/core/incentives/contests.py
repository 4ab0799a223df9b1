"""Contests: prizes for the first places of a window by what was credited, known once the window has ended.

Who is on the plan on the window's last day competes, with what counts of their own; who has nothing, or less than
`at_least`, has no place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby

from engine.core.formulas import EvaluationError
from engine.core.incentives.counting import Counted, Everybody, scope_of
from engine.core.money import Money, split
from engine.core.periods import Period
from engine.core.rules.plan import Contest, Plan

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Placing:
    """How one payee did in a contest: their own figure, and nobody else's.

    `place` is 0 for who has none; `tied` how many have that place. `code` is won, no_prize, below or nothing.
    `amount` is what counts, minor units.
    """

    window: Period
    group: str
    amount: Fraction
    place: int
    tied: int
    prize: Money
    code: str


Placings = Mapping[str, "Placing | EvaluationError"]


@dataclass(frozen=True, slots=True)
class _Runner:
    """One who competes: what counts of theirs, and when that was reached, by moment and event."""

    payee: str
    amount: Fraction
    reached: tuple[datetime, str] | None


def placings(who: Everybody, plan: Plan, contest: Contest, window: Period) -> Placings:
    """The placing of everybody who competes, by payee; for all of them what is lacking, where something is."""
    field: dict[str, list[str]] = {}
    for id in who.roster.payees:
        if who.roster.pays(plan, id, window.last_on):
            field.setdefault(who.roster.group(contest, id, window.last_on) or "", []).append(id)
    everybody = [id for ids in field.values() for id in ids]
    try:
        runners = {runner.payee: runner for runner in _runners(who, plan, contest, window, everybody)}
    except EvaluationError as error:
        return dict.fromkeys(everybody, error)
    found: dict[str, Placing | EvaluationError] = {}
    for group, ids in sorted(field.items()):
        found |= {p[0]: p[1] for p in _placed(contest, window, group, plan.currency, [runners[id] for id in ids])}
    return found


def _runners(who: Everybody, plan: Plan, contest: Contest, window: Period, ids: Sequence[str]) -> Iterator[_Runner]:
    """Everybody with what counts of their credits."""
    own: dict[str, list[Counted]] = {id: [] for id in ids}
    for one in who.counted(plan, scope_of(plan, contest, contest.rank_by, window, whole=False)):
        if one.credit.payee in own:
            own[one.credit.payee].append(one)
    for id, counted in own.items():
        amount = Fraction(sum(one.amount for one in counted))
        yield _Runner(id, amount, _reached(counted, amount))


def _reached(counted: Sequence[Counted], amount: Fraction) -> tuple[datetime, str] | None:
    """The moment and event with which the running total first was what it is in the end, or more."""
    total: int | Fraction = 0
    for one in sorted(counted, key=lambda one: (one.credit.at, one.credit.event, one.credit.id)):
        total += one.amount
        if total >= amount:
            return (one.credit.at, one.credit.event)
    return None


def _placed(
    contest: Contest, window: Period, group: str, currency: str, runners: Sequence[_Runner]
) -> Iterator[tuple[str, Placing]]:
    """The placing of each runner of one field."""
    nothing, least = Money.zero(currency), contest.at_least.minor if contest.at_least else 0
    placed: list[_Runner] = []
    for runner in runners:
        if runner.amount > 0 and runner.amount >= least:
            placed.append(runner)
        else:
            code = "below" if runner.amount > 0 else "nothing"
            yield runner.payee, Placing(window, group, runner.amount, 0, 0, nothing, code)
    place = 1
    for tied in _by_place(contest, placed):
        prizes = _prizes(contest, place, len(tied), currency)
        for runner, prize in zip(tied, prizes, strict=True):
            code = "won" if place <= len(contest.prizes) else "no_prize"
            yield runner.payee, Placing(window, group, runner.amount, place, len(tied), prize, code)
        place += len(tied)


def _by_place(contest: Contest, placed: Sequence[_Runner]) -> Iterator[list[_Runner]]:
    """Who has the same place, best first, each by id. `earliest` parts equals by when they reached their amount; who
    did with one and the same event stay equal."""

    def key(runner: _Runner) -> tuple[object, ...]:
        return (-runner.amount, runner.reached) if contest.ties == "earliest" else (-runner.amount,)

    ordered = sorted(placed, key=lambda runner: (*key(runner), runner.payee))
    for _, tied in groupby(ordered, key=key):
        yield list(tied)


def _prizes(contest: Contest, place: int, tied: int, currency: str) -> tuple[Money, ...]:
    """What those who share a place get: each the better prize (`all`), else the prizes of the places that they take up,
    added and divided equally; cents that do not divide go to the first by id."""
    prizes = {prize.number: prize.amount for prize in contest.prizes}
    nothing = Money.zero(currency)
    if contest.ties == "all":
        return (prizes.get(place, nothing),) * tied
    whole = Money.total((prizes.get(place + further, nothing) for further in range(tied)), currency)
    return tuple(Money(part, currency) for part in split(whole.minor, [1] * tied))
