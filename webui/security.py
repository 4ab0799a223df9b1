"""What every answer carries for safety, and which requests are turned away before a page sees them."""

from secrets import token_urlsafe

from flask import Flask, Response, abort, g, request

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
)
ONE_YEAR = "max-age=31536000"
STATIC_AGE = "public, max-age=31536000, immutable"


def protect(app: Flask) -> None:
    """Hang the checks and headers on the app."""
    app.before_request(refuse_foreign_writes)
    app.before_request(refuse_repeated_values)
    app.after_request(add_headers)


def refuse_foreign_writes() -> None:
    """403 for a state-changing request that another site made the browser send, besides the CSRF token's check."""
    if request.method not in UNSAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in ("same-origin", "none"):
        abort(403)
    if site is None and origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)


def refuse_repeated_values() -> None:
    """400 for `?period=a&period=b`: no field here may be given twice, and taking the first would be a guess."""
    for values in (request.args, request.form):
        if any(len(given) > 1 for given in values.listvalues()):
            abort(400)


def style_nonce() -> str:
    """This answer's nonce for styles that a script must add; asking for it puts it into the policy."""
    if "style_nonce" not in g:
        g.style_nonce = token_urlsafe(16)
    return g.style_nonce


def add_headers(response: Response) -> Response:
    """Policy, privacy and caching. A page and its fragment share an address, hence Vary."""
    style = f" 'nonce-{g.style_nonce}'" if "style_nonce" in g else ""
    response.headers["Content-Security-Policy"] = CONTENT_POLICY.format(style=style)
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = ONE_YEAR
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = STATIC_AGE if "v" in request.args else "no-cache"
        return response
    # A calendar asks whether anything has changed; everything else, files with pay above all, is kept nowhere.
    feed = request.endpoint == "calendar_feed.file" and response.status_code in (200, 304)
    response.headers["Cache-Control"] = "private, no-cache" if feed else "no-store, private"
    response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
    return response
