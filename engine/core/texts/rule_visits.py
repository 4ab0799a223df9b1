"""R425 to R427: visits that come round, and dates that would lie before what comes before them."""

from engine.core.texts.shape import ProblemText

VISIT_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R425",
        "{found} is no plan of visits: a line comes round from 1 to {most} times, with some time between.",
        "{found} 不构成回访计划：每行可重复 1 至 {most} 次，且间隔须大于零。",
        "Write how long after one visit the next is, and how many there are.",
        "请写明两次回访的间隔与回访次数。",
    ),
    ProblemText(
        "R426",
        "The step `{step}` would move back to before what it counts from: {start} + {wait} is {due}, and the working day before that "
        "is {went}.",
        "步骤 `{step}` 会提前到起算日之前：{start} 加 {wait} 为 {due}，其前一工作日是 {went}。",
        "Such a date moves forward instead; write a longer wait, or `on_nonworking: forward`.",
        "此类日期改为顺延；请写更长的等待时间，或写 `on_nonworking: forward`。",
        severity="warning",
    ),
    ProblemText(
        "R427",
        "The step `{step}` would come before `{before}`, which is written above it: from {start} on, {due} and {other}.",
        "步骤 `{step}` 会早于写在其前的 `{before}`：自 {start} 起，分别为 {due} 与 {other}。",
        "With `anchor: enrolment` every wait counts from the start; sort the steps by their waits.",
        "`anchor: enrolment` 时每个等待都从加入之时起算；请按等待时间排列各步骤。",
        severity="warning",
    ),
)
