"""Schema of `profile`: how the columns of somebody else's file become events."""

import re
from typing import Any, ClassVar

from marshmallow import ValidationError

from engine.core.events import EVENT_TYPES
from engine.core.numerals import Unreadable
from engine.core.problems import Place
from engine.core.rules.profile import COLUMN_KINDS, Template
from engine.rulefiles import values
from engine.rulefiles.located import Block, Text, problem_at
from engine.rulefiles.schemas.base import Form, RuleSchema, TimelessSchema
from engine.rulefiles.schemas.company import ROUNDINGS
from engine.rulefiles.schemas.fields import (
    Choice,
    CsvFile,
    DurationValue,
    JsonSchema,
    Line,
    Name,
    Number,
    Value,
    YesNo,
    Zone,
    about,
)  # fmt: skip
from engine.rulefiles.schemas.shapes import AnyShape, ListOf, MapOf, Nested

_PLACEHOLDER = re.compile(r"<([^<>]*)>")


class TemplateText(Value):
    """A text in which `<name>` stands for a column."""

    like: ClassVar[JsonSchema] = {"type": ["string", "number", "boolean"]}

    def read(self, text: Text) -> Template:
        return template_of(text, text.inside)


def template_of(text: str, place: Place) -> Template:
    """The template that a text spells. R048 for a placeholder that is no name."""
    pieces = tuple(_PLACEHOLDER.split(text.strip()))
    for name in pieces[1::2]:
        if not re.fullmatch(values.DOTTED, name):
            raise Unreadable("R048", found=name, example="amount")
    return Template(pieces, place)


def names(en: str, zh: str) -> ListOf:
    """A list of column names."""
    return ListOf(Name(dotted=True), load_default=(), metadata=about(en, zh))


def one_or_more(inner: Any, en: str, zh: str, **options: Any) -> AnyShape:
    """One text, or a list of them."""
    return AnyShape(inner, ListOf(inner, at_least=1), metadata=about(en, zh), **options)


class LookupSchema(RuleSchema):
    """`{file: closed_deals.csv, by: seller_id, give: mql_id}`."""

    file = CsvFile(
        required=True, metadata=about("A CSV file beside the imported one.", "与导入文件同一文件夹的 CSV 文件。")
    )
    by = Line(required=True, metadata=about("The header under which to look.", "在哪一列中查找。"))
    give = Line(required=True, metadata=about("The header whose cell is taken.", "取哪一列的值。"))


class ColumnSchema(RuleSchema):
    """One column."""

    header = one_or_more(
        Line(),
        "Its header in the file; several when files differ.",
        "文件中的表头；不同文件可列出多个。",
        required=True,
    )
    kind = Choice(
        *COLUMN_KINDS, data_key="is", load_default="text", metadata=about("How its cells are read.", "单元格的读法。")
    )
    optional = YesNo(load_default=False, metadata=about("The file may lack it.", "文件中可以没有此列。"))
    needed = YesNo(load_default=False, metadata=about("No cell may be empty.", "单元格不得为空。"))
    blank = ListOf(Line(), load_default=(), metadata=about("Words that mean empty.", "表示空值的写法。"))
    empty = TemplateText(metadata=about("What an empty cell stands for.", "空单元格代表的值。"))
    values = MapOf(Line(), Line(), load_default=(), metadata=about("Words and what they become.", "原词与对应的值。"))
    otherwise = Line(
        load_default="refuse",
        metadata=about("Other words: refuse, keep, empty, or a value.", "其他词：refuse、keep、empty 或某个值。"),
    )
    lookup = ListOf(
        Nested(LookupSchema), load_default=(), metadata=about("Looks it up in other files.", "在其他文件中查找该值。")
    )
    format = one_or_more(Line(), "How dates are written: YYYY-MM-DD.", "日期写法：YYYY-MM-DD。")
    zone = Zone(metadata=about("The zone of its local times.", "该列当地时间所在的时区。"))
    thousands = Line(metadata=about("What stands between thousands.", "千位分隔符。"))
    decimal = Line(metadata=about("The decimal mark.", "小数点。"))
    drop = ListOf(
        Line(),
        load_default=(),
        metadata=about("Texts to leave out of numbers, such as $.", "数字中应去掉的文字，如 ¥。"),
    )
    times = Number(metadata=about("A factor: 10_000 where the header says 万元.", "倍数：表头为“万元”时写 10_000。"))
    currency = TemplateText(metadata=about("A currency, or <the column that has it>.", "币种，或 <币种所在的列>。"))
    round = Choice(
        *ROUNDINGS,
        metadata=about(
            "How more decimals than fit are rounded; refused when left out.", "小数位过多时的舍入方式；省略则拒绝。"
        ),
    )


