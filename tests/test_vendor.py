"""Vendored files are what their list says, nothing more, and the bundled rule editor works in a browser."""

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDERS = ("webui/static/vendor", "tests/webui/vendor")


def mismatches(folder: Path) -> list[str]:
    """Files of a vendor folder that are missing, changed, or in no list."""
    packages = tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    listed = {file["path"]: file["sha256"] for package in packages for file in package["files"]}
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    actual = {place: hashlib.sha256(path.read_bytes()).hexdigest() for place, path in present.items()}
    del actual["VENDOR.toml"]
    return sorted(place for place in listed | actual if listed.get(place) != actual.get(place))


@pytest.mark.parametrize("folder", FOLDERS)
def test_vendored_files_have_their_listed_hash(folder: str, repo_root: Path) -> None:
    assert mismatches(repo_root / folder) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_vendored_package_states_version_licence_and_licence_text(folder: str, repo_root: Path) -> None:
    packages = tomllib.loads((repo_root / folder / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
    for package in packages:
        assert package["licence"] in ("0BSD", "MIT", "MPL-2.0")
        places = [file["path"] for file in package["files"]]
        assert all(place.split("/")[0].endswith(f"-{package['version']}") for place in places)
        assert any(place.endswith("/LICENSE") for place in places)


def test_a_changed_a_missing_and_an_unlisted_file_are_found(tmp_path: Path) -> None:
    listed = '{ path = "changed.js", sha256 = "00" }, { path = "missing.js", sha256 = "00" }'
    (tmp_path / "VENDOR.toml").write_text(f"[[package]]\nfiles = [{listed}]\n", encoding="utf-8")
    (tmp_path / "changed.js").write_text("x", encoding="utf-8")
    (tmp_path / "unlisted.js").write_text("x", encoding="utf-8")
    assert mismatches(tmp_path) == ["changed.js", "missing.js", "unlisted.js"]


ATTACH = """
const check = (text) => text.includes("rate: x")
    ? [{ line: 2, column: 9, message: "费率不是数字 / rate is not a number" }] : [];
window.editor = DealwrightEditor.attach(document.querySelector("textarea"), { check, delay: 10 });
"""


@pytest.mark.browser
def test_the_rule_editor_marks_the_problem_and_keeps_the_field_in_step(chromium: "Browser", repo_root: Path) -> None:
    page = chromium.new_page()
    page.set_content("<form><textarea name=rules>plan: 提成\n  rate: x\n</textarea></form>")
    page.add_script_tag(path=repo_root / "webui/static/vendor/codemirror-6.0.2/codemirror.js")
    page.evaluate(ATTACH)
    page.wait_for_selector(".cm-lint-marker-error")
    assert page.locator(".cm-lintRange-error").inner_text() == "x"
    page.evaluate("editor.goTo(2, 10)")
    page.keyboard.press("Backspace")
    page.keyboard.type("5")
    assert page.locator("textarea").input_value() == "plan: 提成\n  rate: 5\n"
    page.wait_for_selector(".cm-lint-marker-error", state="detached")
    page.close()
