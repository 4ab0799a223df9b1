"""Fixtures for the pages: an app over the made-up desk, and clients signed in as somebody."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk
from tests.webui.visiting import sign_in
from webui import Settings, create_app
from webui.limits import limiter

SECRET = "for-tests-only-0123456789-abcdefghij"


@pytest.fixture
def desk() -> FakeDesk:
    """A fresh desk."""
    return FakeDesk()


@pytest.fixture
def app(desk: FakeDesk) -> Iterator[Flask]:
    """The web interface over it."""
    app = create_app(desk, Settings(SECRET, plain_loopback=True))
    app.testing = True
    with app.app_context():
        limiter.reset()
    yield app


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], FlaskClient]:
    """Makes a client signed in under a name."""
    return lambda name: sign_in(app, name)
