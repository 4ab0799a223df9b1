"""The kinds of column there are. Whole numbers and text only: no database type may round, cut or reinterpret a value.

An instant is a whole number of microseconds since 1970 in UTC, because it then has one form, sorts and pages as a
number on every database, and leaves nothing to a session's time zone. A day is ISO text. An amount is two columns,
minor units and currency, within ten to the fifteenth, so that SQLite's arithmetic can never turn it into a float.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy import text as sql
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST = 10**15

# SQLite's strict tables know INTEGER and TEXT only; there, INTEGER has 64 bits.
Whole = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

# Texts are compared by code point everywhere, as Python does, whatever a server's language; so pages and lists agree.
Words = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware instant; a ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant_of(count: int) -> datetime:
    """The instant, in UTC, of that many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=count)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds of the instant."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The instant of the microseconds."""
        return None if value is None else instant_of(value)


class Day(TypeDecorator[date]):
    """A calendar date, stored as ISO text."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """ISO text of the day."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The day of the ISO text."""
        return None if value is None else date.fromisoformat(value)


def table(name: str, *parts: Any, title: str) -> Table:
    """A strict table of the one metadata; `title` says in a sentence what a row is."""
    return Table(name, metadata, *parts, comment=title, sqlite_strict=True)


def key(name: str = "id") -> Column[str]:
    """The table's own key: a text chosen by the caller or derived from causes, never a counter."""
    return Column(name, Words, primary_key=True)


def number_key(name: str = "seq") -> Column[int]:
    """A key that is a place in a gapless sequence, given by us and never by the database."""
    return Column(name, Whole, CheckConstraint(f"{name} > 0", name=f"{name}_counts_from_one"), primary_key=True,
                  autoincrement=False)  # fmt: skip


def text(name: str, *rest: Any, needed: bool = True, since: str | None = None) -> Column[str]:
    """A text; when not needed it may be NULL. `since` is what older rows have in a column that came later."""
    return Column(
        name, Words, *rest, nullable=not needed, server_default=sql(f"'{since}'") if since is not None else None
    )


def whole(name: str, *rest: Any, needed: bool = True, since: str | None = None) -> Column[int]:
    """A whole number of 64 bits. `since` is what older rows have in a column that came later."""
    return Column(
        name, Whole, *rest, nullable=not needed, server_default=sql(f"'{since}'") if since is not None else None
    )


def flag(name: str) -> Column[int]:
    """A truth value, 0 or 1."""
    return Column(name, Integer, CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_0_or_1"), nullable=False)


def instant(name: str, *, needed: bool = True) -> Column[datetime]:
    """An instant in UTC."""
    return Column(name, Instant, nullable=not needed)


def day(name: str, *, needed: bool = True) -> Column[date]:
    """A calendar date."""
    return Column(name, Day, CheckConstraint(f"length({name}) = 10", name=f"{name}_is_a_date"), nullable=not needed)


def choice(name: str, *words: str) -> Column[str]:
    """A text that is one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return Column(name, Words, CheckConstraint(f"{name} IN ({listed})", name=f"{name}_is_known"), nullable=False)


def money(name: str = "amount", *, needed: bool = True) -> tuple[Column[int], Column[str]]:
    """An amount: `<name>_minor` within ten to the fifteenth, and `<name>_currency`, three letters."""
    minor, currency = f"{name}_minor", f"{name}_currency"
    return (
        Column(minor, Whole, CheckConstraint(f"{minor} BETWEEN -{LARGEST} AND {LARGEST}", name=f"{minor}_in_range"),
               nullable=not needed),
        Column(currency, Words, CheckConstraint(f"length({currency}) = 3", name=f"{currency}_has_3_letters"),
               nullable=not needed),
    )  # fmt: skip


def reference(name: str, target: str, *, needed: bool = True) -> Column[Any]:
    """The key of a row of another table, as `table.column`; deleting what is pointed to is refused."""
    kind = Whole if target.endswith(".seq") else Words
    return Column(name, kind, ForeignKey(target), nullable=not needed)


def body() -> Column[str]:
    """Canonical JSON of the whole record."""
    return Column("body", Words, nullable=False)


def digest(name: str) -> Column[str]:
    """A SHA-256 in 64 hexadecimal digits."""
    return Column(name, Words, CheckConstraint(f"length({name}) = 64", name=f"{name}_is_sha256"), nullable=False)
