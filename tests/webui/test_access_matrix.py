"""Everybody gets what the matrix says and nobody sees another's pay, whatever the use cases hand to the pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webui.conftest import SECRET, started
from tests.webui.fake_desk import FakeDesk
from tests.webui.fake_people import CANARIES, texts_of
from tests.webui.matrix import CALLS, LINE, MATRIX, VIEWERS, Row
from tests.webui.visiting import TOKEN, post, sign_in, token_in
from webui import Settings
from webui.access import policy_of

pytestmark = pytest.mark.web


def call(app: Flask, row: Row, role: str) -> TestResponse:
    """The row's request as that viewer, with a valid form token."""
    client = app.test_client() if role == "out" else sign_in(app, VIEWERS[role])
    if row.method == "GET":
        return client.get(row.address)
    page = client.get("/sign-in" if role == "out" else "/help").get_data(as_text=True)
    return client.post(row.address, data={"csrf_token": token_in(page), **row.fields})


def everything_in(answer: TestResponse) -> str:
    """Body and headers together."""
    return answer.get_data(as_text=True) + "\n" + "\n".join(f"{name}: {value}" for name, value in answer.headers)


def test_every_route_and_method_has_a_row(app: Flask) -> None:
    routes = {
        (rule.endpoint, method) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == {(row.endpoint, row.method) for row in MATRIX}


def test_every_view_states_its_action(app: Flask) -> None:
    assert [endpoint for endpoint in app.view_functions if policy_of(app, endpoint) is None] == []


def test_a_view_that_states_no_action_is_shut(desk: FakeDesk) -> None:
    app = started(desk, Settings(SECRET, plain_loopback=True))
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert sign_in(app, "root").get("/forgotten").status_code == 403
    assert app.test_client().get("/forgotten").status_code == 303


@pytest.mark.parametrize(("row", "role"), CALLS, ids=[f"{row.method} {row.address} as {role}" for row, role in CALLS])
def test_each_viewer_gets_what_the_matrix_says(app: Flask, row: Row, role: str) -> None:
    answer = call(app, row, role)
    assert answer.status_code == getattr(row, role)


def payees_seen_by(role: str) -> frozenset[str]:
    """Whose amounts a viewer may see."""
    everybody = role in ("ops", "finance")
    return frozenset(CANARIES) if everybody else frozenset({f"p-{VIEWERS[role]}"} if role != "out" else ())


@pytest.mark.parametrize("role", [*VIEWERS, "out"])
def test_no_answer_contains_an_amount_of_somebody_elses_pay(app: Flask, role: str) -> None:
    hidden = [text for payee in CANARIES.keys() - payees_seen_by(role) for text in texts_of(payee)]
    for row in MATRIX:
        said = everything_in(call(app, row, role))
        assert [text for text in hidden if text in said] == [], row.address


def test_the_canaries_are_seen_where_they_may_be(app: Flask, signed_in: Callable[[str], FlaskClient]) -> None:
    for name, address in (("lin", "/earnings"), ("lin", f"/earnings/lines/{LINE}"), ("lin", "/deals/D-1001")):
        said = signed_in(name).get(address).get_data(as_text=True)
        assert any(text in said for text in texts_of("p-lin")), address
    exported = post(signed_in("qian"), "/payouts/run-2026-Q1-1/export", form="csv").get_data(as_text=True)
    assert all(any(text in exported for text in texts_of(payee)) for payee in ("p-lin", "p-chen", "p-zhao"))


@pytest.mark.parametrize("other", ["p-lin", "p-chen", "p-wang", "p-qian", "partner-kunlun"])
def test_a_foreign_id_anywhere_in_the_request_opens_nothing(
    signed_in: Callable[[str], FlaskClient], other: str
) -> None:
    client, hidden = signed_in("zhao"), texts_of(other)
    tries = (
        client.get(f"/earnings?payee={other}"),
        client.get(f"/earnings/lines/2026-Q4/{other}/D-1003"),
        client.get(f"/explain/2026-Q4/{other}/D-1003"),
        client.get(f"/explain/E-{other}-1"),
        client.get("/earnings", headers={"X-Payee": other, "X-Original-URL": f"/earnings?payee={other}"}),
        client.get("/earnings", query_string={"payee": f"p-zhao,{other}"}),
        post(client, "/deals/D-1003/activities", kind="call", payee=other, actor=other),
        client.get("/deals/D-1003"),
        client.get(f"/earnings?payee={other}", headers={"HX-Request": "true"}),
    )
    assert all(not any(text in everything_in(answer) for text in hidden) for answer in tries)


FOREIGN_AND_MISSING = (
    ("/tasks/T-000", "/tasks/T-999"),
    ("/deals/D-1001", "/deals/D-9999"),
    ("/customers/A-1", "/customers/A-9"),
    ("/earnings?payee=p-lin", "/earnings?payee=p-xyz"),
    (f"/earnings/lines/{LINE}", "/earnings/lines/2026-Q4/p-xyz/D-1001"),
    ("/explain/T-000", "/explain/T-999"),
    ("/explain/E-p-lin-1", "/explain/E-p-xyz-1"),
    ("/tasks/queue?task=T-000", "/tasks/queue?task=T-999"),
)


@pytest.mark.parametrize(("foreign", "missing"), FOREIGN_AND_MISSING)
def test_somebody_elses_and_nobodys_are_answered_alike(
    signed_in: Callable[[str], FlaskClient], foreign: str, missing: str
) -> None:
    client = signed_in("zhao")
    answers = [client.get(address) for address in (foreign, missing)]
    bodies = {TOKEN.sub("", answer.get_data(as_text=True)) for answer in answers}
    heads = {tuple(sorted((n, v) for n, v in a.headers if n not in ("Content-Length", "Set-Cookie"))) for a in answers}
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (len(bodies), len(heads)) == (1, 1)


def test_who_made_a_draft_is_not_offered_to_approve_it(signed_in: Callable[[str], FlaskClient]) -> None:
    address = "/payouts/run-2026-Q4-2"
    offers = {
        name: f'action="{address}/approve"' in signed_in(name).get(address).text for name in ("qian", "hu", "sun")
    }
    assert offers == {"qian": False, "hu": True, "sun": False}


def test_reading_changes_nothing(app: Flask, desk: FakeDesk) -> None:
    before = (dict(desk.rows), dict(desk.runs_by_id), list(desk.made))
    for row in MATRIX:
        if row.method == "GET":
            call(app, row, "finance")
            call(app, row, "rep")
    assert (desk.rows, desk.runs_by_id, desk.made) == before
