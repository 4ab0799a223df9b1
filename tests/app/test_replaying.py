"""A replay goes by the rules that decided each event: what a newer release says changes nothing of what was before it."""

from dataclasses import replace
from pathlib import Path

from engine.app.dealwright import matcher_for
from engine.app.recording import record_many
from engine.app.releasing import release
from engine.app.replaying import Span, lost_rules, replay, spans
from engine.app.ticking import tick
from engine.core.events import Event
from engine.core.records import Holding, Task
from engine.rulefiles.loading import load_texts, read_folder
from engine.store.reading import all_records
from tests.app.test_following import edit, opened
from tests.app_house import RULES, STAFF, at, event, staffed, tell


def test_events_before_and_after_a_release_are_decided_by_their_own_rules(tmp_path: Path) -> None:
    first = opened(tmp_path)
    record_many(first, list(STAFF))
    tell(first, lead("D-1", "2026-03-02 10:00"))
    edit(tmp_path, "due_in: 4 business hours", "due_in: 2 business hours")
    assert release(opened(tmp_path), "sooner", "guo-hua", "he-ping").problems == ()
    second = opened(tmp_path)
    tell(second, lead("D-2", "2026-03-02 10:00"))
    with second.database.unit() as unit:
        due = {task.deal: task.due_at.hour for task in all_records(unit, Task)}
    assert due == {"D-1": 7, "D-2": 4}  # 15:00 with the midday break, and 12:00, in Shanghai
    seq = len(STAFF) + 2
    assert spans(second) == (
        Span(1, seq, first.rulebook.fingerprint),
        Span(seq, None, second.rulebook.fingerprint),
    )
    assert [differ for _, _, differ in replay(second) if differ] == []
    assert lost_rules(second) == ()


def test_a_pool_released_later_looks_at_who_was_there_before_and_a_replay_does_so_too(tmp_path: Path) -> None:
    first = opened(tmp_path)
    record_many(first, list(STAFF))
    tell(first, event("account.changed", "A-1", "2026-03-02 10:00", owner="chen-wei", size="small"))
    tick(first, at("2026-03-03 10:00"))
    edit(tmp_path, 'covers: account.size = "medium"', "covers: account.owner is set", "pools/customers.yaml")
    assert release(opened(tmp_path), "all of them", "guo-hua", "he-ping").problems == ()
    second = opened(tmp_path)
    assert tick(second, at("2026-03-04 10:00")).deals == 1
    with second.database.unit() as unit:
        (held,) = (one for one in all_records(unit, Holding) if one.account == "A-1")
    assert (held.state, held.owner, held.recycle_at) == ("held", "chen-wei", at("2026-05-06 09:00"))
    # A process that was started before the release goes by the older rules; it does not look everything over by them.
    assert tick(first, at("2026-03-05 10:00")).deals == 0
    assert tick(opened(tmp_path), at("2026-03-05 10:00")).deals == 0
    assert [differ for _, _, differ in replay(second) if differ] == []


def test_rules_that_were_never_released_are_named_and_those_of_the_house_take_their_place(tmp_path: Path) -> None:
    house = staffed(tmp_path / "b.db")
    tell(house, lead("D-1", "2026-03-02 10:00"))
    assert lost_rules(house) == ()
    edited = load_texts({path: text.replace("due_in: 4 business hours", "due_in: 2 business hours")
                         for path, text in dict(read_folder(RULES)[0]).items()}).rulebook  # fmt: skip
    assert edited is not None
    other = replace(house, rulebook=edited, matcher=matcher_for(edited))
    tell(other, lead("D-2", "2026-03-02 10:00"))
    assert lost_rules(other) == (house.rulebook.fingerprint,)
    assert {kind: differ for kind, _, differ in replay(other) if differ} == {"enrolment": 1, "task": 1}


def lead(deal: str, at: str) -> Event:
    """A lead that the sample cadence follows up."""
    return event("deal.created", deal, at, owner="chen-wei", amount="50_000 CNY", channel="direct", account=f"A-{deal}",
                 product_line="hardware")  # fmt: skip
