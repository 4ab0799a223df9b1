"""Each published incentive case as rule text and events: the function of its kind gives what the engine answers.

An answer has the keys of the case's `expected`; keys that say nothing about the engine are named in NOT_ANSWERED.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from engine.core.incentives.payouts import Posted, differences, draft_run, posted_by_line
from tests.cases.allowance_translations import ALLOWANCES
from tests.cases.incentive_pools import POOLS
from tests.cases.incentive_rules import (
    RECEIVED,
    SALES,
    UNITS,
    Case,
    Play,
    Table,
    Translation,
    exact,
    money,
    percent,
    plan,
    text,
    units,
)
from tests.cases.plan_level_translations import PLAN_LEVEL
from tests.core.incentives.world import quota

Answer = Mapping[str, object]


def rated(case: Case, currency: str = "CNY") -> list[tuple[str, str]]:
    """The case's percentage tiers as rows."""
    return [
        (f"{text(tier['from'])} {currency}", f"rate: {percent(tier['rate_pct'])}") for tier in case["plan"]["tiers"]
    ]


def starts(case: Case, step: int = 0) -> list[Fraction]:
    """Where each tier of an `up_to` or `from` table starts; `step` where a whole table's upper bound is inclusive."""
    rows = case["plan"]["tiers"]
    if "from" in rows[0]:
        inclusive = [exact(row["from"]) for row in rows]
        return inclusive if step else [*inclusive[:1], *(exact(row["to"]) for row in rows[:-1])]
    return [Fraction(0), *(exact(row["up_to"]) + step for row in rows[:-1])]


def unit_rows(case: Case, key: str, currency: str, step: int = 0) -> list[tuple[str, str]]:
    """The tiers of one kind of cell, per_unit or flat; a missing cell pays nothing."""
    found = zip(starts(case, step), case["plan"]["tiers"], strict=True)
    return [(text(_plain(start)), f"{key}: {text(row.get(key) or 0)} {currency}") for start, row in found]


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))


def by_units(
    case: Case, method: str = "marginal", currency: str = "CNY", more: tuple[str, ...] = ()
) -> Mapping[str, str]:
    """A plan of one component for amounts a unit and one for fixed amounts of tiers, where the case has both."""
    step = 1 if method == "whole" else 0
    parts = [Table(unit_rows(case, "per_unit", currency, step), "count", method, more=more)]
    if any(row.get("flat") for row in case["plan"]["tiers"]):
        flat = "flat" if method == "whole" else method
        parts.append(Table(unit_rows(case, "flat", currency, step), "count", flat, id="f"))
    return {"plan": plan(*parts, credits=(UNITS,), currency=currency)}


def per_transaction(case: Case) -> Answer:
    play = Play({"plan": plan(Table(rated(case), by="deal.amount"))})
    names = {play.win(t["amount"]): t["id"] for t in case["inputs"]["transactions"]}
    earned = play.by_deal()
    return {"per_transaction": {names[deal]: amount for deal, amount in earned.items()}, "total": play.total()}


def blended(case: Case) -> Answer:
    play = Play({"plan": plan(Table(rated(case)))})
    play.win(case["inputs"]["amount"])
    printed = case["expected"]["blended_rate_pct_as_printed"]
    places = len(str(printed).partition(".")[2])
    rate = play.total() * 100 / exact(case["inputs"]["amount"])
    return {"commission": play.total(), "blended_rate_pct_as_printed": _half_up(rate, places)}


def _half_up(value: Fraction, places: int) -> Fraction:
    return Fraction((value * 10**places + Fraction(1, 2)).__floor__(), 10**places)


def interpolated(case: Case) -> Answer:
    rows = [(f"{text(t['from'])} CNY", f"flat: {text(t['amount'])} CNY") for t in case["plan"]["tiers"]]
    rows.append((f"{text(case['plan']['tiers'][-1]['to'])} CNY", "flat: 0 CNY"))
    play = Play({"plan": plan(Table(rows, by="deal.amount", method="interpolated"))})
    names = {play.win(amount): name for name, amount in case["inputs"]["transactions"].items()}
    return {"per_transaction": {names[d]: amount for d, amount in play.by_deal().items()}, "total": play.total()}


