"""Counting what several people were credited: whose credits count where, how much of them stands, places by amount.

What was credited counts for the team of its own day. A credit that was undone leaves as the component's clawback says,
as if that part of it had never been; a win that was reopened leaves whole.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from engine.core.formulas import EvaluationError
from engine.core.incentives.adjustments import undoing
from engine.core.incentives.measures import in_order
from engine.core.incentives.roster import Roster
from engine.core.incentives.targets import quota_of
from engine.core.periods import Period, parse_period, period_of
from engine.core.problems import Place
from engine.core.records import Credit, Quota
from engine.core.rules.header import InForce
from engine.core.rules.plan import Clawback, Commission, Component, Plan
from engine.core.rules.rulebook import Rulebook

_QUESTION = re.compile(r"(attainment|rank)\(([^,]+),([^,]+)\)")


@dataclass(frozen=True, slots=True)
class Counted:
    """A credit with the part of its amount that counts, exact minor units."""

    credit: Credit
    amount: int | Fraction


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: credits of a name in a window, while `span` is in force (None: always), in one currency.

    `policy` says what an undone credit leaves of itself; `by_share` False is a commission's, where it goes whole or
    stays whole. `place` is named by E062.
    """

    name: str
    window: Period
    currency: str
    place: Place
    policy: Clawback | None = None
    by_share: bool = True
    span: InForce | None = None


@dataclass(frozen=True, slots=True)
class Everybody:
    """All credits by name, in the one order in which they count; quotas; who is who; and the last day looked at."""

    rulebook: Rulebook
    roster: Roster
    credits: Mapping[str, Sequence[Credit]]
    quotas: Sequence[Quota]
    as_of: date
    _totals: dict[tuple[str, Scope], Mapping[str, Fraction]] = field(default_factory=dict)
    _ranked: dict[tuple[str, Scope], Sequence[Fraction]] = field(default_factory=dict)

    def counted(self, plan: Plan, scope: Scope) -> Iterator[Counted]:
        """The credits of everybody whom any version of the plan paid on the credit's day. E062 in another currency."""
        for credit in self._inside(scope):
            if scope.span is not None and not scope.span.covers(credit.on):
                continue
            if self.roster.on_plan(plan, credit.payee, credit.on):
                _in_currency(credit, scope)
                yield Counted(credit, credit.amount.minor * self._stands(credit, scope))

    def _inside(self, scope: Scope) -> Sequence[Credit]:
        """The credits of the window, up to the last day looked at; they are in the order of their days."""
        named = self.credits.get(scope.name, ())
        end = min(scope.window.end, self.as_of + timedelta(days=1))
        return named[bisect_left(named, scope.window.start, key=_day) : bisect_left(named, end, key=_day)]

    def totals(self, plan: Plan, scope: Scope) -> Mapping[str, Fraction]:
        """By payee, the sum of what counts; found once for each plan and scope."""
        key = (plan.header.id, scope)
        if key not in self._totals:
            self._totals[key] = by_payee(self.counted(plan, scope))
        return self._totals[key]

    def rank(self, plan: Plan, payee: str, scope: Scope) -> int | None:
        """The payee's place by what counts in a period, 1 the best; None until the period is over.

        It is one more than the number of people on the plan on the period's last day who have more; equals have the
        same place. Who has left has the place that their amount is worth, and takes it from nobody. None for one whom
        the plan neither pays on that day nor has credited.
        """
        if self.as_of < scope.window.last_on:
            return None
        totals = self.totals(plan, scope)
        if payee not in totals and not self.roster.on_plan(plan, payee, scope.window.last_on):
            return None
        peers = self._peers(plan, scope)
        return 1 + len(peers) - bisect_right(peers, totals.get(payee, Fraction(0)))

    def attainment(self, plan: Plan, payee: str, scope: Scope) -> Fraction | None:
        """What counts of the payee's ÷ their quota; None without a quota, or with one of zero."""
        quota = self.quota(payee, scope.name, scope.window)
        return self.totals(plan, scope).get(payee, Fraction(0)) / quota if quota else None

    def quota(self, payee: str, name: str, window: Period) -> Fraction | None:
        """The payee's quota of a measure in a period, minor units."""
        found = quota_of(payee, "quota", name, window, self.rulebook, self.quotas)
        return Fraction(found.amount.minor) if found else None

    def _peers(self, plan: Plan, scope: Scope) -> Sequence[Fraction]:
        """What counts of each one on the plan on the period's last day, least first."""
        key = (plan.header.id, scope)
        if key not in self._ranked:
            totals, last_on = self.totals(plan, scope), scope.window.last_on
            there = (id for id in self.roster.payees if self.roster.on_plan(plan, id, last_on))
            self._ranked[key] = sorted(totals.get(id, Fraction(0)) for id in there)
        return self._ranked[key]

    def _stands(self, credit: Credit, scope: Scope) -> int | Fraction:
        """The part of a credit that counts."""
        if credit.undone_on is None:
            return 1
        undone = undoing(credit, scope.policy, self.as_of)
        if undone is None:
            return 1
        if undone.reverses_attainment:
            return 0
        return 1 - undone.share if scope.by_share else 1


