"""R100–R118: how an expression is spelled and put together."""

from engine.core.texts.shape import ProblemText

_SPELLING = (
    ProblemText(
        "R100",
        "An expression is expected here, and there is nothing.",
        "这里应当写一个表达式，但内容是空的。",
        "Write a condition or a formula, for example `deal.amount >= 100_000 CNY`, or remove the key.",
        "请写一个条件或公式，例如 `deal.amount >= 100_000 CNY`；不需要时请删除这一项。",
    ),
    ProblemText(
        "R101",
        "The character `{found}` means nothing in an expression.",
        "表达式里不能使用字符 `{found}`。",
        'Remove it; if it belongs to a text, put the whole text in quotes: "…".',
        '请删除它；如果它是文字的一部分，请把整段文字放在英文双引号里："…"。',
    ),
    ProblemText(
        "R102",
        "`{found}` is full-width; expressions are written with half-width characters.",
        "`{found}` 是全角字符，表达式要用半角字符书写。",
        "Write `{right}`.",
        "请改成半角的 `{right}`。",
    ),
    ProblemText(
        "R103",
        "`{found}` is not spelled like that here.",
        "这里不能写 `{found}`。",
        "Write `{right}`.",
        "请写成 `{right}`。",
    ),
    ProblemText(
        "R104",
        "Text stands in double quotes, not in single ones.",
        "文字要用英文双引号，不能用单引号。",
        "Write `{right}`.",
        "请写成 `{right}`。",
    ),
    ProblemText(
        "R105",
        "The text that starts here has no closing quote.",
        "从这里开始的文字缺少右引号。",
        'Put a `"` at its end: `{right}`.',
        '请在文字末尾加上 `"`：`{right}`。',
    ),
    ProblemText(
        "R106",
        "`{found}` has commas between its digits; a comma separates values here.",
        "`{found}` 的数字之间有逗号；在这里逗号用来分隔不同的值。",
        "Write `{right}`, or without a separator.",
        "请写成 `{right}`，或不加分隔符。",
    ),
    ProblemText(
        "R107",
        "`{found}` names its currency by a sign; a sign can stand for several currencies.",
        "`{found}` 用符号表示币种，而一个符号可能代表多种货币。",
        "Write the currency's code after the amount: `{right}`.",
        "请在金额后面写币种代码：`{right}`。",
    ),
    ProblemText(
        "R108",
        "`{found}` is neither a fact nor a word of the language.",
        "`{found}` 不是字段，也不是表达式语言里的词。",
        "If it is a text, put it in quotes: `{right}`. Facts have English names such as `deal.amount`.",
        "如果它是文字，请加英文双引号：`{right}`。字段要用英文名，例如 `deal.amount`。",
    ),
    ProblemText(
        "R109",
        "There is a full-width blank here.",
        "这里有一个全角空格。",
        "Replace it by an ordinary blank.",
        "请改成半角空格。",
    ),
)

_GRAMMAR = (
    ProblemText(
        "R110",
        "The expression ends where a value is expected.",
        "表达式在这里就结束了，后面还缺一个值。",
        "Add what is missing: a fact, an amount, a text in quotes, …",
        "请补上缺少的内容：字段、金额、加引号的文字等。",
    ),
    ProblemText(
        "R111",
        "The expression ends before a bracket is closed.",
        "表达式结束了，但括号还没有闭合。",
        "Add the missing `)` or `]`.",
        "请补上缺少的 `)` 或 `]`。",
    ),
    ProblemText(
        "R112",
        "A value is expected here, and `{found}` was found.",
        "这里应当是一个值，却写了 `{found}`。",
        "Write a fact, an amount, a text in quotes, … before it, or remove it.",
        "请在它前面写上字段、金额、加引号的文字等，或者把它删除。",
    ),
    ProblemText(
        "R113",
        "`{found}` does not follow from what stands before it.",
        "`{found}` 不能直接接在前面的内容后面。",
        "Put what is missing between the two: `and`, `or`, `=`, `*`, a comma in a list, a closing bracket. Texts stand "
        "in quotes.",
        "请在两者之间补上缺少的内容：`and`、`or`、`=`、`*`、列表中的逗号或右括号。文字要加英文双引号。",
    ),
    ProblemText(
        "R114",
        "There are two comparisons in a row.",
        "这里连续写了两个比较。",
        "Write `x between 1 and 5` (both ends included), or two comparisons joined by `and`.",
        "请写成 `x between 1 and 5`（含两端），或用 `and` 连接两个比较。",
    ),
    ProblemText(
        "R115",
        "The expression has {found} characters; {most} are the most.",
        "表达式有 {found} 个字符，最多允许 {most} 个。",
        "Split it into several conditions, or put the cases into a `table`.",
        "请拆成几个条件，或者把各种情况放进决策表（`table`）。",
    ),
    ProblemText(
        "R116",
        "The expression is nested {found} levels deep; {most} are the most.",
        "表达式嵌套了 {found} 层，最多允许 {most} 层。",
        "Split it into several conditions, or put the cases into a `table`.",
        "请拆成几个条件，或者把各种情况放进决策表（`table`）。",
    ),
    ProblemText(
        "R117",
        "The expression has {found} parts; {most} are the most.",
        "表达式有 {found} 个组成部分，最多允许 {most} 个。",
        "Split it into several conditions, or put the cases into a `table`.",
        "请拆成几个条件，或者把各种情况放进决策表（`table`）。",
    ),
    ProblemText(
        "R118",
        "This `if` is not complete.",
        "这个 `if` 不完整。",
        "Write all three parts: `if condition then value else other value`.",
        "请写全三个部分：`if 条件 then 值 else 另一个值`。",
    ),
    ProblemText(
        "R119",
        "`{found}` stands inside a calculation or comparison, where it needs brackets.",
        "`{found}` 出现在运算或比较之中，需要加括号。",
        "Put it and what belongs to it in brackets: `1 + (if … then 1 else 2)`, `deal.closed = (not …)`.",
        "请把它和它的内容放进括号：`1 + (if … then 1 else 2)`、`deal.closed = (not …)`。",
    ),
)

SYNTAX_TEXTS: tuple[ProblemText, ...] = (*_SPELLING, *_GRAMMAR)
