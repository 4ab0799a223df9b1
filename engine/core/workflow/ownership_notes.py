"""What notes say about who got something, who did not, and until when it is theirs; see `notes.py`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.core.durations import Duration
from engine.core.problems import Language

Words = Callable[[list[str], Language], str]

_WHY_PASSED = {
    "gone": ("does not work here that day", "当日不在职"),
    "on_leave": ("is on leave until {0}", "休假至 {0}"),
    "out": ("is out of office until {0}", "外出至 {0}"),
    "takes_none": ("takes nothing for now", "暂不接收"),
    "open": ("has {0} open deals", "未关闭商机 {0}"),
    "open_account": ("has {0} customers", "客户 {0}"),
    "open_ticket": ("has {0} open tickets", "未结工单 {0}"),
    "day": ("has had {0} today", "今日已分 {0}"),
    "month": ("has had {0} this month", "本月已分 {0}"),
}


def _passed_over(parts: list[str], language: Language) -> str:
    person, why, detail = parts
    en, zh = _WHY_PASSED.get(why, (why, why))
    if language == "zh":
        return f"未分给 {person}：{zh.format(detail or '未定')}"
    return f"not {person}: {en.format(detail or 'further notice')}"


_SINCE = {
    "last_touch": ("not touched", "未联系"),
    "owned": ("held and not won", "持有未赢单"),
    "stage_entered": ("in its stage", "停留在阶段"),
}


def _idle(parts: list[str], language: Language) -> str:
    what, since, length, place = parts
    en, zh = _SINCE.get(what, (what, what))
    return (
        f"自 {since} 起{zh}，上限 {Duration.parse(length).zh}（{place}）"
        if language == "zh"
        else f"{en} since {since}, at most {length} ({place})"
    )


def _plain(en: str, zh: str) -> Words:
    """Words with the particulars filled in by number."""
    return lambda parts, language: (zh if language == "zh" else en).format(*parts)


_LOADS = {
    "": ("{0} open deals", "未关闭商机 {0}"),
    "account": ("{0} customers", "客户 {0}"),
    "ticket": ("{0} open tickets", "未结工单 {0}"),
}


def _least(en: str, zh: str) -> Words:
    """Who has least, how much, and of what: of open deals where the note does not say."""

    def words(parts: list[str], language: Language) -> str:
        who, load, of = (*parts, "")[:3]
        shown = _LOADS[of][language == "zh"].format(load)
        return (zh if language == "zh" else en).format(who, shown)

    return words


OWNERSHIP_WORDS: Mapping[str, Words] = MappingProxyType({
    "passed_over": _passed_over,
    "idle": _idle,
    "least_bad": _least("nobody was free: {0} has least, {1}", "无人空闲：{0} 手头最少，{1} 个"),
    "to_manager": _plain("nobody could: it goes to {1}, the manager of {0}", "无人可分：交给 {0} 的上级 {1}"),
    "whose": _plain("{0}: {1}", "{0}：{1}"),
    "territory": _plain("territory by {0}: {1}", "按 {0} 划分区域：{1}"),
    "least_load": _least("{0} has least, {1}", "{0} 手头最少，{1} 个"),
    "in_turn": _plain("{0} is next after {1}", "轮到 {0}，上一位是 {1}"),
    "by_weight": _plain("{0} by weight {2}, number {1}", "{0} 按权重 {2} 分得第 {1} 个"),
    "assigned_by": _plain("by assignment rule {0}, row {1} ({2})", "依据分配规则 {0} 的第 {1} 行（{2}）"),
    "no_row": _plain("no row of the assignment rule {0} holds", "分配规则 {0} 没有成立的行"),
    "due_on": _plain("due on {0}, {1}", "到期日取自 {0}：{1}"),
    "due_before": _plain("{0} before that: {1}", "其前 {0}：{1}"),
    "due_after": _plain("{0} after that: {1}", "其后 {0}：{1}"),
    "from_history": _plain("taken over from history: the time runs from the clock's first look",
                           "历史数据：自系统首次检查起计时"),
    "customer": _plain("about the customer {0}", "涉及客户 {0}"),
    "claims_left": _plain("{0} of {1} claims left today", "今日还可领取 {0} 个，上限 {1} 个"),
    "protected": _plain("protected: {0}", "保护期：{1}"),
    "new_owner": _plain("protected as a new owner: {0}", "新负责人保护期：{0}"),
})  # fmt: skip
