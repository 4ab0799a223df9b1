"""R305 to R312, E135 to E137: what a plan does to pay as a whole, and what is left of a payee's quota."""

from engine.core.texts.shape import ProblemText

PLAN_LEVEL_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R305",
        "The plan's cap of {cap} per {per} is below its {what} of {amount} per {each}, which would never let it act.",
        "方案封顶为每{per_zh} {cap}，低于每{each_zh} {amount} 的{what_zh}，封顶将失去作用。",
        "Raise the cap, or lower the {what}.",
        "请提高封顶，或降低{what_zh}。",
    ),
    ProblemText(
        "R306",
        "A plan lifts pay to a draw or to a guarantee, not to both.",
        "一个方案只能用预支或保底之一来补足薪酬。",
        "Keep `draw` or `guarantee`; a plan that changes from one to the other is two versions.",
        "请保留 `draw` 或 `guarantee`；先后使用两者请写成两个版本。",
    ),
    ProblemText(
        "R307",
        "A ramp lowers a quota, and no component of this plan has one.",
        "爬坡期用于降低定额，而本方案没有任何带定额的提成项。",
        "Add `quota` to a commission, or leave the ramp out.",
        "请为提成项添加 `quota`，或删去 `ramp`。",
    ),
    ProblemText(
        "R308",
        "Nothing of this draw can ever be recovered: {why_en}.",
        "该预支永远无法收回：{why_zh}。",
        "Change it, or write `kind: non_recoverable`.",
        "请修改，或写 `kind: non_recoverable`。",
    ),
    ProblemText(
        "R309",
        "The draw ends on {ends}, before any period of it has begun: the plan begins on {start}.",
        "预支于 {ends} 结束，此前没有任何一期开始：方案自 {start} 起生效。",
        "Give it a later end, or leave the draw out.",
        "请推后结束日期，或删去 `draw`。",
    ),
    ProblemText(
        "R310",
        "What is left of this draw is forgiven at its end, but it has none.",
        "该预支在结束时免收余额，但没有结束日期。",
        "Add `ends` with a date.",
        "请添加 `ends` 日期。",
    ),
    ProblemText(
        "R311",
        "`{key}` must be more than nothing, not {found}.",
        "`{key}` 必须大于零，而不是 {found}。",
        "Write a positive amount.",
        "请写正数金额。",
    ),
    ProblemText(
        "R312",
        "The ramp guarantees a share of on-target pay, and nothing in this plan has a target.",
        "爬坡期保障目标薪酬的一定比例，而本方案没有任何带目标的项目。",
        "Add a commission with a quota, rated by attainment or amount, or a bonus with `target`; or use `guarantee` with an amount.",
        "请添加按完成率或金额计费且带定额的提成项，或带 `target` 的奖金；也可使用带金额的 `guarantee`。",
    ),
)

QUOTA_LEFT_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E135",
        "Of the quota of {quota} that {payee} has of {measure} in {period}, ramp and proration leave nothing to measure by.",
        "{payee} 在 {period} 的 {measure} 定额 {quota} 经爬坡与折算后为零，无法计算完成率。",
        "Check the leave and the days on the plan, or leave `quota` out of what the plan prorates.",
        "请核对请假与在方案中的天数，或从方案的折算项目中去掉 `quota`。",
    ),
    ProblemText(
        "E136",
        "Leave that begins on {start} cannot end on {end}.",
        "自 {start} 开始的请假不能在 {end} 结束。",
        "Give the first day of the leave, and the first day back.",
        "请给出请假首日和返岗首日。",
    ),
    ProblemText(
        "E137",
        "The plan {plan} pays {payee} in {found}; its cap, draw or guarantee cannot add these up.",
        "方案 {plan} 以 {found} 向 {payee} 发放，其封顶、预支或保底无法合计。",
        "Pay in one currency in all versions and components of the plan, or give the other currency a plan of its own.",
        "请让该方案的各版本和各项使用同一币种，或为另一币种单独设立方案。",
    ),
)
