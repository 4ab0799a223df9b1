"""E02x to E05x: moves, calendars, recipients and tasks that the rules do not allow or that cannot be worked out."""

from engine.core.texts.shape import ProblemText

_STAGES = (
    ProblemText(
        "E020",
        "The deal {deal} goes through the pipeline {pipeline}, of which no version is in force on {on}.",
        "商机 {deal} 使用流程 {pipeline}，但该流程在 {on} 没有生效的版本。",
        "Write a version of the pipeline that is in force on that day; the event is then evaluated again.",
        "请为该流程补充在当日生效的版本，之后会重新计算该事件。",
    ),
    ProblemText(
        "E021",
        "The pipeline {pipeline} has no stage {stage}.",
        "流程 {pipeline} 中没有阶段 {stage}。",
        "Its stages are: {stages}.",
        "该流程的阶段为：{stages}。",
    ),
    ProblemText(
        "E022",
        "The deal {deal} is already in the stage {stage}.",
        "商机 {deal} 已处于阶段 {stage}。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E023",
        "The deal {deal} is closed ({status}).",
        "商机 {deal} 已关闭（{status}）。",
        "Reopen the deal first.",
        "请先重新打开该商机。",
    ),
    ProblemText(
        "E024",
        "The stage {stage} closes a deal; a deal does not get there by a move.",
        "阶段 {stage} 会关闭商机，不能通过移动阶段进入。",
        "Record deal.{how} instead.",
        "请改为记录 deal.{how}。",
    ),
    ProblemText(
        "E025",
        "From {from} the next stage is {next}; {stage} skips it.",
        "{from} 之后的下一阶段是 {next}，不能直接跳到 {stage}。",
        "Move to {next} first, or ask somebody who may override.",
        "请先移动到 {next}，或请有权限的人员特批。",
    ),
    ProblemText(
        "E026",
        "This pipeline does not let a deal go back, from {from} to {stage}.",
        "该流程不允许从 {from} 退回到 {stage}。",
        "Leave it where it is, or ask somebody who may override.",
        "请保持当前阶段，或请有权限的人员特批。",
    ),
    ProblemText(
        "E027",
        "Going back from {from} to {stage} needs a reason.",
        "从 {from} 退回到 {stage} 需要填写原因。",
        "Say why in `reason`.",
        "请在 `reason` 中说明原因。",
    ),
    ProblemText(
        "E028",
        "{count} of the criteria for {stage} are not met by the deal {deal}.",
        "商机 {deal} 有 {count} 项不满足进入 {stage} 的条件。",
        "Complete what is listed, or ask somebody who may override.",
        "请补全所列事项，或请有权限的人员特批。",
    ),
    ProblemText(
        "E029",
        "A deal cannot be won from {from}; it can be won from: {allowed}.",
        "商机不能从 {from} 直接赢单；可赢单的阶段为：{allowed}。",
        "Move it through the stages in between first, or ask somebody who may override.",
        "请先完成中间阶段，或请有权限的人员特批。",
    ),
    ProblemText(
        "E030",
        "The pipeline {pipeline} has no stage that closes a deal as {how}.",
        "流程 {pipeline} 没有以 {how} 关闭商机的阶段。",
        "Add a stage with `closes: {how}` to the pipeline.",
        "请在流程中添加带有 `closes: {how}` 的阶段。",
    ),
    ProblemText(
        "E031",
        "The deal {deal} is already {status}.",
        "商机 {deal} 的状态已经是 {status}。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E032",
        "The deal {deal} is open, in the stage {stage}; there is nothing to reopen.",
        "商机 {deal} 处于打开状态（阶段 {stage}），无需重新打开。",
        "To go to another stage, ask for that stage.",
        "如需更换阶段，请直接移动到目标阶段。",
    ),
    ProblemText(
        "E033",
        "Reopening is for the role {wanted}; {actor} has the role {role}.",
        "重新打开商机需要角色 {wanted}；{actor} 的角色是 {role}。",
        "Ask somebody with that role to reopen it.",
        "请由具备该角色的人员重新打开。",
    ),
    ProblemText(
        "E034",
        "{actor}, with the role {role}, may not override this pipeline; these roles may: {roles}.",
        "{actor}（角色 {role}）无权特批；可特批的角色为：{roles}。",
        "Complete what is missing, or ask somebody with one of these roles.",
        "请补全缺少的事项，或请具备上述角色的人员处理。",
    ),
    ProblemText(
        "E035",
        "An override into {stage} of the deal {deal} needs a reason.",
        "特批商机 {deal} 进入 {stage} 需要填写原因。",
        "Say why in `reason`; it is kept with the deal.",
        "请在 `reason` 中说明原因，原因将随商机保存。",
    ),
    ProblemText(
        "E036",
        "The deal {deal} is lost; there is nothing to cancel.",
        "商机 {deal} 已输单，没有可取消的内容。",
        "If it was lost by mistake, reopen it.",
        "如属误操作，请重新打开该商机。",
    ),
    ProblemText(
        "E037",
        "{event} of the deal {deal} needs a reason.",
        "对商机 {deal} 的 {event} 需要填写原因。",
        "Say why in `reason`.",
        "请在 `reason` 中说明原因。",
    ),
)

