"""Schemas of a plan's `credits`: what is credited, how much, on which day, and to whom."""

import re
from typing import ClassVar

from marshmallow import ValidationError

from engine.core.numerals import Unreadable, refuse_full_width
from engine.rulefiles.located import Text, problem_at, shown
from engine.rulefiles.schemas.base import Form, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, Expression, JsonSchema, Line, Name, Percent, Value
from engine.rulefiles.schemas.shapes import AnyShape, Condition, ListOf, Nested
from engine.rulefiles.schemas.workflow import event

ALL_LEVELS = 0


class Levels(Value):
    """How many levels up: a whole number from 1, or `all`."""

    like: ClassVar[JsonSchema] = {"type": ["string", "number"], "pattern": "^(all|[1-9][0-9]*)$"}

    def read(self, text: Text) -> int:
        """The number, 0 for all. R283 for anything else."""
        refuse_full_width(text)
        if text == "all":
            return ALL_LEVELS
        if not re.fullmatch("[1-9][0-9]?", text):
            raise Unreadable("R283", found=shown(text))
        return int(text)


WAYS = ("split", "split_payout", "overlay", "cascade", "roll_up")
_NEEDS = {"rest": ("split", "split_payout"), "shares": ("cascade",), "each": ("cascade",), "levels": ("roll_up",),
          "as_of": ("roll_up",)}  # fmt: skip


class CreditToSchema(RuleSchema):
    """Who is credited."""

    split = Line()
    split_payout = Line()
    rest = Line()
    overlay = Line()
    cascade = ListOf(Name(dotted=True), at_least=1)
    shares = ListOf(Percent(), at_least=1)
    each = Choice("of_the_rest", "of_the_same", load_default="of_the_rest")
    roll_up = Line()
    levels = Levels(load_default=ALL_LEVELS)
    as_of = Line(load_default="event")

    def made(self, form: Form) -> Form:
        """The recipients, once they are told in one way and nothing is said beside it."""
        ways = [way for way in WAYS if way in form]
        if len(ways) != 1:
            raise ValidationError({"split": [problem_at(form.source, "R056")]})
        idle = [key for key, wanted in _NEEDS.items() if ways[0] not in wanted]
        no_effect(form, idle, f"it says nothing beside `{ways[0]}`", f"与 `{ways[0]}` 一起没有意义")
        if ways[0] == "cascade":
            _a_share_for_each_level(form)
        return form


def _a_share_for_each_level(form: Form) -> None:
    """R280 when there are not as many shares as levels, R281 when shares of the same whole exceed it."""
    shares = form.get("shares", ())
    if len(shares) != len(form["cascade"]):
        told = {"levels": str(len(form["cascade"])), "shares": str(len(shares))}
        raise ValidationError({"shares": [problem_at(form.at("shares"), "R280", **told)]})
    total = sum(shares)
    if form["each"] == "of_the_same" and total > 1:
        raise ValidationError({"shares": [problem_at(form.at("shares"), "R281", total=f"{total * 100}%")]})


class CreditSchema(RuleSchema):
    """One way to earn credit."""

    name = Name(dotted=True, data_key="credit", required=True)
    on = event(required=True)
    each = Choice("line")
    when = Condition()
    amount = Expression()
    counts = Expression()
    weighs = Expression()
    dated = Expression()
    to = AnyShape(Line(), Nested(CreditToSchema), required=True)
