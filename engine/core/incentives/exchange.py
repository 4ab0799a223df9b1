"""Exchange rates of the company's table: found, never guessed, never inverted, never chained."""

from collections.abc import Sequence
from datetime import date

from engine.core.currencies import exponent
from engine.core.formulas import EvaluationError
from engine.core.money import ExactMoney, Money
from engine.core.rules.company import ExchangeRate


def rate_on(
    rates: Sequence[ExchangeRate], source: str, target: str, on: date, kind: str = "spot"
) -> ExchangeRate | None:
    """The pair's last rate of a kind that had begun on that day, or None. Two of one day: the later in the table.

    The average of a month holds for that month alone.
    """
    wanted = (source, target, kind)
    begun = [rate for rate in rates if (rate.source, rate.target, rate.kind) == wanted and rate.from_on <= on]
    if kind == "month_average":
        begun = [rate for rate in begun if (rate.from_on.year, rate.from_on.month) == (on.year, on.month)]
    return max(reversed(begun), key=lambda rate: rate.from_on, default=None)


def converted(
    amount: Money | ExactMoney, target: str, on: date, rates: Sequence[ExchangeRate], kind: str = "spot"
) -> tuple[ExactMoney, str]:
    """The exact amount in the target currency, and the id of the rate used (empty when none was needed).

    E080 when the table has no spot rate of the pair on that day, E134 for another kind.
    """
    if amount.currency == target:
        return amount.exact, ""
    rate = rate_on(rates, amount.currency, target, on, kind)
    if rate is None and kind != "spot":
        raise EvaluationError("E134", None, kind=kind, source=amount.currency, target=target, on=on.isoformat())
    if rate is None:
        raise EvaluationError("E080", None, source=amount.currency, target=target, on=on.isoformat())
    shift = exponent(target) - exponent(amount.currency)
    scaled = amount.exact * rate.rate
    return ExactMoney((scaled * 10**shift if shift >= 0 else scaled / 10**-shift).minor, target), rate.id
