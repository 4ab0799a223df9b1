"""The words of counterfactuals, in English and Chinese: why a rate, a tier or an amount was not reached.

`{name}` stands for a particular of the reason.
"""

from collections.abc import Mapping
from types import MappingProxyType

_REASONS = (
    ("not_employed", "{payee} is not employed on {on}, and no plan pays who is not", "{payee}于 {on} 不在职，方案不适用"),
    ("not_on_plan", "{plan} does not pay {payee} on {on}: {condition} ({place}) does not hold",
     "{on} {plan}不适用于{payee}：{condition}（{place}）不成立"),
    ("partners_not_asked_for", "{plan} pays people; its condition does not ask for partners", "{plan}只适用于员工，未写明适用于伙伴"),
    ("plan_not_in_force", "{plan} is not in force on {on} (its first day is {from}, it ends before {until})",
     "{on} {plan}未生效（{from} 起，{until} 前有效）"),
    ("component_not_in_force", "{component} is not in force on {on}", "{on} {component}未生效"),
    ("no_credit", "nothing of {measure} is credited to {payee} in {window}", "{window} 内{payee}没有计入任何 {measure}"),
    ("no_such_rate", "no tier of {component} pays {wanted}; its tiers are {tiers}",
     "{component}没有 {wanted} 这一档；各档为：{tiers}"),
    ("reached", "the tier of {wanted} begins at {start} and is reached: {window} stands at {position}",
     "{wanted} 一档自 {start} 起，已达到：{window} 目前为 {position}"),
    ("reached_part", "only what lies above {start} is paid at {wanted}: so far {base}, which is {amount}",
     "仅超过 {start} 的部分按 {wanted} 计算：目前 {base}，即 {amount}"),
    ("below", "the tier of {wanted} begins at {start}; {window} stands at {position}, in the tier of {tier}",
     "{wanted} 一档自 {start} 起；{window} 目前为 {position}，处于 {tier} 一档"),
    ("missed_by", "missed by {missing} of {measure}, {points} of quota", "还差 {measure} {missing}，即定额的 {points}"),
    ("missed_by_amount", "missed by {missing} of {measure}", "还差 {measure} {missing}"),
    ("would_change", "{missing} more of {measure} until {until} reach it; {measure} is credited on {events}",
     "在 {until} 之前再计入 {missing} 的 {measure} 即可达到；{events}时计入 {measure}"),
    ("gate_not_met", "the gate is not met: {condition} ({place}), so {count} credits of {window} earn nothing",
     "门槛未满足：{condition}（{place}），因此 {window} 有 {count} 笔计入不发放"),
    ("factor_not_set", "{formula} has no value yet for {deals}, which pays nothing until it has",
     "{deals} 的 {formula} 尚无值，暂不发放"),
    ("factor_below", "{formula} is {factor} for {deals}", "{deals} 的 {formula} 为 {factor}"),
    ("per_deal_lowered", "a deal earns {at_most} at most; {deals} came to more", "单笔最多 {at_most}；{deals} 超出"),
    ("cap_reached", "the cap of {cap} is reached: {withheld} is kept back", "已达封顶 {cap}：{withheld} 未发放"),
    ("budget_used", "the budget of {budget} is used up: {withheld} was beyond it", "预算 {budget} 已用完：超出 {withheld}"),
    ("taken_back", "{taken} was taken back ({events})", "已扣回 {taken}（{events}）"),
    ("held", "{held} is earned and held back until its release ({events})", "{held} 已获得，待满足发放条件（{events}）"),
    ("no_grant", "no {events} of {payee} in {window} has met {condition} ({place})",
     "{window} 内{payee}没有任何{events}满足 {condition}（{place}）"),
    ("not_ended", "it is paid once {window} has ended, on {until}", "{window} 结束后（{until}）发放"),
    ("earned", "{component} has earned {earned} in {window}", "{component}在 {window} 已获得 {earned}"),
    ("amount_missed", "{wanted} were asked about: {missing} more", "所问为 {wanted}：还差 {missing}"),
    ("amount_reached", "{wanted} were asked about and are reached", "所问为 {wanted}：已达到"),
    ("of_everybody", "{component} depends on what everybody does (a pool, a contest or a rank) and is not estimated for one",
     "{component}取决于所有人的结果（奖金池、竞赛或排名），无法为个人估算"),
    ("no_component", "no plan has a component {component}; there are {components}", "没有方案包含项目 {component}；现有 {components}"),
)  # fmt: skip

REASON_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({code: (en, zh) for code, en, zh in _REASONS})
"""The words of each reason by its code, as (en, zh)."""
