"""A small company for intake tests, and a way to write a file and read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.core.rules.profile import Profile
from engine.core.rules.rulebook import Rulebook
from engine.intake.events import EventReader
from engine.intake.files import Delivery, Source, delivery_of
from engine.rulefiles.loading import load_texts

COMPANY = """
company: small
title: {en: Small, zh: 小公司}
currency: CNY
time_zone: Asia/Shanghai
languages: [en, zh]
business_hours: 09:00-18:00
calendar: cn
roles: [rep, boss]
channels: [direct, partner]
"""
CALENDAR = "calendar: cn\ntitle: {en: China, zh: 中国}\nbase: CN\nyears: {from: 2025, until: 2027}\n"
VOCABULARY = """
vocabulary: small
title: {en: Facts, zh: 数据项}
deal:
  budget: {type: money, title: {en: Budget, zh: 预算}}
  competitor: {type: choice, of: [none, aurora, meridian], title: {en: Competitor, zh: 对手}}
  tags: {type: list, of: [hot, cold], title: {en: Tags, zh: 标签}}
owner:
  factor: {type: number, title: {en: Factor, zh: 系数}}
measures:
  deal.count_of_calls: {count: activities, where: kind = "call"}
"""
PIPELINE = """
pipeline: p
title: {en: P, zh: P}
stages:
  - {stage: lead, title: {en: Lead, zh: 线索}, probability: 10%}
  - {stage: won, title: {en: Won, zh: 赢}, closes: won}
  - {stage: lost, title: {en: Lost, zh: 输}, closes: lost}
moves: {reopen: boss}
"""


def rules(profile: str = "") -> dict[str, str]:
    """The company's files, with one profile when it is given."""
    files = {"company.yaml": COMPANY, "calendar.yaml": CALENDAR, "facts.yaml": VOCABULARY, "pipeline.yaml": PIPELINE}
    return files | ({"profile.yaml": profile} if profile else {})


def book(profile: str = "") -> Rulebook:
    """The company's rulebook; fails with every problem when there is none."""
    loaded = load_texts(rules(profile))
    assert loaded.rulebook, "\n".join(problem.render() for problem in loaded.problems)
    return loaded.rulebook


@pytest.fixture(scope="session")
def reader() -> EventReader:
    """Reads events under the small company's rulebook."""
    return EventReader.of(book())


@pytest.fixture
def delivered(tmp_path: Path) -> Callable[..., Delivery]:
    """Writes a file and reads it: `delivered(name, content, profile)`."""

    def read(name: str, content: str | bytes, profile: str = "", **others: str) -> Delivery:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for other, text in others.items():
            (tmp_path / f"{other}.csv").write_text(text, encoding="utf-8")
        rulebook = book(profile)
        found: Profile | None = rulebook.profiles[0] if profile else None
        return delivery_of(Source(path, EventReader.of(rulebook), "history", found, "test"))

    return read
