"""Follow-up through the house: the deal's page, messages, room and full days in the store, rules edited under way, replay."""

import shutil
from pathlib import Path

import pytest

from engine.app.access import NotYours
from engine.app.deals import deal_view, follow
from engine.app.dealwright import Dealwright, open_dealwright
from engine.app.recording import Recorded, record_many
from engine.app.releasing import release
from engine.app.replaying import replay
from engine.app.tasks import task_card
from engine.app.ticking import tick
from engine.app.users import add_user, user_named
from engine.app.views.users import User
from engine.app.why_not import why_not
from engine.core.records import Enrolment, Task
from engine.store.reading import all_records
from tests.app_house import RULES, STAFF, at, event, staffed, tell

LEAD = "cadences/new-lead.yaml"


def opened(tmp_path: Path, now: str = "2026-03-02 10:00") -> Dealwright:
    """The house as the next command opens it, on a copy of the sample rules."""
    if not (tmp_path / "rules").exists():
        shutil.copytree(RULES, tmp_path / "rules")
    return open_dealwright(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "rules", lambda: at(now))


def edit(tmp_path: Path, was: str, now: str, file: str = LEAD) -> None:
    path = tmp_path / "rules" / file
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now), "utf-8")


def user(dw: Dealwright, name: str, role: str, person: str = "") -> User:
    add_user(dw, name, "long enough to be one", (role,), **({"person": person} if person else {}))
    found = user_named(dw, name)
    assert found is not None
    return found


def leads(number: int, when: str = "2026-03-02 10:00") -> list[object]:
    return [
        event("deal.created", f"D-{n:02}", when, owner="chen-wei", channel="direct", kind="new") for n in range(number)
    ]


def records(dw: Dealwright, kind: type) -> list:
    with dw.database.unit() as unit:
        return list(all_records(unit, kind))


