"""Counterfactuals of pay: what somebody would earn if, as the difference of two calculations by `owed` itself.

Nothing here knows how pay is calculated. What would be is calculated with the supposed credits among the others, what is
without them, and the lines are compared; so an estimate and the later payout cannot disagree, unless the world does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.changed_lines import Comparison
from engine.core.incentives.lines import EarningLine, Slice
from engine.core.incentives.narrowing import apart, narrowed
from engine.core.incentives.owed import owed
from engine.core.incentives.own_parts import of_oneself
from engine.core.incentives.payee_desk import Books, OnPlan
from engine.core.incentives.payees import Payee
from engine.core.incentives.standing import Standing, quota_in, standing
from engine.core.incentives.supposed import Supposed
from engine.core.incentives.windows import window_of
from engine.core.money import Money
from engine.core.records import Credit, Grant
from engine.core.rules.plan import Commission, Component, Plan
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Addition:
    """What is supposed to be there as well: a payee's credits, anybody's grants, and how far a deal is then."""

    credits: Sequence[Credit] = ()
    grants: Sequence[Grant] = ()
    progress: DealProgress | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """One earning line as it would be (as it is, where it would be gone), and what that adds to `earned` and `released`.

    `fresh` is True for a line that is only there because of what is supposed.
    """

    line: EarningLine
    earned: Money
    released: Money
    fresh: bool

    @property
    def held(self) -> Money:
        """What would be held back of it until something else happens, such as a payment."""
        return self.earned - self.released


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """What one component would pay more in one window, with the lines that change. `before` and `after` are places on
    its rate table; None for a bonus, and where deals are rated by themselves."""

    plan: str
    version: str
    component: str
    window: str
    currency: str
    changes: tuple[LineChange, ...]
    before: Standing | None = None
    after: Standing | None = None

    @property
    def earned(self) -> Money:
        """The sum over its lines."""
        return Money.total((change.earned for change in self.changes), self.currency)

    @property
    def released(self) -> Money:
        """What of it would be payable at once."""
        return Money.total((change.released for change in self.changes), self.currency)

    @property
    def held(self) -> Money:
        """What of it would be held back."""
        return self.earned - self.released

    @property
    def slices(self) -> tuple[Slice, ...]:
        """The slices of the lines that are new."""
        return tuple(slice for change in self.changes if change.fresh for slice in change.line.slices)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one payee would earn more, as known on the day `as_of`."""

    payee: str
    as_of: date
    components: tuple[ComponentChange, ...]

    @property
    def earned(self) -> tuple[Money, ...]:
        """The sum, one for each currency; empty when nothing would change."""
        return self._sums("earned")

    @property
    def held(self) -> tuple[Money, ...]:
        """What of it would be held back, in the same order."""
        return self._sums("held")

    def _sums(self, name: str) -> tuple[Money, ...]:
        currencies = dict.fromkeys(change.currency for change in self.components)
        return tuple(Money.total(self._of(name, currency), currency) for currency in currencies)

    def _of(self, name: str, currency: str) -> Iterable[Money]:
        return (getattr(change, name) for change in self.components if change.currency == currency)


def of_win(rulebook: Rulebook, payee: Payee, books: Books, supposed: Supposed, as_of: date) -> Estimate:
    """What a supposed win would bring the payee, by the day `as_of`, or by the later day that a rule puts it on."""
    own = [credit for credit in supposed.credits if credit.payee == payee.id]
    until = max([as_of, *(credit.on for credit in own)])
    return estimate(rulebook, payee, books, Addition(own, supposed.grants, supposed.progress), until)


def estimate(rulebook: Rulebook, payee: Payee, books: Books, added: Addition, as_of: date) -> Estimate:
    """The difference that the addition makes to what is owed to the payee. Raises EvaluationError as `owed` does.

    Shares of pools, places in contests and what goes by rank are left out: they depend on everybody.
    """
    found: list[ComponentChange] = []
    on_plans: dict[str, OnPlan] = {}
    for part in apart(of_oneself(rulebook)):
        if any(plan.components for plan in part.plans):
            found += _of_part(part, payee, books, added, as_of, on_plans)
    return Estimate(payee.id, as_of, tuple(found))


