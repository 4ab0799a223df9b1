"""Automations: tasks, notices and facts set; to whom they go, and that nothing falls between two chairs."""

from dataclasses import replace
from datetime import date

import pytest

from engine.core.formulas import EvaluationError
from engine.core.money import Money
from tests.core.workflow.story import Story, local, rules

BIG = """
automation: big-deal
title: {en: Big deal, zh: 大单}
on: deal.changed
when: deal.amount >= 1_000_000 CNY
then:
  - task: {to: deal.owner.manager, title: {en: Join, zh: 参加}, due_in: 2 business days, purpose: manager-joins}
  - notify: {to: "role:rep", template: big-deal}
  - set: {deal.heat: '"hot"'}
"""
HOT = """
automation: hot
title: {en: Hot, zh: 热}
on: deal.fact_set
when: deal.heat = "hot"
then:
  - task: {to: deal.owner.manager, title: {en: Look, zh: 查看}, purpose: manager-joins}
  - set: {deal.reached: '"known"'}
"""
MILLION = Money(100_000_000, "CNY")


def story(*texts: str) -> Story:
    return Story(rules(*(texts or (BIG,)))).happen("deal.created", "D-1", "2026-09-01 10:00", owner="wei")


def test_a_task_a_notice_and_a_fact_come_of_one_event_with_their_places() -> None:
    big = story().happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION)
    (task,) = big.tasks()
    assert (task.owner, task.purpose, task.due_at) == ("lin", "manager-joins", local("2026-10-09 10:00"))
    assert ("deal.amount", MILLION) in task.reasons[0].facts
    assert (task.reasons[0].place.file, task.reasons[0].place.line) == ("more-0.yaml", 7)
    assert [told.to for told in big.told()] == ["ana", "wei"]
    assert big.deal().facts["heat"] == "hot"


def test_nothing_happens_below_the_amount() -> None:
    assert not story().happen("deal.changed", "D-1", "2026-09-30 10:00", amount=Money(99_999_999, "CNY")).tasks()


def test_a_fact_set_fires_further_automations_whose_task_joins_and_a_value_that_is_there_ends_the_chain() -> None:
    big = story(BIG, HOT).happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION)
    (task,) = big.tasks()
    assert len(task.reasons) == 3  # big-deal, and hot for each of the two facts that were set
    assert task.due_at == local("2026-09-30 10:00")
    assert big.deal().facts["reached"] == "known"


def test_a_redelivered_event_makes_nothing_twice() -> None:
    big = story(BIG, HOT).happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION)
    before = big.tasks()
    told = [one.id for one in big.told()]
    big.deliver(big.last)
    assert big.tasks() == before
    assert [one.id for one in big.told()] == told


def test_history_sets_facts_and_asks_nobody() -> None:
    big = story().happen("deal.changed", "D-1", "2026-09-30 10:00", mode="history", amount=MILLION)
    assert not big.tasks() and not big.told()
    assert big.deal().facts["heat"] == "hot"
    assert [(passed.what, passed.reason) for passed in big.passed()] == [("task", "history"), ("notice", "history")]


def test_what_would_go_to_somebody_who_left_goes_up_visibly() -> None:
    big = (
        story()
        .happen("person.left", "lin", "2026-09-15 10:00")
        .happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION)
    )
    (task,) = big.tasks()
    assert task.owner == "dong"
    assert ("handed_on", "lin|dong") in task.reasons[0].notes


def test_on_the_day_somebody_left_it_goes_up_and_on_the_day_before_to_them() -> None:
    big = story()
    lin = big.state.person("lin")
    assert lin is not None
    big.state.keep(replace(lin, left_on=date(2026, 10, 1)))
    assert big.happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION).tasks()[0].owner == "lin"
    assert big.happen("deal.changed", "D-1", "2026-10-01 10:00", amount=MILLION).tasks()[1].owner == "dong"


@pytest.mark.parametrize("to", ["role:finance", "nobody-we-know", "deal.owner.manager"])
def test_when_nobody_answers_the_event_waits_instead_of_being_dropped(to: str) -> None:
    alone = story(BIG.replace("{to: deal.owner.manager", f'{{to: "{to}"'))
    alone.happen("deal.reassigned", "D-1", "2026-09-02 10:00", owner="dong")
    with pytest.raises(EvaluationError) as raised:
        alone.happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION)
    assert raised.value.code == "E042"


def test_a_task_for_a_role_goes_to_the_nearest_above_the_owner() -> None:
    ask = BIG.replace("{to: deal.owner.manager", '{to: "role:sales_manager"')
    big = story(ask)
    lin = big.state.person("lin")
    assert lin is not None
    big.state.keep(replace(lin, id="abe"))
    assert big.happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION).tasks()[0].owner == "lin"
    ask_rep = BIG.replace("{to: deal.owner.manager", '{to: "role:rep"')
    other = story(ask_rep).happen("deal.reassigned", "D-1", "2026-09-02 10:00", owner="dong")
    assert other.happen("deal.changed", "D-1", "2026-09-30 10:00", amount=MILLION).tasks()[0].owner == "ana"
