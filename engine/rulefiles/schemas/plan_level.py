"""Schemas of what a plan does to a payee's pay as a whole: cap, draw, guarantee, ramp and proration."""

from collections.abc import Iterator
from typing import ClassVar

from engine.core.numerals import Unreadable
from engine.core.value_texts import read_money, read_percent
from engine.rulefiles.located import Text, shown
from engine.rulefiles.schemas.base import Form, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import (
    Choice,
    Day,
    DurationValue,
    JsonSchema,
    MoneyValue,
    Percent,
    Value,
)
from engine.rulefiles.schemas.shapes import ListOf

PERIODS = ("month", "quarter", "half", "year")
PRORATIONS = ("calendar_days", "working_days", "months", "thirty_360", "none")
PRORATED = ("quota", "target", "cap", "draw", "guarantee")


class ShareOrAmount(Value):
    """`25%`, at most 100 %, or an amount of money, `10_000 CNY`."""

    like: ClassVar[JsonSchema] = {"type": "string", "pattern": r"^[0-9][0-9_,.]*\s?(%|[万亿]? ?[A-Z]{3})$"}

    def read(self, text: Text) -> object:
        """The exact share or the amount. R049 outside 0 % to 100 % or for an amount below nothing."""
        if not text.rstrip().endswith(("%", "％")):
            amount = read_money(text)
            if amount.minor < 0:
                raise Unreadable("R049", found=shown(text))
            return amount
        share = read_percent(text)
        if not 0 <= share <= 1:
            raise Unreadable("R049", found=shown(text))
        return share


class PlanCapSchema(RuleSchema):
    """The most that all components of a plan pay together in a period."""

    at_most = MoneyValue(required=True)
    per = Choice(*PERIODS, "plan", required=True)
    excess = Choice("lost", "carried_forward", load_default="lost")

    def made(self, form: Form) -> Form:
        """The cap, once what is carried has a period to be carried into."""
        if form["per"] == "plan":
            no_effect(form, ["excess"] if form["excess"] == "carried_forward" else [],
                      "after the plan's whole time there is no next period", "方案整个有效期之后没有下一期")  # fmt: skip
        return form


class DrawSchema(RuleSchema):
    """Pay that is advanced when less is earned in a period."""

    amount = MoneyValue(required=True)
    per = Choice(*PERIODS, required=True)
    kind = Choice("recoverable", "non_recoverable", "forgiven", required=True)
    recover = Choice("from_above_draw", "from_all", load_default="from_above_draw")
    starts_after = DurationValue(calendar=True)
    rate = Percent()
    at_most = MoneyValue()
    ends = Day()
    balance_at_end = Choice("owed", "forgiven", load_default="owed")

    def made(self, form: Form) -> Form:
        """The draw, once every key can act."""
        if form["kind"] == "non_recoverable":
            no_effect(form, ["recover", "starts_after", "rate", "at_most", "balance_at_end"],
                      "nothing of a draw that is not recoverable is taken back", "不可收回的预支不作任何收回")  # fmt: skip
        if form["kind"] == "forgiven":
            no_effect(form, ["balance_at_end"], "`kind: forgiven` says it already", "`kind: forgiven` 已经说明")
        if "ends" not in form:
            no_effect(form, ["balance_at_end"], "the draw has no end: add `ends`", "该预支没有结束日期：请添加 `ends`")
        return form


class GuaranteeSchema(RuleSchema):
    """The least that is paid in a period, with nothing to recover."""

    amount = MoneyValue(required=True)
    per = Choice(*PERIODS, required=True)
    lasts = DurationValue(calendar=True, data_key="for")


class RampSchema(RuleSchema):
    """The quota of a payee's first months on the plan."""

    months = ListOf(ShareOrAmount(), at_least=1, required=True)
    guarantee = Percent(over_100=True)


def plan_level_acts(form: Form) -> Form:
    """The plan, once there is something to prorate, and everything that it says is prorated is there (R043)."""
    there = set(_can_be_prorated(form))
    prorated = set(form.get("prorates", ("quota", "target")))
    if form["proration"] == "none":
        no_effect(form, ["prorates"], "`proration` is none", "`proration` 为 none")
    elif "cap" in prorated & there and form["cap"]["per"] == "plan":
        no_effect(form, ["prorates"], "a cap over the plan's whole time has no period of which a part could count",
                  "整个方案期的封顶没有可按比例折算的期间")  # fmt: skip
    elif not prorated & there:
        no_effect(form, ["proration"], f"the plan has none of what it would scale ({', '.join(sorted(prorated))})",
                  f"方案中没有可折算的项目（{'、'.join(sorted(prorated))}）")  # fmt: skip
    elif "prorates" in form and prorated - there:
        missing = sorted(prorated - there)
        no_effect(form, ["prorates"], f"the plan has no {', '.join(missing)}", f"方案中没有 {'、'.join(missing)}")
    if "ramp" not in form and not (form["proration"] != "none" and "quota" in prorated & there):
        no_effect(form, ["quota_rounding"], "no quota is prorated or ramped", "没有需要折算或爬坡的定额")
    return form


def _can_be_prorated(form: Form) -> Iterator[str]:
    """What of it there is in the plan."""
    parts = [component for _, component in form["components"]]
    if any(kind == "pool" or "target" in part for kind, part in form["components"]):
        yield "target"
    if any(part.get("quota") for part in parts):
        yield "quota"
    yield from (key for key in ("cap", "draw", "guarantee") if key in form)
    if "guarantee" in form.get("ramp", ()):
        yield "guarantee"
