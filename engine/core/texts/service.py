"""R410 to R418, E240 to E244: service levels, tickets, customers' answers."""

from engine.core.texts.shape import ProblemText

SERVICE_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R410",
        "The promise {promise} promises nothing.",
        "承诺 {promise} 没有承诺任何时限。",
        "Give it at least one of `first_response`, `next_response` and `resolution`, or take it out.",
        "请至少写 `first_response`、`next_response`、`resolution` 之一，或删去此项。",
    ),
    ProblemText(
        "R411",
        "A step has one moment: `before` or `after` the date of its limit.",
        "每一步只有一个时刻：时限之前 `before` 或之后 `after`。",
        "Write exactly one of the two; `after: 0 minutes` is the date itself.",
        "请只写其中之一；`after: 0 minutes` 即时限本身。",
    ),
    ProblemText(
        "R412",
        "Nothing happens at this step: it has no `task` and nobody to `tell`.",
        "此步没有任何动作：没有 `task`，也没有 `tell`。",
        "Say who is asked, or who is told.",
        "请写明交给谁办理或告知谁。",
    ),
    ProblemText(
        "R413",
        "Customers are satisfied from a score above {worst} up to {best}; found {found}.",
        "满意的起点须高于 {worst} 且不高于 {best}；现为 {found}。",
        "Choose a score on the scale, above its worst.",
        "请选择量表内、高于最低分的分数。",
    ),
    ProblemText(
        "R414",
        "What is promised goes by the ticket and its account as it was opened; `{found}` is not known then.",
        "承诺只看工单及其客户在创建时的信息；`{found}` 当时尚不可知。",
        "Use facts of `ticket.` and `account.` that do not change while the ticket is seen to.",
        "请使用 `ticket.`、`account.` 中不随处理过程变化的信息项。",
    ),
    ProblemText(
        "R415",
        "The promise {found} can never hold: {before}, before it, holds always.",
        "承诺 {found} 永远不会用到：它前面的 {before} 总是成立。",
        "Move it up, or give {before} a `when`.",
        "请把它上移，或给 {before} 加上 `when`。",
    ),
    ProblemText(
        "R416",
        "No promise has a `{found}`, so this step is never reached.",
        "没有任何承诺包含 `{found}`，此步永远不会到达。",
        "Promise it somewhere above, or take the step out.",
        "请在上方承诺此时限，或删去此步。",
    ),
    ProblemText(
        "R417",
        "The service level {found} holds at the same time as {other}.",
        "服务标准 {found} 与 {other} 同时生效。",
        "Write all promises in one rule, in order; the first that holds counts.",
        "请把所有承诺按顺序写在一条规则里；以先成立的为准。",
    ),
    ProblemText(
        "R418",
        "`{found}` is known of a person and a period; only a scorecard counts it.",
        "`{found}` 只针对某人某期间，仅考核可用。",
        "Ask `account.csat` for one customer, or write a scorecard with a KPI of this value and ask `scorecard.score`.",
        "单个客户请用 `account.csat`，或在考核中以此为 KPI 取值，并使用 `scorecard.score`。",
    ),
)

SERVICE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E240",
        "The ticket {ticket} is there already.",
        "工单 {ticket} 已存在。",
        "Change it, or open another under its own number.",
        "请修改它，或用新编号另建工单。",
    ),
    ProblemText(
        "E241",
        "The ticket {ticket} is {status}: it cannot be {what}.",
        "工单 {ticket} 当前状态为 {status}，不能执行 {what}。",
        "Look at its history; a closed or resolved ticket is reopened first.",
        "请查看其历史；已解决或已关闭的工单须先重新打开。",
    ),
    ProblemText(
        "E242",
        "The customer has answered about the ticket {ticket} already; an answer counts once.",
        "客户已对工单 {ticket} 作出评价；每张工单只计一次。",
        "Nothing needs to be done; the first answer stands.",
        "无需处理；以第一次评价为准。",
    ),
    ProblemText(
        "E243",
        "{score} is not on the scale from {worst} to {best}.",
        "{score} 不在 {worst} 到 {best} 的量表内。",
        "Give a score on the scale that the service level declares.",
        "请按服务标准中的量表评分。",
    ),
    ProblemText(
        "E244",
        "No service level asks customers about the ticket {ticket}.",
        "没有服务标准就工单 {ticket} 征询客户评价。",
        "Add `satisfaction` to the service level in force on the day it was opened.",
        "请在创建当日生效的服务标准中写 `satisfaction`。",
    ),
)
