"""A small company for pay: rule files as text, events told in any order, and what everybody is owed in the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.incentives.adjustments import DealProgress, progress_of
from engine.core.incentives.crediting import decide_credits
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.owed import owed
from engine.core.incentives.partners import decide_partners
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.together import together
from engine.core.money import Money
from engine.core.outcomes import Outcome, Refused
from engine.core.recording import decide_records
from engine.core.records import Credit, Grant, Partner, Person, PersonVersion, Quota, Record, Score
from engine.core.rules.rulebook import Rulebook
from engine.core.situation import Situation
from engine.core.triggers import triggers
from engine.core.workflow.stages import decide_stages
from engine.rulefiles.loading import load_texts

SHANGHAI = ZoneInfo("Asia/Shanghai")

COMPANY = """
company: polaris
title: {en: Polaris, zh: 北辰}
currency: CNY
time_zone: Asia/Shanghai
languages: [zh, en]
business_hours: 09:00-18:00
roles: [rep, account_executive, sales_manager, director]
calendar: cn
exchange_rates: {source: company, on: event_date, table: rates.csv}
"""
RATES = "source,target,from,rate\nUSD,CNY,2026-01-01,7.25\nUSD,CNY,2026-03-01,7.10\nGBP,USD,2026-01-01,1.22\n"
RATES += "GBP,CNY,2026-01-01,9.00\nKWD,CNY,2026-01-01,23.50\nCLF,CNY,2026-01-01,290\n"
CHINA = """
calendar: cn
title: {en: China, zh: 中国}
in_force: {from: 2000-01-01}
base: CN
years: {from: 2025, until: 2028}
"""
PIPELINE = """
pipeline: standard
title: {en: Standard, zh: 标准}
in_force: {from: 2000-01-01}
stages:
  - {stage: lead, title: {en: Lead, zh: 线索}, probability: 10%}
  - {stage: won, title: {en: Won, zh: 赢单}, closes: won}
  - {stage: lost, title: {en: Lost, zh: 输单}, closes: lost}
