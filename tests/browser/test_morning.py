"""A representative's morning: sign in, work the queue with keys, look at what it earned. With and without script."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import enter
from tests.webui.fake_desk import FakeDesk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
Window = Callable[..., "Page"]


def heading(page: "Page") -> str:
    """The page's first heading."""
    return page.locator("h1").first.inner_text()


def test_the_queue_is_worked_with_single_keys(window: Window, address: str, desk: FakeDesk) -> None:
    page = window()
    enter(page, address, "lin", "/tasks")
    page.keyboard.press("q")
    page.wait_for_selector(".position strong:text('3/13')")
    page.keyboard.press("2")
    page.wait_for_selector(".position strong:text('4/13')")
    assert desk.rows["T-000"].outcome == "no_answer"
    assert page.url.endswith("/tasks/queue?task=T-001")
    assert page.evaluate("document.activeElement.tagName") == "H1", "the next card has the focus"
    assert "已完成：首次电话" in page.locator("#toasts").inner_text()

    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.wait_for_selector(".position strong:text('5/13')", state="detached")
    assert desk.rows["T-001"].snoozed_until is not None

    page.wait_for_selector("h1:text('现场拜访')")
    page.keyboard.press("x")
    page.keyboard.type("客户已停产")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text('询问采购决定')")
    assert desk.rows["T-002"].status == "skipped"

    page.keyboard.press("c")
    page.wait_for_selector("h1:text('首次电话')")
    assert desk.rows["T-003"].outcome == "done", "c is the plain outcome"


def test_the_list_is_worked_with_single_keys(window: Window, address: str, desk: FakeDesk) -> None:
    page = window()
    enter(page, address, "lin", "/tasks")
    for key in ("j", "j", "c"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_selector("#toasts >> text=已完成")
    assert desk.rows["T-001"].status == "done"
    assert page.locator("[data-current]").count() == 1, "the mark stays in the list"
    page.keyboard.press("Enter")
    page.wait_for_selector("#card")
    for key, path in (("d", "/deals"), ("e", "/earnings"), ("t", "/tasks")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"{address}{path}")


def test_keys_rest_while_one_types_and_the_list_of_keys_opens(window: Window, address: str) -> None:
    page = window()
    enter(page, address, "lin", "/deals")
    page.keyboard.press("/")
    page.keyboard.type("gtq?")
    assert page.locator("input[type=search]").input_value() == "gtq?"
    assert page.url == f"{address}/deals"
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#shortcuts").is_visible()


def test_a_refused_move_keeps_what_was_typed_and_the_next_try_goes_through(window: Window, address: str) -> None:
    page = window()
    enter(page, address, "lin", "/deals/D-1001")
    page.fill(".gate [name='fact.discount']", "15%")
    page.click(".gate button.btn-primary")
    page.wait_for_selector(".refusal")
    assert "请先填写客户预算" in page.locator(".refusal").inner_text()
    assert page.evaluate("document.activeElement.className") == "refusal"
    assert page.locator(".gate [name='fact.discount']").input_value() == "15%"
    page.fill(".gate [name='fact.budget']", "30万 CNY")
    page.click(".gate button.btn-primary")
    page.wait_for_selector("#toasts >> text=商机已推进")


def test_a_customer_is_claimed_with_one_key_and_the_list_stays(window: Window, address: str, desk: FakeDesk) -> None:
    page = window("phone")
    enter(page, address, "lin", "/pool")
    page.focus("h1")
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#toasts >> text=已归你")
    assert ("claim", "account", "A-9001") in desk.made and page.url == f"{address}/pool"
    page.goto(f"{address}/customers/A-1")
    page.click("summary:has-text('客户公海')")
    page.fill("form[action$='/return'] input[name=reason]", "已停产")
    page.click("form[action$='/return'] button")
    page.wait_for_selector(".refusal >> text=不属于任何公海")


def test_everything_works_without_script(window: Window, address: str, desk: FakeDesk) -> None:
    page = window(java_script_enabled=False)
    enter(page, address, "lin", "/tasks/queue")
    page.click("button[name=outcome][value=no_answer]")
    assert page.url.endswith("/tasks/queue?task=T-001")
    assert desk.rows["T-000"].outcome == "no_answer"
    assert "已完成：首次电话" in page.locator("#toasts").inner_text()
    page.click("summary:has-text('顺延')")
    page.click("button[name=until][value=three_days]")
    assert desk.rows["T-001"].snoozed_until is not None
    page.goto(f"{address}/deals")
    page.fill("input[type=search]", "Hamburg")
    page.click("button:has-text('查看')")
    assert "text=Hamburg" in page.url
    page.goto(f"{address}/earnings")
    page.select_option("select[name=period]", "2026-Q3")
    page.click("button:has-text('查看')")
    assert "period=2026-Q3" in page.url
    page.click("#earnings tbody tr[data-row] a >> nth=1")
    assert "固定顺序的步骤" in page.content()
    page.click("button[value=en]")
    assert "Steps, in their fixed order" in page.content()
    page.click("button:has-text('Sign out')")
    assert page.url.endswith("/sign-in")


def test_two_people_pay_a_period_out(window: Window, address: str, desk: FakeDesk) -> None:
    page = window(accept_downloads=True)
    enter(page, address, "hu", "/payouts/run-2026-Q4-2")
    for button, state in (("审批通过", "已审批"), ("入账", "已入账")):
        page.click(f"summary:has-text('{button}')")
        page.click(f".confirm .drop button:has-text('{button}')")
        page.wait_for_selector(f"h1 .status:text('{state}')")
    with page.expect_download() as download:
        page.click("button[value=csv]")
    assert download.value.suggested_filename == "提成明细_2026-Q4.csv"


def test_nothing_stays_in_the_browser_after_signing_out(window: Window, address: str) -> None:
    page = window()
    enter(page, address, "lin", "/tasks/queue")
    page.keyboard.press("1")
    page.wait_for_selector(".position strong:text('4/13')")
    page.goto(f"{address}/earnings")
    page.select_option("select[name=period]", "2026-Q3")
    page.wait_for_url("**/earnings?period=2026-Q3")
    kept = page.evaluate("[...Object.entries(sessionStorage), ...Object.entries(localStorage)]")
    assert kept == [["htmx-current-path-for-history", "/earnings?period=2026-Q3"]], "an address, never a page"
    page.click("header button:has-text('退出')")
    page.wait_for_url(f"{address}/sign-in")
    page.go_back()
    page.wait_for_load_state()
    assert "¥71,317.19" not in page.content(), "going back shows nobody's pay"


def test_a_session_that_ends_meanwhile_leads_to_sign_in_and_back(window: Window, address: str, desk: FakeDesk) -> None:
    page = window()
    enter(page, address, "lin", "/earnings")
    desk.tokens.clear()
    page.select_option("select[name=period]", "2026-Q3")
    page.wait_for_url("**/sign-in?next=**")
    assert heading(page) == "登录"


def test_the_rule_editor_marks_problems_under_the_policy(window: Window, address: str) -> None:
    page = window()
    enter(page, address, "sun", "/rules/plans/account-executive.yaml#L34")
    page.wait_for_selector(".cm-lint-marker-error")
    page.click(".cm-line >> nth=5")
    page.keyboard.press("End")
    page.keyboard.type(" XXX")
    page.click("#rule-form button.btn")
    page.wait_for_selector("#checked .count:text('2')")
    assert "文本与文件不同" in page.locator("#checked").inner_text()
