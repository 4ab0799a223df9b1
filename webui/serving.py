"""Serves the screens of an open house with waitress, and lets the clock tick beside them."""

import gc
import threading

import structlog
from waitress import serve

from engine.app.dealwright import Dealwright
from engine.app.ticking import tick
from webui.factory import create_app
from webui.house_desk import HouseDesk
from webui.settings import LOOPBACK, Settings

TICK_EVERY = 30
"""Seconds between two looks at what has fallen due."""

log = structlog.get_logger()


def serve_house(dw: Dealwright, host: str, port: int, secret: str, *, demo: bool) -> None:
    """Serves until it is interrupted. Plain http is allowed on loopback only; elsewhere TLS stands in front."""
    plain = host in LOOPBACK
    settings = Settings(secret, ("127.0.0.1", "localhost") if plain else (host,), plain_loopback=plain)
    app = create_app(HouseDesk(dw, demo=demo), settings)
    ended = threading.Event()
    ticking = threading.Thread(target=_tick_until, args=(dw, ended), name="clock", daemon=True)
    ticking.start()
    # Rules, templates and catalogues are there for good; without this the collector walks them again and again.
    gc.freeze()
    try:
        serve(app, host=host, port=port, threads=6, ident=None)
    finally:
        ended.set()


def _tick_until(dw: Dealwright, ended: threading.Event) -> None:
    """Ticks until the server ends. A tick that fails is logged and tried again at the next turn."""
    while not ended.wait(TICK_EVERY):
        try:
            tick(dw, dw.now())
        except Exception:
            log.exception("tick failed")
