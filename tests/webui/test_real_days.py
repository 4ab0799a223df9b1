"""A representative's, a manager's, an operations person's and a finance person's day over the real house."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import Dealwright, payouts, recording
from engine.app.calculating import calculation
from engine.app.views.earnings import EarningsView, LineRow
from engine.app.views.tasks import TaskCard
from engine.app.views.users import User
from engine.core.events import Event
from engine.core.money import Money
from engine.core.rules.header import Title
from engine.store.event_log import EventLog
from tests.app_house import event, sale, staffed, tell
from tests.webui.real_house import NOW, RealHouse, tasks_of
from tests.webui.visiting import post
from webui.house_desk import HouseDesk

pytestmark = pytest.mark.web

FINANCE = User("he.ping", Title("He Ping", "何平"), "he-ping", ("finance",))
CODE = re.compile(r"\b(deal|activity)\.[a-z_]+|online_store|trade_show|no_answer|chen-wei|\bA-\d{4}\b")


def rep_of(house: RealHouse) -> User:
    """The representative as a user."""
    person = house.persons["rep"]
    return User(person, Title(person, person), person, ("rep",))


def cards(house: RealHouse) -> list[TaskCard]:
    """Every open task of the representative in full."""
    desk, rep = HouseDesk(house.dw), rep_of(house)
    return [desk.task(id, rep) for id in tasks_of(desk, rep.person)]


def test_each_task_says_what_happened_and_when_in_both_languages_without_codes(house: RealHouse) -> None:
    for card in cards(house):
        said = card.task.why.sentence
        assert said.en.startswith("Because ") and said.zh.startswith("因"), said
        assert re.search(r" (on|since) \d+ [A-Z]", said.en) and re.search(r"\d+月\d+日", said.zh), said
        assert not CODE.search(said.en + said.zh), said


def test_what_comes_after_a_task_is_never_the_task_itself(house: RealHouse) -> None:
    following = [card for card in cards(house) if card.next_step]
    assert following
    assert [card.task.title for card in following if card.next_step and card.next_step.step == card.task.title] == []


def test_the_queue_counts_what_is_done_today(house: RealHouse) -> None:
    desk, rep = HouseDesk(house.dw), rep_of(house)
    before = next(card for card in cards(house) if card.task.due_at < NOW)
    assert (before.position, before.previous) == (1, "")
    assert desk.complete(before.task.id, before.task.outcomes[0].code, "", rep).done
    after = desk.task(before.next, rep) if before.next else None
    assert after is None or (after.position, after.total) == (2, before.total)
    assert [row.id for group in desk.tasks(rep).groups if group.id == "done_today" for row in group.rows] == [
        before.task.id
    ]


@pytest.mark.parametrize(("what", "fields"), [("skip", {"reason": "  "}), ("snooze", {"day": "2026-11-20"})])
def test_no_reason_and_a_moment_past_are_refused_with_a_problem(
    house: RealHouse, what: str, fields: dict[str, str]
) -> None:
    client, task = house.client("rep"), tasks_of(HouseDesk(house.dw), house.persons["rep"])[-1]
    for htmx in (False, True):
        answer = post(client, f"/tasks/{task}/{what}", htmx=htmx, then="queue", **fields)
        assert answer.status_code == 422 and 'role="alert"' in answer.text and 'id="card"' in answer.text
        assert re.search(r'<code class="code">[EI]\d{3}</code>', answer.text)
    assert task in tasks_of(HouseDesk(house.dw), house.persons["rep"])


def test_a_deal_shows_names_for_people_customers_and_channels(house: RealHouse) -> None:
    deal = HouseDesk(house.dw).deal(house.ids["deal"], FINANCE)
    said = [f"{fact.value.en} {fact.value.zh}" for fact in deal.facts]
    said += [f"{row.detail.en} {row.detail.zh} {row.actor.en}" for row in deal.timeline if row.kind != "refused"]
    said += [
        f.title.en + f.value.en
        for stage in deal.stages
        for c in stage.criteria
        for f in c.condition.facts
        if "(" not in f.title.en
    ]
    assert [text for text in said if CODE.search(text)] == []


def test_rules_that_did_nothing_are_few_of_this_kind_of_deal_and_say_what_they_found(house: RealHouse) -> None:
    deal = HouseDesk(house.dw).deal(house.ids["deal"], FINANCE)
    enrolled = {row.cadence for row in deal.enrolments}
    assert len(deal.not_fired) <= 8
    for row in deal.not_fired:
        assert row.rule not in enrolled and row.failed.met is not True and row.failed.facts
        assert {fact.name for fact in row.failed.facts} - {"deal.kind", "deal.channel", "deal.pipeline"}


def views(house: RealHouse) -> list[EarningsView]:
    """Every payee's every period."""
    desk = HouseDesk(house.dw)
    first = desk.earnings("li-na", "", FINANCE)
    return [desk.earnings(payee, period.id, FINANCE) for payee, _ in first.payees for period in first.periods]


