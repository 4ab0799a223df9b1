"""R335 to R342, E145 and E146: pools, contests and ranks, which depend on several people."""

from engine.core.texts.shape import ProblemText

TOGETHER_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R335",
        "A pool is either a share `of` what the team was credited or an `amount` of its own.",
        "奖金池要么按团队业绩的比例（`of`），要么是一笔金额（`amount`）。",
        "Write one of them: `of: 1% of team.bookings`, or `amount: 10_000 CNY`.",
        "请只写其一：`of: 1% of team.bookings` 或 `amount: 10_000 CNY`。",
    ),
    ProblemText(
        "R336",
        "`{found}` is not a share of what the team was credited.",
        "`{found}` 不是团队业绩的比例。",
        "Write a percentage and a credit: `1% of team.bookings`; for a formula use `amount`.",
        "请写百分比和业绩：`1% of team.bookings`；公式请用 `amount`。",
    ),
    ProblemText(
        "R337",
        "`shared: {found}` needs `{key}`.",
        "`shared: {found}` 需要 `{key}`。",
        "Add it, or write `shared: equal`.",
        "请补上，或写 `shared: equal`。",
    ),
    ProblemText(
        "R338",
        "A prize for place {found} stands where the one for place {needed} is due.",
        "此处应为第 {needed} 名的奖金，却写了第 {found} 名。",
        "Write the prizes for the places 1, 2, 3… in order, each once.",
        "请按第 1、2、3……名依次书写，各一次。",
    ),
    ProblemText(
        "R339",
        "`{found}` is not known here.",
        "此处无法得知 `{found}`。",
        "A rank is known once its period is over, to the `multiply`, `gate` and `rates` of a commission, the `multiply` and"
        " `target` of a bonus, and the `gate` and `weights` of a pool.",
        "名次在期间结束后才知道，只能用于提成的 `multiply`、`gate`、`rates`，奖金的 `multiply`、`target`，"
        "以及奖金池的 `gate`、`weights`。",
    ),
    ProblemText(
        "R340",
        "`{found}` has no answer: {why_en}.",
        "`{found}` 没有答案：{why_zh}。",
        "Rank by a credit, over a longer period or one that is named: `rank(bookings, {window})`, `rank(bookings, 2026-Q1)`.",
        "请按业绩排名，期间不短于该组成部分，或写明期间：`rank(bookings, {window})`、`rank(bookings, 2026-Q1)`。",
    ),
    ProblemText(
        "R341",
        "`{found}` is not known of {whom_en}.",
        "{whom_zh}没有 `{found}`。",
        "Ask {known}.",
        "可用：{known}。",
    ),
    ProblemText(
        "R342",
        "Until its period is over, `{found}` is not set, and nothing of this commission is paid.",
        "期间结束之前，`{found}` 没有值，此项提成一概不发放。",
        "If something is to be paid meanwhile, say what: `if rank(bookings, quarter) is set and rank(bookings, quarter) = 1"
        " then 1.5 else 1`.",
        "若在此之前也要发放，请写明，例如 `if rank(bookings, quarter) is set and rank(bookings, quarter) = 1"
        " then 1.5 else 1`。",
        severity="warning",
    ),
)

TOGETHER_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E145",
        "The pool {pool} has no amount in {currency} for {period}: {formula} gives {found}.",
        "奖金池 {pool} 在 {period} 没有 {currency} 金额：{formula} 得 {found}。",
        "Let its `amount` give money in the plan's currency for every period; use `convert` for another currency.",
        "请让 `amount` 在每个期间都得到方案币种的金额；其他币种请用 `convert`。",
    ),
    ProblemText(
        "E146",
        "The weight of {member} in the pool {pool} is {found}: {formula}.",
        "{member} 在奖金池 {pool} 中的权重为 {found}：{formula}。",
        "A weight is a number, not below zero, for every member; record what the formula reads.",
        "每位成员的权重须为不小于零的数；请补全公式所需的信息。",
    ),
)
