"""How a payee stands on the scorecards that their plans ask: each KPI with its value, points and part, the score, the grade."""

from collections.abc import Iterator, Sequence

from engine.app.dealwright import Dealwright
from engine.app.views.scores import KpiRow, ScoreRow
from engine.core.formulas import EvaluationError
from engine.core.incentives.payees import Payee, pays
from engine.core.incentives.score_facts import KnownOf, asks_scorecard, score_for
from engine.core.incentives.score_texts import kpi_title, kpi_words, percent_text, score_sentence, value_text
from engine.core.incentives.scored import KpiScored, Scored
from engine.core.numerals import shown_number
from engine.core.periods import Period, period_of
from engine.core.problems import Problem
from engine.core.records import Quota
from engine.core.rules.header import Title
from engine.core.rules.plan import Commission, OwnComponent, Plan
from engine.store.database import Unit
from engine.store.queries.pay import answers_of, credits_of, scores_of


def scores_on(
    dw: Dealwright, unit: Unit, payee: Payee, period: Period, quotas: Sequence[Quota]
) -> tuple[ScoreRow, ...]:
    """A row for each scorecard that a plan of the payee asks, as known at the period's end; each once."""
    asking = [(plan, part) for plan in dw.rulebook.plans if pays(plan, payee, period.last_on) for part in _asking(plan)]
    if not asking:
        return ()
    known = KnownOf(
        credits_of(unit, [payee.id]), quotas, scores_of(unit, [payee.id]), period.last_on, answers_of(unit, [payee.id])
    )
    rows = (_row(dw, payee, known, period, plan, part) for plan, part in asking)
    return tuple({(row.id, row.period): row for row in rows if row}.values())


def _asking(plan: Plan) -> Iterator[OwnComponent]:
    own = (component for component in plan.components if isinstance(component, OwnComponent))
    return (component for component in own if asks_scorecard(component))


def _row(
    dw: Dealwright, payee: Payee, known: KnownOf, period: Period, plan: Plan, part: OwnComponent
) -> ScoreRow | None:
    """The scorecard's row; when it cannot be worked out, why."""
    kind = part.measured_over if isinstance(part, Commission) else plan.period
    window = period_of(period.last_on, kind, dw.rulebook.company)
    try:
        scored = score_for(part, payee, known, window, dw.rulebook)
    except EvaluationError as error:
        wrong = Problem(error.code, error.place or part.place, {"payee": payee.id, **error.params})
        return ScoreRow(part.id, part.title, part.place, window.id, Title(wrong.message("en"), wrong.message("zh")))
    return score_row(scored) if scored else None


def score_row(scored: Scored) -> ScoreRow:
    """A result as the page shows it."""
    sentence = Title(score_sentence(scored, "en"), score_sentence(scored, "zh"))
    return ScoreRow(
        scored.scorecard, scored.title, scored.place, scored.period, sentence,
        shown_number(scored.score) if scored.score is not None else "", scored.grade, scored.grade_title,
        shown_number(scored.multiplier) if scored.multiplier is not None else "", scored.state == "set",
        tuple(_kpi(kpi) for kpi in scored.kpis),
    )  # fmt: skip


def _kpi(kpi: KpiScored) -> KpiRow:
    title = Title(kpi_title(kpi, "en"), kpi_title(kpi, "zh"))
    return KpiRow(
        title, value_text(kpi), shown_number(kpi.points) if kpi.points is not None else "", percent_text(kpi.share),
        shown_number(kpi.weighted), Title(kpi_words(kpi, "en"), kpi_words(kpi, "zh")),
    )  # fmt: skip
