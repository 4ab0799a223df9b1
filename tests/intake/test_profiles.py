"""Import profiles: other people's headers, words, dates and numbers become events, visibly and exactly."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.money import Money, Rounding
from engine.core.problems import Place
from engine.core.rules.profile import Column
from engine.intake.cells import cell_value, id_of, value_text
from engine.intake.files import Delivery
from engine.intake.slips import Slipped
from engine.rulefiles.loading import load_texts
from tests.intake.conftest import rules

Delivered = Callable[..., Delivery]

CRM = """
profile: crm
title: {en: A CRM, zh: 某 CRM}
source: crm
zone: America/Sao_Paulo
columns:
  deal: {header: [编号, Id], needed: yes}
  name: {header: 名称}
  stage: {header: 阶段, values: {赢单: won, 新建: lead}}
  amount: {header: 金额, is: money, currency: <currency>, drop: [¥], round: half_up}
  currency: {header: 币种, optional: yes, empty: CNY, values: {美元: USD}, otherwise: keep}
  made: {header: 创建, is: instant, needed: yes, format: ["YYYY-MM-DD HH:mm", "D MMM, YYYY HH:mm:ss"]}
  closed: {header: 成交, is: date, format: [YYYY/M/D, YYYY年M月D日]}
events:
  - event: deal.created
    subject: <deal>
    key: <deal>/created
    at: <made>
    body: {name: "<name> (<stage>)", amount: <amount>}
  - event: deal.won
    when: {stage: won}
    if_set: [closed]
    subject: <deal>
    key: <deal>/won
    at: <closed>
"""
HEADER = "编号,名称,阶段,金额,币种,创建,成交,备注\n"


def codes(delivery: Delivery) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in delivery.problems]


def test_one_row_makes_the_events_that_its_stage_asks_for(delivered: Delivered) -> None:
    text = HEADER + '1,甲,赢单,"¥1,234.505",,2026-01-02 10:00,2026/3/4,x\n2,乙,新建,7,美元,"3 Jan, 2026 11:30:00",,\n'
    delivery = delivered("d.csv", text, CRM)
    created, other, won = delivery.events
    assert created.body == {"name": "甲 (won)", "amount": Money(123451, "CNY")}
    assert created.at == datetime(2026, 1, 2, 13, tzinfo=UTC) and created.source == "crm"
    assert other.body["amount"] == Money(700, "USD")
    assert (won.type, won.on, won.key) == ("deal.won", date(2026, 3, 4), "1/won")
    assert delivery.summary.ignored == ("备注",)


def test_a_row_is_all_or_nothing_and_every_cell_is_told(delivered: Delivered) -> None:
    text = HEADER + "1,甲,赢了,abc,,昨天,2026/2/30,\n2,乙,新建,7,,2026-01-03 11:30,,\n"
    delivery = delivered("d.csv", text, CRM)
    assert [event.subject for event in delivery.events] == ["2"]
    assert [(p.code, p.place.line, p.place.column) for p in delivery.problems] == [
        ("I040", 2, 3),
        ("I043", 2, 4),
        ("I041", 2, 6),
        ("I041", 2, 7),
    ]
    assert "赢单" in delivery.problems[0].message("zh")
    assert all(problem.remedy("en") and problem.remedy("zh") for problem in delivery.problems)


def test_full_width_digits_in_a_cell_are_named(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + "1,甲,新建,１２,,2026-01-02 10:00,,\n", CRM)
    assert codes(delivery) == ["I026"] and "１" in delivery.problems[0].message()


def test_an_unknown_currency_in_a_row_is_refused_at_the_amount(delivered: Delivered) -> None:
    delivery = delivered("d.csv", HEADER + "1,甲,新建,12,RMB,2026-01-02 10:00,,\n", CRM)
    assert codes(delivery) == ["I026"] and delivery.problems[0].place.column == 4


def test_a_missing_column_is_named_once_with_the_headers_there_are(delivered: Delivered) -> None:
    delivery = delivered("d.csv", "编号,名称,阶段,金额,创建日\n1,a,赢单,1,x\n", CRM)
    assert codes(delivery) == ["I006", "I006"] and delivery.events == ()
    assert "创建日" in delivery.problems[0].message()


def test_an_empty_cell_that_a_key_needs_refuses_the_row(delivered: Delivered) -> None:
    profile = CRM.replace("header: [编号, Id], needed: yes", "header: [编号, Id]")
    delivery = delivered("d.csv", HEADER + ",甲,新建,12,,2026-01-02 10:00,,\n", profile)
    assert set(codes(delivery)) == {"I045"}


def test_decimals_that_do_not_fit_are_refused_unless_the_profile_rounds(delivered: Delivered) -> None:
    row = HEADER + "1,甲,新建,12.345,,2026-01-02 10:00,,\n"
    assert codes(delivered("d.csv", row, CRM.replace(", round: half_up", ""))) == ["I046"]
    assert delivered("d.csv", row, CRM).events[0].body["amount"] == Money(1235, "CNY")


LINES = """
profile: lines
title: {en: Order lines, zh: 订单行}
columns:
  order: {header: order}
  amount: {header: amount, is: money, currency: CNY, round: half_up}
