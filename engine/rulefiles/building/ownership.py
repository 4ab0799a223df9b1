"""Builds assignment rules and public pools."""

from typing import Any

from engine.core.fact_types import FactKind
from engine.core.formulas import Formula
from engine.core.rules.assignment import Assignment, AssignmentRow, Capacity, Member, Territory
from engine.core.rules.header import Header
from engine.core.rules.public_pool import ClaimTerms, PublicPool, Recycle
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.values import nearest_first

_WORDS = (FactKind.CHOICE, FactKind.TEXT, FactKind.CURRENCY, FactKind.PERSON, FactKind.PARTNER, FactKind.ACCOUNT)


def build_assignment(form: Form, header: Header, workshop: Workshop) -> Assignment:
    """The rule's record. A row without an id of its own is called by its number, from 1."""
    rows = tuple(_row(row, number, workshop) for number, row in enumerate(form["rows"], start=1))
    for number, row in enumerate(form["rows"]):
        _known_of(form["of"], rows[number].when, row, "when", workshop)
        _known_names(form["of"], rows[number], row, workshop)
    return Assignment(header, form["of"], form["on"], rows, form["availability"], _capacity(form), form["on_none"])


def _row(form: Form, number: int, workshop: Workshop) -> AssignmentRow:
    _by_is_a_word(form, workshop)
    for members in (form["people"], *(people for _, people in form["territories"])):
        _name_somebody(members, form, workshop)
    return AssignmentRow(
        id=form["id"] or str(number),
        when=workshop.condition(form.get("when")),
        method=form["method"],
        people=_members(form["people"]),
        by=form["by"],
        territories=tuple(Territory(value, _members(people)) for value, people in form["territories"]),
        place=form.place,
    )


_MAY_ASK = {
    "pool": ("account",),
    "account": ("account", "event", "actor"),
    "ticket": ("ticket", "account", "contact", "deal", "owner", "partner", "event", "actor"),
}
"""By what a rule is for: whose facts are there when it is asked; a pool of customers is asked at the clock as well. A rule for
deals or tasks is asked around any event."""


def _known_names(of: str, row: AssignmentRow, form: Form, workshop: Workshop) -> None:
    """R373 for people, or territories, by a fact that is never there."""
    named = [(member.who, "people") for member in row.people if "." in member.who]
    named += [(member.who, "territories") for one in row.territories for member in one.people if "." in member.who]
    known = _MAY_ASK.get(of, ())
    for name, key in (*named, *([(row.by, "by")] if row.by else [])):
        if known and ":" not in name and name.split(".")[0] not in known:
            _report(name, of, form, key, known, workshop)


def _known_of(of: str, when: Formula | None, form: Form, key: str, workshop: Workshop) -> None:
    """R373 for a condition of facts that are never there for what the rule is for."""
    known = _MAY_ASK.get(of, ())
    wrong = next((name for name in sorted(when.reads) if name.split(".")[0] not in known), "") if when and known else ""
    if wrong:
        _report(wrong, of, form, key, known, workshop)


def _report(name: str, of: str, form: Form, key: str, known: tuple[str, ...], workshop: Workshop) -> None:
    workshop.report(
        form.at(key),
        "R373",
        found=name,
        of="account" if of == "pool" else of,
        known=", ".join(f"`{one}.`" for one in known),
    )


def _by_is_a_word(form: Form, workshop: Workshop) -> None:
    """R375 for territories by what is no fact with words in it."""
    fact = workshop.facts.get(form["by"]) if form["by"] else None
    if form["by"] and (fact is None or fact.kind not in _WORDS):
        known = ", ".join(
            name for name in ("account.region", "account.industry", "deal.channel") if name in workshop.facts
        )
        workshop.report(form.at("by"), "R375", found=form["by"], known=known)


def _name_somebody(members: tuple[Any, ...], form: Form, workshop: Workshop) -> None:
    """R372 for a name with a dot that is no fact which names a person."""
    names = [name for name, fact in workshop.facts.items() if fact.kind is FactKind.PERSON and "." in name]
    for one in members:
        who = str(one["person"]) if isinstance(one, Form) else str(one)
        if "." in who and ":" not in who and who not in names:
            where = (
                one.at("person") if isinstance(one, Form) else form.at("people" if form["people"] else "territories")
            )
            workshop.report(where, "R372", found=who, known=", ".join(nearest_first(who, names)[:5]))


def _members(written: tuple[Any, ...]) -> tuple[Member, ...]:
    """People as written: a text is one of weight 1 who takes what comes."""
    return tuple(_member(one) if isinstance(one, Form) else Member(str(one)) for one in written)


def _member(form: Form) -> Member:
    return Member(form["person"], form["weight"], form["takes"], _capacity(form) if "capacity" in form else None)


def _capacity(form: Form) -> Capacity:
    own = form.get("capacity", {})
    return Capacity(own.get("open"), own.get("per_day"), own.get("per_month"), own.get("spread", False))


def build_public_pool(form: Form, header: Header, workshop: Workshop) -> PublicPool:
    """The pool's record."""
    protect, claim = form.get("protect", {}), form.get("claim")
    terms = (
        ClaimTerms(
            claim["roles"], claim.get("per_day"), claim.get("hold_at_most"), claim.get("not_again_for"), claim.place
        )
        if claim
        else ClaimTerms(place=header.place)
    )
    covers, protects = workshop.condition(form.get("covers")), workshop.criteria(protect.get("conditions", ()))
    if form["of"] == "account":
        _known_of("pool", covers, form, "covers", workshop)
        for number, one in enumerate(protect.get("conditions", ())):
            _known_of("pool", protects[number].when, one, "when", workshop)
    return PublicPool(
        header=header,
        covers=covers,
        recycle=tuple(Recycle(one["after"], one["since"], one.place) for one in form["recycle"]),
        remind_before=form.get("remind_before"),
        new_owner=protect.get("new_owner"),
        protects=protects,
        claim=terms,
        calendar=form["calendar"],
        of=form["of"],
    )
