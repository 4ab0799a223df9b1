"""R420 to R429 and E254: visits that come again, and days off that move them."""

from engine.core.texts.shape import ProblemText

VISIT_TEXTS = (
    ProblemText(
        "R420",
        "`{step}` follows after {days} days, and the calendar {calendar} has breaks of {longest} days: moved back, it may land where its wait began.",
        "`{step}` 只间隔 {days} 天，而日历 {calendar} 有长达 {longest} 天的连休：提前后可能落到起算的那一天。",
        "Wait longer than the longest break, or move it forward: `on_nonworking: forward`. It never comes before its wait began: it goes forward instead.",
        "请让间隔长于最长的连休，或改为顺延：`on_nonworking: forward`。提前不会早于起算时刻，届时改为顺延。",
        severity="warning",
    ),
    ProblemText(
        "R421",
        "{over} cannot be divided into {times} equal parts.",
        "{over} 无法等分为 {times} 次。",
        "Write how far apart they are with `every`, or a time that divides, such as 12 months for 4 times.",
        "请用 `every` 写明间隔，或改为能够等分的时间，例如 12 months 分 4 次。",
    ),
    ProblemText(
        "R422",
        "All waits count from the start here, and {after} and {every} cannot be added: they are different kinds of time.",
        "此处所有间隔都从开始起算，而 {after} 与 {every} 属于不同种类的时间，无法相加。",
        "Write both in days or weeks, or both in months or years; or let each wait count from the step before: `anchor: previous_due`.",
        "请都用天或周，或都用月或年；或让间隔从上一步起算：`anchor: previous_due`。",
    ),
    ProblemText(
        "R425",
        "`at_start` is asked when a follow-up begins; `{found}` is known of an event only.",
        "`at_start` 在跟进开始时判断；`{found}` 只有相应事件才有。",
        "Ask facts of `deal.`, `account.`, `contact.`, `owner.` or `partner.`, for example `account.open_complaints > 0`.",
        "请使用 `deal.`、`account.`、`contact.`、`owner.`、`partner.` 的信息项，例如 `account.open_complaints > 0`。",
    ),
    ProblemText(
        "R428",
        "{found} is no plan: a line comes at most {most} times, with some time between.",
        "{found} 不构成计划：每行最多 {most} 次，且间隔须大于零。",
        "Write fewer times, or more time between them.",
        "请减少次数，或加大间隔。",
    ),
    ProblemText(
        "R429",
        "The step `{step}` would come before `{before}`, which is written above it: from {start} on, {due} and {other}.",
        "步骤 `{step}` 会早于写在其前的 `{before}`：自 {start} 起，分别为 {due} 与 {other}。",
        "With `anchor: enrolment` every wait counts from the start; sort the steps by their waits.",
        "`anchor: enrolment` 时每个等待都从加入之时起算；请按等待时间排列各步骤。",
        severity="warning",
    ),
)

VISIT_REFUSALS = (
    ProblemText(
        "E254",
        "The task {task} cannot be put off to a further one: its rule asks for none, or its follow-up is over.",
        "任务 {task} 不能改期再安排：规则未规定，或所属跟进已结束。",
        "Skip it without another, or snooze it.",
        "请直接跳过，或顺延该任务。",
    ),
)
