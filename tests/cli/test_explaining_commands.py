"""explain, why-not, verify, replay: causes for those who may see them, and proof that nothing was changed."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.money import Money
from tests.cli.conftest import House
from tests.cli.test_pay_commands import paid_month

PAGES = Path(__file__).parents[2] / "engine" / "cli"


def ids_of(house: House, table: str, column: str = "id") -> list[str]:
    """Every id of a table, in its order."""
    with closing(sqlite3.connect(house.database)) as rows:
        return [str(row[0]) for row in rows.execute(f"select {column} from {table} order by {column}")]


def line_of(house: House, payee: str) -> str:
    with closing(sqlite3.connect(house.database)) as rows:
        return str(rows.execute("select key from earning_lines where payee = ? order by key", (payee,)).fetchone()[0])


def test_a_line_is_explained_to_its_payee_down_to_the_rule(house: House) -> None:
    paid_month(house, "2026-03")
    line = line_of(house, "chen-wei")
    found = house.json("explain", line[:12], "--as", "chen")
    assert "account-executive" in str(found)
    assert "1,800.00 CNY" in str(found) or "1,000.00 CNY" in str(found)
    chinese = house.run("explain", line, "--as", "chen", "--language", "zh").output
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def keys_of(value: object, above: str = "") -> set[str]:
    """Every key in it, with those above: `rules.lines.text`. Texts in both languages have none of their own."""
    if isinstance(value, list):
        return set().union(*(keys_of(one, above) for one in value))
    if not isinstance(value, dict) or set(value) == {"en", "zh"}:
        return set()
    return set().union(*({above + key} | keys_of(below, f"{above}{key}.") for key, below in value.items()))


@pytest.mark.parametrize("page", ["EXPLANATION.md", "EXPLANATION.zh.md"])
def test_the_json_of_an_explanation_is_described_key_by_key(house: House, page: str) -> None:
    paid_month(house, "2026-03")
    lines = ids_of(house, "earning_lines where payee = 'chen-wei'", "key")
    found = [house.json("explain", line, "--as", "chen") for line in lines]
    found += [house.json("explain", ids_of(house, "tasks")[0], "--as", "chen")]
    found += [house.json("why-not", "D-1", "big-deal-alert", "--as", "guo")]
    described = re.findall(r"^\| `([\w.]+)` \|", (PAGES / page).read_text("utf-8"), re.MULTILINE)
    told = set().union(*(keys_of(one) for one in found)) - {"problems"}
    assert {key for key in told if not key.startswith("conditions.facts.")} == set(described)
    line = next(one for one in found if one["slices"])
    assert [step["step"] for step in line["steps"]][:3] == ["eligible", "credit", "measure"]
    assert len(line["steps"]) == 16
    assert all(step["words"]["en"] and step["words"]["zh"] for step in line["steps"])
    assert sum(Money.parse(one["amount"]).minor for one in line["slices"]) == Money.parse(line["result"]).minor


def test_the_pay_of_another_is_answered_like_an_id_that_nothing_has(house: House) -> None:
    paid_month(house, "2026-03")
    line = line_of(house, "chen-wei")
    foreign = house.run("explain", line, "--as", "li", ok=1).output
    unknown = house.run("explain", "line-of-nobody", "--as", "li", ok=1).output
    assert foreign.replace(line, "X") == unknown.replace("line-of-nobody", "X")
    assert house.json("explain", line, "--as", "wu", ok=1) == {"unknown": line, "problems": []}
    house.run("explain", line, "--as", "guo")


def test_a_task_says_why_it_is_there(house: House) -> None:
    task = ids_of(house, "tasks")[0]
    assert "cadences/" in house.run("explain", task, "--as", "chen").output


def test_why_not_names_the_condition_that_does_not_hold(house: House) -> None:
    said = house.run("why-not", "D-1", "big-deal-alert", "--as", "guo").output
    assert "300_000 CNY" in said
    assert "big-deal-alert" in said
    house.run("why-not", "D-1", "negotiation", "--as", "chen")
    foreign = house.run("why-not", "D-1", "big-deal-alert", "--as", "li", ok=1).output
    unknown = house.run("why-not", "D-0", "big-deal-alert", "--as", "li", ok=1).output
    assert foreign.replace("D-1", "D-0") == unknown
    house.run("why-not", "D-1", "no-such-rule", "--as", "guo", ok=1)


def test_what_is_whole_is_verified_and_replayed_alike(house: House) -> None:
    paid_month(house, "2026-03")
    found = house.json("verify")
    assert {name for name, fault in found.items() if fault is None} >= {
        "events",
        "ledger",
        "audit",
        "closes",
        "exports",
    }
    replayed = house.json("replay")
    assert replayed["lost_rules"] == []
    assert replayed["records"]["deal"] == {"compared": 1, "different": 0}
    assert {kind["different"] for kind in replayed["records"].values()} == {0}


def tampered(house: House, statement: str) -> None:
    """The database after somebody with the file at hand has switched its guards off and changed a row."""
    with closing(sqlite3.connect(house.database)) as rows:
        for (name,) in rows.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            rows.execute(f'drop trigger "{name}"')
        assert rows.execute(statement).rowcount == 1
        rows.commit()


def test_a_changed_event_is_found(house: House) -> None:
    tampered(house, "update events set body = replace(body, '6000000', '9000000') where type = 'deal.created'")
    assert house.json("verify", ok=1)["events"]


def test_a_changed_ledger_entry_is_found(house: House) -> None:
    paid_month(house, "2026-03")
    tampered(house, "update ledger_entries set amount_minor = amount_minor + 1 where seq = 1")
    assert house.json("verify", ok=1)["ledger"]
    assert "ledger" in house.run("verify", "--language", "zh", ok=1).output


def test_a_changed_record_is_found_by_replaying(house: House) -> None:
    tampered(house, "update deals set body = replace(body, 'hardware', 'software') where id = 'D-1'")
    found = house.json("replay", ok=1)["records"]
    assert [kind for kind, counts in found.items() if counts["different"]] == ["deal"]
