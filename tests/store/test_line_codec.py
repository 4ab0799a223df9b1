"""A stored line tells what it told when it was computed, to the letter, out of its numbers, its frame and its credit."""

import gc
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from engine.app.calculating.parts import uncollected
from engine.core.incentives.explain import explain_line
from engine.core.incentives.frames import Frame
from engine.core.incentives.identity import derived_id, ids_after
from engine.core.incentives.lines import EarningLine, Step
from engine.core.incentives.made import Made
from engine.core.incentives.plan_desk import retold
from engine.core.incentives.trace import Told
from engine.store.database import Database
from engine.store.entry_codec import entry_body, entry_of
from engine.store.line_codec import LineTexts, frame_named, line_of
from engine.store.periods import PeriodBook
from engine.store.record_codec import record_text, text_record
from engine.store.runs import LINE_COLUMNS, RunBook, line_row
from tests.core.incentives.oracle.histories import Maker
from tests.core.incentives.simple import calculate, credits, plan_of, table
from tests.core.incentives.test_owed_properties import SEEDS, lines_of, maker_of
from tests.store.samples import ENTRY, LINE, PERIOD, RUN


def stored(lines: Iterable[EarningLine]) -> list[EarningLine]:
    """The lines after they were written and read again; nothing but texts and columns comes across."""
    texts = LineTexts()
    rows = [SimpleNamespace(**dict(zip(LINE_COLUMNS, line_row(line, texts), strict=True))) for line in lines]
    frames = {id: text_record(Frame, text) for id, text in texts.frames.items()}
    assert {frame_named(row.body) for row in rows} - {""} == frames.keys()
    return [line_of(row, frames) for row in rows]


def full(line: EarningLine) -> tuple[str, ...]:
    """Everything about a line, and all that it says in both languages."""
    return (record_text(line), *explain_line(line, "en"), *explain_line(line, "zh"))


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_line_comes_back_with_every_step_and_slice(seed: int) -> None:
    lines = lines_of(maker_of(Random(seed)).made(str(seed)).history)
    again = stored(lines)
    assert again == list(lines)
    assert [full(line) for line in again] == [full(line) for line in lines]


def test_lines_of_every_shape_are_stored_as_numbers() -> None:
    """So that the property above speaks of all of them."""
    seen: Counter[str] = Counter()
    for seed in range(300):
        for line in lines_of(Maker(Random(seed)).made(str(seed)).history):
            told = line.steps
            if not isinstance(told, Told):
                seen["whole"] += 1
                continue
            seen.update(_shapes(line, told))
    assert min(seen.get(name, 0) for name in ("whole", *_SHAPES)) > 3, seen


_SHAPES = ("undone", "unwound", "fractions", "retold", "own amounts", "not met", "factor", "rows", "held")


def _shapes(line: EarningLine, told: Told) -> Iterable[str]:
    say = told.worth.say
    found: Mapping[str, bool] = {
        "undone": told.undone is not None,
        "unwound": bool(line.unwound),
        "fractions": told.worth.scales.exact,
        "retold": bool(told.retold),
        "own amounts": line.taken_back is not told.taken,
        "not met": say.gate == "not_met",
        "factor": say.factor != 1,
        "rows": bool(line.slices),
        "held": bool(line.held),
    }
    return [name for name, holds in found.items() if holds]


def test_the_credit_is_kept_word_for_word_and_only_that_one() -> None:
    plan, (first, second) = plan_of(table("marginal", [0, 5_00])), credits([4_00, 9_00])
    text = record_text(first).replace('"line":"",', "")
    texts = LineTexts({first.id: (first, text), second.id: (replace(second), "another")})
    bodies = [texts.body(line) for line in calculate(plan, [first, second])]
    assert bodies[0].endswith(f",{text}]")
    assert bodies[1].endswith(f",{record_text(second)}]")
    assert len(texts.frames) == 1


def test_steps_are_made_when_somebody_asks_and_once() -> None:
    steps = calculate(plan_of(table("marginal", [0])), credits([4_00]))[0].steps
    assert isinstance(steps, Made)
    with pytest.raises(AttributeError):
        steps._members  # noqa: B018
    assert (steps[0].name, len(steps), steps[-2:]) == ("eligible", 16, tuple(steps)[-2:])
    assert steps.members is steps.members
    assert hash(steps) == hash(tuple(steps))
    assert steps == tuple(steps)
    assert steps != ()
    assert steps != 3
    assert repr(steps) == repr(tuple(steps))


def test_a_step_that_is_told_anew_takes_the_place_of_the_first_and_of_the_one_before() -> None:
    line = calculate(plan_of(table("marginal", [0])), credits([4_00]))[0]
    changed = retold(retold(line, Step("proration", "calendar_days"), Step("draw", "none")), Step("proration", "none"))
    assert isinstance(changed.steps, Told)
    assert changed.steps.retold == (Step("proration", "none"), Step("draw", "none"))
    assert [step.name for step in changed.steps] == [step.name for step in line.steps]
    assert stored([changed]) == [changed]


def test_a_run_tells_the_same_when_frames_are_kept_and_has_each_frame_once(database: Database) -> None:
    lines = sorted(lines_of(maker_of(Random(7)).made("7").history), key=lambda line: line.key)
    with database.unit(write=True) as unit:
        PeriodBook(unit).add(PERIOD)
        RunBook(unit).save_draft(RUN, [], lines)
        RunBook(unit).save_draft(replace(RUN, id="run-2"), [], lines)
    with database.unit() as unit:
        assert [full(line) for line in RunBook(unit).lines("run-2")] == [full(line) for line in lines]


def test_a_line_and_an_entry_that_were_stored_whole_are_read_as_they_are() -> None:
    values = dict(zip(LINE_COLUMNS, line_row(LINE, LineTexts()), strict=True))
    assert frame_named(values["body"]) == ""
    assert line_of(SimpleNamespace(**values), {}) == LINE
    plain = replace(ENTRY, particulars=())
    for entry in (ENTRY, plain, replace(plain, reverses="x"), replace(plain, actor="x"), replace(plain, note="x")):
        for body in (entry_body(entry), record_text(replace(entry, run=""))):
            assert entry_of(SimpleNamespace(run=entry.run, entry=entry.id, payee=entry.payee, body=body)) == entry
    assert entry_body(ENTRY).startswith("{")
    assert entry_body(plain).startswith("[")


def test_an_id_after_given_causes_is_that_of_all_causes() -> None:
    id_of = ids_after("line", "a", "bc")
    assert [id_of("d", "") for _ in range(2)] == [derived_id("line", "a", "bc", "d", "")] * 2
    assert ids_after("line", "a", "b")("cd") != ids_after("line", "a", "bc")("d")


def test_cycles_are_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
