"""R400 to R403, E230 to E234: task policies, and what they do not let people do."""

from engine.core.texts.shape import ProblemText

TASK_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R400",
        "Nothing happens at this level: nobody is told and nobody is given the task.",
        "这一级没有任何动作：既不告知任何人，也不转交任务。",
        "Write `tell`, `give_to` or both.",
        "请写 `tell`、`give_to` 或两者。",
    ),
    ProblemText(
        "R401",
        "A limit for snoozing says how often or how far.",
        "推迟限制须写明次数或时长。",
        "Write `at_most`, `for_at_most` or both, or take `snooze` out.",
        "请写 `at_most`、`for_at_most` 或两者，或删去 `snooze`。",
    ),
    ProblemText(
        "R402",
        "Whether a policy covers a task cannot hang on `{found}`: it is not known whenever somebody asks.",
        "任务政策的适用范围不能取决于 `{found}`：并非随时可知。",
        "Use facts of the task, the deal, its account, its contact or its owner.",
        "请使用任务、商机及其客户、联系人或负责人的信息项。",
    ),
    ProblemText(
        "R403",
        "The policy {found} is never reached: {before} covers every task.",
        "政策 {found} 永远不会生效：{before} 已适用全部任务。",
        "Give {before} a `covers`, or put it last.",
        "请为 {before} 写 `covers`，或将其放在最后。",
    ),
)

TASK_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E230",
        "The task {task} cannot be given to {person}: nobody of that id works here.",
        "任务 {task} 不能转交 {person}：没有此编号的在职人员。",
        "Choose somebody who works here.",
        "请选择在职人员。",
    ),
    ProblemText(
        "E231",
        "{person} has the task {task} already.",
        "任务 {task} 已由 {person} 负责。",
        "Nothing needs to be done, or choose somebody else.",
        "无需处理，或另选他人。",
    ),
    ProblemText(
        "E232",
        "The task {task} may not be given to {person}: its policy says `delegate: {allowed}`.",
        "任务 {task} 不可转交 {person}：其政策为 `delegate: {allowed}`。",
        "Choose somebody of the owner's team or above them, or ask their manager.",
        "请选择负责人所在团队的人员或其上级，或请其上级处理。",
    ),
    ProblemText(
        "E233",
        "The task {task} has been put off {most} times, which is the most that its policy allows.",
        "任务 {task} 已推迟 {most} 次，达到其政策上限。",
        "Do it, skip it with a reason, or give it to somebody else.",
        "请完成、说明理由后跳过，或转交他人。",
    ),
    ProblemText(
        "E234",
        "The task {task} cannot be put off until {until}: its policy allows {latest} at the latest.",
        "任务 {task} 不能推迟至 {until}：其政策最迟允许 {latest}。",
        "Choose an earlier day.",
        "请选择更早的日期。",
    ),
)
