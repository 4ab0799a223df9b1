"""Whom a credit rule names on an event: shares of a team and the rest to somebody, or the whole again as overlay."""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.problems import Place
from engine.core.rules.plan import CreditTo
from engine.core.situation import Situation

_UP = ".manager"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is credited: `form` is direct or overlay; `share` of the whole (an overlay has 1)."""

    payee: str
    share: Fraction
    form: str


def recipients(to: CreditTo, event: Event, situation: Situation, place: Place) -> tuple[Recipient, ...]:
    """Everybody whom the rule names, by id. Direct shares total 1: E065 when they exceed it, E066 when some is left.

    An overlay that names nobody (an owner without a manager) is empty.
    """
    if to.kind == "overlay":
        named = people_named(to.source, event, situation)
        return tuple(Recipient(payee, Fraction(1), "overlay") for payee in sorted(set(named)))
    shares = _shares(to, event, situation)
    total = sum(shares.values(), Fraction(0))
    for payee in people_named(to.rest, event, situation)[:1]:
        if total < 1:
            shares[payee] = shares.get(payee, Fraction(0)) + 1 - total
            total = Fraction(1)
    if total != 1:
        code = "E065" if total > 1 else "E066"
        raise EvaluationError(
            code, place, event=event.id, deal=event.subject, total=f"{total * 100}%", source=to.source
        )
    return tuple(Recipient(payee, share, "direct") for payee, share in sorted(shares.items()) if share)


def people_named(source: str, event: Event, situation: Situation) -> tuple[str, ...]:
    """The ids that a source names: `deal.team`, `deal.owner`, `deal.owner.manager`, a fact that holds an id or several.

    Each `.manager` goes to the manager as of the event's day; who has none is left out.
    """
    if not source:
        return ()
    if source.endswith(_UP):
        below = people_named(source.removesuffix(_UP), event, situation)
        above = [_manager(id, event, situation) for id in below]
        return tuple(manager for manager in above if manager)
    if source == "deal.team" and situation.deal:
        return tuple(share.person for share in situation.deal.team)
    value = situation.facts.get(source)
    if isinstance(value, tuple):
        return tuple(str(member) for member in value)
    return (str(value),) if value else ()


def _manager(id: str, event: Event, situation: Situation) -> str:
    person = situation.state.person(id)
    version = person.on(event.on) if person else None
    return version.manager if version else ""


def _shares(to: CreditTo, event: Event, situation: Situation) -> dict[str, Fraction]:
    """The stated shares by payee; people of another fact than the team share equally."""
    if to.source == "deal.team":
        shares: dict[str, Fraction] = {}
        for share in situation.deal.team if situation.deal else ():
            shares[share.person] = shares.get(share.person, Fraction(0)) + share.share
        return shares
    named = people_named(to.source, event, situation)
    return {payee: Fraction(1, len(named)) for payee in named}
