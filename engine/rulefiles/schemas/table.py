"""Schema of `table`: a decision table, its rows written here or in a CSV file."""

from marshmallow import ValidationError

from engine.core.rules.table import HITS
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema, RuleSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, CsvFile, Line, Name
from engine.rulefiles.schemas.shapes import AnyShape, ListOf, ListOrBlock, MapOf, Nested

PLAIN_KINDS = ("percent", "number", "money", "date", "bool", "text", "person")
"""What a column of the table's own may hold; a choice also says its words."""


class ColumnSchema(RuleSchema):
    """What a column holds, where one word does not say it."""

    type = Choice(*PLAIN_KINDS, "choice", required=True)
    of = ListOf(Name(dotted=True), at_least=1)

    def made(self, form: Form) -> Form:
        """The column, once a choice has its words."""
        if form["type"] == "choice" and "of" not in form:
            raise ValidationError({"of": [problem_at(form.source, "R032", key="of")]})
        if form["type"] != "choice":
            no_effect(form, ["of"], "only a choice has words", "只有 choice 才有可选值")
        return form


def columns(**options: object) -> MapOf:
    """Names of columns with what they hold: `{rate: percent}`."""
    return MapOf(Name(dotted=True), AnyShape(Choice(*PLAIN_KINDS), Nested(ColumnSchema)), **options)


class CsvSchema(RuleSchema):
    """`{csv: commission-rate.csv}`."""

    csv = CsvFile(required=True)


class TableSchema(HeaderSchema):
    """`table:`, a decision table."""

    id = Name(data_key="table", required=True)
    gives = columns(required=True)
    by = ListOf(AnyShape(Name(dotted=True), columns()), at_least=1, required=True)
    hit = Choice(*HITS, load_default="unique")
    rows = ListOrBlock(ListOf(MapOf(Name(dotted=True), Line()), at_least=1), Nested(CsvSchema), required=True)


def column_names(form: Form) -> tuple[str, ...]:
    """The names of a table's keys and results, as its CSV file must have them in its first line."""
    keys = (name for key in form["by"] for name in ([key] if isinstance(key, str) else [own for own, _ in key]))
    return (*keys, *(name for name, _ in form["gives"]))
