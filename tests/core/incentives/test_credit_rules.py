"""The words of a credit rule: whom it names, how much each gets, what counts, what is paid, and on which day."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import step_words
from engine.core.incentives.lines import Step
from engine.core.incentives.recipients import Recipient
from engine.core.incentives.sharing import REMAINDERS, shared
from engine.core.money import Money
from engine.core.records import Credit, Person, PersonVersion, Share
from tests.core.incentives.world import World, cny, quota, rulebook

VOCABULARY = """
vocabulary: more
deal:
  second: {type: person, title: {en: Second, zh: 第二人}}
  third: {type: person, title: {en: Third, zh: 第三人}}
  signed_on: {type: date, title: {en: Signed on, zh: 签约日期}}
  converted: {type: bool, title: {en: Converted, zh: 转化客户}}
  product: {type: text, title: {en: Product, zh: 产品}}
"""
PLAN = """
plan: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
period: quarter
MORE
credits:
CREDITS
components:
  - commission: c
    of: bookings
    rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}
"""


def company(*credits: str, more: str = "") -> World:
    """Ann and Cai below Bo, who is below Dee, under a plan with those credit rules of bookings at a win."""
    listed = "\n".join(f"  - {{credit: bookings, on: deal.won, {credit}}}" for credit in credits)
    text = PLAN.replace("CREDITS", listed).replace("MORE", more)
    world = World(rulebook(plan=text, vocabulary=VOCABULARY))
    world.person("dee", "director").person("bo", "sales_manager", manager="dee")
    return world.person("ann", manager="bo").person("cai", manager="bo")


def shares(**parts: int) -> tuple[Share, ...]:
    """A deal team in percent."""
    return tuple(Share(person, Fraction(part, 100)) for person, part in parts.items())


def told(world: World) -> dict[tuple[str, str], Money]:
    """The amount by payee and form."""
    return {(credit.payee, credit.form): credit.amount for credit in world.credits()}


def steps(world: World, payee: str, name: str) -> list[str]:
    """The words of one step of each of a payee's lines."""
    return [step_words(step, "en") for line in world.lines(payee) for step in line.steps if step.name == name]


def test_a_shared_payout_counts_the_whole_for_everybody_and_shares_the_pay() -> None:
    world = company("to: {split_payout: deal.team, rest: deal.owner}")
    world.win("D1", cny(1000), "2026-02-02", team=shares(cai=30))
    assert told(world) == {("ann", "direct"): cny(1000), ("cai", "direct"): cny(1000)}
    assert {c.payee: (c.pays, c.share) for c in world.credits()} == {
        "ann": (Fraction(7, 10), 1),
        "cai": (Fraction(3, 10), 1),
    }
    assert (world.earned("ann"), world.earned("cai")) == (cny(70), cny(30))
    assert "70% of its pay goes to the payee" in steps(world, "ann", "credit")[0]
    assert steps(world, "cai", "multiply") == ["Multiplier: no multiplier; × 30%, the payee's share of the pay"]


def test_a_weight_is_kept_with_the_credit_and_pay_follows_the_amount() -> None:
    world = company("weighs: if deal.converted then 1.25 else 1, to: {split: deal.owner}")
    world.win("D1", cny(1000), "2026-02-02", converted=True).win("D2", cny(1000), "2026-02-03", converted=False)
    assert [(c.weight, c.amount) for c in world.credits()] == [(Fraction(5, 4), cny(1000)), (1, cny(1000))]
    assert world.earned("ann") == cny(200)
    assert "the measure moves by 1.25 times that" in steps(world, "ann", "credit")[0]
    assert "measure" not in steps(world, "ann", "credit")[1]


@pytest.mark.parametrize(
    ("credit", "facts", "code"),
    [
        ("weighs: 0 - 1, to: {split: deal.owner}", {}, "E121"),
        ("weighs: if deal.converted then 2 else 1, to: {split: deal.owner}", {}, "E067"),
        ("dated: deal.signed_on, to: {split: deal.owner}", {}, "E120"),
        ("to: {roll_up: deal.owner, as_of: deal.signed_on}", {}, "E123"),
    ],
)
def test_what_is_not_known_is_an_error_and_never_a_guess(credit: str, facts: dict[str, object], code: str) -> None:
    with pytest.raises(EvaluationError) as error:
        company(credit).win("D1", cny(1), "2026-02-02", **facts)
    assert error.value.code == code


