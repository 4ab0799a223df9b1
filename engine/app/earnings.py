"""What a payee sees of their pay: the period's totals, quota and attainment, components, lines, and one line in full."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from engine.app.access import NotThere, NotYours, Reach, reach, sees_pay_of
from engine.app.dealwright import Dealwright
from engine.app.line_causes import of_line
from engine.app.pay_lines import Moved, by_line, line_row, line_version, shown_rate
from engine.app.pay_periods import chosen_period, period_choice, period_choices
from engine.app.plan_level import whole_plan, words_of
from engine.app.reading import around, component_title, header_title, rule_of
from engine.app.receivables import owed_back
from engine.app.scores import scores_on
from engine.app.views.choices import Belongs
from engine.app.views.earnings import (
    ComponentRow,
    EarningsView,
    LineView,
    TeamTotals,
    Totals,
    WholePlan,
)
from engine.app.views.users import User
from engine.core.incentives.ledger import Balances, balances
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.payees import Payee, pays
from engine.core.incentives.quotas import payee_quota
from engine.core.incentives.windows import window_of
from engine.core.money import Money
from engine.core.periods import Period, parse_period
from engine.core.problems import Place
from engine.core.records import Partner, Person, Quota
from engine.core.rules.header import Title
from engine.core.rules.plan import Commission, Component, Plan
from engine.store.audit import AuditTrail
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook, PostedEntry
from engine.store.queries.pay import credits_of, quotas_of
from engine.store.reading import all_records, records_by_id
from engine.store.runs import RunBook

_SUMS = ("earned", "held", "payable", "paid")


def my_earnings(dw: Dealwright, payee: str, text: str, viewer: User) -> EarningsView:
    """A payee's period as posted; without a payee the viewer's own, or for one who is paid nothing the first they may see.

    Raises NotThere, NotYours; another's pay being looked at is written in the audit trail.
    """
    with dw.database.unit() as unit:
        chosen = payee or _first_payee(dw, unit, viewer)
        if not sees_pay_of(viewer, chosen):
            raise NotYours(chosen)
        found = find_payee(unit, chosen)
        if found is None:
            raise NotThere(chosen)
        period = chosen_period(dw, unit, text)
        view = _view(dw, unit, found, period, viewer)
    if viewer.person != chosen:
        dw.database.run(
            lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", chosen, {"period": period.id})
        )
    return view


def _first_payee(dw: Dealwright, unit: Unit, viewer: User) -> str:
    """The viewer when some plan pays them, else the first payee by id whom they may see and who has been posted to."""
    own, today = find_payee(unit, viewer.person), dw.now().astimezone(dw.zone).date()
    if own and any(pays(plan, own, today) for plan in dw.rulebook.plans):
        return viewer.person
    others = (id for id, _ in _payees(unit, viewer) if LedgerBook(unit).balances(id))
    return viewer.person if LedgerBook(unit).balances(viewer.person) else next(others, viewer.person)


def find_payee(unit: Unit, id: str) -> Payee | None:
    """The person or partner of that id."""
    people, partners = records_by_id(unit, Person, [id]), records_by_id(unit, Partner, [id])
    return people[0] if people else partners[0] if partners else None


def _view(dw: Dealwright, unit: Unit, payee: Payee, period: Period, viewer: User) -> EarningsView:
    so_far = _until(dw, LedgerBook(unit).of_payee(payee.id), period)
    entries = [posted for posted in so_far if posted.entry.posted_period == period.id]
    lines = _lines(unit, payee.id, entries)
    known = around(unit, {line.deal for line in lines if line.deal})
    runs = RunBook(unit).all(period=period.id, limit=1)
    plan = next((plan for plan in dw.rulebook.plans if pays(plan, payee, period.last_on)), None)
    moved, standing = by_line(entries, lines), by_line(so_far, lines)
    paid = any(posted.entry.kind == "paid" for posted in entries)
    return EarningsView(
        payee.id, _name(payee), Belongs(frozenset({payee.id})), period_choice(dw, unit, period), period_choices(dw, unit, period),
        _totals(entries, so_far), _components(dw, unit, payee, plan, period, lines, moved),
        tuple(line_row(dw, line, Moved(moved[line.key], standing[line.key], paid), known) for line in lines), header_title(plan.header) if plan else Title(),
        f"{period.id}/{payee.id}" if runs and runs[0].state in ("posted", "exported") else "", runs[0].id if runs else "",
        runs[0].state if runs else "", _payees(unit, viewer), _whole(dw, unit, payee, period),
        scores_on(dw, unit, payee, period, quotas_of(unit, [payee.id])),
        owed_back([posted.entry for posted in entries], [posted.entry for posted in so_far]),
    )  # fmt: skip


def _whole(dw: Dealwright, unit: Unit, payee: Payee, period: Period) -> WholePlan:
    """What the plan as a whole did to the lines of posted runs, also to those of which it left nothing."""
    if not any(plan.cap or plan.draw for plan in dw.rulebook.plans):
        return WholePlan()
    return whole_plan(period, RunBook(unit).posted_lines(payee.id))


def _name(payee: Payee) -> Title:
    return (
        Title(payee.name, payee.name_zh or payee.name) if isinstance(payee, Person) else Title(payee.name, payee.name)
    )


def _lines(unit: Unit, payee: str, entries: Sequence[PostedEntry]) -> list[EarningLine]:
    """The lines that the period's entries moved, and those earned in it that moved nothing, newest first."""
    moved = {posted.entry.line for posted in entries}
    return sorted(RunBook(unit).posted_lines(payee, keys=moved), key=lambda line: (line.on, line.key), reverse=True)


