"""The two-column tables of a feature: what is recorded about a deal or a customer, by the titles that people see."""

import re
from fractions import Fraction

from engine.core.fact_types import FactKind, FactType
from engine.core.records import Share
from engine.core.rules.rulebook import Rulebook
from engine.core.value_texts import read_percent
from tests.steps.cast import PARTNER_NAMES, PEOPLE_NAMES
from tests.steps.readings import WrongSpelling, money, on_day

Table = list[list[str]]

CHOICES_ZH = {
    "直销": "direct", "展会": "trade_show", "行业协会": "association", "渠道伙伴": "partner", "官方商城": "online_store",
    "电商平台": "marketplace", "社交媒体": "social", "硬件": "hardware", "软件": "software", "服务": "service",
    "欧洲": "europe", "亚洲": "asia", "新签": "new", "增购": "expansion", "续约": "renewal", "无": "none", "网站表单": "website_form",
    "大型": "large", "中型": "medium", "小型": "small",
}  # fmt: skip
"""The words of Chinese features for choices that the rule files write as codes."""

_TRUTH = {"yes": True, "no": False, "是": True, "否": False}


def facts_of(table: Table, rulebook: Rulebook, of: str = "deal") -> dict[str, object]:
    """The facts of a deal, or of a customer (`account`), that a table tells of, by bare name."""
    return dict(fact_of(name, text, rulebook, of) for name, text in table)


def fact_of(title: str, text: str, rulebook: Rulebook, of: str) -> tuple[str, object]:
    """One row: the fact's bare name and its value."""
    titles = {
        shown: name
        for name, fact in rulebook.facts.items()
        if name.startswith(f"{of}.")
        for shown in fact.title.values()
    }
    if title not in titles:
        raise WrongSpelling(f"{title!r} is none of {', '.join(sorted(titles))}")
    name = titles[title]
    return name.removeprefix(f"{of}."), value_of(rulebook.facts[name], text)


def value_of(fact: FactType, text: str) -> object:
    """The value of one cell, by the kind of its fact; `-` is nothing recorded."""
    if text == "-":
        return None
    match fact.kind:
        case FactKind.MONEY:
            return money(text)
        case FactKind.BOOL:
            return _TRUTH[text]
        case FactKind.PERSON:
            return PEOPLE_NAMES[text]
        case FactKind.PARTNER:
            return PARTNER_NAMES[text]
        case FactKind.DATE:
            return on_day(text)
        case FactKind.PERCENT:
            return read_percent(text)
        case FactKind.NUMBER:
            return int(text)
        case FactKind.LIST:
            return team_of(text)
        case FactKind.CHOICE:
            return CHOICES_ZH.get(text) or text.replace(" ", "_")
    return text


def team_of(text: str) -> tuple[Share, ...]:
    """`Chen Wei 60%, Li Na 40%`."""
    return tuple(_share(part.strip()) for part in re.split("[,、]", text))


def _share(text: str) -> Share:
    found = re.fullmatch(r"(.+?) ?(\d+(?:\.\d+)?)%", text)
    if not found or found[1] not in PEOPLE_NAMES:
        raise WrongSpelling(f"{text!r}: write a share as Chen Wei 60% / 份额写作 陈伟 60%")
    return Share(PEOPLE_NAMES[found[1]], Fraction(found[2]) / 100)
