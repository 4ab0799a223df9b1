"""What several views look up: deals with their accounts and people, stage titles, whose something is, rule excerpts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from engine.app.dealwright import Dealwright
from engine.app.users import person_title
from engine.app.views.choices import Belongs
from engine.core.problems import Place
from engine.core.records import Account, Deal, Partner, Person
from engine.core.rules.header import Header, Title
from engine.core.rules.pipeline import Pipeline
from engine.core.rules.rulebook import Rule
from engine.store.database import Unit
from engine.store.reading import remembered, remembered_by_id


@dataclass(frozen=True, slots=True)
class Around:
    """Records that views name: by id. Asking for an unknown id gives the id as its own name."""

    people: Mapping[str, Person] = field(default_factory=dict)
    deals: Mapping[str, Deal] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)

    def person(self, id: str) -> Title:
        """The name of the person or partner in both languages."""
        person, partner = self.people.get(id), self.partners.get(id)
        if person:
            return person_title(person)
        return Title(partner.name, partner.name) if partner else Title(id, id)

    def named(self, id: str) -> Title | None:
        """The name of whatever has that id: a person, partner, account or deal. None when nothing here has it."""
        if id in self.people or id in self.partners:
            return self.person(id)
        other = self.accounts.get(id) or self.deals.get(id)
        name = str(other.facts.get("name") or id) if other else ""
        return Title(name, name) if other else None

    def account_of(self, deal: Deal | None) -> str:
        """The name of the deal's account, or empty."""
        id = str(deal.facts.get("account") or "") if deal else ""
        account = self.accounts.get(id)
        return str(account.facts.get("name") or id) if account else id

    def belongs(self, people: Iterable[str], on: date) -> Belongs:
        """Whose something is: the people, and everybody above them on that day."""
        own = frozenset(person for person in people if person)
        above: set[str] = set()
        waiting = list(own)
        while waiting:
            version = person.on(on) if (person := self.people.get(waiting.pop())) else None
            if version and version.manager and version.manager not in above:
                above.add(version.manager)
                waiting.append(version.manager)
        return Belongs(own, frozenset(above))


def around(unit: Unit, deals: Iterable[str] = ()) -> Around:
    """Everybody, all partners, those deals and their accounts."""
    found = remembered_by_id(unit, Deal, deals)
    accounts = {str(deal.facts.get("account") or "") for deal in found.values()} - {""}
    named = remembered_by_id(unit, Account, accounts)
    return Around(remembered(unit, Person), found, named, remembered(unit, Partner))


def pipeline_of(dw: Dealwright, deal: Deal) -> Pipeline | None:
    """The version of the deal's pipeline in force on the day it entered its stage, else the newest of that id."""
    of_id = [pipeline for pipeline in dw.rulebook.pipelines if pipeline.header.id == deal.pipeline]
    on = deal.entered_stage_at.astimezone(dw.zone).date()
    return next((p for p in of_id if p.header.in_force.covers(on)), of_id[-1] if of_id else None)


def stage_title(dw: Dealwright, deal: Deal) -> Title:
    """The title of the stage that the deal is in."""
    pipeline = pipeline_of(dw, deal)
    stage = pipeline.stage(deal.stage) if pipeline else None
    return stage.title if stage and (stage.title.en or stage.title.zh) else Title(deal.stage, deal.stage)


def stage_named(dw: Dealwright, id: str) -> Title:
    """The title of a stage by its id, whichever pipeline has it; the id where none does."""
    found = (stage for pipeline in dw.rulebook.pipelines if (stage := pipeline.stage(id)))
    stage = next(found, None)
    return stage.title if stage and (stage.title.en or stage.title.zh) else Title(id, id)


def rule_of(dw: Dealwright, version: str) -> Rule | None:
    """The rule of that version in the rulebook in force, or of a cadence that work still goes by; None when it is gone."""
    rules = (*dw.rulebook.rules(), *dw.rulebook.former)
    return next((rule for rule in rules if rule.header.version == version), None)


def rule_title(dw: Dealwright, version: str) -> Title:
    """The title of a rule version; its id where it is no longer in the rulebook."""
    rule = rule_of(dw, version)
    id = version.split("@")[0].split(":")[-1]
    return header_title(rule.header) if rule else Title(id, id)


def component_title(dw: Dealwright, version: str, component: str) -> Title:
    """The title of a plan's component; of a programme's incentive, which has none, the programme's with its id."""
    plan = next((plan for plan in dw.rulebook.plans if plan.header.version == version), None)
    titles = (part.title for part in plan.components if part.id == component) if plan else iter(())
    found = next((title for title in titles if title.en or title.zh), None)
    if found:
        return Title(found.show("en"), found.show("zh"))
    if plan and component in _OF_THE_PLAN:
        return _OF_THE_PLAN[component]
    programme = next((one for one in dw.rulebook.programmes if one.header.version == version), None)
    if programme is None:
        return Title(component, component)
    title = header_title(programme.header)
    return Title(f"{title.show('en')}: {component}", f"{title.show('zh')}：{component}")


_OF_THE_PLAN = {
    "draw": Title("Draw", "预支"),
    "guarantee": Title("Guarantee", "保底"),
    "plan_cap": Title("Carried over by the plan's cap", "方案封顶结转"),
}
"""The lines that a plan makes by itself."""


def header_title(header: Header) -> Title:
    """The rule's title, or its id where it has none."""
    return header.title if header.title.en or header.title.zh else Title(header.id, header.id)


NOBODY = Around()
"""Nothing at hand: every id is its own name."""


def rule_lines(dw: Dealwright, place: Place, around: int = 6) -> tuple[tuple[int, str], ...]:
    """The lines of a rule file about a place, numbered."""
    text = next((file.text for file in dw.rulebook.files if file.path == place.file), "")
    lines = text.splitlines()
    first = max(place.line - 2, 1)
    return tuple((number, lines[number - 1]) for number in range(first, min(place.line + around, len(lines)) + 1))


def local_moment(dw: Dealwright, on: date, clock: time) -> datetime:
    """That time of day in the company's zone, as an aware instant."""
    return datetime.combine(on, clock, dw.zone)
