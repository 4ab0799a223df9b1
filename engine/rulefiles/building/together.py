"""Builds pools and contests."""

import re
from collections.abc import Iterator
from fractions import Fraction

from engine.core.fact_types import FactKind, FactType
from engine.core.numerals import Unreadable
from engine.core.rules.header import Title
from engine.core.rules.plan import Clawback, Contest, Pool, Prize
from engine.core.value_texts import read_percent
from engine.language import FACTOR, MONEY
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.located import Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.fields import unreadable

_OF = re.compile(r"(?P<share>\S+) of team\.(?P<credit>[a-z][a-z0-9_]*)")


def build_pool(form: Form, plan: Form, workshop: Workshop) -> Iterator[Pool]:
    """The pool; nothing when its amount cannot be read. Its formulas may also ask the team's credits, `team.<credit>`."""
    currency = plan.get("currency", workshop.company.currency)
    bench = Workshop(
        {**workshop.facts, **_team_facts(form, currency, workshop)}, workshop.environment, workshop.company
    )
    amount, share, of = bench.formula(form.get("amount"), MONEY), None, ""
    if "of" in form:
        share, of = _share_of(form.at("of"), bench)
    parts = {
        "members": workshop.condition(form.get("members")),
        "gate": bench.condition(form.get("gate")),
        "weights": bench.formula(form.get("weights"), FACTOR),
        "clawback": optional(form, "clawback", _clawback),
    }
    workshop.problems += bench.problems
    if amount or share is not None:
        yield Pool(
            id=form["id"], title=form.get("title", Title()), share=share, of=of, amount=amount,
            measured_over=form.get("measured_over", plan["period"]), gate_kind=form["gate_kind"], shared=form["shared"],
            in_force=form.get("in_force"), place=form.place, **parts,
        )  # fmt: skip


def build_contest(form: Form, plan: Form) -> Contest:
    """The contest's record."""
    return Contest(
        id=form["id"],
        title=form.get("title", Title()),
        rank_by=form["rank_by"],
        measured_over=form.get("measured_over", plan["period"]),
        prizes=tuple(Prize(prize["number"], prize["amount"], prize.place) for prize in form["prizes"]),
        ties=form["ties"],
        at_least=form.get("at_least"),
        among=form["among"],
        clawback=optional(form, "clawback", _clawback),
        in_force=form.get("in_force"),
        place=form.place,
    )


def _share_of(written: object, bench: Workshop) -> tuple[Fraction | None, str]:
    """`1% of team.bookings` as its exact share and the credit's name. R336 for anything else."""
    assert isinstance(written, Text), "the schema lets nothing else through"
    match = _OF.fullmatch(written.strip())
    if match is None:
        bench.report(written, "R336", found=str(written))
        return None, ""
    try:
        return read_percent(match["share"]), match["credit"]
    except Unreadable as problem:
        bench.problems.append(unreadable(written, problem))
        return None, ""


def _team_facts(form: Form, currency: str, workshop: Workshop) -> dict[str, FactType]:
    """`team.<credit>`, the sum of a team's credits of a name, and `team.members`. Every name asked, while none is known."""
    known = [name for name in workshop.environment.measure_names() or () if "." not in name]
    asked = (
        []
        if known
        else re.findall(r"\bteam\.(\w+)", " ".join(str(form.get(key, "")) for key in ("amount", "gate", "weights")))
    )
    money = FactType(FactKind.MONEY, currency=currency, title={"en": "Of the team", "zh": "团队合计"})
    members = FactType(FactKind.NUMBER, title={"en": "Members", "zh": "人数"})
    return {**{f"team.{name}": money for name in (*known, *asked)}, "team.members": members}


def _clawback(form: Form) -> Clawback:
    return Clawback(form["on"], form.get("within"), form["share"], "kept", "exact", form.place)
