"""Pages and their fragments: one template serves both, and an action answers either kind of caller.

htmx gets the block that changed, the navigation (its counts may have changed) and a message; a plain form gets a
redirect, or the page itself with what is wrong.
"""

from collections.abc import Callable

from flask import Response, flash, g, redirect, render_template, request
from htmx_flask import make_response
from jinja2_fragments.flask import render_block

from webui.answers import Answer

Show = Callable[..., Response]


def partial() -> bool:
    """Whether htmx asks for a fragment; what it restores from history is a whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def show(template: str, block: str, status: int = 200, push: str | None = None, **context: object) -> Response:
    """The page, or its block with navigation and messages beside it. `push` is the address the browser should show."""
    if not partial():
        return make_response(render_template(template, **context), status)
    body = render_block(template, block, **context) + render_template("parts/beside.html", **context)
    return make_response(body, status, push_url=push)


def say(message: str) -> None:
    """Tell the user something: on this answer for htmx, on the next page otherwise."""
    if partial():
        g.toasts = (*g.get("toasts", ()), message)
    else:
        flash(message)


def answer_with(answer: Answer, message: str, back: str, page: Callable[..., Response]) -> Response:
    """After an action: `page(answer=…, status=422)` when refused; else the message, and `page()` or a redirect back."""
    if not answer.done:
        return page(answer=answer, status=422)
    say(message)
    return page() if partial() else redirect(back, 303)
