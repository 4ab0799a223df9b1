"""Builds plans, programmes, ladders and targets."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core.currencies import exponent
from engine.core.money import Rounding
from engine.core.numerals import Unreadable
from engine.core.rules.header import Header, Title
from engine.core.rules.ladder import Ladder, Level
from engine.core.rules.plan import (
    Bonus,
    Clawback,
    Commission,
    Component,
    Exchange,
    Limit,
    Plan,
    RateTable,
    ReleasePart,
    Tier,
)  # fmt: skip
from engine.core.rules.programme import Agreement, PartnerTier, Programme, Referral, RegistrationPolicy
from engine.core.rules.targets import Split, Targets
from engine.core.value_texts import read_money, read_number, read_percent
from engine.language import FACTOR, MONEY, PERCENT, SCORE
from engine.rulefiles.building.credits import build_credits
from engine.rulefiles.building.payment import pays_in
from engine.rulefiles.building.plan_level import plan_level
from engine.rulefiles.building.together import build_contest, build_pool
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.located import Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.fields import unreadable
from engine.rulefiles.tables import Table

_BASES = ("attainment", "amount", "count")


def build_plan(form: Form, header: Header, workshop: Workshop) -> Plan:
    """The plan's record. Currency and rounding are the company's when left out."""
    return Plan(
        header=header,
        pays=workshop.condition(form.get("pays")),
        currency=form.get("currency", workshop.company.currency),
        period=form["period"],
        credits=tuple(build_credits(form["credits"], workshop)),
        components=tuple(
            component for written in form["components"] for component in _component(written, form, workshop)
        ),
        proration=form["proration"],
        **plan_level(form),
        rounding=Rounding(form["rounding"]) if "rounding" in form else workshop.company.rounding,
        credits_where_several=form["credits_where_several"],
        remainder=form["remainder"],
        exchange=Exchange(form["exchange"]["kind"], form["exchange"]["on"]) if "exchange" in form else Exchange(),
        pays_in=optional(form, "pays_in", lambda written: pays_in(written, workshop)),
    )


def _component(written: tuple[str, Form], plan: Form, workshop: Workshop) -> Iterator[Component]:
    """One component; nothing when its expressions have mistakes."""
    kind, form = written
    if kind == "commission":
        yield _commission(form, plan, workshop)
    elif kind == "pool":
        yield from build_pool(form, plan, workshop)
    elif kind == "contest":
        yield build_contest(form, plan)
    else:
        amount = workshop.formula(form.get("amount", form.get("target")), MONEY)
        parts = {
            "when": workshop.condition(form.get("when")),
            "multiply": workshop.formula(form.get("multiply"), FACTOR),
            "clawback": optional(form, "clawback", _clawback),
        }
        if amount:
            yield Bonus(
                id=form["id"], title=form.get("title", Title()), on=form.get("on", ""), amount=amount, to=form["to"],
                budget=form.get("budget"), in_force=form.get("in_force"), place=form.place,
                scorecard=form["scorecard"], budget_per_person=form.get("budget_per_person"),
                count_at_most=form.get("count_at_most"), **parts,
            )  # fmt: skip


def _commission(form: Form, plan: Form, workshop: Workshop) -> Commission:
    currency = plan.get("currency", workshop.company.currency)
    return Commission(
        id=form["id"],
        title=form.get("title", Title()),
        of=form["of"],
        measured_over=form.get("measured_over", plan["period"]),
        quota=form["quota"].removeprefix("targets."),
        rates=_rates(form["rates"], currency, workshop) if "rates" in form else _rate(form, workshop),
        gate=workshop.condition(form.get("gate")),
        gate_kind=form["gate_kind"],
        per_deal=optional(form, "per_deal", lambda limit: Limit(limit.get("at_most"), limit.get("at_least"))),
        multiply=workshop.formula(form.get("multiply"), FACTOR),
        cap=optional(form, "cap", lambda cap: Limit(cap["at_most"], None, cap["excess"])),
        release=tuple(_release(part) for part in form["release"]),
        clawback=optional(form, "clawback", _clawback),
        in_force=form.get("in_force"),
        place=form.place,
        scorecard=form["scorecard"],
    )


def _release(form: Form) -> ReleasePart:
    return ReleasePart(form["share"], form["on"], form["pro_rata"], form.place, form.get("after"), form.get("on_day"))


def _clawback(form: Form) -> Clawback:
    return Clawback(
        form["on"],
        form.get("within"),
        form["share"],
        form.get("attainment", "kept"),
        form.get("through_tiers", "exact"),
        form.place,
        form.get("tapers", False),
        form.get("of", "earned"),
        form.get("settled", "netted"),
    )


def _rates(form: Form, currency: str, workshop: Workshop) -> RateTable:
    """The rate table; tier starts are read by what it goes by."""
    by = form["by"]
    formula = None
    if by not in _BASES:
        written = form.at("by")
        assert isinstance(written, Text), "the schema lets nothing else through"
        formula = workshop.formula(written, SCORE)
    tiers = tuple(_tier(tier, by, currency, workshop) for tier in form["tiers"])
    return RateTable(
        by=by if by in _BASES else "formula",
        by_formula=formula,
        method=form["method"],
        deal_that_crosses=form["deal_that_crosses"],
        tiers=tiers,
        block=optional(form, "block", lambda size: _block(size, by, currency)),
        place=form.place,
        position_of=form["position_of"],
        highest=form.get("highest"),
    )


def _rate(form: Form, workshop: Workshop) -> RateTable:
    """The table of a commission that says `rate:`: one tier, whose rate is the formula's value."""
    written = form.at("rate")
    assert isinstance(written, Text), "the schema lets nothing else through"
    tier = Tier(Fraction(0), Fraction(0), None, None, written.place)
    return RateTable("formula", workshop.formula(written, PERCENT), "formula", "split", (tier,), None, written.place)


