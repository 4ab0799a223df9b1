"""Claims of partners: granted or refused with every reason, protected for a time, fulfilled by a win; partner tiers."""

from datetime import date

import pytest

from engine.core.incentives.partners import decide_partners, partner_tier, programme_of
from engine.core.outcomes import Refused
from engine.core.records import Partner, Registration
from tests.core.incentives.test_bonuses import RESELLERS
from tests.core.incentives.world import World, cny, rulebook

TIERS = """
partner_tiers:
  tiers:
    - partner_tier: registered
    - partner_tier: silver
      needs:
        - {when: partner.revenue_12m >= 500_000 CNY, else: {en: Half a million, zh: 五十万}}
        - {when: partner.certified_people >= 1, else: {en: One certified person, zh: 一名认证人员}}
    - partner_tier: gold
      needs: [{when: partner.revenue_12m >= 2_000_000 CNY, else: {en: Two million, zh: 两百万}}]
"""
LINES = """
vocabulary: v
deal:
  product_line: {type: choice, of: [hardware, service], title: {en: Line, zh: 产品线}}
"""
SIGNED = ((date(2026, 1, 1), date(2027, 1, 1)),)


def world() -> World:
    """Two resellers with agreements and one without."""
    found = World(
        rulebook(
            programme=RESELLERS,
            vocabulary=LINES,
        )
    )
    for id, spans in (("orient", SIGNED), ("pacific", SIGNED), ("unsigned", ())):
        found.keep(Partner(id, id, date(2026, 1, 1), "partner", "resellers", agreements=spans))
    return found.person("ann")


def ask(world: World, id: str, partner: str, on: str, account: str = "acme", line: str = "hardware") -> Registration:
    """A request, and the registration that came of it."""
    world.happen("registration.requested", partner, on, registration=id, account=account, product_line=line)
    return next(record for record in world.state.registrations(account) if record.id == id)


def test_the_first_claim_is_granted_and_protected_for_its_time() -> None:
    granted = ask(world(), "R1", "orient", "2026-02-01")
    assert (granted.state, granted.requested_on, granted.until_on) == ("granted", date(2026, 2, 1), date(2026, 5, 2))


@pytest.mark.parametrize(
    ("partner", "on", "account", "line", "state"),
    [
        ("pacific", "2026-05-01", "acme", "hardware", "refused"),
        ("pacific", "2026-05-02", "acme", "hardware", "granted"),
        ("pacific", "2026-03-01", "acme", "service", "granted"),
        ("pacific", "2026-03-01", "other", "hardware", "granted"),
        ("orient", "2026-03-01", "acme", "hardware", "refused"),
    ],
)
def test_the_first_claim_wins_while_it_is_protected(partner: str, on: str, account: str, line: str, state: str) -> None:
    company = world()
    ask(company, "R1", "orient", "2026-02-01")
    assert ask(company, "R2", partner, on, account, line).state == state


def test_a_refusal_names_every_reason_in_both_languages_and_shows_the_other_claim() -> None:
    company = world()
    ask(company, "R1", "orient", "2026-02-01")
    refused = ask(company, "R2", "unsigned", "2026-02-02")
    assert [code for code, _ in refused.cause.notes] == [
        "no_agreement",
        "refused_when",
        "refused_when_zh",
        "criterion",
        "conflict",
    ]
    said = dict(refused.cause.notes)
    assert (said["refused_when"], said["refused_when_zh"]) == ("Already registered", "该客户已被报备")
    assert said["conflict"].startswith("R1 orient")


def test_a_partner_without_a_programme_cannot_register() -> None:
    company = world().keep(Partner("stranger", "S", date(2026, 1, 1), "social"))
    assert programme_of(company.state.partner("stranger"), company.rules, date(2026, 2, 1)) is None  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="E059"):
        ask(company, "R1", "stranger", "2026-02-01")


def test_a_win_of_the_partners_deal_fulfils_the_claim() -> None:
    company = world()
    ask(company, "R1", "orient", "2026-02-01")
    company.win("D1", cny(1), "2026-03-01", account="acme", partner="pacific")
    assert [record.state for record in company.state.registrations("acme")] == ["granted"]
    company.win("D2", cny(1), "2026-03-02", account="acme", partner="orient")
    assert [record.state for record in company.state.registrations("acme")] == ["fulfilled"]


def test_other_events_are_no_business_of_it() -> None:
    company = world().win("D1", cny(1), "2026-03-01")
    event, situation = company.told[0]
    assert decide_partners(event, situation, company.rules) == ()
    assert not any(isinstance(outcome, Refused) for outcome in company.outcomes)


def test_the_partner_tier_is_the_highest_whose_criteria_all_hold_and_each_is_shown() -> None:
    programme = rulebook(programme=RESELLERS + TIERS).programmes[0]
    held = partner_tier(programme, {"partner.revenue_12m": cny(600_000), "partner.certified_people": 1})
    assert held.partner_tier == "silver"
    shown = {tier: [(c.condition, c.met) for c in criteria] for tier, criteria in held.criteria}
    assert shown["gold"] == [("partner.revenue_12m >= 2_000_000 CNY", False)]
    assert [met for _, met in shown["silver"]] == [True, True]
    assert partner_tier(programme, {"partner.revenue_12m": cny(600_000)}).partner_tier == "registered"
    assert partner_tier(programme, {}).partner_tier == "registered"
