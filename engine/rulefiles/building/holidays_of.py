"""Public holidays and make-up working days from the holidays library, with their names in English and Chinese.

The library knows what each country has announced. Where a country announces make-up working days year by year (China's
调休), a year after the last announced one is provisional.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays
from holidays import HolidayBase

from engine.core.rules.header import Title

_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "New Year's Day": "元旦",
        "Good Friday": "耶稣受难日",
        "Easter Monday": "复活节星期一",
        "Easter Sunday": "复活节",
        "Labor Day": "劳动节",
        "Ascension Day": "耶稣升天节",
        "Pentecost Monday": "圣灵降临节星期一",
        "Corpus Christi": "基督圣体节",
        "Assumption Day": "圣母升天节",
        "German Unity Day": "德国统一日",
        "Reformation Day": "宗教改革日",
        "All Saints' Day": "诸圣节",
        "Repentance and Prayer Day": "忏悔祈祷日",
        "Epiphany": "主显节",
        "Christmas Day": "圣诞节",
        "Second Day of Christmas": "圣诞节次日",
        "International Women's Day": "国际妇女节",
        "World Children's Day": "世界儿童日",
        "Martin Luther King Jr. Day": "马丁·路德·金纪念日",
        "Washington's Birthday": "华盛顿诞辰日",
        "Memorial Day": "阵亡将士纪念日",
        "Juneteenth National Independence Day": "六月节",
        "Independence Day": "独立日",
        "Columbus Day": "哥伦布日",
        "Veterans Day": "退伍军人节",
        "Thanksgiving Day": "感恩节",
    }
)
_MAKE_UP = Title(en="Make-up working day", zh="调休上班")


@dataclass(frozen=True, slots=True)
class Announced:
    """What a country has announced for a span of years. `provisional` are years without their make-up days yet."""

    holidays: Mapping[date, Title]
    make_up_days: Mapping[date, Title]
    provisional: frozenset[int]


def countries() -> tuple[str, ...]:
    """The two-letter codes that the library knows."""
    return tuple(holidays.list_supported_countries())


def subdivisions(country: str) -> tuple[str, ...]:
    """The parts of a country that the library knows."""
    return tuple(holidays.list_supported_countries().get(country, ()))


@lru_cache(maxsize=64)
def announced(country: str, subdivision: str, first_year: int, end_year: int) -> Announced:
    """The holidays of [first_year, end_year), with names in both languages."""
    years = range(first_year, end_year)
    english = _of(country, subdivision, years, "en_US")
    chinese = _of(country, subdivision, years, "zh_CN") if "zh_CN" in english.supported_languages else english
    names = {day: _title(name, chinese.get(day, name)) for day, name in sorted(english.items()) if day.year in years}
    worked = {day for day in english.weekend_workdays if day.year in years}
    return Announced(names, dict.fromkeys(sorted(worked), _MAKE_UP), _provisional(worked, years))


def _of(country: str, subdivision: str, years: range, language: str) -> HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision or None, years=years, language=language)


def _title(english: str, chinese: str) -> Title:
    """The name in both languages; a day moved to a weekday keeps the holiday's name."""
    if chinese != english:
        return Title(en=english, zh=chinese)
    plain = english.removesuffix(" (observed)")
    shown = _CHINESE.get(plain, "")
    return Title(en=english, zh=f"{shown}（补休）" if shown and plain != english else shown)


def _provisional(worked: set[date], years: range) -> frozenset[int]:
    """The years after the last one with make-up days, for a country that has them at all."""
    last = max((day.year for day in worked), default=None)
    return frozenset(year for year in years if last is not None and year > last)
