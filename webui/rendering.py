"""How values look: money, ratios, days and moments in the company's zone, titles in the reader's language."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Flask, g, url_for
from flask_babel import format_date, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from engine.app.access import may
from engine.app.views.choices import NO_WORDS, Belongs
from engine.app.views.earnings import ComponentRow, PeriodChoice
from engine.app.views.payouts import PeriodRow
from engine.app.views.users import Shell, User
from engine.core.money import Money
from engine.core.problems import Problem
from engine.core.rules.header import Title
from webui import words
from webui.languages import language
from webui.security import style_nonce
from webui.signed_in import desk, viewer_or_none

SIGNS = {"CNY": "¥", "EUR": "€", "USD": "US$", "GBP": "£", "JPY": "JP¥", "HKD": "HK$"}
NOTHING = "--"
STATIC = Path(__file__).with_name("static")


def install(app: Flask) -> None:
    """Give the templates these filters and names."""
    filters = (money, percent, day, moment, clock, words.word, due, days, place_text, excerpt, for_one)
    app.jinja_env.filters.update({f.__name__: f for f in filters}, show=_shown)
    app.jinja_env.globals.update(
        no_words=NO_WORDS,
        asset=asset,
        width=width,
        bar_end=bar_end,
        style_nonce=style_nonce,
        words=words.WORDS,
        some=SOME,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(around)


def around() -> dict[str, object]:
    """What every template knows: who looks, the shell, the language, and `allowed(action, belongs)`."""
    viewer = viewer_or_none()
    return {
        "viewer": viewer,
        "shell": shell(),
        "language": language(),
        "allowed": allowing(viewer),
        "toasts": g.get("toasts", ()),
    }


def allowing(viewer: User | None) -> Callable[..., bool]:
    """`allowed(action, belongs)` for that viewer; what the roles say by themselves is found once a page."""
    known: dict[str, bool] = {}

    def allowed(action: str, belongs: Belongs | None = None) -> bool:
        if viewer is None or belongs is not None:
            return viewer is not None and may(viewer, action, belongs)
        if action not in known:
            known[action] = may(viewer, action)
        return known[action]

    return allowed


def shell() -> Shell:
    """This request's shell, asked for once."""
    if "shell" not in g:
        g.shell = desk().shell(viewer_or_none())
    return g.shell


SOME = "-some-one-"
"""Stands for an id in addresses and forms that are made once for a whole list."""


def for_one(made: str, id: str) -> Markup:
    """What a template made for `SOME`, for that id, which stands in addresses and names alone: quoted as in an address."""
    return Markup(made.replace(SOME, quote(id)))


def zone() -> ZoneInfo:
    """The company's time zone."""
    return ZoneInfo(shell().time_zone)


def show(title: Title) -> str:
    """A text in the page's language."""
    return title.show(language())


@pass_context
def _shown(context: Context, title: Title) -> str:
    """The same in a template, which knows the language already."""
    known = context.get("language")
    return title.show(known) if known else show(title)


def money(amount: Money | None) -> str:
    """`¥1,234.50`, `-€3.00`, `CHF 5.00`; `--` for none."""
    if amount is None:
        return NOTHING
    digits = str(abs(amount)).removesuffix(f" {amount.currency}")
    return ("-" if amount.minor < 0 else "") + SIGNS.get(amount.currency, f"{amount.currency} ") + digits


def percent(ratio: Fraction | None, places: int = 2) -> str:
    """`87.50%`, rounded half up for the eye only; `--` for none."""
    if ratio is None:
        return NOTHING
    scale = 10**places
    hundredths = (abs(ratio) * 100 * scale * 2 + 1) // 2
    whole, rest = divmod(hundredths, scale)
    return f"{'-' if ratio < 0 else ''}{whole}" + (f".{rest:0{places}d}%" if places else "%")


def day(value: date | datetime | None) -> str:
    """`2026-11-23`, of a moment the day in the company's zone; a date before all time says nothing."""
    if value is None or value == date.min:
        return NOTHING if value is None else ""
    return (value.astimezone(zone()) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


def days(period: PeriodChoice | PeriodRow) -> str:
    """`2026-10-01 – 2026-12-31`: first and last day, as people say it."""
    return f"{period.from_on} – {period.until_on - timedelta(days=1)}"


def moment(value: datetime | None) -> str:
    """`2026-11-23 14:05` in the company's zone."""
    return NOTHING if value is None else value.astimezone(zone()).strftime("%Y-%m-%d %H:%M")


def clock(value: datetime) -> str:
    """`14:05` in the company's zone."""
    return value.astimezone(zone()).strftime("%H:%M")


def due(value: datetime) -> str:
    """When something is due, as a person says it: late by days, today's time, else the weekday and day."""
    late = (shell().as_of.astimezone(zone()).date() - value.astimezone(zone()).date()).days
    if late > 0:
        return words.late_by(late)
    if late == 0:
        passed = value < shell().as_of
        return gettext("due since %(time)s", time=clock(value)) if passed else gettext("by %(time)s", time=clock(value))
    if late == -1:
        return gettext("tomorrow %(time)s", time=clock(value))
    return format_date(value.astimezone(zone()).date(), "EEE MM-dd")


def place_text(place: object) -> str:
    """`plans/ae.yaml:14`: where a rule stands, without the column."""
    file, line = getattr(place, "file", ""), getattr(place, "line", 0)
    return f"{file}:{line}" if line else file


def bar_end(component: ComponentRow) -> Fraction:
    """Where a bar of attainment ends: at 150 % of quota, or at what was reached or can be reached beyond that."""
    starts = (start for start, _rate in component.tiers)
    return max(component.attainment or Fraction(0), Fraction(3, 2), *starts)


def excerpt(problem: Problem) -> str:
    """The line that a problem is about, with a caret under the spot."""
    return "\n".join(line[4:] for line in problem.render(language()).split("\n")[-3:-1])


def width(ratio: Fraction, most: Fraction, units: int) -> int:
    """How many whole units of a bar a ratio takes, when the bar ends at `most`."""
    return int(min(max(ratio, Fraction(0)), most) / most * units)


@lru_cache(maxsize=64)
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, with its digest so that a browser may keep it for good."""
    return url_for("static", filename=name, v=_fingerprint(name))
