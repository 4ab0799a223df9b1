"""Which rows of decision tables a formula read, for the trace of what it paid."""

from collections.abc import Iterator

from engine.core.formulas import Facts, Formula, Trace


def rows_read(formula: Formula, facts: Facts) -> str:
    """The file and line of each row that gave the formula's value: `rates.csv:4`; empty when it asks no table."""
    if "lookup" not in formula.source:
        return ""
    return ", ".join(dict.fromkeys(_rows(formula.trace(facts))))


def _rows(trace: Trace) -> Iterator[str]:
    if trace.note == "row":
        yield trace.detail
    for part in trace.parts:
        yield from _rows(part)