def explained(case: Case) -> Answer:
    amount = exact(case["inputs"]["amount"])
    play = Play({"plan": plan(Table(rated(case)))})
    play.win(case["inputs"]["amount"])
    slices = play.lines()[0].slices
    parts = [slice.amount / 100 * 100 / amount for slice in slices]
    return {
        "tier_inputs": [slice.base / 100 for slice in slices],
        "tier_rates_pct": [slice.rate * 100 for slice in slices],
        "contribution_to_blended_pct": parts,
        "blended_rate_pct": sum(parts, Fraction(0)),
    }


def crossing(case: Case) -> Answer:
    play = Play({"plan": plan(Table(rated(case)))})
    play.win(case["inputs"]["attained_before"])
    play.win(case["inputs"]["deal"])
    line = play.lines()[1]
    segments = [[slice.base / 100, slice.rate * 100] for slice in line.slices]
    earned = units(line.earned.minor, (line,))
    return {
        "commission": earned,
        "blended_rate_pct": earned * 100 / exact(case["inputs"]["deal"]),
        "segments": segments,
    }


def rebate_percent(case: Case) -> Answer:
    return _rebate(case, [f"rate: {percent(tier['rate_pct'])}" for tier in case["plan"]["tiers"]], "amount")


def rebate_unit(case: Case) -> Answer:
    """Money follows the quantity, written as an amount of one CNY a piece; the tier follows the line's amount."""
    return _rebate(case, [f"rate: {percent(100 * tier['per_unit'])}" for tier in case["plan"]["tiers"]], "qty")


def _rebate(case: Case, pays: list[str], base: str) -> Answer:
    bounds = [0, *(tier["max"] for tier in case["plan"]["tiers"][:-1])]
    rows = [(f"{bound} CNY", cell) for bound, cell in zip(bounds, pays, strict=True)]
    credit = "{credit: sales, on: deal.won, amount: deal.contract, to: {split: deal.team, rest: deal.owner}}"
    play = Play({"plan": plan(Table(rows, by="deal.amount"), credits=(credit,))})
    for line in case["inputs"]["lines"]:
        play.win(line["amount"], contract=money(line[base]))
    first, second = play.by_deal().values()
    return {"item_A": first, "item_B": second}


def textbook(case: Case) -> Answer:
    play = Play({"plan": plan(Table(rated(case)))})
    play.win(case["inputs"]["sales"])
    return {"commission": play.total()}


def accelerated(case: Case) -> Answer:
    return textbook(case)


def graduated_units(case: Case) -> Answer:
    play = Play(by_units(case, currency="KWD"), "KWD")
    play.win(0, units=exact(case["inputs"]["units"]))
    return {"total": play.total()}


def graduated_flats(case: Case) -> Answer:
    play = Play(by_units(case))
    play.win(0, units=exact(case["inputs"]["units"]))
    answer: dict[str, object] = {"total": play.total()}
    if "lines" in case["expected"]:
        answer["lines"] = _by_tier([play.lines()[0], *play.lines()[1:]])
    return answer


def _by_tier(lines: Any) -> list[Fraction]:
    """What each tier paid, over the lines of both components, in the order of the tiers."""
    found: dict[int, Fraction] = {}
    for line in lines:
        for slice in line.slices:
            found[slice.tier] = found.get(slice.tier, Fraction(0)) + units(slice.amount, (line,))
    return [found[tier] for tier in sorted(found) if found[tier]]


def increment(case: Case) -> Answer:
    play = Play(by_units(case))
    play.win(0, units=exact(case["inputs"]["units_before"]))
    second = play.win(0, units=exact(case["inputs"]["units_now"]))
    lines = [line for line in play.lines() if line.deal == second]
    return {"lines": _by_tier(lines), "total": play.by_deal()[second]}


def capped_increment(case: Case) -> Answer:
    """One component with a cap on its total; its tiers pay a flat amount or an amount a unit, never both."""
    play = Play(
        {
            "plan": plan(
                _either(case, "marginal", 0, (f"cap: {{at_most: {case['plan']['maximum_total']} CNY}}",)),
                credits=(UNITS,),
            )
        }
    )
    before, now = case["inputs"]["units_before"], case["inputs"]["units_now"]
    border = case["plan"]["tiers"][2]["up_to"] - before
    play.win(0, units=exact(before))
    last = [play.win(0, units=exact(border)), play.win(0, units=exact(now - border))]
    own = [line for line in play.lines() if line.deal in last]
    paid = sum(units(line.earned.minor, (line,)) for line in own)
    kept = [units(line.withheld.minor, (line,)) for line in own]
    return {"gross": paid + sum(kept), "withheld": sum(kept), "payable": paid, "withheld_per_line": kept}


