"""One rule file after reading and schema: its kind, its form, its CSV table, and the version that its text makes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from engine.core.problems import Problem
from engine.core.rules.header import Header
from engine.rulefiles.building.company import RATE_COLUMNS
from engine.rulefiles.located import Block, Text, problem_at, shown
from engine.rulefiles.reading import read_text
from engine.rulefiles.schemas.base import Form, header, problems_of
from engine.rulefiles.schemas.kinds import LATER_KINDS, SCHEMAS
from engine.rulefiles.schemas.table import column_names
from engine.rulefiles.tables import Table, read_table
from engine.rulefiles.values import nearest_first

PEOPLE_COLUMNS = ("person", "share")


@dataclass(frozen=True, slots=True)
class Written:
    """A rule file that follows its schema. `canonical` is its meaning as one line of JSON, whatever its layout."""

    file: str
    kind: str
    form: Form
    table: Table | None
    canonical: str
    header: Header


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one file: the kind that it names (empty when unknown), and the rule unless it has mistakes."""

    kind: str
    written: Written | None
    problems: tuple[Problem, ...]


def attempt(file: str, files: Mapping[str, str]) -> Attempt:
    """The rule of one file, or its problems."""
    reading = read_text(file, files[file])
    if reading.root is None:
        return Attempt("", None, reading.problems)
    kind = next(iter(reading.root))
    if kind not in SCHEMAS:
        return Attempt("", None, (*reading.problems, _not_a_kind(reading.root.key(kind))))
    try:
        form = SCHEMAS[kind].load(reading.root)
    except ValidationError as error:
        return Attempt(kind, None, (*reading.problems, *problems_of(error.messages)))
    written = _written(file, str(kind), form, files)
    return Attempt(kind, written, (*reading.problems, *(written.table.problems if written.table else ())))


def _not_a_kind(key: Text) -> Problem:
    """The first key names no kind of rule, or one that is not carried out yet."""
    if key in LATER_KINDS:
        return problem_at(key, "R039", found=key)
    return problem_at(key, "R038", found=shown(key), known=", ".join(nearest_first(key, SCHEMAS)))


def _written(file: str, kind: str, form: Form, files: Mapping[str, str]) -> Written:
    table = next((read_table(name, files, needed, more) for name, needed, more in _tables(kind, form)), None)
    canonical = canonical_json(form.source, table)
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:12]
    head = header(form, kind, f"{kind}:{form['id']}@{digest}")
    return Written(file, kind, form, table, canonical, head)


def _tables(kind: str, form: Form) -> Iterator[tuple[Text, tuple[str, ...], tuple[str, ...]]]:
    """The CSV file that a rule names, the columns it must have, and those that it may have."""
    if kind == "company" and "exchange_rates" in form:
        yield form["exchange_rates"]["table"], RATE_COLUMNS, ("kind",)
    if kind == "targets" and form.get("split", {}).get("people"):
        yield form["split"]["people"]["table"], PEOPLE_COLUMNS, ()
    if kind == "table" and "csv" in form["rows"]:
        yield form["rows"]["csv"], column_names(form), ()


def canonical_json(root: Block, table: Table | None = None) -> str:
    """A rule's content as sorted JSON on one line: layout, comments and the order of keys do not matter."""
    whole: dict[str, Any] = {"rule": root}
    if table:
        whole["table"] = table.as_text()
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(rules: tuple[Written, ...]) -> str:
    """A digest of all rules' canonical forms, by kind, id and first day; where the files stand does not matter."""
    ordered = sorted(
        (rule.kind, rule.header.id, rule.header.in_force.from_on.isoformat(), rule.canonical) for rule in rules
    )
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False).encode()).hexdigest()
