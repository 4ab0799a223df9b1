"""Pools: an amount that several people share once a window has ended, found from everybody's credits of the window.

What was credited counts for the team of its day, also of those who have left since. Who shares is who is on the plan,
and in the team, on the window's last day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.counting import Counted, Everybody, answers, by_payee, once_each, questions, scope_of
from engine.core.money import ExactMoney, Money, split
from engine.core.periods import Period
from engine.core.rules.plan import Plan, Pool

ZERO = Fraction(0)
_TEAM = "team."


@dataclass(frozen=True, slots=True)
class PoolShare:
    """A member's part of a pool in one window, and how it was found.

    `team` names the group (empty: the members that the rule names, or those without a team). `measured` is what counts
    for the pool in minor units; `pool` the whole of it; `sharers` how many share it; `weight` of `weights` the member's
    part, of which `present` is the part of the window on the plan. `gate` is none, met or not_met; `facts` are what the
    gate and the weights read of the member and the team.
    """

    window: Period
    team: str
    measured: Fraction
    pool: Money
    sharers: int
    weight: Fraction
    weights: Fraction
    present: Fraction
    part: Money
    gate: str
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def exact(self) -> Fraction:
        """The part before its remainder was settled, in minor units."""
        return self.pool.minor * self.weight / self.weights if self.weights else ZERO


Shares = Mapping[str, "PoolShare | EvaluationError"]


def pool_shares(who: Everybody, plan: Plan, pool: Pool, window: Period) -> Shares:
    """The share of each member of the pool, or of each team's pool, by payee; for those of a pool that lacks something,
    what it lacks."""
    members = _members(who, plan, pool, window)
    found: dict[str, PoolShare | EvaluationError] = {}
    try:
        counted = {name: _by_group(who, plan, pool, window, name) for name in _names(pool)}
    except EvaluationError as error:
        return dict.fromkeys((id for ids in members.values() for id in ids), error)
    for group, ids in sorted(members.items()):
        own = {name: tuple(once_each(groups.get(group, ()))) for name, groups in counted.items()}
        try:
            found |= _Sharing(who, plan, pool, window, group, tuple(ids), own).shares()
        except EvaluationError as error:
            found |= dict.fromkeys(ids, error)
    return found


def _members(who: Everybody, plan: Plan, pool: Pool, window: Period) -> Mapping[str, Sequence[str]]:
    """Who is on the plan on the window's last day, by group, each sorted by id."""
    members: dict[str, list[str]] = {}
    for id in who.roster.payees:
        if who.roster.pays(plan, id, window.last_on):
            group = who.roster.group(pool, id, window.last_on)
            if group is not None:
                members.setdefault(group, []).append(id)
    return members


def _names(pool: Pool) -> tuple[str, ...]:
    """The credits that a pool looks at: of its own, and those that its formulas ask of the team."""
    formulas = (pool.amount, pool.gate, pool.weights)
    reads = {name for formula in formulas if formula for name in formula.reads if name.startswith(_TEAM)}
    names = {name.removeprefix(_TEAM) for name in reads} - {"members"}
    return tuple(sorted(names | ({pool.of} if pool.of else set())))


