"""Builds service levels."""

from engine.core.formulas import Formula
from engine.core.rules.header import Header
from engine.core.rules.service_level import Asking, Closing, Promise, ServiceLevel, ServiceStep
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.schemas.base import Form

MAY_ASK = ("ticket", "account")
_NOT_ASKED = ("ticket.status", "ticket.by", "ticket.score", "account.open_tickets", "account.open_complaints",
              "account.csat")  # fmt: skip
"""What changes while a ticket is seen to: what is promised about it does not hang on that."""


def build_service_level(form: Form, header: Header, workshop: Workshop) -> ServiceLevel:
    """The rule's record."""
    return ServiceLevel(
        header=header,
        promises=tuple(_promise(one, workshop) for one in form["promises"]),
        steps=tuple(_step(one) for one in form["steps"]),
        holds=form["holds"],
        on_reopen=form["on_reopen"],
        calendar=form["calendar"],
        closing=optional(form, "close", lambda one: Closing(one["after"], one["statuses"])),
        asking=optional(form, "satisfaction", lambda one: Asking(one["worst"], one["best"], one["satisfied_from"])),
    )


def _promise(form: Form, workshop: Workshop) -> Promise:
    when = workshop.condition(form.get("when"))
    if when and (wrong := _unknown_then(when)):
        workshop.report(form.at("when"), "R414", found=wrong)
    limits = (form.get("first_response"), form.get("next_response"), form.get("resolution"))
    return Promise(form["id"], when, form.place, *limits, calendar=form["calendar"])


def _unknown_then(when: Formula) -> str:
    """The first fact that is not of the ticket or its account, or that changes while it is seen to."""
    wrong = (name for name in sorted(when.reads) if name.split(".")[0] not in MAY_ASK or name in _NOT_ASKED)
    return next(wrong, "")


def _step(form: Form) -> ServiceStep:
    return ServiceStep(
        form["of"], form.place, form.get("before"), form.get("after"), form["task"], form["to"], form["tell"]
    )
