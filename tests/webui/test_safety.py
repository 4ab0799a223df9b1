"""Settings, headers, cookies, form tokens, sessions and limits, on every route of the matrix."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.conftest import SECRET
from tests.webui.fake_desk import FakeDesk
from tests.webui.fake_people import PASSWORD
from tests.webui.matrix import MATRIX
from tests.webui.visiting import post, sign_in, token_in
from webui import Settings, create_app
from webui.settings import UnsafeSettings

pytestmark = pytest.mark.web
POSTS = [row for row in MATRIX if row.method == "POST"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "short"},
        {"secret": "a" * 40},
        {"secret": SECRET, "trusted_hosts": ()},
        {"secret": SECRET, "trusted_hosts": ("*",)},
        {"secret": SECRET, "old_secrets": ("old",)},
        {"secret": SECRET, "plain_loopback": True, "trusted_hosts": ("deals.example.com",)},
    ],
)
def test_unsafe_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UnsafeSettings):
        Settings(**wrong)  # type: ignore[arg-type]


def test_a_secret_does_not_show_in_a_log() -> None:
    assert SECRET not in repr(Settings(SECRET))


def test_the_cookie_is_bound_to_this_host_and_tls(desk: FakeDesk) -> None:
    app = create_app(desk, Settings(SECRET, trusted_hosts=("deals.example.com",)))
    cookie = app.test_client().get("/sign-in", base_url="https://deals.example.com").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_an_unknown_host_is_turned_away(app: Flask) -> None:
    assert app.test_client().get("/sign-in", base_url="http://evil.example").status_code == 400


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.method} {row.address}")
def test_every_answer_carries_the_headers(app: Flask, row: object) -> None:
    client = sign_in(app, "qian")
    answer = client.get(row.address) if row.method == "GET" else post(client, row.address, **row.fields)  # type: ignore[attr-defined]
    policy = answer.headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "script-src 'self';",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    if row.address.startswith("/static"):  # type: ignore[attr-defined]
        return
    assert "no-store" in answer.headers["Cache-Control"]
    assert "HX-Request" in answer.headers["Vary"]
    assert "ETag" not in answer.headers


def test_errors_carry_the_headers_too(signed_in: Callable[[str], FlaskClient]) -> None:
    for address in ("/nothing", "/payouts", "/deals?text=a&text=b"):
        answer = signed_in("lin").get(address)
        assert answer.status_code in (400, 403, 404)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.address)
@pytest.mark.parametrize("how", ["no token", "wrong token", "other site", "other origin"])
def test_a_form_from_elsewhere_changes_nothing(app: Flask, desk: FakeDesk, row: object, how: str) -> None:
    client = sign_in(app, "qian")
    token = token_in(client.get("/help").text)
    fields = {**row.fields, "csrf_token": {"no token": "", "wrong token": token[:-3] + "xyz"}.get(how, token)}  # type: ignore[attr-defined]
    headers = {"other site": {"Sec-Fetch-Site": "cross-site"}, "other origin": {"Origin": "http://evil.example"}}.get(
        how, {}
    )
    before = (dict(desk.rows), dict(desk.runs_by_id), list(desk.made), dict(desk.tokens))
    assert client.post(row.address, data=fields, headers=headers).status_code == 403  # type: ignore[attr-defined]
    assert (desk.rows, desk.runs_by_id, desk.made, desk.tokens) == before


def test_no_address_changes_anything_by_get(app: Flask, desk: FakeDesk) -> None:
    clients = [sign_in(app, name) for name in ("lin", "qian")]
    before = (dict(desk.rows), dict(desk.runs_by_id), list(desk.made), dict(desk.tokens))
    codes = {client.get(row.address).status_code for client in clients for row in POSTS}
    assert codes <= {200, 303, 403, 404, 405}
    assert (desk.rows, desk.runs_by_id, desk.made, desk.tokens) == before


def test_signing_in_starts_a_new_cookie_and_out_ends_the_session_where_it_is_kept(app: Flask, desk: FakeDesk) -> None:
    client = app.test_client()
    token = token_in(client.get("/sign-in").text)
    before = client.get_cookie("session").value  # type: ignore[union-attr]
    client.post("/sign-in", data={"csrf_token": token, "name": "lin", "password": PASSWORD})
    during = client.get_cookie("session").value  # type: ignore[union-attr]
    assert before != during
    old_form = client.post("/language", data={"csrf_token": token, "language": "en"})
    assert old_form.status_code == 403, "the form token of before must not hold after signing in"
    left = post(client, "/sign-out")
    assert left.headers["Clear-Site-Data"]
    stolen = app.test_client()
    stolen.set_cookie("session", during)
    assert stolen.get("/earnings").status_code == 303
    assert desk.tokens == {}


def test_the_cookie_tells_nothing_about_the_person(app: Flask) -> None:
    client = sign_in(app, "lin")
    session = app.session_interface.get_signing_serializer(app).loads(client.get_cookie("session").value)  # type: ignore[union-attr]
    assert set(session) <= {"token", "csrf_token", "language", "_flashes"}


def test_an_unknown_name_and_a_wrong_password_read_the_same(app: Flask) -> None:
    said = []
    for name in ("lin", "nobody"):
        client = app.test_client()
        token = token_in(client.get("/sign-in").text)
        answer = client.post("/sign-in", data={"csrf_token": token, "name": name, "password": "wrong"})
        said.append(
            (answer.status_code, answer.text.replace(name, "NAME").split("</form>", 1)[1].split('name="next"')[1])
        )
    assert said[0] == said[1]


def test_guessing_is_slowed_down_for_the_guesser_only(strict_app: Flask) -> None:
    client = strict_app.test_client()
    codes = [post_password(client, "lin", "wrong") for _try in range(11)]
    assert (set(codes[:10]), codes[10]) == ({422}, 429)
    elsewhere = strict_app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "127.0.0.9"
    assert post_password(elsewhere, "lin", PASSWORD) == 303


def post_password(client: FlaskClient, name: str, password: str) -> int:
    """The status of one try."""
    token = token_in(client.get("/sign-in").text)
    return client.post("/sign-in", data={"csrf_token": token, "name": name, "password": password}).status_code


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/ok\nx"]
)
def test_nobody_is_sent_to_another_site(app: Flask, where: str) -> None:
    client = app.test_client()
    token = token_in(client.get("/sign-in").text)
    answer = client.post("/sign-in", data={"csrf_token": token, "name": "lin", "password": PASSWORD, "next": where})
    assert answer.headers["Location"] == "/"


def test_after_signing_in_one_is_where_one_wanted_to_be(app: Flask) -> None:
    client = app.test_client()
    asked = client.get("/earnings?period=2026-Q3")
    page = client.get(asked.headers["Location"]).text
    answer = client.post(
        "/sign-in",
        data={
            "csrf_token": token_in(page),
            "name": "lin",
            "password": PASSWORD,
            "next": page.split('name="next" value="')[1].split('"')[0],
        },
    )
    assert answer.headers["Location"] == "/earnings?period=2026-Q3"


def test_a_fragment_asked_for_without_a_session_sends_the_whole_page_to_sign_in(app: Flask) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/earnings?period=2026-Q3"}
    answer = app.test_client().get("/earnings", headers=headers)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/earnings?period%3D2026-Q3")


def test_a_value_given_twice_is_refused(signed_in: Callable[[str], FlaskClient]) -> None:
    assert signed_in("lin").get("/earnings?payee=p-lin&payee=p-chen").status_code == 400


def test_too_large_a_form_is_refused(app: Flask) -> None:
    client = sign_in(app, "sun")
    token = token_in(client.get("/help").text)
    fields = {"csrf_token": token, "text": "x" * 3_000_000}
    assert client.post("/rules/plans/account-executive.yaml/check", data=fields).status_code == 413


TEMPLATES = sorted((Path(__file__).parents[2] / "webui" / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_code_and_no_way_round_escaping(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for forbidden in (
        "|safe",
        "| safe",
        'style="',
        " onclick",
        " onload",
        " onchange",
        "hx-on",
        "hx-vals",
        "javascript:",
        "http://",
        "<script>",
        "autoescape",
    ):
        assert forbidden not in text.replace("http://www.w3.org", "")


def test_what_people_wrote_is_escaped(app: Flask, desk: FakeDesk) -> None:
    from dataclasses import replace

    hostile = '"><img src=x onerror=alert(1)>'
    desk.rows["T-000"] = replace(desk.rows["T-000"], account_name=hostile, deal_name=hostile)
    for address in ("/tasks", "/tasks/T-000", "/tasks/queue"):
        page = sign_in(app, "lin").get(address).text
        assert "<img" not in page
        assert "&lt;img" in page
