"""Visiting the pages as a browser does: sign in, carry the token of each form, follow a form by its address."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webui.fake_people import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def token_in(html: str) -> str:
    """The form token of a page."""
    found = TOKEN.search(html)
    assert found, "the page has no form"
    return unescape(found[1])


def sign_in(app: Flask, name: str, password: str = PASSWORD) -> FlaskClient:
    """A client with that user's session."""
    client = app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    answer = client.post("/sign-in", data={"csrf_token": token_in(page), "name": name, "password": password})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def post(client: FlaskClient, address: str, htmx: bool = False, **fields: str) -> TestResponse:
    """Send a form of the site, with a token from a page of it."""
    token = token_in(client.get("/help").get_data(as_text=True))
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address, data={"csrf_token": token, **fields}, headers=headers)
