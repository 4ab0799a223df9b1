"""The customer page: what is one company's, as far as the viewer may see it, in the order in which it happened."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.app import customer_record, customers, timelines
from engine.app.access import NotThere, NotYours
from engine.app.deals import deal_view
from engine.app.dealwright import Dealwright
from engine.app.recording import record_many
from engine.app.ticking import tick
from engine.app.views.customers import CustomerFilter, CustomerView
from engine.app.views.users import User
from engine.core.rules.header import Title
from tests.app_house import STAFF, at, event, house, sale


def viewer(person: str, role: str) -> User:
    return User(person, Title(person, person), person, (role,))


CHEN, LI, WU = viewer("chen-wei", "rep"), viewer("li-na", "rep"), viewer("wu-fang", "manager")
OPS, STRANGER = viewer("guo-hua", "ops"), viewer("thomas-brandt", "manager")
HISTORY = (
    event("account.changed", "A", "2026-03-02 09:00", name="Alpha", industry="Steel", actor="guo-hua"),
    event("account.changed", "B", "2026-03-02 09:10", name="Alfa Ltd"),
    event("contact.changed", "C-1", "2026-03-02 09:20", account="A", name="Wang Min", phone="021"),
    event("contact.changed", "C-2", "2026-03-02 09:30", account="B", name="Ada"),
    event("contact.opted_out", "C-2", "2026-03-02 09:40", channel="email"),
    event(
        "deal.created",
        "D-1",
        "2026-03-02 10:00",
        name="Kiln",
        account="A",
        owner="chen-wei",
        amount="100.00 CNY",
        channel="direct",
    ),
    event(
        "deal.created",
        "D-2",
        "2026-03-02 11:00",
        name="Robots",
        account="B",
        owner="li-na",
        amount="90.00 CNY",
        channel="direct",
    ),
    event("activity.logged", "D-1", "2026-03-03 10:00", kind="call", outcome="no_answer", by="chen-wei"),
    event("account.merged", "B", "2026-03-04 10:00", into="A", reason="one company"),
)


@pytest.fixture
def dw(tmp_path: Path) -> Iterator[Dealwright]:
    found = house(tmp_path / "h.db", at("2026-03-05 10:00"))
    record_many(found, [*STAFF, *HISTORY])
    yield found
    found.database.close()


def types(view: CustomerView) -> list[str]:
    return [one.row.kind for one in view.timeline]


def test_one_company_has_the_people_and_deals_of_both_records(dw: Dealwright) -> None:
    view = customers.customer_view(dw, "B", "", WU)
    assert (view.row.id, view.row.name, view.row.also, view.row.open_deals) == ("A", "Alpha", ("B",), 2)
    assert [contact.name for contact in view.contacts] == ["Ada", "Wang Min"]
    assert [title.en for title in view.contacts[0].unwanted] == ["E-mail"]
    assert {deal.id for deal in view.deals} == {"D-1", "D-2"}
    assert [(one.id, str(one.since_on)) for one in view.merged] == [("B", "2026-03-04")]
    assert "Steel" in {fact.value.en for fact in view.facts}


def test_everything_that_happened_is_there_the_latest_first(dw: Dealwright) -> None:
    found = customers.customer_view(dw, "A", "", WU)
    assert types(found) == [
        "account.merged", "activity.logged", "deal.created", "deal.created", "contact.opted_out", "contact.changed",
        "contact.changed", "account.changed", "account.changed",
    ]  # fmt: skip
    assert [(one.about, one.deal) for one in found.timeline][1:5] == [
        ("Kiln", "D-1"), ("Robots", "D-2"), ("Kiln", "D-1"), ("Ada", ""),
    ]  # fmt: skip


def test_pages_of_what_happened_follow_on_each_other(dw: Dealwright, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = types(customers.customer_view(dw, "A", "", WU))
    monkeypatch.setattr(customer_record, "PAGE", 4)
    first = customers.customer_view(dw, "A", "", WU)
    second = customers.customer_view(dw, "A", first.before, WU)
    third = customers.customer_view(dw, "A", second.before, WU)
    assert [*types(first), *types(second), *types(third)] == whole
    assert (len(first.timeline), len(second.timeline), third.before) == (4, 4, "")


def test_a_representative_sees_their_own_deals_there_and_how_many_are_others(dw: Dealwright) -> None:
    tick(dw, at("2026-03-10 18:00"))
    view = customers.customer_view(dw, "A", "", CHEN)
    assert ([deal.id for deal in view.deals], view.others) == (["D-1"], 1)
    assert {one.deal for one in view.timeline} == {"D-1", ""}
    assert {task.deal for task in view.tasks} == {follow.deal for follow in view.follow_ups} == {"D-1"}


def test_who_has_no_part_in_a_customer_does_not_find_it(dw: Dealwright) -> None:
    with pytest.raises(NotYours):
        customers.customer_view(dw, "A", "", STRANGER)
    with pytest.raises(NotThere):
        customers.customer_view(dw, "Z", "", OPS)
    assert customers.customers(dw, CustomerFilter(), STRANGER).rows == ()


def test_the_list_is_searched_by_every_name_of_a_company(dw: Dealwright) -> None:
    record_many(dw, [event("account.changed", "Z", "2026-03-04", name="Zeta")])
    listed = {
        text: [row.id for row in customers.customers(dw, CustomerFilter(text), OPS).rows] for text in ("", "alfa", "z")
    }
    assert listed == {"": ["A", "Z"], "alfa": ["A"], "z": ["Z"]}
    own = customers.customers(dw, CustomerFilter(), CHEN)
    assert ([(row.id, row.open_deals) for row in own.rows], own.total) == ([("A", 1)], 1)


def test_the_list_goes_on_where_the_page_before_ended(dw: Dealwright, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [event("account.changed", f"N-{n}", "2026-03-04", name="Same" if n % 2 else f"Name {n}") for n in range(7)]
    record_many(dw, names)
    whole = [row.id for row in customers.customers(dw, CustomerFilter(), OPS).rows]
    monkeypatch.setattr(customers, "PAGE", 3)
    found, after = [], ""
    while (page := customers.customers(dw, CustomerFilter(after=after), OPS)).next:
        found, after = [*found, *(row.id for row in page.rows)], page.next
    assert [*found, *(row.id for row in page.rows)] == whole
    assert (len(whole), page.total) == (8, 8)


def test_no_word_of_what_anybody_is_credited(dw: Dealwright) -> None:
    record_many(dw, sale("D-9", "2026-03-04"))
    on_the_deal = [row.detail.en for row in deal_view(dw, "D-9", OPS).timeline]
    assert any("credited" in text for text in on_the_deal)
    said = [one.row.detail.en for one in customers.customer_view(dw, "A-D-9", "", OPS).timeline]
    assert any("cadence begun" in text for text in said)
    assert not any("credited" in text or "bonus" in text for text in said)


def test_merging_and_undoing_it_are_asked_for_on_the_page(dw: Dealwright) -> None:
    assert customers.unmerge(dw, "B", "two after all", WU).status == "recorded"  # type: ignore[union-attr]
    assert customers.customer_view(dw, "B", "", WU).row.id == "B"
    dw = replace(dw, now=lambda: at("2026-03-05 10:01"))
    assert customers.merge(dw, "A", "B", "one again", WU).status == "recorded"  # type: ignore[union-attr]
    assert customers.customer_view(dw, "A", "", WU).row.id == "B"
    assert customers.merge(dw, "B", "A", "a circle", WU).refused.code == "E250"  # type: ignore[union-attr]


def test_nobody_merges_a_customer_that_is_not_theirs(dw: Dealwright) -> None:
    record_many(dw, [event("account.changed", "Z", "2026-03-04", name="Zeta")])
    for one, into, who in (("Z", "A", WU), ("A", "Z", CHEN), ("A", "Z", STRANGER)):
        with pytest.raises(NotYours):
            customers.merge(dw, one, into, "", who)


def test_a_customer_that_is_not_theirs_and_one_that_nobody_knows_are_no_place_to_merge_into(dw: Dealwright) -> None:
    record_many(dw, [event("account.changed", "Z", "2026-03-04", name="Zeta")])
    for into in ("Z", "Q"):
        assert [one.code for one in customers.merge(dw, "A", into, "", WU)] == ["E253"]  # type: ignore[union-attr]
    assert customers.merge(dw, "A", "Z", "", OPS).status == "recorded"  # type: ignore[union-attr]


def test_tickets_stand_in_the_same_story(dw: Dealwright) -> None:
    record_many(dw, [event("ticket.opened", "T-1", "2026-03-04 12:00", account="B", topic="Leak")])
    first = customers.customer_view(dw, "A", "", CHEN).timeline[0]
    assert (first.row.kind, first.about) == ("ticket.opened", "T-1")


def test_every_word_of_a_customers_story_is_in_both_languages() -> None:
    """Whatever deciders keep of tasks, follow-ups and hands is told in words of ours, or not at all."""
    source = "\n".join(
        path.read_text("utf-8") for path in (Path(timelines.__file__).parents[1] / "core" / "workflow").glob("*.py")
    )
    kept = {
        *re.findall(r'keep\("([a-z_]+)"', source),
        *re.findall(r', "(lent|escalated|delegated|given_back)"\)', source),
    }
    told = {what for _, what in timelines._KEPT}
    of_deals = {"fact_set", "due_moved", "opened"}
    assert kept - told - {*timelines._SILENT} - of_deals == set()
