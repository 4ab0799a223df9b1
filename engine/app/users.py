"""Who may sign in, and the sessions that last: argon2id, a token that the browser alone knows, an end on the server."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from engine.app.access import POLICY, ROLES, may
from engine.app.dealwright import Dealwright
from engine.app.refusals import Problems, not_done
from engine.app.views.users import Session, User, UserRow
from engine.core.problems import Language
from engine.core.records import Person
from engine.core.rules.header import Title
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.reading import records_by_id
from engine.store.users import Session as StoredSession
from engine.store.users import SessionBook, UserBook
from engine.store.users import User as StoredUser

__all__ = ["ROLES", "acting", "add_user", "keep_language", "sign_in", "sign_out", "user_named", "user_of", "users"]

IDLE_FOR, LASTS_FOR = timedelta(minutes=30), timedelta(hours=8)
"""A session ends after half an hour without a sign of life, and after eight hours in any case."""

LEAST_CHARACTERS = 15
"""A password is the only factor, so it is long (NIST SP 800-63B-4)."""

# OWASP's floor for argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _HASHER.hash("nobody signs in with this")


def add_user(
    dw: Dealwright, name: str, password: str, roles: Sequence[str], person: str = "", language: Language = "zh"
) -> Problems:
    """Add somebody who may sign in, or give them a new password and roles. Empty when it is done."""
    if len(password) < LEAST_CHARACTERS:
        return (not_done("E110", found=str(len(password)), wanted=str(LEAST_CHARACTERS)),)
    return dw.database.run(lambda unit: _add(dw, unit, name, password, tuple(sorted(set(roles))), person, language))


def _add(
    dw: Dealwright, unit: Unit, name: str, password: str, roles: tuple[str, ...], person: str, language: str
) -> Problems:
    if person and not records_by_id(unit, Person, [person]):
        return (not_done("E112", person=person, name=name),)
    book, password_hash = UserBook(unit), _HASHER.hash(password)
    if book.find(name):
        book.set_password(name, password_hash)
        book.set_roles(name, roles)
    else:
        book.add(StoredUser(name, person, roles, language, False, password_hash, dw.now()))
    AuditTrail(unit).write(dw.now(), "", "user.set", name, {"roles": roles, "person": person})
    return ()


def sign_in(dw: Dealwright, name: str, password: str, address: str) -> Session | None:
    """A new session, or None: the same for an unknown name, a wrong password and a disabled user, and as slow."""
    with dw.database.unit() as unit:
        found = UserBook(unit).find(name)
    if not _verified(found.password_hash if found else _NOBODY, password) or found is None or found.disabled:
        _note(dw, "sign_in.refused", name, address)
        return None
    token, now = secrets.token_urlsafe(32), dw.now()
    session = StoredSession(_digest(token), name, now, now, now + IDLE_FOR, now + LASTS_FOR)
    dw.database.run(lambda unit: SessionBook(unit).begin(session), appends=False)
    _note(dw, "sign_in", name, address)
    with dw.database.unit() as unit:
        return Session(token, _shown(unit, found))


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _note(dw: Dealwright, action: str, name: str, address: str) -> None:
    dw.database.run(lambda unit: AuditTrail(unit).write(dw.now(), name, action, name, {"address": address}))


def user_of(dw: Dealwright, token: str) -> User | None:
    """Who holds that token, while the session lasts; being asked keeps it from going idle."""
    now, digest = dw.now(), _digest(token)
    with dw.database.unit() as unit:
        session = SessionBook(unit).find(digest, now)
        found = UserBook(unit).find(session.name) if session else None
        shown = _shown(unit, found) if found else None
    # Written at most once a minute, so that reading a page does not take the write lock.
    if session and now - session.seen_at > timedelta(minutes=1):
        dw.database.run(lambda unit: SessionBook(unit).touch(digest, now, now + IDLE_FOR), appends=False)
    return shown


def sign_out(dw: Dealwright, token: str) -> None:
    """The session is over on the server, whatever the browser keeps."""
    dw.database.run(lambda unit: SessionBook(unit).end(_digest(token)), appends=False)


def keep_language(dw: Dealwright, name: str, language: Language) -> None:
    """The language in which the user reads from now on."""
    dw.database.run(lambda unit: UserBook(unit).set_language(name, language), appends=False)


def users(dw: Dealwright) -> tuple[UserRow, ...]:
    """Every user, by name."""
    with dw.database.unit() as unit:
        found = [(stored, _shown(unit, stored)) for stored in UserBook(unit).all()]
    return tuple(UserRow(u.name, u.shown, u.person, u.roles, u.language, not stored.disabled) for stored, u in found)


def user_named(dw: Dealwright, name: str) -> User | None:
    """The user of that sign-in name, or who is that person; None when there is none or they are disabled."""
    with dw.database.unit() as unit:
        found = UserBook(unit).find(name) or UserBook(unit).of_person(name)
        return None if found is None or found.disabled else _shown(unit, found)


def acting(dw: Dealwright, name: str, action: str) -> User | Problems:
    """The user who may do that (an action of the policy table), or why not: nobody of that name, or none of the roles."""
    user = user_named(dw, name)
    if user is None:
        return (not_done("E111", name=name),)
    if not may(user, action):
        roles = ", ".join(role for role, width in POLICY.get(action, {}).items() if width)
        return (not_done("E109", actor=name, action=action, roles=roles),)
    return user


def _shown(unit: Unit, user: StoredUser) -> User:
    """The user with the name of the person they are."""
    person = next(iter(records_by_id(unit, Person, [user.person])), None) if user.person else None
    shown = person_title(person) if person else Title(user.name, user.name)
    language: Language = "zh" if user.language == "zh" else "en"
    return User(user.name, shown, user.person, user.roles, language)


def person_title(person: Person) -> Title:
    """A person's name in both languages."""
    return Title(person.name, person.name_zh or person.name)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
