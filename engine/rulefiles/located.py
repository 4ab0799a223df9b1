"""What a rule file says, with the place of every key and value: text, blocks of keys, lists.

They behave as `str`, `dict` and `list`, so schemas and JSON take them as they are. Every scalar is text; nothing has
been given a type yet.
"""

from collections.abc import Mapping

from engine.core.problems import Place, Problem


class Text(str):
    """A scalar as it was written. `width` is its length on its first line; `plain` is False when it was quoted.

    `inside` is where its first character stands: after the quote, or on the line below a `|` or `>`.
    """

    __slots__ = ("inside", "place", "plain", "width")
    place: Place
    inside: Place
    width: int
    plain: bool

    @classmethod
    def at(cls, value: str, place: Place, width: int = 1, plain: bool = True, inside: Place | None = None) -> "Text":
        """The text with its place; what is not plain is taken to be quoted unless `inside` says otherwise."""
        text = cls(value)
        text.place, text.width, text.plain = place, max(width, 1), plain
        text.inside = inside or (place if plain else place.shifted(1))
        return text


class Block(dict[str, "Located"]):
    """Keys and values in file order; the keys are `Text` and know their places. `place` is the first key's."""

    __slots__ = ("place", "width")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.width = place, 1

    def key(self, name: str) -> Text:
        """The key as it was written. KeyError when it is not there."""
        for key in self:
            if key == name and isinstance(key, Text):
                return key
        raise KeyError(name)


class Items(list["Located"]):
    """A list in file order."""

    __slots__ = ("place", "width")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.width = place, 1


Located = Text | Block | Items


def problem_at(where: Text | Block | Items, code: str, **params: str) -> Problem:
    """A problem with a value or key; the caret is as long as the text it stands under."""
    return Problem(code, where.place, params, width=where.width)


def shown(value: object, longest: int = 40) -> str:
    """A value as a message quotes it: short, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:4]) + "}"
    if isinstance(value, list):
        return (
            f"[{', '.join(str(item) for item in value[:3] if isinstance(item, str))}{', …' if len(value) > 3 else ''}]"
        )
    line = " ".join(str(value).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