def _either(case: Case, method: str, step: int, more: tuple[str, ...] = ()) -> Table:
    cells = [
        ("flat", row["flat"]) if row.get("flat") else ("per_unit", row.get("per_unit") or 0)
        for row in case["plan"]["tiers"]
    ]
    rows = [
        (text(_plain(start)), f"{key}: {text(value)} CNY")
        for start, (key, value) in zip(starts(case, step), cells, strict=True)
    ]
    return Table(rows, "count", method, more=more)


def volume(case: Case) -> Answer:
    play = Play({"plan": plan(_either(case, "whole", 1), credits=(UNITS,))})
    play.win(0, units=exact(case["inputs"]["units"]))
    return {"total": play.total()}


def capped_volume(case: Case) -> Answer:
    cap = f"cap: {{at_most: {case['plan']['maximum_total']} CNY}}"
    play = Play({"plan": plan(_either(case, "whole", 1, (cap,)), credits=(UNITS,))})
    play.win(0, units=exact(case["inputs"]["units"]))
    kept = units(play.lines()[0].withheld.minor, play.lines())
    return {"base": play.total() + kept, "withheld": kept, "total": play.total()}


def volume_units(case: Case) -> Answer:
    rows = case["plan"].get("tier_widths")
    if rows:
        bounds = [0, rows[0]["max_units"] + 1, rows[0]["max_units"] + rows[1]["max_units"] + 1]
        table = Table(
            [(b, f"per_unit: {text(r['per_unit'])} CNY") for b, r in zip(bounds, rows, strict=True)], "count", "whole"
        )
        play = Play({"plan": plan(table, credits=(UNITS,))})
    else:
        play = Play(by_units(case, "whole", "CLF"), "CLF")
    play.win(0, units=exact(case["inputs"]["units"]))
    return {"total": play.total()}


def volume_prorated(case: Case) -> Answer:
    """The tier by full units; money on prorated units, written as an amount of one CNY each."""
    bounds = starts(case, 1)
    per_unit = [
        (text(_plain(b)), f"rate: {percent(100 * row['per_unit'])}")
        for b, row in zip(bounds, case["plan"]["tiers"], strict=True)
    ]
    parts = (Table(per_unit, "count", "whole"), Table(unit_rows(case, "flat", "CNY", 1), "count", "flat", id="f"))
    play = Play({"plan": plan(*parts, credits=(UNITS,))})
    play.win(case["inputs"]["prorated_units"], units=exact(case["inputs"]["full_units"]))
    return {"total": play.total()}


def unwound(case: Case) -> Answer:
    """Units that come and go; money on prorated units, written as 1,000 CNY each so that five decimals are exact."""
    bounds, rows = [0, 5], case["plan"]["tiers"]
    per_unit = [(b, f"rate: {text(exact_text(row['per_unit'], 10))}%") for b, row in zip(bounds, rows, strict=True)]
    flat = [(b, f"flat: {row['flat']} CNY") for b, row in zip(bounds, rows, strict=True)]
    parts = (Table(per_unit, "count"), Table(flat, "count", id="f"))
    play = Play({"plan": plan(*parts, credits=(UNITS,))})
    for count, weight in zip(case["inputs"]["events"], case["inputs"]["prorated_weights"], strict=True):
        play.win(_plain_decimal(exact(weight) * 1000), units=exact(count))
    return {"total": _half_up(play.unrounded(), 2)}


def exact_text(value: object, divisor: int) -> str:
    """A quotient that ends."""
    return _plain_decimal(exact(value) / divisor)


def _plain_decimal(value: Fraction) -> str:
    cents = value * 100
    assert cents.denominator == 1, value
    sign, whole = ("-" if cents < 0 else ""), abs(cents.numerator)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def package(case: Case) -> Answer:
    p = case["plan"]
    price, free = f"per_unit: {text(p['price_per_package'])} CNY", p.get("free_units")
    rows = [(0, "per_unit: 0 CNY"), (free, price)] if free else [(0, price)]
    table = Table(rows, "count", "per_block", block=str(p["package_size"]))
    play = Play({"plan": plan(table, credits=(UNITS,))})
    play.win(0, units=exact(case["inputs"]["units"]))
    answer = {"total": play.total()}
    if "packages" in case["expected"]:
        answer["packages"] = play.lines()[0].slices[-1].base
    return answer