def test_a_credit_is_dated_by_the_day_that_its_rule_names() -> None:
    world = company("dated: deal.signed_on, to: {split: deal.owner}")
    world.win("D1", cny(100), "2026-04-02", signed_on=date(2026, 3, 31))
    assert [(c.on, c.at.date()) for c in world.credits()] == [(date(2026, 3, 31), date(2026, 4, 2))]
    assert [line.window for line in world.lines("ann")] == ["2026-Q1"]


def test_a_credit_that_is_undone_before_its_day_leaves_on_its_day() -> None:
    world = company("dated: deal.signed_on, to: {split: deal.owner}")
    world.win("D1", cny(100), "2026-04-02", signed_on=date(2026, 4, 20))
    world.happen("deal.reopened", "D1", "2026-04-05", reason="not signed")
    assert [c.undone_on for c in world.credits()] == [date(2026, 4, 20)]
    assert world.earned("ann") == cny(0)


CASCADE = "to: {cascade: [deal.owner, deal.second, deal.third], shares: [5%, 5%, 5%], each: HOW}"


@pytest.mark.parametrize(
    ("how", "parts"), [("of_the_rest", ("5.00", "4.75", "4.51")), ("of_the_same", ("5.00", "5.00", "5.00"))]
)
def test_a_cascade_goes_level_by_level(how: str, parts: tuple[str, ...]) -> None:
    world = company(CASCADE.replace("HOW", how))
    world.win("D1", cny(100), "2026-02-02", second="cai", third="bo")
    assert told(world) == {(who, "direct"): cny(part) for who, part in zip(("ann", "cai", "bo"), parts, strict=True)}


def test_a_level_of_nobody_takes_nothing_and_somebody_on_two_levels_has_both() -> None:
    world = company(CASCADE.replace("HOW", "of_the_rest"))
    world.win("D1", cny(100), "2026-02-02", third="ann")
    assert told(world) == {("ann", "direct"): cny("9.75")}
    assert world.credits()[0].share == Fraction(975, 10_000)


@pytest.mark.parametrize(
    ("levels", "above"), [("", {"bo", "dee"}), (", levels: all", {"bo", "dee"}), (", levels: 1", {"bo"})]
)
def test_a_roll_up_credits_every_manager_above_with_the_whole(levels: str, above: set[str]) -> None:
    world = company(f"to: {{roll_up: deal.owner{levels}}}").win("D1", cny(100), "2026-02-02")
    assert told(world) == {(who, "overlay"): cny(100) for who in above}


def test_a_roll_up_goes_by_the_hierarchy_of_the_stated_day() -> None:
    world = company("to: {roll_up: deal.owner, as_of: deal.created_on}", "to: {overlay: deal.owner.manager}")
    world.person("eve", "sales_manager")
    world.happen("deal.created", "D1", "2026-02-02", owner="ann", amount=cny(100), stage="lead", pipeline="standard")
    ann = world.state.person("ann")
    assert ann is not None
    world.keep(
        Person(
            "ann",
            "Ann",
            joined_on=ann.joined_on,
            versions=(*ann.versions, PersonVersion(date(2026, 2, 5), manager="eve")),
        )
    )
    world.happen("deal.won", "D1", "2026-02-10")
    assert told(world) == {(who, "overlay"): cny(100) for who in ("bo", "dee", "eve")}


def test_managers_in_a_circle_are_an_error_that_names_them() -> None:
    world = company("to: {roll_up: deal.owner}").person("dee", "director", manager="bo")
    with pytest.raises(EvaluationError) as error:
        world.win("D1", cny(1), "2026-02-02")
    assert (error.value.code, error.value.params["chain"]) == ("E122", "ann → bo → dee → bo")