def _of_part(
    rulebook: Rulebook, payee: Payee, books: Books, added: Addition, as_of: date, on_plans: dict[str, OnPlan]
) -> Iterable[ComponentChange]:
    """The changes under rules whose windows stand alone, or under rules of which some do not."""
    deal = added.progress.deal if added.progress else ""
    before = narrowed(rulebook, books, added.credits, added.grants, deal)
    after = with_addition(before, added)
    lines, wanted = _both(rulebook, payee, (before, after), as_of, None if before is books else deal, on_plans)
    groups: dict[tuple[str, str, str], list[LineChange]] = {}
    for change in _changes(lines, wanted):
        groups.setdefault((change.line.version, change.line.component, change.line.window), []).append(change)
    return (_component(rulebook, payee, (before, after), changes, as_of) for changes in groups.values())


def _both(
    rulebook: Rulebook, payee: Payee, books: tuple[Books, Books], as_of: date, deal: str | None,
    on_plans: dict[str, OnPlan],
) -> tuple[dict[str, EarningLine], dict[str, EarningLine]]:  # fmt: skip
    """The lines that may differ, by key, without and with what is supposed; every line where windows do not stand alone
    (`deal` None)."""
    if deal is None:
        first, second = (owed(rulebook, payee, known, as_of, on_plans=on_plans) for known in books)
    else:
        seen = Comparison(deal)
        first = owed(rulebook, payee, books[0], as_of, seen.before, on_plans)
        second = owed(rulebook, payee, books[1], as_of, seen.after, on_plans)
        first = (*first, *seen.lines)
    return {line.key: line for line in first}, {line.key: line for line in second}


def with_addition(books: Books, added: Addition) -> Books:
    """The books as they would be; what is supposed takes the place of what is known under the same id."""
    ids = {one.id for one in added.credits} | {one.id for one in added.grants}
    credits = [*(credit for credit in books.credits if credit.id not in ids), *added.credits]
    grants = [*(grant for grant in books.grants if grant.id not in ids), *added.grants]
    progress = {**books.progress, **({added.progress.deal: added.progress} if added.progress else {})}
    return replace(books, credits=credits, grants=grants, progress=progress)


def _changes(lines: Mapping[str, EarningLine], wanted: Mapping[str, EarningLine]) -> Iterable[LineChange]:
    """The lines that are new, in their order, those that come to something else, and those that would be gone."""
    for key, line in wanted.items():
        known = lines.get(key)
        earned = line.earned - known.earned if known else line.earned
        released = line.released - known.released if known else line.released
        if known is None or earned or released:
            yield LineChange(line, earned, released, known is None)
    for key, line in lines.items():
        if key not in wanted:
            yield LineChange(line, -line.earned, -line.released, False)


def _component(
    rulebook: Rulebook, payee: Payee, books: tuple[Books, Books], changes: list[LineChange], as_of: date
) -> ComponentChange:
    """The changes of one component and window, with where it stood and would stand."""
    line = changes[0].line
    plan, component = component_of(rulebook, line.version, line.component)
    places: list[Standing | None] = [None, None]
    if plan and isinstance(component, Commission):
        window = window_of(line.on, component.measured_over, rulebook.company, plan)
        quota = quota_in([change.line for change in changes])
        places = [standing(component, payee.id, window, known.credits, quota, as_of) for known in books]
    return ComponentChange(
        line.plan, line.version, line.component, line.window, line.earned.currency, tuple(changes), *places
    )


def component_of(rulebook: Rulebook, version: str, component: str) -> tuple[Plan | None, Component | None]:
    """The plan of that version and its component; None, None for what is not a plan's."""
    for plan in rulebook.plans:
        if plan.header.version == version:
            return plan, next((part for part in plan.components if part.id == component), None)
    return None, None


def effective_rate(earned: Money, base: Money) -> Fraction | None:
    """Earned ÷ what was credited for it; None without a base, or in two currencies."""
    return earned / base if base and base.currency == earned.currency else None
