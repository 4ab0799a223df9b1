"""Users and their sessions: what ends a session ends it at once, and no secret is stored."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from engine.store.database import Database
from engine.store.users import ROLES, Session, SessionBook, User, UserBook
from tests.store.samples import HASH, NOON

ANA = User("ana@x", "ana", ("manager", "rep"), "zh", False, "$argon2id$x", NOON)
SESSION = Session(HASH, "ana@x", NOON, NOON, NOON + timedelta(minutes=30), NOON + timedelta(hours=8))


@pytest.fixture
def known(database: Database) -> Database:
    """Ana is known and signed in twice; Bo is known."""
    with database.unit(write=True) as unit:
        UserBook(unit).add(ANA)
        UserBook(unit).add(User("bo@x", "", ("admin",), "en", False, "h", NOON))
        SessionBook(unit).begin(SESSION)
        SessionBook(unit).begin(replace(SESSION, token_hash="cd" * 32))
    return database


def test_a_user_comes_back_by_name_and_by_person(known: Database) -> None:
    with known.unit() as unit:
        book = UserBook(unit)
        assert book.find("ana@x") == book.of_person("ana") == ANA
        assert (book.find("eve"), book.of_person("eve")) == (None, None)
        assert [user.name for user in book.all()] == ["ana@x", "bo@x"]


@pytest.mark.parametrize(
    "wrong", [ANA, replace(ANA, name="c", roles=("emperor",)), replace(ANA, name="c", language="fr")]
)
def test_a_second_user_of_a_name_an_unknown_role_and_language_are_refused(known: Database, wrong: User) -> None:
    with pytest.raises(IntegrityError), known.unit(write=True) as unit:
        UserBook(unit).add(wrong)


def test_every_role_is_known_to_the_database(known: Database) -> None:
    with known.unit(write=True) as unit:
        UserBook(unit).set_roles("bo@x", ROLES)
        user = UserBook(unit).find("bo@x")
        assert user and user.roles == tuple(sorted(ROLES))


def test_a_session_holds_until_its_idle_or_its_absolute_end(known: Database) -> None:
    with known.unit(write=True, appends=False) as unit:
        book = SessionBook(unit)
        assert book.find(HASH, NOON) == SESSION
        assert book.find("ef" * 32, NOON) is None
        assert book.find(HASH, SESSION.idle_until) is None
        late = NOON + timedelta(hours=7)
        book.touch(HASH, late, late + timedelta(hours=2))
        assert book.find(HASH, SESSION.ends_at - timedelta(seconds=1)) is not None
        assert book.find(HASH, SESSION.ends_at) is None
        assert book.sweep(SESSION.ends_at) == 2
        assert book.sweep(SESSION.ends_at) == 0


def test_a_token_is_used_once(known: Database) -> None:
    with pytest.raises(IntegrityError), known.unit(write=True) as unit:
        SessionBook(unit).begin(SESSION)


@pytest.mark.parametrize("step", ["disable", "set_password", "set_roles", "end_all"])
def test_what_changes_a_user_signs_every_browser_out(known: Database, step: str) -> None:
    with known.unit(write=True) as unit:
        book = UserBook(unit)
        steps = {
            "disable": lambda: book.disable("ana@x"), "set_password": lambda: book.set_password("ana@x", "new"),
            "set_roles": lambda: book.set_roles("ana@x", ["rep"]),
            "end_all": lambda: SessionBook(unit).end_all("ana@x"),
        }  # fmt: skip
        steps[step]()
        assert SessionBook(unit).find(HASH, NOON) is None
        assert SessionBook(unit).find("cd" * 32, NOON) is None
        found = book.find("ana@x")
        assert found == {
            "disable": replace(ANA, disabled=True), "set_password": replace(ANA, password_hash="new"),
            "set_roles": replace(ANA, roles=("rep",)), "end_all": ANA,
        }[step]  # fmt: skip


def test_a_disabled_user_has_no_session_even_when_one_is_begun(known: Database) -> None:
    with known.unit(write=True) as unit:
        UserBook(unit).disable("ana@x")
        SessionBook(unit).begin(SESSION)
        assert SessionBook(unit).find(HASH, NOON) is None
        UserBook(unit).disable("ana@x", False)
        SessionBook(unit).begin(SESSION)
        assert SessionBook(unit).find(HASH, NOON) == SESSION


def test_signing_out_ends_one_browser_and_language_ends_none(known: Database) -> None:
    with known.unit(write=True) as unit:
        SessionBook(unit).end(HASH)
        UserBook(unit).set_language("ana@x", "en")
        assert SessionBook(unit).find(HASH, NOON) is None
        assert SessionBook(unit).find("cd" * 32, NOON) is not None
        found = UserBook(unit).find("ana@x")
        assert found and found.language == "en"
