"""Builds what a plan does to a payee's pay as a whole: cap, draw, guarantee and ramp."""

from fractions import Fraction
from typing import Any

from engine.core.rules.plan_terms import Draw, Guarantee, PlanCap, Ramp
from engine.rulefiles.building.workshop import optional
from engine.rulefiles.schemas.base import Form


def plan_level(form: Form) -> dict[str, Any]:
    """The fields of a plan's record that are about the plan as a whole."""
    return {
        "prorates": tuple(form.get("prorates", ("quota", "target"))),
        "quota_rounding": form.get("quota_rounding"),
        "cap": optional(form, "cap", lambda cap: PlanCap(cap["at_most"], cap["per"], cap["excess"], cap.place)),
        "draw": optional(form, "draw", _draw),
        "guarantee": optional(form, "guarantee", _guarantee),
        "ramp": optional(form, "ramp", lambda ramp: Ramp(ramp["months"], ramp.get("guarantee"), ramp.place)),
    }


def _draw(form: Form) -> Draw:
    return Draw(
        amount=form["amount"],
        per=form["per"],
        kind=form["kind"],
        recover=form["recover"],
        starts_after=form.get("starts_after"),
        rate=form.get("rate", Fraction(1)),
        at_most=form.get("at_most"),
        ends=form.get("ends"),
        balance_at_end=form["balance_at_end"],
        place=form.place,
    )


def _guarantee(form: Form) -> Guarantee:
    return Guarantee(form["amount"], form["per"], form.get("lasts"), form.place)
