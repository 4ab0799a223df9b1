"""ingest, import, tick, worker: one bad row never stops the others, and the totals tell what came in."""

import json
from pathlib import Path

from tests.cli.conftest import House

GOOD = [
    {"type": "deal.created", "subject": "D-7", "key": "7a", "at": "2026-03-30T09:00:00+08:00", "actor": "chen-wei",
     "body": {"name": "Pumps", "owner": "chen-wei", "amount": "80_000 CNY", "channel": "direct"}},
    {"type": "payment.received", "subject": "D-1", "key": "1p", "at": "2026-03-31T09:00:00+08:00", "body": {"amount": "30_000.50 CNY"}},
]  # fmt: skip


def json_lines(path: Path, *lines: object) -> str:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return str(path)


def test_a_bad_line_is_told_with_its_place_and_the_others_are_recorded(house: House, tmp_path: Path) -> None:
    bad = GOOD[0] | {"key": "bad", "body": {"amont": "1 CNY"}}
    file = json_lines(tmp_path / "events.jsonl", GOOD[0], bad, GOOD[1])
    found = house.json("ingest", file, "--mode", "live", ok=1)
    (problem,) = found["problems"]
    assert (problem["file"], problem["line"]) == ("events.jsonl", 2)
    (summary,) = found["files"]
    assert (summary["rows"], summary["rows_refused"], summary["events"]) == (3, 1, 2)
    assert summary["outcomes"] == {"recorded": 2}
    assert {"type": "payment.received", "count": 1, "amount": "30,000.50 CNY"} in summary["totals"]


def test_a_bad_row_of_a_csv_file_is_told_in_the_readers_language(house: House, tmp_path: Path) -> None:
    rows = (
        "type,subject,key,at,actor,owner,amount", "deal.created,D-7,a,2026-03-30 09:00,chen-wei,chen-wei,80_000 CNY",
        "deal.created,D-8,b,2026-03-30 09:00,chen-wei,chen-wei,80_000", "deal.created,D-9,c,2026-03-30 09:00,chen-wei,chen-wei,1 CNY",
    )  # fmt: skip
    (tmp_path / "deals.csv").write_text("\n".join(rows), "utf-8")
    said = house.run("ingest", str(tmp_path / "deals.csv"), "--mode", "history", "--language", "zh", ok=1).output
    assert "deals.csv:3:" in said
    assert "→" in said
    house.run("why-not", "D-9", "big-deal-alert", "--as", "guo")
    house.run("why-not", "D-8", "big-deal-alert", "--as", "guo", ok=1)
    assert "略去" in house.run("why-not", "day", "chen-wei", "2026-03-30", "--as", "guo", "--language", "zh").output
    house.run("why-not", "day", "nobody", "--as", "guo", ok=1)
    house.run("why-not", "day", "chen-wei", "30 March", "--as", "guo", ok=2)


def test_the_same_file_again_does_nothing(house: House, tmp_path: Path) -> None:
    file = json_lines(tmp_path / "events.jsonl", *GOOD)
    house.run("ingest", file, "--mode", "live")
    assert house.json("ingest", file, "--mode", "live")["files"][0]["outcomes"] == {"repeated": 2}


def test_the_same_key_with_other_content_is_told(house: House, tmp_path: Path) -> None:
    house.run("ingest", json_lines(tmp_path / "events.jsonl", GOOD[0]), "--mode", "live")
    other = GOOD[0] | {"body": {"name": "Pipes"}}
    file = json_lines(tmp_path / "events.jsonl", other)
    assert house.codes("ingest", file, "--mode", "live", ok=1) == ["E118"]


def test_how_it_is_taken_in_must_be_said(house: House, tmp_path: Path) -> None:
    house.run("ingest", json_lines(tmp_path / "events.jsonl", GOOD[0]), ok=2)
    house.run("ingest", str(tmp_path / "nothing.csv"), "--mode", "live", ok=2)


def test_an_import_goes_by_a_profile_of_the_rules(house: House, tmp_path: Path) -> None:
    header = "Record Id,Deal Name,Account Name,Deal Owner,Created Time,Closing Date,Amount,Lead Source,Stage\n"
    (tmp_path / "zoho.csv").write_text(
        header + "Z1,Pumps,Acme,Chen Wei,2026-03-01 09:00:00,2026-05-01,$1000,-None-,Prospect\n", "utf-8"
    )
    taken = ("import", str(tmp_path / "zoho.csv"), "--mode", "history", "--profile")
    assert house.codes(*taken, "soho", ok=1) == ["E117"]
    summary = house.json(*taken, "zoho-deals")["files"][0]
    assert summary["events"] == 1


def test_a_tick_does_what_is_due_once(house: House) -> None:
    done = house.json("tick")
    assert done["deals"] == 1
    assert house.json("tick")["deals"] == 0


def test_a_worker_ticks_as_often_as_it_is_told(house: House) -> None:
    assert "1 deals due" in house.run("worker", "--times", "2", "--every", "0").output
