"""One plan and one payee at work: what is known of the payee, and what a window depends on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from engine.core.formulas import EvaluationError, Facts
from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.earnings import calculate_segments
from engine.core.incentives.gathering import Segment, WindowInputs
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.open_days import EVERY_DAY, OpenDays
from engine.core.incentives.other_measures import Asking, attainments_at_end
from engine.core.incentives.payees import Payee, payee_facts, pays
from engine.core.incentives.score_facts import KnownOf, score_for
from engine.core.incentives.scored import Scored
from engine.core.incentives.together import Mine, Together, asks_ranks
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.records import Answer, Credit, Grant, Person, Quota, Score
from engine.core.rules.plan import Commission, Component, OwnComponent, Plan
from engine.core.rules.rulebook import Rulebook

SomePart = TypeVar("SomePart")


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of one payee: credits and quotas of their own, their grants, the progress of the deals that
    releases wait for, facts of a period by its name, scores that were told, and
    customers' answers about their tickets.

    `together` is what depends on everybody, found once for a calculation. Without it the grants must be everybody's
    (budgets are shared), and a plan with a pool, contest or rank cannot be calculated. Where not every day is `open`,
    only what open days need is there, and only what they are owed is asked.
    """

    credits: Sequence[Credit] = ()
    grants: Sequence[Grant] = ()
    quotas: Sequence[Quota] = ()
    progress: Mapping[str, DealProgress] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    scores: Sequence[Score] = ()
    together: Together | None = None
    open: OpenDays = EVERY_DAY
    answers: Sequence[Answer] = ()


Calculate = Callable[[Plan, Commission, Sequence[Segment]], tuple[tuple[EarningLine, ...], ...]]
"""How windows become lines."""


OnPlan = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Desk:
    """One plan and payee at work."""

    rulebook: Rulebook
    plan: Plan
    payee: Payee
    books: Books
    as_of: date
    calculate: Calculate = calculate_segments
    on_plans: dict[str, OnPlan] = field(default_factory=dict)

    def on_plan(self, plan: Plan) -> OnPlan:
        """Whether that plan pays the payee on a day; what was asked once is kept."""
        return self.on_plans.setdefault(plan.header.version, on_plan_of(plan, self.payee))

    @property
    def mine(self) -> Mine:
        """The payee's part of what depends on everybody."""
        if self.books.together is None:
            raise ValueError(f"{self.plan.header.id} depends on everybody: hand `together` to the books")
        mine = self.books.together.of(self.payee.id)
        if mine.failed is not None:
            raise mine.failed
        return mine

    def part(self, component: Component) -> tuple[str, str]:
        """How that part is found for a component."""
        return (self.plan.header.version, component.id)

    def inputs(
        self, window: Period, component: OwnComponent, score: Scored | None, quota: Money | None = None,
        carried: Money | None = None,
    ) -> WindowInputs:  # fmt: skip
        """What the window depends on; the payee's facts are those of its last day, or of the last day looked at."""
        books = self.books
        asking = Asking(self.rulebook, self.plan, self.payee.id, books.credits, books.quotas, self.as_of)
        at_end = attainments_at_end(component, window, asking)
        ranks = settled(self.mine.ranks.get((self.part(component), window.id), {})) if asks_ranks(component) else {}
        known = payee_facts(self.payee, min(window.last_on, self.as_of))
        facts = {**known, **books.facts.get(window.id, {}), **at_end, **ranks, **(score.facts() if score else {})}
        return WindowInputs(self.as_of, self.rulebook.company, quota, books.progress, facts, carried, at_end)

    def score(self, component: OwnComponent, window: Period) -> Scored | None:
        """What the scorecard that the component asks comes to in the window; None when it asks none."""
        known = KnownOf(self.books.credits, self.books.quotas, self.books.scores, self.as_of, self.books.answers)
        return score_for(component, self.payee, known, window, self.rulebook)


def on_plan_of(plan: Plan, payee: Payee) -> OnPlan:
    """Whether the plan pays the payee on a day; asked of the rule once for each time in which nothing about it changes."""
    known: dict[tuple[object, ...], bool] = {}
    days: dict[date, bool] = {}

    def pays_on(day: date) -> bool:
        in_force, person = plan.header.in_force.covers(day), payee if isinstance(payee, Person) else None
        version = person.on(day) if person else None
        then = (in_force, person is not None and person.employed(day), version.from_on if version else None)
        if then not in known:
            known[then] = pays(plan, payee, day)
        return known[then]

    def on_plan(day: date) -> bool:
        if day not in days:
            days[day] = pays_on(day)
        return days[day]

    return on_plan


def settled(found: SomePart | EvaluationError) -> SomePart:
    """What was found for everybody; raises what was lacking."""
    if isinstance(found, EvaluationError):
        raise found
    return found


def scored(lines: Iterable[EarningLine], score: Scored | None) -> Iterator[EarningLine]:
    """The lines, each with the scorecard's result that it was worked out with."""
    return (replace(line, score=score) if score else line for line in lines)
