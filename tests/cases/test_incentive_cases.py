"""Every published incentive case, as rule text and events through the engine, against the printed numbers, exactly."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from engine.rulefiles.loading import load_texts
from tests.cases.incentive_rules import VOCABULARY, Case, Table, exact, plan
from tests.cases.incentive_translations import NOT_ANSWERED, TRANSLATIONS
from tests.core.incentives.world import BASE

NOT_YET: Mapping[str, tuple[str, str]] = {
    "LAGO-PCT-FREEEVENTS": (
        "two allowances, of which the one used up first ends both, cannot be written",
        "allowance: {events: 3, amount: 250 CNY, ends: first}\n",
    ),
}
"""Cases that this version cannot say, with the reason and the rule text that would say it, which is refused today."""


def _cases(folder: Path) -> dict[str, Case]:
    text = (folder / "incentive_cases.json").read_text(encoding="utf-8")
    return {case["id"]: case for case in json.loads(text, parse_float=Decimal)}


@cache
def _ids() -> tuple[str, ...]:
    import os

    from tests.conftest import ROOT

    file = Path(os.environ.get("DEALWRIGHT_SHARED") or ROOT.parent / "shared") / "cases" / "incentive_cases.json"
    return tuple(_cases(file.parent)) if file.is_file() else ("no published cases here",)


@pytest.mark.parametrize("id", _ids())
def test_the_engine_gives_the_published_numbers(id: str, shared_cases: Path) -> None:
    case = _cases(shared_cases)[id]
    if id in NOT_YET:
        pytest.skip(NOT_YET[id][0])
    answer = TRANSLATIONS[case["kind"]](case)
    for key, printed in case["expected"].items():
        if key not in NOT_ANSWERED:
            assert key in answer, key
            assert _same(answer[key], printed, id), (key, answer[key], printed)


@pytest.mark.parametrize("id", NOT_YET)
def test_what_is_listed_as_missing_is_refused_at_load_by_name(id: str) -> None:
    text = plan(Table([("0 CNY", "rate: 1%")])) + NOT_YET[id][1]
    loaded = load_texts({**BASE, "vocabulary.yaml": VOCABULARY, "plan.yaml": text})
    assert loaded.rulebook is None, f"{id} can be written now: translate it and take it off the list"
    assert [problem.code for problem in loaded.problems if problem.severity == "error"]


def test_only_published_cases_are_listed_as_missing(shared_cases: Path) -> None:
    assert set(NOT_YET) <= set(_cases(shared_cases))


def _same(found: object, printed: object, id: str) -> bool:
    """Equal exactly; where a source prints more decimals than its currency has, equal to the cent."""
    if isinstance(printed, Mapping):
        assert isinstance(found, Mapping)
        return all(_same(found.get(key), value, id) for key, value in printed.items())
    if isinstance(printed, list):
        assert isinstance(found, list), found
        return len(found) == len(printed) and all(_same(a, b, id) for a, b in zip(found, printed, strict=True))
    if isinstance(printed, str):
        return found == printed
    assert isinstance(found, Fraction | int), found
    if id == "LUCSCRIPT-FX-SPLIT":
        return found == Fraction((exact(printed) * 100 + Fraction(1, 2)).__floor__(), 100)
    return found == exact(printed)
