"""Scores from the door to the ledger and the payee's page."""

from pathlib import Path

from engine.app.calculating.calculation import Calculated, calculate
from engine.app.dealwright import Dealwright
from engine.app.earnings import my_earnings
from engine.app.recording import record, record_many
from engine.app.replaying import replay
from engine.app.views.users import User
from engine.core.rules.header import Title
from engine.intake.events import EventReader, event_from_raw
from engine.store.runs import RunBook
from tests.app_house import event, sale, staffed, tell

FINANCE = User("he-ping", Title("He Ping", "何平"), "he-ping", ("finance",), "en")


def given(
    kpi: str, value: str, when: str = "2026-04-03", period: str = "2026-Q1", key: str = "", actor: str = "wu-fang"
):
    """What Chen Wei's manager tells."""
    body = {"scorecard": "account-executive", "kpi": kpi, "period": period, "value": value}
    return event("score.given", "chen-wei", when, key or f"{kpi} {value} {when}", actor, **body)


def earned(dw: Dealwright, period: str) -> dict[str, str]:
    """What each component of Chen Wei's earns to date, when the period is calculated."""
    run = calculate(dw, period, "he-ping")
    assert isinstance(run, Calculated)
    with dw.database.unit() as unit:
        return {line.component: str(line.earned) for line in RunBook(unit).lines(run.id, "chen-wei") if not line.deal}


def test_the_same_scores_in_any_order_and_twice_lead_to_the_same_pay(tmp_path: Path) -> None:
    told = [given("records", "10%"), given("records", "90%", "2026-04-05"), given("customer-satisfaction", "95%")]
    found = []
    for number, order in enumerate((told, [*told[::-1], told[0]])):
        dw = staffed(tmp_path / f"{number}.db")
        tell(dw, *sale("D-1", "2026-03-16", "106_250 CNY"), *sale("D-2", "2026-03-17", "106_250 CNY"))
        found.append([one.status for one in record_many(dw, order)])
        # 100 % of the quota of 212,500: 50 points, 30 and 18 more.
        assert earned(dw, "2026-03") == {"quarterly-kpi": "3,600.00 CNY"}
        assert all(differ == 0 for _, _, differ in replay(dw))
    assert found == [["recorded"] * 3, ["recorded"] * 3 + ["repeated"]]


def test_the_page_of_a_payee_shows_how_the_score_stands_and_what_it_waits_for(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    tell(dw, *sale("D-1", "2026-02-16", "106_250 CNY"))
    (row,) = my_earnings(dw, "chen-wei", "2026-02", FINANCE).scores
    assert (row.score, row.grade, row.counts) == ("", "", False)
    assert row.sentence.en.endswith("no score yet, because the value of Records kept has not been told")
    assert [(kpi.title.zh, kpi.value, kpi.points) for kpi in row.kpis[:2]] == [
        ("销售额", "50%", "50"),
        ("客户满意度", "", ""),
    ]
    tell(dw, given("records", "80%", "2026-02-20"))
    (row,) = my_earnings(dw, "chen-wei", "2026-02", FINANCE).scores
    assert row.sentence.zh.startswith("客户经理绩效考核，2026-Q1：目前 ")
    (row,) = my_earnings(dw, "chen-wei", "2026-03", FINANCE).scores
    # 50 and 20 of seven tenths: 25 and 16 of 70.
    assert (row.score, row.grade, row.multiplier, row.counts) == ("58.5714…", "D", "0", True)


def test_a_score_that_comes_before_its_person_waits(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    early = event(
        "score.given", "new", "2026-04-03", scorecard="account-executive", kpi="records", period="2026-Q1", value="80%"
    )
    assert record(dw, early).status == "quarantined"
    tell(dw, event("person.joined", "new", "2026-01-05", name="New", role="account_executive"))
    assert all(differ == 0 for _, _, differ in replay(dw))
    assert record(dw, given("records", "90%", actor="chen-wei")).status == "refused"


def test_the_door_takes_numbers_and_percents_and_nothing_else(tmp_path: Path) -> None:
    dw = staffed(tmp_path / "a.db")
    reader = EventReader.of(dw.rulebook)
    body = {"scorecard": "account-executive", "kpi": "records", "period": "2026-Q1"}
    raw = {"type": "score.given", "subject": "chen-wei", "key": "k", "at": "2026-04-03", "actor": "wu-fang"}
    for value, kept in (("80%", "80%"), ("4.5", "4.5"), (4, "4"), ("-3%", "-3%")):
        found = event_from_raw({**raw, "body": {**body, "value": value}}, reader, "test")
        assert not isinstance(found, tuple) and found.body["value"] == kept
    for value, code in (("good", "I026"), ("8O%", "I026"), (4.5, "I028"), ("80 CNY", "I026"), (None, "I025")):
        found = event_from_raw({**raw, "body": {**body, "value": value}}, reader, "test")
        assert isinstance(found, tuple) and [problem.code for problem in found] == [code], (value, found)
