"""Pages for people who write rules, made from the schemas and the problem texts, so that they are always true."""

from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, fields

from engine.core.events import RULE_EVENTS
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.problems import Language
from engine.rulefiles.schemas.fields import Choice
from engine.rulefiles.schemas.kinds import LATER_KINDS, SCHEMAS
from engine.rulefiles.schemas.meanings import meaning
from engine.rulefiles.schemas.shapes import AnyShape, ListOf, ListOrBlock, MapOf, OneOf
from engine.rulefiles.values import DOTTED

_VALUES: dict[str, tuple[str, str]] = {
    "Name": ("id, `new-lead`", "编号，`new-lead`"),
    "Dotted": ("name, `trade_show`, `deal.budget`", "名称，`trade_show`、`deal.budget`"),
    "YesNo": ("`yes` or `no`", "`yes` 或 `no`"),
    "MoneyValue": ("money, `120_000 CNY`", "金额，`120_000 CNY`"),
    "Percent": ("percent, `12.5%`", "百分比，`12.5%`"),
    "ShareOrAmount": ("percent or money, `25%`, `10_000 CNY`", "百分比或金额，`25%`、`10_000 CNY`"),
    "Number": ("number, `0.75`", "数字，`0.75`"),
    "Points": ("number from 0 on, `0.8`", "不小于 0 的数字，`0.8`"),
    "Whole": ("whole number, `40`", "整数，`40`"),
    "AboveZero": ("whole number from 1, `40`", "从 1 起的整数，`40`"),
    "Levels": ("`all` or a whole number from 1", "`all` 或从 1 起的整数"),
    "Day": ("date, `2026-03-31`", "日期，`2026-03-31`"),
    "MonthDay": ("day of the year, `01-01`", "月-日，`01-01`"),
    "PeriodName": ("period, `2026`, `2026-H1`, `2026-Q1`, `2026-03`", "期间，`2026`、`2026-H1`、`2026-Q1`、`2026-03`"),
    "DurationValue": (
        "duration, `3 business days`, `4 business hours`, `30 days`, `6 months`",
        "时长，`3 business days`、`4 business hours`、`30 days`、`6 months`",
    ),
    "DaysValue": ("days, `2 business days`, `3 days`, `1 weeks`", "天数，`2 business days`、`3 days`、`1 weeks`"),
    "Hours": ("hours, `09:00-18:00`", "时间段，`09:00-18:00`"),
    "Currency": ("currency, `CNY`", "币种，`CNY`"),
    "Zone": ("time zone, `Asia/Shanghai`", "时区，`Asia/Shanghai`"),
    "CsvFile": ("a CSV file beside this one", "同一文件夹中的 CSV 文件"),
    "Line": ("text", "文字"),
    "TemplateText": ("text with `<column>`", "文字，可含 `<列>`"),
    "Expression": ("formula", "公式"),
    "Condition": ("condition: one, a list, `any:`, `not:`", "条件：一个、列表、`any:`、`not:`"),
    "Words": ("words, `{en: …, zh: …}`", "文字，`{en: …, zh: …}`"),
}
_PHRASES = {
    "en": {"event": "an event", "list": "list of ", "map": "block: own keys → ", "or": " or ", "block": "block ",
           "head": "| key | needed | value | meaning |", "yes": "yes", "later": "Not carried out yet: ",
           "problems": "Problems", "error": "error", "warning": "warning", "events": "Events that `on:` may name"},
    "zh": {"event": "事件", "list": "列表：", "map": "块：自定键 → ", "or": " 或 ", "block": "块 ",
           "head": "| 键 | 必填 | 值 | 含义 |", "yes": "是", "later": "尚不执行：",
           "problems": "问题一览", "error": "错误", "warning": "警告", "events": "`on:` 可用的事件"},
}  # fmt: skip


def reference(language: Language) -> str:
    """Every kind, block and key that this version carries out, as Markdown."""
    told: set[type[Schema]] = set()
    parts = [part for kind, schema in SCHEMAS.items() for part in _kind(kind, schema, language, told)]
    phrases = _PHRASES[language]
    later = f"{phrases['later']}{', '.join(f'`{kind}`' for kind in LATER_KINDS)}."
    events = f"### {phrases['events']}\n\n" + ", ".join(f"`{name}`" for name in RULE_EVENTS) + "."
    return "\n\n".join([*parts, events, later]) + "\n"


