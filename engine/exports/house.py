"""The house's credits as a file: one row for each, with the plan, the deal and where the rule stands."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.money import Money
from engine.core.problems import Language
from engine.exports.csv_files import csv_bytes
from engine.exports.layouts import Cell
from engine.exports.records import ControlTotal, ExportFile

TITLES: Mapping[Language, tuple[str, ...]] = {
    "en": ("Period", "Plan", "Measure", "On", "Deal", "Deal name", "Account", "Credited", "Currency", "Share", "Whole",
           "Undone on", "Event", "Written at"),
    "zh": ("期间", "激励方案", "业绩口径", "日期", "商机编号", "商机", "客户", "计入金额", "币种", "比例", "全额", "撤销日期",
           "事件", "规则出处"),
}  # fmt: skip
"""The header, as many titles as `HouseRow` has columns."""

STEM: Mapping[Language, str] = {"en": "house-credits", "zh": "公司业绩"}


@dataclass(frozen=True, slots=True)
class HouseRow:
    """One credit of the house. `amount` of the `whole`, of which it is the `share`; `undone_on` None: it stands."""

    period: str
    plan: str
    measure: str
    on: date
    deal: str
    deal_name: str
    account: str
    amount: Money
    share: str
    whole: Money
    undone_on: date | None
    event: str
    place: str


def house_export(period: str, rows: Iterable[HouseRow], language: Language) -> ExportFile:
    """The file, with its SHA-256 and, by currency, how many credits stand and their sum."""
    ordered = sorted(rows, key=lambda row: (row.plan, row.measure, row.on, row.event))
    content = csv_bytes(TITLES[language], [_cells(row) for row in ordered])
    shown = re.sub(r"[^\w.-]", "", period)
    name = f"{STEM[language]}_{shown}.csv"
    media = "text/csv; charset=utf-8"
    return ExportFile(name, content, hashlib.sha256(content).hexdigest(), media, len(ordered), _totals(ordered))


def _cells(row: HouseRow) -> list[Cell]:
    return [
        row.period, row.plan, row.measure, row.on, row.deal, row.deal_name, row.account, row.amount, row.amount.currency,
        row.share, f"{row.whole.plain()} {row.whole.currency}", row.undone_on, row.event, row.place,
    ]  # fmt: skip


def _totals(rows: Iterable[HouseRow]) -> tuple[ControlTotal, ...]:
    standing = [row.amount for row in rows if row.undone_on is None]
    currencies = sorted({amount.currency for amount in standing})
    own = {each: [amount for amount in standing if amount.currency == each] for each in currencies}
    return tuple(ControlTotal(len(own[each]), Money.total(own[each], each)) for each in currencies)
