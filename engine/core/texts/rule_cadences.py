"""R380 to R392: cadences that lead nowhere, wait for nothing, or never end."""

from engine.core.texts.shape import ProblemText

CADENCE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R380",
        "Exactly one of these is wanted here: {known}; found: {found}.",
        "此处须且只须写其中之一：{known}；现为：{found}。",
        "Keep one of them.",
        "请保留其中一个。",
    ),
    ProblemText(
        "R381",
        "A limit of 0 lets nobody in and makes no task at all.",
        "上限为 0 则无人可进入，也不会产生任何任务。",
        "Write a number above zero, or leave the key out for no limit.",
        "请写大于零的数；不设上限则删去此键。",
    ),
    ProblemText(
        "R382",
        "The last step `{step}` only waits; nothing comes after it.",
        "最后一步 `{step}` 只是等待，其后没有步骤。",
        "Remove it, or add the step that it waits for.",
        "请删除它，或补上所等待的步骤。",
    ),
    ProblemText(
        "R383",
        "There is no step `{found}` in this cadence. Steps: {known}.",
        "此跟进节奏没有步骤 `{found}`。现有步骤：{known}。",
        "Name one of its steps, or write `end`.",
        "请写其中一个步骤，或写 `end`。",
    ),
    ProblemText(
        "R384",
        "There is no cadence `{found}`. Cadences: {known}.",
        "没有跟进节奏 `{found}`。现有：{known}。",
        "Name one of these.",
        "请写其中之一。",
    ),
    ProblemText(
        "R385",
        "The step `{step}` goes over to another cadence; {why_en}.",
        "步骤 `{step}` 转入其他节奏；{why_zh}。",
        "Let it be the last step, and not the only one.",
        "请把它放在最后，且前面须有其他步骤。",
    ),
    ProblemText(
        "R386",
        "These cadences lead into each other without end: {chain}.",
        "这些跟进节奏会无休止地相互转入：{chain}。",
        "Let one of them end instead.",
        "请让其中一个结束而不再转入。",
    ),
    ProblemText(
        "R387",
        "`then: {found}` of the step `{step}` goes back; the cadence would turn in a circle by itself.",
        "步骤 `{step}` 的 `then: {found}` 指向前面的步骤，跟进会自行循环。",
        "Name a later step or `end`; let an outcome lead back, with `on_outcome`.",
        "请写后面的步骤或 `end`；需要返回时请用 `on_outcome`。",
    ),
    ProblemText(
        "R388",
        "No working minute of the calendar {calendar} lies in this window: {window}.",
        "日历 {calendar} 没有任何工作时间落在此时段：{window}。",
        "Let the hours and weekdays meet those of the calendar.",
        "请让时段与星期同日历的工作时间相交。",
    ),
    ProblemText(
        "R389",
        "No step of this cadence leads to `{step}`.",
        "此跟进节奏没有任何步骤能到达 `{step}`。",
        "Remove it, or let a step, an outcome or a branch lead there.",
        "请删除它，或让某个步骤、结果或分支通向它。",
    ),
    ProblemText(
        "R390",
        "There is no template `{found}`. Templates: {known}.",
        "没有消息模板 `{found}`。现有：{known}。",
        "Name one of these, or write the template; without it the task shows no words to send.",
        "请写其中之一，或编写该模板；否则任务不会显示可发送的文字。",
        severity="warning",
    ),
    ProblemText(
        "R391",
        "`{{{found}}}` is not a fact that a message can say. Similar: {known}.",
        "`{{{found}}}` 不是消息中可用的信息项。相近的有：{known}。",
        "Use a known fact; write a plain brace twice.",
        "请使用已有的信息项；普通的花括号请写两次。",
    ),
    ProblemText(
        "R392",
        "A message of the channel {channel} has no subject.",
        "渠道 {channel} 的消息没有主题。",
        "Remove `subject`; only e-mails and letters have one.",
        "请删除 `subject`；只有邮件和信函才有主题。",
    ),
)
