"""Random lives of deals in and out of a pool: what never may be otherwise, and the same from the log again."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.app.replaying import replay
from engine.app.ticking import tick
from engine.core.enrolled import EXITS
from engine.core.records import Deal, Enrolment, Handover, Holding, Task
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.reading import all_records
from engine.store.working_set import WorkingSet
from tests.app.test_public_pools import LEADS, STAFF
from tests.app_house import at, event
from tests.core.workflow.story import rules
from tests.core.workflow.test_public_pools import CADENCE, POOL

RULES = rules(
    POOL.replace("{after: 30 days", "{after: 3 days").replace("new_owner: 5 days", "new_owner: 1 days"), LEADS, CADENCE
)
MATCHER = matcher_for(RULES)
DEALS, PEOPLE = ("D-1", "D-2", "D-3", "D-4"), ("wei", "ana")
BEGINNING = at("2026-01-05 10:00")

steps = st.tuples(
    st.sampled_from(["claim", "return", "touch", "late touch", "reassign", "heat", "tick", "lose", "out", "create"]),
    st.sampled_from(DEALS), st.sampled_from(PEOPLE), st.integers(1, 60),
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and people."""
    path = tmp_path_factory.mktemp("pool") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    record_many(Dealwright(database, RULES, MATCHER, lambda: BEGINNING), STAFF)
    database.close()
    return path


def live(dw: Dealwright, told: Sequence[tuple[str, str, str, int]]) -> None:
    """Everything that happens, hours after one another, through the door of every event."""
    now = BEGINNING
    first = ({"owner": "wei"}, {}, {"heat": "hot"})
    record_many(
        dw, [event("deal.created", deal, "2026-01-05 10:00", **body) for deal, body in zip(DEALS, first, strict=False)]
    )
    for number, (what, deal, person, hours) in enumerate(told):
        now += timedelta(hours=hours)
        body: dict[str, object] = {}
        kind, subject = {
            "claim": ("deal.claimed", deal), "return": ("deal.returned", deal), "touch": ("activity.logged", deal),
            "late touch": ("activity.logged", deal), "reassign": ("deal.reassigned", deal), "lose": ("deal.lost", deal),
            "heat": ("deal.changed", deal), "out": ("person.out_of_office", person), "create": ("deal.created", deal),
        }.get(what, ("", ""))  # fmt: skip
        if not kind:
            tick(dw, now)
            continue
        body |= {"reason": "x"} if what == "return" else {}
        body |= {"kind": "call", "by": person} if "touch" in what else {}
        body |= {"owner": person} if what == "reassign" else {}
        body |= {"heat": "hot"} if what in ("heat", "create") and hours % 2 else {}
        body |= {"until_at": now + timedelta(hours=5)} if what == "out" else {}
        body |= {"loss_reason": "x"} if what == "lose" else {}
        moment = now - timedelta(hours=30) if what == "late touch" else now
        one = replace(event(kind, subject, "2026-01-05", str(number), person, **body), at=moment)
        record_many(dw, [replace(one, on=moment.astimezone(dw.zone).date())])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=5, max_size=25))
@example([("reassign", "D-4", "wei", 90), ("create", "D-4", "wei", 76), ("tick", "D-1", "wei", 1)])
@example([("claim", "D-4", "wei", 167), ("touch", "D-4", "wei", 73), ("create", "D-4", "wei", 2)])
@example([("claim", "D-4", "wei", 149), ("lose", "D-4", "wei", 107), ("create", "D-4", "wei", 30)])
def test_whatever_happens(empty: Path, told: list[tuple[str, str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(empty, f"{folder}/p.db")
        database = open_database(f"sqlite:///{folder}/p.db")
        dw = Dealwright(database, RULES, MATCHER, lambda: BEGINNING, working=WorkingSet())
        live(dw, told)
        with database.unit() as unit:
            deals = {deal.id: deal for deal in all_records(unit, Deal)}
            holdings = {one.id: one for one in all_records(unit, Holding)}
            tasks, handovers = all_records(unit, Task), all_records(unit, Handover)
            enrolments = all_records(unit, Enrolment)
        for id, deal in deals.items():
            held = holdings[id]
            wanted = "out" if deal.status != "open" else "held" if deal.owner else "pooled"
            assert (held.state, held.owner) == (wanted, deal.owner), (deal, held)
        # Nobody is asked to work on what nobody has, and nobody twice for the same.
        assert all(deals[task.deal].owner for task in tasks if task.status == "open")
        asked = Counter((task.deal, task.purpose, task.owner) for task in tasks if task.status == "open")
        assert not asked or max(asked.values()) == 1
        assert all(one.ended_as in ("", *EXITS) for one in enrolments)
        running = Counter(one.deal for one in enrolments if not one.ended_as)
        assert all(number == 1 and deals[deal].owner for deal, number in running.items())
        # Limits hold whichever way a deal came to somebody.
        by_day = Counter((one.to, one.on) for one in handovers if one.how == "claimed")
        assert not by_day or max(by_day.values()) <= 2
        assert len({one.id for one in handovers}) == len(handovers)
        assert [differ for _, _, differ in replay(dw) if differ] == []
        database.close()
