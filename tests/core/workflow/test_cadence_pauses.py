"""Pauses by hand, by rule and by an out-of-office answer; whom a step still reaches; a deal that is opened again."""

from datetime import date

from engine.core.workflow.notes import show_note
from tests.core.workflow.following import done, follow, notes, one, story
from tests.core.workflow.story import Story, local


def paused(policy: str = "on_overdue: wait", until: date | None = None) -> Story:
    """Paused on Monday at 12:00, when the second step would be due on Wednesday at 11:00."""
    found = done(story(follow(policy)), "2026-09-07 11:00")
    return found.happen(
        "enrolment.paused", "D-1", "2026-09-07 12:00", "wei", cadence="follow", until=until, reason="Rest"
    )


def test_a_pause_moves_what_is_left_by_its_business_time() -> None:
    found = paused(until=date(2026, 9, 14))
    assert (one(found).state, one(found).due_at) == ("paused", local("2026-09-14 09:00"))
    assert not found.tick("2026-09-11 10:00").tasks()
    found.tick("2026-09-14 09:00")
    # From Monday 12:00 to the next Monday 09:00 are four business days and six business hours.
    assert (one(found).state, one(found).due_at) == ("running", local("2026-09-15 17:00"))
    assert notes(found)[0] == "paused from 2026-09-07 to 2026-09-14: Rest"


def test_or_the_clock_runs_on() -> None:
    found = paused("pause: clock_runs", until=date(2026, 9, 14)).tick("2026-09-14 09:00")
    assert [task.made_at for task in found.tasks()] == [local("2026-09-14 09:00")]
    soon = paused("pause: clock_runs", until=date(2026, 9, 8)).tick("2026-09-08 09:00")
    assert one(soon).due_at == local("2026-09-09 11:00")


def test_without_a_day_somebody_resumes_it() -> None:
    found = paused()
    assert (one(found).due_at, found.tick("2027-03-01 10:00").tasks()) == (None, [])
    found = paused().happen("enrolment.resumed", "D-1", "2026-09-08 12:00", "wei", cadence="follow")
    assert one(found).due_at == local("2026-09-10 11:00")
    assert (
        found.happen("enrolment.resumed", "D-1", "2026-09-08 12:30", "wei", cadence="follow").refusal().code == "E224"
    )


def test_a_pause_ends_on_a_later_day() -> None:
    assert paused(until=date(2026, 9, 7)).refusal().code == "E225"


def rested_at_once() -> Story:
    found = story(follow())
    return found.happen("enrolment.paused", "D-1", "2026-09-07 12:00", cadence="follow", until=date(2026, 9, 8))


def test_an_open_task_is_out_of_sight_and_comes_back_later_to_whoever_has_the_deal_now() -> None:
    found = rested_at_once()
    assert found.tasks()[0].snoozed_until == local("2026-09-08 09:00")
    found.happen("deal.reassigned", "D-1", "2026-09-07 13:00", owner="ana")
    assert (found.tasks()[0].owner, one(found).owner) == ("wei", "ana")
    (task,) = found.tick("2026-09-08 09:00").tasks()
    assert (task.owner, task.snoozed_until, task.due_at) == ("ana", None, local("2026-09-07 16:00"))


def test_a_task_done_in_the_pause_moves_on_without_making_anything() -> None:
    found = done(rested_at_once(), "2026-09-07 17:00")
    assert (one(found).state, one(found).step, one(found).due_at) == ("paused", "two", local("2026-09-08 09:00"))
    found.tick("2026-09-08 09:00")
    assert (one(found).state, one(found).due_at, found.tasks()) == ("running", local("2026-09-09 18:00"), [])


def test_two_pauses_end_with_the_later() -> None:
    found = paused(until=date(2026, 9, 14))
    found.happen("enrolment.paused", "D-1", "2026-09-08 12:00", cadence="follow", until=date(2026, 9, 9))
    assert one(found).due_at == local("2026-09-14 09:00")


RULES = """pause:
  - {on: account.changed, when: account.region = "shut", until: {on: account.changed, when: account.region = "free"}, as: complaint}
  - {on: activity.logged, when: activity.outcome = "busy", until: {after: 3 business days}}
  - {on: activity.logged, when: activity.outcome = "away", until: {day: activity.return_on}}"""


def test_a_rule_pauses_on_what_happens_to_the_account_and_wakes_on_it() -> None:
    found = done(story(follow(more=RULES), account="A-1"), "2026-09-07 11:00")
    found.happen("account.changed", "A-1", "2026-09-07 12:00", region="shut")
    pause = one(found).pause
    assert pause and (pause.reason, pause.by) == ("complaint", "rule.0")
    found.happen("account.changed", "A-1", "2026-09-08 12:00", region="free")
    assert (one(found).state, one(found).due_at) == ("running", local("2026-09-10 11:00"))


