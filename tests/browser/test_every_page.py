"""Every page in both languages, on a desktop and on a phone: axe finds nothing, and nothing runs out of the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SIZES, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "webui" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "lin": (
        "/tasks",
        "/tasks/T-000",
        "/tasks/not-made",
        "/tasks/queue",
        "/tasks/queue?task=T-001",
        "/deals",
        "/deals/D-1001",
        "/board",
        "/customers",
        "/customers/A-1",
        "/pool",
        "/approvals",
        "/absences",
        "/tickets",
        "/tickets?deal=D-1001",
        "/tickets/TK-1",
        "/earnings",
        "/earnings/lines/2026-Q4/p-lin/D-1001",
        "/explain",
        "/explain/T-000",
        "/help",
        "/nothing",
        "/payouts",
    ),
    "wang": ("/team", "/team/p-lin", "/scores", "/earnings", "/deals/D-1001"),
    "sun": ("/rules", "/rules/plans/account-executive.yaml", "/payouts/run-2026-Q4-2", "/waiting", "/unassigned"),
    "hu": (
        "/payouts",
        "/payouts/run-2026-Q4-2",
        "/payouts/run-2026-Q1-1",
        "/receivables",
        "/house-credits",
        "/periods",
    ),
    "root": ("/users",),
}


def violations(page: "Page") -> list[str]:
    """What axe finds, in a line each."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_clean_and_fits(window: Callable[..., "Page"], address: str, size: str, language: str) -> None:
    wrong = {}
    for name, pages in PAGES.items():
        page = window(size, bypass_csp=True)
        enter(page, address, name)
        page.click(f"button[name=language][value={language}]")
        for path in pages:
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"]
            wrong[f"{name} {path}"] = violations(page) + (["wider than the screen"] if wide else [])
    assert {path: found for path, found in wrong.items() if found} == {}


def test_open_menus_and_refusals_are_clean_too(window: Callable[..., "Page"], address: str) -> None:
    page = window("phone", bypass_csp=True)
    enter(page, address, "lin", "/tasks")
    page.click("summary:has-text('顺延') >> nth=0")
    assert violations(page) == []
    page.goto(f"{address}/deals/D-1001")
    page.click(".gate button.btn-primary")
    page.wait_for_selector(".refusal")
    assert violations(page) == []


def test_sign_in_is_clean_and_lets_a_password_be_pasted(window: Callable[..., "Page"], address: str) -> None:
    page = window("phone", bypass_csp=True)
    page.goto(f"{address}/sign-in")
    assert violations(page) == []
    assert page.get_attribute("#password", "autocomplete") == "current-password"


@pytest.mark.parametrize("size", SIZES)
def test_targets_are_large_enough_to_hit(window: Callable[..., "Page"], address: str, size: str) -> None:
    page = window(size)
    enter(page, address, "lin", "/tasks/queue")
    heights = page.eval_on_selector_all(
        "main button, main summary", "all => all.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24
