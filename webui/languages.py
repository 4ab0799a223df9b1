"""Chinese and English as equals: which one a request gets, and how it is switched."""

from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_translations
from flask_login import current_user

LANGUAGES = ("zh", "en")
NAMES = {"zh": "中文", "en": "English"}


def speak(app: Flask) -> None:
    """Let Flask-Babel choose by `language`."""
    Babel(app, locale_selector=language)
    app.jinja_env.install_gettext_callables(_one, _many, newstyle=True)  # type: ignore[attr-defined]


def _one(text: str) -> str:
    said: str = _catalogue().ugettext(text)
    return said


def _many(one: str, many: str, number: int) -> str:
    said: str = _catalogue().ungettext(one, many, number)
    return said


def _catalogue() -> Any:
    """The request's catalogue, found once: a page asks it some hundred times."""
    if not has_request_context():
        return get_translations()
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def language() -> str:
    """Chosen here and now, else the user's own, else what the browser prefers, else English. Found once a request: a page
    asks some thousand times."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        g.language = _found()
    found: str = g.language
    return found


def chosen(language: str) -> None:
    """The language of this browser from now on."""
    session["language"] = language
    forget()


def forget() -> None:
    """Let the language of this request be found anew."""
    g.pop("language", None)
    g.pop("catalogue", None)


def _found() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return chosen
    if current_user and current_user.is_authenticated:
        return current_user.user.language
    return request.accept_languages.best_match(LANGUAGES) or "en"