def volume_blocks(case: Case) -> Answer:
    """Blocks of 1,000; the first tier's blocks of 100 at 1 are ten to such a block."""
    rows = [(0, "per_unit: 10 CNY"), (1001, "per_unit: 1 CNY"), (101_001, "per_unit: 0.50 CNY")]
    play = Play({"plan": plan(Table(rows, "count", "whole", block="1000"), credits=(UNITS,))})
    play.win(0, units=exact(case["inputs"]["units"]))
    return {"total": play.total()}


def delta(case: Case) -> Answer:
    play = Play(
        {"plan": plan(Table([(0, "per_unit: 1 CNY")], "deal.units", "per_block", block="100"), credits=(UNITS,))}
    )
    for count in case["inputs"]["units"]:
        play.win(0, units=exact(count))
    first, lines = play.lines()[0], play.lines()
    posted = {first.key: Posted(first.key, "ann", "CNY", "2026", 100 * case["inputs"]["already_billed"], 0)}
    moved = [entry for entry in differences(lines, posted, "2026") if entry.debit == "expense"]
    return {"gross": play.total(), "to_bill": Fraction(sum(entry.amount.minor for entry in moved), 100)}


def percent_and_flats(case: Case) -> Answer:
    bounds, rows = [0, *(tier["to"] for tier in case["plan"]["tiers"][:-1])], case["plan"]["tiers"]
    parts = (
        Table([(f"{b} CNY", f"rate: {percent(row['rate_pct'])}") for b, row in zip(bounds, rows, strict=True)]),
        Table([(f"{b} CNY", f"flat: {row['flat']} CNY") for b, row in zip(bounds, rows, strict=True)], id="f"),
    )
    play = Play({"plan": plan(*parts)})
    play.win(case["inputs"]["amount"])
    return {"total": play.total()}


def per_deal(case: Case) -> Answer:
    p, free = case["plan"], case["plan"].get("free_total")
    least, most = p.get("per_transaction_min", p.get("min_amount")), p.get("per_transaction_max", p.get("max_amount"))
    rate = f"rate: {percent(p['rate_pct'])}"
    rows = [("0 CNY", "rate: 0%"), (f"{free} CNY", rate)] if free else [("0 CNY", rate)]
    table = Table(rows, more=(f"per_deal: {{at_least: {least} CNY, at_most: {most} CNY}}",))
    play = Play({"plan": plan(table)})
    for amount in case["inputs"].get("transactions") or [case["inputs"]["sale"]]:
        play.win(amount)
    return {"total": play.unrounded(), "commission": play.total()}


def overlaid(case: Case) -> Answer:
    rate = f"rate: {percent(case['plan']['rate_pct'])}"
    everyone = "{credit: sales, on: deal.won, to: {overlay: deal.team}}"
    play = Play({"plan": plan(Table([("0 CNY", rate)]), credits=(everyone,))})
    for amount in case["inputs"]["order_lines"]:
        play.win(amount, team={"ann": 50, "bob": 50})
    return {"total_commission": play.total("ann") + play.total("bob")}


def _formula(amount: str, inputs: list[tuple[object, dict[str, object]]]) -> list[Fraction]:
    bonus = f"  - bonus: b\n    on: deal.won\n    amount: {amount}\n"
    play = Play({"plan": plan(bonus, credits=())})
    for value, facts in inputs:
        play.win(value, **facts)
    return list(play.by_deal().values())


def _chosen(several: str, *rules: str) -> Play:
    """Credits of what is earned, from rules of which the plan says which applies."""
    credits = [f"{{credit: sales, on: deal.won, {rule}, to: {{split: deal.owner}}}}" for rule in rules]
    return Play(
        {"plan": plan(Table([("0 CNY", "rate: 100%")]), credits=credits) + f"credits_where_several: {several}\n"}
    )


def precedence(case: Case) -> Answer:
    play = _chosen(
        "most_specific",
        "amount: 10 CNY",
        'when: deal.category = "office", amount: 20 CNY',
        'when: deal.category = "office" and deal.product = "desk", amount: 5% of deal.amount',
        'when: deal.category = "office" and deal.product = "desk" and deal.variant = "steel", amount: 15% of deal.amount',
    )
    facts = {"category": "office", "product": "desk", "variant": "steel"}
    levels = list(facts)
    for match in case["inputs"]["matches"]:
        play.win(case["inputs"]["line_price"], **{name: facts[name] for name in levels[: levels.index(match) + 1]})
    return dict(zip(case["inputs"]["matches"], play.by_deal().values(), strict=True))


