"""R291 to R304, E130 to E134: decision tables, rates that a formula gives, kinds of exchange rates."""

from engine.core.texts.shape import ProblemText

TABLE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R291",
        "`{found}` is {kind_en}, which the cells of a table cannot test.",
        "`{found}` 是{kind_zh}，表中的单元格无法判断。",
        "Name a fact that is money, a percent, a number, a date, a choice, text, or yes or no.",
        "请改用金额、百分比、数字、日期、选项、文本或是否类的信息项。",
    ),
    ProblemText(
        "R292",
        "There is no fact `{found}` that could be a key of this table. Nearest: {near}.",
        "没有可作为本表条件的信息项 `{found}`。相近的有：{near}。",
        "Name a fact, or write {{{found}: percent}} for a key of the table's own, which each `lookup` then states.",
        "请写信息项的名称；若是本表自有的条件，请写 {{{found}: percent}}，并由每个 `lookup` 给出。",
    ),
    ProblemText(
        "R293",
        "`{found}` is nothing that a cell of this table can hold.",
        "本表的单元格不能写 `{found}`。",
        "Write a value, several as `a, b`, `not(a)`, and for amounts, numbers and dates `>= 10%` or `[10%..20%)`; `-` is "
        "anything.",
        "请写一个值、多个值 `a, b`、`not(a)`；金额、数字和日期还可写 `>= 10%` 或 `[10%..20%)`；`-` 表示任意。",
    ),
    ProblemText(
        "R294",
        "Nothing can ever meet `{found}` in the column `{column}`.",
        "列 `{column}` 中没有任何值能满足 `{found}`。",
        "Correct the range or the words; `-` is anything.",
        "请更正范围或所列的值；`-` 表示任意。",
    ),
    ProblemText(
        "R295",
        "The columns here are not those of the table: `{found}` is missing or stands where it should not. "
        "Columns: {expected}.",
        "此处的列与表不符：`{found}` 缺失或多余。应有：{expected}。",
        "Give every row its results, and name keys and results as `by` and `gives` do, each once.",
        "请为每行写出结果，并按 `by` 与 `gives` 的名称填写条件与结果，各一次。",
    ),
    ProblemText(
        "R296",
        "This version of the table `{table}` has other columns than the one in {other_place}.",
        "决策表 `{table}` 的这一版与 {other_place} 中那一版的列不同。",
        "Keep `by` and `gives` the same in all versions, or give the new table an id of its own.",
        "请在各版本中保持 `by` 与 `gives` 一致，或为新表另取编号。",
    ),
    ProblemText(
        "R297",
        "This row and the one on line {line} both match: {witness}. With `hit: unique` only one may.",
        "本行与第 {line} 行都匹配：{witness}。`hit: unique` 下只能有一行匹配。",
        "Narrow one of the two, or choose another `hit`, such as `first`.",
        "请缩小其中一行的范围，或改用其他 `hit`，例如 `first`。",
    ),
    ProblemText(
        "R298",
        "This row and the one on line {line} both match: {witness}, and give different results. With `hit: any` they "
        "must agree.",
        "本行与第 {line} 行都匹配：{witness}，但结果不同。`hit: any` 下结果必须一致。",
        "Give both the same result, narrow one of the two, or choose another `hit`.",
        "请使两行结果一致、缩小其中一行的范围，或改用其他 `hit`。",
    ),
    ProblemText(
        "R299",
        "No row matches: {witness}. Whoever meets this waits in quarantine.",
        "没有任何一行匹配：{witness}。遇到这种情况的事件会进入隔离区等待处理。",
        "Add a row for it, or a last row of `-` with `hit: first`.",
        "请为此增加一行，或配合 `hit: first` 在最后加一行 `-`。",
        severity="warning",
    ),
    ProblemText(
        "R300",
        "This row is never reached: all that it matches, such as {witness}, is taken by line {lines}.",
        "本行永远不会被用到：凡匹配它的，例如 {witness}，都已由第 {lines} 行取走。",
        "Move the row up, change its tests, or delete it.",
        "请把该行上移、修改条件或删除。",
        severity="warning",
    ),
    ProblemText(
        "R301",
        "`hit: {found}` needs other results: {needed}.",
        "`hit: {found}` 要求结果的类型为：{needed}。",
        "Change what the table gives, or choose another `hit`. For `priority` the choices stand highest first.",
        "请修改表的结果类型，或改用其他 `hit`。`priority` 按选项的书写顺序，最前者优先。",
    ),
    ProblemText(
        "R303",
        "This cell is in {found}, but its column is in {currency}.",
        "此单元格为 {found}，而该列以 {currency} 书写。",
        "Write the amounts of a column in one currency.",
        "请用同一币种书写一列中的金额。",
    ),
    ProblemText(
        "R304",
        "A commission has either `rates`, a table of tiers, or `rate`, one formula for each credit.",
        "提成项须在 `rates`（分档费率）与 `rate`（逐笔公式）中二选一。",
        "Write one of the two, and only one.",
        "请写且只写其中之一。",
    ),
)

CURRENCY_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R302",
        "There is no {kind} rate from {source} to {target} on {on}, when this plan needs one.",
        "{on} 没有从 {source} 到 {target} 的 {kind} 汇率，而本方案需要。",
        "Add a line of that kind to the exchange rates; a rate is never inverted, chained or taken from another kind.",
        "请在汇率表中补充该类汇率；汇率不会反算、套算或借用其他类别。",
        severity="warning",
    ),
)

TABLE_EVALUATION_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E130",
        "Two rows of the table `{table}` match {keys}, {first} and {second}, where only one may.",
        "决策表 `{table}` 中有两行都匹配 {keys}：{first} 与 {second}，而只能有一行匹配。",
        "Narrow one of the two rows.",
        "请缩小其中一行的范围。",
    ),
    ProblemText(
        "E131",
        "Rows of the table `{table}` that match {keys} do not agree: {first} and {second}.",
        "决策表 `{table}` 中匹配 {keys} 的行结果不一致：{first} 与 {second}。",
        "Give both the same result, or narrow one of the two.",
        "请使两行结果一致，或缩小其中一行的范围。",
    ),
    ProblemText(
        "E132",
        "No version of the table `{table}` is in force on {on}.",
        "{on} 没有生效的决策表 `{table}`。",
        "Add a version for that day, or correct the event's date.",
        "请补充该日生效的版本，或更正事件日期。",
    ),
    ProblemText(
        "E133",
        "The table `{table}` has versions by date, and there is no date here to choose one by.",
        "决策表 `{table}` 按日期分版本，而此处没有可据以选择的日期。",
        "Use a table that is always in force, or ask it where an event is decided.",
        "请使用始终生效的表，或在处理事件的规则中使用它。",
    ),
    ProblemText(
        "E134",
        "There is no {kind} rate from {source} to {target} for {on}.",
        "没有 {on} 从 {source} 到 {target} 的 {kind} 汇率。",
        "Add a line of that kind to the exchange rates, or record the day or currency that is not known (?).",
        "请在汇率表中补充该类汇率，或补录未知的日期或币种（?）。",
    ),
)
