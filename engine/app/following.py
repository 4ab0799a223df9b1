"""A deal in its cadences, as its page shows it, and what a person asks of them there."""

from collections.abc import Sequence

from engine.app.dealwright import Dealwright
from engine.app.reading import header_title, rule_of
from engine.app.views.choices import Choice
from engine.app.views.deals import EnrolmentRow
from engine.app.why import notes_of
from engine.app.words import word
from engine.core.records import Cause, Deal, Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.rules.header import Title
from engine.core.rules.rulebook import in_force


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


ASKED = ("asked", "paused", "resumed", "removed")
"""What may be asked of a cadence on a deal's page."""
