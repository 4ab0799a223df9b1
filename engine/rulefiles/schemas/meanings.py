"""The meaning of every key in English and Chinese, for editors and the reference. The words stand in meanings.csv."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from engine.core.rules.policy import POLICY_KEYS


@cache
def _table() -> dict[tuple[str, str], tuple[str, str]]:
    """Meanings by block and key."""
    with (Path(__file__).parent / "meanings.csv").open(encoding="utf-8", newline="") as lines:
        rows = {(row["block"], row["key"]): (row["en"], row["zh"]) for row in csv.DictReader(lines)}
    return rows | {("Policy", key.name): (key.en, key.zh) for key in POLICY_KEYS.values()}


def meaning(block: str, key: str, field: Any = None) -> tuple[str, str]:
    """English and Chinese meaning of a key of a block; the field's own where it brings one, else that of the table."""
    own = getattr(field, "metadata", {}).get("description", "")
    if own:
        english, _, chinese = own.partition("\n")
        return english, chinese
    return _table().get((block, key)) or _table().get(("Header", key)) or ("", "")


def blocks_and_keys() -> tuple[tuple[str, str], ...]:
    """Every block and key that the table describes, so that a test can find those that are gone."""
    return tuple(_table())