def _day(credit: Credit) -> date:
    return credit.on


def everybody(
    rulebook: Rulebook, roster: Roster, credits: Iterable[Credit], quotas: Sequence[Quota], as_of: date
) -> Everybody:
    """All that is counted, by name."""
    by_name: dict[str, list[Credit]] = {}
    for credit in in_order(credits):
        by_name.setdefault(credit.name, []).append(credit)
    return Everybody(rulebook, roster, by_name, quotas, as_of)


def by_payee(counted: Iterable[Counted]) -> Mapping[str, Fraction]:
    """What counts of each payee who was credited."""
    found: dict[str, int | Fraction] = {}
    for one in counted:
        found[one.credit.payee] = found.get(one.credit.payee, 0) + one.amount
    return {payee: Fraction(amount) for payee, amount in found.items()}


def once_each(counted: Iterable[Counted]) -> Iterator[Counted]:
    """What a team was credited, each event once: overlays of an event that the team is credited directly are left out;
    without one, all who have an overlay of it count for equal parts."""
    by_event: dict[str, list[Counted]] = {}
    for one in counted:
        by_event.setdefault(one.credit.event, []).append(one)
    for found in by_event.values():
        direct = [one for one in found if one.credit.form == "direct"]
        yield from direct or (replace(one, amount=Fraction(one.amount, len(found))) for one in found)


@dataclass(frozen=True, slots=True)
class Question:
    """A fact of history that a formula reads: `rank(bookings,quarter)` under that name."""

    fact: str
    function: str
    measure: str
    period: str


def questions(reads: Iterable[str]) -> tuple[Question, ...]:
    """The facts of history among those read, sorted by name."""
    matches = ((name, _QUESTION.fullmatch(name)) for name in sorted(set(reads)))
    return tuple(Question(name, *match.groups()) for name, match in matches if match)


def answers(
    who: Everybody, plan: Plan, component: Component, window: Period, payee: str, asked: Iterable[Question]
) -> dict[str, object]:
    """The answers to questions of history about one payee, as of a window; what has none yet is left out."""
    found: dict[str, object] = {}
    for one in asked:
        scope = scope_of(plan, component, one.measure, period_named(who.rulebook, plan, window, one.period))
        value = who.rank(plan, payee, scope) if one.function == "rank" else who.attainment(plan, payee, scope)
        if value is not None:
            found[one.fact] = value
    return found


def scope_of(plan: Plan, component: Component, name: str, window: Period, whole: bool = True) -> Scope:
    """What is counted of a name in a window for a component; `whole` leaves out the component's own time in force."""
    by_share = not isinstance(component, Commission)
    span = None if whole else component.in_force
    return Scope(name, window, plan.currency, component.place, component.clawback, by_share, span)


def period_named(rulebook: Rulebook, plan: Plan, window: Period, name: str) -> Period:
    """`quarter`: the one in which the window ends; `period`: the plan's; `2026-Q1`: that one."""
    if name[0].isdigit():
        return parse_period(name, rulebook.company)
    return period_of(window.last_on, plan.period if name == "period" else name, rulebook.company)


def _in_currency(credit: Credit, scope: Scope) -> None:
    """E062 for a credit in another currency than the plan's."""
    if credit.amount.currency != scope.currency:
        told = {"credit": credit.name, "found": str(credit.amount), "currency": scope.currency, "event": credit.event}
        raise EvaluationError("E062", scope.place, **told)
