"""R407 to R409: outcomes of tasks that cannot come, and measures of tasks where nobody counts them."""

from engine.core.texts.shape import ProblemText

OUTCOME_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R408",
        "`{found}` cannot come of this step's task. What may come of it: {known}.",
        "此步骤的任务不会有结果 `{found}`。可能的结果：{known}。",
        "Use one of these, or add the outcome to the vocabulary.",
        "请使用其中之一，或在词汇表中添加该结果。",
    ),
    ProblemText(
        "R409",
        "No rule makes a task with the purpose `{found}`. Purposes: {known}.",
        "没有规则产生目的为 `{found}` 的任务。现有目的：{known}。",
        "Write one of these, or remove the purpose.",
        "请写其中之一，或删除该目的。",
    ),
)
