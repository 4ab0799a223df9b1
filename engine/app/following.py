"""A deal in its cadences, as its page shows it, and what a person asks of them there."""

from collections.abc import Sequence
from dataclasses import replace

from engine.app.dealwright import Dealwright
from engine.app.reading import header_title, rule_of
from engine.app.views.choices import Choice
from engine.app.views.deals import EnrolmentRow
from engine.app.why import notes_of
from engine.app.words import word
from engine.core.events import Event
from engine.core.records import Cause, Deal, Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.rules.rulebook import in_force
from engine.core.situation import Situation, State
from engine.core.workflow.enrolments import why_not
from engine.core.workflow.work import Work


def enrolment_row(dw: Dealwright, one: Enrolment) -> EnrolmentRow:
    """The deal in one cadence: where it stands, until when it rests, what moved its date, how it ended."""
    rule = rule_of(dw, one.version)
    step = rule.step(one.step) if isinstance(rule, Cadence) else None
    title = header_title(rule.header) if rule else Title(one.cadence, one.cadence)
    why = notes_of(dw, Cause("", one.cause.place, "", notes=one.notes))
    return EnrolmentRow(
        title, one.started_at, step.title if step else Title(), one.due_at, one.ended_as, one.cause.place,
        id=one.cadence, state=one.state, exit=_exit(one), paused_for=word(one.pause.reason) if one.pause else Title(),
        why=why if not one.ended_as else Title(), ended_at=one.ended_at,
    )  # fmt: skip


def _exit(one: Enrolment) -> Title:
    """How it ended: the word of the closed list, and what its own rule or the person called it."""
    ended, own = word(one.ended_as) if one.ended_as else Title(), one.exit_name
    if not own:
        return ended
    named = word(own)
    return Title(f"{ended.show('en')}: {named.show('en')}", f"{ended.show('zh')}：{named.show('zh')}")


def cadences_to_enter(dw: Dealwright, deal: Deal, enrolments: Sequence[Enrolment]) -> tuple[Choice, ...]:
    """The cadences in force that the open deal is not in; whether it may enter is the rule's to say."""
    there = {one.cadence for one in enrolments if not one.ended_as}
    now = in_force(dw.rulebook.cadences, dw.now().astimezone(dw.zone).date()) if deal.status == "open" else ()
    return tuple(Choice(c.header.id, header_title(c.header)) for c in now if c.header.id not in there)


_KEPT_OUT = {
    "already_enrolled": ("The deal is in this cadence now.", "该商机正处于此跟进中。"),
    "never_again": (
        "The deal has been through it, and nobody enters it twice.",
        "该商机已走过此跟进，且不允许再次进入。",
    ),
    "removed_by_hand": (
        "Somebody took the deal out; it comes back by hand only.",
        "有人已将该商机移出，只能手动再次加入。",
    ),
    "too_soon": ("It has ended too recently for the deal to enter it again.", "距上次结束时间太短，尚不能再次进入。"),
}


def kept_out(dw: Dealwright, state: State, deal: Deal, cadence: Cadence, event: Event) -> Title:
    """Why the deal is not let into the cadence by rule, whatever the start's condition, or what holds up the enrolment that
    it has; empty when nothing does."""
    earlier = [one for one in state.enrolments(deal.id) if one.cadence == cadence.header.id]
    asked = replace(event, type="clock.ticked", at=dw.now(), mode="live")
    work = Work(asked, Situation(state, deal, {}, frozenset()), dw.rulebook)
    en, zh = _KEPT_OUT.get(why_not(work, cadence, earlier), ("", ""))
    row = enrolment_row(dw, earlier[-1]) if earlier and not earlier[-1].ended_as else None
    held = [part for part in (row.paused_for, row.why) if part.en or part.zh] if row else []
    return Title(
        " ".join([en, *(part.show("en") for part in held)]).strip(), "".join([zh, *(p.show("zh") for p in held)])
    )


ASKED = ("asked", "paused", "resumed", "removed")
"""What may be asked of a cadence on a deal's page."""
