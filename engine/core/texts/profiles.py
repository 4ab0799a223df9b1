"""I04x: an import profile applied to a row. I05x: an import profile as it is written."""

from engine.core.texts.shape import ProblemText

_T = ProblemText

_APPLIED = (
    _T("I040", "“{header}” is “{found}”, which the profile does not translate. It knows: {known}.",
       "“{header}”为“{found}”，导入模板没有对应值。已知：{known}。",
       "Correct the cell, or add the word to the profile's values.", "请改正单元格，或在模板 values 中补上该词。"),
    _T("I041", "“{header}” is “{found}”; the profile expects {formats}.",
       "“{header}”为“{found}”；模板要求的格式：{formats}。", "Correct the date, or add its format to the profile.",
       "请改正日期，或在模板中补上该格式。"),
    _T("I042", "“{header}” is empty, and the row needs it.", "“{header}”为空，而此行需要它。", "Fill in the cell.",
       "请填写单元格。"),
    _T("I043", "“{header}” is “{found}”, which is no number as the profile writes numbers.",
       "“{header}”为“{found}”，不是模板规定的数字写法。",
       "Correct the cell, or the profile's thousands, decimal and drop.",
       "请改正单元格，或模板的 thousands、decimal、drop。"),
    _T("I044", "“{header}” is “{found}”, which {file} does not list under {by}.",
       "“{header}”为“{found}”，{file} 的 {by} 列中没有。",
       "Add it there, or say in the profile what holds otherwise.", "请在该文件中补上，或在模板中写明 otherwise。"),
    _T("I045", "{event} cannot be made: “{field}” needs the empty column “{header}”.",
       "无法生成 {event}：“{field}”需要的列“{header}”为空。",
       "Fill in the cell, or give the event a condition in the profile.", "请填写单元格，或在模板中为该事件加条件。"),
    _T("I046", "“{header}” is {found}; at most {places} decimals are exact here, and the profile states no rounding.",
       "“{header}”为 {found}；此处最多 {places} 位小数，而模板没有写明舍入方式。",
       "Correct the cell, or write “round: half_up” for the column.", "请改正单元格，或为该列写明“round: half_up”。"),
    _T("I047", "The file {file}, which the profile looks things up in, cannot be read: {why}.",
       "模板用于查找的文件 {file} 无法读取：{why}。", "Put it beside the imported file.", "请将其放在导入文件旁边。"),
    _T("I048", "“{header}” is {found}; a number of parts lies between 1 and {most}.",
       "“{header}”为 {found}；期数须在 1 与 {most} 之间。", "Correct the cell.", "请改正单元格。"),
)  # fmt: skip

_PROFILES = (
    _T("I050", "There is no column <{found}> in this profile. Columns: {known}.",
       "此模板没有列 <{found}>。已有列：{known}。", "Add it under columns, or correct the name.",
       "请在 columns 下补上，或改正名称。"),
    _T("I051", "“{found}” is not a date format.", "“{found}”不是日期格式。",
       "Put it together from YYYY, MM, M, MMM, DD, D, HH, H, mm, ss: “DD MMM, YYYY HH:mm:ss”.",
       "请由 YYYY、MM、M、MMM、DD、D、HH、H、mm、ss 组成，例如“YYYY年M月D日”。"),
    _T("I052", "“{key}” means nothing for a column that is {kind}.", "“{key}”对 {kind} 类型的列没有意义。",
       "Remove it, or change what the column is.", "请删除，或修改该列的类型。"),
    _T("I053", "The column is money and says neither “currency” nor a column that has it.",
       "该列为金额，但没有写明币种或币种所在的列。", "Add “currency: CNY” or “currency: <column>”.",
       "请加上“currency: CNY”或“currency: <列名>”。"),
    _T("I054", "{event} needs “{field}”, which the profile does not give.",
       "{event} 必须有“{field}”，而模板没有给出。", "Add it to the event's body.", "请在该事件的 body 中补上。"),
    _T("I055", "“sum” names <{found}>, which is neither money nor a number.",
       "“sum”中的 <{found}> 既不是金额也不是数字。", "Only money and numbers add up.", "只有金额与数字可以合计。"),
    _T("I056", "Events repeat every so many days, weeks, months or years, not “{found}”.",
       "事件按天、周、月或年重复，不能是“{found}”。", "Write for example “1 months”.", "例如写作“1 months”。"),
    _T("I057", "“empty: {found}” is no value of a column that is {kind}, so every row without one would be refused.",
       "“empty: {found}”不是 {kind} 类型的值，凡该列为空的行都会被拒绝。",
       "Write the finished value, like “empty: {example}”.", "请写完整的值，例如“empty: {example}”。"),
)  # fmt: skip

PROFILE_TEXTS: tuple[ProblemText, ...] = (*_APPLIED, *_PROFILES)
