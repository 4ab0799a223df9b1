"""The same matrix over the real house: nobody reaches what is not theirs, nobody's own amounts leave their pages."""

from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.webui.matrix import PATTERN, Row
from tests.webui.real_house import RealHouse
from tests.webui.visiting import token_in

pytestmark = pytest.mark.web

VIEWERS = ("rep", "peer", "manager", "stranger", "ops", "finance", "admin", "out")
ROWS = tuple(row for row in PATTERN if row.endpoint not in ("static", "sign_in.leave"))
SHUT = (303, 401, 403, 404)


def call(house: RealHouse, row: Row, role: str) -> TestResponse:
    """The row's request as that viewer."""
    client = house.client(role)
    if row.method == "GET":
        return client.get(row.address)
    page = client.get("/sign-in" if role == "out" else "/help").text
    return client.post(row.address, data={"csrf_token": token_in(page), **row.fields})


def everything_in(answer: TestResponse) -> str:
    """Body and headers; a workbook is unpacked into its texts."""
    body = answer.get_data()
    if body.startswith(b"PK"):
        import io
        import zipfile

        body = b"".join(
            zipfile.ZipFile(io.BytesIO(body)).read(name) for name in zipfile.ZipFile(io.BytesIO(body)).namelist()
        )
    return body.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in answer.headers)


def hidden_from(house: RealHouse, role: str) -> list[str]:
    """The amounts that this viewer may not see."""
    if role in ("ops", "finance"):
        return []
    own = house.persons.get(role, "")
    return [text for payee, texts in house.amounts.items() if payee != own for text in texts]


def test_the_house_has_amounts_to_leak(house: RealHouse) -> None:
    assert sum(len(texts) > 3 for texts in house.amounts.values()) >= 5


@pytest.mark.parametrize("role", VIEWERS)
def test_each_viewer_is_let_in_and_kept_out_as_the_matrix_says(house: RealHouse, role: str) -> None:
    wrong, hidden = [], hidden_from(house, role)
    for pattern in ROWS:
        row = pattern.filled(house.ids)
        answer, wanted = call(house, row, role), getattr(row, role)
        allowed = (wanted,) if wanted in (403, 404) or row.method == "GET" or role == "out" else (200, 303, 422)
        if answer.status_code not in allowed:
            wrong.append(f"{row.method} {row.address}: {answer.status_code}, not {wanted}")
        said = everything_in(answer)
        wrong += [f"{row.address} tells {text}" for text in hidden if text in said]
    assert wrong == []


def test_amounts_are_seen_by_whom_they_belong_to(house: RealHouse) -> None:
    said = everything_in(house.client("rep").get("/earnings/lines/" + house.ids["line"]))
    assert any(text in said for text in house.amounts[house.ids["payee"]])


@dataclass(frozen=True)
class Odd:
    """An address that nobody should send."""

    address: str


ODD = (
    "/tasks/x", "/tasks/queue?task=x", "/deals/x", "/deals?after=x", "/deals?status=x&stage=y&owner=z", "/deals?text=%25'%22%00",
    "/earnings?period=x", "/earnings?period=2026-13", "/earnings?payee=x", "/earnings/lines/x", "/payouts/x", "/explain/x",
    "/explain/%00", "/explain?id=" + "x" * 5000, "/rules/../pyproject.toml", "/rules/%2e%2e/pyproject.toml", "/rules/x.yaml",
    "/rules/plans", "/earnings?period=9999-12",
)  # fmt: skip


@pytest.mark.parametrize("address", ODD)
@pytest.mark.parametrize("role", ["rep", "finance", "ops", "admin"])
def test_an_odd_address_is_answered_calmly(house: RealHouse, role: str, address: str) -> None:
    answer = house.client(role).get(address)
    assert answer.status_code in (200, 303, 400, 403, 404)


def test_every_link_of_the_pages_leads_somewhere(house: RealHouse) -> None:
    import re

    broken = []
    for role in ("rep", "manager", "ops", "finance", "admin"):
        client = house.client(role)
        seen, waiting = set(), ["/"]
        while waiting and len(seen) < 60:
            address = waiting.pop(0)
            seen.add(address)
            answer = client.get(address, follow_redirects=True)
            if answer.status_code != 200:
                broken.append(f"{role} {address}: {answer.status_code}")
            found = [
                link.split("#")[0].replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="(/[^"]*)"', answer.text)
            ]
            waiting += [link for link in dict.fromkeys(found) if link not in seen and link not in waiting]
    assert broken == []
