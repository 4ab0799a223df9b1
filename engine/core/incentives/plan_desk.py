"""One plan, in all its versions, and one payee: what everything done at plan level looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from engine.core.incentives.adjustments import DealProgress
from engine.core.incentives.lines import EarningLine, Step, line_key
from engine.core.incentives.open_days import EVERY_DAY, OpenDays
from engine.core.incentives.payees import Payee
from engine.core.incentives.presence import Presence, presence
from engine.core.incentives.trace import eligible_step, in_full, payable_step, release_step, rounding_step, with_steps
from engine.core.money import Money
from engine.core.periods import period_of
from engine.core.problems import Place
from engine.core.records import Cause, Quota
from engine.core.rules.plan import Plan
from engine.core.rules.rulebook import Rulebook


@dataclass(frozen=True)
class PlanDesk:
    """`versions` of one plan id; `as_of` is the last day looked at."""

    rulebook: Rulebook
    versions: Sequence[Plan]
    payee: Payee
    progress: Mapping[str, DealProgress]
    as_of: date
    quotas: Sequence[Quota] = ()
    open: OpenDays = EVERY_DAY

    @cached_property
    def presence(self) -> Presence:
        """When any version of the plan pays the payee."""
        return presence(self.versions, self.payee)

    def version_on(self, day: date) -> Plan:
        """The version in force on a day; after the last one has ended that one, before the first the first."""
        ordered = sorted(self.versions, key=lambda plan: plan.header.in_force.from_on)
        return next((plan for plan in reversed(ordered) if plan.header.in_force.from_on <= day), ordered[0])

    def line(
        self, plan: Plan, component: str, source: tuple[str, str], window: str, on: date, amount: Money, place: Place,
        told: Mapping[str, Step], withheld: Money | None = None,
    ) -> EarningLine:  # fmt: skip
        """A line that no credit made: `source` is its name and its kind, `told` the steps that have something to say."""
        zero, head = Money.zero(amount.currency), plan.header
        steps = {
            "eligible": eligible_step(plan),
            "release": release_step(Fraction(1), False, amount),
            "rounding": rounding_step(plan.rounding, amount.exact.minor, amount.currency),
            "payable": payable_step(amount, amount),
            **told,
        }
        return EarningLine(
            line_key(head.id, component, window, self.payee.id, source[0]), head.id, head.version, component, window,
            self.payee.id, *source, "", "", on, period_of(on, plan.period, self.rulebook.company).id, amount, amount,
            amount.exact.minor, withheld or zero, zero, (), in_full(steps), Cause(head.version, place, ""),
        )  # fmt: skip


def retold(line: EarningLine, *steps: Step) -> EarningLine:
    """The line with those steps in the place of what they said before."""
    return replace(line, steps=with_steps(line.steps, *steps))