group: {by: order, sum: [amount]}
events:
  - {event: deal.created, subject: <order>, key: <order>, at: 2026-01-01, body: {amount: <amount>}}
"""


def test_lines_of_an_order_add_up_exactly_and_are_rounded_once(delivered: Delivered) -> None:
    delivery = delivered("d.csv", "order,amount\nA,0.004\nA,0.004\nA,0.004\nB,0.005\n", LINES)
    assert {e.subject: e.body["amount"] for e in delivery.events} == {"A": Money(1, "CNY"), "B": Money(1, "CNY")}
    assert delivery.summary.rows == 4


def test_one_bad_line_refuses_its_order_only(delivered: Delivered) -> None:
    delivery = delivered("d.csv", "order,amount\nA,1\nA,x\nB,1\n", LINES)
    assert [event.subject for event in delivery.events] == ["B"]
    assert (delivery.summary.rows_refused, codes(delivery)) == (2, ["I043"])


PARTS = """
profile: parts
title: {en: Instalments, zh: 分期}
columns:
  deal: {header: deal, lookup: [{file: orders.csv, by: order, give: deal}]}
  order: {header: deal}
  paid: {header: paid, is: date}
  parts: {header: parts, is: number}
  amount: {header: amount, is: money, currency: CNY}
events:
  - event: payment.received
    repeat: {times: parts, every: 1 months, split: amount}
    subject: <deal>
    key: <order>/<part>
    at: <paid>
    body: {amount: <amount>, instalment: <part>}
"""


def test_a_payment_in_parts_is_as_many_payments_that_sum_to_it(delivered: Delivered) -> None:
    delivery = delivered(
        "d.csv", "deal,paid,parts,amount\nO-1,2026-01-31,3,100\n", PARTS, orders="order,deal\nO-1,D-1\n"
    )
    assert [(e.subject, e.key, e.on, e.body["amount"], e.body["instalment"]) for e in delivery.events] == [
        ("D-1", "O-1/1", date(2026, 1, 31), Money(3334, "CNY"), 1),
        ("D-1", "O-1/2", date(2026, 2, 28), Money(3333, "CNY"), 2),
        ("D-1", "O-1/3", date(2026, 3, 31), Money(3333, "CNY"), 3),
    ]


@pytest.mark.parametrize("parts", ["0", "-1", "1.5", "121", ""])
def test_a_number_of_parts_is_a_number_of_parts(delivered: Delivered, parts: str) -> None:
    delivery = delivered(
        "d.csv", f"deal,paid,parts,amount\nO-1,2026-01-31,{parts},1\n", PARTS, orders="order,deal\nO-1,D\n"
    )
    assert codes(delivery) == ["I048"]


def test_what_a_second_file_does_not_list_is_refused_by_name(delivered: Delivered) -> None:
    text = "deal,paid,parts,amount\nO-2,2026-01-31,1,1\n"
    delivery = delivered("d.csv", text, PARTS, orders="order,deal\nO-1,D-1\n")
    assert codes(delivery) == ["I044"] and "orders.csv" in delivery.problems[0].message()
    assert codes(delivered("d.csv", text, PARTS, orders="order,nothing\n")) == ["I047"]


def test_a_second_file_that_is_not_there_is_said_once(delivered: Delivered) -> None:
    assert codes(delivered("d.csv", "deal,paid,parts,amount\nO-1,2026-01-31,1,1\n", PARTS)) == ["I047"]


ONCE = """
profile: people
title: {en: People, zh: 人员}
columns: {boss: {header: boss, is: id}, name: {header: boss}}
events:
  - {event: person.joined, once: yes, subject: <boss>, key: <boss>, at: 2026-01-01, body: {name: <name>}}
  - {event: person.changed, subject: <boss>, key: "<boss>/<digest>", at: 2026-01-01}
