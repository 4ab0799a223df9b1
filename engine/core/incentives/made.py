"""Sequences that are made when somebody looks at them: what a line tells is wanted of a few lines out of many."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

Member = TypeVar("Member")


class Made(Sequence[Member]):
    """Equal to a tuple of the same members; they are made once, by `make`, when the first of them is asked for."""

    __slots__ = ("_members",)
    _members: tuple[Member, ...]

    def make(self) -> tuple[Member, ...]:
        """All members, in their order."""
        raise NotImplementedError

    @property
    def members(self) -> tuple[Member, ...]:
        """All members, in their order, as they were made the first time."""
        try:
            return self._members
        except AttributeError:
            self._members = self.make()
            return self._members

    @overload
    def __getitem__(self, at: int) -> Member: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Member]: ...
    def __getitem__(self, at: Any) -> Any:
        return self.members[at]

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[Member]:
        return iter(self.members)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Made):
            return self.members == other.members
        return self.members == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.members)

    def __repr__(self) -> str:
        return repr(self.members)
