"""Schema of `targets`: a goal, what makes it SMART, and how it is divided."""

from typing import Any

from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, CsvFile, MoneyValue, Name, Percent, PeriodName
from engine.rulefiles.schemas.shapes import AnyShape, ListOf, Nested


class PeopleSchema(RuleSchema):
    """`people: {table: people-2026.csv}`."""

    table = CsvFile(required=True)


class SplitSchema(RuleSchema):
    """How a goal is divided."""

    quarters = AnyShape(Choice("even"), ListOf(Percent()), load_default="even")
    months = AnyShape(Choice("even"), ListOf(Percent()), load_default="even")
    weeks = Choice("by_working_days", "even", load_default="by_working_days")
    people = Nested(PeopleSchema)


def smart(code: str) -> Any:
    """A key without which a target is refused by name."""
    return {"required": code}


class TargetsSchema(HeaderSchema):
    """`targets:`, a goal and its decomposition. What makes it SMART must be there."""

    id = Name(data_key="targets", required=True)
    measure = Name(dotted=True, required=True, error_messages=smart("R250"))
    period = PeriodName(required=True, error_messages=smart("R251"))
    goal = MoneyValue(required=True, error_messages=smart("R254"))
    owner = Name(required=True, error_messages=smart("R252"))
    parent = Name(required=True, error_messages=smart("R253"))
    stretch_limit = Percent(over_100=True)
    split = Nested(SplitSchema)

    def made(self, form: Form) -> Form:
        """The target, once stated shares of quarters and months have a year to divide."""
        split = form.get("split", {})
        stated = [key for key in ("quarters", "months") if isinstance(split.get(key), tuple)]
        if stated and "-" in str(form.source["period"]):
            no_effect(
                split,
                stated,
                "only the goal of a whole year is divided by stated shares",
                "只有全年目标才按所列占比分解",
            )
        return form
