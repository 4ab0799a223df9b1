"""Partners: who may claim a deal, for how long, and which partner tier they hold. Every answer names its criteria."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from engine.core.events import Event
from engine.core.facts import laid_over
from engine.core.formulas import Facts
from engine.core.incentives.adjustments import later
from engine.core.incentives.granting import agreement_covers
from engine.core.merging import claims_on
from engine.core.outcomes import Kept, Outcome, Refused
from engine.core.problems import Place
from engine.core.records import Cause, Partner, Registration
from engine.core.rules.header import Title
from engine.core.rules.pipeline import Criterion
from engine.core.rules.programme import PartnerTier, Programme, RegistrationPolicy
from engine.core.rules.rulebook import Rulebook, in_force
from engine.core.situation import Situation


@dataclass(frozen=True, slots=True)
class CriterionMet:
    """One criterion of a partner tier: whether it holds, the words for who does not meet it, the facts it read."""

    condition: str
    met: bool
    words: Title
    place: Place
    facts: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class TierHeld:
    """The partner tier whose criteria all hold (empty: none), and every criterion of every tier, lowest first."""

    partner_tier: str
    criteria: tuple[tuple[str, tuple[CriterionMet, ...]], ...]


def decide_partners(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Registrations: a request is granted or refused; a protected one is fulfilled when its partner's deal is won."""
    if event.type == "registration.requested":
        return _requested(event, situation, rulebook)
    if event.type == "deal.won":
        return _fulfilled(event, situation, rulebook)
    return ()


def programme_of(partner: Partner, rulebook: Rulebook, on: date) -> Programme | None:
    """The programme that the partner joined, in force on that day; without one, the first that covers their channel."""
    programmes = in_force(rulebook.programmes, on)
    if partner.programme:
        return next((programme for programme in programmes if programme.header.id == partner.programme), None)
    return next((programme for programme in programmes if partner.channel in programme.channels), None)


def partner_tier(programme: Programme, facts: Facts) -> TierHeld:
    """The highest partner tier whose criteria all hold, with every criterion met or missing. Raises EvaluationError."""
    checked = [(tier, _checked(tier, facts)) for tier in programme.partner_tiers]
    held = [tier.id for tier, criteria in checked if all(criterion.met for criterion in criteria)]
    return TierHeld(held[-1] if held else "", tuple((tier.id, criteria) for tier, criteria in checked))


def in_conflict(wanted: Registration, others: Iterable[Registration], same: tuple[str, ...]) -> Registration | None:
    """The granted registration that protects the same thing on the day of the request, or None.

    `same` says what makes two claims one: account, product_line. A partner's own earlier claim is a conflict as well,
    or protection could be prolonged without end.
    """
    keys = [key.rpartition(".")[2] for key in same]
    protecting = (other for other in others if other.id != wanted.id and _protects(other, wanted.requested_on))
    return next((o for o in protecting if all(getattr(o, key, "") == getattr(wanted, key, "") for key in keys)), None)


def _checked(tier: PartnerTier, facts: Facts) -> tuple[CriterionMet, ...]:
    return tuple(
        CriterionMet(need.when.source, need.when.holds(facts), need.otherwise, need.place, _read(need, facts))
        for need in tier.needs
    )


def _read(criterion: Criterion, facts: Facts) -> tuple[tuple[str, object], ...]:
    return tuple((name, facts[name]) for name in sorted(criterion.when.reads) if name in facts)


def _protects(registration: Registration, on: date) -> bool:
    """True on the days [requested, until) of a granted registration."""
    begun = registration.state == "granted" and registration.requested_on <= on
    return begun and (registration.until_on is None or on < registration.until_on)


def _requested(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The registration, granted for its time or refused with every reason. E059 for a partner without a programme."""
    partner = situation.state.partner(event.subject)
    programme = programme_of(partner, rulebook, event.on) if partner else None
    if partner is None or programme is None or programme.registration is None:
        cause = Cause("", Place(""), event.id, rulebook.fingerprint)
        return (Refused("E059", (("event", event.id), ("partner", event.subject)), (), cause),)
    policy = programme.registration
    wanted = _wanted(event, programme, policy, rulebook)
    conflict = in_conflict(wanted, claims_on(wanted.account, situation.state, event.at), policy.same)
    reasons = _reasons(event, situation, partner, programme, policy, conflict)
    if reasons:
        cause = replace(wanted.cause, notes=reasons)
        refused = replace(wanted, state="refused", until_on=None, reason=reasons[0][1], cause=cause)
        return (Kept("refused", refused, cause),)
    return (Kept("granted", wanted, wanted.cause),)


def _wanted(event: Event, programme: Programme, policy: RegistrationPolicy, rulebook: Rulebook) -> Registration:
    """The registration as it would be granted."""
    head = programme.header
    return Registration(
        id=event.text("registration"),
        partner=event.subject,
        account=event.text("account"),
        product_line=event.text("product_line"),
        state="granted",
        requested_on=event.on,
        until_on=later(event.on, policy.protects),
        cause=Cause(head.version, head.place, event.id, rulebook.fingerprint),
    )


def _reasons(
    event: Event, situation: Situation, partner: Partner, programme: Programme, policy: RegistrationPolicy,
    conflict: Registration | None,
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """Why the request is refused, as (code, particulars): agreement, each criterion in both languages, conflict."""
    found: list[tuple[str, str]] = []
    if programme.agreement and programme.agreement.needed and not agreement_covers(partner, event):
        found.append(("no_agreement", programme.header.id))
    facts = laid_over(situation.facts, {"registration.conflict": conflict is not None})
    for criterion in policy.refuse_when:
        if criterion.when.holds(facts):
            words = criterion.otherwise
            found += [("refused_when", words.show("en")), ("refused_when_zh", words.show("zh"))]
            found.append(("criterion", f"{criterion.when.source} @ {criterion.place}"))
    if conflict is not None:
        found.append(("conflict", f"{conflict.id} {conflict.partner} {conflict.requested_on}..{conflict.until_on}"))
    return tuple(found)


def _fulfilled(event: Event, situation: Situation, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Each registration that the won deal fulfils: named by the deal, or the deal's partner's own for its account."""
    account, partner = (str(situation.facts.get(f"deal.{name}") or "") for name in ("account", "partner"))
    named = str(situation.facts.get("deal.registration") or "")
    cause = Cause("", Place(""), event.id, rulebook.fingerprint)
    protecting = (r for r in claims_on(account, situation.state, event.at) if _protects(r, event.on)) if account else ()
    mine = (r for r in protecting if r.partner == partner and (r.id == named or not named))
    return tuple(Kept("fulfilled", replace(registration, state="fulfilled"), cause) for registration in mine)