def lines(house: RealHouse) -> dict[str, LineRow]:
    """Every line that some period moved, with what moved last."""
    return {line.key: line for view in reversed(views(house)) for line in view.lines}


def test_the_lines_of_a_period_sum_to_what_it_earned_and_released(house: RealHouse) -> None:
    for view in views(house):
        for sums in view.totals:
            own = [line for line in view.lines if line.amount.currency == sums.earned.currency]
            assert Money.total((line.amount for line in own), sums.earned.currency) == sums.earned
            assert Money.total((line.released for line in own), sums.earned.currency) == sums.payable
        assert [line for line in view.lines if not line.amount and not line.released] == []


def test_what_is_held_at_the_end_is_what_all_periods_changed(house: RealHouse) -> None:
    by_payee: dict[str, list[EarningsView]] = {}
    for view in views(house):
        by_payee.setdefault(view.payee, []).append(view)
    for own in by_payee.values():
        newest = own[0]
        changes = [row.held for view in own for row in view.components if row.held.currency == "CNY"]
        ended = [sums.held for sums in newest.totals if sums.held.currency == "CNY"]
        assert Money.total(changes, "CNY") == Money.total(ended, "CNY")


@pytest.mark.parametrize("kind", ["bookings-commission", "qualified-lead", "introduction"])
def test_a_line_page_shows_arithmetic_steps_facts_event_and_rule(house: RealHouse, kind: str) -> None:
    desk = HouseDesk(house.dw)
    own = (line for line in lines(house).values() if kind in _components(house, line))
    found = next(view for line in own if (view := desk.line(line.key, FINANCE)).line.amount)
    said = found.explanation
    assert said.arithmetic[-1][1] == str(found.line.amount) and str(found.line.amount) in said.answer.zh
    assert len(said.steps) == 16 and said.event and said.facts
    assert said.rules and bool(said.slices) == (kind == "bookings-commission")
    for rule in said.rules:
        text = next(file.text for file in house.dw.rulebook.files if file.path == rule.place.file).splitlines()
        assert all(text[number - 1] == shown for number, shown in rule.lines)
        assert rule.marked and set(rule.marked) <= {number for number, _ in rule.lines}
    assert Money.total((v.earned for v in found.versions if v.earned), "CNY") == found.line.amount


