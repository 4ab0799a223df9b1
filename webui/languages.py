"""Chinese and English as equals: which one a request gets, and how it is switched."""

from flask import Flask, has_request_context, request, session
from flask_babel import Babel
from flask_login import current_user

LANGUAGES = ("zh", "en")
NAMES = {"zh": "中文", "en": "English"}


def speak(app: Flask) -> None:
    """Let Flask-Babel choose by `language`."""
    Babel(app, locale_selector=language)


def language() -> str:
    """Chosen here and now, else the user's own, else what the browser prefers, else English."""
    if not has_request_context():
        return "en"
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return chosen
    if current_user and current_user.is_authenticated:
        return current_user.user.language
    return request.accept_languages.best_match(LANGUAGES) or "en"