def _kind(kind: str, schema: Schema, language: Language, told: set[type[Schema]]) -> Iterator[str]:
    """The tables of one kind: its own keys, then each block inside it that no kind before it had."""
    yield f"### `{kind}`"
    seen: dict[str, Schema] = {}
    _collect(schema, seen)
    for name, block in ((name, block) for name, block in seen.items() if type(block) not in told):
        told.add(type(block))
        title = "" if block is schema else f"**{name}**\n\n"
        yield title + "\n".join(_table(name, block, language))


def _collect(schema: Schema, seen: dict[str, Schema]) -> None:
    """The schema and every block inside it, by name, outermost first."""
    seen.setdefault(_name(schema), schema)
    for field in schema.fields.values():
        for inner in _blocks(field):
            if _name(inner) not in seen:
                _collect(inner, seen)


def _blocks(field: Any) -> Iterator[Schema]:
    """The schemas that a field nests."""
    if isinstance(field, fields.Nested):
        yield field.schema
    elif isinstance(field, AnyShape):
        yield from _blocks(field.other)
    elif isinstance(field, ListOrBlock):
        yield from (*_blocks(field.items), *_blocks(field.block))
    elif isinstance(field, OneOf):
        yield from (nested.schema for nested in field.inner.values())
    elif isinstance(field, ListOf | MapOf):
        yield from _blocks(field.inner)


def _name(schema: Schema) -> str:
    return type(schema).__name__.removesuffix("Schema")


def _table(name: str, schema: Schema, language: Language) -> Iterator[str]:
    """One block's keys as rows."""
    phrases = _PHRASES[language]
    yield phrases["head"]
    yield "|---|---|---|---|"
    for attribute, field in sorted(schema.fields.items(), key=lambda pair: pair[0] != "id"):
        key = field.data_key or attribute
        words = meaning(name, key, field)[language == "zh"]
        yield f"| `{key}` | {phrases['yes'] if field.required else ''} | {_value(field, language)} | {words} |"
    later = (*getattr(schema, "later", ()), *(word for field in schema.fields.values() for word in _later(field)))
    if later:
        yield f"\n{phrases['later']}{', '.join(f'`{key}`' for key in later)}."


def _later(field: Any) -> Iterator[str]:
    """The words and kinds of a key that are not carried out yet: `on_reopen: resume`, `- pool`."""
    if isinstance(field, Choice):
        yield from (f"{field.data_key or field.name}: {word}" for word in field.later)
    elif isinstance(field, OneOf):
        yield from (f"- {kind}" for kind in field.later)
    elif isinstance(field, ListOf):
        yield from _later(field.inner)


def _value(field: Any, language: Language) -> str:
    """What a key takes, in words."""
    phrases = _PHRASES[language]
    if isinstance(field, Choice):
        return phrases["event"] if len(field.words) > 20 else " · ".join(f"`{word}`" for word in field.words)
    if isinstance(field, ListOf):
        return phrases["list"] + _value(field.inner, language)
    if isinstance(field, MapOf):
        return phrases["map"] + _value(field.inner, language)
    if isinstance(field, AnyShape):
        return _value(field.text, language) + phrases["or"] + _value(field.other, language)
    if isinstance(field, ListOrBlock):
        return _value(field.items, language) + phrases["or"] + _value(field.block, language)
    blocks = [f"**{_name(schema)}**" for schema in _blocks(field)]
    if blocks:
        return phrases["block"] + phrases["or"].join(blocks)
    name = "Dotted" if getattr(field, "pattern", "") == DOTTED else type(field).__name__
    return _VALUES[name][language == "zh"]


def problem_page(language: Language) -> str:
    """Every problem of rules (codes R…) with its words and its remedy, as Markdown."""
    phrases = _PHRASES[language]
    rows = [f"# {phrases['problems']}\n"]
    for code, text in sorted(item for item in PROBLEM_TEXTS.items() if item[0].startswith("R")):
        words, remedy = (text.zh, text.remedy_zh) if language == "zh" else (text.en, text.remedy_en)
        said, do = (part.replace("{{", "{").replace("}}", "}") for part in (words, remedy))
        rows.append(f"## {code} · {phrases[text.severity]}\n\n{said}\n\n→ {do}\n")
    return "\n".join(rows)