def _by_group(who: Everybody, plan: Plan, pool: Pool, window: Period, name: str) -> Mapping[str, Sequence[Counted]]:
    """What was credited under a name, by the group to which the credited belonged on the credit's day."""
    found: dict[str, list[Counted]] = {}
    for one in who.counted(plan, scope_of(plan, pool, name, window, whole=False)):
        group = who.roster.group(pool, one.credit.payee, one.credit.on)
        if group is not None:
            found.setdefault(group, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Sharing:
    """One pool of one group at work. `members` are sorted by id; `counted` is what the group was credited, by name."""

    who: Everybody
    plan: Plan
    pool: Pool
    window: Period
    group: str
    members: tuple[str, ...]
    counted: Mapping[str, Sequence[Counted]]

    def shares(self) -> dict[str, PoolShare | EvaluationError]:
        """Every member's share; their parts sum to the pool. Cents that do not divide: largest remainder, then id."""
        team = self._team({name: _sum(found) for name, found in self.counted.items()})
        gates = {id: self._gate(id, team) for id in self.members}
        basis = self._basis()
        measured, own = _sum(basis), by_payee(basis)
        pool = self._amount(measured, team)
        weights = [self._weight(id, own, team) if gates[id] != "not_met" else (ZERO, ZERO) for id in self.members]
        total = sum((weight for weight, _ in weights), ZERO)
        parts = split(pool.minor, [weight for weight, _ in weights]) if total else (0,) * len(weights)
        sharers = sum(gate != "not_met" for gate in gates.values())
        return {
            id: PoolShare(
                self.window, self.group, measured, pool, sharers, weight, total, present,
                Money(part, pool.currency), gates[id], self._read(id, team),
            )
            for id, (weight, present), part in zip(self.members, weights, parts, strict=True)
        }  # fmt: skip

    def _team(self, totals: Mapping[str, Fraction]) -> Facts:
        """What formulas may ask of the team; another currency is converted at the rate of the window's last day."""
        sums = {f"{_TEAM}{name}": ExactMoney(total, self.plan.currency) for name, total in totals.items()}
        return {**sums, f"{_TEAM}members": len(self.members), "event.on": self.window.last_on}

    def _facts(self, id: str, team: Facts) -> Facts:
        """What the gate and the weights may ask of a member, at the window's end."""
        formulas = (self.pool.gate, self.pool.weights)
        asked = questions(name for formula in formulas if formula for name in formula.reads)
        told = answers(self.who, self.plan, self.pool, self.window, id, asked) if asked else {}
        return {**self.who.roster.facts(id, self.window.last_on), **told, **team}

    def _read(self, id: str, team: Facts) -> tuple[tuple[str, object], ...]:
        """The facts on which the member's share rests, by name; exact amounts as they are shown."""
        formulas = (self.pool.members, self.pool.gate, self.pool.weights)
        names = sorted({name for formula in formulas if formula for name in formula.reads})
        known = self._facts(id, team) if names else {}
        found = ((name, known.get(name)) for name in names)
        rounding = self.plan.rounding
        return tuple(
            (name, value.rounded(rounding) if isinstance(value, ExactMoney) else value)
            for name, value in found if value is not None
        )  # fmt: skip

    def _gate(self, id: str, team: Facts) -> str:
        if self.pool.gate is None:
            return "none"
        return "met" if self.pool.gate.holds(self._facts(id, team)) else "not_met"

    def _basis(self) -> Sequence[Counted]:
        """What the pool is a share of: all of it, or only what came once the gate was met."""
        basis = self.counted.get(self.pool.of, ())
        if self.pool.gate is None or self.pool.gate_kind == "from_first":
            return basis
        return tuple(_Above(self).basis())

    def _amount(self, measured: Fraction, team: Facts) -> Money:
        """The whole pool, rounded once, never below zero. E145 when its formula gives no amount in the plan's currency."""
        pool, currency = self.pool, self.plan.currency
        value: object = ExactMoney(measured * (pool.share or ZERO), currency)
        if pool.amount is not None:
            value = pool.amount.value(team)
        if not isinstance(value, Money | ExactMoney) or value.currency != currency:
            source = pool.amount.source if pool.amount else ""
            told = {"pool": pool.id, "formula": source, "found": "–" if value is None else str(value)}
            raise EvaluationError("E145", pool.place, **told, currency=currency, period=self.window.id)
        return max(value.exact.rounded(self.plan.rounding), Money.zero(currency))

    def _weight(self, id: str, own: Mapping[str, Fraction], team: Facts) -> tuple[Fraction, Fraction]:
        """The member's weight, and the part of the window on the plan that is in it (credits speak for themselves)."""
        if self.pool.shared == "by credits":
            return max(ZERO, own.get(id, ZERO)), Fraction(1)
        present = self.who.roster.presence(self.plan, self.pool, id, self.group, self.window)
        return self._stated(id, team) * present, present

    def _stated(self, id: str, team: Facts) -> Fraction:
        """1 for equal parts, else what the weights say. E146 when that is no number, or one below zero."""
        if self.pool.weights is None:
            return Fraction(1)
        value = self.pool.weights.value(self._facts(id, team))
        if not isinstance(value, int | Fraction) or value < 0:
            told = {"pool": self.pool.id, "formula": self.pool.weights.source, "member": id}
            raise EvaluationError("E146", self.pool.place, **told, found="–" if value is None else str(value))
        return Fraction(value)


@dataclass(frozen=True, slots=True)
class _Above:
    """The walk that finds what came once the gate was met: with the credit that meets it, as a commission's does."""

    sharing: _Sharing

    def basis(self) -> Iterator[Counted]:
        """The credits of the pool's own name at which the gate holds for whom they are credited to."""
        of, gate = self.sharing.pool.of, self.sharing.pool.gate
        assert gate is not None, "the caller asks only where there is one"
        counted = self.sharing.counted
        totals, own = dict.fromkeys(counted, ZERO), dict[str, Fraction]()
        everything = (one for found in counted.values() for one in found)
        for one in sorted(
            everything, key=lambda one: (one.credit.at, one.credit.event, one.credit.name, one.credit.id)
        ):
            name, payee = one.credit.name, one.credit.payee
            totals[name] += one.amount
            if name == of:
                own[payee] = own.get(payee, ZERO) + one.amount
                if gate.holds(self._facts(one, totals, own[payee])):
                    yield one

    def _facts(self, one: Counted, totals: Mapping[str, Fraction], own: Fraction) -> Facts:
        """Everything as it stood with this credit; attainment of the pool's own measure in its window grows with it."""
        way, credit = self.sharing, one.credit
        gate = way.pool.gate
        asked = questions(gate.reads if gate else ())
        told = answers(way.who, way.plan, way.pool, way.window, credit.payee, asked)
        growing = {
            way.pool.measured_over,
            way.window.id,
            *(["period"] if way.plan.period == way.pool.measured_over else []),
        }
        quota = way.who.quota(credit.payee, way.pool.of, way.window)
        for one_asked in asked:
            if (
                (one_asked.function, one_asked.measure) == ("attainment", way.pool.of)
                and one_asked.period in growing
                and quota
            ):
                told[one_asked.fact] = own / quota
        return {**way.who.roster.facts(credit.payee, credit.on), **told, **way._team(totals)}


def _sum(counted: Sequence[Counted]) -> Fraction:
    return Fraction(sum(one.amount for one in counted))
