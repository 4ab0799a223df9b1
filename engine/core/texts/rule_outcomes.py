"""R406 to R409: days that tasks cannot be due on, and outcomes that cannot come of them."""

from engine.core.texts.shape import ProblemText

OUTCOME_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R406",
        "`{found}` does not lead from one day to another.",
        "`{found}` 不能用来从一天推算到另一天。",
        "Write `2 business days`, `3 days`, `1 weeks` or `2 months`.",
        "请写 `2 business days`、`3 days`、`1 weeks` 或 `2 months`。",
    ),
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