def test_the_page_says_where_the_deal_stands_and_takes_what_is_asked(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db", at("2026-03-02 11:00"))
    tell(dw, event("contact.changed", "C-1", "2026-03-01", name="Li Na", phone="139", time_zone="Asia/Shanghai"))
    tell(dw, event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", channel="direct", contact="C-1"))
    tell(dw, event("contact.opted_out", "C-1", "2026-03-02 10:30", channel="email"))
    ops = user(dw, "guo", "ops")
    view = deal_view(dw, "D-1", ops)
    assert [(row.id, row.state, row.step.en) for row in view.enrolments] == [("new-lead", "running", "First call")]
    assert ("Does not want", "E-mail") in [(fact.title.en, fact.value.en) for fact in view.contact]
    assert "new-lead" not in [choice.code for choice in view.cadences]
    asked = follow(dw, "D-1", "paused", {"cadence": "new-lead", "until": "2026-03-10", "reason": "Holiday"}, ops)
    assert isinstance(asked, Recorded) and asked.status == "recorded"
    (row,) = deal_view(dw, "D-1", ops).enrolments
    assert (row.state, row.paused_for.en, row.due_at) == ("paused", "Holiday", at("2026-03-10 09:00"))
    said = why_not(dw, "D-1", "new-lead", ops).answer.en
    assert said.startswith("The deal is in this cadence now. Holiday")
    follow(dw, "D-1", "removed", {"cadence": "new-lead", "reason": "Not a lead"}, ops)
    (row,) = deal_view(dw, "D-1", ops).enrolments
    assert (row.state, row.exit.en, row.exit.zh) == ("ended", "taken out by hand: Not a lead", "已手动移出：Not a lead")
    assert why_not(dw, "D-1", "new-lead", ops).answer.en.startswith("Somebody took the deal out")


def test_nobody_moves_the_follow_up_of_a_deal_that_is_not_theirs(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db", at("2026-03-02 11:00"))
    tell(dw, event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", channel="direct"))
    with pytest.raises(NotYours):
        follow(dw, "D-1", "removed", {"cadence": "new-lead", "reason": "x"}, user(dw, "li", "rep", "li-na"))


def test_the_card_shows_the_message_in_the_contacts_language_and_names_what_is_missing(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db", at("2026-03-03 13:00"))
    tell(dw, event("contact.changed", "C-1", "2026-03-01", name="Ann Lee", email="ann@x.example", language="en"))
    tell(dw, event("deal.created", "D-1", "2026-03-02 10:00", owner="chen-wei", channel="direct", contact="C-1"))
    (call,) = records(dw, Task)
    tell(dw, event("task.completed", call.id, "2026-03-02 11:00", outcome="no_answer"))
    tick(dw, at("2026-03-03 13:00"))
    mail = next(task for task in records(dw, Task) if task.status == "open")
    message = task_card(dw, mail.id, user(dw, "chen", "rep", "chen-wei")).message
    assert message is not None
    assert message.body.startswith("Dear Ann Lee,\n\nI am Chen Wei of Polaris")
    assert [fact.en for fact in message.missing] == ["Account name", "Deal name"]
    assert "[Deal name]" in message.body
    assert message.mail.startswith("mailto:ann@x.example?subject=Polaris%20Instruments%20for%20%5B")


def test_room_and_full_days_hold_within_one_group_of_events_and_over_ticks(tmp_path: Path) -> None:
    dw = opened(tmp_path)
    edit(tmp_path, "  migrate: pin", "  migrate: pin\n  active_limit: 5\n  daily_limit_per_person: 3")
    dw = open_dealwright(f"sqlite:///{tmp_path / 'b.db'}", tmp_path / "rules", lambda: at("2026-03-02 10:00"))
    record_many(dw, [*STAFF, *leads(12)])  # type: ignore[list-item]
    states = [one.state for one in records(dw, Enrolment)]
    assert (states.count("running"), states.count("pending")) == (5, 7)
    assert len(records(dw, Task)) == 3
    tick(dw, at("2026-03-03 09:00"))
    assert len(records(dw, Task)) == 5
    running = sorted(one.deal for one in records(dw, Enrolment) if one.state == "running")
    record_many(dw, [event("deal.lost", deal, "2026-03-03 10:00", loss_reason="price") for deal in running[:2]])
    tick(dw, at("2026-03-03 10:30"))
    states = [one.state for one in records(dw, Enrolment)]
    assert (states.count("running"), states.count("pending"), states.count("ended")) == (5, 5, 2)
    assert len(records(dw, Task)) == 6  # three were made on the 2nd, two at nine on the 3rd: one more fits
    assert tick(dw, at("2026-03-03 10:30")).tasks == 0


def test_work_under_way_goes_by_its_version_when_the_file_is_edited_and_released(tmp_path: Path) -> None:
    dw = opened(tmp_path)
    record_many(dw, [*STAFF, *leads(1)])  # type: ignore[list-item]
    edit(
        tmp_path,
        "after: 1 business days\n    task: {channel: email",
        "after: 3 business days\n    task: {channel: email",
    )
    assert release(opened(tmp_path), "later", "guo-hua", "he-ping").problems == ()
    again = opened(tmp_path)
    assert [cadence.header.id for cadence in again.rulebook.former] == ["new-lead"]
    (call,) = records(again, Task)
    tell(again, event("task.completed", call.id, "2026-03-02 11:00", outcome="no_answer"))
    assert [one.due_at for one in records(again, Enrolment)] == [at("2026-03-03 11:00")]
    tell(again, event("activity.logged", "D-00", "2026-03-02 12:00", kind="email", outcome="replied"))
    assert [one.exit for one in records(again, Enrolment)] == ["replied"]
    assert opened(tmp_path).rulebook.former == ()


def test_a_step_with_open_tasks_is_not_taken_away_in_silence(tmp_path: Path) -> None:
    dw = opened(tmp_path)
    record_many(dw, [*STAFF, *leads(2)])  # type: ignore[list-item]
    edit(tmp_path, "  - step: first-call\n", "  - step: hello\n")
    edit(tmp_path, "  migrate: pin\n", "")
    (problem,) = release(opened(tmp_path), "renamed", "guo-hua", "he-ping").problems
    assert (problem.code, problem.params["step"], problem.params["number"]) == ("E226", "first-call", "2")
    edit(tmp_path, "  reenrol: after_exit\n", "  reenrol: after_exit\n  migrate: restart\n")
    assert release(opened(tmp_path), "renamed", "guo-hua", "he-ping").problems == ()
    again = opened(tmp_path)
    tell(again, event("deal.changed", "D-00", "2026-03-02 12:00", name="x"))
    assert sorted(one.exit or one.step for one in records(again, Enrolment)) == [
        "first-call", "hello", "reset_by_rule_change",
    ]  # fmt: skip


def test_a_replay_of_contacts_pauses_and_rooms_leads_to_the_same(tmp_path: Path) -> None:
    dw = opened(tmp_path)
    record_many(dw, [*STAFF, *leads(6)])  # type: ignore[list-item]
    tell(dw, event("deal.changed", "D-01", "2026-03-02 10:30", contact="C-1"))
    tell(dw, event("contact.opted_out", "C-1", "2026-03-02 11:00", channel="call", reason="No calls"))
    tell(dw, event("enrolment.paused", "D-02", "2026-03-02 11:00", cadence="new-lead", reason="Rest"))
    tell(dw, event("enrolment.removed", "D-03", "2026-03-02 11:00", cadence="new-lead", reason="Wrong"))
    tell(dw, event("enrolment.asked", "D-03", "2026-03-02 12:00", cadence="after-sale"))
    tick(dw, at("2026-03-05 10:00"))
    tell(dw, event("enrolment.resumed", "D-02", "2026-03-05 11:00", cadence="new-lead"))
    tell(dw, event("person.left", "chen-wei", "2026-03-06 10:00"))
    assert {one.state for one in records(dw, Enrolment)} == {"running", "ended"}
    compared = {kind: (number, differing) for kind, number, differing in replay(dw)}
    assert compared["enrolment"][0] == 7 and compared["contact"][0] == 1
    assert all(differing == 0 for _, differing in compared.values())
