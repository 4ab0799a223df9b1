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
    PolicyKey("on_reopen", ("nothing",), "nothing",
              "Whether a reopened deal takes the cadence up again.", "商机重新打开后是否恢复跟进。", later=("resume",)),
    PolicyKey("on_reassign", ("follow_if_previous_owner", "follow", "stay"), "follow_if_previous_owner",
              "Open tasks when the deal changes hands.", "商机转给他人时未完成的任务归谁。"),
    PolicyKey("reenrol", ("after_exit", "always", "never"), "after_exit",
              "The same deal again: after the cadence has ended, at any time (the one under way ends), or never.",
              "同一商机再次进入：结束之后、随时（进行中的随即结束），或不再进入。"),
    PolicyKey("migrate", ("pin",), "pin",
              "What a new version of the rule means to work under way: it goes on by its own version.",
              "规则换版后，进行中的跟进仍按原版本。", later=("next_touch", "reevaluate", "restart")),
    PolicyKey("calendar_change", ("future_only",), "future_only",
              "What a changed calendar means to dates already computed: they stay.",
              "日历变更后，已算出的日期不变。", later=("recompute",)),
    PolicyKey("day_arithmetic", ("wall_clock", "elapsed"), "wall_clock",
              "Calendar days keep the clock time, or are 24 hours each.", "按自然日加减时保持钟点，或每天按 24 小时。"),
)  # fmt: skip

LATER_KEYS = ("pause", "daily_limit_per_person")
"""Policy keys of the rule language that this version does not carry out yet, whatever they say."""

POLICY_KEYS: Mapping[str, PolicyKey] = MappingProxyType({key.name: key for key in _KEYS})

DEFAULT_POLICY: Mapping[str, str] = MappingProxyType({key.name: key.default for key in _KEYS})
