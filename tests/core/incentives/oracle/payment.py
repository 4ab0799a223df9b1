"""The currency in which somebody is paid: each finished line at a rate of its day, rounded once."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from engine.core.rules.plan import Plan
from tests.core.incentives.oracle.calendar import window_of
from tests.core.incentives.oracle.presence import facts_on
from tests.core.incentives.oracle.table import whole_number
from tests.core.incentives.oracle.told import History, Line, Unpayable

PLACES = {"CNY": 2, "USD": 2, "JPY": 0, "KWD": 3}


def paid_in(history: History, plan: Plan, line: Line, as_of: date) -> Line:
    """The line in the payee's currency."""
    terms = plan.pays_in
    if terms is None:
        return line
    ends = window_of(line.on, plan.period, history.fiscal_month).end - timedelta(days=1)
    on = min(as_of, line.on if terms.on == "earned_on" else ends)
    currency = terms.currency if terms.currency in PLACES else facts_on(history, on).get(terms.currency)
    if currency not in PLACES:
        raise Unpayable
    if currency == plan.currency:
        return line
    rate = _rate(history, (plan.currency, str(currency), terms.kind), on)
    rate *= Fraction(10) ** (PLACES[str(currency)] - PLACES[plan.currency])
    earned, released, withheld, taken = (
        whole_number(minor * rate, plan.rounding.value)
        for minor in (line.earned, line.released, line.withheld, line.taken_back)
    )
    return replace(line, earned=earned, released=released, withheld=withheld, taken_back=taken, currency=str(currency))


def _rate(history: History, wanted: tuple[str, str, str], on: date) -> Fraction:
    """The last rate of that pair and kind that had begun; an average only in its own month. Unpayable without one."""
    rates = [rate for rate in history.rates if (rate.source, rate.target, rate.kind) == wanted and rate.from_on <= on]
    if wanted[2] == "month_average":
        rates = [rate for rate in rates if (rate.from_on.year, rate.from_on.month) == (on.year, on.month)]
    if not rates:
        raise Unpayable
    return max(rates, key=lambda rate: rate.from_on).rate
