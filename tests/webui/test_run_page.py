"""The page of a payout run: what is payable, and apart from it what payees owe."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

pytestmark = pytest.mark.web


def test_the_headline_says_payable_and_owed_apart(signed_in: Callable[[str], FlaskClient]) -> None:
    client = signed_in("hu")
    head = client.get("/payouts/run-2026-Q4-2").text.split('<ol class="run-steps"')[0]
    assert "应由本人归还 <strong" in head and "¥12,345.67" in head and "应付 <strong" in head
    assert "应由本人归还" not in client.get("/payouts/run-2026-Q2-1").text.split("<h2>")[0]
    assert "应由本人归还 ¥12,345.67" in client.get("/payouts").text
