"""The periods that a payee may look at, with their names, and the one that is meant where none is chosen."""

from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.views.earnings import PeriodChoice
from engine.core.formulas import EvaluationError
from engine.core.periods import Period, parse_period, period_of
from engine.core.rules.company import Company
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.periods import PeriodBook
from engine.store.runs import RunBook

CHOICES = 18
"""How many months back a payee may choose."""


def chosen_period(dw: Dealwright, unit: Unit, text: str) -> Period:
    """The period asked for, else the newest that has a run, else today's."""
    company = dw.rulebook.company
    if text:
        return _named(text, company)
    known = [parse_period(run.period, company) for run in RunBook(unit).all()]
    today = period_of(dw.now().astimezone(dw.zone).date(), company.pay_period, company)
    return max(known, key=lambda period: period.start, default=today)


def _named(text: str, company: Company) -> Period:
    """The period of that name. NotThere when there is none: an address may say anything."""
    try:
        return parse_period(text, company)
    except EvaluationError:
        raise NotThere(text) from None


def period_choice(dw: Dealwright, unit: Unit, period: Period) -> PeriodChoice:
    """A period with its words and whether it is closed."""
    known = PeriodBook(unit).find(period.id)
    return PeriodChoice(period.id, period_title(period), period.start, period.end, known.state if known else "open")


def period_title(period: Period) -> Title:
    """A period's name in both languages: `March 2026`, `2026年3月`."""
    if period.kind == "month":
        return Title(period.start.strftime("%B %Y"), f"{period.start.year}年{period.start.month}月")
    return Title(period.id, period.id)


def period_choices(dw: Dealwright, unit: Unit, chosen: Period) -> tuple[PeriodChoice, ...]:
    """The newest periods first: those that the books know, and today's."""
    company = dw.rulebook.company
    today = period_of(dw.now().astimezone(dw.zone).date(), company.pay_period, company)
    known = {period.id: parse_period(period.id, company) for period in PeriodBook(unit).all()}
    known |= {today.id: today, chosen.id: chosen}
    ordered = sorted(known.values(), key=lambda period: period.start, reverse=True)[:CHOICES]
    return tuple(period_choice(dw, unit, period) for period in ordered)
