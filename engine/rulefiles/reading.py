"""A rule file's text, read as located text: every scalar stays text, every key and value keeps its place.

YAML that could surprise is refused: anchors, aliases, merge keys, tags, several documents, duplicate keys, keys that
are not text, hidden characters, and anything beyond the limits. Events are read one by one, so that a hostile file is
left as soon as it breaks a limit. Nothing is raised for a mistake.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from engine.core.problems import Place, Problem, in_file_order
from engine.rulefiles.characters import excerpt, forbidden, full_width, lines_of
from engine.rulefiles.located import Block, Items, Located, Text, problem_at, shown
from engine.rulefiles.yaml_mistakes import syntax_problem

LARGEST_FILE = 256 * 1024
DEEPEST = 32
MOST_NODES = 20_000
MOST_REFUSALS = 100
"""Problems of one file after which reading it further helps nobody."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says. `root` is None when the file cannot be used; then `problems` say why."""

    file: str
    root: Block | None
    problems: tuple[Problem, ...]


def decoded(file: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file's bytes. Not UTF-8 is R001, with an empty text."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return "", (Problem("R001", Place(file, line, column), {"byte": f"0x{data[error.start]:02X}"}),)


def read_text(file: str, text: str) -> Reading:
    """The file's content. A file over 256 KiB is R003, hidden characters are R002, an empty file is R022."""
    if len(text) > LARGEST_FILE or len(text.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        return Reading(file, None, (Problem("R003", Place(file), {"most": f"{LARGEST_FILE // 1024} KiB"}),))
    lines = lines_of(text)
    hidden = [Problem("R002", Place(file, line, column), {"name": name}) for line, column, name in forbidden(text)]
    if hidden:
        return Reading(file, None, with_excerpts(hidden, {file: lines}))
    composer = _Composer(file, lines)
    root = composer.compose(text)
    return Reading(file, root, with_excerpts(composer.problems, {file: lines}))


def with_excerpts(problems: list[Problem], lines: dict[str, list[str]]) -> tuple[Problem, ...]:
    """The problems in file order, each with its source line.

    A problem keeps the excerpt it has where its file has no such line: an expression folded over several lines.
    """
    return in_file_order(
        replace(problem, excerpt=excerpt(lines.get(problem.place.file, []), problem.place) or problem.excerpt)
        for problem in problems
    )


class _Unusable(Exception):
    """The file breaks a limit or its shape is lost; reading it further would say nothing true."""


class _Composer:
    """Parser events to located values, with a stack of what is open. `usable` False: problems only, no content."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []
        self.usable = True
        self.root: Located | None = None
        self.open: list[tuple[Block | Items, Text | None]] = []
        self.nodes = 0
        self.documents = 0

    def compose(self, text: str) -> Block | None:
        """The file's block of keys, or None when it cannot be used."""
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                handle = _HANDLERS[type(event)]
                handle(self, event)
        except _Unusable:
            return None
        except yaml.YAMLError as error:
            self.problems.append(syntax_problem(error, self.file, self.lines))
            return None
        return self._whole() if self.usable else None

    def _whole(self) -> Block | None:
        """The root, when it is a block of keys."""
        if isinstance(self.root, Block) and self.root:
            return self.root
        if self.root is None or not self.root:
            self.problems.append(Problem("R022", Place(self.file)))
        elif not self._full_width(self.root):
            self.problems.append(problem_at(self.root, "R023", found=shown(self.root)))
        return None

    def place(self, event: Any) -> Place:
        """Where an event begins."""
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def refuse(self, code: str, event: yaml.Event, **params: str) -> None:
        """A problem at the event; the file is read on, but not used."""
        self.problems.append(Problem(code, self.place(event), params))
        self.usable = False
        if len(self.problems) >= MOST_REFUSALS:
            raise _Unusable

    def stop(self, code: str, event: yaml.Event, **params: str) -> None:
        """A problem at the event that ends the reading of this file."""
        self.refuse(code, event, **params)
        raise _Unusable

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop("R018", event)
        if event.version or event.tags:
            self.refuse("R024", event)

    def scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if end.line == start.line else 1
        inside = self._below(start.line) if event.style in ("|", ">") else None
        self._checked(event)
        self._put(Text.at(event.value, self.place(event), width, not event.style, inside), event)

    def _below(self, line: int) -> Place:
        """Where the text of a `|` or `>` block begins: at the first line with words under its indicator."""
        below = (number for number in range(line + 1, len(self.lines)) if self.lines[number].strip())
        first = next(below, line)
        return Place(self.file, first + 1, len(self.lines[first]) - len(self.lines[first].lstrip()) + 1)

    def _put(self, text: Text, event: Any) -> None:
        """The text is a key or a value, by what is open."""
        if self._at_key():
            self._key(text, event)
        else:
            self._value(text)

    def alias(self, event: Any) -> None:
        self.refuse("R015", event, name=event.anchor)
        self._put(Text.at("", self.place(event)), event)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        if self._at_key():
            self.stop("R020", event)
        if len(self.open) >= DEEPEST:
            self.stop("R004", event, most=str(DEEPEST))
        self._checked(event)
        place = self.place(event)
        value = Block(place) if isinstance(event, yaml.MappingStartEvent) else Items(place)
        self._value(value)
        self.open.append((value, None))

    def end(self, event: yaml.Event) -> None:
        self.open.pop()

    def ignore(self, event: yaml.Event) -> None:
        pass

    def _checked(self, event: Any) -> None:
        """Counts the node; refuses its anchor and its tag."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.stop("R005", event, most=f"{MOST_NODES:,}")
        if event.anchor is not None:
            self.refuse("R014", event, name=event.anchor)
        if event.tag is not None:
            self.refuse("R017", event, tag=shown(event.tag))

    def _at_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], Block) and self.open[-1][1] is None

    def _key(self, key: Text, event: yaml.Event) -> None:
        """Takes the key of the innermost block. A duplicate is reported; its first value stays."""
        block = self.open[-1][0]
        assert isinstance(block, Block)
        if key == "<<" and key.plain:
            self.refuse("R016", event)
        elif key in block:
            self.problems.append(problem_at(key, "R019", key=shown(key), line=str(block.key(key).place.line)))
            self.usable = False
        elif self._full_width(key):
            self.usable = False
        self.open[-1] = (block, key)

    def _value(self, value: Located) -> None:
        """Puts a value where it belongs: under its key, into its list, or as the root."""
        if not self.open:
            self.root = value
            return
        into, key = self.open[-1]
        if isinstance(into, Block) and key is not None:
            into.setdefault(key, value)
            self.open[-1] = (into, None)
        elif isinstance(into, Items):
            into.append(value)

    def _full_width(self, value: Located) -> bool:
        """Names the full-width character in a text that should have been structure; False when there is none."""
        found = full_width(value) if isinstance(value, Text) and value.plain else None
        if found is None or not isinstance(value, Text):
            return False
        index, character, plain = found
        self.problems.append(Problem("R021", value.place.shifted(index), {"found": character, "plain": plain}))
        return True


_HANDLERS: Mapping[type, Callable[[_Composer, Any], None]] = {
    yaml.StreamStartEvent: _Composer.ignore,
    yaml.StreamEndEvent: _Composer.ignore,
    yaml.DocumentStartEvent: _Composer.document,
    yaml.DocumentEndEvent: _Composer.ignore,
    yaml.ScalarEvent: _Composer.scalar,
    yaml.AliasEvent: _Composer.alias,
    yaml.MappingStartEvent: _Composer.begin,
    yaml.SequenceStartEvent: _Composer.begin,
    yaml.MappingEndEvent: _Composer.end,
    yaml.SequenceEndEvent: _Composer.end,
}
