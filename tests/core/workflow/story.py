"""A small company to tell stories in: real rule files, records in memory, every decider in its order."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.core.decide import decide
from engine.core.draft import Draft
from engine.core.events import Event
from engine.core.outcomes import Outcome, Passed, Refused, Told
from engine.core.records import Deal, Enrolment, Person, PersonVersion, Task
from engine.core.rules.company import Calendar
from engine.core.rules.rulebook import Rulebook
from engine.core.triggers import triggers
from engine.rulefiles.loading import load_texts

SHANGHAI = ZoneInfo("Asia/Shanghai")

COMPANY = """
company: polaris
title: {en: Polaris, zh: 北辰}
currency: CNY
time_zone: Asia/Shanghai
languages: [zh, en]
business_hours: 09:00-18:00
roles: [rep, sales_manager, director, finance]
calendar: cn
"""
CHINA = """
calendar: cn
title: {en: China, zh: 中国}
base: CN
years: {from: 2025, until: 2029}
"""
PIPELINE = """
pipeline: standard
title: {en: Standard, zh: 标准}
stages:
  - {stage: lead, title: {en: Lead, zh: 线索}, probability: 10%}
  - stage: qualified
    title: {en: Qualified, zh: 已确认}
    probability: 25%
    needs:
      - {when: deal.budget is set, else: {en: Record the budget, zh: 请填写预算}}
      - {when: deal.contact is set, else: {en: Name the contact, zh: 请填写联系人}}
  - stage: proposal
    title: {en: Proposal, zh: 报价}
    probability: 50%
    needs: [{when: deal.budget >= 1_000 CNY, else: {en: The budget is too small, zh: 预算不足}}]
    stay:
      {at_most: 10 business days, then: {task: chase-decision}, and_after: 5 business days, tell: deal.owner.manager}
  - {stage: won, title: {en: Won, zh: 赢单}, closes: won,
     needs: [{when: deal.contract_signed, else: {en: Attach the contract, zh: 请上传合同}}]}
  - {stage: lost, title: {en: Lost, zh: 输单}, closes: lost,
     needs: [{when: deal.loss_reason is set, else: {en: Say why, zh: 请填写原因}}]}
moves: {forward: next_only, backward: with_reason, won_from: [proposal], reopen: sales_manager, override: [director]}
idle: {since: last_touch, after: 14 days, planned_activity_shields: yes}
"""
VOCABULARY = """
vocabulary: polaris
deal:
  budget: {type: money, currency: CNY, title: {en: Budget, zh: 预算}}
  reached: {type: text, title: {en: Reached, zh: 已联系}}
  heat: {type: choice, of: [cold, hot], title: {en: Heat, zh: 热度}}
"""
BASE = {"company.yaml": COMPANY, "calendar.yaml": CHINA, "pipeline.yaml": PIPELINE, "vocabulary.yaml": VOCABULARY}


def local(text: str) -> datetime:
    """`2026-09-30 17:00`, as the company's clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@lru_cache(maxsize=64)
def _loaded(files: tuple[tuple[str, str], ...]) -> Rulebook:
    loaded = load_texts(dict(files))
    assert loaded.rulebook is not None, "\n".join(problem.render() for problem in loaded.problems)
    return loaded.rulebook


def rules(*more: str, **replaced: str) -> Rulebook:
    """The company's rulebook with further rule files, and with whole files of BASE given anew by name."""
    files = BASE | {f"{name}.yaml": text for name, text in replaced.items()}
    files |= {f"more-{number}.yaml": text for number, text in enumerate(more)}
    return _loaded(tuple(sorted(files.items())))


def calendar(text: str = CHINA, **replaced: str) -> Calendar:
    """The calendar that the rule text describes."""
    return rules(calendar=text, company=replaced.get("company", COMPANY)).calendars[0]


class Nothing:
    """A state before anything has happened."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        many = name.endswith("s") or name in (
            "people", "deals_of_account", "deals_of_contact", "credits_of", "holdings_of", "tickets_of", "tasks_made", "open_tasks_of",
            "in_hand",
        )  # fmt: skip
        return (lambda *_: ()) if many else (lambda *_: None)


class Story:
    """One company's history. Every event is decided at once; `outcomes` are those of the last one."""

    def __init__(self, rulebook: Rulebook, people: bool = True) -> None:
        self.rulebook, self.number = rulebook, 0
        self.state = Draft(Nothing())  # type: ignore[arg-type]
        self.outcomes: list[Outcome] = []
        for person, role, manager in PEOPLE if people else ():
            version = PersonVersion(datetime(2020, 1, 1).date(), role=role, manager=manager)
            self.state.keep(Person(person, person.title(), joined_on=version.from_on, versions=(version,)))

    def happen(self, type: str, subject: str, at: str, actor: str = "", mode: str = "live", **body: object) -> "Story":
        """The event, at a local time, with everything that follows from it."""
        self.number += 1
        moment = local(at)
        event = Event(
            type, subject, "test", f"{self.number:04}", moment, moment.astimezone(SHANGHAI).date(), actor, body, mode
        )
        return self.deliver(event)

    def deliver(self, event: Event) -> "Story":
        """The event as it is, again or for the first time; after a refusal everything is as before."""
        self.last = event
        decision = decide(event, self.state, self.rulebook, self._matched)
        self.outcomes = [decision.refused] if decision.refused else list(decision.outcomes)
        for record in decision.draft.records():
            self.state.keep(record)
        return self

    def _matched(self, event: Event, facts: Mapping[str, object]) -> frozenset[str]:
        listening = [t for t in triggers(self.rulebook) if t.on == event.type and t.in_force.covers(event.on)]
        return frozenset(t.key for t in listening if t.when is None or t.when.holds(facts))

    def tick(self, at: str, deal: str = "D-1", **more: str) -> "Story":
        """The clock, for one deal."""
        return self.happen("clock.ticked", deal, at, **more)

    def deal(self, id: str = "D-1") -> Deal:
        """The deal as it stands."""
        deal = self.state.deal(id)
        assert deal is not None
        return deal

    def tasks(self, status: str = "open", deal: str = "D-1") -> list[Task]:
        """Tasks in that status, in the order they were made."""
        return [task for task in self.state.tasks(deal) if task.status == status]

    def enrolments(self, deal: str = "D-1") -> list[Enrolment]:
        """Enrolments in the order they began."""
        return list(self.state.enrolments(deal))

    def refusal(self) -> Refused:
        """The refusal of the last event."""
        (refused,) = [outcome for outcome in self.outcomes if isinstance(outcome, Refused)]
        return refused

    def told(self) -> list[Told]:
        """Who was told something by the last event."""
        return [outcome for outcome in self.outcomes if isinstance(outcome, Told)]

    def passed(self) -> list[Passed]:
        """What the last event did not do, and why."""
        return [outcome for outcome in self.outcomes if isinstance(outcome, Passed)]


PEOPLE = (("wei", "rep", "lin"), ("ana", "rep", "lin"), ("lin", "sales_manager", "dong"), ("dong", "director", ""))
