"""R210 to R224: pipelines, facts, cadences and automations that do not make sense."""

from engine.core.texts.shape import ProblemText

WORKFLOW_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R210",
        "No deal can ever reach the stage `{stage}`.",
        "任何商机都无法到达阶段 `{stage}`。",
        "Move it before the stages that close a deal.",
        "请把它移到关闭阶段之前。",
    ),
    ProblemText(
        "R211",
        "A deal in the stage `{stage}` can never be closed as {how}.",
        "阶段 `{stage}` 中的商机永远无法关闭为 {how}。",
        "Add `{stage}` or a later stage to `won_from`, or allow moves backward.",
        "请把 `{stage}` 或其后的阶段加入 `won_from`，或允许后退。",
    ),
    ProblemText(
        "R212",
        "`{found}` is not an open stage of this pipeline: {known}.",
        "`{found}` 不是此流程的未关闭阶段：{known}。",
        "Use one of these.",
        "请使用其中之一。",
    ),
    ProblemText(
        "R213",
        "The pipeline has no stage that closes a deal as {how}.",
        "流程中没有将商机关闭为 {how} 的阶段。",
        "Add a last stage with `closes: {how}`.",
        "请在最后添加带 `closes: {how}` 的阶段。",
    ),
    ProblemText(
        "R214",
        "`{found}` stands here for the second time; the first is on line {line}.",
        "`{found}` 在此重复；第一次在第 {line} 行。",
        "Give each its own id.",
        "请各用不同的编号。",
    ),
    ProblemText(
        "R215",
        "The fact `{found}` is known already: {other_place}.",
        "信息项 `{found}` 已存在：{other_place}。",
        "Choose another name, or remove this declaration.",
        "请换一个名称，或删除此声明。",
    ),
    ProblemText(
        "R216",
        "A measure cannot be made of `{found}`. Possible: {known}.",
        "指标不能由 `{found}` 得出。可用：{known}。",
        "Use one of these.",
        "请使用其中之一。",
    ),
    ProblemText(
        "R217",
        "A measure belongs to a subject: {known}; found `{found}`.",
        "指标属于某个主体：{known}；现为 `{found}`。",
        "Write its full name, as in `deal.connected_calls`.",
        "请写全名，如 `deal.connected_calls`。",
    ),
    ProblemText(
        "R218",
        "`{found}` is not a fact that a rule may set. Declared for the deal: {known}.",
        "规则不能设置 `{found}`。已为商机声明：{known}。",
        "Declare it in a vocabulary file, or use one of these.",
        "请在词汇表中声明，或使用其中之一。",
    ),
    ProblemText(
        "R219",
        "`{found}` is not a number of days; a measure looks back over days or weeks.",
        "`{found}` 不是天数；指标按天或周回看。",
        "Write `within: 90 days` or `within: 12 weeks`.",
        "请写 `within: 90 days` 或 `within: 12 weeks`。",
    ),
    ProblemText(
        "R220",
        "This step makes no task; it only waits. As the last step it would do nothing at all.",
        "此步骤不建任务，只是等待；若为最后一步则毫无作用。",
        "Put the waiting time into `after` of the next step, or add a `task`.",
        "请把等待时间写到下一步的 `after`，或添加 `task`。",
    ),
    ProblemText(
        "R222",
        "`{found}` is a built-in fact; it needs no declaration.",
        "`{found}` 是内置信息项，无需声明。",
        "Remove the declaration, or choose another name.",
        "请删除此声明，或换一个名称。",
    ),
    ProblemText(
        "R224",
        "These automations set each other off without end: {chain}.",
        "这些自动化会无休止地相互触发：{chain}。",
        "Let one of them listen to another event, or set another fact than those its own chain reads.",
        "请让其中一个监听别的事件，或设置该链条不读取的信息项。",
    ),
)
