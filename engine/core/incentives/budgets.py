"""Budgets of a bonus: what each grant gets of them, first come, first served, exactly.

Come counts by moment, then event, then id, whenever it was heard of: a late event that comes before takes its part, and
the last one loses it, as a difference in the open period. What was undone later frees nothing for others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from engine.core.money import Money
from engine.core.records import Grant
from engine.core.rules.plan import Bonus


@dataclass(frozen=True, slots=True)
class Given:
    """What a grant gets, and which bound kept the rest back: none, budget, person or count."""

    amount: Money
    bound: str = "none"


def is_bounded(bonus: Bonus) -> bool:
    """Whether a rule bounds what the bonus pays to all, to each, or how often."""
    return any(bound is not None for bound in (bonus.budget, bonus.budget_per_person, bonus.count_at_most))


@dataclass(slots=True)
class _Purse:
    """What is left: of the budget (None: not begun), of each person's, and of the number that may be paid."""

    left: Money | None = None
    each: dict[str, Money] = field(default_factory=dict)
    times: int | None = None

    def give(self, grant: Grant, per_person: Money | None) -> Given:
        """Takes out what the grant gets. One that gets nothing does not count as paid."""
        if self.times == 0:
            return Given(Money.zero(grant.amount.currency), "count")
        bounds = [(grant.amount, "none")]
        if grant.budget is not None:
            self.left = grant.budget if self.left is None else self.left
            bounds.append((self.left, "budget"))
        if per_person is not None:
            bounds.append((self.each.get(grant.payee, per_person), "person"))
        amount, bound = min(bounds, key=lambda pair: pair[0])
        self.left = self.left - amount if self.left is not None and grant.budget is not None else self.left
        if per_person is not None:
            self.each[grant.payee] = self.each.get(grant.payee, per_person) - amount
        if self.times is not None and amount:
            self.times -= 1
        return Given(amount, bound)


def within_budget(
    grants: Iterable[Grant], as_of: date, per_person: Money | None = None, count: int | None = None
) -> dict[str, Given]:
    """What each grant of one component gets, by id, within the budget of all (the grants tell it), that of each person,
    and the number that are paid at all."""
    purse, given = _Purse(times=count), dict[str, Given]()
    for grant in sorted(grants, key=lambda grant: (grant.at, grant.event, grant.id)):
        if grant.on <= as_of:
            given[grant.id] = purse.give(grant, per_person)
    return given
