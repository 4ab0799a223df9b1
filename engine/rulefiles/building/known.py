"""The ids that the rules of a folder bring, gathered before any expression is compiled."""

from collections.abc import Iterator
from typing import Any

from engine.core.rules.company import Company
from engine.core.rules.header import Title
from engine.rulefiles.building.vocabulary import Known
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.writing import Written


def known_names(company: Company, written: tuple[Written, ...], failed: set[str]) -> Known:
    """Stages, pipelines, levels… A kind of which some file failed leaves its choices open, so one slip is told once."""
    forms = {
        kind: [w.form for w in written if w.kind == kind]
        for kind in ("pipeline", "ladder", "programme", "plan", "targets", "scorecard", "approval")
    }
    if "" in failed:
        failed = failed | set(forms)
    forms |= {kind: [] for kind in failed}
    return Known(
        stages=_once(stage["id"] for form in forms["pipeline"] for stage in form["stages"]),
        pipelines=_once(form["id"] for form in forms["pipeline"]),
        levels=_once(level["id"] for form in forms["ladder"] for level in form["levels"]),
        partner_tiers=_once(tier["id"] for form in forms["programme"] for tier in _tiers(form)),
        roles=company.roles,
        channels=company.channels,
        credits=_once(credit["name"] for form in forms["plan"] for credit in form["credits"]),
        grades=_once(grade["grade"] for form in forms["scorecard"] for grade in form["grades"]),
        approvals=tuple({form["id"]: form.get("title", Title()) for form in forms["approval"]}.items()),
        targets=tuple({form["id"]: form["goal"].currency for form in forms["targets"]}.items()),
    )


def _tiers(form: Form) -> tuple[Form, ...]:
    tiers: Any = form.get("partner_tiers")
    return tuple(tiers["tiers"]) if tiers else ()


def _once(names: Iterator[str]) -> tuple[str, ...]:
    """The names in file order, each once."""
    return tuple(dict.fromkeys(names))
