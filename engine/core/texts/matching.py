"""E095, R290: what goes wrong when conditions are matched."""

from engine.core.texts.shape import ProblemText

MATCHING_TEXTS = (
    ProblemText(
        "E095",
        "The conditions on `{type}` could not be matched: {reason}.",
        "无法匹配 `{type}` 的条件：{reason}。",
        "Nothing was decided; try the event again from quarantine. If it happens again, report it.",
        "未作任何决定；请从隔离区重试该事件。如再次出现，请报告。",
    ),
    ProblemText(
        "R290",
        "The conditions of this file on `{type}` were tried out before use and failed: {reason_en}.",
        "使用前试运行本文件中 `{type}` 的条件时失败：{reason_zh}。",
        "Undo the last change to the file or write the condition in a simpler way, and report this as a defect.",
        "请撤销对该文件的最近修改，或把条件写得更简单，并将此作为缺陷报告。",
    ),
)
