"""Statements and explanations: opening, rows and closing add up; every word is there in both languages."""

import os
from pathlib import Path

import pytest

from engine.core.incentives.explain import arithmetic, explain_line, explain_statement, step_words, unwinding
from engine.core.incentives.ledger import adjustment
from engine.core.incentives.lines import STEPS
from engine.core.incentives.payouts import differences, draft_run, payments, posted_by_line
from engine.core.incentives.statements import Statement, statement
from engine.core.incentives.step_texts import REASON_TEXTS, STEP_TEXTS, STEP_TITLES
from engine.core.money import Money
from tests.core.incentives.simple import NEW_YEAR
from tests.core.incentives.world import World, cny, quota, rulebook

GOLDEN = Path(__file__).parents[2] / "golden" / "statements"
PLAN = """
plan: account-executive
title: {en: Account executive, zh: 客户经理}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
components:
  - commission: bookings-commission
    of: bookings
    quota: quota
    rates:
      by: attainment
      method: marginal
      tiers: [{from: 0%, rate: 5%}, {from: 50%, rate: 8%}, {from: 100%, rate: 12%}]
    per_deal: {at_most: 80_000 CNY}
    multiply: if deal.kind = "renewal" then 0.5 else 1
    cap: {at_most: 12_000 CNY}
    release: [{share: 50%, on: deal.won}, {share: 50%, on: payment.received, pro_rata: yes}]
    clawback: {on: deal.cancelled, within: 180 days, share: 100%, attainment: reversed, through_tiers: from_top}
"""


def played() -> tuple[World, list[object], Statement]:
    """Ann's first half of the year: two runs, a payment, a cancellation, and the statement of the second quarter."""
    world = (
        World(rulebook(plan=PLAN)).person("ann").keep(quota("ann", cny(120_000)), quota("ann", cny(120_000), "2026-Q2"))
    )
    world.win("D1", cny(100_000), "2026-02-02", kind="new").win("D2", cny(50_000), "2026-03-02", kind="new")
    world.happen("payment.received", "D1", "2026-03-05", amount=cny(25_000))
    first = differences(world.lines("ann", "2026-03-31"), {}, "2026-Q1")
    run, entries = draft_run("2026-Q1", "", first, "r1", "prep", NEW_YEAR)
    book = [*entries, *payments(entries, run)]
    world.win("D3", Money.parse("10_000 USD"), "2026-04-10", kind="renewal").happen(
        "deal.cancelled", "D2", "2026-05-20", reason="x"
    )
    second = differences(world.lines("ann", "2026-06-30"), posted_by_line(book), "2026-Q2")
    now = [*draft_run("2026-Q2", run.id, second, "r1", "prep", NEW_YEAR)[1]]
    now.append(adjustment("ann", cny(88), "2026-Q2", "2026-Q1", "fin", "Travel, case 7", "case-7"))
    return world, [*book, *now], statement("ann", "2026-Q2", "CNY", book, now)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_statement_reads_as_the_golden_one(language: str) -> None:
    world, _, made = played()
    lines = {line.key: line for line in world.lines("ann", "2026-06-30")}
    told = [*explain_statement(made, lines, language)]  # type: ignore[arg-type]
    for line in lines.values():
        told += ["", f"{line.component} {line.deal}", *explain_line(line, language)]  # type: ignore[arg-type]
    text = "\n".join(told) + "\n"
    file = GOLDEN / f"ann-2026-Q2.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_opening_and_rows_come_to_closing() -> None:
    _, _, made = played()
    for name, column in (("earned", "earned"), ("paid", "paid")):
        moved = sum(getattr(row, column).minor for row in made.rows)
        assert getattr(made.opening, name).minor + moved == getattr(made.closing, name).minor
    released = sum(row.released.minor for row in made.rows)
    opening, closing = made.opening.payable + made.opening.paid, made.closing.payable + made.closing.paid
    assert opening.minor + released == closing.minor
    assert made.closing.earned == made.closing.held + made.closing.payable + made.closing.paid


def test_a_statement_says_the_same_again_and_nothing_of_others() -> None:
    _, book, made = played()
    assert played()[2] == made
    assert {entry for row in made.rows for entry in row.entries} < {entry.id for entry in book}  # type: ignore[attr-defined]
    assert statement("bo", "2026-Q2", "CNY", book, book).rows == ()  # type: ignore[arg-type]


def test_the_arithmetic_of_a_line_and_of_its_clawback_can_be_followed() -> None:
    world, _, _ = played()
    first, second, third = world.lines("ann", "2026-06-30")
    assert arithmetic(first) == "60,000.00 × 5% + 40,000.00 × 8% = 6,200.00 CNY"
    assert arithmetic(second) == "20,000.00 × 8% + 30,000.00 × 12% = 5,200.00 CNY"
    assert unwinding(second) == "-20,000.00 × 8% − 30,000.00 × 12% = -5,200.00 CNY"
    assert (second.earned, second.held, second.taken_back) == (cny(0), cny(0), cny(5_200))
    assert arithmetic(third) == "60,000.00 × 5% + 11,000.00 × 8% = 3,880.00 CNY"
    assert third.earned == cny(1_940)
    assert ("deal.kind", "renewal") in third.cause.facts


def test_every_step_that_can_be_told_has_words_in_both_languages_and_none_is_left_over() -> None:
    assert tuple(STEP_TITLES) == STEPS
    assert {key.split(".")[0] for key in STEP_TEXTS} == set(STEPS)
    for english, chinese in (*STEP_TEXTS.values(), *REASON_TEXTS.values()):
        assert english and chinese and not any(letter >= "一" for letter in english)
    world, _, _ = played()
    for line in world.lines("ann"):
        for step in line.steps:
            assert step_words(step, "en") != step_words(step, "zh")
