"""R320 to R330: scorecards that do not make sense, and scores that are asked for where there are none."""

from engine.core.texts.shape import ProblemText

SCORECARD_RULE_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "R320",
        "`{found}` is not known here: there is a score of a period, not of an event.",
        "此处无法得知 `{found}`：考核得分属于期间，而不属于某个事件。",
        "Ask for it in the `gate`, `multiply`, `rates: by` or `target` of a plan's component.",
        "请在方案组成部分的 `gate`、`multiply`、`rates: by` 或 `target` 中使用。",
    ),
    ProblemText(
        "R321",
        "The weights of the KPIs total {total}: {each}.",
        "KPI 的权重合计为 {total}：{each}。",
        "Change them so that they total 100%.",
        "请修改使合计为 100%。",
    ),
    ProblemText(
        "R322",
        "`{found}` is not known when a person is scored for a period.",
        "按期考核人员时无法得知 `{found}`。",
        "Ask for the person's own facts and measures (`owner.…`), or attainment(<credit>, <period>); or write `value: given` for what people tell.",
        "请使用人员自身的信息项与指标（`owner.…`），或 attainment(业绩, 期间)；由人告知的写 `value: given`。",
    ),
    ProblemText(
        "R323",
        "This line leads nowhere: `from` and `to` must differ, and `ceiling` must be above `floor`.",
        "这条直线无法计分：`from` 与 `to` 须不同，`ceiling` 须高于 `floor`。",
        "Write {{from: 60%, to: 120%, floor: 0, ceiling: 120}}; where less is better, write `from` above `to`.",
        "请写 {{from: 60%, to: 120%, floor: 0, ceiling: 120}}；越少越好的，把 `from` 写得高于 `to`。",
    ),
    ProblemText(
        "R324",
        "This one does not start above the one before it.",
        "此项的起点不高于前一项。",
        "Write them in rising order, each start once.",
        "请按由低到高书写，起点不重复。",
    ),
    ProblemText(
        "R325",
        "The first one does not start at 0; below it nothing would be said.",
        "第一项不是从 0 开始；其下没有规定。",
        "Let the first one start at 0.",
        "请让第一项从 0 开始。",
    ),
    ProblemText(
        "R326",
        "The values of this KPI are written like {example}; `{found}` is not.",
        "该 KPI 的值写作 {example} 的形式；`{found}` 不是。",
        "Write it like {example}.",
        "请写成 {example} 的形式。",
    ),
    ProblemText(
        "R327",
        "`scoring` needs `linear` or `bands`, and only one of them.",
        "`scoring` 需要 `linear` 或 `bands`，且只能有一个。",
        "Write scoring: {{linear: {{from: 0%, to: 100%, floor: 0, ceiling: 100}}}}, or a list of bands.",
        "请写 scoring: {{linear: {{from: 0%, to: 100%, floor: 0, ceiling: 100}}}}，或分档列表。",
    ),
    ProblemText(
        "R328",
        "More than one scorecard scores {roles} in this period: {known}.",
        "同一期间有多张考核表考核 {roles}：{known}。",
        "Say which one counts: add `scorecard: <id>` to the component.",
        "请在该组成部分中用 `scorecard: 编号` 写明以哪一张为准。",
    ),
    ProblemText(
        "R329",
        "`{found}` comes from grades, and {scorecard} has none.",
        "`{found}` 来自考核等级，而 {scorecard} 没有等级。",
        "Add `grades` to the scorecard, or ask for `scorecard.score`.",
        "请在考核表中添加 `grades`，或改用 `scorecard.score`。",
    ),
    ProblemText(
        "R330",
        "`{found}` is below zero; points and multipliers are not.",
        "`{found}` 小于零；得分与系数不能为负。",
        "Write 0 or more.",
        "请写 0 或更大的数。",
    ),
)
