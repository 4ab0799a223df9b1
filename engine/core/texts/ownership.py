"""R374 to R377, E180 to E188: assignment rules, public pools, and being out of office."""

from engine.core.texts.shape import ProblemText

OWNERSHIP_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R374",
        "`{found}` is not a date of the deal. Dates of the deal: {known}.",
        "`{found}` 不是商机的日期。商机的日期有：{known}。",
        "Use one of these, or declare a fact of `type: date` in a vocabulary file.",
        "请使用其中之一，或在词汇表中声明 `type: date` 的信息项。",
    ),
    ProblemText(
        "R375",
        "Territories go by a fact whose values are words; `{found}` is not one. For example: {known}.",
        "区域须按取值为词语的信息项划分；`{found}` 不是。例如：{known}。",
        "Name such a fact in `by`.",
        "请在 `by` 中写这样的信息项。",
    ),
    ProblemText(
        "R376",
        "The row {row} can never be reached: {before}, before it, holds always.",
        "第 {row} 行永远不会用到：它前面的 {before} 总是成立。",
        "Move the row up, or give {before} a `when`.",
        "请把这一行上移，或给 {before} 加上 `when`。",
    ),
    ProblemText(
        "R377",
        "There is no assignment rule `{found}` of {of}s. There are: {known}.",
        "没有用于 {of} 的分配规则 `{found}`。已有：{known}。",
        "Use one of these, or write the rule, with `of: {of}`.",
        "请使用其中之一，或编写带 `of: {of}` 的规则。",
    ),
)

OWNERSHIP_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E180",
        "The deal {deal} belongs to no public pool, or is closed.",
        "商机 {deal} 不属于任何公海，或已关闭。",
        "Ask its owner or a manager to hand it over.",
        "请由其负责人或上级转交。",
    ),
    ProblemText(
        "E181",
        "{owner} has the deal {deal}.",
        "商机 {deal} 已由 {owner} 领取。",
        "Choose another deal, or ask {owner} to hand it over.",
        "请选择其他商机，或请 {owner} 转交。",
    ),
    ProblemText(
        "E182",
        "{person} (role {role}) may not claim from this pool. Roles that may: {roles}.",
        "{person}（岗位 {role}）不能从此公海领取。可领取的岗位：{roles}。",
        "Ask somebody in one of these roles.",
        "请由上述岗位的人员领取。",
    ),
    ProblemText(
        "E183",
        "{person} has claimed {claimed} of {most} today; 0 are left until {until}.",
        "{person} 今天已领取 {claimed} 个，上限 {most} 个；{until} 之前还可领取 0 个。",
        "Claim again from {until} on.",
        "请从 {until} 起再领取。",
    ),
    ProblemText(
        "E184",
        "{person} has {held} open deals of the pool {pool}, and may have {most}.",
        "{person} 已持有公海 {pool} 的 {held} 个未关闭商机，上限 {most} 个。",
        "Close one or give one back first; won deals do not count.",
        "请先关闭或退回一个；已赢单的不计入。",
    ),
    ProblemText(
        "E185",
        "{person} had the deal {deal} last and may not have it again before {until}.",
        "{person} 是商机 {deal} 的前任负责人，{until} 之前不能再次领取。",
        "Somebody else may claim it, or wait until then.",
        "可由他人领取，或等到该时间之后。",
    ),
    ProblemText(
        "E186",
        "The deal {deal} is in the pool {pool} already.",
        "商机 {deal} 已在公海 {pool} 中。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E187",
        "Out of office from {start} until {end} ends before it begins.",
        "外出从 {start} 到 {end}，结束早于开始。",
        "Give an end after the beginning, or none.",
        "请填写晚于开始的结束时间，或留空。",
    ),
    ProblemText(
        "E188",
        "{person} cannot stand in for themselves.",
        "{person} 不能代理自己。",
        "Name somebody else, or nobody.",
        "请指定他人，或留空。",
    ),
)
