"""E200 to E213: approvals that are not to be had, and drawn moves that are not theirs to make."""

from engine.core.texts.shape import ProblemText

APPROVAL_TEXTS: tuple[ProblemText, ...] = (
    ProblemText(
        "E200",
        "No approval rule {approval} is in force.",
        "没有生效的审批规则 {approval}。",
        "The rules are: {known}.",
        "已有的规则：{known}。",
    ),
    ProblemText(
        "E201",
        "The deal {deal} needs nobody's approval under {approval}.",
        "商机 {deal} 目前不需要 {approval} 审批。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E202",
        "{approval} of the deal {deal} is granted already.",
        "商机 {deal} 的 {approval} 已批准。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E203",
        "{approval} of the deal {deal} is asked for already; it waits for {who}.",
        "商机 {deal} 的 {approval} 已在审批中，等待 {who}。",
        "Remind them, or take the request back and ask anew.",
        "请提醒对方，或撤回后重新申请。",
    ),
    ProblemText(
        "E204",
        "There is no open request for {approval} of the deal {deal}; the last one: {state}.",
        "商机 {deal} 没有待决定的 {approval} 申请；最近一次：{state}。",
        "Nothing needs to be done; whoever needs it may ask anew.",
        "无需操作；需要的人可以重新申请。",
    ),
    ProblemText(
        "E205",
        "{actor} asked for {approval} of the deal {deal} and does not decide it.",
        "{actor} 是商机 {deal} 的 {approval} 的申请人，不能自行决定。",
        "Leave it to those who were asked, or take the request back.",
        "请等待被征询的人决定，或撤回申请。",
    ),
    ProblemText(
        "E206",
        "Nobody but {by}, who asks, could decide {approval} of the deal {deal}.",
        "除申请人 {by} 外，没有人可以决定商机 {deal} 的 {approval}。",
        "Name a further person in the rule, or record who stands above them; the event is then evaluated again.",
        "请在规则中增加审批人，或登记其上级，之后会重新计算该事件。",
    ),
    ProblemText(
        "E207",
        "{approval} waits for {who}, and not for {actor}.",
        "{approval} 等待 {who} 决定，而不是 {actor}。",
        "Whoever is asked may name somebody else instead of themselves.",
        "被征询的人可以委托他人。",
    ),
    ProblemText(
        "E208",
        "{by} asked for {approval} and may take it back; {actor} may not.",
        "{approval} 由 {by} 申请，只能由其撤回；{actor} 不能撤回。",
        "Refuse it instead, where your word is asked.",
        "如果需要您决定，请改为拒绝。",
    ),
    ProblemText(
        "E209",
        "{approval} cannot be handed to {to}: not to {by}, who asks, nor to oneself or somebody who does not work here.",
        "{approval} 不能委托给 {to}：不能是申请人 {by}、本人或非在职人员。",
        "Name somebody else.",
        "请选择其他人。",
    ),
    ProblemText(
        "E210",
        "No move is drawn from {from} to {stage}.",
        "没有从 {from} 到 {stage} 的移动。",
        "From there a deal goes to: {known}; or ask somebody who may override.",
        "从该阶段可移动到：{known}；或请有权限的人员特批。",
    ),
    ProblemText(
        "E211",
        "The move from {from} to {stage} is for {roles}, not for the role {role}.",
        "从 {from} 到 {stage} 的移动限 {roles}，角色 {role} 不能进行。",
        "Ask somebody with one of these roles.",
        "请由具备上述角色的人员进行。",
    ),
    ProblemText(
        "E212",
        "The move from {from} to {stage} needs a reason.",
        "从 {from} 移动到 {stage} 需要填写原因。",
        "Say why in `reason`.",
        "请在 `reason` 中说明原因。",
    ),
    ProblemText(
        "E213",
        "The task {task} asks for a decision, which is given on the approval.",
        "任务 {task} 需要作出审批决定。",
        "Grant or refuse the approval; the task is then done by itself.",
        "请批准或拒绝该审批，任务会随之完成。",
    ),
)
