"""Moves between stages: every missing criterion at once, overrides with a reason, closing, reopening, probability."""

from fractions import Fraction

import pytest

from engine.core.money import Money
from engine.core.outcomes import Overridden
from engine.core.problem_texts import PROBLEM_TEXTS
from engine.core.workflow.gates import gate, next_stage
from tests.core.workflow.story import PIPELINE, Story, rules

BUDGET = Money(500_000, "CNY")
ANY = PIPELINE.replace("forward: next_only", "forward: any")


def deal(stage: str = "lead", pipeline: str = PIPELINE, **facts: object) -> Story:
    """A deal of Wei's, moved to the stage with what it needs."""
    story = Story(rules(pipeline=pipeline)).happen("deal.created", "D-1", "2026-09-01 10:00", owner="wei", **facts)
    path = ["qualified", "proposal"]
    for number, name in enumerate(path[: path.index(stage) + 1] if stage in path else []):
        story.happen("deal.stage_asked", "D-1", f"2026-09-0{number + 2} 10:00", stage=name, budget=BUDGET, contact="Li")
    return story


def test_every_missing_criterion_is_named_at_once_with_its_words_place_and_facts() -> None:
    refused = deal().happen("deal.stage_asked", "D-1", "2026-09-02 10:00", stage="qualified").refusal()
    assert refused.code == "E028"
    assert [missing.words.zh for missing in refused.missing] == ["请填写预算", "请填写联系人"]
    assert [missing.condition for missing in refused.missing] == ["deal.budget is set", "deal.contact is set"]
    assert [missing.facts for missing in refused.missing] == [(("deal.budget", None),), (("deal.contact", None),)]
    assert refused.missing[0].place.line == refused.missing[1].place.line - 1


def test_a_refused_move_changes_nothing_and_facts_that_come_with_a_move_count() -> None:
    story = deal().happen("deal.stage_asked", "D-1", "2026-09-02 10:00", stage="qualified", budget=BUDGET)
    assert len(story.refusal().missing) == 1
    assert "budget" not in story.deal().facts
    story.happen("deal.stage_asked", "D-1", "2026-09-02 11:00", stage="qualified", budget=BUDGET, contact="Li")
    assert (story.deal().stage, story.deal().visit, story.deal().previous_stage) == ("qualified", 2, "lead")


@pytest.mark.parametrize(
    ("stage", "code"),
    [("proposal", "E025"), ("lead", "E022"), ("won", "E024"), ("moon", "E021")],
)
def test_moves_that_the_pipeline_does_not_have_are_refused_by_name(stage: str, code: str) -> None:
    assert deal().happen("deal.stage_asked", "D-1", "2026-09-02 10:00", stage=stage).refusal().code == code


def test_a_jump_forward_asks_for_the_criteria_of_the_stages_it_passes_over() -> None:
    refused = deal(pipeline=ANY).happen("deal.stage_asked", "D-1", "2026-09-02 10:00", stage="proposal").refusal()
    assert [missing.words.en for missing in refused.missing] == [
        "Record the budget", "Name the contact", "The budget is too small",
    ]  # fmt: skip


def test_going_back_needs_a_reason_and_no_criteria() -> None:
    story = deal("proposal").happen("deal.stage_asked", "D-1", "2026-09-05 10:00", stage="lead")
    assert story.refusal().code == "E027"
    story.happen("deal.stage_asked", "D-1", "2026-09-05 10:00", stage="lead", reason="Wrong contact")
    assert story.deal().stage == "lead"


def test_going_back_can_be_forbidden() -> None:
    story = deal("qualified", PIPELINE.replace("backward: with_reason", "backward: never"))
    assert (
        story.happen("deal.stage_asked", "D-1", "2026-09-05 10:00", stage="lead", reason="x").refusal().code == "E026"
    )


def test_somebody_with_the_right_may_override_with_a_reason_and_it_is_kept_what_was_missing() -> None:
    story, ask = deal(), {"stage": "proposal", "override": True}
    assert (
        story.happen("deal.stage_asked", "D-1", "2026-09-02 10:00", "wei", **ask, reason="please").refusal().code
        == "E034"
    )
    assert story.happen("deal.stage_asked", "D-1", "2026-09-02 10:00", "dong", **ask).refusal().code == "E035"
    story.happen("deal.stage_asked", "D-1", "2026-09-02 10:00", "dong", **ask, reason="Known customer")
    (overridden,) = [outcome for outcome in story.outcomes if isinstance(outcome, Overridden)]
    assert (overridden.stage, overridden.reason, story.deal().stage) == ("proposal", "Known customer", "proposal")
    assert overridden.missing[0].words.en == "From lead the next stage is qualified; proposal skips it."
    assert len(overridden.missing) == 4


def test_somebody_who_has_left_has_no_right_any_more() -> None:
    story = deal().happen("person.left", "dong", "2026-09-02 09:00")
    ask = {"stage": "qualified", "override": True, "reason": "Known customer"}
    assert story.happen("deal.stage_asked", "D-1", "2026-09-02 10:00", "dong", **ask).refusal().code == "E034"


def test_an_override_does_not_reach_what_holds_for_everybody() -> None:
    story = deal().happen(
        "deal.stage_asked", "D-1", "2026-09-02 10:00", "dong", stage="moon", override=True, reason="x"
    )
    assert story.refusal().code == "E021"


