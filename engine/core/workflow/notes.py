"""Notes to a date or a decision: what moved it, as codes with particulars that either language can say.

A note is (code, particulars); the particulars are joined by `|`, so that a record keeps facts and no language.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from engine.core.problems import Language
from engine.core.rules.header import Title
from engine.core.service.notes import SERVICE_WORDS
from engine.core.workflow.ownership_notes import OWNERSHIP_WORDS

Note = tuple[str, str]

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}


def note(code: str, *particulars: object) -> Note:
    """The note with its particulars in order; a bar inside one of them becomes a slash."""
    return code, "|".join(str(one).replace("|", "/") for one in particulars)


def weekday(day: date) -> Title:
    """The name of the day in both languages."""
    return Title(_WEEKDAYS["en"][day.weekday()], _WEEKDAYS["zh"][day.weekday()])


def show_note(one: Note, language: Language = "en") -> str:
    """The note as a sentence: `2026-10-04 Sunday → 2026-10-08 Thursday: National Day, calendar cn`.

    A code that this table does not know is shown as it is, so that nothing recorded is ever hidden.
    """
    code, particulars = one
    words = _WORDS.get(code)
    return words(particulars.split("|"), language) if words else f"{code}: {particulars}"


def _dated(text: str, language: Language) -> str:
    return f"{text} {weekday(date.fromisoformat(text)).show(language)}"


def _moved(parts: list[str], language: Language) -> str:
    came, went, en, zh, calendar = parts
    move = f"{_dated(came, language)} → {_dated(went, language)}"
    return f"{move}：{zh or en}，日历 {calendar}" if language == "zh" else f"{move}: {en or zh}, calendar {calendar}"


def _skipped(parts: list[str], language: Language) -> str:
    first, last, en, zh, calendar = parts
    days = first if first == last else f"{first} – {last}"
    if language == "zh":
        return f"{days} 不计：{zh or en}，日历 {calendar}"
    return f"{days} not counted: {en or zh}, calendar {calendar}"


def _make_up(parts: list[str], language: Language) -> str:
    day, en, zh, calendar = parts
    dated = _dated(day, language)
    if language == "zh":
        return f"{dated} 上班：{zh or en}，日历 {calendar}"
    return f"{dated} is worked: {en or zh}, calendar {calendar}"


def _provisional(parts: list[str], language: Language) -> str:
    year, calendar = parts
    if language == "zh":
        return f"日历 {calendar} 的 {year} 年尚未公布，日期为暂定"
    return f"provisional: calendar {calendar} does not yet know {year} in full"


def _repeated(parts: list[str], language: Language) -> str:
    outcome, number, at_most = parts
    if language == "zh":
        return f"结果为“{outcome}”：第 {number} 次重复，最多 {at_most} 次"
    return f"outcome {outcome}: repeat {number} of at most {at_most}"


def _handed_on(parts: list[str], language: Language) -> str:
    gone, to = parts
    return f"{gone} 已离职，转给其经理 {to}" if language == "zh" else f"{gone} has left: it goes to their manager, {to}"


def _stayed(parts: list[str], language: Language) -> str:
    stage, limit, since = parts
    if language == "zh":
        return f"自 {since} 起停留在阶段 {stage}，上限 {limit}"
    return f"in stage {stage} since {since}, at most {limit}"


def _own_request(parts: list[str], language: Language) -> str:
    person, above = parts
    if language == "zh":
        return f"{person} 是申请人，转给 {above}"
    return f"{person} asked for it themselves: it goes to {above}"


def _away(parts: list[str], language: Language) -> str:
    person, other, until = parts
    if language == "zh":
        return f"{person} 休假至 {until}，由 {other} 代为决定"
    return f"{person} is away until {until}: {other} decides instead"


def _too_late(parts: list[str], language: Language) -> str:
    person, above = parts
    return (
        f"{person} 未按时决定，升级给 {above}"
        if language == "zh"
        else f"{person} did not decide in time: it goes to {above}"
    )


def _delegated(parts: list[str], language: Language) -> str:
    person, to, reason = parts
    if language == "zh":
        return f"{person} 委托 {to}" + (f"：{reason}" if reason else "")
    return f"{person} named {to} instead" + (f": {reason}" if reason else "")


def _already_agreed(parts: list[str], language: Language) -> str:
    return f"{parts[0]} 已同意" if language == "zh" else f"{parts[0]} has agreed already"


def _in_words(parts: list[str], language: Language) -> str:
    """A note that holds its own words, in both languages."""
    en, zh = parts
    return zh or en if language == "zh" else en or zh


def _in_title(parts: list[str], language: Language) -> str:
    words = _in_words(parts, language)
    return f"“{words}”已有人处理，予以保留" if language == "zh" else f"“{words}” stays: somebody has taken it up"


def _waits_for(parts: list[str], language: Language) -> str:
    words = _in_words(parts, language)
    return f"等待审批：{words}" if language == "zh" else f"waits for approval: {words}"


def _of_approval(parts: list[str], language: Language) -> str:
    return f"审批 {parts[0]}" if language == "zh" else f"approval {parts[0]}"


def _of_enrolment(parts: list[str], language: Language) -> str:
    return f"跟进 {parts[0]}" if language == "zh" else f"enrolment {parts[0]}"


def _of_step(parts: list[str], language: Language) -> str:
    _, step, repeats = parts
    if language == "zh":
        return f"步骤 {step}" + (f"，第 {repeats} 次重复" if repeats != "0" else "")
    return f"step {step}" + (f", repeat {repeats}" if repeats != "0" else "")


def _of_task(parts: list[str], language: Language) -> str:
    return f"任务 {parts[0]}" if language == "zh" else f"task {parts[0]}"


def _of_visit(parts: list[str], language: Language) -> str:
    return (
        f"商机 {parts[0]} 的第 {parts[1]} 个阶段" if language == "zh" else f"stage number {parts[1]} of deal {parts[0]}"
    )


def _plain(en: str, zh: str) -> Callable[[list[str], Language], str]:
    """A sentence with the particulars in their places: {0}, {1}…"""

    def said(parts: list[str], language: Language) -> str:
        return (zh if language == "zh" else en).format(*parts)

    return said


def _no_room(parts: list[str], language: Language) -> str:
    most, owner = parts
    if language == "zh":
        return f"{owner}的跟进已达上限 {most} 个，等待空位" if owner else f"跟进已达上限 {most} 个，等待空位"
    return f"waits for room: {owner} has {most} under way" if owner else f"waits for room: {most} are under way"


def _full_day(parts: list[str], language: Language) -> str:
    most, owner, day, went = parts
    if language == "zh":
        return f"{owner} 当日已达上限 {most} 个：{_dated(day, language)} → {_dated(went, language)}"
    return f"cap of {most} a day reached for {owner}: {_dated(day, language)} → {_dated(went, language)}"


def _out_of_office(parts: list[str], language: Language) -> str:
    back = parts[0]
    if language == "zh":
        return f"联系人外出，{_dated(back, language)} 返回" if back else "联系人外出，未告知返回日"
    return f"the contact is out of office until {_dated(back, language)}" if back else "the contact is out of office"


def _for_reason(en: str, zh: str) -> Callable[[list[str], Language], str]:
    """A sentence with the channel and the reason, where there are any."""

    def said(parts: list[str], language: Language) -> str:
        channel, reason = parts
        if language == "zh":
            return f"{zh}{f'（{channel}）' if channel else ''}{f'：{reason}' if reason else ''}"
        return f"{en}{f' ({channel})' if channel else ''}{f': {reason}' if reason else ''}"

    return said


def _stands_in(parts: list[str], language: Language) -> str:
    who, whom, until = parts
    if language == "zh":
        return f"{whom} 不在岗{f'至 {_dated(until, language)}' if until else ''}，由 {who} 代理"
    return f"{whom} is away{f' until {_dated(until, language)}' if until else ''}: {who} stands in"


def _nobody_stands_in(parts: list[str], language: Language) -> str:
    whom, until = parts
    if language == "zh":
        return f"{whom} 不在岗{f'至 {_dated(until, language)}' if until else ''}，无人代理"
    return f"{whom} is away{f' until {_dated(until, language)}' if until else ''} and nobody stands in"


def _given(parts: list[str], language: Language) -> str:
    who, whom, reason = parts
    if language == "zh":
        return f"由 {who} 转交 {whom}{f'：{reason}' if reason else ''}"
    return f"given by {who} to {whom}{f': {reason}' if reason else ''}"


_WORDS: Mapping[str, Callable[[list[str], Language], str]] = MappingProxyType({
    "moved": _moved, "skipped": _skipped, "make_up": _make_up, "provisional": _provisional, "repeated": _repeated,
    "handed_on": _handed_on, "stayed": _stayed, "enrolment": _of_enrolment, "step": _of_step, "task": _of_task,
    "visit": _of_visit, "own_request": _own_request, "away": _away, "too_late": _too_late, "delegated": _delegated,
    "already_agreed": _already_agreed, "not_done": _in_words, "missing": _in_words, "waits_for": _waits_for,
    "approval": _of_approval,
    "no_room": _no_room, "full_day": _full_day, "out_of_office": _out_of_office,
    "zone_unknown": _plain("the contact's time zone {0} is not known, {1} is used", "联系人的时区 {0} 无法识别，采用 {1}"),
    "window": _plain("{0} → {1}: window {2}, {3}", "{0} → {1}：时段 {2}，{3}"),
    "room": _plain("there is room now", "已有空位"),
    "rested": _plain("paused from {0} to {1}: {2}", "暂停 {0} 至 {1}：{2}"),
    "chained": _plain("{0} goes over to {1}", "由 {0} 转入 {1}"),
    "plan_over": _plain("visits are planned until {0}", "回访计划至 {0} 为止"),
    "went_to": _plain("goes to step {0}", "转到步骤 {0}"),
    "migrated": _plain("the rule has a new version: {0}", "规则已换版：{0}"),
    "recomputed": _plain("computed again by the changed calendar {0}", "按变更后的日历 {0} 重算"),
    "reopened": _plain("taken up again with the reopened deal", "随商机重新打开而恢复"),
    "put_back": _plain("{0} stands again at the step {2}", "{1}回到步骤“{3}”"),
    "gone_on": _plain("{0} has gone on since and stays where it is", "{1}已继续进行，保持现状"),
    "stands_alone": _plain("{0} has ended: the task stands on its own", "{1}已结束，该任务单独保留"),
    "left_open": _in_title,
    "left_work": _plain("{0} left with {1} tasks open", "{0} 离职，留有 {1} 项未完成任务"),
    "contact_removed": _for_reason("the contact was removed", "联系人已删除"),
    "opted_out": _for_reason("the contact opted out", "联系人已退订"),
    "bounced": _for_reason("the message came back", "消息被退回"),
    "stands_in": _stands_in, "nobody_stands_in": _nobody_stands_in,
    "given_back": _plain("back from {0} to {1}", "由 {0} 交还 {1}"),
    "given": _given,
    "overdue_since": _plain("overdue since {0}", "自 {0} 起逾期"),
    "done_lately": _plain("done already on {1} ({0})", "已于 {1} 完成（{0}）"),
    "rescheduled": _plain("called off: {0}; once more after {1}", "已取消：{0}；{2}后再安排一次"),
    **OWNERSHIP_WORDS, **SERVICE_WORDS,
})  # fmt: skip
