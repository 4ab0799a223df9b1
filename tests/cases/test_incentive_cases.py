"""Every published incentive case, as rule text and events through the engine, against the printed numbers, exactly."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.cases.allowance_translations import charged
from tests.cases.incentive_rules import Case, exact
from tests.cases.incentive_translations import NOT_ANSWERED, TRANSLATIONS


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
    answer = TRANSLATIONS[case["kind"]](case)
    for key, printed in case["expected"].items():
        if key not in NOT_ANSWERED:
            assert key in answer, key
            assert _same(answer[key], printed, id), (key, answer[key], printed)


AMOUNTS = (
    [50, 100, 150, 100], [250], [251], [300, 10], [100, 150, 1], [10, 10, 10, 1], [10, 10, 240, 5], [240, 5, 5, 1],
    [1, 2, 3, 4, 500], [249, 1, 1], [125, 125, 125],
)  # fmt: skip


@pytest.mark.parametrize("amounts", AMOUNTS)
def test_the_allowance_that_is_used_up_first_ends_both(amounts: list[int]) -> None:
    rule = {"rate_pct": 100, "fixed_per_event": 2, "free_events": 3, "free_total": 250}
    wanted, used = [], 0
    for number, amount in enumerate(amounts):
        free = max(0, min(amount, 250 - used)) if number < 3 else 0
        wanted.append((amount - free, 2 if free < amount else 0))
        used += amount
    found = {(line.deal, line.component): line.earned.minor // 100 for line in charged(rule, amounts)}
    deals = [f"D{number}" for number in range(1, len(amounts) + 1)]
    assert [(found.get((deal, "percent"), 0), found.get((deal, "fixed"), 0)) for deal in deals] == wanted


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
