"""E00x: events that cannot be placed or cannot be, before any rule is asked."""

from engine.core.texts.shape import ProblemText

RECORDING_TEXTS = (
    ProblemText(
        "E001",
        "{event} speaks of the {kind} {id}, of which nothing has been told yet.",
        "事件 {event} 提到 {kind} {id}，但系统尚未收到它的任何信息。",
        "The event waits in quarantine and is evaluated by itself once the {kind} is told of; if the id is wrong, send the event again with the right one.",
        "该事件已进入隔离区，收到 {kind} 的信息后会自动重新计算；如果编号写错，请用正确的编号重新发送。",
    ),
    ProblemText(
        "E002",
        "The deal {deal} is there already; it cannot be created twice.",
        "商机 {deal} 已经存在，不能重复创建。",
        "Send deal.changed for new facts, or use another id for another deal.",
        "如需更新信息，请发送 deal.changed；如为另一个商机，请使用不同的编号。",
    ),
    ProblemText(
        "E003",
        "No pipeline in force covers the deal {deal}.",
        "没有任何生效的销售流程适用于商机 {deal}。",
        "Name a pipeline that is in force on the event's date, or write one whose `covers:` includes such deals.",
        "请指定在事件日期生效的流程，或编写一个 `covers:` 条件包含此类商机的流程。",
    ),
    ProblemText(
        "E004",
        "The amount {amount} of a {kind} is not positive.",
        "{kind} 的金额 {amount} 不是正数。",
        "Money received, invoiced or credited back is a positive amount; send a credit note for money that goes back.",
        "回款、开票与冲红金额都应为正数；退款请发送 credit_note.issued。",
    ),
    ProblemText(
        "E005",
        "A deal cannot begin in {stage}: the open stages of {pipeline} are {stages}.",
        "商机不能从 {stage} 开始：流程 {pipeline} 的阶段为 {stages}。",
        "Name one of the open stages; a deal that is won or lost is told of by deal.won or deal.lost after it was created.",
        "请填写一个未关闭的阶段；赢单或输单请在创建之后用 deal.won 或 deal.lost 告知。",
    ),
    ProblemText(
        "E006",
        "The deal {deal} cannot begin in {stage}: a criterion of the stages up to there is not met.",
        "商机 {deal} 不能从 {stage} 开始：该阶段及之前阶段的条件未满足。",
        "Send the missing facts with it, or let it begin earlier and move when they are known.",
        "请同时提供缺少的信息，或从更早的阶段开始，信息齐全后再推进。",
    ),
    ProblemText(
        "E090",
        "{event} led to a chain of more than {limit} derived events, ending in {chain}.",
        "事件 {event} 引发的派生事件超过 {limit} 层，最后一个是 {chain}。",
        "Two automations set each other's facts; give one of them a condition that ends the chain.",
        "可能有两条自动化规则互相触发；请给其中一条加上能够终止循环的条件。",
    ),
)
