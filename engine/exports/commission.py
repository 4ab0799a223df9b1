"""Commission detail and summary: from posted rows to one file, the same bytes for the same rows in any order."""

import hashlib
import re
from collections.abc import Iterable
from typing import Literal

from engine.core.problems import Language
from engine.exports.csv_files import csv_bytes
from engine.exports.layouts import LAYOUTS, Layout
from engine.exports.records import ExportFile, ExportHead, ExportRow, control_totals
from engine.exports.xlsx_files import xlsx_bytes

Profile = Literal["detail", "summary"]
Format = Literal["csv", "xlsx"]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def commission_export(
    head: ExportHead, rows: Iterable[ExportRow], profile: Profile, format: Format, language: Language
) -> ExportFile:
    """The file, with its SHA-256 and the control totals of its rows. KeyError for a profile that does not exist."""
    layout = LAYOUTS[profile]
    ordered = sorted(rows, key=lambda row: row.order)
    totals = control_totals(ordered)
    table = layout.rows(ordered)
    if format == "csv":
        content = csv_bytes([column.title(language) for column in layout.columns], table)
    else:
        content = xlsx_bytes(layout, table, language, head, totals)
    digest = hashlib.sha256(content).hexdigest()
    name = file_name(layout, head, format, language)
    return ExportFile(name, content, digest, MEDIA_TYPES[format], len(table), totals)


def file_name(layout: Layout, head: ExportHead, format: Format, language: Language) -> str:
    """`提成明细_2026-11_v3.xlsx`; characters that a file system or a header might take amiss are left out."""
    period = re.sub(r"[^\w.-]", "", head.period)
    return f"{layout.stem[language]}_{period}_v{head.number}.{format}"
