"""The queue's card and a manager's team, as pages: what they say, and what may be done from there."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk, group_of
from tests.webui.test_pages import HX
from tests.webui.visiting import post

pytestmark = pytest.mark.web
Visit = Callable[[str], FlaskClient]


def test_the_card_says_who_is_to_be_reached_and_how(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tasks/queue").text
    assert "周建国" in page and 'href="tel:138-0000-1234"' in page
    assert "不愿被联系: 邮件" in page and 'href="mailto:' not in page, (
        "who closed a channel is not reached on it by a click"
    )


def test_the_card_says_what_changed_since_the_last_touch(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tasks/queue").text
    assert "上次跟进以来的变化" in page and "完成任务" in page.split("上次跟进以来的变化")[1]


def test_a_message_stands_ready_to_be_copied(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tasks/T-001").text
    assert 'id="message-text"' in page and "我是北辰仪器的林晓。" in page and 'data-key="m"' in page
    assert 'id="message-text"' not in signed_in("lin").get("/tasks/T-000").text


@pytest.mark.parametrize("htmx", [True, False])
def test_a_touch_is_logged_and_the_task_done_in_one_step(signed_in: Visit, desk: FakeDesk, htmx: bool) -> None:
    fields = {"kind": "call", "outcome": "no_answer", "note": "voicemail", "then": "queue"}
    answer = post(signed_in("lin"), "/tasks/T-000/log", htmx=htmx, complete="yes", **fields)
    assert ("activity", desk.rows["T-000"].deal, "call", "no_answer", "voicemail", "p-lin") in desk.made
    assert (desk.rows["T-000"].status, desk.rows["T-000"].outcome) == ("done", "no_answer")
    where = answer.headers["HX-Push-Url"] if htmx else answer.headers["Location"]
    assert where == "/tasks/queue?task=T-001"


def test_a_task_that_is_the_touch_itself_is_done_and_not_told_twice(
    signed_in: Visit, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = desk.task
    monkeypatch.setattr(desk, "task", lambda id, viewer: replace(shown(id, viewer), is_touch=True))
    said = {"outcome": "no_answer", "complete": "yes", "then": "queue"}
    post(signed_in("lin"), "/tasks/T-000/log", kind="email", **said)
    assert [made[0] for made in desk.made] == ["activity"] and desk.rows["T-000"].status == "open"
    post(signed_in("lin"), "/tasks/T-000/log", kind="call", **said)
    assert [made[0] for made in desk.made] == ["activity", "task"] and desk.rows["T-000"].status == "done"


def test_a_touch_alone_leaves_the_task_where_it_is(signed_in: Visit, desk: FakeDesk) -> None:
    answer = post(signed_in("lin"), "/tasks/T-000/log", kind="email", outcome="replied", then="queue")
    assert answer.headers["Location"] == "/tasks/queue?task=T-000" and desk.rows["T-000"].status == "open"
    answer = post(signed_in("lin"), "/tasks/T-000/log", kind="email", then="task")
    assert answer.headers["Location"] == "/tasks/T-000"


def test_the_end_of_the_queue_says_what_is_done_and_where_it_goes_on(signed_in: Visit, desk: FakeDesk) -> None:
    for id, row in desk.rows.items():
        if row.owner == "p-lin" and group_of(row) in ("overdue", "today"):
            desk.rows[id] = replace(row, status="done", ended_at=row.due_at)
    page = signed_in("lin").get("/tasks/queue").text
    assert "今天没有其他到期任务了" in page and "今天已完成 8 项。" in page and "之后到期：5" in page


def test_the_team_page_shows_each_person_and_what_is_out_of_order(signed_in: Visit) -> None:
    client = signed_in("wang")
    page, part = client.get("/team").text, client.get("/team", headers=HX).text
    assert "<html" in page and "<html" not in part and '<section id="team"' in part
    for said in (
        "外出 至 2026-11-30",
        "已离职",
        'href="/team/p-lin"',
        "停留超过阶段时限",
        "E001",
        'href="/unassigned"',
    ):
        assert said in page, said
    assert 'href="/deals?owner=p-lin&amp;status=open"' in page


def test_a_manager_works_on_the_tasks_of_one_of_the_team(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("wang")
    page = client.get("/team/p-lin").text
    assert "林晓" in page and 'action="/tasks/T-000/complete"' in page and 'data-key="q"' not in page
    answer = post(client, "/tasks/T-000/complete", outcome="connected", then="team")
    assert answer.headers["Location"] == "/team/p-lin" and desk.rows["T-000"].status == "done"
    part = post(client, "/tasks/T-001/complete", htmx=True, outcome="done", then="team").text
    assert '<section id="tasks"' in part and "林晓" in part


def test_operations_look_at_a_persons_tasks_and_do_none(signed_in: Visit) -> None:
    page = signed_in("sun").get("/team/p-lin").text
    assert "首次电话" in page and "/complete" not in page
