"""What somebody asks an estimate, read from the texts that a form or a command gives: an amount, a day."""

from datetime import date, datetime, time, timedelta

from engine.app.dealwright import Dealwright
from engine.app.refusals import not_done
from engine.app.views.estimates import DayChoice
from engine.core.money import Money
from engine.core.numerals import Unreadable
from engine.core.periods import next_period, period_of
from engine.core.problems import Problem
from engine.core.rules.header import Title


def today_of(dw: Dealwright) -> date:
    """Today in the company's zone."""
    return dw.now().astimezone(dw.zone).date()


def read_amount(text: str, currency: str) -> Money | Problem:
    """A positive amount; a bare number is in that currency. E154 for what is none."""
    shown = text.strip()
    whole = shown if shown[-3:].isalpha() and shown[-3:].isascii() else f"{shown} {currency}"
    try:
        amount = Money.parse(whole)
    except Unreadable:
        return not_done("E154", text=text)
    return amount if amount.minor > 0 else not_done("E154", text=text)


def read_day(dw: Dealwright, text: str) -> date | Problem:
    """Today for none, a named day, or the day itself; E152 for what is none, E151 for one that is past."""
    today = today_of(dw)
    named = {"": today, "today": today, "month_end": _month_end(dw, today), "next_month": _next_month(dw, today)}
    if text.strip() in named:
        return named[text.strip()]
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        return not_done("E152", text=text)
    return on if today <= on <= today + timedelta(days=3660) else not_done("E151", on=str(on), today=str(today))


def days_of(dw: Dealwright) -> tuple[DayChoice, ...]:
    """Today, the last day of this month, the first of the next."""
    today = today_of(dw)
    choices = ((today, "Today", "今天"), (_month_end(dw, today), "End of this month", "本月末"),
               (_next_month(dw, today), "Start of next month", "下月初"))  # fmt: skip
    return tuple(DayChoice(on, Title(en, zh)) for on, en, zh in choices)


def moment_of(dw: Dealwright, on: date) -> datetime:
    """Just after now for today, so that what is supposed comes after all that is known; noon for another day."""
    return dw.now() + timedelta(microseconds=1) if on == today_of(dw) else datetime.combine(on, time(12), dw.zone)


def _month_end(dw: Dealwright, today: date) -> date:
    return period_of(today, "month", dw.rulebook.company).last_on


def _next_month(dw: Dealwright, today: date) -> date:
    company = dw.rulebook.company
    return next_period(period_of(today, "month", company), company).start
