"""Sentences about deals, their stages and what happens to customers and people."""

import re
from datetime import UTC, date, datetime

from engine.app.words import KINDS, RESULTS, word
from engine.core.money import Money
from engine.core.rules.pipeline import Stage
from tests.steps.approvals import agreement
from tests.steps.cast import EVERYBODY
from tests.steps.facts import Table, facts_of
from tests.steps.readings import MORNING, ZONE, WrongSpelling
from tests.steps.repayments import books_repayment
from tests.steps.sentences import given, then, when
from tests.steps.story import Story

_CLOSINGS = {"won": "deal.won", "lost": "deal.lost"}
_PLAIN = {"channel": "direct"}
"""What every deal has unless a table says otherwise."""

_COMPLETE = {
    **_PLAIN,
    "budget": None,
    "product_line": "hardware",
    "decision_maker": "Managing director",
    "contract_signed": True,
}
"""What a deal has that lacks nothing; its budget is its amount."""


@when(
    "on {moment}, {person} opens the deal {deal} over {money}[ and brings it to {stage}]",
    "{moment}，{person}新建 {money} 的商机{deal}[并推进到{stage}]",
)
def opens(
    story: Story,
    moment: datetime,
    person: str,
    deal: str,
    money: Money,
    stage: str = "",
    datatable: Table | None = None,
) -> None:
    """A direct deal with what the table says; brought to a stage, it has everything but a visit and a signed contract."""
    usual = {**(_COMPLETE if stage else _PLAIN), "owner": person, "amount": money}
    usual |= {"budget": money, "contract_signed": None} if stage else {}
    story.tell("deal.created", deal, moment, person, **{**usual, **_facts(story, datatable)})
    if stage:
        ids = [one.id for one in _stages_to_come(story, deal)]
        asked = ids[: ids.index(stage_titled(story, stage).id) + 1]
        call = story.event("activity.logged", deal, moment, person, kind="call", outcome="connected")
        story.deliver(call, *(story.event("deal.stage_asked", deal, moment, person, stage=id) for id in asked))


@when("on {moment}, {person} wins the deal {deal} for {money}", "{moment}，{person}以 {money} 赢下商机{deal}")
def wins(story: Story, moment: datetime, person: str, deal: str, money: Money, datatable: Table | None = None) -> None:
    """A whole sale on one day, with everything that the stages ask for, every approval, and what the table says."""
    _whole_sale(story, moment, person, deal, money, _facts(story, datatable))


def _facts(story: Story, table: Table | None) -> dict[str, object]:
    return facts_of(table, story.house.rulebook) if table else {}


def _whole_sale(story: Story, at: datetime, person: str, deal: str, money: Money, facts: dict[str, object]) -> None:
    complete = {**_COMPLETE, "budget": money, "owner": person, "amount": money, **facts}
    story.tell("deal.created", deal, at, person, **complete)
    # A deal that waits lets the events after it wait as well; what becomes of the last one is what is looked at.
    story.noticed = True
    touches = [
        story.event("activity.logged", deal, at, person, kind=kind, outcome="connected") for kind in ("call", "visit")
    ]
    moves = [story.event("deal.stage_asked", deal, at, person, stage=one.id) for one in _stages_to_come(story, deal)]
    story.deliver(*touches, *moves)
    while said := agreement(story, deal, at):
        story.deliver(*said)
    story.noticed = True
    story.deliver(story.event("deal.won", deal, at, person))


def _stages_to_come(story: Story, deal: str) -> list[Stage]:
    """The open stages after the deal's first; those of the standard sale for a deal that nobody knows yet."""
    with story.state() as state:
        known = state.deal(deal)
    wanted = known.pipeline if known else "standard"
    stages = (stage for p in story.house.rulebook.pipelines if p.header.id == wanted for stage in p.stages[1:])
    return [stage for stage in stages if not stage.closes]


@when("on {moment}, it is recorded about the deal {deal}", "{moment}，为商机{deal}登记如下信息")
def recorded(story: Story, moment: datetime, deal: str, datatable: Table) -> None:
    """New facts of a deal."""
    story.tell("deal.changed", deal, moment, "guo-hua", **facts_of(datatable, story.house.rulebook))


@when(
    "on {moment}, {person} moves the deal {deal} to {stage}[ {how:override}][, because {reason}]",
    "{moment}，{person}将商机{deal}[{how:override}]推进到{stage}[，原因是{reason}]",
)
def moves(story: Story, moment: datetime, person: str, deal: str, stage: str, how: str = "", reason: str = "") -> None:
    """Somebody asks for a stage; the rules say whether they get it. For a lost deal the reason is that of the loss."""
    wanted = stage_titled(story, stage)
    body: dict[str, object] = {"reason": reason or None, "override": bool(how) or None}
    if wanted.closes == "lost":
        body["loss_reason"] = reason or None
    if not wanted.closes:
        body["stage"] = wanted.id
    story.tell(_CLOSINGS.get(wanted.closes, "deal.stage_asked"), deal, moment, person, **body)


@when(
    "on {moment}, {person} {how:hand} the deal {deal}[, because {reason}]",
    "{moment}，{person}{how:hand}商机{deal}[，原因是{reason}]",
)
def hands(story: Story, moment: datetime, person: str, how: str, deal: str, reason: str = "") -> None:
    """Out of the public pool, or back into it; the pool's rules say whether that may be."""
    story.reach(moment)
    story.tell(how, deal, moment, person, reason=reason or None)


