"""E265 to E269: an answer to a task that cannot be taken back."""

from engine.core.texts.shape import ProblemText

UNDOING_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E265",
        "The task {task} is open: there is no answer to take back.",
        "任务 {task} 尚未处理，没有可撤销的操作。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E266",
        "The answer to the task {task} was given at {at}; it could be taken back for {limit}.",
        "任务 {task} 于 {at} 处理，撤销时限为 {limit}，现已超过。",
        "What was done stays; log an activity to add what you know.",
        "已有结果保持不变；如有补充，请记录一次活动。",
    ),
    ProblemText(
        "E267",
        "The task {task} was not closed by a person but by a rule ({status}).",
        "任务 {task} 由规则结束（{status}），并非人工处理。",
        "Its history says which rule, and why.",
        "任务历史会说明是哪条规则、什么原因。",
    ),
    ProblemText(
        "E268",
        "What the task {task} was for is over: the deal {deal} has closed or left the stage since.",
        "任务 {task} 的理由已不存在：商机 {deal} 之后已关闭或离开该阶段。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E269",
        "The task {task} cannot be opened again: the task {other} has the same purpose and is open.",
        "任务 {task} 不能重新打开：任务 {other} 目的相同且未完成。",
        "Work on that one.",
        "请处理该任务。",
    ),
)
