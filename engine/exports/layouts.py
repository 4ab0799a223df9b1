"""The columns of each export, with their titles in both languages: one tuple a layout."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from engine.core.money import Money
from engine.core.problems import Language
from engine.exports.records import ExportRow

Cell = str | date | Money | int | None
"""A text, a day, an amount in its currency's units, a whole number, or nothing."""

Kind = Literal["text", "day", "amount", "minor", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in characters; a `minor` column holds an amount's whole minor units."""

    en: str
    zh: str
    kind: Kind
    value: Callable[[ExportRow], Cell]
    width: int = 14

    def title(self, language: Language) -> str:
        """Its header."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Layout:
    """One export: the stem of its file name, the title of its sheet, its columns, and how rows are put together."""

    stem: Mapping[Language, str]
    sheet: Mapping[Language, str]
    columns: tuple[Column, ...]
    rows: Callable[[Iterable[ExportRow]], Sequence[Sequence[Cell]]]


def _some(amount: Money) -> Money | None:
    return amount if amount.minor else None


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


_DETAIL = (
    Column("Payee", "工号", "text", lambda row: row.payee),
    Column("Name", "姓名", "text", lambda row: row.name, 18),
    Column("Plan", "激励方案", "text", lambda row: row.plan, 20),
    Column("Component", "组成部分", "text", lambda row: row.component, 24),
    Column("Earned in", "所属期间", "text", lambda row: row.earned_period, 10),
    Column("Posted in", "入账期间", "text", lambda row: row.posted_period, 10),
    Column("Deal", "商机编号", "text", lambda row: row.deal),
    Column("Event", "事件", "text", lambda row: row.event, 24),
    Column("On", "日期", "day", lambda row: row.on, 11),
    Column("Base", "计提基数", "amount", lambda row: row.base, 16),
    Column("Rate", "比例", "text", lambda row: row.rate),
    Column("Amount", "金额", "amount", lambda row: row.amount, 16),
    Column("Currency", "币种", "text", lambda row: row.amount.currency, 8),
    Column("Amount in minor units", "金额（最小单位）", "minor", lambda row: _minor(row.amount), 18),
    Column("Owed by the payee", "本人应归还", "amount", lambda row: _some(row.owed), 16),
    Column("Rule version", "规则版本", "text", lambda row: row.rule, 30),
    Column("Written at", "规则出处", "text", lambda row: row.place, 30),
)


def _detail_rows(rows: Iterable[ExportRow]) -> Sequence[Sequence[Cell]]:
    return [[column.value(row) for column in _DETAIL] for row in rows]


def _summary_rows(rows: Iterable[ExportRow]) -> Sequence[Sequence[Cell]]:
    """One row for each payee and currency: how many lines, and their sums."""
    together: dict[tuple[str, str], tuple[str, int, int, int]] = {}
    for row in rows:
        key = (row.payee, row.amount.currency)
        _, count, minor, owed = together.get(key, ("", 0, 0, 0))
        together[key] = (row.name, count + 1, minor + row.amount.minor, owed + row.owed.minor)
    return [
        (payee, name, count, Money(minor, currency), currency, minor, _some(Money(owed, currency)))
        for (payee, currency), (name, count, minor, owed) in sorted(together.items())
    ]


_NONE: Callable[[ExportRow], Cell] = lambda row: None  # noqa: E731 — a summary's cells are not those of one row
_SUMMARY = (
    Column("Payee", "工号", "text", _NONE),
    Column("Name", "姓名", "text", _NONE, 18),
    Column("Lines", "笔数", "count", _NONE, 8),
    Column("Amount", "金额", "amount", _NONE, 16),
    Column("Currency", "币种", "text", _NONE, 8),
    Column("Amount in minor units", "金额（最小单位）", "minor", _NONE, 18),
    Column("Owed by the payee", "本人应归还", "amount", _NONE, 16),
)

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "detail": Layout(
            {"en": "commission-detail", "zh": "提成明细"}, {"en": "Detail", "zh": "明细"}, _DETAIL, _detail_rows
        ),
        "summary": Layout(
            {"en": "commission-summary", "zh": "提成汇总"}, {"en": "Summary", "zh": "汇总"}, _SUMMARY, _summary_rows
        ),
    }
)
"""By profile: `detail` has a row for each movement, `summary` one for each payee and currency."""

ABOUT: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "sheet": "About", "company": "Company", "period": "Period", "number": "Export number", "run": "Payout run",
            "fingerprint": "Rulebook fingerprint", "ledger_head": "Ledger head", "made_for": "Made for", "rows": "Rows",
            "total": "Control total {currency}", "rows_of": "Rows in {currency}",
        },
        "zh": {
            "sheet": "说明", "company": "公司", "period": "期间", "number": "导出序号", "run": "发放批次",
            "fingerprint": "规则库指纹", "ledger_head": "账本链首", "made_for": "导出人", "rows": "行数",
            "total": "控制总额 {currency}", "rows_of": "{currency} 行数",
        },
    }
)  # fmt: skip
"""The labels of the sheet that says what the file is."""