def test_a_circle_above_the_levels_that_are_asked_for_is_nobodys_concern() -> None:
    world = company("to: {roll_up: deal.owner, levels: 2}").person("dee", "director", manager="bo")
    assert told(world.win("D1", cny(1), "2026-02-02")) == {(who, "overlay"): cny(1) for who in ("bo", "dee")}


def test_the_house_is_credited_and_nobody_is_paid() -> None:
    world = company('when: deal.product = "own", to: house', 'when: deal.product != "own", to: {split: deal.owner}')
    world.win("D1", cny(100), "2026-02-02", product="own").win("D2", cny(100), "2026-02-03", product="x")
    assert told(world) == {("", "house"): cny(100), ("ann", "direct"): cny(100)}
    assert world.earned("ann") == cny(10)


def test_the_house_may_have_what_the_team_leaves() -> None:
    world = company("to: {split: deal.team, rest: house}").win("D1", cny(100), "2026-02-02", team=shares(cai=30))
    assert told(world) == {("", "house"): cny(70), ("cai", "direct"): cny(30)}


ORDERED = ("when: deal.product = \"a\", amount: deal.amount * 3, to: {split: deal.owner}",
           "when: deal.product = \"a\" and deal.converted, amount: deal.amount * 2, to: {split: deal.owner}",
           "to: {overlay: deal.owner.manager}", "to: {split: deal.owner}")  # fmt: skip


@pytest.mark.parametrize(("several", "own"), [("first", 300), ("most_specific", 200)])
def test_where_several_rules_apply_the_plan_says_which(several: str, own: int) -> None:
    world = company(*ORDERED, more=f"credits_where_several: {several}")
    world.win("D1", cny(100), "2026-02-02", product="a", converted=True)
    assert told(world) == {("ann", "direct"): cny(own), ("bo", "overlay"): cny(100)}


def test_where_all_apply_two_amounts_are_a_conflict() -> None:
    with pytest.raises(EvaluationError) as error:
        company(*ORDERED).win("D1", cny(100), "2026-02-02", product="a", converted=True)
    assert error.value.code == "E068"


def test_two_equally_specific_rules_are_an_error_with_both_places() -> None:
    rivals = (
        'when: deal.product = "a", to: {split: deal.owner}',
        "when: deal.converted, amount: deal.amount * 2, to: {split: deal.owner}",
    )
    with pytest.raises(EvaluationError) as error:
        company(*rivals, more="credits_where_several: most_specific").win(
            "D1", cny(1), "2026-02-02", product="a", converted=True
        )
    assert (error.value.code, error.value.params["first"], error.value.params["second"]) == (
        "E124", "plan.yaml:8:5", "plan.yaml:9:5",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("remainder", "parts"),
    [
        ("last_by_id", (16, 33, 51)),
        ("largest_share", (16, 33, 51)),
        ("first_named", (16, 34, 50)),
        ("largest_remainder", (17, 33, 50)),
    ],
)
def test_the_cents_that_do_not_divide_go_where_the_plan_says(remainder: str, parts: tuple[int, ...]) -> None:
    named = [
        Recipient(id, Fraction(n, 6), "direct", place=place) for id, n, place in (("a", 1, 2), ("b", 2, 0), ("c", 3, 1))
    ]
    assert shared(100, named, remainder) == parts
    assert shared(-100, named, remainder) == tuple(-part for part in parts)


def test_a_plan_says_who_gets_the_cent() -> None:
    world = company("to: {split: deal.team}", more="remainder: first_named")
    world.win("D1", cny("0.01"), "2026-02-02", team=shares(ann=50, cai=50))
    assert told(world) == {("ann", "direct"): cny("0.01"), ("cai", "direct"): cny(0)}


@given(
    minor=st.integers(-(10**12), 10**12),
    weights=st.lists(st.integers(1, 99), min_size=1, max_size=6),
    remainder=st.sampled_from(REMAINDERS),
)
def test_parts_sum_to_the_whole_whoever_gets_the_rest(minor: int, weights: list[int], remainder: str) -> None:
    total = sum(weights)
    named = [Recipient(f"p{n}", Fraction(w, total), "direct", place=-n) for n, w in enumerate(weights)]
    parts = shared(minor, named, remainder)
    assert sum(parts) == minor
    assert shared(-minor, named, remainder) == tuple(-part for part in parts)
    assert all(abs(part - minor * who.share) < len(named) for part, who in zip(parts, named, strict=True))


