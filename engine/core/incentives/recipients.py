"""Whom a credit rule names on an event: shares of a team, levels one after another, managers above, or the house."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from engine.core.events import Event
from engine.core.formulas import EvaluationError
from engine.core.incentives.hierarchy import manager_of, managers_above
from engine.core.problems import Place
from engine.core.rules.plan import CreditTo
from engine.core.situation import Situation

HOUSE = "house"
"""Instead of somebody: the credit is kept and counted, and nobody is paid for it."""

_UP = ".manager"


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who is credited: `form` is direct, overlay or house; `share` of the whole (an overlay has 1).

    `pays` is the share of the pay; `place` the place in the order in which the rule and the deal name them.
    """

    payee: str
    share: Fraction
    form: str
    pays: Fraction = Fraction(1)
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Naming:
    """One rule's naming on one event."""

    to: CreditTo
    event: Event
    situation: Situation
    at: Place

    def people(self, source: str) -> tuple[str, ...]:
        """The ids that a source names."""
        return people_named(source, self.event, self.situation)


def recipients(to: CreditTo, event: Event, situation: Situation, place: Place) -> tuple[Recipient, ...]:
    """Everybody whom the rule names, by id. Shares of a split total 1: E065 when they exceed it, E066 when some is left.

    What names nobody (an owner without a manager) is left out.
    """
    named = _WAYS[to.kind](_Naming(to, event, situation, place))
    return tuple(sorted((who for who in named if who.share), key=lambda who: (who.payee, who.form)))


def people_named(source: str, event: Event, situation: Situation) -> tuple[str, ...]:
    """The ids that a source names: `deal.team`, `deal.owner`, `deal.owner.manager`, a fact that holds an id or several.

    Each `.manager` goes to the manager as of the event's day; who has none is left out.
    """
    if not source:
        return ()
    if source.endswith(_UP):
        people = people_named(source.removesuffix(_UP), event, situation)
        above = [manager_of(id, situation.state, event.on) for id in people]
        return tuple(manager for manager in above if manager)
    if source == "deal.team" and situation.deal:
        return tuple(share.person for share in situation.deal.team)
    value = situation.facts.get(source)
    if isinstance(value, tuple):
        return tuple(str(member) for member in value)
    return (str(value),) if value else ()


def _split(naming: _Naming) -> Iterable[Recipient]:
    """The stated shares, and the rest to whom the rule says."""
    to, shares = naming.to, _shares(naming)
    total = sum(shares.values(), Fraction(0))
    rest = ("",) if to.rest == HOUSE else naming.people(to.rest)
    for payee in rest[:1]:
        if total < 1:
            shares[payee] = shares.get(payee, Fraction(0)) + 1 - total
            total = Fraction(1)
    if total != 1:
        told = {"event": naming.event.id, "deal": naming.event.subject, "total": f"{total * 100}%", "source": to.source}
        raise EvaluationError("E065" if total > 1 else "E066", naming.at, **told)
    for place, (payee, share) in enumerate(shares.items()):
        yield Recipient(payee, share, "direct" if payee else HOUSE, place=place)


def _shares(naming: _Naming) -> dict[str, Fraction]:
    """The stated shares by payee, in the order of naming; people of another fact than the team share equally."""
    shares: dict[str, Fraction] = {}
    if naming.to.source == "deal.team":
        for share in naming.situation.deal.team if naming.situation.deal else ():
            shares[share.person] = shares.get(share.person, Fraction(0)) + share.share
        return shares
    named = naming.people(naming.to.source)
    for payee in named:
        shares[payee] = shares.get(payee, Fraction(0)) + Fraction(1, len(named))
    return shares


def _split_payout(naming: _Naming) -> Iterable[Recipient]:
    """The whole amount to each of those who share, the pay in their shares."""
    return (replace(who, share=Fraction(1), pays=who.share) for who in _split(naming) if who.share)


def _overlay(naming: _Naming) -> Iterable[Recipient]:
    """The whole amount once more to each."""
    return (Recipient(payee, Fraction(1), "overlay") for payee in set(naming.people(naming.to.source)))


def _cascade(naming: _Naming) -> Iterable[Recipient]:
    """Level after level: a share of the whole, or of what the levels before it left. A level of nobody takes nothing;
    one of several divides its share equally; somebody on two levels has both."""
    left, found = Fraction(1), dict[str, Fraction]()
    for source, share in zip(naming.to.chain, naming.to.shares, strict=True):
        people = naming.people(source)
        part = share * left if naming.to.each == "of_the_rest" else share
        for payee in people:
            found[payee] = found.get(payee, Fraction(0)) + part / len(people)
        left -= part if people else 0
    return (Recipient(payee, share, "direct", place=place) for place, (payee, share) in enumerate(found.items()))


def _roll_up(naming: _Naming) -> Iterable[Recipient]:
    """The whole amount to every manager above, in the hierarchy of the stated day."""
    to, on = naming.to, _hierarchy_day(naming)
    state = naming.situation.state
    above = [managers_above(id, state, on, to.levels, naming.at) for id in naming.people(to.source)]
    return (Recipient(payee, Fraction(1), "overlay") for payee in {id for chain in above for id in chain})


def _hierarchy_day(naming: _Naming) -> date:
    """The day whose hierarchy counts. E123 when the fact that states it has no value."""
    as_of = naming.to.as_of
    if as_of == "event":
        return naming.event.on
    day = naming.situation.facts.get(as_of)
    if not isinstance(day, date):
        raise EvaluationError("E123", naming.at, fact=as_of, event=naming.event.id)
    return day


def _house(naming: _Naming) -> Iterable[Recipient]:
    """The whole amount, paid to nobody."""
    return (Recipient("", Fraction(1), HOUSE),)


_WAYS: Mapping[str, Callable[[_Naming], Iterable[Recipient]]] = MappingProxyType({
    "split": _split, "split_payout": _split_payout, "overlay": _overlay, "cascade": _cascade, "roll_up": _roll_up,
    HOUSE: _house,
})  # fmt: skip