moves: {forward: any, backward: any, reopen: anyone}
"""
BASE = {"company.yaml": COMPANY, "rates.csv": RATES, "calendar.yaml": CHINA, "pipeline.yaml": PIPELINE}


@lru_cache(maxsize=256)
def _loaded(files: tuple[tuple[str, str], ...]) -> Rulebook:
    loaded = load_texts(dict(files))
    assert loaded.rulebook is not None, "\n".join(problem.render() for problem in loaded.problems)
    return loaded.rulebook


def rulebook(**files: str) -> Rulebook:
    """The rulebook of the small company with further files by name (`plan=`, `targets=`); bad rules fail the test."""
    texts = {**BASE, **{(name if "." in name else f"{name}.yaml"): text for name, text in files.items()}}
    return _loaded(tuple(sorted(texts.items())))


class Nothing:
    """A state in which nothing was recorded yet."""

    def people(self) -> tuple[Person, ...]:
        return ()

    def __getattr__(self, name: str) -> object:
        many = name in ("activities", "receipts", "enrolments", "tasks", "credits", "credits_of", "grants")
        many = many or name in ("registrations", "quotas", "scores", "deals_of_account", "tickets_of")
        return lambda *_: () if many else None


DECIDERS = (decide_records, decide_stages, decide_partners, decide_credits)


@dataclass
class World:
    """The company's records as events come in; `numbers` names events that were given no key."""

    rules: Rulebook
    state: Draft = field(default_factory=lambda: Draft(Nothing()))  # type: ignore[arg-type]
    told: list[tuple[Event, Situation]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def person(
        self,
        id: str,
        role: str = "account_executive",
        manager: str = "",
        joined: date = date(2020, 1, 1),
        **facts: object,
    ) -> "World":
        """Somebody who works here."""
        self.state.keep(
            Person(
                id, id.title(), joined_on=joined, versions=(PersonVersion(joined, role, manager=manager, facts=facts),)
            )
        )
        return self

    def keep(self, *records: Record) -> "World":
        """Records that are simply there."""
        for record in records:
            self.state.keep(record)
        return self

    def happen(self, type: str, subject: str, on: str, key: str = "", **body: object) -> "World":
        """One event, at noon of a day or at a moment of the company's clock; a refusal fails the test."""
        moment = datetime.fromisoformat(on if " " in on else f"{on} 12:00").replace(tzinfo=SHANGHAI)
        key = key or f"{type}:{subject}:{on}:{len(self.told)}"
        event = Event(type, subject, "test", key, moment.astimezone(UTC), moment.date(), body=body)
        return self.record(event)

    def record(self, event: Event) -> "World":
        """One event, through the deciders in their order."""
        for decide in DECIDERS:
            situation = self.look(event)
            if decide is decide_credits:
                self.told.append((event, situation))
            found = decide(event, situation, self.rules)
            assert not any(isinstance(outcome, Refused) for outcome in found), found
            self.state.fold(found)
            self.outcomes += found
        return self

    def look(self, event: Event) -> Situation:
        """The event's surroundings, with every trigger tried by its formula."""
        facts = facts_of(event, self.state, self.rules)
        tried = (t for t in triggers(self.rules) if t.on == event.type and t.in_force.covers(event.on))
        held = frozenset(t.key for t in tried if t.when is None or t.when.holds(facts))
        deal = self.state.deal_of(event)
        frozen = Draft(self.state)
        return Situation(frozen, deal, facts, held)

    def win(self, deal: str, amount: Money, on: str, owner: str = "ann", **facts: object) -> "World":
        """A deal that is created and won on one day."""
        if owner and self.state.person(owner) is None:
            self.person(owner)
        self.happen(
            "deal.created", deal, f"{on} 09:00", owner=owner, amount=amount, stage="lead", pipeline="standard", **facts
        )
        return self.happen("deal.won", deal, f"{on} 12:00")

    def credits(self) -> tuple[Credit, ...]:
        """All credits, in order."""
        return tuple(sorted(self._all(Credit), key=lambda credit: (credit.at, credit.event, credit.id)))

    def grants(self) -> tuple[Grant, ...]:
        """All grants, in order."""
        return tuple(sorted(self._all(Grant), key=lambda grant: (grant.at, grant.event, grant.id)))

    def lines(
        self, payee: str, as_of: str = "2027-12-31", facts: Mapping[str, Mapping[str, object]] | None = None
    ) -> tuple[EarningLine, ...]:
        """What a payee is owed to date."""
        who = self.state.person(payee) or self.state.partner(payee)
        assert who is not None, payee
        day, quotas, scores = date.fromisoformat(as_of), tuple(self._all(Quota)), tuple(self._all(Score))
        payees = (*self._all(Person), *self._all(Partner))
        shared = together(self.rules, payees, self.credits(), self.grants(), day, quotas)
        books = Books(self.credits(), self.grants(), quotas, self.progress(), facts or {}, scores, shared)
        return owed(self.rules, who, books, day)

    def earned(self, payee: str, as_of: str = "2027-12-31") -> Money:
        """The sum of a payee's lines."""
        lines = self.lines(payee, as_of)
        return Money.total((line.earned for line in lines), lines[0].earned.currency if lines else "CNY")

    def progress(self) -> dict[str, DealProgress]:
        """How far every deal has come."""
        deals = {credit.deal for credit in self.credits() if credit.deal}
        known = ((id, self.state.deal(id)) for id in sorted(deals))
        return {id: progress_of(deal, self.state.receipts(id)) for id, deal in known if deal}

    def _all(self, kind: type) -> list:  # type: ignore[type-arg]
        return list(self.state.kept.get(kind, {}).values())


def cny(text: str | int) -> Money:
    """An amount of CNY: `cny("1_234.50")`."""
    return Money.parse(f"{text} CNY")


def quota(person: str, amount: Money, period: str = "2026-Q1", measure: str = "bookings") -> Quota:
    """A quota that an event set."""
    return Quota(f"quota-{person}-{measure}-{period}", person, measure, period, amount)
