"""Earning lines as they are stored. A credit's line keeps the numbers of its trace; its steps are told when it is read.

The body of such a line is an array: the id of its frame (`FrameBook`), the kernel's numbers, the credit as it was, word
for word, and what only few lines have, by name. What the row has in columns is not repeated. The body of any other
line, and of lines that were stored before there were frames, is the whole line as an object.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from engine.core.incentives.adjustments import Undoing
from engine.core.incentives.frames import Frame
from engine.core.incentives.identity import derived_id
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.lowest_terms import in_lowest_terms
from engine.core.incentives.scored import Scored
from engine.core.incentives.slices import sliced
from engine.core.incentives.trace import Told
from engine.core.incentives.worth import Asked, Worth
from engine.core.kernel.tables import Scales
from engine.core.money import Money
from engine.core.records import Credit
from engine.store.codec import exact_text, json_data, text_fraction
from engine.store.record_codec import data_record, record_data, record_text, text_record

_SAID = (Fraction(1), "none", "", "")
"""What the rules say of most credits: a factor of 1, no gate, and nothing read."""


@dataclass(slots=True)
class LineTexts:
    """Writes the bodies of lines. `known` are credits by id with the texts they were read from; `frames` are the stored
    texts of the frames that the bodies name, by id."""

    known: Mapping[str, tuple[Credit, str]] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    _ids: dict[int, tuple[Frame, str]] = field(default_factory=dict)

    def body(self, line: EarningLine) -> str:
        """The body of a line's row."""
        told = line.steps
        if not isinstance(told, Told) or line.source_currency:
            return record_text(line)
        worth, quota = told.worth, told.quota
        numbers = (
            self._frame(told.frame),
            _worth_data(worth),
            quota and (quota.minor, quota.currency),
            told.exact,
            told.withheld.minor,
            told.taken.minor,
            told.share,
            told.earned.minor,
            told.released.minor,
            _few(line, told),
        )
        return f"{exact_text(numbers)[:-1]},{self._credit(told.credit)}]"

    def _frame(self, frame: Frame) -> str:
        """The id of a frame, whose text is kept with the others."""
        # Asked for by identity, because a part has few frames and many lines; the frame is held so that its id stays its.
        found = self._ids.get(id(frame))
        if found is None:
            text = record_text(frame)
            found = self._ids[id(frame)] = (frame, derived_id("frame", text))
            self.frames[found[1]] = text
        return found[1]

    def _credit(self, credit: Credit) -> str:
        known, text = self.known.get(credit.id, (None, ""))
        return text if known is credit else record_text(credit)


def frame_named(body: str) -> str:
    """The id of the frame that a body names; empty where it holds the whole line."""
    return "" if body.startswith("{") else body[2 : body.index('"', 2)]


def line_of(row: Any, frames: Mapping[str, Frame]) -> EarningLine:
    """The line of a row of `earning_lines`; `frames` by id."""
    if row.body.startswith("{"):
        return text_record(EarningLine, row.body)
    name, worth, quota, exact, withheld, taken, share, earned, released, few, credit = json_data(row.body)
    frame, currency = frames[name], frames[name].currency
    told = Told(
        frame, data_record(Credit, credit), _worth(worth), quota and Money(*quota), text_fraction(exact),
        Money(withheld, currency), None, Money(taken, currency), text_fraction(share), Money(earned, currency),
        Money(released, currency),
    )  # fmt: skip
    own = (told.exact, told.withheld, told.taken)
    if few:
        told.undone = few.get("undone") and data_record(Undoing, few["undone"])
        told.unwound = few.get("unwound") and _worth(few["unwound"])
        told.retold = tuple(data_record(Step, step) for step in few.get("retold", ()))
        if "own" in few:
            own = (text_fraction(few["own"][0]), Money(few["own"][1], currency), Money(few["own"][2], currency))
    return EarningLine(
        row.key, row.plan, row.version, row.component, row.window_period, row.payee, row.source, row.source_kind,
        row.deal, row.event, row.day, row.earned_period, Money(row.earned_minor, row.earned_currency),
        Money(row.released_minor, row.released_currency), *own, sliced(frame, told.worth), told, told.credit.cause,
        sliced(frame, told.unwound), "receivable" if told.undone and told.undone.receivable else "netted",
        score=data_record(Scored, few["score"]) if few and "score" in few else None,
    )  # fmt: skip


def _few(line: EarningLine, told: Told) -> dict[str, Any] | None:
    """What only few lines have, by name."""
    found: dict[str, Any] = {}
    if told.undone:
        found["undone"] = record_data(told.undone)
        found["unwound"] = told.unwound and _worth_data(told.unwound)
    if told.retold:
        found["retold"] = [record_data(step) for step in told.retold]
    if line.exact is not told.exact or line.withheld is not told.withheld or line.taken_back is not told.taken:
        found["own"] = (line.exact, line.withheld.minor, line.taken_back.minor)
    if line.score:
        found["score"] = record_data(line.score)
    return found or None


def _worth_data(worth: Worth) -> Sequence[Any]:
    say = worth.say
    said = (say.factor, say.gate, say.rows, say.how)
    return (*in_lowest_terms(worth), None if said == _SAID else said)


def _worth(data: Sequence[Any]) -> Worth:
    scale, unit, (before, after), (raw, limited, final), stretches, said = data
    factor, gate, rows, how = said or _SAID
    found = [(kind, tier, *map(_number, numbers)) for kind, tier, *numbers in stretches]
    asked = Asked(_number(factor), gate, rows=rows, how=how)
    return Worth(Scales(*scale), unit, (before, after), (raw, limited, final), found, asked)


def _number(plain: Any) -> Any:
    """A number as it was: a fraction is a text."""
    return text_fraction(plain) if type(plain) is str else plain
