"""R16x, R17x: single values in rule files and imported rows."""

from engine.core.texts.shape import ProblemText

VALUE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R160",
        "`{found}` in `{text}` is a full-width character.",
        "`{text}` 中的 `{found}` 是全角字符。",
        "Write `{plain}`.",
        "请改成半角的 `{plain}`。",
    ),
    ProblemText(
        "R161",
        "`{found}` is not a number.",
        "`{found}` 不是数字。",
        "Write digits, with `_` between groups and a point before decimals: `1_234.50`; 万 and 亿 may follow.",
        "请写数字，可用 `_` 分组，用小数点：`1_234.50`；后面可以写“万”或“亿”。",
    ),
    ProblemText(
        "R162",
        "`{found}` has no currency.",
        "`{found}` 没有写币种。",
        "Write the currency's code after the amount: `{found} CNY`.",
        "请在金额后面写币种代码：`{found} CNY`。",
    ),
    ProblemText(
        "R163",
        "`{found}` is not a currency.",
        "`{found}` 不是有效的币种代码。",
        "Use the three capital letters of ISO 4217, for example: {near}.",
        "请使用 ISO 4217 的三个大写字母，例如：{near}。",
    ),
    ProblemText(
        "R164",
        "`{found}` has more decimals than {currency} has: {places}.",
        "`{found}` 的小数位数超过了 {currency} 允许的 {places} 位。",
        "Write the amount exactly, with at most {places} decimals.",
        "请写精确金额，最多 {places} 位小数。",
    ),
    ProblemText(
        "R165",
        "`{found}` is more than any amount here can be.",
        "`{found}` 超过了系统允许的最大金额。",
        "The most is {most}; check for extra zeros.",
        "最大金额为 {most}；请检查是否多写了零。",
    ),
    ProblemText(
        "R166",
        "`{found}` is not a date.",
        "`{found}` 不是日期。",
        "Write year, month and day: `2026-03-31`.",
        "请按年-月-日书写：`2026-03-31`。",
    ),
    ProblemText(
        "R167",
        "There is no such day: `{found}`.",
        "没有这一天：`{found}`。",
        "Check the number of days in that month.",
        "请检查该月的天数。",
    ),
    ProblemText(
        "R168",
        "`{found}` is not a date with a time.",
        "`{found}` 不是带时间的日期。",
        "Write `2026-03-31 18:00`.",
        "请写成 `2026-03-31 18:00`。",
    ),
    ProblemText(
        "R169",
        "`{found}` is not a period.",
        "`{found}` 不是期间。",
        "Write `2026`, `2026-H1`, `2026-Q1`, `2026-03` or `2026-W14`.",
        "请写成 `2026`、`2026-H1`、`2026-Q1`、`2026-03` 或 `2026-W14`。",
    ),
    ProblemText(
        "R170",
        "`{found}` is not a duration.",
        "`{found}` 不是时长。",
        "Write a whole number and a unit, for example `3 {near}`. Units: business days, business hours, business "
        "minutes, days, weeks, months, years, hours, minutes.",
        "请写整数加单位，例如 `3 {near}`。单位：business days（工作日）、business hours（工作小时）、business minutes"
        "（工作分钟）、days（天）、weeks（周）、months（月）、years（年）、hours（小时）、minutes（分钟）。",
    ),
    ProblemText(
        "R171",
        "`{found}` is not a percent.",
        "`{found}` 不是百分比。",
        "Write it with its sign, `12.5%`: without it, 5 could mean 5 % or 500 %.",
        "请带上百分号，例如 `12.5%`；不带百分号时，5 可能是 5% 也可能是 500%。",
    ),
    ProblemText(
        "R172",
        "`{found}` is not one of the values that are allowed here.",
        "`{found}` 不是这里允许的值。",
        "Use one of: {choices}.",
        "请使用其中之一：{choices}。",
    ),
    ProblemText(
        "R173",
        "`{found}` is neither yes nor no.",
        "`{found}` 既不是“是”也不是“否”。",
        "Write `yes` or `no`.",
        "请写 `yes`（是）或 `no`（否）。",
    ),
    ProblemText(
        "R174",
        "A text is expected here, and there is nothing.",
        "这里应当有文字，但内容是空的。",
        "Write the text, or leave the whole entry out.",
        "请填写文字，或去掉整个条目。",
    ),
    ProblemText(
        "R175",
        "`{found}` is in another currency; this fact is always in {currency}.",
        "`{found}` 的币种不对；这个字段固定使用 {currency}。",
        "Write the amount in {currency}.",
        "请写 {currency} 金额。",
    ),
)