def very_important(case: Case) -> Answer:
    play = _chosen(
        "first",
        'when: deal.kind_of = "VIP" and deal.amount >= 50_000 CNY, amount: 15% of deal.amount',
        "amount: 5% of deal.amount",
    )
    for one in case["inputs"]["cases"]:
        play.win(one["sale"], kind_of=one["tier"])
    return {"commission": list(play.by_deal().values())}


def fallback(case: Case) -> Answer:
    play = _chosen(
        "first",
        'when: deal.kind_of = "P1", amount: 2% of deal.amount',
        'when: deal.kind_of = "P2", amount: 3% of deal.amount',
        "amount: 1% of deal.amount",
    )
    for product, value in case["inputs"]["lines"].items():
        play.win(value, kind_of=product)
    return {"total": play.total()}


def on_cash(case: Case) -> Answer:
    invoice = case["inputs"]["invoice"]
    rate = case["inputs"].get("rate_pct") or exact(case["inputs"]["commission"]) * 100 / invoice
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(rate)}")], more=(RECEIVED,)))})
    deal = play.win(invoice)
    released = [Fraction(0)]
    for number, amount in enumerate(case["inputs"].get("payments") or [case["inputs"]["payment"]]):
        play.world.happen("payment.received", deal, f"2026-02-{number + 1:02d}", amount=money(amount))
        released.append(Fraction(play.lines()[0].released.minor, 100))
    settled = [now - then for then, now in pairwise(released)]
    return {"commission": play.total(), "settled": settled[0], "settlements": settled}


def instalments(case: Case) -> Answer:
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(case['plan']['rate_pct'])}")], more=(RECEIVED,)))})
    deal = play.win(case["inputs"]["deal"])
    months, paid, before = ("January", "February", "March"), {}, Fraction(0)
    for number, amount in enumerate(("333.34", "333.33", "333.33")):
        play.world.happen("payment.received", deal, f"2026-{number + 1:02d}-10", amount=money(amount))
        now = Fraction(play.lines()[0].released.minor, 100)
        paid[months[number]], before = now - before, now
    return {"total": play.total(), "per_month": list(paid.values()), "months": list(paid)}


ROLLUP = (
    "{credit: sales, on: deal.won, to: {cascade: [deal.owner, deal.owner.manager, deal.owner.manager.manager],"
    " shares: [10%, 10%, 10%], each: of_the_rest}}"
)


def _rollup(fee: str = "") -> Play:
    play = Play({"plan": plan(Table([("0 CNY", "rate: 100%")]), fee, credits=(ROLLUP,))})
    play.world.person("head").person("boss", manager="head").person("ann", manager="boss")
    return play


def rollup(case: Case) -> Answer:
    play = _rollup()
    play.win(case["inputs"]["base"])
    return dict(
        zip(("salesRep", "salesSupervisor", "headOfSales"), map(play.total, ("ann", "boss", "head")), strict=True)
    )


def rollup_and_fee(case: Case) -> Answer:
    fee = "  - bonus: licence-fee\n    on: deal.won\n    amount: 0 CNY - 5% of deal.amount\n"
    play = _rollup(fee)
    play.win(case["inputs"]["order_net"])
    rep = {line.component: units(line.earned.minor, (line,)) for line in play.lines("ann")}
    return {
        "salesRep": rep["c"],
        "super_salesRep": play.total("boss"),
        "license_fee_payable_by_salesRep": -rep["licence-fee"],
    }


def states(case: Case) -> Answer:
    """One measure for each state; new figures of the same deal are posted as differences to what was posted before."""
    before = {name: case["inputs"]["previous"][name][0] * 10 for name in ("forecasted", "invoiceable", "invoiced")}
    owed = {name: _at_states(figures) for name, figures in (("then", before), ("now", case["inputs"]["new_base"]))}
    first = differences(owed["then"], {}, "2026")
    _, posted = draft_run("2026", "", first, "", "x", None)  # type: ignore[arg-type]
    moved: dict[tuple[str, str], Fraction] = {}
    where = {line.key: (line.component.rpartition("-")[0], line.payee) for line in owed["now"]}
    for entry in differences(owed["now"], posted_by_line(posted), "2026"):
        if "expense" in (entry.debit, entry.credit):
            sign = 1 if entry.debit == "expense" else -1
            moved[where[entry.line]] = Fraction(sign * entry.amount.minor, 100)
    return {f"delta_{state}": [moved[state, who] for who in ("ann", "boss", "head")] for state in before}


