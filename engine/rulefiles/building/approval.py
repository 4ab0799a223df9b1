"""Builds approval rules."""

from engine.core.rules.approval import ApprovalRule, ApprovalStep, Band
from engine.core.rules.header import Header, Title
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.approval import HOW
from engine.rulefiles.schemas.base import Form


def build_approval(form: Form, header: Header, workshop: Workshop) -> ApprovalRule:
    """The rule's record."""
    return ApprovalRule(
        header=header,
        about=form["about"],
        voided_by=form["voided_by"],
        bands=tuple(_band(band, workshop) for band in form["bands"]),
        decide_within=form.get("decide_within"),
        when_late=form["when_late"],
        escalate_to=form["escalate_to"],
        while_away=form["while_away"],
    )


def _band(form: Form, workshop: Workshop) -> Band:
    steps = tuple(_step(step) for step in form["steps"])
    return Band(workshop.condition(form.get("when")), steps, form.get("title", Title()), form.place)


def _step(form: Form) -> ApprovalStep:
    how = next(key for key in HOW if key in form)
    who = (form["who"],) if how == "who" else tuple(form[how])
    return ApprovalStep("one" if how == "who" else how, who, form.place)