@when(
    "on {moment}, {person} is out of office until {until:moment}[ and {other:person} stands in]",
    "{moment}，{person}外出至{until:moment}[，由{other:person}代理]",
)
def is_out(story: Story, moment: datetime, person: str, until: datetime, other: str = "") -> None:
    """Not at work from then on, and back at that moment; whoever stands in is named."""
    more = {"stand_in": other} if other else {}
    story.tell("person.out_of_office", person, moment, person, until_at=until.astimezone(UTC), **more)


def stage_titled(story: Story, title: str) -> Stage:
    """The stage of that title, in whichever pipeline."""
    stages = [stage for pipeline in story.house.rulebook.pipelines for stage in pipeline.stages]
    for stage in stages:
        if title in (stage.title.en, stage.title.zh):
            return stage
    raise WrongSpelling(f"{title!r} is no stage: {', '.join(stage.title.show(story.language) for stage in stages)}")


@when(
    "on {moment}, {person} reopens the deal {deal}, because {reason}",
    "{moment}，{person}重新打开商机{deal}，原因是{reason}",
)
def reopens(story: Story, moment: datetime, person: str, deal: str, reason: str) -> None:
    """A closed deal is worked again."""
    story.tell("deal.reopened", deal, moment, person, reason=reason)


@when("on {moment}, the customer cancels the deal {deal}", "{moment}，客户取消商机{deal}")
def cancels(story: Story, moment: datetime, deal: str) -> None:
    """A won deal is undone."""
    story.tell("deal.cancelled", deal, moment, "guo-hua", reason="customer withdrew")


@when(
    "on {moment}, {money} are received[ for the deal {deal}][ from {payee} as {name}, booked by {person}]",
    "{moment}，[商机{deal}][{payee}以{name}]回款 {money}[，由{person}登记]",
)
def pays(
    story: Story, moment: datetime, money: Money, deal: str = "", payee: str = "", name: str = "", person: str = ""
) -> None:
    """The customer pays some of it; or somebody gives back what they owe apart from their pay, under that reference."""
    if deal:
        story.tell("payment.received", deal, moment, "guo-hua", amount=money)
    else:
        books_repayment(story, moment, payee, money, name, person)


@when(
    "on {moment}, {person} logs the {name} {outcome:name} for the deal {deal}",
    "{moment}，{person}为商机{deal}记录{name}{outcome:name}",
)
def logs(story: Story, moment: datetime, person: str, name: str, outcome: str, deal: str) -> None:
    """A touch and what came of it, in the words of the screens."""
    story.tell("activity.logged", deal, moment, person, kind=code_of(name), outcome=code_of(outcome))


def code_of(shown: str) -> str:
    """The code of a word of the screens: a kind of touch, an outcome."""
    codes = {*KINDS, "done", *(code for found in RESULTS.values() for code in found)}
    words = {text.lower(): code for code in codes for text in (word(code).en, word(code).zh)}
    if shown.lower() not in words:
        raise WrongSpelling(f"{shown!r} is none of {', '.join(sorted(words))}")
    return words[shown.lower()]


@given("the customer {customer} has bought before", "客户{customer}曾经购买过")
def has_bought(story: Story, customer: str) -> None:
    """Not a new customer; every other one is."""
    story.tell("account.changed", customer, story.now, "guo-hua", is_new=False)


@when(
    "from {day}, {person} reports to {manager:person}[ as {role}]",
    "自{day}起，{person}[任{role}，]向{manager:person}汇报",
)
def reports_to(story: Story, day: date, person: str, manager: str, role: str = "") -> None:
    """Somebody has another manager from that day; with a role, somebody new joins on it."""
    member, at = EVERYBODY[person], datetime.combine(day, MORNING, ZONE)
    joins = {"name": member.name, "name_zh": member.name_zh, "role": role} if role else {}
    type = "person.joined" if role else "person.changed"
    story.tell(type, person, at, "guo-hua", manager=manager, from_on=day, **joins)


@then("the deal {deal} is in the stage {stage}", "商机{deal}处于{stage}阶段")
def is_in(story: Story, deal: str, stage: str) -> None:
    """Where the deal stands."""
    found = story.deal(deal).stage
    assert found == stage_titled(story, stage).id, found


@then("it is known about the deal {deal}", "商机{deal}的信息为")
def is_known(story: Story, deal: str, datatable: Table) -> None:
    """What is recorded about the deal."""
    found = story.deal(deal).facts
    wanted = facts_of(datatable, story.house.rulebook)
    assert {name: found.get(name) for name in wanted} == wanted


@then("it is refused, because {text}", "被拒绝，原因是{text}")
def is_refused(story: Story, text: str) -> None:
    """One of the sentences with which it was refused, in full."""
    said = story.what_was_said()
    assert said_so(text, said), f"{said}"
    assert story.last is None or story.last.status == "refused", story.last


def said_so(text: str, said: list[str]) -> bool:
    """True when one of the sentences is that text; `…` stands for a part that nobody writes out."""
    wanted = ".*".join(re.escape(part) for part in text.split("…"))
    return any(re.fullmatch(wanted, one) for one in said)


@then("exactly this is missing", "缺少且仅缺少以下条件")
def is_missing(story: Story, datatable: Table) -> None:
    """Every criterion that is not met, with the rule file that asks for it."""
    assert story.last and story.last.status == "refused", f"not refused: {story.last}"
    found = [list(row) for row in story.missing()]
    assert found == datatable, f"{found}"
