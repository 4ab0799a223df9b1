"""Dealwright's thin web interface: server-rendered pages over `engine.app`."""

from webui.factory import create_app
from webui.settings import Settings

__all__ = ["Settings", "create_app"]
