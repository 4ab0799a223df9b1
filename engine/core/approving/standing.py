"""How a deal stands to an approval rule: whether anybody must agree, and whether they have."""

from collections.abc import Mapping
from datetime import date

from engine.core.approval import Approval
from engine.core.formulas import Facts
from engine.core.outcomes import Missing
from engine.core.rules.approval import ApprovalRule
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import State

STANDINGS = ("not_needed", "missing", "pending", "granted", "refused", "recalled", "void")
"""Nobody need agree, nobody was asked, or how the last request stands. A gate opens for `not_needed` and `granted`."""

AGREED = ("not_needed", "granted")


def rule_in_force(id: str, rulebook: Rulebook, on: date) -> ApprovalRule | None:
    """The version of the approval rule in force on the day, or None."""
    return next((rule for rule in in_force(rulebook.approvals, on) if rule.header.id == id), None)


def rule_of(approval: Approval, rulebook: Rulebook, on: date) -> ApprovalRule | None:
    """The version that a request goes by; where the rulebook no longer holds it, the one in force on the day."""
    pinned = (rule for rule in rulebook.approvals if rule.header.version == approval.version)
    return next(pinned, None) or rule_in_force(approval.rule, rulebook, on)


def latest(rule: str, deal: str, state: State) -> Approval | None:
    """The deal's last request under the rule, or None."""
    asked = [approval for approval in state.approvals(deal) if approval.rule == rule]
    return max(asked, key=lambda approval: approval.number, default=None)


def standing(rule: ApprovalRule, deal: str, state: State, facts: Facts) -> str:
    """One of STANDINGS."""
    band = rule.band(facts)
    if band is None:
        return "not_needed"
    known = latest(rule.header.id, deal, state)
    if known is None:
        return "missing"
    return "void" if known.state == "granted" and changed(known, rule, band, facts) else known.state


def changed(approval: Approval, rule: ApprovalRule, band: int | None, facts: Facts) -> str:
    """The fact whose change undoes what was agreed to, `band` where a stricter band holds now; empty for neither."""
    for name in rule.about:
        if _undone(rule.voided_by, approval.values.get(name), facts.get(name)):
            return name
    return "band" if band is not None and band < approval.band else ""


def _undone(voided_by: str, agreed: object, now: object) -> bool:
    """Whether the new value is another deal than the one that was agreed to."""
    if agreed == now:
        return False
    if voided_by == "any_change" or agreed is None or now is None:
        return voided_by == "any_change" or now is not None
    higher = bool(now > agreed)  # type: ignore[operator]
    return higher if voided_by == "higher" else not higher


def standings(deal: str, on: date, state: State, rulebook: Rulebook, facts: Facts) -> Mapping[str, object]:
    """Every approval rule in force as a fact: `approval.discount` → `granted`."""
    rules = in_force(rulebook.approvals, on)
    return {f"approval.{rule.header.id}": standing(rule, deal, state, facts) for rule in rules}


def approvals_for(pipeline: Pipeline, stage: str) -> tuple[str, ...]:
    """The ids of the rules that must be agreed to for a stage: its own and, on the way to winning, those of every stage
    before it, so that nobody grants themselves more once a gate is behind them."""
    place = pipeline.position(stage)
    target = pipeline.stages[place]
    before = () if target.closes == "lost" else pipeline.stages[:place]
    passed = (*(one for one in before if not one.closes), target)
    return tuple(dict.fromkeys(rule for one in passed for rule in one.approvals))


def approvals_lacking(
    pipeline: Pipeline, stage: str, deal: str, facts: Facts, state: State, rulebook: Rulebook, on: date
) -> tuple[tuple[ApprovalRule, str], ...]:
    """The rules under which somebody must still agree before the deal is in the stage, and how each stands."""
    rules = (rule_in_force(id, rulebook, on) for id in approvals_for(pipeline, stage))
    found = ((rule, standing(rule, deal, state, facts)) for rule in rules if rule)
    return tuple((rule, how) for rule, how in found if how not in AGREED)


def approvals_missing(
    pipeline: Pipeline, stage: str, facts: Facts, state: State, rulebook: Rulebook, on: date
) -> tuple[Missing, ...]:
    """The same for a deal that is to begin there, as criteria that are not met."""
    deal = str(facts.get("deal.id") or "")
    lacking = approvals_lacking(pipeline, stage, deal, facts, state, rulebook, on)
    return tuple(_missing(rule, how, facts) for rule, how in lacking)


def _missing(rule: ApprovalRule, how: str, facts: Facts) -> Missing:
    name = f"approval.{rule.header.id}"
    en, zh = rule.header.title.show("en") or rule.header.id, rule.header.title.show("zh") or rule.header.id
    read = ((name, how), *((fact, facts.get(fact)) for fact in rule.about))
    return Missing(
        Title(f"Approval: {en}", f"审批：{zh}"), rule.header.place, name, tuple(sorted(read, key=lambda pair: pair[0]))
    )
