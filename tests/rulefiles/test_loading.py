"""Loading: all mistakes together, versions by meaning, and the sample company's rules as records."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from engine.core.durations import Duration
from engine.core.money import Money
from engine.core.rules.plan import Bonus, Commission, Contest
from engine.core.rules.rulebook import Rulebook, in_force
from engine.rulefiles import loading
from engine.rulefiles.loading import find_rules, load_rules, load_texts, read_folder, sample_rules

ROOT = Path(__file__).resolve().parents[2]
BASE = read_folder(Path(__file__).parent / "broken" / "base")[0]


@pytest.fixture(scope="module")
def sample() -> Rulebook:
    rulebook = load_rules(ROOT / "rules").rulebook
    assert rulebook is not None
    return rulebook


def loaded(**files: str) -> Rulebook:
    result = load_texts({**BASE, **{f"{name}.yaml": text for name, text in files.items()}})
    assert result.rulebook is not None, [problem.render() for problem in result.problems]
    return result.rulebook


def test_the_sample_has_no_error_and_its_warnings_are_known() -> None:
    problems = load_rules(ROOT / "rules").problems
    assert [(problem.code, problem.severity, problem.place.file, dict(problem.params)) for problem in problems] == [
        ("R231", "warning", "calendars/cn.yaml", {"years": "2027"}),
        ("R227", "warning", "ladders/account-executive.yaml", {"key": "ladder"}),
        ("R227", "warning", "partners/resellers.yaml", {"key": "partner_tiers"}),
    ]


def test_two_versions_of_one_plan_follow_each_other(sample: Rulebook) -> None:
    first, second = (in_force(sample.plans, date(year, 6, 1))[0] for year in (2025, 2026))
    assert first.header.id == second.header.id == "account-executive"
    assert first.header.version != second.header.version
    assert not in_force(first and sample.plans, date(2024, 12, 31))


def test_a_plan_is_read_exactly(sample: Rulebook) -> None:
    plan = next(
        p for p in sample.plans if p.header.id == "account-executive" and p.header.in_force.covers(date(2026, 1, 1))
    )
    commission, bonus, quarterly, contest = plan.components
    assert isinstance(commission, Commission)
    assert isinstance(bonus, Bonus)
    assert isinstance(contest, Contest)
    assert [(tier.start, tier.rate) for tier in commission.rates.tiers] == [
        (Fraction(0), Fraction(3, 100)),
        (Fraction(1, 2), Fraction(6, 100)),
        (Fraction(1), Fraction(9, 100)),
        (Fraction(3, 2), Fraction(12, 100)),
    ]
    assert commission.quota == "bookings-2026"
    assert commission.clawback is not None
    assert commission.clawback.within == Duration.parse("180 days")
    assert sum(part.share for part in commission.release) == 1
    assert bonus.budget == Money.parse("50_000 CNY")
    assert isinstance(quarterly, Bonus)
    assert quarterly.multiply is not None
    assert quarterly.multiply.reads == {"scorecard.multiplier"}


def test_a_scorecard_is_read_exactly(sample: Rulebook) -> None:
    card = next(card for card in sample.scorecards if card.header.id == "account-executive")
    bookings, satisfaction, records = card.kpis
    assert [kpi.weight for kpi in card.kpis] == [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
    assert bookings.value is not None
    assert bookings.value.reads == {"attainment(bookings,quarter)"}
    assert bookings.linear is not None
    assert (bookings.linear.end, bookings.linear.ceiling) == (Fraction(6, 5), 120)
    assert [(band.start, band.points) for band in satisfaction.bands][1] == (Fraction(4, 5), 60)
    assert [kpi.without_data for kpi in card.kpis] == ["wait", "exclude", "wait"]
    assert (records.value, records.unit) == (None, "percent")
    assert [(grade.start, grade.grade, grade.multiplier) for grade in card.grades][1] == (60, "C", Fraction(4, 5))


def test_policy_keys_that_are_left_out_have_their_defaults(sample: Rulebook) -> None:
    cadence = next(cadence for cadence in sample.cadences if cadence.header.id == "stalled-proposal")
    assert cadence.policy["on_reassign"] == "follow_if_previous_owner"
    assert cadence.policy["weekend_start"] == "roll_then_add"


def test_a_calendar_knows_make_up_days_and_the_names_of_holidays(sample: Rulebook) -> None:
    china = sample.calendar("cn", date(2026, 1, 1))
    germany = sample.calendar("de", date(2026, 1, 1))
    assert china is not None
    assert germany is not None
    assert date(2026, 2, 14) in china.make_up_days
    assert china.holidays[date(2026, 10, 1)].zh == "国庆节"
    assert china.provisional_years == {2027}
    assert germany.holidays[date(2026, 10, 3)].zh == "德国统一日"


def test_the_annual_goal_is_five_million_and_the_shares_are_whole(sample: Rulebook) -> None:
    goal = next(target for target in sample.targets if target.header.id == "bookings-2026")
    assert goal.goal == Money.parse("500万 CNY")
    assert sum(share for _, share in goal.split.people) == 1


def test_a_condition_may_be_a_list_with_any_and_not() -> None:
    rulebook = loaded(
        c="cadence: c\nstart:\n  on: deal.created\n  when:\n    - deal.heat is set\n"
        "    - any: ['deal.heat = \"warm\"', deal.amount > 5 CNY]\n    - not: deal.closed\n"
        "steps:\n  - {step: call, after: 1 days, task: {channel: call}}\n"
    )
    condition = rulebook.cadences[0].start.when
    assert condition is not None
    facts = {"deal.heat": "warm", "deal.closed": False}
    assert condition.holds(facts)
    assert not condition.holds({**facts, "deal.closed": True})
    assert not condition.holds({**facts, "deal.heat": "cold"})


def test_like_goes_to_everybody_whom_the_named_credit_goes_to() -> None:
    rulebook = loaded(
        p="plan: p\nperiod: month\ncredits:\n"
        "  - {credit: sales, on: deal.won, to: {split: deal.team, rest: deal.owner}}\n"
        "  - {credit: sales, on: deal.won, to: {overlay: deal.owner.manager}}\n"
        "  - {credit: cash, on: payment.received, amount: payment.amount, to: like sales}\n"
        "components:\n  - {bonus: b, target: 1 CNY}\n"
    )
    plan = next(plan for plan in rulebook.plans if plan.header.id == "p")
    assert [(rule.name, rule.to.kind) for rule in plan.credits if rule.name == "cash"] == [
        ("cash", "split"),
        ("cash", "overlay"),
    ]


CADENCE = "cadence: c\nstart: {on: deal.won}\nsteps:\n  - {step: call, after: 1 days, task: {channel: call}}\n"


def test_layout_comments_and_the_order_of_keys_do_not_make_a_version() -> None:
    other = (
        "# a comment\ncadence: 'c'\nsteps:\n  - task:\n      channel: call\n    after: 1 days\n    step: call\n"
        "start:\n  on: deal.won\n"
    )
    one, two = loaded(a=CADENCE), loaded(zzz=other)
    assert one.cadences[0].header.version == two.cadences[0].header.version
    assert one.fingerprint == two.fingerprint


def test_a_changed_number_makes_a_version_and_a_changed_table_too() -> None:
    changed = loaded(a=CADENCE.replace("1 days", "2 days"))
    assert changed.cadences[0].header.version != loaded(a=CADENCE).cadences[0].header.version
    rates = {**BASE, "rates.csv": BASE["rates.csv"].replace("7.2", "7.3")}
    rulebook = load_texts(rates).rulebook
    assert rulebook is not None
    assert rulebook.company.header.version != loaded().company.header.version


def test_what_was_loaded_can_be_loaded_again_from_its_texts(sample: Rulebook) -> None:
    again = load_texts({file.path: file.text for file in sample.files}).rulebook
    assert again is not None
    assert again.fingerprint == sample.fingerprint
    assert again.plans == sample.plans
    assert again.cadences == sample.cadences


def test_mistakes_of_all_files_come_together_in_file_order() -> None:
    result = load_texts(
        {
            **BASE,
            "b.yaml": CADENCE.replace("deal.won", "deal.one"),
            "a.yaml": "targets: t\nmesure: x\n",
            "c.yaml": "plan: p\nperiod: month\ncomponents:\n  - {bonus: b, on: deal.won, amount: deal.amout}\n",
            "d.yaml": "x：1\n",
        }
    )
    assert result.rulebook is None
    places = [(problem.place.file, problem.place.line, problem.place.column) for problem in result.problems]
    assert places == sorted(places)
    assert {place[0] for place in places} == {"a.yaml", "b.yaml", "c.yaml", "d.yaml"}


def test_a_mistake_in_the_vocabulary_is_told_once_not_at_every_use() -> None:
    broken = BASE["vocabulary.yaml"].replace("type: money", "type: mony")
    stages = "stages:\n  - {stage: won, closes: won}\n  - {stage: lost, closes: lost}\n"
    user = f"pipeline: p\ncovers: deal.budget > 1 CNY\n{stages}"
    problems = load_texts({**BASE, "vocabulary.yaml": broken, "p.yaml": user}).problems
    assert [problem.place.file for problem in problems] == ["vocabulary.yaml"]


def test_a_mistake_in_a_pipeline_does_not_make_its_stages_unknown() -> None:
    pipeline = "pipeline: p\ncolour: red\nstages:\n  - {stage: lead, probability: 1%}\n"
    user = CADENCE.replace("{on: deal.won}", '{on: deal.won, when: deal.stage = "lead"}')
    whole = "pipeline: q\nstages:\n  - {stage: won, closes: won}\n  - {stage: lost, closes: lost}\n"
    problems = load_texts({**BASE, "p.yaml": pipeline, "q.yaml": whole, "c.yaml": user}).problems
    assert {problem.place.file for problem in problems} == {"p.yaml"}


def test_a_choice_that_no_rule_brings_is_an_error() -> None:
    user = CADENCE.replace("{on: deal.won}", '{on: deal.won, when: owner.role = "astronaut"}')
    problems = load_texts({**BASE, "c.yaml": user}).problems
    assert [(problem.place.file, problem.place.line) for problem in problems] == [("c.yaml", 2)]


def test_an_expression_mistake_shows_the_whole_line_of_the_file() -> None:
    (problem,) = load_texts({**BASE, "c.yaml": CADENCE.replace("won}", "won, when: deal.amout > 1 CNY}")}).problems
    assert problem.excerpt == "start: {on: deal.won, when: deal.amout > 1 CNY}"
    assert problem.excerpt[problem.place.column - 1 :].startswith("deal.amout")


def test_the_folder_of_the_option_comes_first_then_the_environment_then_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEALWRIGHT_RULES", raising=False)
    assert find_rules() == sample_rules()
    (tmp_path / "rules").mkdir()
    assert find_rules() == Path("rules")
    monkeypatch.setenv("DEALWRIGHT_RULES", "elsewhere")
    assert find_rules() == Path("elsewhere")
    assert find_rules(Path("given")) == Path("given")


def test_the_sample_in_the_package_is_preferred_to_the_source_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BUILT_IN_RULES", tmp_path)
    assert sample_rules() == tmp_path


def test_hidden_folders_are_not_read(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("plan: x\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("plan: x\n", encoding="utf-8")
    assert list(read_folder(tmp_path)[0]) == ["a.yaml"]


def test_a_place_is_where_the_rule_stands(sample: Rulebook) -> None:
    pipeline = next(pipeline for pipeline in sample.pipelines if pipeline.header.id == "standard")
    stage = pipeline.stage("qualified")
    assert stage is not None
    line = next(f.text for f in sample.files if f.path == stage.place.file).splitlines()[stage.place.line - 1]
    assert line.strip() == "- stage: qualified"
    assert replace(pipeline.header.place, line=2) == pipeline.header.place
