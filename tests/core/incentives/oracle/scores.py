"""What a scorecard says of a window, once the window has ended."""

from datetime import date, timedelta
from fractions import Fraction

from engine.core.rules.plan import Commission
from engine.core.rules.scorecard import Kpi, Scorecard
from tests.core.incentives.oracle.calendar import Window
from tests.core.incentives.oracle.told import History

ZERO = Fraction(0)


def scored(history: History, component: Commission, window: Window, as_of: date) -> dict[str, object]:
    """`scorecard.score`, `.grade` and `.multiplier` for a component that asks for them; nothing before they are known."""
    asked = [formula for formula in (component.gate, component.multiply) if formula is not None]
    if not any(name.startswith("scorecard.") for formula in asked for name in formula.reads):
        return {}
    last = window.end - timedelta(days=1)
    cards = [
        card for card in history.cards if card.header.in_force.covers(last) and component.measured_over == card.period
    ]
    cards = [card for card in cards if component.scorecard in ("", card.header.id)]
    return _result(history, cards[0], window, as_of) if cards and as_of >= last else {}


def _result(history: History, card: Scorecard, window: Window, as_of: date) -> dict[str, object]:
    found = [(kpi, _points(kpi, _value(history, card, kpi, window, as_of))) for kpi in card.kpis]
    if any(points is None and kpi.without_data == "wait" for kpi, points in found):
        return {}
    counting = [(kpi.weight, points) for kpi, points in found if points is not None]
    whole = sum((weight for weight, _ in counting), ZERO)
    if not whole:
        return {}
    score = sum((weight * points for weight, points in counting), ZERO) / whole
    reached = [grade for grade in card.grades if grade.start <= score]
    of_grade = {"scorecard.grade": reached[-1].grade, "scorecard.multiplier": reached[-1].multiplier} if reached else {}
    return {"scorecard.score": score, **of_grade}


def _value(history: History, card: Scorecard, kpi: Kpi, window: Window, as_of: date) -> Fraction | None:
    """What was told of a KPI; where it is a formula, what was credited in the window ÷ its quota."""
    if kpi.value is None:
        told = [s for s in history.scores if (s.scorecard, s.period, s.kpi) == (card.header.id, window.id, kpi.id)]
        return told[-1].value if told else None
    quotas = [q.amount.minor for q in history.quotas if (q.measure, q.period) == ("sales", window.id)]
    if not quotas:
        return None
    standing = (
        credit.amount.minor
        for credit in history.credits
        if credit.name == "sales" and window.holds(credit.on) and credit.on <= as_of
        and (credit.undone_on is None or credit.undone_on > as_of)
    )  # fmt: skip
    return Fraction(sum(standing), quotas[-1])


def _points(kpi: Kpi, value: Fraction | None) -> Fraction | None:
    """The points of a value; without one those that the rule gives, or None for a KPI that does not count."""
    if value is None:
        return {"zero": ZERO, "par": Fraction(100)}.get(kpi.without_data)
    if kpi.linear is None:
        return ([kpi.bands[0].points] + [band.points for band in kpi.bands if band.start <= value])[-1]
    line = kpi.linear
    way = max(ZERO, min(Fraction(1), (value - line.start) / (line.end - line.start)))
    return line.floor + way * (line.ceiling - line.floor)