def test_a_quota_is_met_by_everybody_who_shares_a_payout() -> None:
    text = PLAN.replace("CREDITS", "  - {credit: bookings, on: deal.won, to: {split_payout: deal.team}}").replace(
        "MORE", ""
    )
    text = (
        text.replace("    rates: {by: amount,", "    quota: quota\n    rates: {by: attainment,")
        .replace("0 CNY", "0%")
        .replace("rate: 10%}", "rate: 10%}, {from: 100%, rate: 20%}")
    )
    world = World(rulebook(plan=text, vocabulary=VOCABULARY)).person("ann").person("cai")
    world.keep(quota("ann", cny(1000)), quota("cai", cny(1000)))
    world.win("D1", cny(2000), "2026-02-02", team=shares(ann=50, cai=50))
    assert (world.earned("ann"), world.earned("cai")) == (cny(150), cny(150))


def test_every_form_of_credit_has_words_for_everything_that_may_be_said_of_it() -> None:
    said = dict.fromkeys(("amount", "credit", "share", "source", "event", "on", "place", "pays", "weight"), "x")
    for form in ("direct", "overlay", "house"):
        for more in ("", "_weighed", "_paid", "_weighed_paid"):
            step = Step("credit", f"{form}{more}", tuple(said.items()))
            assert step_words(step, "en") and step_words(step, "zh")


def test_a_credit_is_stored_with_what_is_new_by_default() -> None:
    world = company("to: {split: deal.owner}").win("D1", cny(1), "2026-02-02")
    credit = world.credits()[0]
    assert isinstance(credit, Credit) and (credit.pays, credit.weight) == (1, 1)


LINES = (
    'each: line, when: line.product_line = "hardware", to: {split: deal.team, rest: deal.owner}',
    'each: line, when: line.product_line = "service", amount: line.margin, counts: line.quantity, weighs: 2, to: {split: deal.owner}',
    "to: {overlay: deal.owner.manager}",
)


def lined(world: World, deal: str = "D1", on: str = "2026-02-02", **facts: object) -> World:
    """A deal of three lines, of which two are hardware, before its win."""
    world.happen(
        "deal.created", deal, f"{on} 09:00", owner="ann", amount=cny(1000), stage="lead", pipeline="standard", **facts
    )
    world.happen("deal.line_set", deal, f"{on} 10:00", line="1", product_line="hardware", amount=cny("100.01"))
    world.happen("deal.line_set", deal, f"{on} 10:01", line="2", product_line="hardware", amount=cny(200))
    world.happen(
        "deal.line_set",
        deal,
        f"{on} 10:02",
        line="3",
        product_line="service",
        amount=cny(500),
        margin=cny(50),
        quantity=3,
    )
    return world


def test_each_line_has_credits_of_its_own_beside_those_of_the_deal() -> None:
    world = lined(company(*LINES), team=shares(cai=50)).happen("deal.won", "D1", "2026-02-02 12:00")
    found = sorted((c.line, c.payee, c.form, str(c.amount), c.units, c.weight) for c in world.credits())
    half = Fraction(1, 2)
    assert found == [
        ("", "bo", "overlay", "1,000.00 CNY", 1, 1),
        ("1", "ann", "direct", "50.00 CNY", half, 1),
        ("1", "cai", "direct", "50.01 CNY", half, 1),
        ("2", "ann", "direct", "100.00 CNY", half, 1),
        ("2", "cai", "direct", "100.00 CNY", half, 1),
        ("3", "ann", "direct", "50.00 CNY", 3, 2),
    ]
    assert len({c.id for c in world.credits()}) == len(found)
    third = next(c for c in world.credits() if c.line == "3")
    assert dict(third.cause.facts)["line.margin"] == cny(50)
    assert any("; line 3; the measure moves by 2 times that" in words for words in steps(world, "ann", "credit"))


