"""What checks share: the exact place of a value inside a rule, all formulas of a rule, ids that stand twice."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from typing import Any, cast

from engine.core.formulas import Formula
from engine.core.problems import Problem
from engine.core.rules.header import Header
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.located import Block, Items, Located, problem_at
from engine.rulefiles.reading import read_text

Check = Callable[[Rulebook], Iterable[Problem]]
Path = tuple[str | int, ...]


def finding(rulebook: Rulebook, header: Header, path: Path, code: str, **params: str) -> Problem:
    """A problem at a value of a rule: `("stages", 2, "stage")`. Where the path ends early, at its last block."""
    text = next(file.text for file in rulebook.files if file.path == header.place.file)
    return problem_at(_value(header.place.file, text, path), code, **params)


def _value(file: str, text: str, path: Path) -> Located:
    """The value at a path of a file; records keep few places, so a problem reads its file once more."""
    where: Located = _root(file, text)
    for step in path:
        inside = _inside(where, step)
        if inside is None:
            break
        where = inside
    return where


def _inside(where: Located, step: str | int) -> Located | None:
    """One step of a path; None where there is nothing under that key or number."""
    if isinstance(where, Block) and isinstance(step, str):
        return where.get(step)
    if isinstance(where, Items) and isinstance(step, int):
        return where[step] if step < len(where) else None
    return None


@lru_cache(maxsize=16)
def _root(file: str, text: str) -> Block:
    root = read_text(file, text).root
    assert root is not None, "a rule was built from this file"
    return root


def formulas_in(record: object) -> Iterator[Formula]:
    """Every formula in a record, in the order of its fields."""
    if isinstance(record, tuple):
        for item in record:
            yield from formulas_in(item)
        return
    kind: Any = type(record)
    names = _parts(kind)
    if names is None:
        yield cast(Formula, record)
    for name in names or ():
        part = getattr(record, name)
        if part is not None:
            yield from formulas_in(part)


_WITHOUT_FORMULAS = ("header", "place", "title", "in_force", "id")


@cache
def _parts(kind: Any) -> tuple[str, ...] | None:
    """The fields of a class of records that may hold formulas; None for a formula itself, none for a plain value."""
    if hasattr(kind, "holds") and hasattr(kind, "trace"):
        return None
    named = fields(kind) if isinstance(kind, type) and is_dataclass(kind) else ()
    return tuple(field.name for field in named if field.name not in _WITHOUT_FORMULAS)


def twice(rulebook: Rulebook, header: Header, ids: Iterable[tuple[str, Path]]) -> Iterator[Problem]:
    """R214 for each id that stands again; `ids` are ids with the path of where they are written."""
    first: dict[str, Path] = {}
    for id, path in ids:
        if id in first:
            line = finding(rulebook, header, first[id], "R214").place.line
            yield finding(rulebook, header, path, "R214", found=id, line=str(line))
        first.setdefault(id, path)


def listed(names: Iterable[str]) -> str:
    """Names for a message, or a dash when there are none."""
    return ", ".join(names) or "–"
