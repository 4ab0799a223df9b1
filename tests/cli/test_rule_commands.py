"""check, schema, release: what they say, what they write, how they end."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.app import rules as use
from engine.cli import main
from engine.core.problems import Place, Problem
from tests.app_house import RULES
from tests.cli.conftest import House
from tests.cli.test_pay_commands import paid_month

PLAN = "plans/account-executive-2026.yaml"


def copy_of_rules(house: House, tmp_path: Path) -> Path:
    """A copy of the sample's rules that the house reads from now on."""
    house.rules = tmp_path / "rules"
    shutil.copytree(RULES, house.rules)
    return house.rules


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_check_ends_well_when_there_are_only_warnings(house: House) -> None:
    found = house.json("check")
    assert (found["errors"], found["warnings"]) == (0, len(found["problems"]))
    assert found["rules"] > 20
    assert {problem["severity"] for problem in found["problems"]} == {"warning"}
    assert "no errors" in house.run("check").output


def test_check_tells_every_error_with_its_place_and_ends_with_three(house: House, tmp_path: Path) -> None:
    rules = copy_of_rules(house, tmp_path)
    change(
        rules / "cadences/new-lead.yaml", "task: {channel: call,", "task: {channel: call, due_on: deal.expected_close,"
    )
    change(rules / "automations/lost-review.yaml", "150_000 CNY", "150_000")
    found = house.json("check", ok=3)
    wrong = [(p["file"], p["code"], bool(p["line"])) for p in found["problems"] if p["severity"] == "error"]
    assert len(wrong) == found["errors"] == 2
    assert [file for file, _, line in wrong if line] == ["automations/lost-review.yaml", "cadences/new-lead.yaml"]
    said = house.run("check", "--language", "zh", ok=3).output
    assert "cadences/new-lead.yaml" in said
    assert "尚不执行" in said


def test_check_names_the_file_that_the_matcher_cannot_hold(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = {"type": "deal.lost", "reason_en": "it hung", "reason_zh": "无应答"}
    tried = Problem("R290", Place("automations/lost-review.yaml", 2, 1), reasons)
    monkeypatch.setattr(use, "preflight", lambda triggers, facts: (tried,))
    found = [p for p in house.json("check", ok=3)["problems"] if p["severity"] == "error"]
    assert [(p["code"], p["file"]) for p in found] == [("R290", "automations/lost-review.yaml")]


def test_no_command_opens_a_house_with_broken_rules(house: House, tmp_path: Path) -> None:
    rules = copy_of_rules(house, tmp_path)
    (rules / "broken.yaml").write_text("plan: x\n", "utf-8")
    assert "R032" in house.codes("tick", ok=3)


def test_schema_renews_what_is_made_and_nothing_else(house: House, tmp_path: Path) -> None:
    rules = copy_of_rules(house, tmp_path)
    (rules / "PROBLEMS.md").write_text("old", "utf-8")
    (rules / "schema/plan.json").unlink()
    change(rules / "README.md", "### `company`", "### `compony`")
    written = house.json("schema")["written"]
    assert sorted(Path(path).relative_to(rules).as_posix() for path in written) == [
        "PROBLEMS.md",
        "README.md",
        "schema/plan.json",
    ]
    assert all(
        (rules / name).read_text("utf-8") == (RULES / name).read_text("utf-8") for name in ("PROBLEMS.md", "README.md")
    )
    assert house.json("schema", str(rules))["written"] == []


def test_schema_wants_a_folder() -> None:
    assert CliRunner().invoke(main, ["schema", "--rules", "nowhere-at-all"]).exit_code == 2


def test_a_release_needs_two_people(house: House) -> None:
    own = ("release", "--reason", "new tiers", "--author", "guo", "--approver", "guo")
    assert house.codes(*own, ok=4) == ["E114"]
    fingerprint = house.json("check")["fingerprint"]
    assert house.json(*own[:-1], "wu")["release"] == fingerprint


def test_a_version_that_decided_a_closed_period_cannot_be_edited(house: House, tmp_path: Path) -> None:
    release = ("release", "--reason", "new tiers", "--author", "guo", "--approver", "wu")
    house.run(*release)
    paid_month(house, "2026-03")
    house.run("close", "2026-03", "--as", "deng")
    rules = copy_of_rules(house, tmp_path)
    change(rules / PLAN, "12%", "13%")
    assert set(house.codes(*release, ok=4)) == {"E113"}