class GroupSchema(RuleSchema):
    """`{by: order, sum: [amount]}`."""

    by = Name(
        dotted=True,
        required=True,
        metadata=about("Rows with the same value here are one.", "此列相同的相邻行合为一行。"),
    )
    sum = names("Columns that add up.", "相加的列。")


class RepeatSchema(RuleSchema):
    """`{times: instalments, every: 1 months, split: amount}`."""

    times = Name(dotted=True, required=True, metadata=about("The column that says how many.", "次数所在的列。"))
    every = DurationValue(required=True, metadata=about("The time between two of them.", "两次之间的间隔。"))
    split = Name(
        dotted=True, required=True, metadata=about("The money column that is divided among them.", "被分摊的金额列。")
    )


class EventSchema(RuleSchema):
    """One event that a row makes."""

    event = Choice(*EVENT_TYPES, required=True, metadata=about("The event.", "事件。"))
    subject = TemplateText(required=True, metadata=about("What it is about.", "事件的对象。"))
    key = TemplateText(required=True, metadata=about("What names it for ever.", "事件的唯一键。"))
    at = TemplateText(required=True, metadata=about("When it happened.", "发生时间。"))
    actor = TemplateText(metadata=about("Who did it.", "操作人。"))
    body = MapOf(Name(dotted=True), TemplateText(), load_default=(), metadata=about("Its fields.", "事件的字段。"))
    when = MapOf(
        Name(dotted=True), one_or_more(Line(), "The words.", "这些词。"), load_default=(),
        metadata=about("Only rows with one of these words in a column.", "仅当该列为这些词之一。"),
    )  # fmt: skip
    if_set = names("Only rows in which these columns are not empty.", "仅当这些列不为空。")
    if_empty = names("Only rows in which these columns are empty.", "仅当这些列为空。")
    once = YesNo(load_default=False, metadata=about("Only the first row of each key.", "每个键只取第一行。"))
    repeat = Nested(RepeatSchema, metadata=about("Makes several of it.", "生成多个事件。"))


class ProfileSchema(TimelessSchema):
    """`profile:`, an import profile."""

    later: ClassVar[tuple[str, ...]] = (*TimelessSchema.later, "export", "totals")

    id = Name(data_key="profile", required=True, metadata=about("The profile's id.", "导入模板编号。"))
    source = Name(
        metadata=about(
            "The name of its events' source; the profile's id when left out.", "事件来源名；省略则为模板编号。"
        )
    )
    zone = Zone(
        metadata=about(
            "The zone of local times in the file; the company's when left out.",
            "文件中当地时间的时区；省略则用公司的。",
        )
    )
    columns = MapOf(
        Name(dotted=True),
        Nested(ColumnSchema),
        required=True,
        metadata=about("The columns that it reads.", "所读取的列。"),
    )
    group = Nested(GroupSchema, metadata=about("Makes one of several rows.", "多行合为一行。"))
    events = ListOf(
        Nested(EventSchema),
        at_least=1,
        required=True,
        metadata=about("The events that a row makes.", "一行生成的事件。"),
    )

    def made(self, form: Form) -> Form:
        """The profile's form; a profile without columns is R037."""
        block = form.source["columns"]
        if isinstance(block, Block) and not block:
            raise ValidationError({"columns": [problem_at(form.at("columns"), "R037")]})
        return form
