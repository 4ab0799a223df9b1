"""A served interface over made-up data, and browser windows signed in as somebody."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from tests.webui.conftest import SECRET, started
from tests.webui.fake_desk import FakeDesk
from tests.webui.fake_people import PASSWORD
from webui import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}
WAIT = 10_000


@pytest.fixture
def desk() -> FakeDesk:
    """A fresh desk."""
    return FakeDesk()


@pytest.fixture
def address(desk: FakeDesk) -> Iterator[str]:
    """The address of the interface, served on a free port of this machine."""
    often = "1000 per minute"
    app = started(desk, Settings(SECRET, plain_loopback=True, sign_in_limit=often, address_limit=often))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def window(chromium: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Makes a page in a window of its own; what goes wrong in its scripts fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(size: str = "desktop", language: str = "zh-CN", **more: object) -> "Page":
        context = chromium.new_context(viewport=SIZES[size], locale=language, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def enter(page: "Page", address: str, name: str, where: str = "/") -> None:
    """Sign in under that name and go there."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.goto(address + where)