def test_a_deal_is_won_from_the_named_stage_with_its_day_and_certainty() -> None:
    assert (
        deal("qualified").happen("deal.won", "D-1", "2026-09-05 10:00", contract_signed=True).refusal().code == "E029"
    )
    story = deal("proposal")
    assert story.happen("deal.won", "D-1", "2026-09-05 10:00").refusal().missing[0].words.en == "Attach the contract"
    story.happen("deal.won", "D-1", "2026-09-05 10:00", contract_signed=True)
    won = story.deal()
    assert (won.stage, won.status, str(won.won_on), won.facts["probability"]) == (
        "won",
        "won",
        "2026-09-05",
        Fraction(1),
    )
    assert story.happen("deal.won", "D-1", "2026-09-06 10:00", contract_signed=True).refusal().code == "E031"
    assert story.happen("deal.lost", "D-1", "2026-09-06 10:00", loss_reason="price").refusal().code == "E023"


def test_a_deal_is_lost_from_any_stage_but_not_without_saying_why() -> None:
    story = deal().happen("deal.lost", "D-1", "2026-09-05 10:00")
    assert story.refusal().missing[0].words.en == "Say why"
    story.happen("deal.lost", "D-1", "2026-09-05 10:00", loss_reason="price")
    assert (story.deal().status, story.deal().facts["probability"]) == ("lost", Fraction(0))


def test_reopening_is_for_a_role_and_brings_back_stage_and_probability() -> None:
    story = deal("proposal", probability=Fraction(3, 5))
    assert story.happen("deal.reopened", "D-1", "2026-09-06 10:00", "lin", reason="x").refusal().code == "E032"
    story.happen("deal.won", "D-1", "2026-09-05 10:00", contract_signed=True)
    assert story.deal().facts["probability"] == Fraction(1)
    assert story.happen("deal.reopened", "D-1", "2026-09-06 10:00", "wei", reason="x").refusal().code == "E033"
    story.happen("deal.reopened", "D-1", "2026-09-06 10:00", "lin", reason="Signed by the wrong company")
    again = story.deal()
    assert (again.stage, again.status, again.won_on, again.facts["probability"]) == (
        "proposal",
        "open",
        None,
        Fraction(3, 5),
    )


def test_a_cancelled_win_remembers_the_day_and_a_lost_deal_cannot_be_cancelled() -> None:
    story = deal("proposal").happen("deal.won", "D-1", "2026-09-05 10:00", contract_signed=True)
    story.happen("deal.cancelled", "D-1", "2026-10-20 10:00", reason="Budget cut")
    assert (story.deal().status, str(story.deal().undone_on), str(story.deal().won_on)) == (
        "cancelled",
        "2026-10-20",
        "2026-09-05",
    )
    assert story.happen("deal.cancelled", "D-1", "2026-10-21 10:00", reason="x").refusal().code == "E031"
    lost = deal().happen("deal.lost", "D-1", "2026-09-05 10:00", loss_reason="price")
    assert lost.happen("deal.cancelled", "D-1", "2026-09-06 10:00", reason="x").refusal().code == "E036"


def test_probability_follows_the_stage_until_a_person_sets_it_and_again_when_they_clear_it() -> None:
    story = deal("qualified")
    assert story.deal().facts["probability"] == Fraction(1, 4)
    story.happen("deal.changed", "D-1", "2026-09-04 10:00", probability=Fraction(9, 10))
    story.happen("deal.stage_asked", "D-1", "2026-09-05 10:00", stage="proposal")
    assert story.deal().facts["probability"] == Fraction(9, 10)
    story.happen("deal.changed", "D-1", "2026-09-06 10:00", probability=None)
    assert story.deal().facts["probability"] == Fraction(1, 2)


def test_the_gate_shows_what_is_met_and_what_is_missing_for_the_next_stage() -> None:
    pipeline = rules().pipelines[0]
    following = next_stage(pipeline, "lead")
    assert following and following.id == "qualified"
    rows = gate({"deal.budget": BUDGET}, pipeline, following.id, "lead")
    assert [(row.criterion.otherwise.en, row.met) for row in rows] == [
        ("Record the budget", True),
        ("Name the contact", False),
    ]
    assert next_stage(pipeline, "proposal") is pipeline.closing("won")
    assert next_stage(pipeline, "won") is None


def test_a_deal_whose_stage_the_pipeline_no_longer_has_may_go_to_any() -> None:
    story = deal("qualified")
    story.rulebook = rules(pipeline=PIPELINE.replace("stage: qualified\n", "stage: screened\n"))
    story.happen("deal.stage_asked", "D-1", "2026-09-10 10:00", stage="proposal")
    assert story.deal().stage == "proposal"


def test_every_refusal_text_can_be_said_in_both_languages() -> None:
    story = deal().happen("deal.stage_asked", "D-1", "2026-09-02 10:00", stage="proposal")
    text = PROBLEM_TEXTS[story.refusal().code]
    params = dict(story.refusal().params)
    assert text.en.format_map(params) == "From lead the next stage is qualified; proposal skips it."
    assert text.zh.format_map(params) == "lead 之后的下一阶段是 qualified，不能直接跳到 proposal。"
