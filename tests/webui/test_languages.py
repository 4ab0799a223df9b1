"""Chinese and English are equals: complete catalogues, compiled as committed, and every page in the language chosen."""

import gettext
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.app import access
from engine.app.views.payouts import RUN_STATES
from engine.app.views.tasks import GROUPS
from tests.webui.matrix import MATRIX
from tests.webui.visiting import post, sign_in
from webui import catalogues
from webui.words import WORDS

pytestmark = pytest.mark.web
HOLES = re.compile(r"%\(\w+\)s")


def test_every_text_is_translated_and_none_is_left_over() -> None:
    catalogue = catalogues.translations()
    translated = {message.id for message in catalogue if message.id and message.string}
    assert translated == catalogues.texts()


def test_the_compiled_catalogue_is_the_readable_one() -> None:
    with catalogues.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    readable = {message.id: message.string for message in catalogues.translations() if message.id}
    assert {text: compiled.gettext(text) for text in readable} == readable


def test_translations_keep_every_hole() -> None:
    messages = [message for message in catalogues.translations() if message.id]
    assert [m.id for m in messages if sorted(HOLES.findall(m.id)) != sorted(HOLES.findall(m.string))] == []


def test_updating_the_catalogue_gives_the_committed_bytes(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    committed = [path.read_bytes() for path in (catalogues.PO, catalogues.PO.with_suffix(".mo"))]
    copy = tmp_path / "messages.po"  # type: ignore[operator]
    copy.write_bytes(committed[0])
    monkeypatch.setattr(catalogues, "PO", copy)
    assert catalogues.main() == 0
    assert [copy.read_bytes(), copy.with_suffix(".mo").read_bytes()] == committed


def test_every_code_of_the_views_has_words() -> None:
    assert set(GROUPS) == set(WORDS["group"])
    assert set(RUN_STATES) == set(WORDS["run"])
    assert set(access.ROLES) == set(WORDS["role"])


READ = [row.address for row in MATRIX if row.method == "GET" and not row.address.startswith("/static")]


@pytest.mark.parametrize("name", ["lin", "sun", "hu", "root"])
def test_a_chinese_page_has_no_english_text_of_ours(app: Flask, name: str) -> None:
    english = {text for text in catalogues.texts() if len(text) > 12 and "%" not in text}
    client = sign_in(app, name)
    for address in READ:
        page = client.get(address, follow_redirects=True).text
        assert [text for text in english if f">{text}<" in page or f'"{text}"' in page] == [], address


def test_the_page_says_its_language(signed_in: Callable[[str], FlaskClient]) -> None:
    assert '<html lang="zh-CN">' in signed_in("lin").get("/tasks").text
    assert '<html lang="en">' in signed_in("liu").get("/tasks").text


@pytest.mark.parametrize(
    ("accepts", "lang"), [("zh-CN,zh;q=0.9,en;q=0.5", "zh-CN"), ("en-GB,en;q=0.9", "en"), ("fr", "en")]
)
def test_before_signing_in_the_browser_decides(app: Flask, accepts: str, lang: str) -> None:
    page = app.test_client().get("/sign-in", headers={"Accept-Language": accepts}).text
    assert f'<html lang="{lang}">' in page


def test_the_switch_changes_the_page_and_is_kept(app: Flask, desk: object) -> None:
    client = sign_in(app, "lin")
    answer = post(client, "/language", language="en", back="/earnings?period=2026-Q3")
    assert answer.headers["Location"] == "/earnings?period=2026-Q3"
    assert "My earnings" in client.get("/earnings").text
    assert ("language", "lin", "en") in desk.made  # type: ignore[attr-defined]


def test_problems_are_told_in_the_page_s_language(app: Flask) -> None:
    client = sign_in(app, "sun")
    assert "不是有效的币种代码" in client.get("/rules/plans/account-executive.yaml").text
    post(client, "/language", language="en")
    assert "is not a currency" in client.get("/rules/plans/account-executive.yaml").text