def test_a_line_that_is_changed_or_removed_before_the_win_is_credited_as_it_then_is() -> None:
    world = lined(company(*LINES))
    world.happen("deal.line_set", "D1", "2026-02-02 10:30", line="1", amount=cny(70))
    world.happen("deal.line_removed", "D1", "2026-02-02 10:31", line="2")
    world.happen("deal.line_removed", "D1", "2026-02-02 10:32", line="never")
    world.happen("deal.won", "D1", "2026-02-02 12:00")
    assert {(c.line, c.amount) for c in world.credits() if c.line} == {("1", cny(70)), ("3", cny(50))}


def test_rules_for_lines_compete_line_by_line() -> None:
    rules = ("each: line, to: {split: deal.owner}", 'each: line, when: line.product_line = "service", to: house')
    world = lined(company(*rules, more="credits_where_several: most_specific")).happen(
        "deal.won", "D1", "2026-02-02 12:00"
    )
    assert {(c.line, c.form) for c in world.credits()} == {("1", "direct"), ("2", "direct"), ("3", "house")}


def test_a_line_without_an_amount_is_an_error() -> None:
    world = lined(company("each: line, to: {split: deal.owner}"))
    world.happen("deal.line_set", "D1", "2026-02-02 10:30", line="4", product="x")
    with pytest.raises(EvaluationError) as error:
        world.happen("deal.won", "D1", "2026-02-02 12:00")
    assert (error.value.code, error.value.params["formula"]) == ("E067", "line.amount")


def transferred(world: World) -> World:
    """Ann's account A goes to Cai on 10 March."""
    world.happen("account.changed", "A", "2026-01-05", owner="ann", is_new=False)
    return world.happen("account.changed", "A", "2026-03-10", owner="cai")


TRANSITION = (
    'when: "days_between(account.transferred_on, event.on) <= 90", amount: deal.amount * 50%, to: {split: account.previous_owner}',
    "to: {split: account.owner}",
)


@pytest.mark.parametrize(
    ("won", "credited"),
    [
        ("2026-03-09", {"ann": 100}),
        ("2026-06-08", {"ann": 50, "cai": 100}),
        ("2026-06-09", {"cai": 100}),
    ],
)
def test_a_transferred_account_is_shared_for_ninety_days(won: str, credited: dict[str, int]) -> None:
    world = transferred(company(*TRANSITION)).win("D1", cny(100), won, account="A")
    assert told(world) == {(who, "direct"): cny(amount) for who, amount in credited.items()}


def test_who_had_a_deal_and_who_won_it_are_facts() -> None:
    world = company("to: {overlay: deal.owner_at_win}", "to: {split: deal.previous_owner}")
    world.happen("deal.created", "D1", "2026-02-02", owner="ann", amount=cny(1), stage="lead", pipeline="standard")
    world.happen("deal.changed", "D1", "2026-02-03", owner="ann")
    told_again = world.state.deal("D1")
    assert told_again is not None and (told_again.previous_owner, told_again.reassigned_on) == ("", None)
    world.happen("deal.reassigned", "D1", "2026-02-04", owner="cai").happen("deal.won", "D1", "2026-02-05")
    assert told(world) == {("ann", "direct"): cny(1), ("cai", "overlay"): cny(1)}
    deal = world.state.deal("D1")
    assert deal is not None and (deal.owner_at_win, deal.reassigned_on) == ("cai", date(2026, 2, 4))
    world.happen("deal.reopened", "D1", "2026-02-06", reason="x")
    deal = world.state.deal("D1")
    assert deal is not None and deal.owner_at_win == ""


def test_the_largest_remainders_get_one_cent_each() -> None:
    quarters = [Recipient(id, Fraction(n, 4), "direct") for id, n in (("a", 1), ("b", 1), ("c", 2))]
    assert shared(101, quarters, "largest_remainder") == (25, 25, 51)
    thirds = [Recipient(id, Fraction(1, 3), "direct") for id in ("a", "b", "c")]
    assert shared(5, thirds, "largest_remainder") == (2, 2, 1)
