"""Who is signed in. The cookie holds a token and nothing about the person; the session itself is kept by the program.

Signing in starts a fresh cookie with a fresh token; signing out ends the session where it is kept, so that an old
cookie is worth nothing.
"""

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from htmx_flask import make_response

from engine.app.views.users import Session, User
from webui.desk import Desk
from webui.languages import forget

TOKEN = "token"


class SignedIn(UserMixin):
    """A user as Flask-Login wants one."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        """The sign-in name."""
        return self.user.name


def manage(app: Flask) -> None:
    """Let Flask-Login find the user of each request by its token."""
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(load)
    manager.unauthorized_handler(ask_to_sign_in)
    manager.init_app(app)


def desk() -> Desk:
    """The desk of this app."""
    return current_app.extensions["desk"]


def load(_request: object) -> SignedIn | None:
    """The user of the token in the cookie, or None."""
    token = session.get(TOKEN)
    user = desk().user_of(token) if token else None
    return SignedIn(user) if user else None


def viewer() -> User:
    """Who is looking. Only for pages behind sign-in."""
    return current_user.user


def viewer_or_none() -> User | None:
    """Who is looking, or None before sign-in."""
    return current_user.user if current_user.is_authenticated else None


def begin(started: Session) -> None:
    """Take up a session: whatever the cookie held before is gone, but the language chosen on the way in."""
    language = session.get("language")
    session.clear()
    session[TOKEN] = started.token
    if language:
        session["language"] = language
    g.pop("shell", None)
    forget()


def end() -> None:
    """End the session where it is kept, and empty the cookie."""
    token = session.get(TOKEN)
    if token:
        desk().sign_out(token)
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def ask_to_sign_in() -> Response:
    """To the sign-in page and back afterwards; a fragment would land inside the page, so htmx is told to go there."""
    if request.htmx:
        where = url_for("sign_in.form", next=page_of(request.htmx.current_url))
        return make_response("", 401, redirect=where)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.form", next=back if back != "/" else None), code=303)


def page_of(address: str | None) -> str | None:
    """The path and query of an address on this host, or None."""
    if not address or not address.startswith(request.host_url):
        return None
    return "/" + address.removeprefix(request.host_url)