def _at_states(figures: Mapping[str, object]) -> tuple[Any, ...]:
    facts = {"forecasted": "planned", "invoiceable": "billable", "invoiced": "billed"}
    heads = {1: ("100%", "deal.owner"), 2: ("90%", "deal.owner.manager"), 3: ("81%", "deal.owner.manager.manager")}
    credits, tables = [], []
    for state, fact in facts.items():
        for level, (part, to) in heads.items():
            credits.append(
                f"{{credit: {state}_{level}, on: deal.won, amount: deal.{fact} * {part}, to: {{overlay: {to}}}}}"
            )
            tables.append(Table([("0 CNY", "rate: 10%")], of=f"{state}_{level}", id=f"{state}-{level}"))
    play = Play({"plan": plan(*tables, credits=credits)})
    play.world.person("head").person("boss", manager="head").person("ann", manager="boss")
    play.win(0, **{facts[state]: money(value) for state, value in figures.items()})
    return (*play.lines("ann"), *play.lines("boss"), *play.lines("head"))


def returned(case: Case) -> Answer:
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(case['plan']['rate_pct'])}")]))})
    play.win(case["inputs"]["sale"])
    return {"commission": play.total()}


def halves(case: Case) -> Answer:
    play = Play({"plan": plan(Table([("0 CNY", "rate: 1%")]))})
    play.win(case["inputs"]["order"], team={"ann": 50, "bob": 50})
    each = {credit.amount for credit in play.world.credits()}
    return {"credit_each": Fraction(each.pop().minor, 100) if len(each) == 1 else None}


def split_sale(case: Case) -> Answer:
    shares = case["plan"].get("split_pct") or case["plan"]["shares"]
    sale = case["inputs"].get("invoice") or case["inputs"]["sale"]
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(case['plan']['rate_pct'])}")]))}, owner="A")
    play.win(sale, team=shares)
    base = {credit.payee: Fraction(credit.amount.minor, 100) for credit in play.world.credits()}
    earned = {payee: play.total(payee) for payee in shares}
    return {"base": base, "commission": earned, "total": sum(earned.values()), "A": earned["A"]}


def own_rates(case: Case) -> Answer:
    plans = {
        f"plan-{payee}": plan(Table([("0 CNY", f"rate: {percent(rate)}")]), credits=(SALES,) if payee == "A" else (),
                              pays=f'owner.team = "{payee}"', id=f"p-{payee.lower()}")
        for payee, rate in case["plan"]["rate_pct"].items()
    }  # fmt: skip
    play = Play(plans, owner="A")
    for payee in plans:
        play.world.person(payee[-1], team=payee[-1])
    play.win(case["inputs"]["base"], team=case["plan"]["split_pct"])
    return {"incentive": {payee: play.total(payee) for payee in ("A", "B")}}


def cancelled(case: Case) -> Answer:
    back = "clawback: {on: deal.cancelled, share: 100%, attainment: reversed, through_tiers: exact}"
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(case['plan']['rate_pct'])}")], more=(back,)))})
    deal = play.win(case["inputs"]["invoice"])
    original = differences(play.lines(), {}, "2026")
    play.world.happen("deal.cancelled", deal, "2026-02-01", reason="returned")
    reversal = differences(play.lines(), posted_by_line(original), "2026")
    again = differences(play.lines(), posted_by_line([*original, *reversal]), "2026")
    costs = [entry for entry in (*original, *reversal, *again) if "expense" in (entry.debit, entry.credit)]
    signed = [Fraction(entry.amount.minor * (1 if entry.debit == "expense" else -1), 100) for entry in costs]
    return {"original": signed[0], "reversal": signed[1], "ledger_entries": len(costs)}


def clawed_back(case: Case) -> Answer:
    share = case["plan"].get("clawback_pct", 100)
    back = f"clawback: {{on: deal.cancelled, share: {share}%, attainment: kept, through_tiers: exact}}"
    play = Play({"plan": plan(Table([("0 CNY", "rate: 10%")], more=(back,)))})
    deal = play.win(exact(case["inputs"].get("earned") or case["inputs"]["paid"]) * 10)
    before = play.total()
    play.world.happen("deal.cancelled", deal, "2026-08-01", reason="ended")
    after = play.win(1000)
    there = next(line for line in play.lines() if line.deal == after).steps[2].particulars[0][1]
    first = play.total() - before - 100
    counted = money(exact(there.removesuffix(" CNY").replace(",", "")) - before * 10)
    return {"adjustment": first, "clawback": first, "quota_attainment_change": Fraction(counted.minor)}


