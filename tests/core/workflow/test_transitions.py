"""Drawn moves: the matrix is the whole truth, permission belongs to the move, a reason where it is asked, what comes with it."""

import pytest

from engine.core.events import Event
from engine.core.money import Money
from engine.core.outcomes import Overridden
from tests.core.workflow.story import PIPELINE, Story, local, rules

ALLOWED = """moves:
  reopen: sales_manager
  override: [director]
  allowed:
    - {from: lead, to: [qualified, proposal]}
    - {from: qualified, to: proposal, by: [rep]}
    - {from: qualified, to: proposal, by: [sales_manager], needs_reason: yes}
    - from: proposal
      to: lead
      needs_reason: yes
      then:
        - task: {title: {en: Call again, zh: 再次致电}, channel: call, purpose: call-again, due_in: 1 business days}
        - set: {deal.heat: '"cold"'}
    - {from: proposal, to: won}
    - {from: any, to: lost}
idle:"""
DRAWN = PIPELINE.replace(
    "moves: {forward: next_only, backward: with_reason, won_from: [proposal], reopen: sales_manager, override: [director]}\nidle:",
    ALLOWED,
)


def story() -> Story:
    told = Story(rules(pipeline=DRAWN))
    return told.happen("deal.created", "D-1", "2026-03-02 09:00", "wei", owner="wei", budget=Money(100_000_00, "CNY"),
                       contact="Li")  # fmt: skip


def move(told: Story, stage: str, actor: str = "wei", at: str = "2026-03-02 10:00", **body: object) -> Story:
    return told.happen("deal.stage_asked", "D-1", at, actor, stage=stage, **body)


def test_only_drawn_moves_are_possible_also_over_a_stage() -> None:
    assert move(story(), "proposal").deal().stage == "proposal"
    refusal = move(move(story(), "qualified"), "lead").refusal()
    assert (refusal.code, dict(refusal.params)["known"]) == ("E210", "proposal, lost")


def test_permission_belongs_to_the_move_and_the_first_that_fits_wins() -> None:
    assert move(move(story(), "qualified"), "proposal").deal().stage == "proposal"
    assert move(move(story(), "qualified"), "proposal", "lin").refusal().code == "E212"
    assert move(move(story(), "qualified"), "proposal", "lin", reason="urgent").deal().stage == "proposal"
    refusal = move(move(story(), "qualified"), "proposal", "dong").refusal()
    assert (refusal.code, dict(refusal.params)["roles"]) == ("E211", "rep, sales_manager")
    assert move(move(story(), "qualified"), "proposal", "").refusal().code == "E211"


def test_a_person_with_the_right_passes_with_a_reason() -> None:
    told = move(move(story(), "qualified"), "lead", "dong", override=True, reason="wrongly qualified")
    (passed,) = [outcome for outcome in told.outcomes if isinstance(outcome, Overridden)]
    assert (told.deal().stage, passed.missing[0].words.en) == ("lead", "No move is drawn from qualified to lead.")


def test_what_comes_with_the_move_is_done_once() -> None:
    told = move(move(story(), "proposal"), "lead", at="2026-03-02 11:00", reason="they think again")
    assert [(t.purpose, t.owner, t.due_at) for t in told.tasks()] == [("call-again", "wei", local("2026-03-03 11:00"))]
    assert told.deal().facts["heat"] == "cold"
    told.deliver(
        Event("deal.stage_entered", "D-1", "test", "0003+deal.stage_entered", told.last.at, told.last.on, "wei")
    )
    assert len(told.state.tasks("D-1")) == 1


def test_winning_and_losing_are_drawn_too() -> None:
    assert story().happen("deal.won", "D-1", "2026-03-03 09:00", "wei", contract_signed=True).refusal().code == "E210"
    assert story().happen("deal.lost", "D-1", "2026-03-03 09:00", "wei", loss_reason="price").deal().status == "lost"


@pytest.mark.parametrize("event", ["deal.won", "deal.lost"])
def test_reopening_stays_with_its_role(event: str) -> None:
    told = move(story(), "proposal").happen(
        event, "D-1", "2026-03-03 09:00", "wei", contract_signed=True, loss_reason="x"
    )
    assert told.happen("deal.reopened", "D-1", "2026-03-04 09:00", "wei", reason="x").refusal().code == "E033"
    assert told.happen("deal.reopened", "D-1", "2026-03-04 09:00", "lin", reason="x").deal().stage == "proposal"
