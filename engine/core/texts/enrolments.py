"""E220 to E226, E255: what a person asks of a cadence, or of its newer version, and it does not allow."""

from engine.core.texts.shape import ProblemText

ENROLMENT_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E220",
        "No cadence {cadence} is in force.",
        "没有生效中的跟进节奏 {cadence}。",
        "Choose one of those that are in force.",
        "请选择生效中的跟进节奏。",
    ),
    ProblemText(
        "E221",
        "The deal {deal} is in the cadence {cadence} already.",
        "商机 {deal} 已在跟进节奏 {cadence} 中。",
        "Nothing needs to be done; resume it when it is paused.",
        "无需操作；若已暂停，请恢复。",
    ),
    ProblemText(
        "E222",
        "The deal {deal} has been through the cadence {cadence}, which nobody enters twice (`reenrol: never`).",
        "商机 {deal} 已走过跟进节奏 {cadence}，而该节奏不允许再次进入（`reenrol: never`）。",
        "Choose another cadence.",
        "请选择其他跟进节奏。",
    ),
    ProblemText(
        "E223",
        "The deal {deal} is not in the cadence {cadence}; it has ended or was taken out already.",
        "商机 {deal} 不在跟进节奏 {cadence} 中，可能已结束或已移出。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E224",
        "The deal {deal} is not paused in the cadence {cadence}.",
        "商机 {deal} 在跟进节奏 {cadence} 中并未暂停。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E225",
        "A pause of the deal {deal} in the cadence {cadence} must end on a later day.",
        "商机 {deal} 在跟进节奏 {cadence} 中的暂停须在更晚的日期结束。",
        "Give a later day, or none to pause until somebody resumes it.",
        "请填写更晚的日期；不填则暂停至有人恢复。",
    ),
    ProblemText(
        "E226",
        "The cadence {cadence} no longer has the step {step}, at which {number} tasks are open, and does not say what becomes "
        "of them.",
        "跟进节奏 {cadence} 不再有步骤 {step}，而该步骤尚有 {number} 项未完成任务，且未写明如何处理。",
        "Write `migrate` in its policy: pin, next_touch, reevaluate or restart.",
        "请在策略中写明 `migrate`：pin、next_touch、reevaluate 或 restart。",
    ),
    ProblemText(
        "E255",
        "The rule of the task {task} does not plan it anew when it is called off.",
        "任务 {task} 所属规则未规定取消后改约。",
        "Call it off without a new date, or give its step `reschedule_after`.",
        "请直接取消，或为其步骤写明 `reschedule_after`。",
    ),
)
