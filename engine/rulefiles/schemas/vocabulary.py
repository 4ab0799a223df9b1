"""Schema of `vocabulary`: the company's own facts, measures and outcomes of tasks."""

from marshmallow import ValidationError

from engine.core.fact_types import FactKind
from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, RuleSchema, TimelessSchema, no_effect
from engine.rulefiles.schemas.fields import Choice, Currency, DurationValue, Name
from engine.rulefiles.schemas.shapes import Condition, ListOf, MapOf, Nested, Words
from engine.rulefiles.schemas.workflow import TASK_CHANNELS

SUBJECTS = ("deal", "account", "contact", "owner", "partner", "activity")
FACT_KINDS = tuple(kind.value for kind in (
    FactKind.MONEY, FactKind.PERCENT, FactKind.NUMBER, FactKind.DATE, FactKind.INSTANT, FactKind.BOOL, FactKind.TEXT,
    FactKind.CHOICE, FactKind.LIST, FactKind.PERSON, FactKind.CURRENCY))  # fmt: skip


class FactSchema(RuleSchema):
    """A custom fact."""

    type = Choice(*FACT_KINDS, required=True)
    of = ListOf(Name(dotted=True), at_least=1)
    currency = Currency()
    title = Words()

    def made(self, form: Form) -> Form:
        """The fact, once a choice has its words."""
        if form["type"] == "choice" and "of" not in form:
            raise ValidationError({"of": [problem_at(form.source, "R032", key="of")]})
        if form["type"] not in ("choice", "list"):
            no_effect(form, ["of"], "only a choice or a list has words", "只有 choice 与 list 才有可选值")
        if form["type"] != "money":
            no_effect(form, ["currency"], "only money has a currency", "只有 money 才有币种")
        return form


class MeasureSchema(RuleSchema):
    """A number counted or added up over a subject's history."""

    count = Name(dotted=True)
    sum = Name(dotted=True)
    where = Condition()
    within = DurationValue()

    def made(self, form: Form) -> Form:
        """The measure, once it counts or adds up."""
        if ("count" in form) == ("sum" in form):
            raise ValidationError({"count": [problem_at(form.source, "R055")]})
        return form


class TaskOutcomeSchema(RuleSchema):
    """What may come of a task."""

    title = Words()
    channels = ListOf(Choice(*TASK_CHANNELS), at_least=1, load_default=())
    purposes = ListOf(Name(), at_least=1, load_default=())


def facts_of(subject: str) -> MapOf:
    """The custom facts of one subject."""
    return MapOf(Name(dotted=True), Nested(FactSchema), load_default=())


class VocabularySchema(TimelessSchema):
    """`vocabulary:`, the company's own facts, measures and outcomes of tasks."""

    id = Name(data_key="vocabulary", required=True)
    deal = facts_of("deal")
    account = facts_of("account")
    contact = facts_of("contact")
    owner = facts_of("owner")
    partner = facts_of("partner")
    activity = facts_of("activity")
    measures = MapOf(
        Name(dotted=True),
        Nested(MeasureSchema),
        load_default=(),
    )
    outcomes = MapOf(Name(dotted=True), Nested(TaskOutcomeSchema), load_default=())
    logged_when_done = ListOf(Choice(*TASK_CHANNELS), at_least=1, load_default=())
