"""E140 to E144, E147: scores that cannot be worked out, and values of KPIs that are refused."""

from engine.core.texts.shape import ProblemText

SCORECARD_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E140",
        "{first} and {second} both score {payee} in {period}, and {component} does not say which one counts.",
        "{first} 与 {second} 都在 {period} 考核 {payee}，而 {component} 没有写明以哪一张为准。",
        "Add `scorecard: <id>` to the component, or let only one of them score the person.",
        "请在该组成部分中写明 `scorecard: 编号`，或只让其中一张考核此人。",
    ),
    ProblemText(
        "E141",
        "The value of {kpi} is {found}, but it is counted in {currency}.",
        "{kpi} 的值为 {found}，但应以 {currency} 计。",
        "Credit it in one currency, or convert it in the scorecard's formula.",
        "请以同一币种计入，或在考核表的公式中折算。",
    ),
    ProblemText(
        "E142",
        "No scorecard {scorecard} asks people for {kpi} in {period}. It asks for: {known}.",
        "考核表 {scorecard} 在 {period} 不需要由人评定 {kpi}。需要评定的有：{known}。",
        "Name a scorecard, a KPI with `value: given`, and a period of the scorecard's kind in which it is in force.",
        "请写明考核表、`value: given` 的 KPI，以及该考核表有效且种类相符的期间。",
    ),
    ProblemText(
        "E143",
        "The value of {kpi} is told like {example}, not as {found}.",
        "{kpi} 的值应写作 {example} 的形式，而不是 {found}。",
        "Send it again in that form.",
        "请以该形式重新发送。",
    ),
    ProblemText(
        "E144",
        "{person} may not tell the value of their own {kpi}.",
        "{person} 不能给自己的 {kpi} 评分。",
        "Let the person's manager or operations tell it.",
        "请由其上级或运营人员评定。",
    ),
    ProblemText(
        "E147",
        "{value} for {kpi} of {person} is recorded and does not count: something was told of it as of a later moment.",
        "{person} 的 {kpi} 评分 {value} 已记录但不计入：已有时间更晚的评定。",
        "Look at what is shown now; tell it again if it is wrong.",
        "请查看当前显示的值；如有误，请重新评定。",
    ),
)
