"""Random lives of customers in and out of a pool, merged and unmerged: what never may be otherwise, and the same from the
log again."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.app.dealwright import Dealwright, matcher_for
from engine.app.recording import record_many
from engine.app.replaying import replay
from engine.app.ticking import tick
from engine.core.merging import as_known
from engine.core.ownership import OF_ACCOUNT
from engine.core.records import Account, Handover, Holding
from engine.store.database import open_database
from engine.store.migrations import upgrade
from engine.store.reading import all_records
from engine.store.state import SqlState
from engine.store.working_set import WorkingSet
from tests.app.test_public_pools import STAFF
from tests.app_house import at, event
from tests.core.workflow.story import rules
from tests.core.workflow.test_customer_pools import BY_LOAD, POOL, VOCABULARY

QUICK = POOL.replace("{after: 30 days", "{after: 3 days").replace("new_owner: 5 days", "new_owner: 1 days")
QUICK = QUICK.replace('covers: account.industry = "steel"\n', "").replace(
    "remind_before: 3 days", "remind_before: 1 days"
)
TO_ALL = BY_LOAD.replace('when: account.industry = "steel"', 'when: account.industry = "tin"')
TO_ALL = TO_ALL.replace("of: account", "of: account\non: [account.created, account.changed]")
RULES = rules(QUICK, VOCABULARY, TO_ALL)
MATCHER = matcher_for(RULES)
ACCOUNTS, PEOPLE = ("A-1", "A-2", "A-3"), ("wei", "ana")
BEGINNING = at("2026-01-05 10:00")

steps = st.tuples(
    st.sampled_from(["claim", "return", "touch", "late touch", "owner", "late owner", "tin", "deal", "late deal", "lose",
                     "merge", "unmerge", "tick", "out"]),
    st.sampled_from(ACCOUNTS), st.sampled_from(PEOPLE), st.integers(1, 60),
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, people, and a deal of the first two customers."""
    path = tmp_path_factory.mktemp("pool") / "empty.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    record_many(Dealwright(database, RULES, MATCHER, lambda: BEGINNING), STAFF)
    database.close()
    return path


KINDS = {
    "claim": "account.claimed", "return": "account.returned", "touch": "activity.logged", "late touch": "activity.logged",
    "owner": "account.changed", "late owner": "account.changed", "tin": "account.changed", "deal": "deal.changed",
    "late deal": "deal.changed", "lose": "deal.lost", "merge": "account.merged", "unmerge": "account.unmerged",
    "out": "person.out_of_office",
}  # fmt: skip


def live(dw: Dealwright, told: Sequence[tuple[str, str, str, int]]) -> None:
    """Everything that happens, hours after one another, through the door of every event."""
    now = BEGINNING
    first = ({"owner": "wei"}, {}, {"industry": "tin"})
    record_many(
        dw, [event("account.changed", id, "2026-01-05 10:00", **body) for id, body in zip(ACCOUNTS, first, strict=True)]
    )
    record_many(
        dw, [event("deal.created", f"D-{id}", "2026-01-05 11:00", owner="wei", account=id) for id in ACCOUNTS[:2]]
    )
    for number, (what, account, person, hours) in enumerate(told):
        now += timedelta(hours=hours)
        if what == "tick":
            tick(dw, now)
            continue
        kind = KINDS[what]
        deal = f"D-{'A-2' if account == 'A-2' else 'A-1'}"
        subject = person if what == "out" else deal if kind.startswith(("deal.", "activity.")) else account
        body: dict[str, object] = {"reason": "x"} if what in ("return", "unmerge") else {}
        body |= {"kind": "call", "by": person} if "touch" in what else {}
        body |= {"owner": person} if "owner" in what else {}
        body |= {"industry": "tin"} if what == "tin" else {}
        body |= {"account": f"A-{hours % 6 + 1}"} if kind == "deal.changed" else {}
        body |= {"loss_reason": "x"} if what == "lose" else {}
        body |= {"into": ACCOUNTS[hours % 3]} if what == "merge" else {}
        body |= {"until_at": now + timedelta(hours=5)} if what == "out" else {}
        moment = now - timedelta(hours=30) if what.startswith("late") else now
        one = replace(event(kind, subject, "2026-01-05", str(number), person, **body), at=moment)
        record_many(dw, [replace(one, on=moment.astimezone(dw.zone).date())])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=5, max_size=25))
def test_whatever_happens(empty: Path, told: list[tuple[str, str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(empty, f"{folder}/p.db")
        database = open_database(f"sqlite:///{folder}/p.db")
        dw = Dealwright(database, RULES, MATCHER, lambda: BEGINNING, working=WorkingSet())
        live(dw, told)
        with database.unit() as unit:
            state = SqlState(unit)
            accounts, holdings = all_records(unit, Account), {one.id: one for one in all_records(unit, Holding)}
            handovers = all_records(unit, Handover)
            end = max((version.at for account in accounts for version in account.versions), default=BEGINNING)
            merged = max((word.at for account in accounts for word in account.merges), default=end)
            for account in accounts:
                held = holdings[f"{OF_ACCOUNT}{account.id}"]
                if account.survivor:
                    assert held.state == "out", held
                    continue
                company = as_known(account.id, state, max(end, merged))
                assert company is not None
                owner = str(company.facts.get("owner") or "")
                assert (held.state, held.owner) == ("held" if owner else "pooled", owner), (account, held)
                assert account.id in state.in_hand("account", str(account.facts.get("owner") or ""))
        # What came back by a rule, nobody was left with; limits hold whichever way one came to somebody.
        by_day = Counter((one.to, one.on) for one in handovers if one.how == "claimed")
        assert not by_day or max(by_day.values()) <= 2
        assert len({one.id for one in handovers}) == len(handovers)
        assert [differ for _, _, differ in replay(dw) if differ] == []
        database.close()
