"""Fixtures for the pages: an app over the made-up desk, and clients signed in as somebody."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk
from tests.webui.visiting import sign_in
from webui import Settings, create_app
from webui.limits import limiter

if TYPE_CHECKING:
    from tests.webui.real_house import RealHouse

SECRET = "for-tests-only-0123456789-abcdefghij"


@pytest.fixture
def desk() -> FakeDesk:
    """A fresh desk."""
    return FakeDesk()


@pytest.fixture(scope="session")
def shared_app() -> Flask:
    """One app for all tests: making it and compiling its templates takes longer than most of them."""
    often = "100000 per minute"
    limits = {"sign_in_limit": often, "address_limit": often, "export_limit": often}
    return started(FakeDesk(), Settings(SECRET, plain_loopback=True, **limits))  # type: ignore[arg-type]


@pytest.fixture
def app(shared_app: Flask, desk: FakeDesk) -> Flask:
    """The web interface over the fresh desk."""
    shared_app.extensions["desk"] = desk
    return shared_app


@pytest.fixture(scope="session")
def first_house(tmp_path_factory: pytest.TempPathFactory) -> "RealHouse":
    """The real house with five months of the sample company, made once; nobody uses it, everybody copies it."""
    from tests.webui.real_house import build

    return build(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def house(first_house: "RealHouse", tmp_path_factory: pytest.TempPathFactory) -> "RealHouse":
    """A copy of it for the module: what one module does there (a task done, a language kept) no other one meets."""
    from tests.webui.real_house import copied

    return copied(first_house, tmp_path_factory.mktemp("copy"))


@pytest.fixture
def strict_app(desk: FakeDesk) -> Flask:
    """The same with the limits that users get."""
    return started(desk, Settings(SECRET, plain_loopback=True))


def started(desk: FakeDesk, settings: Settings) -> Flask:
    """An app with fresh counters, whose defects show themselves."""
    app = create_app(desk, settings)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    with app.app_context():
        limiter.reset()
    return app


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], FlaskClient]:
    """Makes a client signed in under a name."""
    return lambda name: sign_in(app, name)
