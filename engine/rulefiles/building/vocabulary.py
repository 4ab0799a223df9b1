"""Builds vocabularies, and puts together the table of all facts that rules may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.core.approving.standing import STANDINGS
from engine.core.fact_types import BUILT_IN_FACTS, FactKind, FactType
from engine.core.formulas import Formula
from engine.core.rules.header import Header, Title
from engine.core.rules.vocabulary import Measure, TaskOutcome, Vocabulary
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.located import Block, Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.vocabulary import SUBJECTS
from engine.rulefiles.values import nearest_first

_HISTORY_OF = {
    "activities": ("activity.", ("kind", "outcome", "channel", "duration_minutes", "on", "by")),
    "payments": ("payment.", ("amount", "on", "instalment")),
    "invoices": ("invoice.", ("amount", "on")),
    "credit_notes": ("credit_note.", ("amount", "on", "reason")),
    "deals": ("deal.", ()),
}
_MEASURED = ("deal", "account")
"""Subjects with a history of deals, activities and money; other subjects have credits."""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that rules of one folder bring and conditions compare with; an empty tuple leaves a choice open."""

    stages: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    partner_tiers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    grades: tuple[str, ...] = ()
    approvals: tuple[tuple[str, Title], ...] = ()


def facts_known(known: Known, vocabularies: Sequence[Vocabulary]) -> dict[str, FactType]:
    """Built-in facts with the folder's choices filled in, custom facts, measures, goals as `targets.<id>` and how
    approvals stand as `approval.<id>`."""
    facts = dict(BUILT_IN_FACTS)
    for names, choices in (
        (("deal.stage", "deal.previous_stage"), known.stages),
        (("deal.pipeline",), known.pipelines),
        (("owner.level", "person.level"), known.levels),
        (("owner.role", "person.role", "actor.role"), known.roles),
        (("deal.channel", "partner.channel"), known.channels),
        (("partner.partner_tier",), known.partner_tiers),
        (("scorecard.grade",), known.grades),
    ):
        facts |= {name: replace(facts[name], choices=choices) for name in names if choices}
    for vocabulary in vocabularies:
        facts |= vocabulary.facts
        facts |= {measure.name: measure_type(measure, facts) for measure in vocabulary.measures}
    if outcomes := tuple(one.code for vocabulary in vocabularies for one in vocabulary.outcomes):
        facts["task.outcome"] = replace(facts["task.outcome"], choices=outcomes)
    facts |= {
        f"approval.{id}": FactType(FactKind.CHOICE, STANDINGS, title=_titled(title)) for id, title in known.approvals
    }
    return facts | {f"targets.{id}": FactType(FactKind.MONEY, currency=currency) for id, currency in known.targets}


def _titled(title: Title) -> dict[str, str]:
    """An approval's name as a fact's title: how it stands."""
    return {"en": f"Approval: {title.show('en')}", "zh": f"审批：{title.show('zh')}"} if title != Title() else {}


def measure_type(measure: Measure, facts: Mapping[str, FactType]) -> FactType:
    """A count is a number; a sum is what its field is."""
    if measure.function == "count":
        return FactType(FactKind.NUMBER)
    if measure.of.startswith("credits."):
        return FactType(FactKind.MONEY)
    field = facts.get(_HISTORY_OF[measure.of][0] + measure.field)
    return FactType(field.kind) if field else FactType(FactKind.MONEY)


def custom_facts(form: Form, workshop: Workshop) -> dict[str, FactType]:
    """The declared facts by full name; one that is built in is R215."""
    facts = {}
    for subject in SUBJECTS:
        for name, fact in form[subject]:
            if f"{subject}.{name}" in BUILT_IN_FACTS:
                workshop.report(_key(form.source, subject, name), "R222", found=f"{subject}.{name}")
            facts[f"{subject}.{name}"] = _fact_type(fact)
    return facts


def _key(source: Block, subject: str, name: str) -> Text:
    """The key of a declared fact, as it was written."""
    block = source[subject]
    assert isinstance(block, Block), "the schema lets nothing else through"
    return block.key(name)


