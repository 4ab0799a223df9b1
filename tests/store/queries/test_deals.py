"""Deal lists and timelines, compared with a plain filter over the records."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.outcomes import Kept
from engine.core.records import Deal
from engine.store.database import Database
from engine.store.event_log import EventLog
from engine.store.outcomes import OutcomeBook
from engine.store.queries.deals import DealFilter, count_deals, deal_page, deals_by_stage, timeline
from engine.store.state import SqlState
from tests.store.samples import CAUSE, DEAL, NOON, TASK, deal, event

STAGES, STATUSES, NAMES = ("lead", "quoted", "won"), ("open", "won"), ("长江 Pump", "100%_x")
DEALS = tuple(
    deal(
        number, pipeline=("direct", "partner")[number % 2], stage=STAGES[number % 3], status=STATUSES[number % 5 == 0],
        last_at=NOON + timedelta(minutes=number // 3),
        facts={
            "owner": ("ana", "ben", "")[number % 3], "account": f"A-{number % 4}", "name": NAMES[number % 2],
        },
    )
    for number in range(40)
)  # fmt: skip


@pytest.fixture
def filled(database: Database) -> Database:
    """Forty deals that differ in all that a list may ask for."""
    with database.unit(write=True) as unit:
        state = SqlState(unit)
        for one in DEALS:
            state.keep(one)
        state.flush()
    return database


def meets(one: Deal, wanted: DealFilter) -> bool:
    """The filter, said plainly."""
    exact = (
        ("status", one.status),
        ("pipeline", one.pipeline),
        ("stage", one.stage),
        ("account", one.facts["account"]),
    )
    words = wanted.words.lower()
    return (
        all(getattr(wanted, name) in ("", value) for name, value in exact)
        and (wanted.owners is None or one.owner in wanted.owners)
        and (words in str(one.facts["name"]).lower() or words in one.id.lower())
    )


filters = st.builds(
    DealFilter, st.none() | st.lists(st.sampled_from(["ana", "ben", ""]), max_size=2).map(tuple),
    st.sampled_from(["", "open", "won", "lost"]),
    st.sampled_from(["", "direct"]), st.sampled_from(["", *STAGES]), st.sampled_from(["", "A-1"]),
    st.sampled_from(["", "pump", "长", "%", "_", "D-1", "zz"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters, st.integers(1, 50))
def test_any_filter_gives_what_a_plain_one_gives(filled: Database, wanted: DealFilter, size: int) -> None:
    expected = sorted((one for one in DEALS if meets(one, wanted)), key=lambda one: one.id)
    expected.sort(key=lambda one: one.last_at, reverse=True)
    with filled.unit() as unit:
        found, after = [], None
        while page := deal_page(unit, wanted, after=after, limit=size):
            found += page
            after = (page[-1].last_at, page[-1].id)
        assert found == expected
        assert count_deals(unit, wanted) == len(expected)
        assert sum(number for _, _, number in deals_by_stage(unit, wanted)) == len(expected)


def test_stages_are_counted_each(filled: Database) -> None:
    with filled.unit() as unit:
        found = deals_by_stage(unit, DealFilter(pipeline="direct"))
    assert found == tuple(
        ("direct", stage, sum(one.stage == stage and one.pipeline == "direct" for one in DEALS)) for stage in STAGES
    )


def test_a_timeline_holds_every_event_that_did_something_for_the_deal(database: Database) -> None:
    group = [
        event(1, subject="D-1", type="deal.created"), event(2, subject="D-2"),
        event(3, subject="task-1", type="task.completed", at=NOON - timedelta(days=1)),
        event(4, subject="D-1", type="deal.won"), event(5, subject="", type="clock.ticked",
        at=NOON + timedelta(days=1)),
    ]  # fmt: skip
    mine, other = Kept("made", TASK, CAUSE), Kept("changed", deal(2), CAUSE)
    with database.unit(write=True) as unit:
        EventLog(unit).append_all(group, NOON)
        OutcomeBook(unit).write([(1, (mine,)), (2, (other,)), (3, (other, mine)), (5, (mine, other))])
    with database.unit() as unit:
        found = timeline(unit, DEAL.id)
        assert [(one.event.key, [outcome.number for outcome in one.outcomes]) for one in found] == [
            ("3", [2]), ("1", [1]), ("4", []), ("5", [1]),
        ]  # fmt: skip
        assert timeline(unit, "D-9") == ()
