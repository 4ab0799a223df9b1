"""Why an earning line is what it is: arithmetic, every step of the fixed order, slices, rule text, events, facts, entries."""

from collections.abc import Iterator
from fractions import Fraction

from engine.app.behind import event_row
from engine.app.dealwright import Dealwright
from engine.app.reading import Around, component_title
from engine.app.views.choices import Belongs
from engine.app.views.explaining import CauseLink, Explanation, RuleExcerpt, SliceRow, StepRow
from engine.app.why import condition_rows, excerpt, fact_rows
from engine.app.words import ACCOUNTS
from engine.core.incentives.explain import arithmetic, score_step, step_words
from engine.core.incentives.ledger import LedgerEntry
from engine.core.incentives.lines import EarningLine, Slice, Step
from engine.core.incentives.score_texts import score_words
from engine.core.incentives.step_texts import REASON_TEXTS, STEP_TITLES
from engine.core.money import ExactMoney, Money
from engine.core.numerals import shown_number
from engine.core.rules.header import Title
from engine.store.database import Unit
from engine.store.ledger_book import LedgerBook

_CHANGING = ("rate", "per_deal", "multiply", "cap", "proration", "plan_cap", "draw")
"""Steps that make an amount another one; what they did not change is left out of the arithmetic."""


def of_line(dw: Dealwright, unit: Unit, line: EarningLine, known: Around) -> Explanation:
    """A line's whole story."""
    rows = tuple(_arithmetic(line))
    return Explanation(
        line.key, "line", line_title(dw, line), _answer(line), Belongs(frozenset({line.payee})), line.earned,
        event_row(dw, unit, line.event, known) if line.event else None, tuple(_excerpts(dw, line)),
        fact_rows(dw, line.cause, known), condition_rows(dw, line.cause, known), rows,
        tuple(slice_row(slice, line) for slice in line.slices if slice.scale != "rate"), tuple(_steps(line)),
        (*_undone(dw, unit, line, known), *_entries(unit, line)), line.cause.release,
    )  # fmt: skip


def line_title(dw: Dealwright, line: EarningLine) -> Title:
    """The component's title and the deal."""
    title = component_title(dw, line.version, line.component)
    return Title(f"{title.show('en')} {line.deal}".strip(), f"{title.show('zh')} {line.deal}".strip())


def entry_title(entry: LedgerEntry) -> Title:
    """A ledger entry in a line: reason, amount, from where to where, period."""
    reason = REASON_TEXTS.get(entry.reason, (entry.reason, entry.reason))
    source, target = ACCOUNTS[entry.debit], ACCOUNTS[entry.credit]
    return Title(f"{entry.posted_period} {reason[0]}: {entry.amount}, {source[0]} → {target[0]}",
                 f"{entry.posted_period} {reason[1]}：{entry.amount}，{source[1]} → {target[1]}")  # fmt: skip


def _answer(line: EarningLine) -> Title:
    """The arithmetic, then what else changed it, then what it is now: earned, released, held."""
    sums, last = arithmetic(line), line.steps[-1]
    changed = [step for step in line.steps if step in _changes(line) and not (sums and step.name == "rate")]
    first = [] if sums else [step for step in line.steps if step.name == "credit"]
    told = [*first, *changed, last]
    return Title("; ".join(filter(None, [sums, *(step_words(step, "en") for step in told)])),
                 "；".join(filter(None, [sums, *(step_words(step, "zh") for step in told)])))  # fmt: skip


def _changes(line: EarningLine) -> list[Step]:
    """The steps that changed the amount, and what was taken back."""
    found, before = [], None
    for step in line.steps:
        if step.after is not None:
            if step.name in _CHANGING and step.after != before:
                found.append(step)
            before = step.after
        if step.name == "clawback" and line.taken_back.minor:
            found.append(step)
    return found


