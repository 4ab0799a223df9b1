"""E120 to E129: events whose credit cannot be worked out."""

from engine.core.texts.shape import ProblemText

CREDITING_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E120",
        "The day of {credit} is not known at {event}: {formula} has no value.",
        "在 {event} 时无法得知 {credit} 计入哪一天：{formula} 没有值。",
        "Record the fact that it reads; the event is then evaluated again.",
        "请补全所需的信息，之后会重新计算该事件。",
    ),
    ProblemText(
        "E121",
        "The weight of {credit} at {event} is {weight}; it cannot be below zero.",
        "{event} 的 {credit} 权重为 {weight}，不能小于零。",
        "Correct the formula of `weighs`, or the facts that it reads.",
        "请更正 `weighs` 的公式或其所读的信息。",
    ),
    ProblemText(
        "E122",
        "On {on} the managers go round in a circle: {chain}.",
        "{on} 的汇报关系形成循环：{chain}。",
        "Correct who reports to whom with a person.changed event from that day.",
        "请用自该日起的 person.changed 事件更正汇报关系。",
    ),
    ProblemText(
        "E123",
        "The hierarchy of {fact} is wanted at {event}, but {fact} is not set.",
        "{event} 需要以 {fact} 当天的汇报关系为准，但 {fact} 没有值。",
        "Record the fact; the event is then evaluated again.",
        "请补全该信息，之后会重新计算该事件。",
    ),
    ProblemText(
        "E124",
        "Two rules for {credit} are equally specific, with {conditions} conditions each: {first} and {second}.",
        "{credit} 的两条规则同样具体，各有 {conditions} 个条件：{first} 与 {second}。",
        "Add a condition to the one that should win, or write `credits_where_several: first`.",
        "请为应当优先的规则再加一个条件，或写 `credits_where_several: first`。",
    ),
)
