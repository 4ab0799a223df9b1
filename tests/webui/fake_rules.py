"""A made-up rule folder: one plan with two mistakes, one sound pipeline."""

from datetime import date

from engine.app.views.rules import RuleFileView, RuleList, RuleRow
from engine.core.problems import Place, Problem
from engine.core.rules.header import Title

PLAN_FILE = "plans/account-executive.yaml"
PLAN_TEXT = """\
# yaml-language-server: $schema=../schemas/plan.json
plan: account-executive
title: {en: Account executive 2026, zh: 客户经理 2026}
in_force: {from: 2026-01-01, until: 2027-01-01}
pays: owner.role = "account_executive"
currency: CNY
period: quarter
credits:
  - credit: bookings
    on: deal.won
    when: deal.pipeline = "standard"
    amount: deal.amount
    to: {split: deal.team, rest: deal.owner}
components:
  - commission: bookings-commission
    title: {en: Bookings commission, zh: 签约提成}
    of: bookings
    measured_over: quarter
    quota: targets.bookings-2026
    rates:
      by: attainment
      method: marginal
      deal_that_crosses: split
      tiers:
        - {from: 0%, rate: 5%}
        - {from: 50%, rate: 8%}
        - {from: 100%, rate: 12%}
        - {from: 150%, rate: 15%}
    per_deal: {at_most: 80_000 CNY}
    release: [{share: 50%, on: deal.won}, {share: 50%, on: payment.received, pro_rata: yes}]
  - bonus: new-logo-spiff
    on: deal.won
    when: account.is_new
    amount: 1_000 XXX
"""
PIPELINE_FILE = "pipelines/standard.yaml"
PIPELINE_TEXT = "pipeline: standard\ntitle: {en: Standard sale, zh: 标准销售}\nstages:\n  - stage: lead\n"
FILES = {PLAN_FILE: PLAN_TEXT, PIPELINE_FILE: PIPELINE_TEXT}


def problems_in(path: str, text: str) -> tuple[Problem, ...]:
    """Every place that says XXX for a currency."""
    return tuple(
        Problem("R163", Place(path, number, line.index("XXX") + 1), {"found": "XXX", "near": "XAF"}, line, 3)
        for number, line in enumerate(text.split("\n"), start=1)
        if "XXX" in line
    )


def row(kind: str, id: str, title: tuple[str, str], path: str, status: str = "in_force") -> RuleRow:
    """A rule in force this year."""
    count = len(problems_in(path, FILES.get(path, "")))
    return RuleRow(
        kind,
        id,
        Title(*title),
        Place(path, 2, 1),
        status,
        date(2026, 1, 1),
        date(2027, 1, 1),
        f"{kind}:{id}@7d0c2e91ab44",
        count,
    )


ROWS = (
    row("plan", "account-executive", ("Account executive 2026", "客户经理 2026"), PLAN_FILE),
    row("pipeline", "standard", ("Standard sale", "标准销售"), PIPELINE_FILE),
    row("cadence", "new-lead", ("New lead follow-up", "新线索跟进"), "cadences/new-lead.yaml"),
    row("automation", "big-deal-alert", ("Big deal alert", "大单提醒"), "automations/big-deal-alert.yaml", "scheduled"),
    row("calendar", "cn", ("China", "中国"), "calendars/cn.yaml"),
)


def listing() -> RuleList:
    """All rules."""
    return RuleList(ROWS, problems_in(PLAN_FILE, PLAN_TEXT), "9f8e7d6c5b4a39281706")


def file_view(path: str, digest: str) -> RuleFileView:
    """One file."""
    rules = tuple(each for each in ROWS if each.place.file == path)
    return RuleFileView(path, FILES[path], digest, rules, problems_in(path, FILES[path]))
