"""What a scorecard looks at for one person and period: their facts, what they were credited, what people told of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from engine.core.formulas import EvaluationError, Formula
from engine.core.incentives.payees import Payee, payee_facts
from engine.core.incentives.scorecards import scored
from engine.core.incentives.scored import Scored
from engine.core.incentives.targets import quota_of
from engine.core.money import Money
from engine.core.periods import KINDS, Period, parse_period, period_of
from engine.core.records import Answer, Credit, Person, Quota, Score
from engine.core.rules.plan import Bonus, Commission, Component, OwnComponent
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.rules.scorecard import Scorecard
from engine.core.rules.vocabulary import Measure

PREFIX = "scorecard."
ATTAINMENT = "attainment("
SUBJECTS = ("owner", "person")
"""Under which names a scorecard's formulas know the person who is scored."""
SATISFACTION = tuple(f"{subject}.{name}" for subject in SUBJECTS for name in ("csat", "csat_answers"))
"""What is known of a person in a period alone: how satisfied their customers were."""


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What is known of one payee up to a day: credits and quotas of their own, scores that were told,
    what customers thought of how they saw to tickets."""

    credits: Sequence[Credit]
    quotas: Sequence[Quota]
    scores: Sequence[Score]
    as_of: date
    answers: Sequence[Answer] = ()


def asks_scorecard(component: Component) -> bool:
    """True when some formula that is worked out for a window reads `scorecard.*`."""
    return any(name.startswith(PREFIX) for formula in window_formulas(component) for name in formula.reads)


def window_formulas(component: Component) -> Iterator[Formula]:
    """The formulas of a component that are worked out for a window, not for one event: they may ask a scorecard."""
    found: tuple[Formula | None, ...] = ()
    if isinstance(component, Bonus):
        found = (component.multiply, None if component.on else component.amount)
    elif isinstance(component, Commission):
        found = (component.multiply, component.gate, component.rates.by_formula)
    yield from (formula for formula in found if formula is not None)


def score_for(
    component: OwnComponent, payee: Payee, known: KnownOf, window: Period, rulebook: Rulebook
) -> Scored | None:
    """The result of the scorecard that the component asks; None when it asks none, or none scores the payee."""
    if not asks_scorecard(component):
        return None
    found = scorecards_of(payee, window, rulebook, known.as_of)
    cards = [card for card in found if component.scorecard in ("", card.header.id)]
    if len(cards) > 1:
        names = {"first": cards[0].header.id, "second": cards[1].header.id, "payee": payee.id}
        raise EvaluationError("E140", component.place, component=component.id, period=window.id, **names)
    return result_of(cards[0], payee, known, window, rulebook) if cards else None


def scorecards_of(payee: Payee, window: Period, rulebook: Rulebook, as_of: date) -> tuple[Scorecard, ...]:
    """The scorecards of that kind of period, in force on its last day, that score the payee as they are on that day."""
    if not isinstance(payee, Person):
        return ()
    facts = payee_facts(payee, min(window.last_on, as_of))
    cards = (card for card in in_force(rulebook.scorecards, window.last_on) if card.period == window.kind)
    return tuple(card for card in cards if card.scores is None or card.scores.holds(facts))


def result_of(card: Scorecard, payee: Payee, known: KnownOf, window: Period, rulebook: Rulebook) -> Scored:
    """What the scorecard comes to, from what is known on the day of calculation."""
    facts: dict[str, object] = dict(payee_facts(payee, min(window.last_on, known.as_of)))
    desk = _Desk(payee, known, window, rulebook)
    counted = {"owner.csat_answers"} if any(kpi.min_responses for kpi in card.kpis) else set()
    for name in sorted(
        {*counted, *(name for kpi in card.kpis if kpi.value for name in kpi.value.reads)} - facts.keys()
    ):
        facts[name] = desk.attainment(name) if name.startswith(ATTAINMENT) else desk.measured(name, window)
    told = {s.kpi: s for s in known.scores if (s.scorecard, s.period) == (card.header.id, window.id)}
    return scored(card, facts, told, window.id, known.as_of >= window.last_on)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One payee and period at work."""

    payee: Payee
    known: KnownOf
    window: Period
    rulebook: Rulebook

    def attainment(self, name: str) -> Fraction | None:
        """`attainment(bookings,quarter)`: what was credited up to the period's end ÷ the quota; None without a quota."""
        measure, _, text = name.removeprefix(ATTAINMENT).removesuffix(")").rpartition(",")
        period = self._period(text)
        quota = quota_of(self.payee.id, "", measure, period, self.rulebook, self.known.quotas)
        if quota is None or not quota.amount:
            return None
        reached = self.measured(measure, period)
        if not isinstance(reached, Money):
            return Fraction(0)
        if reached.currency != quota.amount.currency:
            params = {"kpi": name, "found": str(reached), "currency": quota.amount.currency}
            raise EvaluationError("E141", quota.place, **params)
        return reached / quota.amount

    def measured(self, name: str, period: Period) -> object:
        """Credits of a name, or a measure of the person, in a period; None when there is nothing to add up."""
        if name in SATISFACTION:
            return self._satisfaction(period).get(name.partition(".")[2])
        measure = next((one for one in self.rulebook.measures() if one.name == name), None)
        credits = self._credits(measure.of.removeprefix("credits.") if measure else name, period)
        if measure:
            credits = [credit for credit in credits if _counts(measure, credit)]
            if measure.function == "count":
                return len(credits)
        if not credits:
            return None
        currency = self._currency(credits)
        return Money(sum(credit.amount.minor for credit in credits), currency)

    def _satisfaction(self, period: Period) -> dict[str, object]:
        """`csat`, the share of satisfied customers among those who answered in the period, and `csat_answers`, their number."""
        last = min(self.known.as_of, self.window.last_on, period.last_on)
        found = [one.satisfied for one in self.known.answers if period.start <= one.on <= last]
        share = {"csat": Fraction(sum(found), len(found))} if found else {}
        return {**share, "csat_answers": len(found)}

    def _currency(self, credits: Sequence[Credit]) -> str:
        """The one currency of the credits. E141 for another."""
        currency = credits[0].amount.currency
        for credit in credits:
            if credit.amount.currency != currency:
                raise EvaluationError("E141", None, kpi=credit.name, found=str(credit.amount), currency=currency)
        return currency

    def _credits(self, name: str, period: Period) -> list[Credit]:
        """What stands of that name, up to the end of the scored period."""
        person, as_of = self.payee.id, self.known.as_of
        last = min(as_of, self.window.last_on, period.last_on)
        return [
            credit for credit in self.known.credits
            if credit.name == name and period.start <= credit.on <= last and credit.payee == person
            and (credit.undone_on is None or credit.undone_on > as_of)
        ]  # fmt: skip

    def _period(self, text: str) -> Period:
        kind = self.window.kind if text == "period" else text
        company = self.rulebook.company
        return period_of(self.window.last_on, kind, company) if kind in KINDS else parse_period(text, company)


def _counts(measure: Measure, credit: Credit) -> bool:
    return measure.where is None or measure.where.holds({"amount": credit.amount, "on": credit.on})
