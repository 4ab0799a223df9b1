"""From the currency of a deal into that of a plan: by which kind of rate, and of which day, the plan says."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.incentives.exchange import converted
from engine.core.money import ExactMoney, Money
from engine.core.rules.company import Company
from engine.core.rules.plan import Plan
from engine.core.situation import Situation


def into_plan(
    amount: Money | ExactMoney, plan: Plan, event: Event, situation: Situation, company: Company
) -> tuple[ExactMoney, str]:
    """The exact amount in the plan's currency, and the id of the rate used (empty when none was needed).

    E080, E134 when there is no such rate, also where the day that the plan asks for is not known yet.
    """
    if amount.currency == plan.currency:
        return amount.exact, ""
    kind, named = plan.exchange.kind, plan.exchange.on
    on = _DAYS[named](event, situation)
    if on is None:
        told = {"kind": kind, "source": amount.currency, "target": plan.currency, "on": f"{named} (?)"}
        raise EvaluationError("E134", plan.header.place, **told)
    return converted(amount, plan.currency, on, company.exchange_rates, kind)


def _won(event: Event, situation: Situation) -> date | None:
    deal = situation.deal
    return deal.won_on if deal else None


def _invoiced(event: Event, situation: Situation) -> date | None:
    """The day of the deal's latest invoice up to the event; its own for an invoice."""
    if event.type == "invoice.issued":
        return event.on
    receipts = situation.state.receipts(situation.deal.id) if situation.deal else ()
    days = [receipt.on for receipt in receipts if receipt.kind == "invoice" and receipt.on <= event.on]
    return max(days, default=None)


_DAYS: Mapping[str, Callable[[Event, Situation], date | None]] = MappingProxyType(
    {"event_date": lambda event, situation: event.on, "deal.won_on": _won, "invoice_date": _invoiced}
)
