"""What the pages show and do, as a plain form and as a fragment."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.webui.fake_desk import FakeDesk, group_of
from tests.webui.visiting import post

pytestmark = pytest.mark.web
Visit = Callable[[str], FlaskClient]
HX = {"HX-Request": "true"}


def order_in(page: str, *texts: str) -> list[int]:
    """Where the texts stand, -1 for those that do not."""
    return [page.find(text) for text in texts]


def test_tasks_stand_in_their_groups_in_order(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tasks").text
    places = order_in(
        page,
        'id="group-overdue"',
        'id="group-today"',
        'id="group-this_week"',
        'id="group-later"',
        'id="group-done_today"',
    )
    assert places == sorted(places)
    assert -1 not in places


def test_a_task_says_why_with_the_rule_s_place(signed_in: Visit) -> None:
    page = signed_in("lin").get("/tasks").text
    assert "满 2 个工作日" in page
    assert "cadences/new-lead.yaml:14" in page


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("/tasks", "tasks"),
        ("/tasks/T-000", "card"),
        ("/tasks/queue", "card"),
        ("/deals", "deals"),
        ("/deals/D-1001", "deal"),
        ("/earnings", "earnings"),
        ("/help", "help"),
    ],
)
def test_one_template_gives_the_page_and_its_fragment(signed_in: Visit, address: str, block: str) -> None:
    client = signed_in("lin")
    page, part = client.get(address).text, client.get(address, headers=HX).text
    assert "<html" in page
    assert "<html" not in part
    assert f'<section id="{block}"' in part
    assert 'id="nav"' in part, "the counts come along"
    assert "<html" in client.get(address, headers={**HX, "HX-History-Restore-Request": "true"}).text


def test_completing_without_script_redirects_and_tells(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    answer = post(client, "/tasks/T-000/complete", outcome="no_answer", then="list")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tasks")
    assert desk.rows["T-000"].outcome == "no_answer"
    assert "已完成：首次电话" in client.get("/tasks").text
    assert "已完成：首次电话" not in client.get("/tasks").text, "told once"


def test_completing_in_the_list_answers_the_list_with_its_message(signed_in: Visit, desk: FakeDesk) -> None:
    answer = post(signed_in("lin"), "/tasks/T-000/complete", htmx=True, outcome="connected", then="list")
    assert answer.status_code == 200
    assert '<section id="tasks"' in answer.text
    assert 'hx-swap-oob="beforeend"' in answer.text
    assert "已完成：首次电话" in answer.text


def test_the_queue_goes_on_with_the_next_card_and_shows_its_address(signed_in: Visit) -> None:
    client = signed_in("lin")
    first = client.get("/tasks/queue").text
    assert "<strong>3/13</strong>" in first
    answer = post(client, "/tasks/T-000/complete", htmx=True, outcome="connected", then="queue")
    assert answer.headers["HX-Push-Url"] == "/tasks/queue?task=T-001"
    assert "<strong>4/13</strong>" in answer.text


def test_the_last_card_ends_the_queue(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    for row in [row for row in desk.rows.values() if row.owner == "p-lin" and row.status == "open"]:
        answer = post(client, f"/tasks/{row.id}/complete", htmx=True, outcome="done", then="queue")
    assert "今天没有其他到期任务了" in answer.text


def test_what_is_due_later_waits_behind_the_end_of_the_queue(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    for row in [row for row in desk.rows.values() if row.owner == "p-lin" and group_of(row) in ("overdue", "today")]:
        post(client, f"/tasks/{row.id}/complete", outcome="done", then="list")
    said = client.get("/tasks/queue").text
    assert "今天没有其他到期任务了" in said and 'href="/tasks/queue?task=T-006"' in said


def test_a_task_is_put_off_to_an_offered_moment_or_a_day(signed_in: Visit, desk: FakeDesk) -> None:
    client = signed_in("lin")
    post(client, "/tasks/T-000/snooze", until="three_days", then="list")
    assert desk.rows["T-000"].due_at.isoformat() == "2026-11-26T01:00:00+00:00"
    post(client, "/tasks/T-001/snooze", day="2026-12-01", then="list")
    assert desk.rows["T-001"].due_at.isoformat() == "2026-12-01T01:00:00+00:00", "nine in the morning in Shanghai"
    assert post(client, "/tasks/T-002/snooze", day="soon").status_code == 400


def test_a_refusal_is_shown_where_it_was_asked_with_nothing_lost(signed_in: Visit, desk: FakeDesk) -> None:
    answer = post(signed_in("lin"), "/deals/D-1001/move", htmx=True, stage="proposal", **{"fact.discount": "15%"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "请先填写客户预算" in answer.text
    assert 'value="15%"' in answer.text
    assert desk.made[-1][2].facts == {"discount": "15%"}  # type: ignore[attr-defined]


def test_an_override_carries_its_reason(signed_in: Visit, desk: FakeDesk) -> None:
    answer = post(signed_in("wang"), "/deals/D-1001/move", stage="proposal", override="yes", reason="总监已口头批准")
    assert answer.status_code == 303
    assert (desk.made[-1][2].override, desk.made[-1][2].reason) == (True, "总监已口头批准")  # type: ignore[attr-defined]


def test_the_gate_shows_each_criterion_with_its_place(signed_in: Visit) -> None:
    page = signed_in("lin").get("/deals/D-1001").text
    for text in ("✓ 已满足", "? 未填写", "✗ 未满足", "deal.discount &lt;= 10%", "pipelines/standard.yaml:22"):
        assert text in page


def test_rules_that_did_not_fire_show_their_first_failing_condition(signed_in: Visit) -> None:
    page = signed_in("lin").get("/deals/D-1001").text
    assert "deal.amount &gt;= 1_000_000 CNY" in page


def test_earnings_show_attainment_as_bar_and_text(signed_in: Visit) -> None:
    page = signed_in("lin").get("/earnings").text
    assert 'aria-label="达成率 87.50%"' in page
    assert re.search(r'class="reached" x="0" y="2" width="350"', page), "87.5 % of a bar that ends at 150 %"
    assert "¥1,093,750.00 / 指标 ¥1,250,000.00" in page


def test_earnings_show_what_the_plan_as_a_whole_did(signed_in: Visit) -> None:
    page = signed_in("lin").get("/earnings").text
    assert "待归还的预支：¥1,400.00" in page
    assert "因方案封顶未发放：¥500.00" in page
    assert "2,500,000.00 CNY 的 50%" in page


def test_earnings_show_the_scorecard_with_its_kpis(signed_in: Visit) -> None:
    page = signed_in("lin").get("/earnings").text
    for words in (
        "客户经理绩效考核",
        "78 分",
        "等级 B (达标)",
        "系数 1",
        "40 + 24 + 14 = 78 分",
        "销售额",
        "scorecards/account-executive.yaml",
    ):
        assert words in page, words
    assert 'data-label="得分">--</td>' in page, "a KPI without a value has no points"


def test_a_line_shows_arithmetic_slices_steps_and_the_rule_s_own_lines(signed_in: Visit) -> None:
    page = signed_in("lin").get("/earnings/lines/2026-Q4/p-lin/D-1001").text
    assert "20,171.60 CNY" in page
    assert page.count('class="step-name"') == 16
    assert '<li data-line="26" class="marked"><code>        - {from: 50%, rate: 8%}</code>' in page


def test_a_manager_sees_the_sums_of_the_team(signed_in: Visit) -> None:
    assert "¥440,001.00" in signed_in("wang").get("/earnings").text
    assert "¥440,001.00" not in signed_in("lin").get("/earnings").text


def test_checking_a_rule_text_stores_nothing(signed_in: Visit) -> None:
    client = signed_in("sun")
    address = "/rules/plans/account-executive.yaml"
    answer = post(client, f"{address}/check", text="amount: 1 XXX\r\namount: 2 XXX")
    assert answer.text.count('class="jump"') == 2
    assert "account-executive.yaml:2:11" in answer.text
    assert "amount: 2 XXX" not in client.get(address).text


def test_the_editor_gets_problems_as_places(signed_in: Visit) -> None:
    client = signed_in("sun")
    from tests.webui.visiting import token_in

    address = "/rules/plans/account-executive.yaml"
    fields = {"csrf_token": token_in(client.get(address).text), "text": "amount: 1 XXX"}
    problems = client.post(f"{address}/check", data=fields, headers={"Accept": "application/json"}).json
    assert [(each["line"], each["column"], each["severity"]) for each in problems] == [(1, 11, "error")]


def test_a_run_goes_from_draft_to_export_by_two_people(signed_in: Visit, desk: FakeDesk) -> None:
    made = post(signed_in("qian"), "/payouts", period="2026-Q4")
    address = made.headers["Location"]
    checker = signed_in("hu")
    for step, state in (("approve", "approved"), ("post", "posted")):
        assert f'action="{address}/{step}"' in checker.get(address).text
        assert post(checker, f"{address}/{step}").status_code == 303
        assert desk.runs_by_id["run-2026-Q4-9"].state == state
    file = post(checker, f"{address}/export", form="csv", profile="detail", language="zh")
    assert file.headers["Content-Disposition"].startswith("attachment; filename")
    assert "%E6%8F%90%E6%88%90" in file.headers["Content-Disposition"]
    assert file.data.startswith(b"\xef\xbb\xbf")


def test_an_error_for_a_fragment_leaves_the_page_and_tells(signed_in: Visit) -> None:
    answer = signed_in("lin").get("/payouts", headers=HX)
    assert answer.status_code == 403
    assert "refused" in answer.headers["HX-Trigger"]
    assert answer.headers["HX-Trigger"].isascii()


def test_the_first_page_fits_the_role(signed_in: Visit) -> None:
    first = {name: signed_in(name).get("/").headers["Location"] for name in ("lin", "wang", "sun", "hu", "root")}
    assert first == {"lin": "/tasks", "wang": "/tasks", "sun": "/rules", "hu": "/payouts", "root": "/users"}


def test_a_defect_gives_a_page_that_tells_nothing_inside(
    signed_in: Visit, app: object, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("lin")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # type: ignore[attr-defined]
    monkeypatch.setattr(desk, "deals", lambda *_: 1 // 0)
    answer = client.get("/deals")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "系统出错了" in answer.text


def test_a_deals_page_shows_its_cadences_and_takes_what_is_asked_of_them(signed_in: Visit, desk: FakeDesk) -> None:
    page = signed_in("lin").get("/deals/D-1001").text
    assert "Deal taken up again" in page or "重启商机跟进" in page
    assert 'name="what" value="resumed"' in page
    assert 'name="what" value="removed"' in page
    answer = post(signed_in("lin"), "/deals/D-1001/cadences", what="paused", cadence="new-lead", until="2026-12-01")
    assert answer.status_code == 303
    assert desk.made[-1][:4] == ("follow", "D-1001", "paused", {"cadence": "new-lead", "until": "2026-12-01"})


def test_a_repayment_is_booked_by_one_and_offered_to_another(signed_in: Visit, desk: FakeDesk) -> None:
    own, other = signed_in("qian"), signed_in("hu")
    approve = 'action="/receivables/repayment-1/approve"'
    assert (approve in own.get("/receivables").text, approve in other.get("/receivables").text) == (False, True)
    fields = {"payee": "p-lin", "amount": "12.50", "reference": "TRF-9", "on": "2026-11-20", "note": "cash"}
    assert post(own, "/receivables", **fields).headers["Location"] == "/receivables"
    assert desk.made[-1] == ("repayment", *fields.values(), "p-qian")
    for step, made in (("approve", "posted"), ("decline", "declined")):
        post(other, f"/receivables/repayment-1/{step}")
        assert desk.made[-1] == ("repayment", "repayment-1", made, "p-hu")
    post(other, "/receivables/repayment-2/take-back", note="wrong person")
    assert desk.made[-1] == ("repayment", "repayment-2", "take back", "wrong person", "p-hu")


def test_what_was_typed_stays_when_a_repayment_is_refused(signed_in: Visit) -> None:
    answer = post(
        signed_in("hu"), "/receivables", htmx=True, payee="p-chen", amount="much", reference="TRF-9", on="2026-11-20"
    )
    assert answer.status_code == 422
    assert (
        'value="much"' in answer.text
        and 'value="TRF-9"' in answer.text
        and '<option value="p-chen" selected>' in answer.text
    )
    assert "E154" in answer.text


def test_who_only_reads_gets_no_form(signed_in: Visit) -> None:
    page = signed_in("sun").get("/receivables").text
    assert "<main" in page and 'action="/receivables' not in page


def test_a_payee_sees_what_is_owed_apart_from_pay(signed_in: Visit) -> None:
    page = signed_in("lin").get("/earnings").text
    assert "另须归还（不从薪酬中扣除）" in page and "本期归还" in page


def test_a_manager_tells_values_of_their_own_people_only(signed_in: Visit, desk: FakeDesk) -> None:
    page = signed_in("wang").get("/scores").text
    assert "account-executive/p-lin/records" in page and "p-zhao" not in page, "Zhao works for somebody else"
    assert "sales-manager/p-wang" not in page, "nobody tells their own"
    assert "p-zhao" in signed_in("sun").get("/scores").text and "p-wang" in signed_in("sun").get("/scores").text
    assert "92.5%" in page and "王芳" in page, "what was told before, and by whom"
    name = "account-executive/p-lin/customer-satisfaction"
    fields = {
        "period": "2026-Q3",
        f"value/{name}": "80",
        f"seen/{name}": "web/score-1",
        "value/account-executive/p-chen/records": " ",
    }
    assert post(signed_in("wang"), "/scores", **fields).headers["Location"] == "/scores?period=2026-Q3"
    assert desk.made[-1] == ("scores", "2026-Q3", {name: "80"}, {name: "web/score-1"}, "p-wang")


@pytest.mark.parametrize("name", ["sales-manager/p-wang/hires", "account-executive/p-zhao/records", "x"])
def test_what_is_not_theirs_to_tell_is_not_there(signed_in: Visit, desk: FakeDesk, name: str) -> None:
    answer = post(signed_in("wang"), "/scores", **{"period": "2026-Q3", f"value/{name}": "80"})
    assert (answer.status_code, [made for made in desk.made if made[0] == "scores"]) == (404, [])


def test_a_refused_value_stays_with_its_reason_and_the_others_are_told(signed_in: Visit) -> None:
    good, bad = "account-executive/p-lin/records", "account-executive/p-chen/records"
    fields = {"period": "2026-Q3", f"value/{good}": "80", f"value/{bad}": "many"}
    answer = post(signed_in("wang"), "/scores", htmx=True, **fields)
    assert answer.status_code == 422
    assert 'value="many"' in answer.text and 'value="80"' not in answer.text
    assert "已评定 1 项" in answer.text and "E143" in answer.text and 'aria-invalid="true"' in answer.text
