"""Two free allowances, of which the one used up first ends both, as rule text: what was used before is a measure.

On each event the measures say how much and how many came before it. As long as neither allowance is used up, what of the
event goes beyond the amount is charged; after that, all of it.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from engine.core.incentives.lines import EarningLine
from tests.cases.incentive_rules import VOCABULARY, Case, Play, Translation, exact, percent, text, units

USED = f"""{VOCABULARY}measures:
  owner.used: {{sum: credits.sales}}
  owner.done: {{count: credits.sales}}
"""

ALLOWANCE = """plan: p
title: {{en: Case, zh: 案例}}
in_force: {{from: 2026-01-01, until: 2027-01-01}}
currency: CNY
period: year
credits:
  - {{credit: sales, on: deal.won, to: {{split: deal.owner}}}}
  - {{credit: charged, on: deal.won, when: owner.done >= {events}, to: {{split: deal.owner}}}}
  - credit: charged
    on: deal.won
    when: [owner.done < {events}, owner.used + deal.amount > {amount} CNY]
    amount: min(deal.amount, owner.used + deal.amount - {amount} CNY)
    to: {{split: deal.owner}}
  - credit: charged                             # the first event, before which nothing was used
    on: deal.won
    when: [owner.used is not set, deal.amount > {amount} CNY]
    amount: deal.amount - {amount} CNY
    to: {{split: deal.owner}}
components:
  - commission: percent
    of: charged
    measured_over: year
    rates: {{by: amount, method: marginal, tiers: [{{from: 0 CNY, rate: {rate}}}]}}
  - bonus: fixed
    on: deal.won
    when:
      any:
        - owner.done >= {events}
        - owner.used + deal.amount > {amount} CNY
        - owner.used is not set and deal.amount > {amount} CNY
    amount: {fixed} CNY
"""


def charged(rule: Mapping[str, object], amounts: Sequence[object]) -> tuple[EarningLine, ...]:
    """What events of those amounts lead to under the rule of a case, one after the other."""
    words = {"rate": percent(rule["rate_pct"]), "fixed": text(rule["fixed_per_event"])}
    allowed = {"events": text(rule["free_events"]), "amount": text(rule["free_total"])}
    play = Play({"vocabulary": USED, "plan": ALLOWANCE.format(**words, **allowed)})
    for amount in amounts:
        play.win(amount)
    return play.lines()


def free_allowance(case: Case) -> Mapping[str, object]:
    """The events are the differences of the running totals, and the last is what is left of the whole."""
    totals = [0, *case["inputs"]["running_total_of_events"], case["inputs"]["aggregation"]]
    amounts = [exact(later) - exact(earlier) for earlier, later in pairwise(totals)]
    assert len(amounts) == case["inputs"]["events"]
    lines = charged(case["plan"], [int(amount) for amount in amounts])
    parts = {name: [line for line in lines if line.component == name] for name in ("percent", "fixed")}
    percents, fixed = (units(sum(line.earned.minor for line in own), own) for own in parts.values())
    return {"percent_part": percents, "fixed_part": fixed, "total": percents + fixed}


ALLOWANCES: Mapping[str, Translation] = {"percent_with_free_allowance": free_allowance}
