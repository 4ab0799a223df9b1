"""The pages for what went wrong. What is somebody else's and what does not exist read the same."""

from flask import Flask, Response, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from htmx_flask import make_response
from werkzeug.exceptions import HTTPException, SecurityError

from engine.app.access import NotThere

WORDS = {
    400: (_("This request cannot be read"), _("Something in the address or the form was given twice or is malformed.")),
    403: (_("Your role does not do this"), _("Somebody with another role can. Nothing was changed.")),
    404: (_("There is nothing here"), _("The address is wrong, or what it names is not yours to see.")),
    405: (_("This address does not take that"), _("Use the button or form on the page. Nothing was changed.")),
    413: (_("This is too large"), _("Send a smaller file or text.")),
    429: (_("Too many tries"), _("Wait a minute, then try again.")),
    500: (_("Something broke on our side"), _("Nothing was half done: what you asked for was undone as a whole.")),
}
EXPIRED = (_("This page was open for too long"), _("Go back, load it again, and repeat what you did."))


def handle(app: Flask) -> None:
    """Answer errors with a page, or for htmx with a short text that leaves the page as it is."""
    app.register_error_handler(NotThere, lambda _error: respond(404, WORDS[404]))
    app.register_error_handler(CSRFError, lambda _error: respond(403, EXPIRED))
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, lambda _error: respond(500, WORDS[500]))


def http_error(error: HTTPException) -> Response:
    """The page for an HTTP error; one that has no words of ours gets those of its class.

    A request under a host that is not trusted gets no page: there is no address to build its links on.
    """
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        return make_response("400", 400)
    response = respond(code, WORDS.get(code) or WORDS[500 if code >= 500 else 400])
    if code == 405:
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # type: ignore[attr-defined]
    return response


def respond(code: int, words: tuple[object, object]) -> Response:
    """The error page with that code. Its body says nothing about the address, so equal errors are equal bytes."""
    title, detail = (str(word) for word in words)
    if getattr(request, "htmx", None):
        return make_response(f"{title} {detail}", code, trigger={"refused": {"message": f"{title} {detail}"}})
    return make_response(render_template("error.html", code=code, title=title, detail=detail), code)
