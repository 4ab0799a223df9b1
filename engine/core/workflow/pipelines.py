"""Which pipeline and which calendar hold for a deal on a day."""

from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.records import Deal
from engine.core.rules.company import Calendar
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rulebook, in_force


def pipeline_of(deal: Deal, rulebook: Rulebook, on: date) -> Pipeline:
    """The version of the deal's pipeline in force on the day. Raises E020 when there is none."""
    for pipeline in in_force(rulebook.pipelines, on):
        if pipeline.header.id == deal.pipeline:
            return pipeline
    raise EvaluationError("E020", None, deal=deal.id, pipeline=deal.pipeline, on=on.isoformat())


def calendar_of(calendar_id: str, rulebook: Rulebook, on: date) -> Calendar:
    """The calendar of that id in force on the day, the company's for an empty id. Raises E041 when there is none."""
    calendar = rulebook.calendar(calendar_id, on)
    if calendar is None:
        raise EvaluationError("E041", None, calendar=calendar_id or rulebook.company.calendar, on=on.isoformat())
    return calendar
