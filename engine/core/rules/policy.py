"""The policy keys of a cadence: what each may say, and its default. The only list of them.

Where systems disagree about what happens to planned work, the rule says it by a key; nothing is picked silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class PolicyKey:
    """One key: the words that are carried out, its default, its meaning en and zh, and the words that are not yet."""

    name: str
    words: tuple[str, ...]
    default: str
    en: str
    zh: str
    later: tuple[str, ...] = ()


_KEYS = (
    PolicyKey("anchor", ("previous_actual", "previous_due", "enrolment"), "previous_actual",
              "What `after` counts from: when the previous step was done, when it was due, or the enrolment.",
              "`after` 从何时起算：上一步实际完成、上一步到期，或加入跟进之时。"),
    PolicyKey("weekend_start", ("roll_then_add", "count_next"), "roll_then_add",
              "Business days from a day off: first go to the next working day, or count that day as the first.",
              "从非工作日起算：先顺延到工作日再加，或把下一工作日算作第一天。"),
    PolicyKey("on_nonworking", ("forward", "backward", "run"), "forward",
              "A date on a day off moves forward, backward, or stays.",
              "遇非工作日：顺延、提前，或照常。"),
    PolicyKey("defer_time", ("window_start", "keep"), "window_start",
              "The time of day after a move: the opening, or the same clock time.",
              "改期后的时刻：上班时间，或原来的时刻。"),
    PolicyKey("first_step", ("in_window", "immediate"), "in_window",
              "Whether a first step without a wait (`after` is 0) waits for working time.",
              "无需等待的第一步（`after` 为 0）是否等到工作时间。"),
    PolicyKey("on_overdue", ("wait_and_escalate", "wait", "skip"), "wait_and_escalate",
              "An overdue task of a step that the next one waits for: tell the manager and wait, wait, or skip the step.",
              "后一步所等待的任务逾期：告知上级并等待、仅等待，或跳过这一步。"),
    PolicyKey("on_close", ("cancel", "keep", "complete"), "cancel",
              "Open tasks when the deal closes.", "商机关闭时未完成的任务如何处理。"),
    PolicyKey("on_reopen", ("nothing", "resume"), "nothing",
              "Whether a reopened deal takes the cadence up again where the closing ended it.",
              "商机重新打开后，是否从因关闭而结束之处恢复跟进。"),
    PolicyKey("on_reassign", ("follow_if_previous_owner", "follow", "stay"), "follow_if_previous_owner",
              "Open tasks when the deal changes hands.", "商机转给他人时未完成的任务归谁。"),
    PolicyKey("reenrol", ("after_exit", "always", "never"), "after_exit",
              "The same deal again: after the cadence has ended, at any time (the one under way ends), or never.",
              "同一商机再次进入：结束之后、随时（进行中的随即结束），或不再进入。"),
    PolicyKey("migrate", ("pin", "next_touch", "reevaluate", "restart"), "pin",
              "What this version means to work under way by an older one, when something next happens to it: it stays with "
              "the older; goes over at its step; goes over if the start's condition still holds, with its date counted "
              "anew, and else ends; or ends and begins again.",
              "本版本对按旧版本进行中的跟进意味着什么（在其下次有动静时）：仍按旧版；在当前步骤转入本版；启动条件仍成立则转入并重算日期，"
              "否则结束；或结束后重新开始。"),
    PolicyKey("calendar_change", ("future_only", "recompute"), "future_only",
              "What a changed calendar means to a date already computed: it stays, or is computed again when something next "
              "happens.",
              "日历变更后，已算出的日期不变，或在下次有动静时重算。"),
    PolicyKey("pause", ("shift", "clock_runs"), "shift",
              "After a pause the next step is later by the business time of the pause, or at its old date if that is still "
              "to come and at once if not.",
              "暂停结束后，下一步按暂停的工作时间顺延；或按原日期，已过则立即进行。"),
    PolicyKey("on_out_of_office", ("pause", "nothing"), "pause",
              "An answer that the contact is out of office: a pause until the day of return, or until somebody resumes it "
              "where no day is told; or nothing.",
              "收到外出自动回复：暂停至返回日（未告知返回日则待人恢复），或不作处理。"),
    PolicyKey("on_opt_out", ("skip_channel", "exit"), "skip_channel",
              "A contact who does not want to be reached on a channel: its steps are skipped, or the cadence ends.",
              "联系人退订某渠道：跳过该渠道的步骤，或结束跟进。"),
    PolicyKey("on_bounce", ("skip_channel", "exit"), "skip_channel",
              "A message that cannot be delivered: steps of its channel are skipped until the address is changed, or the "
              "cadence ends.",
              "消息无法送达：在更换地址前跳过该渠道的步骤，或结束跟进。"),
    PolicyKey("holidays", ("company", "contact"), "company",
              "Whose days off count: those of the cadence's or the company's calendar, or those of the calendar of the "
              "contact's time zone, where there is one.",
              "以谁的假日为准：本节奏或公司的日历，或联系人所在时区的日历（如有）。"),
    PolicyKey("day_arithmetic", ("wall_clock", "elapsed"), "wall_clock",
              "Calendar days keep the clock time, or are 24 hours each.", "按自然日加减时保持钟点，或每天按 24 小时。"),
)  # fmt: skip

LIMITS = ("daily_limit_per_person", "active_limit", "active_limit_per_person")
"""Policy keys that are whole numbers above zero; without them there is no limit."""

REENROL_AFTER = "reenrol_after"
"""The policy key that is a duration: how long after its end the same deal may enter again by rule."""

POLICY_KEYS: Mapping[str, PolicyKey] = MappingProxyType({key.name: key for key in _KEYS})

DEFAULT_POLICY: Mapping[str, str] = MappingProxyType({key.name: key.default for key in _KEYS})
