"""Why something is as it is: the answer in a sentence, then rule, event, facts, conditions and arithmetic."""

from dataclasses import dataclass
from datetime import datetime

from engine.app.views.choices import NO_WORDS, Belongs
from engine.core.money import Money
from engine.core.problems import Place
from engine.core.rules.header import Title


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact that was read: its full name, its words, its value as shown, and where the value came from."""

    name: str
    title: Title
    value: Title
    source: str = ""


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition: its text, where it stands, whether it held (None: a fact was not set), and what it read."""

    text: str
    place: Place
    met: bool | None
    facts: tuple[FactRow, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """The event behind it: `id` is source/key, `actor` the name of who did it, `detail` what it said in words."""

    id: str
    type: str
    title: Title
    at: datetime
    actor: Title = NO_WORDS
    detail: Title = NO_WORDS


@dataclass(frozen=True, slots=True)
class RuleExcerpt:
    """The lines of a rule file that decided: (number, text), with the numbers of those that matter most in `marked`."""

    title: Title
    version: str
    place: Place
    lines: tuple[tuple[int, str], ...]
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SliceRow:
    """One slice of a rate table: from and to as shown, the base that fell into it, its rate, what it yields.

    `amount` is the exact text before rounding; `mine` is the part of the slice that this line stands for.
    """

    start: str
    end: str
    base: Money | None
    rate: str
    amount: str
    reached: bool = True


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the fixed order of adjusting: `applied` False means the plan has nothing to do here."""

    id: str
    title: Title
    words: Title
    after: str
    applied: bool = True


@dataclass(frozen=True, slots=True)
class CauseLink:
    """A way on: another thing that can be explained, by its id. `id` empty: only words."""

    title: Title
    id: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer about one id. `kind`: task, line, entry. Empty parts are left out on the page.

    `arithmetic` are (words, amount as text) whose last is the result; `result` is posted money where there is any.
    `reasons` are what else there is to say, in the order in which it bears.
    """

    id: str
    kind: str
    title: Title
    answer: Title
    belongs: Belongs
    result: Money | None = None
    event: EventRow | None = None
    rules: tuple[RuleExcerpt, ...] = ()
    facts: tuple[FactRow, ...] = ()
    conditions: tuple[ConditionRow, ...] = ()
    arithmetic: tuple[tuple[Title, str], ...] = ()
    slices: tuple[SliceRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    causes: tuple[CauseLink, ...] = ()
    release: str = ""
    reasons: tuple[Title, ...] = ()
