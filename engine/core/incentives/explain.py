"""Explanations: a line's arithmetic and every step of its trace in words, and a statement as a page of text."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from engine.core.incentives.ledger import Balances
from engine.core.incentives.lines import EarningLine, Slice, Step
from engine.core.incentives.score_texts import score_words
from engine.core.incentives.statements import Statement, StatementRow
from engine.core.incentives.step_texts import REASON_TEXTS, STEP_TEXTS, STEP_TITLES
from engine.core.incentives.trace import percent
from engine.core.money import ExactMoney
from engine.core.numerals import shown_number
from engine.core.problems import Language

_STATEMENT_WORDS = {
    "title": ("Statement of {payee} for {period} in {currency}", "{payee} {period} 对账单（{currency}）"),
    "opening": ("Opening", "期初"),
    "closing": ("Closing", "期末"),
    "balances": ("earned {earned}; held {held}; payable {payable}; paid {paid}",
                 "应得 {earned}；暂扣 {held}；应付 {payable}；已付 {paid}"),
    "row": ("{reasons}: earned {earned}; released {released}; paid {paid}",
            "{reasons}：应得 {earned}；发放 {released}；支付 {paid}"),
    "earned_in": (" (earned in {period})", "（所属期间 {period}）"),
}  # fmt: skip


def arithmetic(line: EarningLine) -> str:
    """The slices as a calculation: `60,000.00 × 5% + 40,000.00 × 8% = 6,200.00 CNY`.

    Before bounds, multiplier, cap and clawback, which are steps of their own. Empty for a line without slices.
    """
    return _calculation(line.slices, line.plan_currency)


def unwinding(line: EarningLine) -> str:
    """The slices that a clawback left again, from the top tier down, as a calculation; empty when there are none."""
    return _calculation(line.unwound, line.plan_currency)


def step_words(step: Step, language: Language) -> str:
    """One step in words: `Gate: met: …`."""
    at = language == "zh"
    words = STEP_TEXTS[f"{step.name}.{step.code}"][at].format_map(dict(step.particulars))
    return f"{STEP_TITLES[step.name][at]}{'：' if at else ': '}{words}"


def score_step(line: EarningLine) -> Step | None:
    """The step after which the scorecard's result is told: that of the factor, else the gate, else what is measured.

    None for a line without a result.
    """
    if line.score is None:
        return None
    asked = [step for step in line.steps if "scorecard." in dict(step.particulars).get("formula", "")]
    asked += [step for step in line.steps if "scorecard." in dict(step.particulars).get("condition", "")]
    return asked[0] if asked else next(step for step in line.steps if step.name == "measure")


def explain_line(line: EarningLine, language: Language) -> tuple[str, ...]:
    """The whole story of a line: every step, the arithmetic after the rate, then rule, event and the facts read."""
    return tuple(_story(line, language))


def explain_statement(statement: Statement, lines: Mapping[str, EarningLine], language: Language) -> tuple[str, ...]:
    """A statement as lines of text, each row followed by the arithmetic of its earning line where that is given."""
    at = language == "zh"
    head = {"payee": statement.payee, "period": statement.period, "currency": statement.currency}
    return (
        _STATEMENT_WORDS["title"][at].format_map(head),
        _balances("opening", statement.opening, at),
        *(text for row in statement.rows for text in _row(row, lines.get(row.line), at)),
        _balances("closing", statement.closing, at),
    )


def _story(line: EarningLine, language: Language) -> Iterator[str]:
    at = language == "zh"
    for step in line.steps:
        yield step_words(step, language)
        sums = {"rate": arithmetic(line), "clawback": unwinding(line)}.get(step.name)
        if sums:
            yield f"  {sums}"
        if step is score_step(line) and line.score:
            yield from (f"  {text}" for text in score_words(line.score, language))
    yield f"{'规则' if at else 'Rule'}: {line.version} @ {line.cause.place}"
    if line.event:
        yield f"{'事件' if at else 'Event'}: {line.event}"
    for name, value in line.cause.facts:
        yield f"  {name} = {value}"


def _calculation(slices: Sequence[Slice], currency: str) -> str:
    if not slices:
        return ""
    total = sum((slice.amount for slice in slices), Fraction(0))
    return f"{_joined([_term(slice, currency) for slice in slices])} = {ExactMoney(total, currency)}"


def _term(slice: Slice, currency: str) -> str:
    """One slice: base × rate. A fixed amount stands alone."""
    if slice.kind == "flat":
        return _money(slice.amount, currency)
    if slice.kind == "portion":
        return f"{percent(slice.base)} × {_money(slice.rate, currency)}"
    if slice.kind == "per_unit":
        return f"{shown_number(slice.base)} × {_money(slice.rate, currency)}"
    return f"{_money(slice.base, currency)} × {percent(slice.rate)}"


def _joined(terms: list[str]) -> str:
    """Terms added up; one with a minus in front is taken away."""
    text = terms[0]
    for term in terms[1:]:
        text += f" − {term[1:]}" if term.startswith("-") else f" + {term}"
    return text


def _money(minor: Fraction, currency: str) -> str:
    """Digits without the currency, which stands once at the end."""
    return str(ExactMoney(minor, currency)).removesuffix(f" {currency}")


def _balances(name: str, balances: Balances, at: bool) -> str:
    told = {key: getattr(balances, key) for key in ("earned", "held", "payable", "paid")}
    separator = "：" if at else ": "
    return f"{_STATEMENT_WORDS[name][at]}{separator}{_STATEMENT_WORDS['balances'][at].format_map(told)}"


def _row(row: StatementRow, line: EarningLine | None, at: bool) -> Iterator[str]:
    reasons = ("、" if at else ", ").join(REASON_TEXTS[reason][at] for reason in row.reasons)
    told = {"reasons": reasons, "earned": row.earned, "released": row.released, "paid": row.paid}
    name = f"{line.component} {line.deal} " if line else ""
    earned_in = _STATEMENT_WORDS["earned_in"][at].format(period=row.earned_period)
    yield f"- {name}{_STATEMENT_WORDS['row'][at].format_map(told)}{earned_in}"
    sums = _sums_of(row, line)
    if sums:
        yield f"    {sums}"
    if row.note:
        yield f"    {row.note}"


def _sums_of(row: StatementRow, line: EarningLine | None) -> str:
    """The arithmetic behind a row: of the clawback through the tiers for what was taken back, else of the earning."""
    if line is None:
        return ""
    return (unwinding(line) if "clawback" in row.reasons else "") or arithmetic(line)
