"""What somebody would earn if: the estimate of a deal, and of the next amount of each measure."""

from dataclasses import dataclass
from datetime import date

from engine.app.views.choices import NO_WORDS, Belongs
from engine.app.views.explaining import ConditionRow, SliceRow, StepRow
from engine.core.money import Money
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day that may be chosen for an estimate, with its words."""

    on: date
    title: Title


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a component's window stands before and after, as shown: positions, and what their tiers pay."""

    window: str
    before: str
    after: str
    rate_before: str
    rate_after: str


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A line of something else that would change too, such as earlier deals brought to a higher tier."""

    key: str
    title: Title
    earned: Money


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """What one component would pay: `earned`, of which `held` back; how it is worked out, and what else it moves.

    `rate` is what it comes to of the amount, as shown. `notes` are the steps that made it smaller, in words.
    """

    component: str
    title: Title
    place: Place
    earned: Money
    held: Money
    rate: str
    arithmetic: str
    slices: tuple[SliceRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    standing: PlaceRow | None = None
    others: tuple[OtherLine, ...] = ()
    notes: tuple[Title, ...] = ()
    climb: Title = NO_WORDS


@dataclass(frozen=True, slots=True)
class PayeeEstimate:
    """One payee's part. `earned` and `held` one for each currency; `nothing` says why where there is none, `problem` why
    nothing could be calculated."""

    payee: str
    name: Title
    earned: tuple[Money, ...] = ()
    held: tuple[Money, ...] = ()
    rows: tuple[EstimateRow, ...] = ()
    nothing: tuple[Title, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why the deal could not be won now: the refusal in words, and each criterion that is missing."""

    words: Title
    missing: tuple[ConditionRow, ...] = ()
    criteria: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class DealEstimate:
    """The estimate of a deal for the payees whom the viewer may see. `amount` as supposed, `asked` as typed."""

    deal: str
    name: str
    belongs: Belongs
    amount: Money | None
    on: date
    days: tuple[DayChoice, ...]
    payees: tuple[PayeeEstimate, ...] = ()
    hindrance: Hindrance | None = None
    problems: tuple[Problem, ...] = ()
    asked: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class NextView:
    """What the next amount would pay a payee, measure by measure; `like` names the deal whose values it shares."""

    payee: str
    name: Title
    belongs: Belongs
    amount: str
    on: date
    days: tuple[DayChoice, ...]
    measures: tuple["NextMeasure", ...] = ()
    components: tuple[tuple[str, Title], ...] = ()
    problems: tuple[Problem, ...] = ()
    payees: tuple[tuple[str, Title], ...] = ()


@dataclass(frozen=True, slots=True)
class NextMeasure:
    """One measure's part."""

    measure: str
    amount: Money
    like: str
    earned: Money
    rows: tuple[EstimateRow, ...]
