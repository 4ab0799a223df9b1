"""Schemas of a plan's currencies: how amounts of deals come into it, and what its payees are paid in."""

from engine.core.rules.company import RATE_KINDS
from engine.rulefiles.schemas.base import RuleSchema
from engine.rulefiles.schemas.fields import Choice, Line
from engine.rulefiles.schemas.shapes import Nested


class ExchangeSchema(RuleSchema):
    """How amounts of deals come into the plan's currency."""

    kind = Choice(*RATE_KINDS, load_default="spot")
    on = Choice("event_date", "deal.won_on", "invoice_date", later=("window_end",), load_default="event_date")


class PaymentRateSchema(RuleSchema):
    """Which rate brings pay into the payee's currency."""

    kind = Choice(*RATE_KINDS, load_default="spot")
    on = Choice("earned_on", "period_end", load_default="earned_on")


class PaysInSchema(RuleSchema):
    """The currency that payees are paid in."""

    currency = Line(required=True)
    rate = Nested(PaymentRateSchema)
