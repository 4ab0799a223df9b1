"""The days that changes open, payee by payee: their own, and for those who share something with others, everybody's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.core.formulas import EvaluationError
from engine.core.incentives.open_days import ALWAYS, OpenDays, one_day
from engine.core.incentives.owed import REFERRAL_WINDOW
from engine.core.incentives.payees import Payee
from engine.core.incentives.presence import Span, presence
from engine.core.incentives.reach import Reach, combined, reach_of
from engine.core.incentives.waiting import Waits
from engine.core.periods import parse_period
from engine.core.records import Partner
from engine.core.rules.company import Company
from engine.core.rules.plan import Plan
from engine.core.rules.rulebook import Rulebook
from engine.store.queries.pay import Touched

_OF_THEMSELVES = ("person", "partner")
"""Kinds of change that are of the payee, from a day on."""


@dataclass(frozen=True, slots=True)
class Since:
    """What is known since the last run: the first day it did not look at, what it left waiting, and what was touched."""

    from_on: date
    waiting: Mapping[str, Waits]
    touches: Sequence[Touched]


@dataclass(frozen=True, slots=True)
class Desk:
    """The rules at work: how far each plan reaches, who is on which, and what is open of whom.

    `own` are by payee the days that were told of them or wait, `others` those of them that bear on who shares with them.
    """

    company: Company
    span: Span
    reaches: Mapping[str, Reach]
    plans_of: Mapping[str, frozenset[str]]
    own: Mapping[str, list[Span]]
    others: Mapping[str, list[Span]]
    known: dict[frozenset[str], OpenDays] = field(default_factory=dict)

    @classmethod
    def of(cls, rulebook: Rulebook, since: Since, payees: Sequence[Payee]) -> "Desk":
        """All plans, each with its versions together, and everybody."""
        plans: dict[str, tuple[Plan, ...]] = {}
        for plan in rulebook.plans:
            plans[plan.header.id] = (*plans.get(plan.header.id, ()), plan)
        reaches = {id: combined(reach_of(plan, rulebook) for plan in own) for id, own in plans.items()}
        if rulebook.programmes:
            reaches[""] = Reach(frozenset({REFERRAL_WINDOW}))
        # Somebody who has changed may have left a plan: what it paid goes back in that plan's windows.
        changed = {touch.payee for touch in since.touches if touch.kind in _OF_THEMSELVES}
        on = {payee.id: frozenset(_plans_of(payee, plans, reaches, changed)) for payee in payees}
        own = {id: [one_day(day) for day in waits.days] for id, waits in since.waiting.items()}
        others = {id: [one_day(day) for day in waits.shared] for id, waits in since.waiting.items()}
        bounded = {id for reach in reaches.values() for id in reach.bounded}
        # Where a rule asks for the last day of somebody, it may ask on every day before.
        foreseen = any("left_on" in file.text for file in rulebook.files)
        for touch in since.touches:
            span = ALWAYS if foreseen and touch.kind == "person" else _span(touch, rulebook.company, bounded)
            own.setdefault(touch.payee, []).append(span)
            if touch.kind != "release":
                others.setdefault(touch.payee, []).append(span)
        return cls(rulebook.company, Span(since.from_on, date.max), reaches, on, own, others)

    def shares(self, payee: str) -> bool:
        """Whether some plan of the payee makes their pay depend on that of others."""
        return any(self.reaches[id].shared for id in self.plans_of[payee])

    def open_days(self, payee: str) -> OpenDays:
        """The payee's open days."""
        plans = self.plans_of[payee]
        spans = self.own.get(payee, ())
        if plans not in self.known:
            self.known[plans] = self._reach(plans).open_days([self.span, *self._of_others(plans)], self.company)
        if not spans:
            return self.known[plans]
        return self._reach(plans).open_days([*self.known[plans].spans, *spans], self.company)

    def _of_others(self, plans: Iterable[str]) -> Iterator[Span]:
        """What was told of all who share something under these plans."""
        shared = {id for id in plans if self.reaches[id].shared}
        for payee, spans in self.others.items():
            if shared & self.plans_of.get(payee, shared):
                yield from spans

    def _reach(self, plans: Iterable[str]) -> Reach:
        return combined(self.reaches[id] for id in plans)


def _plans_of(
    payee: Payee, plans: Mapping[str, Sequence[Plan]], reaches: Mapping[str, Reach], changed: set[str]
) -> Iterator[str]:
    """The plans that may ever pay the payee; all of them where all reach equally far, and of somebody who has changed."""
    yield from (id for id in reaches if id not in plans)
    alike = len(set(reaches.values())) == 1
    for id, own in plans.items():
        if alike or _ever_pay(own, payee) or (payee.id in changed and _may_pay(own, payee)):
            yield id


def _ever_pay(plans: Sequence[Plan], payee: Payee) -> bool:
    """Whether some version of a plan pays the payee on some day; so it is taken where the rule lacks what it needs."""
    try:
        return bool(presence(plans, payee).on_plan)
    except EvaluationError:
        return True


def _may_pay(plans: Sequence[Plan], payee: Payee) -> bool:
    """Whether some version could pay the payee if they were another: a partner only where it asks for partners."""
    asked = {name.partition(".")[0] for plan in plans if plan.pays for name in plan.pays.reads}
    return not isinstance(payee, Partner) or "partner" in asked


def _span(touch: Touched, company: Company, bounded: set[str]) -> Span:
    """The days on which a change bears by itself. A grant of a budget bears on all grants after it."""
    if touch.kind in ("quota", "score"):
        return _period(touch.day, company)
    day = one_day(date.fromisoformat(touch.day))
    lasting = touch.kind in _OF_THEMSELVES or (touch.kind == "grant" and touch.name in bounded)
    return Span(day.start, date.max) if lasting else day


def _period(text: str, company: Company) -> Span:
    try:
        period = parse_period(text, company)
    except EvaluationError:
        return ALWAYS
    return Span(period.start, period.end)