def test_a_line_that_was_taken_back_says_by_what_and_what_is_left(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-03-16", "100_000 CNY"))
    _pay(dw, "2026-03")
    tell(dw, event("deal.cancelled", "D-1", "2026-04-08", reason="customer withdrew"))
    _pay(dw, "2026-04")
    desk = HouseDesk(dw)
    view = desk.earnings("chen-wei", "2026-04", FINANCE)
    assert [(line.status, line.held.minor) for line in view.lines] == [("clawed_back", 0)] * len(view.lines)
    line = next(line for line in view.lines if str(line.amount) == "-3,000.00 CNY")
    said = desk.line(line.key, FINANCE).explanation
    assert [amount for _, amount in said.arithmetic] == ["100,000.00 CNY", "3,000.00 CNY", "-3,000.00 CNY", "0.00 CNY"]
    assert "100,000.00 × 3% = 3,000.00 CNY; Clawback: 3,000.00 CNY taken back on 2026-04-08" in said.answer.en
    assert any("2026-04-08 取消" in cause.title.zh and "customer withdrew" in cause.title.zh for cause in said.causes)


def _pay(dw: Dealwright, period: str) -> None:
    """The month calculated by one, approved by another and posted."""
    made = calculation.calculate(dw, period, "he-ping")
    assert isinstance(made, calculation.Calculated)
    steps = [payouts.approve(dw, made.id, "deng-li"), payouts.post(dw, made.id, "he-ping")]
    assert not any(step.problems for step in steps), steps


def test_the_same_answer_sent_again_later_is_the_same_answer(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    tell(
        dw,
        event(
            "deal.created", "D-1", "2026-05-29", name="D-1", owner="chen-wei", amount="100_000 CNY", channel="direct"
        ),
    )
    desk, chen = HouseDesk(dw), User("chen.wei", Title("Chen Wei"), "chen-wei", ("rep",))
    task = tasks_of(desk, "chen-wei")[0]
    assert desk.complete(task, "connected", "a note of many words " * 20, chen).done
    later = replace(dw, now=lambda: dw.now() + timedelta(seconds=2, microseconds=7))
    assert HouseDesk(later).complete(task, "connected", "a note of many words " * 20, chen).done
    other = HouseDesk(later).complete(task, "no_answer", "", chen)
    assert [problem.code for problem in other.problems] == ["E052"]
    with dw.database.unit() as unit:
        assert len(EventLog(unit).of_subject(task)) == 2


def _components(house: RealHouse, line: LineRow) -> tuple[str, ...]:
    from engine.store.runs import RunBook

    with house.dw.database.unit() as unit:
        found = RunBook(unit).line(line.key)
    return (found.component,) if found else ()


def test_each_entry_of_a_line_explains_itself_and_leads_back_to_it(house: RealHouse) -> None:
    desk = HouseDesk(house.dw)
    line = desk.line(house.ids["line"], FINANCE)
    for version in line.versions:
        entry = desk.explain(version.entry, FINANCE)
        assert entry.result and str(entry.result) in entry.answer.en and line.payee_name.zh in entry.answer.zh
        assert [cause.id for cause in entry.causes] == [line.line.key]
        assert entry.arithmetic[1][1] == str(entry.result)


def test_somebody_whom_no_plan_pays_sees_the_first_payee_whom_they_may_see(house: RealHouse) -> None:
    view = HouseDesk(house.dw).earnings("", "2026-10", FINANCE)  # the last month that was posted
    assert view.payee != "he-ping" and view.totals
    assert HouseDesk(house.dw).earnings("", "", rep_of(house)).payee == house.persons["rep"]
    assert house.client("ops").get("/earnings").status_code == 200


def test_a_manager_sees_sums_of_the_team_as_they_stand(house: RealHouse) -> None:
    manager = User("wu.fang", Title("Wu Fang", "吴芳"), "wu-fang", ("manager",))
    team = HouseDesk(house.dw).team("2026-10", manager)
    assert team and team.people >= 3
    assert all(sums.held.minor >= 0 for sums in team.totals)


def test_who_acted_is_shown_by_name(house: RealHouse) -> None:
    client = house.client("finance")
    for address in ("/payouts", f"/payouts/{house.ids['posted']}", "/periods"):
        said = client.get(address).text
        assert "邓丽" in said and ">deng-li<" not in said and " deng-li" not in said, address


def test_what_waits_is_in_sight_with_its_reason_and_so_are_messages(house: RealHouse) -> None:
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    stray = Event("payment.received", "D-77777", "crm", "pay-77777", at, at.date(), "", {"amount": Money(100, "CNY")})
    assert recording.record(house.dw, stray).status == "quarantined"
    said = house.client("ops").get("/waiting").text
    assert "crm/pay-77777" in said and "等待 商机 D-77777" in said and "E001" in said and "task-overdue" in said
    assert '待处理 <span class="count">1</span>' in said
    assert house.client("rep").get("/waiting").status_code == 403