def _block(size: int | Fraction, by: str, currency: str) -> Fraction:
    """The size of a block on the table's scale: minor units for an amount, else as it is written."""
    return Fraction(size) * (10 ** exponent(currency) if by == "amount" else 1)


def _tier(form: Form, by: str, currency: str, workshop: Workshop) -> Tier:
    written = form.at("from")
    assert isinstance(written, Text), "the schema lets nothing else through"
    try:
        start = _position(written, by, currency)
    except Unreadable as problem:
        workshop.problems.append(unreadable(written, problem))
        start = Fraction(0)
    return Tier(start, form.get("rate"), form.get("flat"), form.get("per_unit"), form.place)


def _position(text: str, by: str, currency: str) -> Fraction:
    """Where a tier starts: a percent for attainment, minor units for an amount, a number for a count."""
    if by == "attainment":
        return read_percent(text)
    if by == "count":
        return Fraction(read_number(text))
    if by == "amount" or text[-1:].isalpha():
        money = read_money(text if text[-1:].isalpha() else f"{text} {currency}")
        if money.currency != currency:
            raise Unreadable("R262", found=money.currency, currency=currency)
        return Fraction(money.minor)
    return read_percent(text) if text.endswith("%") else Fraction(read_number(text))


def build_programme(form: Form, header: Header, workshop: Workshop) -> Programme:
    """The programme's record."""
    tiers = form.get("partner_tiers")
    return Programme(
        header=header,
        channels=form["channels"],
        agreement=optional(form, "agreement", lambda a: Agreement(a["needed"], None, None)),
        partner_tiers=tuple(_partner_tier(tier, workshop) for tier in tiers["tiers"]) if tiers else (),
        registration=optional(form, "registration", lambda registration: _registration(registration, workshop)),
        referrals=tuple(fee for _, written in form["incentives"] for fee in _referral(written, workshop)),
        currency=form.get("currency", workshop.company.currency),
    )


def _partner_tier(form: Form, workshop: Workshop) -> PartnerTier:
    title = form.get("title", Title())
    return PartnerTier(form["id"], title, None, workshop.criteria(form["needs"]), form.place)


def _registration(form: Form, workshop: Workshop) -> RegistrationPolicy:
    return RegistrationPolicy(
        protects=form["protects"],
        decide_within=None,
        refuse_when=workshop.criteria(form["refuse_when"]),
        same=form["conflict"]["same"],
        verdict=form["conflict"]["verdict"],
    )


def _referral(form: Form, workshop: Workshop) -> Iterator[Referral]:
    when = workshop.condition(form.get("when"))
    amount = workshop.formula(form["amount"], MONEY)
    if amount:
        yield Referral(form["id"], form["on"], when, amount, form.get("at_most"), form.place)


def build_ladder(form: Form, header: Header, workshop: Workshop) -> Ladder:
    """The ladder's record."""
    return Ladder(header, form["role"], tuple(_level(level, workshop) for level in form["levels"]))


def _level(form: Form, workshop: Workshop) -> Level:
    return Level(
        id=form["id"],
        title=form.get("title", Title()),
        promote_when=workshop.criteria(form["promote_when"]),
        demote_when=workshop.criteria(form["demote_when"]),
        approval=form["approval"],
    )


def build_targets(form: Form, header: Header, workshop: Workshop) -> Targets:
    """The target's record. A share of the people table that cannot be read is reported and left out."""
    split, people = form.get("split"), workshop.tables.get(header.place.file)
    return Targets(
        header=header,
        measure=form["measure"],
        period=form["period"],
        goal=form["goal"],
        owner=form["owner"],
        parent="" if form["parent"] == "none" else form["parent"],
        split=Split(
            quarters=_weights(split, "quarters"),
            months=_weights(split, "months"),
            weeks=split["weeks"] if split else "by_working_days",
            people=tuple(_shares(people, workshop)) if people else (),
        ),
        stretch_limit=form.get("stretch_limit"),
    )


def _weights(split: Form | None, key: str) -> tuple[Fraction, ...] | None:
    """The written shares, or None for an even split."""
    written = split[key] if split else "even"
    return None if isinstance(written, str) else tuple(written)


def _shares(table: Table, workshop: Workshop) -> Iterator[tuple[str, Fraction]]:
    """Person and share of each line; a person twice is R258."""
    lines: dict[str, str] = {}
    for person, share in table.rows:
        if person in lines:
            workshop.report(person, "R258", person=person, line=lines[person])
        lines[person] = str(person.place.line)
        try:
            yield str(person), read_percent(share)
        except Unreadable as problem:
            workshop.problems.append(unreadable(share, problem))
