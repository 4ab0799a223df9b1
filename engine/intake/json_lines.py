"""The raw events of a JSON-lines file: one object a line, its numbers kept as the text they were written as."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.problems import Place, Problem
from engine.intake.slips import Slipped
from engine.intake.text_lines import numbered_lines


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line's object and its place."""

    place: Place
    raw: Mapping[str, object]


def json_lines(path: Path, encoding: str) -> Iterator[RawLine | Problem]:
    """The objects of the lines that are not blank; I013 or I014 in place of a line that is none."""
    for numbered in numbered_lines(path, encoding):
        if isinstance(numbered, Problem):
            yield numbered
        elif numbered[1].strip():
            yield _raw_line(Place(path.name, numbered[0], 1), numbered[1])


def _raw_line(place: Place, text: str) -> RawLine | Problem:
    try:
        return RawLine(place, json_object(text))
    except Slipped as slipped:
        return Problem(slipped.slip.code, place, slipped.slip.params)


def json_object(text: str) -> Mapping[str, object]:
    """The object that a text spells. Numbers are texts, digit by digit. Slipped: I013 no object, I014 a key twice."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=_no_constant, object_pairs_hook=_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Slipped("I013", why=str(error)) from error
    if not isinstance(found, dict):
        raise Slipped("I013", why=f"[{type(found).__name__}]")
    return found


def _no_constant(name: str) -> Any:
    """NaN and Infinity are not JSON."""
    raise Slipped("I013", why=name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs, each key once."""
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise Slipped("I014", key=key)
        made[key] = value
    return made
