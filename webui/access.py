"""The one gate before every page: each view states its action, and a view that states none is shut.

Roles are asked here, by `engine.app.access`; whose a thing is, by `theirs` once the thing has been looked up. What is
somebody else's and what does not exist give the same answer.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

from engine.app.access import NotThere, may, sees_pay_of
from engine.app.views.choices import Belongs
from webui.signed_in import ask_to_sign_in, viewer

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
ANYBODY = "anybody signed in"


def needs(action: str) -> Callable[[View], View]:
    """Marks a view with the action of `engine.app.access.POLICY` that it carries out (or `PUBLIC`, `ANYBODY`)."""

    def mark(view: View) -> View:
        view.policy = action  # type: ignore[attr-defined]
        return view

    return mark


def policy_of(app: Flask, endpoint: str) -> str | None:
    """The action that an endpoint states; None: it states nothing."""
    return PUBLIC if endpoint == "static" else getattr(app.view_functions[endpoint], "policy", None)


def guard() -> object | None:
    """Before every request: signed in, and some role of theirs may do this to something."""
    if request.endpoint is None:
        return None
    action = policy_of(current_app, request.endpoint)
    if action == PUBLIC:
        return None
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if action is None or (action != ANYBODY and not may(viewer(), action)):
        abort(403)
    return None


def theirs(action: str, belongs: Belongs) -> None:
    """Goes on only when the viewer may do this to what belongs to those; else the thing is not there."""
    if not may(viewer(), action, belongs):
        raise NotThere


def pay_of(payee: str) -> None:
    """Goes on only when the viewer may see this payee's amounts."""
    if not sees_pay_of(viewer(), payee):
        raise NotThere