_TIME_AND_PEOPLE = (
    ProblemText(
        "E040",
        "The calendar {calendar} has no hour of work in the year around {on}.",
        "日历 {calendar} 在 {on} 前后一年内没有任何工作时间。",
        "Give at least one weekday its hours.",
        "请至少为一个工作日设置工作时间。",
    ),
    ProblemText(
        "E041",
        "No version of the calendar {calendar} is in force on {on}.",
        "日历 {calendar} 在 {on} 没有生效的版本。",
        "Write a version of the calendar that covers that day; the event is then evaluated again.",
        "请补充覆盖该日期的日历版本，之后会重新计算该事件。",
    ),
    ProblemText(
        "E042",
        "The rule gives this to {to}, and nobody who works here answers to that on {on}.",
        "规则将其交给 {to}，但在 {on} 找不到对应的在职人员。",
        "Give the deal an owner, the person a manager, or the role a holder; the event is then evaluated again.",
        "请为商机指定负责人、为人员指定上级，或为角色指定人员，之后会重新计算该事件。",
    ),
    ProblemText(
        "E043",
        "The enrolment {enrolment} goes by {version}, which this rulebook does not hold.",
        "跟进 {enrolment} 依据的规则版本 {version} 不在当前规则集中。",
        "Evaluate it with the release that holds this version, or take the version into the rulebook again.",
        "请使用包含该版本的发布重新计算，或将该版本重新加入规则集。",
    ),
)

_TASKS = (
    ProblemText(
        "E050",
        "There is no task {task}.",
        "没有任务 {task}。",
        "Look the task up in the list; its id may have been copied in part.",
        "请在任务列表中查找，任务编号可能复制不完整。",
    ),
    ProblemText(
        "E051",
        "The task {task} is already {status}, with the outcome {outcome}.",
        "任务 {task} 已是 {status}，结果为 {outcome}。",
        "Nothing needs to be done.",
        "无需操作。",
    ),
    ProblemText(
        "E052",
        "The task {task} was closed otherwise: {status}, with the outcome {outcome}.",
        "任务 {task} 已以其他方式结束：{status}，结果为 {outcome}。",
        "What was done stays; log an activity to add what you know.",
        "已有结果保持不变；如有补充，请记录一次活动。",
    ),
    ProblemText(
        "E053",
        "A task cannot be snoozed until {until}, which is not later than now ({at}).",
        "任务不能推迟到 {until}，该时间不晚于当前时间（{at}）。",
        "Give a later moment.",
        "请选择更晚的时间。",
    ),
    ProblemText(
        "E237",
        "“{found}” is not among what may come of this task: {known}.",
        "“{found}”不在此任务可能的结果之中：{known}。",
        "Say one of these, or add the outcome to the vocabulary.",
        "请选择其中之一，或在词汇表中添加该结果。",
    ),
)

WORKFLOW_TEXTS: tuple[ProblemText, ...] = (*_STAGES, *_TIME_AND_PEOPLE, *_TASKS)
