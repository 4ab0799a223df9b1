"""Puts the web interface together: settings, safety, languages, rendering, pages."""

from flask import Flask
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix

from webui import access, errors, languages, rendering, security, signed_in
from webui.desk import Desk
from webui.limits import limiter
from webui.pages import PAGES
from webui.settings import Settings


def create_app(desk: Desk, settings: Settings) -> Flask:
    """The web interface over a desk. It never starts unsafely: making `settings` raises `UnsafeSettings` first."""
    app = Flask(__name__)
    app.config.update(settings.flask)
    app.extensions.update(desk=desk, settings=settings)
    Htmx(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies)  # type: ignore
    for prepare in (security.protect, signed_in.manage, languages.speak, rendering.install, errors.handle):
        prepare(app)
    app.before_request(access.guard)
    CSRFProtect(app)
    limiter.init_app(app)
    for page in PAGES:
        app.register_blueprint(page)
    return app
