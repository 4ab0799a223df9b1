"""E150–E159: what an estimate of pay cannot answer, because the question makes no sense."""

from engine.core.texts.shape import ProblemText

ESTIMATE_TEXTS = (
    ProblemText(
        "E150",
        "The deal {deal} is {status}; only an open deal can be supposed to be won.",
        "商机 {deal} 的状态为 {status}；只有进行中的商机才能估算赢单。",
        "What a closed deal has earned is on its page, with the reason for each line.",
        "已关闭商机的所得见其页面，每行都有依据。",
    ),
    ProblemText(
        "E151",
        "{on} lies before {today}; an estimate looks ahead.",
        "{on} 早于 {today}；估算只面向今后。",
        "Choose today or a later day.",
        "请选择今天或之后的日期。",
    ),
    ProblemText(
        "E152",
        "{text} is not a day.",
        "{text} 不是日期。",
        "Write a day as 2026-03-31, or today, month_end, next_month.",
        "日期写作 2026-03-31，或写 today、month_end、next_month。",
    ),
    ProblemText(
        "E153",
        "{text} is neither a rate nor an amount.",
        "{text} 既不是比例，也不是金额。",
        "Write a rate as 9%, an amount as 10_000 CNY; leave it empty to ask for everything.",
        "比例写作 9%，金额写作 10_000 CNY；留空则询问全部原因。",
    ),
    ProblemText(
        "E154",
        "{text} is not an amount that can be estimated.",
        "{text} 不是可以估算的金额。",
        "Write a positive amount as 100_000 or 100_000 CNY.",
        "请写正数金额，如 100_000 或 100_000 CNY。",
    ),
    ProblemText(
        "E155",
        "{deal} cannot be won by its pipeline at all, so there is nothing to estimate.",
        "按流程，商机 {deal} 无法赢单，没有可估算的内容。",
        "Look at the deal's stages.",
        "请查看商机的阶段。",
    ),
    ProblemText(
        "E156",
        "The deal {deal} has no amount; there is nothing to estimate by.",
        "商机 {deal} 没有金额，无法估算。",
        "Give an amount with the question.",
        "请在提问时给出金额。",
    ),
)
