"""Scorecards: points, weights, grades, exactly; what is known of a person and a period; what a plan makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.formulas import EvaluationError
from engine.core.incentives.explain import explain_line
from engine.core.incentives.lines import EarningLine
from engine.core.incentives.score_texts import kpi_words, score_words
from engine.core.incentives.scorecards import points_of, scored
from engine.core.incentives.scored import Scored
from engine.core.money import Money
from engine.core.outcomes import Kept, Refused
from engine.core.problems import Place
from engine.core.recording import NotYetKnown, decide_records
from engine.core.records import Score
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.scorecard import Band, Grade, Kpi, Linear, Scorecard
from engine.store.record_codec import record_text, text_record
from tests.core.incentives.world import World, cny, quota, rulebook

F = Fraction
NOWHERE = Place("")
HUNDRED = Linear(F(0), F(1), F(0), F(100), NOWHERE)
CARD = """
scorecard: ae
title: {en: AE, zh: 客户经理}
in_force: {from: 2026-01-01}
scores: owner.role = "account_executive"
period: quarter
kpis:
  - {kpi: bookings, title: {en: Bookings, zh: 业绩}, weight: 60%, value: VALUE, scoring: SCORING, WITHOUT}
  - kpi: care
    weight: 40%
    value: given
    scoring: {linear: {from: 0%, to: 100%, floor: 0, ceiling: 100}}
grades:
  - {from: 0, grade: D, multiplier: 0}
  - {from: 60, grade: C, title: {en: Fair, zh: 合格}, multiplier: 0.8}
"""
PLAN = """
plan: p
title: {en: P, zh: 方案}
in_force: {from: 2026-01-01}
pays: owner.role = "account_executive"
period: quarter
credits:
  - {credit: bookings, on: deal.won, to: {split: deal.team, rest: deal.owner}}
components:
  - {bonus: kpi, title: {en: K, zh: 奖}, target: 20_000 CNY, multiply: MULTIPLY}
