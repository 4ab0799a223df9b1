"""A deal's story: each event in words, with what it led to, newest first."""

from collections.abc import Iterable, Sequence

from engine.app.dealwright import Dealwright
from engine.app.reading import Around, rule_title
from engine.app.views.happenings import TimelineRow
from engine.app.why import told
from engine.app.words import word
from engine.core.incentives.recipients import HOUSE
from engine.core.outcomes import Overridden, Passed, Refused
from engine.core.rules.header import Title
from engine.core.workflow.notes import show_note
from engine.store.outcomes import StoredOutcome
from engine.store.queries.deals import Happening

_SILENT = ("touched", "seen", "asked", "refolded", "advanced", "watched", "timed")
"""Outcomes that only keep the books."""


def timeline_rows(dw: Dealwright, happenings: Sequence[Happening], known: Around) -> tuple[TimelineRow, ...]:
    """One row for each event, the newest first; time that passed without effect is left out."""
    rows = (_row(dw, happening, known) for happening in reversed(happenings))
    return tuple(row for row in rows if row.kind != "clock.ticked" or row.detail.en)


def _row(dw: Dealwright, happening: Happening, known: Around) -> TimelineRow:
    event = told(dw, happening.event, known, without=("name",))
    led = list(_led_to(dw, happening.outcomes, known))
    en = "; ".join(filter(None, [event.detail.en, *(title.en for title in led)]))
    zh = "；".join(filter(None, [event.detail.zh, *(title.zh for title in led)]))
    refused = any(isinstance(outcome.outcome, Refused) for outcome in happening.outcomes)
    made = next((one.subject_id for one in happening.outcomes if _explained(one)), "")
    return TimelineRow(event.at, "refused" if refused else event.type, event.title, Title(en, zh), event.actor, made)


def _explained(outcome: StoredOutcome) -> bool:
    """A task of the deal, which the page leads to; what another is to decide is explained to them."""
    own = not str(outcome.then.get("purpose") or "").startswith("approve-")
    return outcome.subject_kind == "task" and outcome.what == "made" and own


def _led_to(dw: Dealwright, outcomes: Iterable[StoredOutcome], known: Around) -> Iterable[Title]:
    """What an event led to, in words; plain record keeping is left out."""
    for outcome in outcomes:
        found = outcome.outcome
        if isinstance(found, Refused):
            yield from _refusal(found)
        elif isinstance(found, Overridden):
            yield Title(f"gate passed with a reason: {found.reason}", f"特批通过：{found.reason}")
        elif isinstance(found, Passed) and found.what == "move":
            yield _not_moved(found)
        elif outcome.what not in _SILENT and outcome.subject_kind in _TOLD:
            yield _kept(dw, outcome, known)


_SHOWN = ("task", "enrolment", "credit", "grant", "approval")


def _not_moved(passed: Passed) -> Title:
    """Why the deal stays where it is: what it waits for, or what the gate still misses."""
    notes = passed.cause.notes
    return Title("; ".join(show_note(one, "en") for one in notes), "；".join(show_note(one, "zh") for one in notes))


def _refusal(refused: Refused) -> Iterable[Title]:
    yield Title(f"refused ({refused.code})", f"被拒绝（{refused.code}）")
    for missing in refused.missing:
        yield Title(f"{missing.words.show('en')} ({missing.place})", f"{missing.words.show('zh')}（{missing.place}）")


_TOLD = ("task", "enrolment", "credit", "grant", "handover")

