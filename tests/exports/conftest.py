"""Rows and a head for export tests."""

from datetime import date

from engine.core.money import Money
from engine.exports.records import ExportHead, ExportRow

HEAD = ExportHead("run-1", "2026-11", 3, "北辰仪器 Polaris", "ab12" * 16, "cd34" * 16, "李娜")


def row(
    payee: str = "ana", name: str = "安娜", minor: int = 123450, currency: str = "CNY", **others: object
) -> ExportRow:
    """A row, with these differences from a usual one."""
    usual: dict[str, object] = {
        "payee": payee,
        "name": name,
        "plan": "account-executive",
        "component": "bookings-commission",
        "earned_period": "2026-10",
        "posted_period": "2026-11",
        "deal": "D-1",
        "event": "crm/D-1/won",
        "on": date(2026, 10, 9),
        "base": Money(2_469_000, "CNY"),
        "rate": "5%",
        "amount": Money(minor, currency),
        "owed": Money(0, currency),
        "rule": "plan:account-executive@1f2e",
        "place": "plans/account-executive.yaml:31:9",
    }
    return ExportRow(**(usual | others))  # type: ignore[arg-type]


ROWS = (
    row(),
    row("ben", "Ben O'Hara", -5_000, event="crm/D-1/cancelled"),
    row("ana", minor=1, event="crm/D-2/won", deal="D-2"),
    row("ana", minor=99_999, currency="JPY", base=None, rate="", deal="", event="", component="quarterly-bonus"),
    row("acme", '=HYPERLINK("http://evil.example","Acme")', 700, "EUR"),
    row("ben", "Ben O'Hara", 0, event="crm/D-3/won"),
    row("ben", "Ben O'Hara", 0, event="crm/D-4/cancelled", owed=Money(80_000, "CNY")),
    row("ben", "Ben O'Hara", 0, event="TRF-1", owed=Money(-30_000, "CNY"), plan="", component="given back", rate=""),
    row("110101199003070011", "张伟", 10**15, on=date(2026, 10, 31)),
)
