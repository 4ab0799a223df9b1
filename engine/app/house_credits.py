"""The house's own credits: what a plan counts for nobody, by period and plan with its deals, to read and as a file."""

from collections.abc import Iterable, Sequence

from engine.app.access import NotThere, may
from engine.app.dealwright import Dealwright
from engine.app.pay_periods import chosen_period, period_choice, period_choices
from engine.app.reading import Around, around, rule_title
from engine.app.views.house_credits import HouseCredit, HouseReport, HouseSum
from engine.app.views.payouts import Export
from engine.app.views.users import User
from engine.core.money import Money
from engine.core.numerals import shown_number
from engine.core.problems import Language
from engine.core.records import Credit
from engine.exports.house import HouseRow, house_export
from engine.store.queries.pay import credits_of

_NOBODY = ""


def house_credits(dw: Dealwright, text: str, viewer: User) -> HouseReport:
    """The report of a period; of the latest without one. Raises NotThere for who may not see it, or for no period."""
    if not may(viewer, "house_credit.see"):
        raise NotThere(text)
    with dw.database.unit() as unit:
        period = chosen_period(dw, unit, text)
        found = credits_of(unit, [_NOBODY], from_on=period.start, until_on=period.end)
        known = around(unit, {credit.deal for credit in found})
        choices = period_choice(dw, unit, period), period_choices(dw, unit, period)
    rows = tuple(_row(dw, credit, known) for credit in sorted(found, key=lambda one: (one.on, one.at, one.id)))
    return HouseReport(*choices, _sums(rows), rows)


def house_file(dw: Dealwright, text: str, language: Language, viewer: User) -> Export:
    """The same as a CSV file, one row for each credit. Raises NotThere likewise."""
    report = house_credits(dw, text, viewer)
    rows = [
        HouseRow(
            report.period.id, one.plan.show(language), one.measure, one.on, one.deal, one.deal_name, one.account,
            one.amount, one.share, one.whole, one.undone_on, one.event, str(one.place),
        )
        for one in report.rows
    ]  # fmt: skip
    made = house_export(report.period.id, rows, language)
    return Export(made.name, made.content, made.sha256)


def as_texts(report: HouseReport, language: Language) -> list[str]:
    """The report as lines of text: sums, then credits."""
    lines = [f"{one.plan.show(language)} {one.measure}: {one.amount} ({one.deals})" for one in report.sums]
    return [
        *lines,
        *(f"{one.on} {one.deal} {one.plan.show(language)} {one.measure} {one.amount}" for one in report.rows),
    ]


def _row(dw: Dealwright, credit: Credit, known: Around) -> HouseCredit:
    deal = known.deals.get(credit.deal)
    name = str(deal.facts.get("name") or deal.id) if deal else credit.deal
    return HouseCredit(
        credit.on, credit.deal, name, known.account_of(deal), credit.name, rule_title(dw, credit.cause.rule),
        credit.cause.place, credit.amount, f"{shown_number(credit.share * 100)}%", credit.source_amount, credit.event,
        credit.undone_on,
    )  # fmt: skip


def _sums(rows: Sequence[HouseCredit]) -> tuple[HouseSum, ...]:
    """By plan, measure and currency, what stands."""
    groups: dict[tuple[str, str, str], list[HouseCredit]] = {}
    for row in rows:
        if row.undone_on is None:
            groups.setdefault((row.plan.show("en"), row.measure, row.amount.currency), []).append(row)
    return tuple(_sum(own) for _, own in sorted(groups.items()))


def _sum(own: Iterable[HouseCredit]) -> HouseSum:
    first, *_ = rows = list(own)
    total = Money.total((row.amount for row in rows), first.amount.currency)
    return HouseSum(first.plan, first.measure, total, len({row.deal for row in rows}))