def _until(dw: Dealwright, entries: Sequence[PostedEntry], period: Period) -> list[PostedEntry]:
    """What was posted in the period or before it."""
    known = {posted.entry.posted_period for posted in entries}
    before = {id for id in known if parse_period(id, dw.rulebook.company).start <= period.start}
    return [posted for posted in entries if posted.entry.posted_period in before]


def _totals(entries: Iterable[PostedEntry], so_far: Iterable[PostedEntry]) -> tuple[Totals, ...]:
    """For each currency: what the period earned, released and paid; what is held back at its end."""
    own, all_of_it = [posted.entry for posted in entries], [posted.entry for posted in so_far]
    currencies = sorted({entry.amount.currency for entry in all_of_it})
    return tuple(_total(balances(own, currency), balances(all_of_it, currency)) for currency in currencies)


def _total(moved: Balances, standing: Balances) -> Totals:
    return Totals(moved.earned, standing.held, moved.payable + moved.paid, moved.paid)


def _components(
    dw: Dealwright, unit: Unit, payee: Payee, plan: Plan | None, period: Period, lines: Sequence[EarningLine],
    moved: dict[str, Balances],
) -> tuple[ComponentRow, ...]:  # fmt: skip
    """Each component that moved, with quota and attainment to date where it is measured against one."""
    found = list(dict.fromkeys((line.version, line.component, line.earned.currency) for line in lines))
    seen = {(version, component) for version, component, _ in found}
    parts = [(plan.header.version, part.id) for part in plan.components] if plan else []
    of_plan = [(*part, plan.currency) for part in parts if part not in seen] if plan else []
    quotas = quotas_of(unit, [payee.id])
    rows = []
    for version, component, currency in dict.fromkeys([*of_plan, *found]):
        own = [
            moved[line.key]
            for line in lines
            if (line.version, line.component, line.earned.currency) == (version, component, currency)
        ]
        sums = Balances(*(Money.total((getattr(one, name) for one in own), currency) for name in _SUMS))
        rows.append(_component(dw, unit, payee, version, component, period, sums, quotas))
    return tuple(rows)


def _component(
    dw: Dealwright,
    unit: Unit,
    payee: Payee,
    version: str,
    id: str,
    period: Period,
    sums: Balances,
    quotas: Sequence[Quota],
) -> ComponentRow:
    title = component_title(dw, version, id)
    plan = next((plan for plan in dw.rulebook.plans if plan.header.version == version), None)
    part = next((part for part in plan.components if part.id == id), None) if plan else None
    row = ComponentRow(id, title, _place(dw, version, part), sums.earned, sums.held, sums.payable + sums.paid)
    if plan is None or not isinstance(part, Commission):
        return row
    return _against_quota(dw, unit, payee, row, part, period, quotas, plan.currency)


def _place(dw: Dealwright, version: str, part: Component | None) -> Place:
    """Where the component stands; the head of its rule for a partner's incentive, nowhere for a rule that is gone."""
    rule = rule_of(dw, version)
    return part.place if part else rule.header.place if rule else Place("")


