"""The roster: whom a plan pays on which day, and who belongs together. Asked of everybody, so asked once for each state."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise

from engine.core.formulas import EvaluationError, Facts, Formula
from engine.core.incentives.payees import Payee, payee_facts
from engine.core.incentives.presence import Span, presence, within
from engine.core.incentives.proration import part_of
from engine.core.periods import Period
from engine.core.problems import Place
from engine.core.records import Person
from engine.core.rules.plan import Contest, Plan, Pool
from engine.core.rules.rulebook import Rulebook

State = tuple[str, date | None]
"""What decides a payee's facts: who, and since when what holds of them has held (None: a partner, or before all)."""


@dataclass(slots=True)
class Roster:
    """All payees by id. Conditions and facts are kept by the payee's state, which changes far less often than days.

    `failed` are those about whom a condition could not be evaluated: they take no part, and are paid nothing before.
    """

    rulebook: Rulebook
    payees: dict[str, Payee]
    failed: dict[str, EvaluationError] = field(default_factory=dict)
    _facts: dict[State, Facts] = field(default_factory=dict)
    _held: dict[tuple[Place, str, State], bool] = field(default_factory=dict)
    _versions: dict[str, tuple[Plan, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rulebook: Rulebook, payees: Iterable[Payee]) -> "Roster":
        """The roster of those payees, in the order of their ids."""
        return cls(rulebook, {payee.id: payee for payee in sorted(payees, key=lambda payee: payee.id)})

    def facts(self, id: str, on: date) -> Facts:
        """The payee's facts as of a day."""
        state = self._state(id, on)
        if state not in self._facts:
            self._facts[state] = payee_facts(self.payees[id], on)
        return self._facts[state]

    def holds(self, formula: Formula, id: str, on: date) -> bool:
        """Whether a condition about the payee alone holds on a day."""
        key = (formula.place, formula.source, self._state(id, on))
        if key not in self._held:
            self._held[key] = self._asked(formula, id, on)
        return self._held[key]

    def pays(self, plan: Plan, id: str, on: date) -> bool:
        """As `payees.pays`: the plan is in force, the payee is with us, and its condition holds for them."""
        payee = self.payees[id]
        if not plan.header.in_force.covers(on) or (isinstance(payee, Person) and not payee.employed(on)):
            return False
        return isinstance(payee, Person) if plan.pays is None else self.holds(plan.pays, id, on)

    def on_plan(self, plan: Plan, id: str, on: date) -> bool:
        """Whether any version of the plan pays the payee on that day; False for one who is not known."""
        if id not in self.payees:
            return False
        versions = self._versions.get(plan.header.id) or self._versions_of(plan)
        return any(self.pays(version, id, on) for version in versions)

    def group(self, component: Pool | Contest, id: str, on: date) -> str | None:
        """With whom the payee shares or competes on a day, as a word; None: with nobody.

        A pool's `members` are one group; without them, and in a contest `among` a fact, everybody of the same value
        is, and those for whom it is not set are one as well.
        """
        if isinstance(component, Pool) and component.members is not None:
            return "" if self.holds(component.members, id, on) else None
        fact = "owner.team" if isinstance(component, Pool) else component.among
        return "" if fact == "all" else str(self.facts(id, on).get(fact) or "")

    def presence(self, plan: Plan, pool: Pool, id: str, group: str, window: Period) -> Fraction:
        """The part of a window on which the plan pays the payee as one of the group, by the plan's proration; unpaid
        leave is no presence."""
        present = presence(self._versions_of(plan), self.payees[id]).present
        spans = (Span(*ends) for ends in pairwise(self._turns(plan, id, window)))
        there = [
            part
            for span in spans
            if self.on_plan(plan, id, span.start) and self.group(pool, id, span.start) == group
            for part in within(present, Period("", "", span.start, span.end))
        ]
        return part_of(plan, "target", window, there, self.rulebook)

    def _turns(self, plan: Plan, id: str, window: Period) -> list[date]:
        """The days of a window on which something about the payee and the plan may change, with its start and end."""
        payee = self.payees[id]
        days: list[date | None] = []
        if isinstance(payee, Person):
            days += [payee.joined_on, payee.left_on, *(version.from_on for version in payee.versions)]
        for version in self._versions_of(plan):
            days += [version.header.in_force.from_on, version.header.in_force.until_on]
        inside = {day for day in days if day is not None and window.contains(day)}
        return sorted(inside | {window.start, window.end})

    def _versions_of(self, plan: Plan) -> tuple[Plan, ...]:
        """All versions of a plan, kept."""
        own = tuple(one for one in self.rulebook.plans if one.header.id == plan.header.id)
        return self._versions.setdefault(plan.header.id, own)

    def _asked(self, formula: Formula, id: str, on: date) -> bool:
        try:
            return formula.holds(self.facts(id, on))
        except EvaluationError as error:
            self.failed.setdefault(id, error)
            return False

    def _state(self, id: str, on: date) -> State:
        payee = self.payees[id]
        version = payee.on(on) if isinstance(payee, Person) else None
        return (id, version.from_on if version else None)
