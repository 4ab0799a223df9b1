"""Calendar feeds: one for each user, found by the hash of the token, not when the user is kept out."""

from datetime import timedelta

import pytest

from engine.store.database import Database
from engine.store.feeds import Feed, FeedBook
from engine.store.users import User, UserBook
from tests.store.samples import HASH, NOON

OTHER = "cd" * 32
FEED = Feed("ana@x", HASH, "Asia/Shanghai", NOON)


@pytest.fixture
def known(database: Database) -> Database:
    """Ana is known and has a feed."""
    with database.unit(write=True) as unit:
        UserBook(unit).add(User("ana@x", "ana", ("rep",), "zh", False, "h", NOON))
        FeedBook(unit).begin(FEED)
    return database


def test_a_new_one_takes_the_place_of_the_former(known: Database) -> None:
    newer = Feed("ana@x", OTHER, "Europe/Berlin", NOON + timedelta(days=1))
    with known.unit(write=True) as unit:
        book = FeedBook(unit)
        assert (book.of("ana@x"), book.find(HASH)) == (FEED, FEED)
        book.begin(newer)
        assert (book.of("ana@x"), book.find(HASH), book.find(OTHER)) == (newer, None, newer)


def test_it_ends_once(known: Database) -> None:
    with known.unit(write=True) as unit:
        book = FeedBook(unit)
        assert [book.end("ana@x"), book.end("ana@x"), book.find(HASH)] == [True, False, None]


def test_who_is_kept_out_is_not_found(known: Database) -> None:
    with known.unit(write=True) as unit:
        UserBook(unit).disable("ana@x")
        assert FeedBook(unit).find(HASH) is None
        UserBook(unit).disable("ana@x", False)
        assert FeedBook(unit).find(HASH) == FEED
