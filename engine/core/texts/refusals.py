"""E054 to E079: pay that the rules leave open, ledger entries and payout runs that are refused, claims of partners."""

from engine.core.texts.shape import ProblemText

_RUNS = (
    ProblemText(
        "E054",
        "The payout run {run} is already {state}.",
        "结算批次 {run} 的状态已是 {state}。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E055",
        "The payout run {run} is {state}; to become {then} it must be {wanted}.",
        "结算批次 {run} 的状态是 {state}；须先为 {wanted} 才能变为 {then}。",
        "Take the steps in order: draft, approved, posted, exported.",
        "请按顺序操作：草稿、批准、过账、导出。",
    ),
    ProblemText(
        "E056",
        "{by} made the payout run {run} and may not approve it.",
        "{by} 生成了结算批次 {run}，不能由本人批准。",
        "Ask somebody else who may approve payouts.",
        "请由其他有批准权限的人批准。",
    ),
    ProblemText(
        "E057",
        "The entries of the payout run {run} are not those that were approved.",
        "结算批次 {run} 的分录与批准时不一致。",
        "Calculate the period again and have the new run approved.",
        "请重新计算该期间，并批准新的批次。",
    ),
)

_PARTNERS = (
    ProblemText(
        "E059",
        "{partner} belongs to no partner programme with deal registration, so the request {event} cannot be decided.",
        "{partner} 不属于任何可报备的伙伴计划，无法处理报备申请 {event}。",
        "Record which programme the partner joined, or write `registration:` into its programme.",
        "请登记该伙伴加入的计划，或在计划中写明 `registration:`。",
    ),
)

_PAY = (
    ProblemText(
        "E061",
        "The deal {deal} is in {expected}, but {found} was received for it, so the released part cannot be worked out.",
        "商机 {deal} 的币种为 {expected}，但收到的款项为 {found}，无法计算可发放部分。",
        "Record the payment in the deal's currency.",
        "请以商机的币种登记回款。",
    ),
    ProblemText(
        "E062",
        "A credit of {credit} from {event} is {found}, but the plan that reads it pays in {currency}.",
        "{event} 产生的业绩 {credit} 为 {found}，而读取它的方案以 {currency} 发放。",
        "Give the credit another name, or make both plans pay in one currency.",
        "请为该业绩另取名称，或让两个方案使用同一币种。",
    ),
    ProblemText(
        "E063",
        "{payee} has no quota of {measure}, which {component} needs to know the attainment.",
        "{payee} 没有 {measure} 的定额，{component} 无法计算完成率。",
        "Add the person to the target's people, or record a quota.set event for the period.",
        "请在目标的人员分配中加入此人，或登记该期间的定额事件。",
    ),
    ProblemText(
        "E064",
        "{duration} is business time, which a clawback or a protection is not counted in.",
        "{duration} 是工作时间，扣回和保护期不按工作时间计算。",
        "Write calendar days, weeks, months or years.",
        "请改用自然日、周、月或年。",
    ),
    ProblemText(
        "E065",
        "The shares of {source} of the deal {deal} total {total}, more than 100 %.",
        "商机 {deal} 的 {source} 份额合计 {total}，超过 100%。",
        "Correct the deal's team so that its shares total 100 %.",
        "请更正商机团队，使份额合计为 100%。",
    ),
    ProblemText(
        "E066",
        "The shares of {source} of the deal {deal} total {total}, and nobody is named for the rest.",
        "商机 {deal} 的 {source} 份额合计 {total}，且没有指定剩余部分归谁。",
        "Correct the deal's team or owner, or write `rest:` into the credit rule.",
        "请更正商机团队或负责人，或在业绩规则中写明 `rest:`。",
    ),
    ProblemText(
        "E067",
        "The amount of {credit} is not known at {event}: {formula} has no value.",
        "在 {event} 时无法得知 {credit} 的金额：{formula} 没有值。",
        "Record the facts that it reads; the event is then evaluated again.",
        "请补全所需的信息，之后会重新计算该事件。",
    ),
    ProblemText(
        "E068",
        "Two rules credit {payee} with {credit} for {event}: {first_amount} at {first}, {second_amount} at {second}.",
        "两条规则为 {event} 计给 {payee} 的 {credit} 不一致：{first} 为 {first_amount}，{second} 为 {second_amount}。",
        "Credits belong to the whole company: give one of them another name, or make both say the same.",
        "业绩在全公司通用：请为其中一条另取名称，或让两条一致。",
    ),
    ProblemText(
        "E069",
        "The working days of {period} are needed, but no calendar is in force.",
        "需要 {period} 的工作日，但没有生效的日历。",
        "Write a calendar for that time and name it in the company file.",
        "请编写该时间的日历，并在公司文件中引用。",
    ),
)

_LEDGER = (
    ProblemText(
        "E070",
        "The entry {entry} is already posted.",
        "分录 {entry} 已过账。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E071",
        "Another entry is already posted under {entry}.",
        "分录编号 {entry} 下已有不同的内容。",
        "An entry is never changed: reverse it and post a new one.",
        "分录不可更改：请冲销后重新过账。",
    ),
    ProblemText(
        "E072",
        "The entry {entry} moves {amount}; an entry moves a positive amount.",
        "分录 {entry} 的金额为 {amount}；分录金额必须为正。",
        "Exchange the two accounts instead of the sign.",
        "请对调借贷科目，而不是改变符号。",
    ),
    ProblemText(
        "E073",
        "The entry {entry} goes from {debit} to {credit}; both must be accounts, and not the same.",
        "分录 {entry} 从 {debit} 到 {credit}；两者须为不同的有效科目。",
        "The accounts are expense, held, payable and paid.",
        "科目为 expense、held、payable、paid。",
    ),
    ProblemText(
        "E074",
        "The period {period} is not open, so {entry} cannot be posted in it.",
        "期间 {period} 未开放，分录 {entry} 不能过账。",
        "Post into the open period; the entry keeps the period it was earned in.",
        "请过账到开放期间；分录会保留其所属期间。",
    ),
    ProblemText(
        "E075",
        "The payout run {run} of the entry {entry} is not approved.",
        "分录 {entry} 所属的结算批次 {run} 未批准。",
        "Have the run approved first.",
        "请先批准该批次。",
    ),
    ProblemText(
        "E076",
        "The entry {entry} reverses {reverses}, which does not exist or is not its opposite.",
        "分录 {entry} 冲销 {reverses}，但后者不存在或与之不对应。",
        "A reversal moves exactly the same amount back.",
        "冲销须原额反向。",
    ),
    ProblemText(
        "E077",
        "The entry {reverses} is already reversed.",
        "分录 {reverses} 已被冲销。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
)

REFUSAL_TEXTS: tuple[ProblemText, ...] = _RUNS + _PARTNERS + _PAY + _LEDGER
