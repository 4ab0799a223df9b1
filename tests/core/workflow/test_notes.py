"""Notes: facts in the record, a sentence in either language on the screen."""

import pytest

from engine.core.workflow.notes import note, show_note


@pytest.mark.parametrize(
    ("one", "en", "zh"),
    [
        (
            note("provisional", 2027, "cn"),
            "provisional: calendar cn does not yet know 2027 in full",
            "日历 cn 的 2027 年尚未公布，日期为暂定",
        ),
        (
            note("repeated", "no_answer", 1, 2),
            "outcome no_answer: repeat 1 of at most 2",
            "结果为“no_answer”：第 1 次重复，最多 2 次",
        ),
        (
            note("handed_on", "lin", "dong"),
            "lin has left: it goes to their manager, dong",
            "lin 已离职，转给其经理 dong",
        ),
        (
            note("stayed", "proposal", "10 days", "2026-09-03"),
            "in stage proposal since 2026-09-03, at most 10 days",
            "自 2026-09-03 起停留在阶段 proposal，上限 10 days",
        ),
        (
            note("skipped", "2026-10-01", "2026-10-01", "National Day", "", "cn"),
            "2026-10-01 not counted: National Day, calendar cn",
            "2026-10-01 不计：National Day，日历 cn",
        ),
        (note("enrolment", "e-1"), "enrolment e-1", "跟进 e-1"),
        (note("step", "e-1", "call", 0), "step call", "步骤 call"),
        (note("step", "e-1", "call", 2), "step call, repeat 2", "步骤 call，第 2 次重复"),
        (note("task", "t-1"), "task t-1", "任务 t-1"),
        (note("visit", "D-1", 3), "stage number 3 of deal D-1", "商机 D-1 的第 3 个阶段"),
        (
            note("passed_over", "wei", "on_leave", "2026-01-07"),
            "not wei: is on leave until 2026-01-07",
            "未分给 wei：休假至 2026-01-07",
        ),
        (
            note("passed_over", "wei", "out", ""),
            "not wei: is out of office until further notice",
            "未分给 wei：外出至 未定",
        ),
        (note("passed_over", "wei", "open", "2/2"), "not wei: has 2/2 open deals", "未分给 wei：未关闭商机 2/2"),
        (note("in_turn", "ana", "wei"), "ana is next after wei", "轮到 ana，上一位是 wei"),
        (note("claims_left", 1, 3), "1 of 3 claims left today", "今日还可领取 1 个，上限 3 个"),
        (
            note("idle", "last_touch", "2026-01-05", "30 days", "pools/p.yaml:5:5"),
            "not touched since 2026-01-05, at most 30 days (pools/p.yaml:5:5)",
            "自 2026-01-05 起未联系，上限 30 天（pools/p.yaml:5:5）",
        ),
    ],
)
def test_a_note_says_the_same_in_both_languages(one: tuple[str, str], en: str, zh: str) -> None:
    assert (show_note(one), show_note(one, "zh")) == (en, zh)


def test_a_bar_in_a_name_does_not_break_a_note_and_an_unknown_code_is_not_hidden() -> None:
    assert note("moved", "a|b", "c") == ("moved", "a/b|c")
    assert show_note(("strange", "x|y")) == "strange: x|y"