def rounded_line(case: Case) -> Answer:
    if "fixed_amount" in case["inputs"]:
        (earned,) = _formula("deal.amount * 1.00555", [(100, {})])
        return {"commission": earned}
    play = Play({"plan": plan(Table([("0 CNY", f"rate: {percent(case['plan']['rate_pct'])}")]))})
    play.win(case["inputs"]["amount"])
    return {"commission": play.total()}


def currencies_and_products(case: Case) -> Answer:
    """Three products with their own rates in one plan in USD; the source's unrounded sums are compared to the cent."""
    kinds = {"HU2-N": "HU2_new_pct", "WR-E": "WR_existing_pct", "WR-SG": "WR_SG_pct"}
    credits = [
        f'{{credit: s{n}, on: deal.won, when: deal.kind_of = "{kind}", to: {{split: deal.team, rest: deal.owner}}}}'
        for n, kind in enumerate(kinds)
    ]
    rates = case["plan"]["rate_by_product"]
    tables = [
        Table([("0 USD", f"rate: {percent(rates[key])}")], of=f"s{n}", id=f"c{n}")
        for n, key in enumerate(kinds.values())
    ]
    play = Play({"plan": plan(*tables, credits=credits, currency="USD")}, "USD", owner="Alex")
    for sale in case["inputs"]["sales"]:
        shares = {rep: Fraction(100, len(sale["reps"])) for rep in sale["reps"]}
        play.win(
            sale["amount"],
            team=shares,
            currency=sale["ccy"],
            owner=sale["reps"][0],
            kind_of=f"{sale['product']}-{sale['type']}",
        )
    return {rep: play.total(rep) for rep in ("Alex", "Ben", "Corey")}


def cascade(case: Case) -> Answer:
    share = exact(case["plan"]["split_pct"]) / 100
    shares = ", ".join([percent(case["plan"]["split_pct"])] * 3)
    to = f"{{cascade: [deal.owner, deal.second, deal.third], shares: [{shares}], each: of_the_rest}}"
    credits = (f"{{credit: sales, on: deal.won, to: {to}}}",)
    play = Play({"plan": plan(Table([("0 CNY", "rate: 100%")]), credits=credits)}, owner="Anna")
    play.world.person("Bob").person("Charlie")
    play.win(case["inputs"]["net_income"], second="Bob", third="Charlie")
    credited = {credit.payee: credit for credit in play.world.credits()}
    bases = [credited[name].share / share * case["inputs"]["net_income"] for name in case["plan"]["pay_order"]]
    return {**{name: play.total(name) for name in credited}, "remaining_bases": bases}


def accelerator(case: Case) -> Answer:
    p = case["plan"]
    base = exact(p["target_variable"]) * 100 / p["quota"]
    bounds = [0, *(band["up_to_pct"] for band in p["bands"][:-1])]
    rows = [
        (f"{b}%", f"rate: {percent(base * exact(band['mult']))}") for b, band in zip(bounds, p["bands"], strict=True)
    ]
    answer = {}
    for name, tiers in (("total_variable", rows), ("without_accelerator", rows[:1])):
        play = Play({"plan": plan(Table(tiers, "attainment", more=("quota: quota",)))})
        play.world.keep(quota("ann", money(p["quota"]), "2026", "sales"))
        play.win(case["inputs"]["bookings"])
        answer[name] = play.total()
    return answer


def accelerated_deal(case: Case) -> Answer:
    p = case["plan"]
    above, factor = percent(p["above_attainment_pct"]), text(p["accelerator"])
    factor = f"multiply: if attainment(sales, year) > {above} then {factor} else 1"
    table = Table([("0 CNY", f"rate: {percent(p['rate_pct'])}")], more=("quota: quota", factor))
    play = Play({"plan": plan(table)})
    play.world.keep(quota("ann", money(100_000), "2026", "sales"))
    play.win(1000 * case["inputs"]["ytd_attainment_pct"])
    deal = play.win(case["inputs"]["deal"])
    return {"commission": play.by_deal()[deal]}