def _arithmetic(line: EarningLine) -> Iterator[tuple[Title, str]]:
    """What was credited, each amount that a step made of it, what was taken back; last what is earned."""
    currency = line.plan_currency
    credit = next((step for step in line.steps if step.name == "credit" and step.after is not None), None)
    if credit and credit.after is not None:
        yield Title(*STEP_TITLES["credit"]), str(ExactMoney(credit.after, currency))
    for step in _changes(line):
        if step.name == "clawback":
            yield Title(*STEP_TITLES["clawback"]), str(-line.taken_back)
        elif step.after is not None:
            sums = arithmetic(line).rpartition(" = ")[0] if step.name == "rate" else ""
            en, zh = STEP_TITLES[step.name]
            words = (
                Title(f"{en}: {sums}", f"{zh}：{sums}")
                if sums
                else Title(step_words(step, "en"), step_words(step, "zh"))
            )
            yield words, str(ExactMoney(step.after, currency))
    for step in line.steps:
        if step.name == "currency" and step.after is not None:
            yield Title(step_words(step, "en"), step_words(step, "zh")), str(line.earned)
    yield Title("Earned", "应得"), str(line.earned)


def _excerpts(dw: Dealwright, line: EarningLine) -> Iterator[RuleExcerpt]:
    """The crediting rule, the rows of the rate table that the slices fell into, the rows of decision tables read."""
    yield from excerpt(dw, line.cause.rule, line.cause.place)
    if line.score:
        yield from excerpt(dw, line.score.version, line.score.place)
    rows = sorted({slice.place for slice in line.slices})
    if rows:
        yield from excerpt(dw, line.version, rows[0], tuple(place.line for place in rows if place.file == rows[0].file))
    read = {
        word
        for step in line.steps
        for name, told in step.particulars
        if name in ("rows", "how")
        for word in told.split(", ")
    }
    for table in dw.rulebook.tables if read else ():
        for row in (row for row in table.rows if f"{row.place.file}:{row.place.line}" in read):
            yield from excerpt(dw, table.header.version, row.place)


def _undone(dw: Dealwright, unit: Unit, line: EarningLine, known: Around) -> Iterator[CauseLink]:
    """The event that took it back, in words."""
    names = (dict(step.particulars).get("event", "") for step in line.steps if step.name == "clawback")
    for found in (event_row(dw, unit, name, known) for name in names if name):
        if found:
            day = found.at.astimezone(dw.zone).date()
            yield CauseLink(
                Title(f"{day} {found.title.en}: {found.detail.en}", f"{day} {found.title.zh}：{found.detail.zh}")
            )


def _entries(unit: Unit, line: EarningLine) -> Iterator[CauseLink]:
    for posted in LedgerBook(unit).of_line(line.key):
        yield CauseLink(entry_title(posted.entry), posted.entry.id)


def _steps(line: EarningLine) -> Iterator[StepRow]:
    """Every step; after the one that asked a scorecard, how its score came about."""
    for step in line.steps:
        yield step_row(step, line)
        if line.score and step is score_step(line):
            for en, zh in zip(score_words(line.score, "en"), score_words(line.score, "zh"), strict=True):
                yield StepRow("score", Title("Scorecard", "绩效考核"), Title(en, zh), "")


def step_row(step: Step, line: EarningLine) -> StepRow:
    """One step as a page shows it."""
    currency = line.earned.currency if step.name in ("currency", "payable") else line.plan_currency
    words = Title(step_words(step, "en"), step_words(step, "zh"))
    after = str(ExactMoney(step.after, currency)) if step.after is not None else ""
    return StepRow(step.name, Title(*STEP_TITLES[step.name]), words, after, step.code not in ("none", "off"))


def slice_row(slice: Slice, line: EarningLine) -> SliceRow:
    """One slice as a page shows it."""
    currency, rated = line.plan_currency, slice.kind in ("rate", "rerated")
    base = Money(slice.base.numerator, currency) if slice.kind == "rate" and slice.base.denominator == 1 else None
    rate = f"{shown_number(slice.rate * 100)}%" if rated else str(ExactMoney(slice.rate, currency))
    start, end = (_position(slice, value, currency) for value in (slice.start, slice.end))
    return SliceRow(start, end, base, rate, str(ExactMoney(slice.amount, currency)))


def _position(slice: Slice, value: Fraction, currency: str) -> str:
    """A place on the rate table's scale, as that scale is read; percents to two digits for the eye."""
    if slice.scale == "attainment":
        percent = Fraction((value * 10_000 * 2 + 1) // 2, 100)
        return f"{'' if percent == value * 100 else '≈ '}{shown_number(percent)}%"
    return str(ExactMoney(value, currency)) if slice.scale == "amount" else shown_number(value)
