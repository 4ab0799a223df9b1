"""How the words of a sentence are read: one spelling for each kind of value, anything else is refused with the right one.

A pattern takes more than the right spelling, so that a wrong one meets the reader and is told how to write it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from engine.core.durations import Duration
from engine.core.money import Money
from engine.core.numerals import Unreadable
from engine.core.problem_texts import PROBLEM_TEXTS
from tests.steps import cast

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = time(10)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


class WrongSpelling(AssertionError):
    """A value of a sentence is not written the way in which features write it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a placeholder stands for: a pattern in English and one in Chinese, and how the text is read."""

    en: str
    zh: str
    read: Callable[[str], object]


def money(text: str) -> Money:
    """`1,234.50 CNY`, by the production parser; every other spelling of the same amount is refused."""
    try:
        amount = Money.parse(text)
    except Unreadable as error:
        said = PROBLEM_TEXTS[error.code].en.format_map(error.params)
        raise WrongSpelling(f"{text!r}: {said} Write money as 1,234.50 CNY / 金额写作 1,234.50 CNY") from None
    if str(amount) != text:
        raise WrongSpelling(f"{text!r}: write it as {amount} / 请写作 {amount}")
    return amount


def moment(text: str) -> datetime:
    """`14 March 2026 at 09:30` or `2026年3月14日 09:30`; ten in the morning where no time is given."""
    day, at = text, ""
    for mark in (" at ", "日"):
        if mark in text:
            day, _, at = text.partition(mark)
            day += "日" if mark == "日" else ""
    return datetime.combine(on_day(day), time.fromisoformat(at.strip()) if at.strip() else MORNING, ZONE)


def on_day(text: str) -> date:
    """`14 March 2026` or `2026年3月14日`."""
    chinese = re.fullmatch(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日", text)
    if chinese:
        return date(*map(int, chinese.groups()))
    english = re.fullmatch(rf"([1-9]\d?) ({'|'.join(MONTHS)}) (\d{{4}})", text)
    if english:
        return date(int(english[3]), MONTHS.index(english[2]) + 1, int(english[1]))
    raise WrongSpelling(f"{text!r}: write a date as 14 March 2026 / 日期写作 2026年3月14日")


def shown_moment(at: datetime, language: str) -> str:
    """A moment as a feature of that language writes it."""
    local = at.astimezone(ZONE)
    if language == "zh":
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} at {local:%H:%M}"


def shown_day(day: date, language: str) -> str:
    """A date as a feature of that language writes it."""
    return (
        f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    )


_UNITS_ZH = (("个工作日", "business days"), ("个工作小时", "business hours"), ("天", "days"), ("个月", "months"))


def duration(text: str) -> Duration:
    """`3 business days` or `3 个工作日`."""
    for chinese, english in _UNITS_ZH:
        text = text.replace(chinese, f" {english}")
    return Duration.parse(" ".join(text.split()))


def _one_of(names: Mapping[str, object]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_PEOPLE, _PARTNERS = _one_of(cast.PEOPLE_NAMES), _one_of(cast.PARTNER_NAMES)
_QUOTED = Kind('"[^"]+"', "“(?:[^“”]|“[^“”]*”)+”", lambda text: text[1:-1])
_WHOLE = Kind('".*"', "“.*”", lambda text: text[1:-1])
_FILE = r"[a-z]+/[\w./-]+\.(?:yaml|csv)"

_EXTENTS = {"nothing": False, "没有任何变动": False, "exactly this": True, "的变动有且仅有": True}
_THINGS = {"run": "run", "批次": "run", "repayment": "repayment", "归还": "repayment"}

_SERVES = {
    word: type
    for words, type in (
        ("answers 回复", "ticket.replied"), ("holds 挂起", "ticket.held"), ("resumes 恢复处理", "ticket.resumed"),
        ("resolves 解决", "ticket.resolved"), ("reopens 重新打开", "ticket.reopened"), ("closes 关闭", "ticket.closed"),
    )
    for word in words.split()
}  # fmt: skip

KINDS: Mapping[str, Kind] = {
    "person": Kind(_PEOPLE, _PEOPLE, cast.payee_id),
    "partner": Kind(_PARTNERS, _PARTNERS, cast.payee_id),
    "payee": Kind(f"{_PEOPLE}|{_PARTNERS}", f"{_PEOPLE}|{_PARTNERS}", cast.payee_id),
    "role": Kind(_one_of(cast.ROLE_NAMES), _one_of(cast.ROLE_NAMES), cast.ROLE_NAMES.__getitem__),
    "deal": _QUOTED,
    "customer": _QUOTED,
    "stage": _QUOTED,
    "title": _QUOTED,
    "name": _QUOTED,
    "words": _WHOLE,
    "text": _WHOLE,
    "reason": Kind('"[^"]*"', "“[^”]*”", lambda text: text[1:-1]),
    "money": Kind(r"[-¥$]?\d\S*(?: [A-Z]{3})?", r"[-¥$]?\d[\d.,_]*(?:[万亿元]+| ?[A-Z]{3})?", money),
    "moment": Kind(r"\d[\d/.-]*(?: [A-Za-z]+ \d+)?(?: at \d\d:\d\d)?", r"\d[\d年月日/.-]*(?: ?\d\d:\d\d)?", moment),
    "day": Kind(r"\d[\d/.-]*(?: [A-Za-z]+ \d+)?", r"\d[\d年月日/.-]*", on_day),
    "period": Kind(r"\d{4}(?:-[QHW]?\d+)?", r"\d{4}(?:-[QHW]?\d+)?", str),
    "duration": Kind(r"\d+ [a-z]+(?: [a-z]+)?", r"\d+ ?(?:个工作日|个工作小时|天|个月)", duration),
    "file": Kind(_FILE, _FILE, str),
    "figure": Kind(r"\d[\d.]*%?", r"\d[\d.]*%?", str),
    "number": Kind(r"\d+", r"\d+", int),
    "override": Kind("against the rules", "特批", str),
    "later": Kind("until later", "并改期", str),
    "hand": Kind(
        "claims|gives back",
        "领取|退回",
        {
            "claims": "deal.claimed",
            "领取": "deal.claimed",
            "gives back": "deal.returned",
            "退回": "deal.returned",
        }.__getitem__,
    ),
    "said": Kind("asks for|grants|refuses|takes back", "申请|批准|拒绝|撤回", str),
    "step": Kind(
        "approves|posts|declines|takes back",
        "批准|过账|驳回|冲销",
        {
            "approves": "approved",
            "批准": "approved",
            "posts": "posted",
            "过账": "posted",
            "declines": "declined",
            "驳回": "declined",
            "takes back": "taken back",
            "冲销": "taken back",
        }.__getitem__,
    ),
    "handles": Kind(
        "begins|pauses|resumes|ends",
        "开始|暂停|恢复|结束",
        {
            "begins": "asked",
            "开始": "asked",
            "pauses": "paused",
            "暂停": "paused",
            "resumes": "resumed",
            "恢复": "resumed",
            "ends": "removed",
            "结束": "removed",
        }.__getitem__,
    ),
    "serves": Kind(
        "answers|holds|resumes|resolves|reopens|closes", "回复|挂起|恢复处理|解决|重新打开|关闭", _SERVES.__getitem__
    ),
    "customer_says": Kind(
        "writes again|gives the score",
        "再次来信|评分",
        {
            "writes again": "ticket.replied",
            "再次来信": "ticket.replied",
            "gives the score": "satisfaction.answered",
            "评分": "satisfaction.answered",
        }.__getitem__,
    ),
    "door": Kind("on the screen", "在界面上", str),
    "extent": Kind("nothing|exactly this", "没有任何变动|的变动有且仅有", _EXTENTS.__getitem__),
    "thing": Kind("run|repayment", "批次|归还", _THINGS.__getitem__),
    "closed": Kind("closed", "关账", str),
    "force": Kind("put in force", "生效", str),
    "severity": Kind(
        "an error|a warning",
        "错误|警告",
        {"an error": "error", "错误": "error", "a warning": "warning", "警告": "warning"}.__getitem__,
    ),
}
