"""R280 to R289: credit rules of plans that do not make sense."""

from engine.core.texts.shape import ProblemText

CREDIT_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R280",
        "This cascade has {levels} levels and {shares} shares.",
        "该逐级分配有 {levels} 级、{shares} 个份额。",
        "Write one share for each level, in the same order.",
        "请为每一级写一个份额，顺序相同。",
    ),
    ProblemText(
        "R281",
        "The shares of the same whole total {total}, more than 100%.",
        "同一总额的份额合计 {total}，超过 100%。",
        "Lower them, or write `each: of_the_rest` so that each level takes from what is left.",
        "请调低份额，或写 `each: of_the_rest`，使每一级从剩余部分中分配。",
    ),
    ProblemText(
        "R282",
        "`{found}` does not say a day on which the hierarchy holds.",
        "`{found}` 不能说明以哪一天的汇报关系为准。",
        "Write `event` for the day of the event, or a fact that holds a date: {known}.",
        "请写 `event` 表示事件当天，或写一个日期类信息：{known}。",
    ),
    ProblemText(
        "R283",
        "`{found}` is not a number of levels.",
        "`{found}` 不是层数。",
        "Write a whole number from 1 to 99, or `all`.",
        "请写 1 到 99 的整数，或写 `all`。",
    ),
    ProblemText(
        "R284",
        "`{found}` is asked here, where no single line of the deal is looked at.",
        "此处用到 `{found}`，但并未逐条查看商机明细。",
        "Write it only in a credit rule with `each: line`, or ask about the deal.",
        "请只在带 `each: line` 的业绩规则中使用，或改为查看商机的信息。",
    ),
)