def _against_quota(
    dw: Dealwright, unit: Unit, payee: Payee, row: ComponentRow, part: Commission, period: Period,
    quotas: Sequence[Quota], currency: str,
) -> ComponentRow:  # fmt: skip
    """The row with what is credited in the component's window to date, its quota, and the tier that is reached."""
    plan = next(plan for plan in dw.rulebook.plans if part in plan.components)
    window = window_of(period.last_on, part.measured_over, dw.rulebook.company, plan)
    quota = payee_quota(plan, part, payee, window, dw.rulebook, quotas)
    credited = _credited(unit, payee.id, part, window, currency, period.last_on)
    reached = credited / quota.amount if quota and quota.amount else None
    tiers = tuple((tier.start, shown_rate(tier.rate)) for tier in part.rates.tiers if part.rates.by_formula is None)
    at = [rate for start, rate in tiers if reached is not None and reached >= start]
    amount = quota.amount if quota else None
    return replace(
        row, credited=credited, quota=amount, attainment=reached, rate=at[-1] if at else "", tiers=tiers,
        prorated=words_of(quota.step if quota else None),
    )  # fmt: skip


def _credited(unit: Unit, payee: str, part: Commission, window: Period, currency: str, as_of: date) -> Money:
    """What is credited in the window up to that day and stands."""
    found = credits_of(unit, [payee], from_on=window.start, until_on=window.end)
    own = (
        (c.amount * c.weight).rounded()
        for c in found
        if c.name == part.measure and c.on <= as_of and c.undone_on is None and c.amount.currency == currency
    )
    return Money.total(own, currency)


def _payees(unit: Unit, viewer: User) -> tuple[tuple[str, Title], ...]:
    """Whose pay the viewer may choose to see; empty when only their own."""
    if reach(viewer, "pay.see") is not Reach.ALL:
        return ()
    people = [(person.id, _name(person)) for person in all_records(unit, Person)]
    return (*people, *((partner.id, _name(partner)) for partner in all_records(unit, Partner)))


def line_page(dw: Dealwright, key: str, viewer: User) -> LineView:
    """One line in full. Raises NotThere, NotYours."""
    with dw.database.unit() as unit:
        line = RunBook(unit).line(key)
        if line is None:
            raise NotThere(key)
        if not sees_pay_of(viewer, line.payee):
            raise NotYours(key)
        entries = LedgerBook(unit).of_line(key)
        known = around(unit, [line.deal] if line.deal else [])
        moved = balances([posted.entry for posted in entries], line.earned.currency)
        payee = find_payee(unit, line.payee)
        period = parse_period(entries[-1].entry.posted_period if entries else line.earned_period, dw.rulebook.company)
        paid = any(posted.entry.kind == "paid" for posted in LedgerBook(unit).of_payee(line.payee, period.id))
        view = LineView(
            line_row(dw, line, Moved(moved, moved, paid), known), line.payee, _name(payee) if payee else Title(line.payee, line.payee),
            Belongs(frozenset({line.payee})), period_choice(dw, unit, period), of_line(dw, unit, line, known),
            tuple(line_version(posted) for posted in entries),
        )  # fmt: skip
    if viewer.person != line.payee:
        dw.database.run(
            lambda unit: AuditTrail(unit).write(dw.now(), viewer.actor, "pay.viewed", line.payee, {"line": key})
        )
    return view


def team_totals(dw: Dealwright, text: str, viewer: User) -> TeamTotals | None:
    """A team's sums for its manager, never of fewer than three people, so that nobody's pay can be worked out."""
    if reach(viewer, "team_pay.see") is not Reach.TEAM:
        return None
    with dw.database.unit() as unit:
        period = chosen_period(dw, unit, text)
        known = around(unit)
        team = [id for id in known.people if viewer.person in known.belongs([id], period.last_on).managers]
        so_far = _until(dw, [posted for id in team for posted in LedgerBook(unit).of_payee(id)], period)
        entries = [posted for posted in so_far if posted.entry.posted_period == period.id]
        paid = {posted.entry.payee for posted in entries}
        if len(paid) < 3:
            return None
        return TeamTotals(viewer.shown, period_choice(dw, unit, period), len(paid), _totals(entries, so_far))