_KEPT = {
    ("handover", "assigned"): ("assigned to", "分配给"), ("handover", "claimed"): ("claimed by", "领取人"),
    ("handover", "recycled"): ("back in the public pool", "退回公海"), ("handover", "queued"): ("nobody could take it", "无人可分配"),
    ("handover", "returned"): ("returned to the public pool", "退回公海"), ("task", "due_moved"): ("task due on another day", "任务改期"),
    ("task", "made"): ("task made", "生成任务"), ("task", "joined_reason"): ("one more reason for a task", "任务增加一个理由"),
    ("task", "completed"): ("task done", "任务完成"), ("task", "skipped"): ("task skipped", "任务跳过"),
    ("task", "snoozed"): ("task put off", "任务顺延"), ("task", "cancelled"): ("task cancelled", "任务取消"),
    ("enrolment", "enrolled"): ("cadence begun", "开始跟进"), ("enrolment", "exited"): ("cadence ended", "结束跟进"),
    ("enrolment", "paused"): ("cadence paused", "暂停跟进"), ("enrolment", "resumed"): ("cadence resumed", "恢复跟进"),
    ("enrolment", "let_in"): ("cadence begun: there is room", "有空位，开始跟进"),
    ("enrolment", "migrated"): ("cadence goes on by its new version", "跟进转入新版本"),
    ("enrolment", "recomputed"): ("date computed again", "日期已重算"), ("enrolment", "moved"): ("cadence handed over", "跟进转交"),
    ("task", "rested"): ("task rests with its cadence", "任务随跟进暂停"), ("task", "resumed"): ("task goes on", "任务恢复"),
    ("enrolment", "put_back"): ("cadence stands where it stood", "跟进回到原处"),
    ("task", "reopened"): ("task opened again", "任务重新打开"), ("task", "moved"): ("task handed over", "任务转交"),
    ("credit", "credited"): ("credited", "计入业绩"), ("grant", "credited"): ("bonus earned", "获得奖励"),
    ("approval", "requested"): ("approval asked for", "发起审批"), ("approval", "agreed"): ("one has agreed", "一人已同意"),
    ("approval", "granted"): ("approval granted", "审批通过"), ("approval", "refused"): ("approval refused", "审批被拒绝"),
    ("approval", "recalled"): ("request taken back", "申请已撤回"), ("approval", "void"): ("approval void", "审批失效"),
    ("approval", "delegated"): ("handed on", "已委托"), ("approval", "escalated"): ("goes one up", "已升级"),
    ("task", "escalated"): ("task overdue: told further up", "任务逾期，已升级"),
    ("task", "left_reason"): ("one reason less for a task", "任务减少一个理由"),
    ("task", "satisfied"): ("task counts as done already", "任务视为已完成"),
    ("task", "lent"): ("task with a stand-in", "任务由代理人处理"), ("task", "delegated"): ("task given on", "任务已委托"),
    ("task", "given_back"): ("task back with its owner", "任务已交还"),
    ("credit", "undone"): ("credit undone", "业绩撤销"), ("grant", "undone"): ("bonus undone", "奖励撤销"),
}  # fmt: skip


def _kept(dw: Dealwright, outcome: StoredOutcome, known: Around) -> Title:
    """A task, an enrolment or a credit in a few words, and the rule it comes from. No amount: pay is private."""
    en, zh = _KEPT.get((outcome.subject_kind, outcome.what), (outcome.what, outcome.what))
    if outcome.then.get("form") == HOUSE:
        en, zh = f"{en} to the house, paid to nobody", f"{zh}（公司业绩，不发放）"
    to = known.person(str(outcome.then.get("to") or ""))
    en, zh = f"{en} {to.show('en')}".strip(), f"{zh} {to.show('zh')}".strip()
    title = outcome.then.get("title")
    name = Title(*(str(part) for part in title)) if isinstance(title, tuple) else Title()
    rule = rule_title(dw, outcome.cause.rule) if outcome.cause.rule else Title()
    parts_en = [en, name.en, f"({rule.show('en')})" if rule.en else ""]
    parts_zh = [zh, name.zh, f"（{rule.show('zh')}）" if rule.zh else ""]
    ended = str(outcome.then.get("exit_name") or outcome.then.get("ended_as") or "")
    reason = word(ended) if ended else Title()
    return Title(" ".join(filter(None, [*parts_en, reason.en])), " ".join(filter(None, [*parts_zh, reason.zh])))
