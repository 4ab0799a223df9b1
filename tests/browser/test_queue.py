"""The queue with single keys, on a phone under the thumb, and without script; and the team page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SIZES, enter
from tests.webui.fake_desk import FakeDesk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Window = Callable[..., "Page"]


def test_j_and_k_move_without_a_new_page_and_back_again(window: Window, address: str) -> None:
    page = window()
    enter(page, address, "lin", "/tasks/queue")
    page.evaluate("window.same = true")
    for key, at in (("j", "4/13"), ("j", "5/13"), ("k", "4/13")):
        page.keyboard.press(key)
        page.wait_for_selector(f".position strong:text('{at}')")
        page.wait_for_selector("h1:focus")
    assert page.url.endswith("/tasks/queue?task=T-001") and page.evaluate("window.same") is True


def test_l_and_a_digit_log_a_touch_and_finish_the_task(window: Window, address: str, desk: FakeDesk) -> None:
    page = window()
    enter(page, address, "lin", "/tasks/queue")
    page.keyboard.press("l")
    page.wait_for_selector(".log-menu[open]")
    page.keyboard.press("2")
    page.wait_for_selector(".position strong:text('4/13')")
    assert ("activity", desk.rows["T-000"].deal, "call", "no_answer", "", "p-lin") in desk.made
    assert desk.rows["T-000"].outcome == "no_answer"
    page.keyboard.press("l")
    page.uncheck(".log-menu input[name=complete]")
    page.locator(".log-menu button >> nth=0").click()
    page.wait_for_selector("#toasts >> text=已记录跟进")
    assert desk.rows["T-001"].status == "open", "a touch alone"


def test_an_open_menu_takes_the_digits_before_the_outcomes(window: Window, address: str, desk: FakeDesk) -> None:
    page = window()
    enter(page, address, "lin", "/tasks/queue")
    page.keyboard.press("s")
    page.keyboard.press("2")
    page.wait_for_selector("#toasts >> text=顺延")
    assert desk.rows["T-000"].snoozed_until == desk.rows["T-000"].due_at and desk.rows["T-000"].status == "open"
    assert desk.rows["T-000"].due_at.isoformat() == "2026-11-26T01:00:00+00:00", "the second choice"


def test_m_copies_the_message(window: Window, address: str) -> None:
    page = window(permissions=["clipboard-read", "clipboard-write"])
    enter(page, address, "lin", "/tasks/queue?task=T-001")
    page.keyboard.press("m")
    page.wait_for_selector(".copy >> text=已复制")
    assert page.evaluate("navigator.clipboard.readText()") == "周建国您好：\n\n我是北辰仪器的林晓。"


def test_without_script_a_touch_is_logged_and_the_queue_goes_on(window: Window, address: str, desk: FakeDesk) -> None:
    page = window(java_script_enabled=False)
    enter(page, address, "lin", "/tasks/queue")
    page.click("summary:has-text('记录跟进')")
    page.click(".log-menu button[value=no_answer]")
    assert page.url.endswith("/tasks/queue?task=T-001") and desk.rows["T-000"].outcome == "no_answer"
    page.click("a:has-text('下一个')")
    assert page.url.endswith("/tasks/queue?task=T-002")
    assert page.locator(".copy").count() == 0 or not page.locator(".copy").first.is_visible()


def test_on_a_phone_the_answers_stand_under_the_thumb(window: Window, address: str) -> None:
    page = window("phone")
    enter(page, address, "lin", "/tasks/queue")
    height, wide = SIZES["phone"]["height"], SIZES["phone"]["width"]
    boxes = [each.bounding_box() for each in page.locator(".act .outcomes button, .act summary").all()]
    assert len(boxes) >= 6
    for box in boxes:
        assert box and box["y"] > height / 2 and box["y"] + box["height"] <= height and box["height"] >= 44
    page.click("summary:has-text('记录跟进')")
    drop = page.locator(".log-menu .drop").bounding_box()
    assert drop and drop["x"] >= 0 and drop["x"] + drop["width"] <= wide and drop["y"] >= 0
    assert drop["y"] + drop["height"] <= boxes[0]["y"] + 1  # type: ignore[index]


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_goes_from_the_team_to_one_persons_tasks(
    window: Window, address: str, desk: FakeDesk, size: str
) -> None:
    page = window(size)
    enter(page, address, "wang", "/tasks")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url(f"{address}/team")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/team/p-lin")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("2")
    page.wait_for_selector("#toasts >> text=已完成")
    assert desk.rows["T-000"].outcome == "no_answer"
