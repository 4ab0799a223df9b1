"""Why something did not happen: a rule that listened and found its condition not met, or a stage whose gate is shut."""

from collections.abc import Iterator, Sequence

from engine.app.access import NotThere, NotYours, may
from engine.app.dealwright import Dealwright
from engine.app.following import kept_out
from engine.app.gates import Asking, gate_conditions
from engine.app.reading import Around, around, header_title, pipeline_of, rule_lines, rule_of
from engine.app.views.choices import NO_WORDS, Belongs
from engine.app.views.deals import NotFired
from engine.app.views.explaining import ConditionRow, Explanation, RuleExcerpt
from engine.app.views.users import User
from engine.app.why import trace_rows
from engine.app.words import word
from engine.core.events import Event
from engine.core.facts import FactsAround, facts_of
from engine.core.records import Deal
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.situation import State
from engine.core.triggers import Trigger, triggers
from engine.store.database import Unit
from engine.store.event_log import EventLog
from engine.store.queries.deals import Happening
from engine.store.state import SqlState


def why_not(dw: Dealwright, deal_id: str, asked: str, viewer: User) -> Explanation:
    """Each condition of the rule or stage with what it finds for the deal as it now stands. Raises NotThere, NotYours."""
    with dw.database.unit() as unit:
        state = SqlState(unit)
        deal = state.deal(deal_id)
        if deal is None:
            raise NotThere(deal_id)
        known = around(unit, [deal_id])
        if not may(viewer, "deal.see", known.belongs([deal.owner], dw.now().date())):
            raise NotYours(deal_id)
        event = _last_event(dw, unit, deal)
        facts = facts_of(event, state, dw.rulebook, deal)
        return _of_stage(dw, deal, asked, Asking(state, facts, viewer), known) or _of_rule(
            dw, deal, asked, facts, event, known, state
        )


def _last_event(dw: Dealwright, unit: Unit, deal: Deal) -> Event:
    """The deal's latest event, as whose facts the question is answered."""
    events = EventLog(unit).of_subject(deal.id)
    return events[-1] if events else Event("clock.ticked", deal.id, "clock", "now", dw.now(), dw.now().date())


def _of_stage(dw: Dealwright, deal: Deal, asked: str, asking: Asking, known: Around) -> Explanation | None:
    """The gate of a stage of the deal's pipeline, when that is what was asked about: the rules about moves, then the
    criteria of every stage on the way, then who must agree."""
    pipeline = pipeline_of(dw, deal)
    stage = pipeline.stage(asked) if pipeline else None
    if pipeline is None or stage is None:
        return None
    rows = gate_conditions(dw, deal, pipeline, stage, asking, known)
    lines = rule_lines(dw, stage.place, 12)
    excerpt = RuleExcerpt(
        header_title(pipeline.header), pipeline.header.version, stage.place, lines, (stage.place.line,)
    )
    return _explained(
        deal,
        Title(f"Stage {stage.title.show('en') or stage.id}", f"阶段 {stage.title.show('zh') or stage.id}"),
        rows,
        excerpt,
    )


def _of_rule(
    dw: Dealwright, deal: Deal, asked: str, facts: FactsAround, event: Event, known: Around, state: State
) -> Explanation:
    """The conditions of every trigger of the newest rule of that id."""
    rules = [rule for rule in dw.rulebook.rules() if asked in (rule.header.id, rule.header.version)]
    if not rules:
        raise NotThere(asked)
    rule = next((r for r in rules if r.header.in_force.covers(event.on)), rules[-1])
    own = [t for t in triggers(dw.rulebook) if t.key.startswith(f"{rule.header.version}#") and "#stop" not in t.key]
    rows = tuple(row for trigger in own for row in _asked_of(dw, trigger, facts, known))
    place = own[0].place if own else rule.header.place
    title = header_title(rule.header)
    excerpt = RuleExcerpt(title, rule.header.version, place, rule_lines(dw, place, 10), (place.line,))
    kept = kept_out(dw, state, deal, rule, event) if isinstance(rule, Cadence) else Title()
    return _explained(deal, title, rows, excerpt, kept)


def _asked_of(dw: Dealwright, trigger: Trigger, facts: FactsAround, known: Around) -> Iterator[ConditionRow]:
    """First what it listens to, then what it asks."""
    event = word(trigger.on)
    yield ConditionRow(f"on: {trigger.on} ({event.show('en')} {event.show('zh')})", trigger.place, True)
    if trigger.when:
        yield from trace_rows(dw, trigger.when, facts, known)


def _explained(
    deal: Deal, title: Title, rows: tuple[ConditionRow, ...], excerpt: RuleExcerpt, kept: Title = NO_WORDS
) -> Explanation:
    """The answer; `kept` is what stands in the way besides the conditions."""
    failed = [row for row in rows if row.met is not True]
    en = (
        f"{len(failed)} of {len(rows)} conditions do not hold for {deal.id}."
        if failed
        else f"Every condition holds for {deal.id} as it now stands."
    )
    zh = (
        f"对 {deal.id}，{len(rows)} 个条件中有 {len(failed)} 个不成立。"
        if failed
        else f"对当前的 {deal.id}，所有条件都成立。"
    )
    en, zh = f"{kept.en} {en}".strip(), f"{kept.zh}{zh}"
    return Explanation(deal.id, "why_not", title, Title(en, zh), Belongs(), rules=(excerpt,), conditions=rows)


AT_MOST = 8
"""Rules that a deal's page names as not fired."""

_KIND_OF_DEAL = frozenset({"deal.kind", "deal.pipeline", "deal.channel", "deal.source", "deal.product_line"})
"""What a deal is from its beginning: a rule for another kind of deal is no news."""


def not_fired(
    dw: Dealwright, facts: FactsAround, happenings: Sequence[Happening], known: Around
) -> tuple[NotFired, ...]:
    """Rules in force for this kind of deal that listen to what has happened to it and never did anything: each with the
    first condition that fails now. At most `AT_MOST`."""
    if not happenings:
        return ()
    heard = {happening.event.type for happening in happenings} | {"deal.stage_entered"}
    fired = {outcome.cause.rule for happening in happenings for outcome in happening.outcomes}
    on = happenings[-1].event.on
    asked = (t for t in triggers(dw.rulebook) if t.on in heard and t.in_force.covers(on) and "#stop" not in t.key)
    found: dict[str, NotFired] = {}
    for trigger in asked:
        version = trigger.key.split("#")[0]
        row = None if version in fired | found.keys() else _first_failed(dw, trigger, facts, known)
        rule = rule_of(dw, version)
        if row and rule:
            found[version] = NotFired(rule.header.kind, header_title(rule.header), row)
    return tuple(found.values())[:AT_MOST]


def _first_failed(dw: Dealwright, trigger: Trigger, facts: FactsAround, known: Around) -> ConditionRow | None:
    """The first condition that does not hold; None when all do, or when the rule is for another kind of deal."""
    rows = trace_rows(dw, trigger.when, facts, known) if trigger.when else ()
    failed = [row for row in rows if row.met is not True]
    others = any(row.facts and {fact.name for fact in row.facts} <= _KIND_OF_DEAL for row in failed)
    return failed[0] if failed and not others else None
