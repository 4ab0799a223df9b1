"""What a plan does to a payee's lines as a whole: its cap, then its draw, its guarantee or that of its ramp."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from engine.core.incentives.lines import line_key
from engine.core.money import Money
from engine.core.rules.plan import Plan
from engine.core.rules.plan_terms import Draw
from tests.core.incentives.oracle.calendar import Window, days_after, window_of, windows_between
from tests.core.incentives.oracle.on_target import on_target
from tests.core.incentives.oracle.presence import days_of, first_paid, months_of, part_of, pays
from tests.core.incentives.oracle.quotas import ramp_month
from tests.core.incentives.oracle.table import whole_number
from tests.core.incentives.oracle.told import Draft, History

ONE = Fraction(1)


def at_plan_level(history: History, drafts: list[Draft], as_of: date) -> list[Draft]:
    """The lines as the plan's cap leaves them, then those that the plan itself makes."""
    drafts = _capped(history, drafts, as_of)
    first = first_paid(history)
    if first is None:
        return drafts
    lifting = (_drawn, _guaranteed, _ramped)
    return drafts + [made for lifts in lifting for made in lifts(history, drafts, first, as_of)]


def _version(history: History, day: date) -> Plan:
    """The version in force on a day; the last one after all of them, the first one before."""
    begun = [plan for plan in history.plans if plan.header.in_force.from_on <= day]
    return begun[-1] if begun else history.plans[0]


def _made(plan: Plan, component: str, window: Window, source: str, on: date, minor: int) -> Draft:
    return Draft(plan, -1, component, window.id, source, on, minor, 0, 0, ONE)


def _capped(history: History, drafts: list[Draft], as_of: date) -> list[Draft]:
    """Each line has what room its version's cap still has in the period of its day."""
    cap = history.plans[0].cap
    if cap is None or not drafts:
        return drafts
    month, done = history.fiscal_month, []
    everything = Window("", date.min, date.max)
    spans = [everything]
    if cap.per != "plan":
        last = max(draft.on for draft in drafts)
        spans = windows_between(min(draft.on for draft in drafts), max(last, as_of), cap.per, month)
    excess = 0
    for span in spans:
        own = sorted((draft for draft in drafts if span.holds(draft.on)), key=_order)
        plan = _version(history, span.start)
        if excess > 0 and cap.excess == "carried_forward" and span.start <= as_of:
            own.insert(0, _made(plan, "plan_cap", span, "carried", span.start, excess))
        excess, bounded = _bounded(own, lambda plan, span=span: _cap(history, plan, span))  # type: ignore[misc]
        done += bounded
    return done


def _order(draft: Draft) -> tuple[date, int, str]:
    return draft.on, draft.place, line_key("p", draft.component, draft.window, "ann", draft.source)


def _cap(history: History, plan: Plan, span: Window) -> int:
    """What a version lets through in a period."""
    assert plan.cap is not None
    part = ONE if plan.cap.per == "plan" else part_of(history, plan, "cap", span)
    return whole_number(plan.cap.at_most.minor * part, plan.rounding.value)


def _bounded(own: list[Draft], cap: Callable[[Plan], int]) -> tuple[int, list[Draft]]:
    """The lines of a period in their order, and what is withheld in the end."""
    paid, excess, done = 0, 0, []
    for draft in own:
        gross = draft.gross
        if gross >= 0:
            pays = min(gross, max(0, cap(draft.plan) - paid))
        else:
            pays = min(0, gross + max(0, excess))
        taken = whole_number(Fraction(draft.taken * pays, gross), draft.plan.rounding.value) if gross else draft.taken
        withheld = (gross - draft.taken) - (pays - taken)
        excess += withheld
        paid += pays - taken
        done.append(replace(draft, gross=pays, taken=taken, withheld=draft.withheld + withheld))
    return excess, done