"""
LINE = "{linear: {from: 0%, to: 120%, floor: 0, ceiling: 120}}"


def card(
    value: str = '"attainment(bookings, quarter)"', scoring: str = LINE, without: str = "without_data: wait"
) -> str:
    return CARD.replace("VALUE", value).replace("SCORING", scoring).replace("WITHOUT", without)


def world(plan: str = PLAN, multiply: str = "scorecard.multiplier", **files: str) -> World:
    """Ann with a quota of 100,000 in the first quarter."""
    made = World(rulebook(plan=plan.replace("MULTIPLY", multiply), **({"card": card()} | files))).person("ann")
    return made.keep(quota("ann", cny(100_000)))


def told(world: World, value: str, on: str = "2026-04-02", kpi: str = "care", period: str = "2026-Q1") -> World:
    return world.happen("score.given", "ann", on, scorecard="ae", kpi=kpi, period=period, value=value)


def line(world: World, as_of: str = "2026-04-30") -> EarningLine:
    (found,) = [one for one in world.lines("ann", as_of) if one.component == "kpi" and one.window == "2026-Q1"]
    return found


def score(world: World, as_of: str = "2026-04-30") -> Scored:
    found = line(world, as_of).score
    assert found is not None
    return found


def kpi(id: str, weight: Fraction, without: str = "wait", scoring: Linear = HUNDRED) -> Kpi:
    """A KPI whose value people tell, in percent."""
    return Kpi(id, Title(), weight, None, "percent", scoring, (), without, NOWHERE)


def plain(*kpis: Kpi, grades: tuple[Grade, ...] = ()) -> Scorecard:
    return Scorecard(
        Header("scorecard", "s", "scorecard:s@1", NOWHERE, InForce(date.min)), None, "quarter", kpis, grades
    )


def values(**told: Fraction) -> dict[str, Score]:
    """Percents that were told, by KPI."""
    moment = datetime(2026, 4, 1, tzinfo=UTC)
    return {
        id: Score(f"s/{id}/ann/2026-Q1", "ann", "s", id, "2026-Q1", value, "percent", moment, f"test/{id}")
        for id, value in told.items()
    }


@pytest.mark.parametrize(
    ("value", "points"),
    [(F(1, 2), 0), (F(6, 10), 0), (F(9, 10), 60), (F(119, 100), 118), (F(12, 10), 120), (F(2), 120), (F(-1), 0)],
)
def test_a_line_scores_in_proportion_and_never_beyond_its_ends(value: Fraction, points: int) -> None:
    line = Linear(F(6, 10), F(12, 10), F(0), F(120), NOWHERE)
    assert points_of(kpi("k", F(1), scoring=line), value) == points


def test_where_less_is_better_the_line_falls() -> None:
    days = Linear(F(20), F(5), F(10), F(100), NOWHERE)
    found = [points_of(kpi("k", F(1), scoring=days), F(value)) for value in (25, 20, 11, 5, 1)]
    assert found == [10, 10, 64, 100, 100]


@pytest.mark.parametrize(
    ("value", "points"), [("-1%", 0), ("79.99%", 0), ("80%", 60), ("89.99%", 60), ("90%", 80), ("200%", 80)]
)
def test_a_band_holds_from_its_start_to_the_next(value: str, points: int) -> None:
    bands = tuple(Band(F(start, 100), F(points), NOWHERE) for start, points in ((0, 0), (80, 60), (90, 80)))
    one = Kpi("k", Title(), F(1), None, "percent", None, bands, "wait", NOWHERE)
    assert points_of(one, F(value.removesuffix("%")) / 100) == points


shares = st.lists(st.integers(1, 50), min_size=1, max_size=6).map(lambda parts: [F(part, sum(parts)) for part in parts])
policies = st.sampled_from(["exclude", "zero", "par"])


@given(shares, st.data())
def test_the_score_is_the_sum_of_its_parts_and_shares_total_one(weights: list[Fraction], data: st.DataObject) -> None:
    kpis = [kpi(f"k{n}", weight, data.draw(policies)) for n, weight in enumerate(weights)]
    reached = {one.id: data.draw(st.fractions(0, 2, max_denominator=1000)) for one in kpis if data.draw(st.booleans())}
    found = scored(plain(*kpis), {}, values(**reached), "2026-Q1", True)
    counting = [one for one in found.kpis if one.how != "exclude"]
    if not counting:
        assert (found.state, found.score) == ("no_data", None)
        return
    assert sum(one.share for one in found.kpis) == 1
    assert found.score == sum(one.weighted for one in found.kpis)
    assert min(one.points or 0 for one in counting) <= found.score <= max(one.points or 0 for one in counting)
    assert all(one.weighted == (one.points or 0) * one.share for one in found.kpis)


def test_59_99_is_not_60_even_where_it_never_ends() -> None:
    grades = (Grade(F(0), "D", Title(), F(0), NOWHERE), Grade(F(60), "C", Title(), F(1), NOWHERE))
    near = F(60) - F(1, 3_000_000)
    found = [scored(plain(kpi("k", F(1)), grades=grades), {}, values(k=v / 100), "q", True) for v in (near, F(60))]
    assert [one.grade for one in found] == ["D", "C"]
    assert "60" not in score_words(found[0], "en")[0].split(" points")[0].split("= ")[1]


def test_without_data_in_four_ways() -> None:
    both = {"told": F(8, 10)}
    found = {
        way: scored(plain(kpi("told", F(3, 4)), kpi("not", F(1, 4), way)), {}, values(**both), "q", True)
        for way in ("wait", "exclude", "zero", "par")
    }
    assert {way: one.score for way, one in found.items()} == {"wait": None, "exclude": 80, "zero": 60, "par": 85}
    assert [one.state for one in found.values()] == ["waiting", "set", "set", "set"]
    assert [one.kpi for one in found["wait"].waits_for] == ["not"]
    assert found["wait"].facts() == {}


def test_a_score_counts_from_the_last_day_of_its_period_on() -> None:
    paid = told(world().win("D1", cny(80_000), "2026-02-02"), "60%", "2026-02-03")
    assert paid.lines("ann", "2026-03-30") == ()
    assert line(paid, "2026-03-31").earned == cny(16_000)
    assert score(paid, "2026-03-31").score == 48 + 24


def test_before_the_end_a_gate_on_the_score_pays_nothing_and_the_score_is_shown_as_it_stands() -> None:
    gated = PLAN.replace(
        "bonus: kpi, title: {en: K, zh: 奖}, target: 20_000 CNY, multiply: MULTIPLY",
        (
            "commission: kpi, of: bookings, gate: scorecard.score >= 60,"
            " rates: {by: amount, method: marginal, tiers: [{from: 0 CNY, rate: 10%}]}"
        ),
    )
    story = told(world(plan=gated).win("D1", cny(80_000), "2026-02-02"), "60%", "2026-02-03")
    assert (line(story, "2026-02-28").earned, score(story, "2026-02-28").state) == (cny(0), "open")
    assert score(story, "2026-02-28").score == 72
    assert line(story, "2026-03-31").earned == cny(8_000)
    assert any("48 + 24 = 72 points" in text for text in explain_line(line(story), "en"))


def test_a_late_deal_and_a_cancelled_one_change_the_score() -> None:
    story = told(world().win("D1", cny(60_000), "2026-02-02"), "60%")
    assert score(story).score == 60
    story.win("D2", cny(20_000), "2026-03-31")
    assert score(story).score == 72
    story.happen("deal.cancelled", "D1", "2026-04-20", reason="gone")
    assert (score(story, "2026-04-19").score, score(story, "2026-04-20").score) == (72, 36)


def test_the_last_that_was_told_counts_in_the_order_of_events() -> None:
    orders = ([("10%", "2026-04-02"), ("90%", "2026-04-05")], [("90%", "2026-04-05"), ("10%", "2026-04-02")])
    found = []
    for order in orders:
        story = world().win("D1", cny(60_000), "2026-02-02")
        for value, on in order:
            told(story, value, on)
        found.append(score(story).score)
    assert found == [72, 72]


def test_a_value_counts_for_its_own_period_only() -> None:
    story = told(world().win("D1", cny(60_000), "2026-02-02"), "90%", "2026-07-02", period="2026-Q2")
    assert [one.kpi for one in score(story, "2026-07-31").waits_for] == ["care"]
    told(told(story, "10%"), "60%", "2026-10-02", period="2026-Q3")
    assert score(story, "2026-10-31").score == 40


def test_two_told_at_one_moment_are_settled_by_their_keys_whatever_comes_first() -> None:
    found = []
    for keys in (("a", "b"), ("b", "a")):
        story = world().win("D1", cny(60_000), "2026-02-02")
        for key in keys:
            body = {"scorecard": "ae", "kpi": "care", "period": "2026-Q1", "value": {"a": "10%", "b": "90%"}[key]}
            story.happen("score.given", "ann", "2026-04-02 09:00", key, **body)
        found.append(score(story).score)
    assert found == [72, 72]


def test_values_of_the_person_and_of_their_credits() -> None:
    measures = "vocabulary: v\ntitle: {en: V, zh: 词}\nmeasures:\n  owner.big: {count: credits.bookings, where: amount >= 50_000 CNY}\n"
    measures += "  owner.booked: {sum: credits.bookings}\n"
    bands = "{bands: [{from: 0, score: 0}, {from: 2, score: 100}]}"
    story = world(card=card("owner.big", bands), vocabulary=measures).win("D1", cny(50_000), "2026-02-02")
    told(story.win("D2", cny("49_999.99"), "2026-02-03"), "0%")
    assert score(story).score == 0
    assert score(story.win("D3", cny(50_000), "2026-03-31")).score == 60
    assert score(story.win("D4", cny(50_000), "2026-04-01")).kpis[0].value == 2
    money = "{bands: [{from: 0 CNY, score: 0}, {from: 100_000 CNY, score: 50}]}"
    summed = world(card=card("owner.booked", money), vocabulary=measures).win("D1", cny(100_000), "2026-02-02")
    assert score(told(summed, "0%")).kpis[0].points == 50
    assert "100,000.00 CNY, 50 points" in kpi_words(score(summed).kpis[0], "en")


def test_the_attainment_of_a_longer_period_is_as_it_stands_at_the_end_of_the_scored_one() -> None:
    story = world(card=card('"attainment(bookings, year)"')).keep(quota("ann", cny(400_000), "2026"))
    told(story.win("D1", cny(100_000), "2026-02-02").win("D2", cny(300_000), "2026-05-01"), "0%")
    assert score(story, "2026-06-30").kpis[0].value == F(1, 4)


def test_no_quota_is_no_data_and_no_sale_is_zero() -> None:
    story = World(rulebook(plan=PLAN.replace("MULTIPLY", "scorecard.multiplier"), card=card())).person("ann")
    told(story, "60%")
    assert (score(story).state, [one.kpi for one in score(story).waits_for]) == ("waiting", ["bookings"])
    assert line(story).earned == cny(0)
    assert score(story.keep(quota("ann", cny(1)))).kpis[0].value == 0


def test_two_scorecards_for_one_person_must_be_told_apart() -> None:
    # Both look at something else than the role, so that nothing can be said of them when the rules are read.
    second = card().replace('owner.role = "account_executive"', 'owner.role = "account_executive" and owner.id = "ann"')
    files = {"second": second.replace("scorecard: ae", "scorecard: b")}
    with pytest.raises(EvaluationError) as error:
        told(world(**files), "60%").lines("ann", "2026-04-30")
    assert (error.value.code, error.value.params["first"], error.value.params["second"]) == ("E140", "ae", "b")
    chosen = PLAN.replace("MULTIPLY}", "scorecard.multiplier, scorecard: ae}")
    assert line(told(world(plan=chosen, **files), "60%")).score is not None


def test_a_version_scores_the_periods_whose_last_day_it_covers() -> None:
    old = (
        card()
        .replace("{from: 2026-01-01}", "{from: 2026-01-01, until: 2026-02-15}")
        .replace("60%, value", "50%, value")
    )
    old = old.replace("weight: 40%", "weight: 50%")
    new = card().replace("{from: 2026-01-01}", "{from: 2026-02-15}")
    story = told(world(card=old, new=new).win("D1", cny(60_000), "2026-01-02"), "100%")
    assert score(story).score == F(60 * 60 + 40 * 100, 100)


def test_values_are_refused_that_nobody_is_asked_for() -> None:
    story = world()
    for body, code in (
        ({"kpi": "bookings"}, "E142"), ({"kpi": "other"}, "E142"), ({"scorecard": "other"}, "E142"),
        ({"period": "2026-03"}, "E142"), ({"period": "2026-Q9"}, "E142"), ({"period": "2025-Q4"}, "E142"), ({"value": "80"}, "E143"),
    ):  # fmt: skip
        whole = {"scorecard": "ae", "kpi": "care", "period": "2026-Q1", "value": "80%"} | body
        with pytest.raises(AssertionError) as refused:
            story.happen("score.given", "ann", "2026-04-02", **whole)
        assert code in str(refused.value), body
    with pytest.raises(NotYetKnown):
        story.happen("score.given", "bob", "2026-04-02", scorecard="ae", kpi="care", period="2026-Q1", value="80%")


def test_nobody_scores_themselves() -> None:
    story = told(world(), "80%")
    event = story.told[-1][0]
    (found,) = decide_records(replace(event, actor="ann", key="k"), story.look(event), story.rules)
    assert isinstance(found, Refused)
    assert found.code == "E144"
    (found,) = decide_records(replace(event, actor="boss", key="z"), story.look(event), story.rules)
    assert isinstance(found, Kept)


def test_a_value_told_on_the_old_scale_stops_the_pay_and_never_means_something_else() -> None:
    story = told(world(), "80%")
    numbers = card().replace("from: 0%, to: 100%, floor", "from: 0, to: 100, floor")
    story.rules = rulebook(plan=PLAN.replace("MULTIPLY", "scorecard.multiplier"), card=numbers)
    with pytest.raises(EvaluationError) as error:
        story.lines("ann", "2026-04-30")
    assert (error.value.code, error.value.params["found"]) == ("E143", "80%")


def test_credits_in_another_currency_than_the_quota_are_an_error() -> None:
    story = told(world().win("D1", Money.parse("10 CNY"), "2026-02-02"), "80%").keep(
        quota("ann", Money.parse("10 USD"))
    )
    with pytest.raises(EvaluationError) as error:
        story.lines("ann", "2026-04-30")
    assert error.value.code == "E141"


def test_a_line_keeps_its_score_when_it_is_stored() -> None:
    story = told(world().win("D1", cny(80_000), "2026-02-02"), "60%")
    stored = text_record(EarningLine, record_text(line(story)))
    assert stored == line(story)
    assert stored.score is not None
    assert stored.score.grade_title == Title("Fair", "合格")


def test_a_target_may_be_an_amount_for_each_point() -> None:
    plan = PLAN.replace("target: 20_000 CNY, multiply: MULTIPLY", "target: scorecard.score * 100 CNY")
    story = told(world(plan=plan).win("D1", cny(60_000), "2026-02-02"), "59.99%")
    assert line(story).earned == cny("5_999.60")
    assert any("36 + 23.996 = 59.996 points, grade D" in text for text in explain_line(line(story), "en"))


def test_the_grade_may_be_asked_by_name() -> None:
    multiply = '"if scorecard.grade in [\\"C\\"] then 50% else 0%"'
    story = told(world(multiply=multiply).win("D1", cny(60_000), "2026-02-02"), "60%")
    assert line(story).earned == cny(10_000)


def test_words_in_both_languages() -> None:
    story = told(world().win("D1", cny(60_000), "2026-02-02"), "60%")
    assert score_words(score(story), "en") == (
        "AE, 2026-Q1: 36 + 24 = 60 points, grade C (Fair), multiplier 0.8",
        "Bookings: 60%, 60 points × 60% = 36",
        "care: 60%, 60 points × 40% = 24",
    )
    assert score_words(score(story), "zh")[:2] == (
        "客户经理，2026-Q1：36 + 24 = 60 分，等级 C (合格)，系数 0.8",
        "业绩：60%，60 分 × 60% = 36",
    )
    ways = [scored(plain(kpi("k", F(1), way)), {}, {}, "q", True) for way in ("wait", "exclude", "zero", "par")]
    assert [kpi_words(one.kpis[0], "en") for one in ways] == [
        "k: no value has been told yet",
        "k: no value, so it is left out and the others share its 100%",
        "k: no value, so 0 points × 100% = 0",
        "k: no value, so 100 points × 100% = 100",
    ]
    assert [score_words(one, "zh")[0] for one in ways[:2]] == [
        "s，q：尚无得分，因为尚未告知 k",
        "s，q：没有得分，因为没有指标有值",
    ]
