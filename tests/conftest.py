"""Fixtures for all tests: where the project and the shared material lie, a real browser, a PostgreSQL server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def absent(reason: str) -> None:
    """Skips the test with the reason."""
    pytest.skip(reason)


def shared_folder(name: str) -> Path:
    """The folder of that name in the shared material; skips the test where there is none."""
    shared = Path(os.environ.get("DEALWRIGHT_SHARED") or ROOT.parent / "shared")
    if not (shared / name).is_dir():
        absent(f"no folder {name} in the shared material (DEALWRIGHT_SHARED or ../shared)")
    return shared / name


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real input data, read in place and never copied into the project."""
    return shared_folder("data")


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The published acceptance cases."""
    return shared_folder("cases")


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of an empty PostgreSQL database that tests may fill and wipe."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        absent("TEST_DATABASE_URL names no PostgreSQL server")
    return url


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A headless Chromium of the system; in continuous integration its absence is an error, elsewhere a skip."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None and not os.environ.get("CI"):
        absent("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()