def _ended(first: date, as_of: date, per: str, month: int) -> list[Window]:
    """Every period that has ended, from that of the first day on."""
    spans = windows_between(first, max(first, as_of), per, month)
    return [span for span in spans if span.end - timedelta(days=1) <= as_of]


def _earned(drafts: list[Draft], span: Window) -> int:
    return sum(draft.gross - draft.taken for draft in drafts if span.holds(draft.on))


def _drawn(history: History, drafts: list[Draft], first: date, as_of: date) -> Iterator[Draft]:
    """What each ended period tops up, recovers and forgives."""
    terms = history.plans[0].draw
    if terms is None:
        return
    month, balance = history.fiscal_month, 0
    spans = _ended(first, as_of, terms.per, month)
    for span in spans:
        plan, last_on = _version(history, max(span.start, first)), span.end - timedelta(days=1)
        runs = terms.ends is None or span.start < terms.ends
        earned, draw = _earned(drafts, span), _part(history, plan, "draw", terms.amount, span) if runs else 0
        if draw and earned < draw:
            yield _made(plan, "draw", span, "draw", last_on, draw - earned)
            balance += draw - earned if terms.kind != "non_recoverable" else 0
        elif terms.starts_after is None or span.start >= days_after(spans[0].start, terms.starts_after):
            back = _recovered(terms, earned, draw, balance)
            balance -= back
            if back:
                yield _made(plan, "draw", span, "recovery", last_on, -back)
        following = window_of(span.end, terms.per, month)
        ends_here = runs and terms.ends is not None and following.start >= terms.ends
        if ends_here and balance and (terms.kind == "forgiven" or terms.balance_at_end == "forgiven"):
            yield _made(plan, "draw", span, "forgiven", last_on, 0)
            balance = 0


def _part(history: History, plan: Plan, what: str, amount: Money, span: Window) -> int:
    """The part of an amount for which somebody is there in a period; nothing where they are not on the plan in it."""
    if not any(pays(history, day) for day in days_of(span)):
        return 0
    return whole_number(amount.minor * part_of(history, plan, what, span), plan.rounding.value)


def _recovered(terms: Draw, earned: int, draw: int, balance: int) -> int:
    """What a period pays back: at most the share of what there is to take from, at most the amount of one period."""
    there = max(0, earned - draw if terms.recover == "from_above_draw" else earned)
    most = [balance, int(there * terms.rate)]
    return min([*most, terms.at_most.minor] if terms.at_most else most)


def _guaranteed(history: History, drafts: list[Draft], first: date, as_of: date) -> Iterator[Draft]:
    """What lifts each ended period to what is guaranteed."""
    terms = history.plans[0].guarantee
    if terms is None:
        return
    spans = _ended(first, as_of, terms.per, history.fiscal_month)
    for span in spans:
        lasts = terms.lasts is None or span.start < days_after(spans[0].start, terms.lasts)
        plan = _version(history, max(span.start, first))
        missing = _part(history, plan, "guarantee", terms.amount, span) - _earned(drafts, span)
        if lasts and missing > 0:
            yield _made(plan, "guarantee", span, "guarantee", span.end - timedelta(days=1), missing)


def _ramped(history: History, drafts: list[Draft], first: date, as_of: date) -> Iterator[Draft]:
    """What lifts each ended period of the plan to the guaranteed share of on-target pay of the ramp's months in it."""
    for span in _ended(first, as_of, history.plans[0].period, history.fiscal_month):
        plan = _version(history, max(span.start, first))
        if plan.ramp is None or plan.ramp.guarantee is None:
            continue
        months = [m for m in months_of(span) if ramp_month(history, plan, m) in range(len(plan.ramp.months))]
        pay = sum((on_target(history, plan, m) * part_of(history, plan, "guarantee", m) for m in months), Fraction(0))
        missing = whole_number(pay * plan.ramp.guarantee, plan.rounding.value) - _earned(drafts, span)
        if months and missing > 0:
            yield _made(plan, "guarantee", span, "ramp", span.end - timedelta(days=1), missing)
