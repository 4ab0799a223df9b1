"""Makes the demo once, adds people who may sign in, and says what a newcomer may look at."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.app.dealwright import Dealwright
from engine.app.demo.play import Played, Progress, play
from engine.app.users import add_user
from engine.rulefiles.loading import sample_rules as rules_folder
from engine.store.event_log import EventLog

MONTHS = 18
PASSWORD = "polaris-demo-2026"
"""Everybody's in the demo, which is served on this machine only."""

VISITORS = (
    ("chen.wei", "chen-wei", ("rep",)), ("anna.keller", "anna-keller", ("rep",)), ("wu.fang", "wu-fang", ("manager",)),
    ("guo.hua", "guo-hua", ("ops",)), ("he.ping", "he-ping", ("finance",)), ("deng.li", "deng-li", ("finance",)),
    ("admin", "", ("admin",)),
)  # fmt: skip
_READ_ENGLISH = ("anna.keller", "admin")
_LAST_KNOWN = date(2026, 12, 31)
"""The sample's targets and rates end with this year; a demo made later ends here."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, or found made before (`played` None)."""

    last_on: date
    played: Played | None

    def data(self) -> dict[str, Any]:
        """Everything as plain data."""
        made = self.played
        figures = (
            {"events": made.events, "refused": made.refused, "tasks": made.tasks, "closed": made.closed} if made else {}
        )
        return {"until": self.last_on.isoformat(), "visitors": [name for name, *_ in VISITORS], **figures}

    def lines(self) -> list[tuple[str, str]]:
        """What a newcomer should know, in English and Chinese."""
        found = []
        if self.played:
            p = self.played
            found.append((f"{p.events:,} events, {p.refused} refused by the rules, {p.tasks:,} tasks, {len(p.closed)} months closed.",
                          f"{p.events:,} 个事件，其中 {p.refused} 个被规则拒绝；{p.tasks:,} 个任务；已关账 {len(p.closed)} 个月。"))  # fmt: skip
        found.append((f"Sign in with the password {PASSWORD} as:", f"登录密码均为 {PASSWORD}，账号："))
        return found + [(f"  {name:12s} {', '.join(roles)}",) * 2 for name, _, roles in VISITORS]


def sample_rules() -> Path:
    """The folder of the sample company's rules."""
    return rules_folder()


def demo(dw: Dealwright, seed: int, progress: Progress) -> Demo:
    """The sample company up to yesterday evening. A database that has events is left as it is."""
    last_on = min(dw.now().astimezone(dw.zone).date() - timedelta(days=1), _LAST_KNOWN)
    with dw.database.unit() as unit:
        made_before = EventLog(unit).head().seq > 0
    played = None if made_before else play(dw, seed, _first(last_on), last_on, progress)
    for name, person, roles in VISITORS:
        problems = add_user(dw, name, PASSWORD, roles, person, "en" if name in _READ_ENGLISH else "zh")
        if problems:
            raise RuntimeError(f"the demo could not add {name}: {problems[0].render()}")
    return Demo(last_on, played)


def _first(last_on: date) -> date:
    """The first day of the month, eighteen months before."""
    months = last_on.year * 12 + last_on.month - 1 - MONTHS + 1
    return date(months // 12, months % 12 + 1, 1)
