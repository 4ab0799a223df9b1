"""Second files that a profile looks values up in, read once, beside the imported file."""

from collections.abc import Mapping
from pathlib import Path

from engine.core.problems import Place, Problem
from engine.core.rules.profile import Lookup, Profile
from engine.intake.cells import LookupTable
from engine.intake.opening import open_table
from engine.intake.tables import Table

Lookups = Mapping[str, tuple[LookupTable, ...]]
"""By column name, the tables in which its values are looked up one after the other."""


def lookups_of(profile: Profile, folder: Path) -> tuple[Lookups, tuple[Problem, ...]]:
    """The tables of each column that looks something up, by the column's name; I047 for a file that cannot be read."""
    wanted = {lookup: column.place for column in profile.columns for lookup in column.lookups}
    read = {lookup: _read(lookup, folder) for lookup in wanted}
    tables = {lookup: found for lookup, found in read.items() if not isinstance(found, str)}
    problems = tuple(
        Problem("I047", wanted[lookup], {"file": lookup.file, "why": found})
        for lookup, found in read.items()
        if isinstance(found, str)
    )
    columns = {column.name: column.lookups for column in profile.columns} if not problems else {}
    return {name: tuple(tables[lookup] for lookup in lookups) for name, lookups in columns.items()}, problems


def _read(lookup: Lookup, folder: Path) -> LookupTable | str:
    """What stands beside each value, from the first row that has it; or why the file cannot be read."""
    path = folder / lookup.file
    if not path.is_file():
        return str(Place(lookup.file))
    table = open_table(path)
    if not isinstance(table, Table):
        return table[0].render()
    missing = [header for header in (lookup.by, lookup.give) if header not in table.headers]
    if missing:
        return ", ".join(missing)
    found: dict[str, str] = {}
    for row in table.rows:
        if isinstance(row, Problem):
            return row.render()
        found.setdefault(row.cells[lookup.by], row.cells[lookup.give])
    return found
