"""R360 to R370: time limits of stages, drawn moves and approval rules that do not make sense."""

from engine.core.texts.shape import ProblemText

STAGE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R360",
        "Nothing happens at this level: it has no `task`, nobody to `tell` and no `move`.",
        "此级没有任何动作：没有 `task`、`tell` 或 `move`。",
        "Say what happens when a deal has been in the stage for so long.",
        "请写明停留到此时长后要做什么。",
    ),
    ProblemText(
        "R361",
        "A step says exactly one of `who`, `all_of` and `any_of`; found {found}.",
        "每一步只能写 `who`、`all_of`、`any_of` 中的一个；现为 {found}。",
        "Write `who:` for one person, `all_of:` where everybody named must agree, `any_of:` where one of them is enough.",
        "一人决定写 `who:`，须全部同意写 `all_of:`，任一同意即可写 `any_of:`。",
    ),
    ProblemText(
        "R362",
        "A deal has no fact `{found}`. Near: {known}.",
        "商机没有信息项 `{found}`。相近的有：{known}。",
        "Declare it in a vocabulary file, or use one of these; write its bare name.",
        "请在词汇表中声明，或使用其中之一；只写短名称。",
    ),
    ProblemText(
        "R363",
        "This pipeline has no stage `{found}`: {known}.",
        "此流程没有阶段 `{found}`：{known}。",
        "Use one of these.",
        "请使用其中之一。",
    ),
    ProblemText(
        "R364",
        "The move from {from} to {stage} is drawn on line {line} already; for whoever may make both, the first one wins.",
        "从 {from} 到 {stage} 的移动已在第 {line} 行列出；对两者都适用的人，以先列出的为准。",
        "Give the two lines different roles, or join them.",
        "请让两行适用于不同角色，或合并为一行。",
        severity="warning",
    ),
    ProblemText(
        "R365",
        "This level is reached after {found}, no later than the one before it, after {before}.",
        "此级在 {found} 后到达，不晚于前一级的 {before}。",
        "Write the levels in the order in which they are reached; each counts from the same beginning.",
        "请按到达的先后书写各级；每级都从同一起点起算。",
    ),
    ProblemText(
        "R366",
        "No rule describes the approval `{found}`. Described: {known}.",
        "没有规则描述审批 `{found}`。已有：{known}。",
        "Write a file that begins with `approval: {found}`, or use one of these.",
        "请编写以 `approval: {found}` 开头的文件，或使用其中之一。",
    ),
    ProblemText(
        "R367",
        "This band is never reached: the one on line {line} always holds.",
        "永远用不到此档：第 {line} 行的一档始终成立。",
        "Write the bands strictest first, and the one without `when` last.",
        "请按从严到宽的顺序书写各档，没有 `when` 的放在最后。",
    ),
    ProblemText(
        "R368",
        "Who must agree may not depend on `{found}`, on who has agreed.",
        "由谁审批不能取决于 `{found}`，即是否已审批。",
        "Ask for facts of the deal instead.",
        "请改用商机的信息项。",
    ),
    ProblemText(
        "R369",
        "`about` names `{found}`, which is no fact. Near: {known}.",
        "`about` 中的 `{found}` 不是信息项。相近的有：{known}。",
        "Write the full name of a fact, as in `deal.discount`.",
        "请写信息项的全名，如 `deal.discount`。",
    ),
    ProblemText(
        "R370",
        "`{found}` cannot be {voided_by}: it is no amount, number, percentage or date.",
        "`{found}` 无法比较高低（{voided_by}）：它不是金额、数字、百分比或日期。",
        "Write `voided_by: any_change`, or name a fact that can be compared.",
        "请写 `voided_by: any_change`，或改用可比较的信息项。",
    ),
)
