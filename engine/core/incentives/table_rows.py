"""What the tables of a formula read, for the trace of what it paid: attainments, and the rows that gave its value."""

from collections.abc import Iterator

from engine.core.formulas import Facts, Formula, Trace


def read_by(formula: Formula, facts: Facts) -> str:
    """`attainment(margin, quarter) = 95%, rates.csv:4`: the attainments and rows; empty when it asks no table."""
    if "lookup" not in formula.source:
        return ""
    return ", ".join(dict.fromkeys(_read(formula.trace(facts))))


def _read(trace: Trace) -> Iterator[str]:
    """Attainments as they come, each table's rows after its keys."""
    for part in trace.parts:
        yield from _read(part)
    if trace.source.startswith("attainment(") and not trace.parts:
        yield f"{trace.source} = {trace.value or '?'}"
    if trace.note == "row":
        yield trace.detail
