"""Gapless chains of hashes: each row's hash covers the one before it, so a change anywhere breaks all that follow.

Whoever can write the database can write a whole new chain; so the head is also anchored outside, in every close and
every export, and verified against those anchors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from engine.store.database import Unit
from engine.store.tables.log import chain_heads

START = "0" * 64
"""The hash before the first row."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain: its number (0: empty) and its hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first row at which a chain does not hold. `fault`: gap, content, link, head, anchor or missing."""

    chain: str
    seq: int
    fault: str


@dataclass(frozen=True, slots=True)
class Link:
    """A row as it is checked: its number, the text its hash covers, and the hash that is stored with it."""

    seq: int
    content: str
    hash: str


def head_of(unit: Unit, chain: str) -> Head:
    """The head of that chain: `events`, `ledger`, `audit`, `records`, `closes` or `exports`."""
    row = unit.first(select(chain_heads.c.seq, chain_heads.c.hash).where(chain_heads.c.chain == chain))
    return Head(row.seq, row.hash) if row else Head(0, START)


def move_head(unit: Unit, chain: str, head: Head) -> None:
    """The chain's head from now on. The unit must be a writing one, so that nobody else holds the same head."""
    if not unit.write:
        raise RuntimeError("a chain grows in a writing unit only")
    unit.upsert(chain_heads, [{"chain": chain, "seq": head.seq, "hash": head.hash}])


def linked(before: str, content: str) -> str:
    """The hash of a row: SHA-256 of the hash before it and of its content."""
    return sha256(f"{before}\n{content}".encode()).hexdigest()


def broken_link(chain: str, links: Iterable[Link], head: Head, anchors: Iterable[Head] = ()) -> Break | None:
    """The first place where the chain does not hold, or None when it is whole from the first row to the head.

    `anchors` are heads that were noted elsewhere at some time; each must still be met on the way.
    """
    expected = {anchor.seq: anchor.hash for anchor in anchors if anchor.seq}
    seq, before = 0, START
    for link in links:
        seq += 1
        if link.seq != seq:
            return Break(chain, seq, "gap")
        if linked(before, link.content) != link.hash:
            return Break(chain, seq, "link")
        if expected.pop(seq, link.hash) != link.hash:
            return Break(chain, seq, "anchor")
        before = link.hash
    if expected:
        return Break(chain, min(expected), "missing")
    return None if (seq, before) == (head.seq, head.hash) else Break(chain, head.seq, "head")
