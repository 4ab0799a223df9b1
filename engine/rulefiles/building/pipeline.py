"""Builds pipelines: stages with their criteria, time limits and approvals, and the moves between them."""

from collections.abc import Iterator
from fractions import Fraction

from engine.core.fact_types import FactKind
from engine.core.rules.header import Header, Title
from engine.core.rules.pipeline import Criterion, Idle, Level, Moves, Pipeline, Stage, Stay, Transition
from engine.rulefiles.building.workflow import actions_of
from engine.rulefiles.building.workshop import Workshop, optional
from engine.rulefiles.located import Items, Text
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.pipeline import names
from engine.rulefiles.values import nearest_first


def build_pipeline(form: Form, header: Header, workshop: Workshop) -> Pipeline:
    """The pipeline's record."""
    return Pipeline(
        header=header,
        covers=workshop.condition(form.get("covers")),
        stages=tuple(_stage(stage, workshop) for stage in form["stages"]),
        moves=_moves(form["moves"], header, workshop) if "moves" in form else Moves(),
        idle=optional(form, "idle", _idle),
        probability=form["probability"],
    )


def _stage(form: Form, workshop: Workshop) -> Stage:
    closed = {"won": Fraction(1), "lost": Fraction(0)}
    return Stage(
        id=form["id"],
        title=form.get("title", Title()),
        probability=form["probability"] if "probability" in form else closed[form["closes"]],
        needs=(*_required(form, workshop), *workshop.criteria(form["needs"])),
        closes=form["closes"],
        playbook=form["playbook"],
        stay=optional(form, "stay", _stay),
        approvals=form["approvals"],
        place=form.place,
    )


def _required(form: Form, workshop: Workshop) -> Iterator[Criterion]:
    """A criterion for each fact of the deal that must be there, in words made of the fact's title. R362 for no fact."""
    written = form.source.get("requires")
    for name in written if isinstance(written, Items) else ():
        assert isinstance(name, Text), "the schema lets nothing else through"
        full = f"deal.{name}"
        fact = workshop.facts.get(full)
        if fact is None:
            known = [one.removeprefix("deal.") for one in workshop.facts if one.startswith("deal.")]
            workshop.report(name, "R362", found=str(name), known=", ".join(nearest_first(name, known)[:5]))
            continue
        source = full if fact.kind is FactKind.BOOL else f"{full} is set"
        when = workshop.condition(Text.at(source, name.place, name.width))
        title = Title(fact.title.get("en", ""), fact.title.get("zh", ""))
        words = Title(f"Fill in: {title.show('en') or name}", f"请填写：{title.show('zh') or name}")
        if when:
            yield Criterion(when, words, name.place)


def _stay(form: Form) -> Stay:
    if "levels" in form:
        return Stay(tuple(_level(level) for level in form["levels"]), form["on_reentry"], form.place)
    first = Level(form["at_most"], form["then"]["task"], form["then"]["to"], place=form.place)
    then = (Level(form["and_after"], tell=form["tell"], chained=True, place=form.place),) if "and_after" in form else ()
    return Stay((first, *then), form["on_reentry"], form.place)


def _level(form: Form) -> Level:
    return Level(form["after"], form["task"], form["to"], form["tell"], form["move"], form["because"], place=form.place)


def _moves(form: Form, header: Header, workshop: Workshop) -> Moves:
    drawn = enumerate(form.get("allowed", ()), start=1)
    return Moves(
        form["forward"], form["backward"], form["won_from"], form["reopen"], form["override"],
        tuple(_transition(one, f"{header.id}.moves.{number}", workshop) for number, one in drawn),
    )  # fmt: skip


def _transition(form: Form, purpose: str, workshop: Workshop) -> Transition:
    return Transition(
        names(form["from_stages"]), names(form["to"]), form["by"], form["needs_reason"],
        actions_of(form["then"], purpose, workshop), form.place,
    )  # fmt: skip


def _idle(form: Form) -> Idle:
    return Idle(form["since"], form["after"], form["planned_activity_shields"], form["touches"], form["apply"])
