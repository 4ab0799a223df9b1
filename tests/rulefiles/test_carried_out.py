"""What a rule file may say is carried out: every field of a rule's record is read by the engine, or is on this list."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest

from engine.core.rules import (
    assignment,
    automation,
    cadence,
    company,
    pipeline,
    plan,
    policy,
    programme,
    public_pool,
    scorecard,
    table,
    targets,
    vocabulary,
)
from engine.rulefiles.loading import load_rules, load_texts, read_folder

ROOT = Path(__file__).resolve().parents[2]
BASE = read_folder(Path(__file__).parent / "broken" / "base")[0]
KINDS: tuple[ModuleType, ...] = (
    assignment, automation, cadence, company, pipeline, plan, table, targets, vocabulary, programme, public_pool,
    scorecard,
)  # fmt: skip

NOT_READ = {
    "Stage.playbook": "kept with the stage; its meaning in the reference says that it is not shown yet",
    "Stage.approvals": "refused at load (R054)",
    "Agreement.lasts": "refused at load (R054)",
    "Agreement.remind_before": "refused at load (R054)",
    "RegistrationPolicy.decide_within": "refused at load (R054)",
    "RegistrationPolicy.verdict": "has one word",
}
"""Fields that nothing reads, each with why that is not a rule silently ignored."""


def engine_text() -> str:
    """The engine without the records themselves and what builds them from files."""
    left_out = ("engine/core/rules/", "engine/rulefiles/building/", "engine/rulefiles/schemas/")
    paths = [p for top in ("engine", "webui") for p in sorted((ROOT / top).rglob("*.py"))]
    return "\n".join(p.read_text("utf-8") for p in paths if not p.relative_to(ROOT).as_posix().startswith(left_out))


FIELDS = sorted(
    f"{kind.__name__}.{field.name}"
    for module in KINDS
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
    for field in fields(kind)
)
TEXT = engine_text()


@pytest.mark.parametrize("name", FIELDS)
def test_what_can_be_written_is_read_somewhere(name: str) -> None:
    read = re.search(rf"\.{name.partition('.')[2]}\b", TEXT) is not None
    assert read or name in NOT_READ, f"nothing reads {name}: refuse it at load, or carry it out"


def test_ladders_and_partner_tiers_which_only_stand_there_warn() -> None:
    warned = [problem.place.file for problem in load_rules(ROOT / "rules").problems if problem.code == "R227"]
    assert warned == ["ladders/account-executive.yaml", "partners/resellers.yaml"]


CADENCE = "cadence: c\nstart: {on: deal.created}\nsteps:\n  - {step: call, after: 0 days, task: {channel: call}}\npolicy: {%s}\n"
WORDS = [(key.name, word) for key in policy.POLICY_KEYS.values() for word in key.words]


@pytest.mark.parametrize(("key", "word"), WORDS)
def test_every_word_of_a_policy_that_is_listed_is_taken(key: str, word: str) -> None:
    rulebook = load_texts({**BASE, "c.yaml": CADENCE % f"{key}: {word}"}).rulebook
    assert rulebook is not None
    assert rulebook.cadences[0].policy[key] == word


@pytest.mark.parametrize("key", policy.LIMITS)
def test_every_limit_of_a_policy_is_taken(key: str) -> None:
    rulebook = load_texts({**BASE, "c.yaml": CADENCE % f"{key}: 40"}).rulebook
    assert rulebook is not None
    assert rulebook.cadences[0].policy[key] == "40"


SCORECARD = "scorecard: s\nperiod: quarter\nkpis: [{kpi: k, weight: 100%%, value: given, scoring: {bands: [{from: 0, score: 0}]}%s}]\n"


def test_peer_review_is_refused_and_not_read_and_forgotten() -> None:
    assert load_texts({**BASE, "s.yaml": SCORECARD % ""}).rulebook is not None
    for text in (SCORECARD % ", reviewers: role:rep", f"{SCORECARD % ''}peer_review: yes\n"):
        found = load_texts({**BASE, "s.yaml": text})
        assert found.rulebook is None
        assert [problem.code for problem in found.problems] == ["R054"]


def test_a_scorecard_that_a_component_names_for_nothing_or_partners_would_wait_for_is_refused() -> None:
    plan = "plan: extra\nperiod: quarter\npays: %s\ncomponents:\n  - {bonus: b, target: 100 CNY%s}\n"
    for pays, more, code in (
        ('owner.role = "sales_manager"', ", scorecard: s", "R043"),
        ('partner.channel = "partner"', ", multiply: scorecard.score / 100", "R226"),
    ):
        found = load_texts({**BASE, "s.yaml": SCORECARD % "", "p.yaml": plan % (pays, more)})
        assert [problem.code for problem in found.problems if problem.severity == "error"] == [code]


def test_a_cadence_can_only_start_with_what_happens_to_a_deal() -> None:
    for event, codes in (
        ("deal.won", []),
        ("task.completed", []),
        ("person.joined", ["R172"]),
        ("clock.ticked", ["R172"]),
    ):
        text = CADENCE.replace("deal.created", event) % "anchor: enrolment"
        assert [problem.code for problem in load_texts({**BASE, "c.yaml": text}).problems] == codes, event
