"""Schemas of `programme` and `ladder`: what partners join, and the levels of a role."""

from engine.rulefiles.schemas.base import HeaderSchema, RuleSchema
from engine.rulefiles.schemas.fields import Choice, Currency, DurationValue, Expression, MoneyValue, Name, YesNo
from engine.rulefiles.schemas.shapes import Condition, ListOf, Nested, OneOf, Words
from engine.rulefiles.schemas.workflow import criteria, event


class AgreementSchema(RuleSchema):
    """The partner's agreement."""

    later = ("lasts", "remind_before", "renews")
    needed = YesNo(required=True)


class PartnerTierSchema(RuleSchema):
    """A level in the programme."""

    later = ("margin",)
    id = Name(dotted=True, data_key="partner_tier", required=True)
    title = Words()
    needs = criteria()


class PartnerTiersSchema(RuleSchema):
    """The levels, lowest first."""

    later = ("review", "demote")
    tiers = ListOf(Nested(PartnerTierSchema), at_least=1, required=True)


class ConflictSchema(RuleSchema):
    """Two claims on one customer."""

    same = ListOf(Name(dotted=True), at_least=1, required=True)
    verdict = Choice("first_wins", load_default="first_wins")


class RegistrationSchema(RuleSchema):
    """Deal registration."""

    later = ("decide_within",)
    protects = DurationValue(calendar=True, required=True)
    refuse_when = criteria()
    conflict = Nested(ConflictSchema, required=True)


class ReferralSchema(RuleSchema):
    """`- referral: …`, paid for an introduction."""

    id = Name(data_key="referral", required=True)
    on = event(required=True)
    when = Condition()
    amount = Expression(required=True)
    at_most = MoneyValue()


class ProgrammeSchema(HeaderSchema):
    """`programme:`, what channel partners join."""

    later = ("training",)
    id = Name(data_key="programme", required=True)
    channels = ListOf(Name(dotted=True), at_least=1, required=True)
    agreement = Nested(AgreementSchema)
    partner_tiers = Nested(PartnerTiersSchema)
    registration = Nested(RegistrationSchema)
    incentives = ListOf(OneOf({"referral": ReferralSchema}, later=("rebate", "mdf")), load_default=())
    currency = Currency()


class LevelSchema(RuleSchema):
    """One level of a ladder."""

    id = Name(dotted=True, data_key="level", required=True)
    title = Words()
    promote_when = criteria()
    demote_when = criteria()
    approval = Name(dotted=True, load_default="")


class LadderSchema(HeaderSchema):
    """`ladder:`, the levels of a role."""

    id = Name(data_key="ladder", required=True)
    role = Name(dotted=True, required=True)
    levels = ListOf(Nested(LevelSchema), at_least=1, required=True)
