"""Records survive storage exactly, whatever is in them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.outcomes import Missing, Outcome, Overridden, Passed, Refused, Told, Withdrawn
from engine.core.problems import Place
from engine.core.records import Record
from engine.core.rules.header import Title
from engine.store.record_codec import record_text, text_record
from tests.store.samples import CAUSE, DEAL, ENTRY, LINE, RECORDS, RUN
from tests.store.test_codec import values

MISSING = (Missing(Title("Budget", "预算"), Place("p.yaml", 3, 1), "deal.budget > 0 CNY", CAUSE.facts),)
OUTCOMES: tuple[Outcome, ...] = (
    Withdrawn("credit", "cr-1", CAUSE),
    Refused("E010", (("stage", "won"),), MISSING, CAUSE),
    Overridden("D-1", "won", "CEO said so", MISSING, CAUSE),
    Told("msg-1", "ana", "hello", "D-1", CAUSE),
    Passed("step", "en-1", "weekend", CAUSE),
)


@pytest.mark.parametrize("record", [*RECORDS, *OUTCOMES, LINE, RUN, ENTRY], ids=lambda record: type(record).__name__)
def test_every_class_comes_back_as_it_was(record: object) -> None:
    assert text_record(type(record), record_text(record)) == record


def test_the_samples_hold_every_class_of_record() -> None:
    assert {type(record) for record in RECORDS} == set(get_args(Record))


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.text(), values, max_size=5))
def test_a_deal_with_any_facts_comes_back_as_it_was(facts: dict[str, object]) -> None:
    deal = replace(DEAL, facts=facts)
    assert text_record(type(deal), record_text(deal)) == deal


@dataclass(frozen=True)
class Old:
    """A record as it was stored once."""

    id: str


@dataclass(frozen=True)
class New:
    """The same record with a field more."""

    id: str
    note: str = "none"
    on: date | None = None


def test_a_field_that_a_stored_record_lacks_takes_its_default() -> None:
    assert text_record(New, record_text(Old("x"))) == New("x")


def test_a_float_in_a_whole_number_is_refused() -> None:
    with pytest.raises(TypeError, match="whole number"):
        record_text(replace(DEAL, visit=1.0))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Unstorable:
    """A record with a type that has no stored form."""

    rate: float


def test_a_class_with_a_float_has_no_stored_form() -> None:
    with pytest.raises(TypeError, match="no stored form"):
        record_text(Unstorable(0.5))
