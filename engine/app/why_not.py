"""Why something did not happen: a rule that listened and found its condition not met, or a stage whose gate is shut."""

from collections.abc import Iterator

from engine.app.access import NotThere, NotYours, may
from engine.app.dealwright import Dealwright
from engine.app.reading import around, header_title, pipeline_of, rule_lines
from engine.app.views.choices import Belongs
from engine.app.views.deals import NotFired
from engine.app.views.explaining import ConditionRow, Explanation, RuleExcerpt
from engine.app.views.users import User
from engine.app.why import trace_rows
from engine.app.words import word
from engine.core.events import Event
from engine.core.facts import FactsAround, facts_of
from engine.core.records import Deal
from engine.core.rules.header import Title
from engine.core.rules.rulebook import Rule
from engine.core.triggers import Trigger, triggers
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.state import SqlState


def why_not(dw: Dealwright, deal_id: str, asked: str, viewer: User) -> Explanation:
    """Each condition of the rule or stage with what it finds for the deal as it now stands. Raises NotThere, NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        deal = state.deal(deal_id)
        if deal is None:
            raise NotThere(deal_id)
        if not may(viewer, "deal.see", around(unit, [deal_id]).belongs([deal.owner], dw.now().date())):
            raise NotYours(deal_id)
        event = _last_event(dw, unit, deal)
        facts = facts_of(event, state, dw.rulebook, deal)
        return _of_stage(dw, deal, asked, facts) or _of_rule(dw, deal, asked, facts, event)


def _last_event(dw: Dealwright, unit: Unit, deal: Deal) -> Event:
    """The deal's latest event, as whose facts the question is answered."""
    events = EventLog(unit).of_subject(deal.id)
    return events[-1] if events else Event("clock.ticked", deal.id, "clock", "now", dw.now(), dw.now().date())


def _of_stage(dw: Dealwright, deal: Deal, asked: str, facts: FactsAround) -> Explanation | None:
    """The gate of a stage of the deal's pipeline, when that is what was asked about."""
    pipeline = pipeline_of(dw, deal)
    stage = pipeline.stage(asked) if pipeline else None
    if pipeline is None or stage is None:
        return None
    rows = tuple(row for need in stage.needs for row in trace_rows(need.when, facts))
    lines = rule_lines(dw, stage.place, 12)
    excerpt = RuleExcerpt(header_title(pipeline.header), pipeline.header.version, stage.place, lines, (stage.place.line,))
    return _explained(deal, Title(f"Stage {stage.title.show('en') or stage.id}", f"阶段 {stage.title.show('zh') or stage.id}"), rows, excerpt)


def _of_rule(dw: Dealwright, deal: Deal, asked: str, facts: FactsAround, event: Event) -> Explanation:
    """The conditions of every trigger of the newest rule of that id."""
    rules = [rule for rule in dw.rulebook.rules() if asked in (rule.header.id, rule.header.version)]
    if not rules:
        raise NotThere(asked)
    rule = next((r for r in rules if r.header.in_force.covers(event.on)), rules[-1])
    own = [t for t in triggers(dw.rulebook) if t.key.startswith(f"{rule.header.version}#") and "#stop" not in t.key]
    rows = tuple(row for trigger in own for row in _asked_of(trigger, facts))
    place = own[0].place if own else rule.header.place
    title = header_title(rule.header)
    excerpt = RuleExcerpt(title, rule.header.version, place, rule_lines(dw, place, 10), (place.line,))
    return _explained(deal, title, rows, excerpt)


def _asked_of(trigger: Trigger, facts: FactsAround) -> Iterator[ConditionRow]:
    """First what it listens to, then what it asks."""
    event = word(trigger.on)
    yield ConditionRow(f"on: {trigger.on} ({event.show('en')} {event.show('zh')})", trigger.place, True)
    if trigger.when:
        yield from trace_rows(trigger.when, facts)


def _explained(deal: Deal, title: Title, rows: tuple[ConditionRow, ...], excerpt: RuleExcerpt) -> Explanation:
    failed = [row for row in rows if row.met is not True]
    en = f"{len(failed)} of {len(rows)} conditions do not hold for {deal.id}." if failed else f"Every condition holds for {deal.id} as it now stands."
    zh = f"对 {deal.id}，{len(rows)} 个条件中有 {len(failed)} 个不成立。" if failed else f"对当前的 {deal.id}，所有条件都成立。"
    return Explanation(deal.id, "why_not", title, Title(en, zh), Belongs(), rules=(excerpt,), conditions=rows)


def not_fired(dw: Dealwright, facts: FactsAround, on: Event) -> tuple[NotFired, ...]:
    """Rules in force that could concern the deal and whose condition does not hold now: the first that fails of each."""
    found = []
    for trigger in triggers(dw.rulebook):
        if trigger.when is None or not trigger.in_force.covers(on.on) or "#stop" in trigger.key:
            continue
        failed = next((row for row in trace_rows(trigger.when, facts) if row.met is not True), None)
        rule = _rule(dw, trigger)
        if failed and rule:
            found.append(NotFired(rule.header.kind, header_title(rule.header), failed))
    return tuple(found)


def _rule(dw: Dealwright, trigger: Trigger) -> Rule | None:
    version = trigger.key.split("#")[0]
    return next((rule for rule in dw.rulebook.rules() if rule.header.version == version), None)