def _fact_type(form: Form) -> FactType:
    """The type of one custom fact."""
    kind, title = FactKind(form["type"]), form.get("title", Title())
    of = form.get("of", ())
    return FactType(
        kind,
        choices=of if kind is FactKind.CHOICE else (),
        currency=form.get("currency"),
        title={"en": title.en, "zh": title.zh},
        element=FactKind.CHOICE if kind is FactKind.LIST and of else FactKind.TEXT,
        element_choices=of if kind is FactKind.LIST else (),
    )


def build_vocabulary(form: Form, header: Header, workshop: Workshop, credits: tuple[str, ...]) -> Vocabulary:
    """The vocabulary's record; measures that cannot be made are reported and left out."""
    facts = custom_facts(form, workshop)
    made = (_measure(name, measure, workshop, facts, credits) for name, measure in form["measures"])
    outcomes = tuple(_outcome(code, outcome) for code, outcome in form["outcomes"])
    return Vocabulary(header, facts, tuple(m for m in made if m), outcomes, form["logged_when_done"])


def _outcome(code: str, form: Form) -> TaskOutcome:
    return TaskOutcome(code, form.get("title", Title(code, code)), form["channels"], form["purposes"])


def _measure(
    name: str, form: Form, workshop: Workshop, custom: Mapping[str, FactType], credits: tuple[str, ...]
) -> Measure | None:
    """One measure, or None with its problem reported."""
    subject, _, rest = name.partition(".")
    if subject not in SUBJECTS or not rest:
        workshop.report(form.source, "R217", found=name, known=", ".join(SUBJECTS))
        return None
    function = "count" if "count" in form else "sum"
    of, field = _history(form[function], function)
    if not _possible(subject, of, "" if function == "count" else field, credits, custom):
        known = _choices(subject, function, credits)
        workshop.report(
            form.at(function), "R216", found=form[function], known=", ".join(nearest_first(form[function], known))
        )
        return None
    if "within" in form and form["within"].unit.base[0].value != "days":
        workshop.report(form.at("within"), "R219", found=str(form["within"]))
        return None
    return Measure(name, function, of, field, _where(form, of, workshop, custom), form.get("within"), form.place)


def _history(written: str, function: str) -> tuple[str, str]:
    """`payments.amount` as what is added up and which field; credits keep their name: `credits.bookings`."""
    if function == "count" or written.startswith("credits."):
        return written, "amount"
    of, _, field = written.partition(".")
    return of, field or "amount"


def _choices(subject: str, function: str, credits: tuple[str, ...]) -> list[str]:
    """What a measure of a subject can be made of."""
    own = [f"credits.{name}" for name in credits]
    if subject not in _MEASURED:
        return own
    sums = ["payments.amount", "invoices.amount", "credit_notes.amount", "deals.amount", "activities.duration_minutes"]
    return own + (list(_HISTORY_OF) if function == "count" else sums)


def _possible(subject: str, of: str, field: str, credits: tuple[str, ...], custom: Mapping[str, FactType]) -> bool:
    """True when the subject has such a history and the field, if one is summed, is a number or money."""
    if of.startswith("credits."):
        return not credits or of.removeprefix("credits.") in credits
    if subject not in _MEASURED or of not in _HISTORY_OF:
        return False
    if not field:
        return True
    fact = {**BUILT_IN_FACTS, **custom}.get(_HISTORY_OF[of][0] + field)
    return fact is not None and fact.kind in (FactKind.MONEY, FactKind.NUMBER)


def _where(form: Form, of: str, workshop: Workshop, custom: Mapping[str, FactType]) -> Formula | None:
    """The condition on one record, compiled with that record's bare field names."""
    written = form.get("where")
    if written is None:
        return None
    bare = Workshop(record_facts(of, workshop.facts, custom), workshop.environment, workshop.company)
    condition = bare.condition(written)
    workshop.problems += bare.problems
    return condition


def record_facts(of: str, facts: Mapping[str, FactType], custom: Mapping[str, FactType]) -> dict[str, FactType]:
    """The field names of one record of a history."""
    if of.startswith("credits."):
        return {"amount": FactType(FactKind.MONEY), "on": FactType(FactKind.DATE)}
    prefix, names = _HISTORY_OF[of]
    every = {**facts, **custom}
    wanted = [f"{prefix}{name}" for name in names] or [name for name in every if name.startswith(prefix)]
    wanted += [name for name in custom if name.startswith(prefix)]
    return {name.removeprefix(prefix): every[name] for name in wanted if name in every}