def booking_rate(case: Case) -> Answer:
    answer = {}
    for key, currency in (("commission_gbp", "GBP"), ("commission_usd_at_invoice_rate", "USD")):
        rows = [(f"0 {currency}", f"rate: {percent(case['plan']['rate_pct'])}")]
        play = Play({"plan": plan(Table(rows), currency=currency)}, "GBP")
        play.win(case["inputs"]["invoice_gbp"])
        answer[key] = play.total()
    return answer


def retroactive(case: Case) -> Answer:
    rows = [("0 CNY", "rate: 0%"), (f"{case['plan']['threshold']} CNY", f"rate: {percent(case['plan']['rate_pct'])}")]
    play = Play({"plan": plan(Table(rows, method="whole"))})
    play.win(case["inputs"]["purchases"])
    return {"rebate": play.total()}


def overage(case: Case) -> Answer:
    amount = "'max(invoice.amount - deal.contract / 12, 0 CNY)'"
    credit = f"{{credit: sales, on: invoice.issued, amount: {amount}, to: {{split: deal.team, rest: deal.owner}}}}"
    play = Play({"plan": plan(Table([("0 CNY", "rate: 100%")]), credits=(credit,))})
    deal = play.win(0, contract=money(case["inputs"]["annual_contract"]))
    play.world.happen("invoice.issued", deal, "2026-02-01", amount=money(case["inputs"]["invoiced_per_month"]))
    return {"recognised_per_month": Fraction(play.world.credits()[0].amount.minor, 100)}


TRANSLATIONS: Mapping[str, Translation] = {
    "graduated_per_transaction": per_transaction,
    "graduated_blended_rate": blended,
    "interpolated_amount_tiers": interpolated,
    "explanation_per_tier": explained,
    "graduated_cumulative_crossing_deal": crossing,
    "rebate_marginal_percent": rebate_percent,
    "rebate_marginal_per_unit": rebate_unit,
    "graduated_textbook": textbook,
    "graduated_accelerator": accelerated,
    "graduated_oss_test": textbook,
    "graduated_units": graduated_units,
    "graduated_units_plus_flat_per_tier": graduated_flats,
    "graduated_decimal_boundaries": graduated_flats,
    "graduated_flat_then_unit": graduated_flats,
    "graduated_incremental_period": increment,
    "cumulative_cap_with_prior_payout": capped_increment,
    "whole_volume": volume,
    "cap_after_tiers": capped_volume,
    "whole_volume_units": volume_units,
    "whole_volume_units_flat": volume_units,
    "whole_volume_prorated": volume_prorated,
    "graduated_with_negative_events_unwinding_tiers": unwound,
    "package_round_up": package,
    "package_round_up_free_units": package,
    "whole_volume_blocks": volume_blocks,
    "already_paid_delta": delta,
    "graduated_percent_plus_flat_per_tier": percent_and_flats,
    "per_deal_floor_and_cap": per_deal,
    "deductible_then_cap": per_deal,
    "overlay_full_credit": overlaid,
    "rule_precedence": lambda case: precedence(case) if "line_price" in case["inputs"] else very_important(case),
    "rule_precedence_sequence": fallback,
    "split_pay_on_cash": on_cash,
    "split_pay_instalments": instalments,
    "manager_rollup_net_of_lower": rollup,
    "manager_rollup_and_fee": rollup_and_fee,
    "delta_facts_on_revision": states,
    "clawback_flat": returned,
    "credit_split": lambda case: halves(case) if "order" in case["inputs"] else split_sale(case),
    "credit_split_by_shares": split_sale,
    "credit_split_own_rate": own_rates,
    "clawback_full_reversal": cancelled,
    "clawback_percent": clawed_back,
    "clawback_exact_amount_without_attainment_reversal": clawed_back,
    "rounding_half_up": rounded_line,
    "multi_currency_split_product_rates": currencies_and_products,
    "cascading_split_with_rounding": cascade,
    "accelerator_multiplier": accelerator,
    "accelerator_multiplier_on_deal": accelerated_deal,
    "multi_currency_booking_rate": booking_rate,
    "rebate_retroactive": retroactive,
    "measure_increment_over_contract": overage,
    **ALLOWANCES,
    **PLAN_LEVEL,
    **POOLS,
}
"""The translation of each kind of case."""

NOT_ANSWERED: Mapping[str, str] = {
    "item_B_before_reconciliation": "a provisional figure before that product settles; the engine has the settled one",
}
"""Keys of `expected` that are no result of the plan, with the reason."""
