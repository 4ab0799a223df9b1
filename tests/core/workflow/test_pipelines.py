"""A deal or a date that no version of a pipeline or calendar covers waits in quarantine, by name."""

import pytest

from engine.core.formulas import EvaluationError
from tests.core.workflow.story import CHINA, PIPELINE, rules
from tests.core.workflow.test_cadences import lead, new_lead
from tests.core.workflow.test_stages import deal


def test_a_deal_whose_pipeline_has_ended_is_not_moved_by_another() -> None:
    story = deal()
    story.rulebook = rules(
        pipeline=PIPELINE.replace("title: {en: Standard", "in_force: {from: 2026-10-01}\ntitle: {en: Standard")
    )
    with pytest.raises(EvaluationError) as raised:
        story.happen("deal.lost", "D-1", "2026-09-05 10:00", loss_reason="price")
    assert (raised.value.code, raised.value.params["pipeline"]) == ("E020", "standard")


def test_a_date_that_no_calendar_covers_is_not_guessed() -> None:
    story = lead("2026-09-28 10:00")
    story.rulebook = rules(new_lead(), calendar=CHINA.replace("base: CN", "in_force: {from: 2027-01-01}\nbase: CN"))
    with pytest.raises(EvaluationError) as raised:
        story.happen("task.completed", story.tasks()[0].id, "2026-09-28 11:00", outcome="connected")
    assert (raised.value.code, raised.value.params["calendar"]) == ("E041", "cn")
