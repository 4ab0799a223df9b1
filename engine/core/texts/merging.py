"""E25x: accounts that cannot be made one, or two again."""

from engine.core.texts.shape import ProblemText

MERGING_TEXTS = (
    ProblemText(
        "E250",
        "The account {account} cannot be merged into {into}: {into} is merged into {account} itself.",
        "客户 {account} 不能并入 {into}：{into} 本身已并入 {account}。",
        "Undo the other merge first with account.unmerged, or leave the accounts as they are: they are one already.",
        "请先用 account.unmerged 撤销另一次合并；若无需更换保留的客户，则不必处理，两者已视为同一客户。",
    ),
    ProblemText(
        "E251",
        "The account {account} is merged already; it cannot be merged into {into} as well.",
        "客户 {account} 已经并入其他客户，不能再并入 {into}。",
        "Merge the account that stands for it now, or undo its merge first with account.unmerged.",
        "请合并当前代表它的客户，或先用 account.unmerged 撤销原来的合并。",
    ),
    ProblemText(
        "E252",
        "The account {account} is not merged into another; there is nothing to undo.",
        "客户 {account} 没有并入任何客户，无可撤销。",
        "Name the account that was merged away, not the one that it was merged into.",
        "请填写被并入的客户，而不是保留的客户。",
    ),
    ProblemText(
        "E253",
        "There is no customer {into} that you may merge into.",
        "没有您可以并入的客户 {into}。",
        "Give the number of a customer that you can open; it stands at the top of its page.",
        "请填写您可以打开的客户的编号；编号显示在该客户页面的顶部。",
    ),
)