"""


def test_once_means_the_first_row_of_a_key(delivered: Delivered) -> None:
    delivery = delivered("d.csv", "boss,x\nJosé Saraiva,1\njosé  saraiva,2\n张伟,3\n", ONCE)
    assert [event.key for event in delivery.events if event.type == "person.joined"] == ["jose-saraiva", "张伟"]
    assert len({event.key for event in delivery.events}) == 5


# cells


def column(kind: str, **fields: object) -> Column:
    """A column of that kind."""
    return Column("c", ("C",), kind, Place("p.yaml"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "cell", "text"),
    [
        ({"kind": "percent_points"}, "60", "60%"),
        ({"kind": "ratio"}, "0.125", "12.5%"),
        ({"kind": "percent"}, "7.5%", "7.5%"),
        ({"kind": "number", "thousands": ".", "decimal": ","}, "1.234,5", "1234.5"),
        ({"kind": "number"}, "1 234", "1234"),
        ({"kind": "number", "times": Fraction(10_000)}, "1.5", "15000"),
        ({"kind": "id"}, "Anna  Müller ", "anna-muller"),
        ({"kind": "date", "formats": ("D MMM, YYYY",)}, "5 March, 2026", "2026-03-05"),
        ({"kind": "date", "formats": ("MM-DD-YYYY", "YYYY年M月D日")}, "2026年3月5日", "2026-03-05"),
        ({"kind": "text"}, "x", "x"),
    ],
)
def test_a_cell_is_read_as_its_column_says(fields: dict[str, object], cell: str, text: str) -> None:
    made = column(**fields)  # type: ignore[arg-type]
    assert value_text(made, cell_value(made, cell, UTC), "") == text


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("percent", "60"),
        ("number", "1e3"),
        ("number", "0x10"),
        ("number", "1-2"),
        ("number", ""),
        ("number", "½"),
        ("date", "2026-02-29"),
        ("date", "2026-1-1x"),
    ],
)
def test_what_a_column_does_not_understand_is_never_guessed(kind: str, cell: str) -> None:
    made = column(kind, formats=("YYYY-M-D",) if kind == "date" else ())
    if not cell:
        assert cell_value(made, cell, UTC) is None
        return
    with pytest.raises(Slipped):
        cell_value(made, cell, UTC)


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14))
def test_money_written_with_thousands_comes_back_to_the_cent(minor: int) -> None:
    made = column("money", rounding=Rounding.HALF_UP)
    written = str(Money(minor, "CNY")).removesuffix(" CNY")
    assert value_text(made, cell_value(made, written, UTC), "CNY") == f"{written} CNY"


@given(st.text(max_size=30))
def test_an_id_of_an_id_is_itself(name: str) -> None:
    assert id_of(id_of(name)) == id_of(name)


# profiles as they are written


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("subject: <deal>\n    key: <deal>/won", "subject: <dael>\n    key: <deal>/won", "I050"),
        ("when: {stage: won}", "when: {stag: won}", "I050"),
        ("if_set: [closed]", "if_set: [close]", "I050"),
        ("D MMM, YYYY HH:mm:ss", "D Monat YYYY", "I051"),
        ("header: 名称}", "header: 名称, round: half_up}", "I052"),
        (", currency: <currency>", "", "I053"),
        ("currency: <currency>", "currency: RMB", "R163"),
        ("event: deal.won", "event: deal.cancelled", "I054"),
        ('name: "<name> (<stage>)"', "nam: x", "I023"),
        ("event: deal.won", "event: deal.vown", "R172"),
        ("is: date", "is: dates", "R172"),
        ("empty: CNY", "empty: <closed>", "I050"),
        ("currency: <currency>", "currency: CNY, empty: 1000", "I057"),
        ("currency: <currency>", "currency: CNY, empty: 1000 RMB", "I057"),
        ("columns:", "colums:", "R030"),
        ("key: <deal>/won", "key: <Deal>/won", "R048"),
    ],
)
def test_a_profile_that_cannot_work_is_refused_when_it_is_loaded(old: str, new: str, code: str) -> None:
    assert old in CRM
    problems = load_texts(rules(CRM.replace(old, new))).problems
    assert code in [problem.code for problem in problems], [problem.render() for problem in problems]
    assert all(problem.render("zh") for problem in problems)


@pytest.mark.parametrize(
    ("kind", "empty", "wrong"),
    [
        ("money", "1000 CNY", "1000"), ("number", "12", "twelve"), ("percent", "60%", "60"), ("percent_points", "60%", "60"),
        ("ratio", "60%", "0.6"), ("date", "2026-03-31", "31.3.2026"), ("instant", "2026-03-31 09:30", "soon"),
        ("yes_no", "'no'", "perhaps"), ("text", "anything", None), ("id", "nobody", None), ("money", "<old>", None),
    ],
)  # fmt: skip
def test_what_stands_for_an_empty_cell_is_a_finished_value(kind: str, empty: str, wrong: str | None) -> None:
    money = ", currency: CNY" if kind == "money" else ""
    text = CRM.replace(
        "columns:\n",
        f"columns:\n  old: {{header: Old, is: {kind}{money}}}\n  new: {{header: New, is: {kind}{money}, empty: {empty}}}\n",
    )
    assert [problem.code for problem in load_texts(rules(text)).problems] == []
    if wrong:
        found = load_texts(rules(text.replace(f"empty: {empty}", f"empty: {wrong}"))).problems
        assert [problem.code for problem in found] == ["I057"]
        assert f"empty: {wrong}" in found[0].message("zh") and empty.strip("'") in found[0].remedy("en")


def test_events_repeat_in_calendar_time_and_sum_what_adds_up() -> None:
    assert "I056" in [p.code for p in load_texts(rules(PARTS.replace("1 months", "2 business days"))).problems]
    assert "I055" in [p.code for p in load_texts(rules(LINES.replace("sum: [amount]", "sum: [order]"))).problems]


def test_every_sample_profile_loads_and_names_its_headers(repo_root: Path) -> None:
    for path in sorted((repo_root / "rules/profiles").glob("*.yaml")):
        loaded = load_texts(rules(path.read_text(encoding="utf-8")))
        assert loaded.rulebook and loaded.rulebook.profiles, [problem.render() for problem in loaded.problems]
