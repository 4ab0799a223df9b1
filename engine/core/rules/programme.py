"""A channel-partner programme: agreement, partner tiers, deal registration, and what partners earn."""

from dataclasses import dataclass
from fractions import Fraction

from engine.core.durations import Duration
from engine.core.formulas import Formula
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Header, Title
from engine.core.rules.pipeline import Criterion


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a signed agreement is needed, how long it lasts and when people are reminded."""

    needed: bool
    lasts: Duration | None
    remind_before: Duration | None


@dataclass(frozen=True, slots=True)
class PartnerTier:
    """A level in the programme with its margin and the criteria to hold it."""

    id: str
    title: Title
    margin: Fraction | None
    needs: tuple[Criterion, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class RegistrationPolicy:
    """How deal registrations are decided. `same` are the facts that make two claims one conflict; `verdict`: first_wins."""

    protects: Duration
    decide_within: Duration | None
    refuse_when: tuple[Criterion, ...]
    same: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral fee: paid to the partner for an introduction when the event happens and the condition holds."""

    id: str
    on: str
    when: Formula | None
    amount: Formula
    at_most: Money | None
    place: Place


@dataclass(frozen=True, slots=True)
class Programme:
    """The rules that a partner joins. Referral fees run through crediting, ledger and statement like any component."""

    header: Header
    channels: tuple[str, ...]
    agreement: Agreement | None
    partner_tiers: tuple[PartnerTier, ...]
    registration: RegistrationPolicy | None
    referrals: tuple[Referral, ...]
    currency: str
