"""A manager tells scores, on a desktop and on a phone, with and without script."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SIZES, enter
from tests.webui.fake_desk import FakeDesk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELL = "account-executive/p-lin/records"
OTHER = "account-executive/p-chen/records"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False])
def test_a_value_is_told_and_a_wrong_one_stays(
    window: Callable[..., "Page"], address: str, desk: FakeDesk, size: str, script: bool
) -> None:
    page = window(size, java_script_enabled=script)
    enter(page, address, "wang", "/scores")
    assert page.locator("input[type=hidden][name='period']").input_value() == "2026-Q3"
    page.fill(f"input[name='value/{CELL}']", "80")
    page.fill(f"input[name='value/{OTHER}']", "many")
    page.click(".sheets button")
    page.wait_for_selector(".refusal")
    assert desk.made[-1] == ("scores", "2026-Q3", {CELL: "80", OTHER: "many"}, {CELL: "", OTHER: ""}, "p-wang")
    assert page.locator(f"input[name='value/{OTHER}']").input_value() == "many"
    assert page.locator(f"input[name='value/{CELL}']").input_value() == ""
    box = page.locator(f"input[name='value/{OTHER}']").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= SIZES[size]["width"]
    page.fill(f"input[name='value/{OTHER}']", "75%")
    page.click(".sheets button")
    page.wait_for_selector("#toasts >> text=已评定 1 项")
    assert page.locator(".refusal").count() == 0
