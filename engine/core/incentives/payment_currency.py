"""The currency that a payee is paid in: finished lines of a plan, each converted and rounded once, with its rate.

It comes after everything else, so that attainment, tiers and caps are the same for everybody on a plan. A line that is
paid in another currency has a key of its own: where the currency changes, what was posted in the old one goes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from engine.core.currencies import EXPONENTS
from engine.core.formulas import EvaluationError
from engine.core.incentives.exchange import converted
from engine.core.incentives.identity import derived_id
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.payees import Payee, payee_facts
from engine.core.incentives.trace import payable_step
from engine.core.money import Money, Rounding
from engine.core.periods import parse_period
from engine.core.rules.company import Company, ExchangeRate
from engine.core.rules.plan import PaysIn, Plan


def paid_in(
    lines: Iterable[EarningLine], plan: Plan, payee: Payee, company: Company, as_of: date
) -> Iterator[EarningLine]:
    """The lines in the currency that the plan pays the payee in; as they are where it says none, or it is the plan's.

    Raises E080, E134 for a rate that is missing, and E134 for a payee whose currency is not known. Never inverted,
    never chained.
    """
    if plan.pays_in is None:
        yield from lines
        return
    for line in lines:
        day = line.on if plan.pays_in.on == "earned_on" else parse_period(line.earned_period, company).last_on
        on = min(day, as_of)
        currency = _currency(plan.pays_in, plan.currency, payee, on)
        if currency == line.earned.currency:
            yield line
        else:
            yield _converted(line, _Rate(currency, plan.pays_in.kind, on, company.exchange_rates, plan.rounding))


def _currency(wanted: PaysIn, source: str, payee: Payee, on: date) -> str:
    """The stated currency, or that of the payee's fact on the day."""
    if wanted.currency in EXPONENTS:
        return wanted.currency
    found = payee_facts(payee, on).get(wanted.currency)
    if found not in EXPONENTS:
        told = {"kind": wanted.kind, "source": source, "target": f"{wanted.currency} (?)", "on": on.isoformat()}
        raise EvaluationError("E134", wanted.place, **told)
    return str(found)


@dataclass(frozen=True, slots=True)
class _Rate:
    """How one line is converted."""

    currency: str
    kind: str
    on: date
    rates: tuple[ExchangeRate, ...]
    rounding: Rounding

    def of(self, amount: Money) -> Money:
        """The amount in the payment currency, rounded once by the plan's rule."""
        return converted(amount, self.currency, self.on, self.rates, self.kind)[0].rounded(self.rounding)

    def id(self, source: str) -> str:
        """The name of the rate's row."""
        return converted(Money.zero(source), self.currency, self.on, self.rates, self.kind)[1]


def _converted(line: EarningLine, rate: _Rate) -> EarningLine:
    """The line with its amounts converted; slices, exact amount and the steps before stay in the plan's currency."""
    earned, released = rate.of(line.earned), rate.of(line.released)
    paid = (("earned", str(line.earned)), ("paid", str(earned)), ("paid_rate", rate.id(line.earned.currency)))
    steps = tuple(_step(step, paid, earned, released) for step in line.steps)
    return replace(
        line, key=derived_id("line", line.key, rate.currency), earned=earned, released=released,
        withheld=rate.of(line.withheld), taken_back=rate.of(line.taken_back), steps=steps,
        source_currency=line.earned.currency,
    )  # fmt: skip


def _step(step: Step, paid: tuple[tuple[str, str], ...], earned: Money, released: Money) -> Step:
    """The currency step with what the line is paid as, the last step with the amounts paid; others as they are."""
    if step.name == "payable":
        return payable_step(earned, released)
    if step.name != "currency":
        return step
    code = "converted_paid" if step.code == "converted" else "paid"
    return Step("currency", code, (*step.particulars, *paid), Fraction(earned.minor))
