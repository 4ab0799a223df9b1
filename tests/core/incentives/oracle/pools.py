"""What each member has of a pool, once its window has ended: everybody's credits, counted by group, shared by weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from engine.core.money import ExactMoney, Money
from engine.core.records import Credit, Person
from engine.core.rules.plan import Plan, Pool
from tests.core.incentives.oracle.calendar import Window, days_after, window_between, windows_between
from tests.core.incentives.oracle.presence import facts_on, part_of, pays
from tests.core.incentives.oracle.table import whole_number
from tests.core.incentives.oracle.told import History, Line

ZERO, ONE = Fraction(0), Fraction(1)
Stands = tuple[Credit, Fraction]
"""A credit, and how much of its amount counts."""


@dataclass(frozen=True)
class Staff:
    """Everybody, and what is known of all of them; `history` is looked at for one person after another."""

    people: tuple[Person, ...]
    history: History
    asked: dict[str, History] = field(default_factory=dict, init=False, compare=False, repr=False)

    def of(self, id: str) -> History:
        """The history of one of them."""
        if id not in self.asked:
            self.asked[id] = replace(self.history, person=next(person for person in self.people if person.id == id))
        return self.asked[id]


def pool_lines(staff: Staff, as_of: date) -> list[Line]:
    """Every member's line of every pool and ended window."""
    found: list[Line] = []
    for plan in staff.history.plans:
        for pool in plan.components:
            if isinstance(pool, Pool):
                for window in _windows(staff, plan, pool, as_of):
                    found += _of_window(staff, plan, pool, window, as_of)
    return found


def _windows(staff: Staff, plan: Plan, pool: Pool, as_of: date) -> Iterator[Window]:
    """The windows that have ended while both plan and pool were in force."""
    span, month = plan.header.in_force, staff.history.fiscal_month
    if pool.measured_over == "plan":
        assert span.until_on is not None
        windows = [window_between(span.from_on, span.until_on, month)]
    else:
        windows = windows_between(span.from_on, max(as_of, span.from_on), pool.measured_over, month)
    for window in windows:
        last = window.end - timedelta(days=1)
        if last <= as_of and span.covers(last) and (pool.in_force is None or pool.in_force.covers(last)):
            yield window


def _of_window(staff: Staff, plan: Plan, pool: Pool, window: Window, as_of: date) -> Iterator[Line]:
    last = window.end - timedelta(days=1)
    groups: dict[str, list[str]] = {}
    for id in sorted(person.id for person in staff.people):
        group = _group(staff.of(id), pool, last)
        if pays(staff.of(id), last) and group is not None:
            groups.setdefault(group, []).append(id)
    for group, members in groups.items():
        parts = _shared(staff, plan, pool, window, group, members, as_of)
        for id, part in zip(members, parts, strict=True):
            yield Line(plan.header.version, pool.id, window.id, f"{id}/pool", last, part, part, 0, 0, plan.currency)


def _group(history: History, pool: Pool, day: date) -> str | None:
    """With whom somebody shares on a day."""
    if pool.members is not None:
        return "" if pool.members.holds(facts_on(history, day)) else None
    begun = [version for version in history.person.versions if version.from_on <= day]
    return begun[-1].team if begun else ""


def _shared(
    staff: Staff, plan: Plan, pool: Pool, window: Window, group: str, members: Sequence[str], as_of: date
) -> list[int]:
    """The parts of a group's pool, in whole minor units, which sum to it."""
    last = window.end - timedelta(days=1)
    of_team, stands = (_counted(staff, pool, name, window, group, as_of) for name in ("sales", pool.of))
    total = sum((amount for _, amount in of_team), ZERO)
    met = [
        pool.gate is None or pool.gate.holds({**facts_on(staff.of(id), last), **_team(plan, total)}) for id in members
    ]
    if pool.gate is not None and pool.gate_kind == "above_only":
        stands = list(_above(staff, plan, pool, stands))
    whole = _whole(plan, pool, sum((amount for _, amount in stands), ZERO))
    weights = [
        _weight(staff, plan, pool, window, group, id, stands) if in_ else ZERO
        for id, in_ in zip(members, met, strict=True)
    ]
    return _divided(whole, weights)


def _team(plan: Plan, total: Fraction) -> Mapping[str, object]:
    return {"team.sales": ExactMoney(total, plan.currency)}


def _counted(staff: Staff, pool: Pool, name: str, window: Window, group: str, as_of: date) -> list[Stands]:
    """What the group was credited under a name, each event once: its overlays count where nobody of it has a direct credit of it."""
    found: list[Stands] = []
    for credit in staff.history.credits:
        history = staff.of(credit.payee)
        inside = credit.name == name and window.holds(credit.on) and credit.on <= as_of
        in_force = pool.in_force is None or pool.in_force.covers(credit.on)
        if inside and in_force and pays(history, credit.on) and _group(history, pool, credit.on) == group:
            found.append((credit, credit.amount.minor * _left(credit, pool, as_of)))
    once: list[Stands] = []
    for credit, amount in found:
        same = [other for other, _ in found if other.event == credit.event]
        direct = [other for other in same if other.form == "direct"]
        if credit.form == "direct" or not direct:
            once.append((credit, amount if direct else amount / len(same)))
    return once


def _left(credit: Credit, pool: Pool, as_of: date) -> Fraction:
    """How much of a credit is left on a day."""
    if credit.undone_on is None or credit.undone_on > as_of:
        return ONE
    if credit.undone_as == "deal.reopened":
        return ZERO
    policy = pool.clawback
    if policy is None or credit.undone_as != policy.on:
        return ONE
    if policy.within is not None and credit.undone_on > days_after(credit.on, policy.within):
        return ONE
    return ONE - policy.share


def _above(staff: Staff, plan: Plan, pool: Pool, stands: Sequence[Stands]) -> Iterator[Stands]:
    """The credits with which, one after the other, the gate holds for whom they are credited to."""
    total = ZERO
    for credit, amount in sorted(stands, key=lambda one: (one[0].at, one[0].event, one[0].id)):
        total += amount
        assert pool.gate is not None
        if pool.gate.holds({**facts_on(staff.of(credit.payee), credit.on), **_team(plan, total)}):
            yield credit, amount


def _whole(plan: Plan, pool: Pool, total: Fraction) -> int:
    """The whole pool, never below zero."""
    exact = total * (pool.share or ZERO)
    if pool.amount is not None:
        amount = pool.amount.value({})
        assert isinstance(amount, Money)
        exact = Fraction(amount.minor)
    return max(0, whole_number(exact, plan.rounding.value))


def _weight(
    staff: Staff, plan: Plan, pool: Pool, window: Window, group: str, id: str, stands: Sequence[Stands]
) -> Fraction:
    """What a member brought; or what the rule gives them, for the part of the window in which they were one of the group."""
    history, last = staff.of(id), window.end - timedelta(days=1)
    if pool.shared == "by credits":
        return max(ZERO, sum((amount for credit, amount in stands if credit.payee == id), ZERO))
    stated: object = 1 if pool.weights is None else pool.weights.value(facts_on(history, last))
    assert isinstance(stated, int | Fraction)
    return stated * part_of(history, plan, "target", window, lambda day: _group(history, pool, day) == group)


def _divided(whole: int, weights: Sequence[Fraction]) -> list[int]:
    """By weights: cents that do not divide go one each to the largest remainders, then to the first."""
    total = sum(weights, ZERO)
    if not total:
        return [0] * len(weights)
    exact = [whole * weight / total for weight in weights]
    parts = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: whole - sum(parts)]:
        parts[n] += 1
    return parts
