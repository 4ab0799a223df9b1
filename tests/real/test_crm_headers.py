"""The sample profiles read files with the headers that CRMs really write."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from engine.core.money import Money
from engine.core.rules.rulebook import Rulebook
from engine.intake.events import EventReader
from engine.intake.files import Delivery, Source, delivery_of
from engine.rulefiles.loading import load_texts
from tests.intake.conftest import rules
from tests.real.conftest import folder

pytestmark = pytest.mark.real


def book(repo_root: Path, profile: str) -> Rulebook:
    """A small company with one of the sample's profiles."""
    loaded = load_texts(rules((repo_root / "rules/profiles" / f"{profile}.yaml").read_text(encoding="utf-8")))
    assert loaded.rulebook, [problem.render() for problem in loaded.problems]
    return loaded.rulebook


def delivered(rulebook: Rulebook, path: Path) -> Delivery:
    """A file read by the only profile."""
    return delivery_of(Source(path, EventReader.of(rulebook), "history", rulebook.profiles[0]))


def test_zohos_own_export_is_read_to_the_last_row(repo_root: Path) -> None:
    path = folder("zoho_sample") / "Potentials.csv"
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    delivery = delivered(book(repo_root, "zoho-deals"), path)
    assert delivery.problems == () and delivery.summary.rows == len(rows) == 2000
    stages = [row["Stage"] for row in rows]
    assert dict(delivery.summary.by_type) == {
        "deal.created": 2000,
        "deal.won": stages.count("Closed Won"),
        "deal.lost": stages.count("Closed Lost"),
    }
    (total,) = delivery.summary.totals
    dollars = sum(Fraction(row["Amount"].replace("$", "").replace(",", "")) for row in rows)
    assert total.amount == Money(int(dollars * 100), "USD")


def test_the_headers_of_a_chinese_crm_are_known(repo_root: Path, tmp_path: Path) -> None:
    forms = json.loads((folder("crm_headers") / "cordys_zh_headers.json").read_text(encoding="utf-8"))
    cells = {
        "商机名称": "华东产线改造",
        "客户名称": "北辰仪器",
        "业务编码": "SJ-0001",
        "商机来源": "展会",
        "金额": "¥1,250,000.50",
        "结束时间": "2026/3/31 18:00",
        "可能性": "60",
        "负责人": "张伟",
        "创建时间": "2026-01-05 09:30:00",
    }
    headers = [field["label"] for field in forms["opportunity"]] + ["创建时间"]
    text = io.StringIO()
    csv.writer(text).writerows([headers, [cells.get(header, "") for header in headers]])
    (tmp_path / "商机.csv").write_bytes(text.getvalue().encode("gb18030"))
    delivery = delivered(book(repo_root, "cordys-opportunities"), tmp_path / "商机.csv")
    assert delivery.problems == ()
    (event,) = delivery.events
    assert (event.subject, event.source, event.actor, str(event.on)) == ("SJ-0001", "cordys", "张伟", "2026-01-05")
    assert event.body["amount"] == Money(125_000_050, "CNY")
    assert (event.body["probability"], str(event.body["close_on"])) == (Fraction(3, 5), "2026-03-31")
    assert set(delivery.summary.ignored) == set(headers) - set(cells)
