"""The words of every step of a line's trace and of every reason of a ledger entry, in English and Chinese.

`{name}` stands for a particular of the step. A step is named by `name.code`.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType

_TITLES = (
    ("eligible", "Eligible", "适用"),
    ("credit", "Credit", "计入"),
    ("measure", "Measure", "业绩累计"),
    ("gate", "Gate", "门槛"),
    ("rate", "Rate", "费率"),
    ("per_deal", "Per deal", "单笔限额"),
    ("multiply", "Multiplier", "系数"),
    ("cap", "Cap", "封顶"),
    ("proration", "Proration", "折算"),
    ("plan_cap", "Plan cap", "方案封顶"),
    ("clawback", "Clawback", "扣回"),
    ("draw", "Draw or guarantee", "预支或保底"),
    ("release", "Release", "发放条件"),
    ("currency", "Currency", "币种"),
    ("rounding", "Rounding", "舍入"),
    ("payable", "Payable", "应付"),
)

STEP_TITLES: Mapping[str, tuple[str, str]] = MappingProxyType({name: (en, zh) for name, en, zh in _TITLES})
"""The name of each step, as (en, zh)."""

_STEPS = (
    ("eligible.condition", "on {plan}, because {condition} ({place})", "适用方案 {plan}：{condition}（{place}）"),
    ("eligible.everybody", "on {plan}, which pays everybody", "适用方案 {plan}（适用于所有人）"),
    ("eligible.programme", "in the programme {plan} ({place})", "属于伙伴计划 {plan}（{place}）"),
    ("credit.direct", "{amount} of {credit}: {share} of {source}, from {event} on {on} ({place})",
     "{credit} {amount}：{source} 的 {share}，来自 {on} 的 {event}（{place}）"),
    ("credit.overlay", "{amount} of {credit} as overlay, from {event} on {on} ({place})",
     "{credit} {amount}（重复计入），来自 {on} 的 {event}（{place}）"),
    ("credit.house", "{amount} of {credit} for the house, paid to nobody, from {event} on {on} ({place})",
     "{credit} {amount}（公司业绩，不发放），来自 {on} 的 {event}（{place}）"),
    ("credit.carried", "{amount} carried forward from the period before", "上期结转 {amount}"),
    ("credit.target", "target {amount} for {period}", "{period} 目标金额 {amount}"),
    ("credit.earned", "{amount} earned in {period}", "{period} 应得 {amount}"),
    ("credit.grant", "{formula} = {value}, granted {amount}, from {event} on {on}",
     "{formula} = {value}，授予 {amount}，来自 {on} 的 {event}"),
    ("credit.pool", "{rate} of the {measured} of {measure} that the members were credited in {period}: {pool} to share",
     "成员 {period} 计入 {measure} {measured}，其 {rate}：可分配 {pool}"),
    ("credit.pool_of_team", "{rate} of the {measured} of {measure} that the team {team} was credited in {period}: {pool} to share",
     "团队 {team} {period} 计入 {measure} {measured}，其 {rate}：可分配 {pool}"),
    ("credit.pool_amount", "{formula} for {period}: {pool} to share", "{period} 按 {formula}：可分配 {pool}"),
    ("credit.contest", "{amount} of {measure} counts in {period}", "{period} 计入 {measure} {amount}"),
    ("credit.contest_of", "{amount} of {measure} counts in {period}, among {group}",
     "{period} 在 {group} 中计入 {measure} {amount}"),
    ("measure.attainment", "attainment from {before} to {after} of {quota}",
     "完成率由 {before} 到 {after}（定额 {quota}）"),
    ("measure.limited", "attainment from {before} to {after} of {quota}; what is above {highest} does not count",
     "完成率由 {before} 到 {after}（定额 {quota}）；超过 {highest} 的部分不计"),
    ("measure.amount", "running total from {before} to {after}", "累计由 {before} 到 {after}"),
    ("measure.count", "count from {before} to {after}", "件数由 {before} 到 {after}"),
    ("measure.formula", "rated by itself, at {after}", "单独计算，取值 {after}"),
    ("measure.not_set", "{formula} has no value, so no tier can be chosen", "{formula} 没有值，无法确定档位"),
    ("measure.none", "nothing to measure", "不涉及"),
    ("gate.none", "no gate", "无门槛"),
    ("gate.met", "met: {condition} ({place})", "已满足：{condition}（{place}）"),
    ("gate.not_met", "not met: {condition} ({place}), so nothing is paid",
     "未满足：{condition}（{place}），因此不发放"),
    ("rate.marginal", "each slice at its own tier's rate", "各段按所在档位计算"),
    ("rate.whole", "everything at the rate of the tier reached", "全部按所达到的档位计算"),
    ("rate.flat", "the fixed amount of the tier reached", "按所达到档位的固定金额"),
    ("rate.interpolated", "between the tiers in proportion", "在档位之间按比例计算"),
    ("rate.per_block", "by started blocks", "按已开始的整块计算"),
    ("rate.shared_equal", "{share} of it: {weight} of {weights} equal parts, shared by {sharers}",
     "份额 {share}：{sharers} 人均分，{weights} 份中的 {weight} 份"),
    ("rate.shared_by_credits", "{share} of it: {weight} of {weights} credited", "份额 {share}：计入 {weights} 中的 {weight}"),
    ("rate.shared_by_weights", "{share} of it: weight {weight} of {weights} ({formula})",
     "份额 {share}：权重 {weights} 中的 {weight}（{formula}）"),
    ("rate.no_share", "no share", "无份额"),
    ("rate.contest_won", "place {place}: {prize}", "第 {place} 名：{prize}"),
    ("rate.contest_tied_share", "place {place}, shared by {tied}, who divide the prizes of their places: {prize}",
     "并列第 {place} 名（共 {tied} 人），平分所占名次的奖金：{prize}"),
    ("rate.contest_tied_all", "place {place}, shared by {tied}, each of whom gets the better prize: {prize}",
     "并列第 {place} 名（共 {tied} 人），各得较高奖金：{prize}"),
    ("rate.contest_tied_earliest", "place {place}, reached by {tied} with one event, who divide the prizes of their places: {prize}",
     "第 {place} 名，{tied} 人由同一事件达到，平分所占名次的奖金：{prize}"),
    ("rate.contest_no_prize", "place {place}, for which there is no prize", "第 {place} 名，该名次无奖金"),
    ("rate.contest_below", "no place: {amount} is less than the {at_least} needed", "未入名次：{amount} 低于所需的 {at_least}"),
    ("rate.contest_nothing", "no place: nothing counts", "未入名次：没有可计入的业绩"),
    ("rate.formula", "{rate}, which is {formula}", "{rate}，即 {formula}"),
    ("rate.looked_up", "{rate}, which is {formula} ({rows})", "{rate}，即 {formula}（{rows}）"),
    ("rate.not_set", "{formula} has no value, so nothing is paid", "{formula} 没有值，因此不发放"),
    ("rate.not_reached", "not reached", "未执行"),
    ("rate.none", "no rate table", "不按费率"),
    ("per_deal.none", "no bounds per deal", "无单笔限额"),
    ("per_deal.within", "within the bounds per deal", "在单笔限额之内"),
    ("per_deal.lowered", "lowered to {at_most} per deal: {amount}", "按单笔上限 {at_most} 调低为 {amount}"),
    ("per_deal.raised", "raised to {at_least} per deal: {amount}", "按单笔下限 {at_least} 调高为 {amount}"),
    ("per_deal.bounded", "each deal within its bounds, those rated anew as well: {amount}",
     "重新计算的各笔也分别按单笔限额计：{amount}"),
    ("multiply.none", "no multiplier", "无系数"),
    ("multiply.times", "× {factor} ({formula})", "× {factor}（{formula}）"),
    ("multiply.none_part", "no multiplier; × {pays}, the payee's share of the pay", "无系数；× {pays}（本人的薪酬份额）"),
    ("multiply.times_part", "× {factor} ({formula}) × {pays}, the payee's share of the pay",
     "× {factor}（{formula}）× {pays}（本人的薪酬份额）"),
    ("multiply.looked_up_part", "× {factor} ({formula}: {how}) × {pays}, the payee's share of the pay",
     "× {factor}（{formula}：{how}）× {pays}（本人的薪酬份额）"),
    ("multiply.not_set_part", "{formula} has no value yet, so nothing is paid until it has", "{formula} 尚无值，暂不发放"),
    ("multiply.looked_up", "× {factor} ({formula}: {how})", "× {factor}（{formula}：{how}）"),
    ("multiply.not_set", "{formula} has no value yet, so nothing is paid until it has", "{formula} 尚无值，暂不发放"),
    ("cap.none", "no cap", "无封顶"),
    ("cap.within", "within the cap", "未超过封顶"),
    ("cap.lost", "capped at {cap}: {withheld} is lost", "封顶 {cap}：{withheld} 不再发放"),
    ("cap.carried_forward", "capped at {cap}: {withheld} is carried forward", "封顶 {cap}：{withheld} 结转下期"),
    ("cap.budget", "budget {budget}: {withheld} was beyond it", "预算 {budget}：超出 {withheld}"),
    ("cap.budget_per_person", "budget {budget} a person: {withheld} was beyond it", "每人预算 {budget}：超出 {withheld}"),
    ("cap.count", "only the first {budget} are paid: {withheld} is not", "仅前 {budget} 笔发放：{withheld} 不发放"),
    ("proration.none", "not prorated", "不折算"),
    ("proration.working_days", "{share} of the working days", "按工作日折算 {share}"),
    ("proration.calendar_days", "{share} of the days", "按自然日折算 {share}"),
    ("proration.months", "{share} of the months", "按月折算 {share}"),
    ("proration.thirty_360", "{share} of the days, each month counted as 30", "按每月 30 天折算 {share}"),
    ("proration.quota", "quota {quota}: {share} of {whole}", "定额 {quota}：{whole} 的 {share}"),
    ("proration.ramp", "quota {quota} instead of {whole}: {months}", "定额 {quota}（原为 {whole}）：{months}"),
    ("plan_cap.none", "no cap of the plan", "方案无封顶"),
    ("plan_cap.within", "within the plan's cap of {cap}", "未超过方案封顶 {cap}"),
    ("plan_cap.lost", "the plan is capped at {cap}: {withheld} is lost", "方案封顶 {cap}：{withheld} 不再发放"),
    ("plan_cap.carried_forward", "the plan is capped at {cap}: {withheld} is carried forward",
     "方案封顶 {cap}：{withheld} 结转下期"),
    ("plan_cap.absorbed", "{withheld} of it had been withheld by the plan's cap of {cap}",
     "其中 {withheld} 此前已因方案封顶 {cap} 未发放"),
    ("clawback.none", "nothing was undone", "无撤销"),
    ("clawback.kept", "undone by {event}, which the plan does not take back", "被 {event} 撤销，按方案不扣回"),
    ("clawback.exact", "{taken} taken back on {on}: {share} of exactly what it earned ({event})",
     "{on} 扣回 {taken}：原所得的 {share}（{event}）"),
    ("clawback.from_top", "{taken} taken back on {on}: {share}, from the top tier down ({event})",
     "{on} 扣回 {taken}：{share}，从最高档起（{event}）"),
    ("clawback.of_paid", "{taken} taken back on {on}: {share} of what was paid by then; what was held lapses ({event})",
     "{on} 扣回 {taken}：当时已发放部分的 {share}；暂扣部分失效（{event}）"),
    ("clawback.void", "{taken} void: the deal was reopened on {on} ({event})",
     "{taken} 作废：商机于 {on} 重新打开（{event}）"),
    ("draw.none", "no draw and no guarantee", "无预支或保底"),
    ("draw.topped_up", "earned {earned} of a draw of {draw}: {amount} advanced; owed back {before} before, {after} after",
     "应得 {earned}，预支额 {draw}：预支 {amount}；待收回由 {before} 变为 {after}"),
    ("draw.given", "earned {earned} of a draw of {draw}: {amount} added, nothing of it is owed back",
     "应得 {earned}，预支额 {draw}：补足 {amount}，无需收回"),
    ("draw.recovered", "earned {earned} with a draw of {draw}: {amount} taken back; owed back {before} before, {after} after",
     "应得 {earned}，预支额 {draw}：收回 {amount}；待收回由 {before} 变为 {after}"),
    ("draw.forgiven", "the draw has ended: {amount} forgiven; owed back {before} before, {after} after",
     "预支结束：免收 {amount}；待收回由 {before} 变为 {after}"),
    ("draw.guaranteed", "earned {earned} of {guarantee} that are guaranteed: {amount} added",
     "应得 {earned}，保底 {guarantee}：补足 {amount}"),
    ("draw.ramped", "earned {earned} of {guarantee}, {share} of on-target pay for {months} of the ramp: {amount} added",
     "应得 {earned}，爬坡月份（{months}）目标薪酬的 {share} 为 {guarantee}：补足 {amount}"),
    ("release.at_once", "released at once: {released}", "立即发放：{released}"),
    ("release.in_parts", "released so far: {share}, {released}", "目前已发放 {share}：{released}"),
    ("currency.same", "in {currency} throughout", "全程 {currency}"),
    ("currency.converted", "{source} at the rate {rate} into {currency}", "{source} 按汇率 {rate} 折为 {currency}"),
    ("currency.paid", "{earned} paid as {paid} at the rate {paid_rate}", "{earned} 按汇率 {paid_rate} 折为 {paid} 支付"),
    ("currency.converted_paid", "{source} at the rate {rate} into {currency}; {earned} paid as {paid} at the rate {paid_rate}",
     "{source} 按汇率 {rate} 折为 {currency}；{earned} 按汇率 {paid_rate} 折为 {paid} 支付"),
    ("currency.none", "no conversion", "无折算"),
    ("rounding.half_up", "{exact} before rounding, half up", "舍入前 {exact}，四舍五入"),
    ("rounding.half_even", "{exact} before rounding, half to even", "舍入前 {exact}，银行家舍入"),
    ("rounding.down", "{exact} before rounding, down", "舍入前 {exact}，舍去"),
    ("rounding.remainder", "{exact} before the cents that do not divide, which go to the largest remainders, then by id: {part}",
     "分配尾差前 {exact}；尾差按余数由大到小、再按编号分配：{part}"),
    ("rounding.exact", "{exact} divides without a remainder", "{exact}，无尾差"),
    ("payable.to_date", "earned {earned}; released {released}; held {held}",
     "应得 {earned}；已发放 {released}；暂扣 {held}"),
)  # fmt: skip

_FURTHER = (
    ("line", "; line {line}", "；明细 {line}"),
    ("weighed", "; the measure moves by {weight} times that", "；按 {weight} 倍累计业绩"),
    ("paid", "; {pays} of its pay goes to the payee", "；本人得其薪酬的 {pays}"),
)
_COMBINED = tuple(more for count in range(1, len(_FURTHER) + 1) for more in combinations(_FURTHER, count))


def _with_further(key: str, en: str, zh: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """A step's words, and those of a credit with what may be said of it besides."""
    yield key, (en, zh)
    for more in _COMBINED if key in _OF_A_DEAL else ():
        names, further_en, further_zh = zip(*more, strict=True)
        yield "_".join([key, *names]), ("".join([en, *further_en]), "".join([zh, *further_zh]))


_OF_A_DEAL = ("credit.direct", "credit.overlay", "credit.house")

STEP_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {key: words for step in _STEPS for key, words in _with_further(*step)}
)
"""The words of each step by `name.code`, as (en, zh)."""

_REASONS = (
    ("earned", "earned", "应得"),
    ("released", "released", "发放"),
    ("recalculated", "recalculated", "重新计算"),
    ("clawback", "taken back", "扣回"),
    ("receivable", "taken back, owed by the payee", "扣回，由本人归还"),
    ("repaid", "given back by the payee", "本人已归还"),
    ("repaid_undone", "booked as given back by mistake, and taken out", "误记为本人已归还，现予冲销"),
    ("withdrawn", "no longer credited", "不再计入"),
    ("reversed", "reversed", "冲销"),
    ("paid", "paid", "支付"),
    ("adjusted", "adjusted by a person", "人工调整"),
)

REASON_TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({code: (en, zh) for code, en, zh in _REASONS})
"""The words of each reason of a ledger entry, as (en, zh)."""
