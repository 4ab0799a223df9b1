"""Exchange rates of the company's table: found, never guessed, never inverted, never chained."""

from collections.abc import Sequence
from datetime import date

from engine.core.currencies import exponent
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.rules.company import ExchangeRate


def rate_on(rates: Sequence[ExchangeRate], source: str, target: str, on: date) -> ExchangeRate | None:
    """The pair's last rate that had begun on that day, or None. Two of one day: the later in the table."""
    begun = [rate for rate in rates if (rate.source, rate.target) == (source, target) and rate.from_on <= on]
    return max(reversed(begun), key=lambda rate: rate.from_on, default=None)


def converted(
    amount: Money | ExactMoney, target: str, on: date, rates: Sequence[ExchangeRate]
) -> tuple[ExactMoney, str]:
    """The exact amount in the target currency, and the id of the rate used (empty when none was needed).

    E080 when the table has no rate of the pair on that day.
    """
    if amount.currency == target:
        return amount.exact, ""
    rate = rate_on(rates, amount.currency, target, on)
    if rate is None:
        raise EvaluationError("E080", None, source=amount.currency, target=target, on=on.isoformat())
    shift = exponent(target) - exponent(amount.currency)
    scaled = amount.exact * rate.rate
    return ExactMoney((scaled * 10**shift if shift >= 0 else scaled / 10**-shift).minor, target), rate.id
