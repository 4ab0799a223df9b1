"""Who may sign in, what they may do, and their sessions. Neither a password nor a session token is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, or_, select, update

from engine.store.database import Unit
from engine.store.tables.access import sessions, user_roles, users

ROLES = ("rep", "manager", "ops", "finance", "admin", "auditor")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. `person` is their id in the records, or empty; `roles` are sorted."""

    name: str
    person: str
    roles: tuple[str, ...]
    language: str
    disabled: bool
    password_hash: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser: valid while `now` is before both ends. `token_hash` is the SHA-256 of its token."""

    token_hash: str
    name: str
    made_at: datetime
    seen_at: datetime
    idle_until: datetime
    ends_at: datetime


class UserBook:
    """All users, seen from one unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, user: User) -> None:
        """A new user; an IntegrityError when the name is taken or a role unknown."""
        self._unit.insert(users, [_user_row(user)])
        self._unit.insert(user_roles, [{"name": user.name, "role": role} for role in user.roles])

    def find(self, name: str) -> User | None:
        """The user of that login name, also when disabled."""
        row = self._unit.first(select(users).where(users.c.name == name))
        return self._user(row) if row else None

    def of_person(self, person: str) -> User | None:
        """The user who is that person."""
        row = self._unit.first(select(users).where(users.c.person == person).order_by(users.c.name).limit(1))
        return self._user(row) if row else None

    def all(self) -> tuple[User, ...]:
        """Every user, by name."""
        return tuple(self._user(row) for row in self._unit.rows(select(users).order_by(users.c.name)))

    def set_password(self, name: str, password_hash: str) -> None:
        """The user's hash from now on; every session of theirs ends."""
        self._unit.change(update(users).where(users.c.name == name).values(password_hash=password_hash))
        SessionBook(self._unit).end_all(name)

    def set_language(self, name: str, language: str) -> None:
        """The language in which the user reads, `en` or `zh`."""
        self._unit.change(update(users).where(users.c.name == name).values(language=language))

    def set_roles(self, name: str, roles: Iterable[str]) -> None:
        """What the user may do from now on; every session of theirs ends."""
        self._unit.change(delete(user_roles).where(user_roles.c.name == name))
        self._unit.insert(user_roles, [{"name": name, "role": role} for role in sorted(set(roles))])
        SessionBook(self._unit).end_all(name)

    def disable(self, name: str, disabled: bool = True) -> None:
        """Keep a user out, or let them in again; every session of theirs ends."""
        self._unit.change(update(users).where(users.c.name == name).values(disabled=int(disabled)))
        SessionBook(self._unit).end_all(name)

    def _user(self, row: Row[Any]) -> User:
        roles = self._unit.rows(select(user_roles.c.role).where(user_roles.c.name == row.name))
        found = tuple(sorted(role.role for role in roles))
        return User(row.name, row.person, found, row.language, bool(row.disabled), row.password_hash, row.made_at)


class SessionBook:
    """All sessions, seen from one unit, which needs no lock on the chains: `database.unit(True, appends=False)`."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def begin(self, session: Session) -> None:
        """A new session; an IntegrityError when the token was used before."""
        self._unit.insert(sessions, [{name: getattr(session, name) for name in Session.__dataclass_fields__}])

    def find(self, token_hash: str, now: datetime) -> Session | None:
        """The session of that token, unless it has ended or its user is disabled."""
        s = sessions.c
        query = select(sessions).join(users).where(s.token_hash == token_hash, users.c.disabled == 0)
        row = self._unit.first(query.where(s.idle_until > now, s.ends_at > now))
        return Session(row.token_hash, row.name, row.made_at, row.seen_at, row.idle_until, row.ends_at) if row else None

    def touch(self, token_hash: str, seen_at: datetime, idle_until: datetime) -> None:
        """Somebody was there: the idle end moves on; the absolute end does not."""
        change = update(sessions).where(sessions.c.token_hash == token_hash)
        self._unit.change(change.values(seen_at=seen_at, idle_until=idle_until))

    def end(self, token_hash: str) -> None:
        """Sign out this browser."""
        self._unit.change(delete(sessions).where(sessions.c.token_hash == token_hash))

    def end_all(self, name: str) -> None:
        """Sign out every browser of a user."""
        self._unit.change(delete(sessions).where(sessions.c.name == name))

    def sweep(self, now: datetime) -> int:
        """Forget the sessions that have ended; returns how many."""
        ended = or_(sessions.c.idle_until <= now, sessions.c.ends_at <= now)
        return self._unit.change(delete(sessions).where(ended))


def _user_row(user: User) -> dict[str, Any]:
    return {
        "name": user.name, "person": user.person, "password_hash": user.password_hash, "language": user.language,
        "disabled": int(user.disabled), "made_at": user.made_at,
    }  # fmt: skip
