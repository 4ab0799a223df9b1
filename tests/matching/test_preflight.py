"""A rulebook is tried in a child process: what fails there never reaches a running system."""

import json
import random
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from engine.matching import buckets, preflight
from engine.matching import native as native_module
from engine.matching.buckets import bucketed
from engine.matching.samples import samples
from tests.matching.making import FACTS, trigger

RULES = (
    trigger("amount", "deal.amount >= 100 CNY and deal.closed"),
    trigger("ratio", "deal.margin / deal.amount >= 20% and not deal.trial"),
    trigger("words", 'deal.channel in ["展会", "direct"] or deal.units > 2.5'),
    trigger("days", "event.on in 2026-Q1 and event.at > 2026-02-03 04:05", on="deal.created"),
    trigger("always", None, on="deal.won"),
)


def pretending(monkeypatch, tmp_path, text: str) -> None:
    """Let the child run another program."""
    program = tmp_path / "child.py"
    program.write_text(text)
    monkeypatch.setattr(native_module, "__file__", str(program))


def test_a_sound_rulebook_has_no_problems():
    assert preflight(RULES, FACTS) == ()


def test_a_rulebook_without_conditions_needs_no_child(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert preflight([trigger("always", None)], FACTS) == ()


def test_sixty_rules_take_less_than_a_second():
    chance = random.Random(1)
    texts = [f"deal.units > {chance.randrange(99)} and {one.when.source}" for one in RULES[:4] for _ in range(15)]
    rules = [trigger(f"rule-{number}", f"{text}") for number, text in enumerate(texts)]
    start = time.monotonic()
    assert preflight(rules, FACTS) == ()
    assert time.monotonic() - start < 3, "a second on a quiet machine"


def test_a_hang_is_a_problem_of_the_files_in_that_ruleset(monkeypatch, tmp_path):
    pretending(monkeypatch, tmp_path, "import time; time.sleep(60)")
    problems = preflight(RULES, FACTS, timeout=0.5)
    assert {problem.code for problem in problems} == {"R290"}
    assert [problem.place.file for problem in problems] == ["rules/amount.yaml", "rules/ratio.yaml", "rules/words.yaml"]
    assert "in time" in problems[0].message("en")
    assert "未按时" in problems[0].message("zh")


def test_a_crash_after_the_first_ruleset_is_a_problem_of_the_second(monkeypatch, tmp_path):
    real = native_module.__file__
    text = f"""import os, subprocess, sys
subprocess.run([sys.executable, {real!r}], input=sys.stdin.readline(), text=True)
os.abort()
"""
    pretending(monkeypatch, tmp_path, text)
    problems = preflight(RULES, FACTS)
    assert [problem.place.file for problem in problems] == ["rules/days.yaml"]
    assert "unexpectedly" in problems[0].message("en")


def test_a_refusal_is_a_problem_that_says_why(monkeypatch):
    monkeypatch.setattr(buckets, "_rule", lambda said: {"any thing": said})
    problems = preflight(RULES, FACTS)
    assert len(problems) == 4
    assert "create_ruleset" in problems[0].message("en")


@pytest.mark.parametrize(
    "wrong",
    [
        "answer and [names for names in answer if names and names.pop() or True]",
        '[names + ["c0"] for names in answer]',
        "[[] for names in answer]",
    ],
)
def test_an_answer_that_differs_from_arithmetic_is_a_problem(monkeypatch, tmp_path, wrong):
    real = native_module.__file__
    text = f"""import json, subprocess, sys
done = subprocess.run([sys.executable, {real!r}], input=sys.stdin.read(), text=True, capture_output=True)
for line in done.stdout.splitlines():
    answer = json.loads(line)
    print(json.dumps({wrong}))
"""
    pretending(monkeypatch, tmp_path, text)
    problems = preflight(RULES, FACTS)
    assert problems
    assert {problem.code for problem in problems} == {"R290"}


def test_a_condition_that_is_normalised_wrongly_is_a_problem_of_its_file(monkeypatch):
    honest = buckets.Normaliser.chains

    def forgetful(self, node, wanted=True):
        chains = honest(self, node, wanted)
        return tuple(frozenset(replace(one, code=one.code + 1) for one in chain) for chain in chains)

    monkeypatch.setattr(buckets.Normaliser, "chains", forgetful)
    problems = preflight([trigger("a", "deal.closed"), trigger("b", "deal.units = 4")], FACTS)
    assert [problem.place.file for problem in problems] == ["rules/a.yaml", "rules/b.yaml"]
    assert "disagreed" in problems[0].message("en")


def test_samples_meet_every_chain_that_can_be_met():
    bucket = bucketed(RULES, FACTS, "x")["deal.changed"]
    made = samples(bucket, FACTS)
    assert made == samples(bucket, FACTS)
    held = {one.key for one in bucket.triggers for facts in made[-10:] if key_holds(one, facts)}
    assert held >= {"amount", "words"}


def key_holds(one, facts) -> bool:
    return "deal.amount" in facts and "event.on" in facts and one.when.holds(facts) if one.key != "ratio" else False


def test_the_child_answers_line_by_line():
    definition = json.dumps({"c0": {"all": [{"m": {"f0": 1}}]}, "warm": {"all": [{"m": {"w": 1}}]}})
    good = {"name": "a", "definition": definition, "facts": [',"f0":1', ',"f0":2']}
    text = "\n".join(map(json.dumps, (good, {"name": "b", "definition": "[", "facts": []})))
    command = [sys.executable, native_module.__file__]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == [["c0"], []]
    assert "create_ruleset" in second["failure"]
