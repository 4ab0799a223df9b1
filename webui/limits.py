"""How often something may be tried, counted before any expensive or telling work is done."""

from flask import current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from webui.settings import Settings

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="fixed-window", headers_enabled=False)


def settings() -> Settings:
    """The settings of this app."""
    return current_app.extensions["settings"]


def account_and_address() -> str:
    """Counts tries on one account from one address, so that a stranger cannot lock the account for its owner."""
    return f"{request.form.get('name', '').strip().lower()[:80]}|{get_remote_address()}"


per_account = limiter.shared_limit(
    lambda: settings().sign_in_limit, scope="account", key_func=account_and_address, methods=["POST"]
)
per_address = limiter.shared_limit(lambda: settings().address_limit, scope="address", methods=["POST"])
per_feed = limiter.shared_limit(lambda: settings().feed_limit, scope="feed")
per_export = limiter.shared_limit(lambda: settings().export_limit, scope="export", methods=["POST"])