def test_a_rule_pauses_for_a_time_or_until_a_day() -> None:
    for outcome, until in (("busy", "2026-09-10 12:00"), ("away", "2026-09-21 09:00")):
        found = done(story(follow(more=RULES)), "2026-09-07 11:00")
        back = {"return_on": date(2026, 9, 21)}
        found.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome=outcome, **back)
        assert one(found).due_at == local(until)


def out_of_office(policy: str = "on_overdue: wait", **back: object) -> Story:
    found = story(follow(policy))
    return found.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome="out_of_office", **back)


def test_an_out_of_office_answer_pauses_until_the_day_of_return() -> None:
    # Saturday the 19th is off, Sunday the 20th is worked.
    assert one(out_of_office(return_on=date(2026, 9, 19))).due_at == local("2026-09-20 09:00")
    assert (one(out_of_office()).state, one(out_of_office()).due_at) == ("paused", None)
    assert one(out_of_office("on_out_of_office: nothing")).state == "running"


# Whom a step reaches.


def test_an_opt_out_skips_the_steps_of_its_channel_and_the_chain_goes_on() -> None:
    found = story(follow()).happen("contact.opted_out", "C-1", "2026-09-07 12:00", channel="email", reason="Too many")
    (task,) = found.tasks("cancelled")
    assert (task.channel, one(found).step, one(found).due_at) == ("email", "two", local("2026-09-09 12:00"))
    done(found.tick("2026-09-09 12:00"), "2026-09-09 13:00").tick("2026-09-10 13:00")
    assert [passed.reason for passed in found.passed()] == ["three: opted_out email"]
    assert show_note(found.passed()[0].cause.notes[0], "zh") == "联系人已退订（email）：Too many"
    assert one(found).ended_as == "completed"


def test_an_opt_out_may_end_it_and_a_removed_contact_always_does() -> None:
    found = story(follow("on_opt_out: exit")).happen("contact.opted_out", "C-1", "2026-09-07 12:00", channel="wecom")
    assert (one(found).ended_as, found.tasks()) == ("opted_out", [])
    gone = story(follow()).happen("contact.removed", "C-1", "2026-09-07 12:00", reason="Left")
    assert (one(gone).ended_as, gone.tasks()) == ("contact_removed", [])


def bounced(policy: str = "on_overdue: wait") -> Story:
    found = story(follow(policy))
    return found.happen("activity.logged", "D-1", "2026-09-07 12:00", kind="email", outcome="bounced")


def test_a_message_that_came_back_closes_its_channel_until_the_address_is_changed() -> None:
    for email, steps in (("new@x.example", ["three"]), ("", [])):
        found = bounced()
        assert one(found).step == "two"
        if email:
            found.happen("contact.changed", "C-1", "2026-09-08 12:00", email=email)
        done(found.tick("2026-09-09 12:00"), "2026-09-09 13:00").tick("2026-09-10 13:00")
        assert [task.step for task in found.tasks()] == steps
    assert one(bounced("on_bounce: exit")).ended_as == "bounced"


# Closing and opening again.


def reopened(policy: str) -> Story:
    found = story(follow(policy)).happen("deal.lost", "D-1", "2026-09-07 12:00", loss_reason="price")
    return found.happen("deal.reopened", "D-1", "2026-09-08 10:00", "lin", reason="Again")


def test_a_reopened_deal_takes_up_the_cadence_where_its_closing_ended_it() -> None:
    assert one(reopened("reenrol: never")).ended_as == "deal_lost"
    found = reopened("on_reopen: resume, reenrol: never")
    (task,) = found.tasks()
    assert (one(found).state, one(found).step, task.due_at) == ("running", "one", local("2026-09-08 10:00"))
    assert one(done(found, "2026-09-08 11:00")).step == "two"


def test_a_step_still_to_come_keeps_its_date_or_is_due_now() -> None:
    for reopens, due in (("2026-09-08 10:00", "2026-09-09 11:00"), ("2026-09-11 20:00", "2026-09-14 09:00")):
        found = done(story(follow("on_reopen: resume, reenrol: never")), "2026-09-07 11:00")
        found.happen("deal.lost", "D-1", "2026-09-07 12:00", loss_reason="price")
        found.happen("deal.reopened", "D-1", reopens, "lin", reason="Again")
        assert one(found).due_at == local(due)
