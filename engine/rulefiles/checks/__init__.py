"""What is proved of a rulebook before anything runs.

Each check is a pure function from the rulebook to problems. `RULE_CHECKS` look inside one rule at a time and run even
when other rules could not be built; `FOLDER_CHECKS` compare rules, and run when all of them are there.
"""

from engine.rulefiles.checks import (
    cadences,
    calendars,
    credits,
    currencies,
    names,
    pipelines,
    plan_level,
    plans,
    scorecards,
    tables,
    targets,
    together,
    versions,
    workflow,
)
from engine.rulefiles.checks.finding import Check

RULE_CHECKS: tuple[Check, ...] = (
    pipelines.stages_have_one_id_each,
    pipelines.stages_can_be_reached,
    pipelines.stages_can_be_left,
    pipelines.deals_can_be_closed,
    pipelines.won_from_names_open_stages,
    cadences.steps_have_one_id_each,
    cadences.waits_wait_for_something,
    cadences.steps_named_are_there,
    cadences.every_step_can_be_reached,
    cadences.jumps_come_last,
    plans.components_have_one_id_each,
    plans.tiers_rise_from_zero,
    plans.selling_more_never_pays_less,
    plans.rates_have_what_they_need,
    plans.everything_earned_is_released,
    plan_level.caps_leave_room_for_what_is_promised,
    plan_level.pay_is_lifted_in_one_way,
    plan_level.ramps_have_a_quota,
    plan_level.ramps_guarantee_something,
    plan_level.draws_can_act,
    plan_level.amounts_are_something,
    plans.levels_have_one_id_each,
    plans.levels_and_partner_tiers_only_stand_there,
    scorecards.kpis_have_one_id_each,
    scorecards.weights_total_100,
    scorecards.points_can_be_worked_out,
    targets.weights_are_whole,
    targets.shares_are_whole,
)

FOLDER_CHECKS: tuple[Check, ...] = (
    versions.versions_follow_one_another,
    versions.facts_are_declared_once,
    pipelines.every_deal_has_one_pipeline,
    calendars.calendars_exist,
    calendars.calendars_outlast_rules,
    calendars.years_are_announced,
    currencies.amounts_are_in_the_currency_that_is_paid,
    currencies.currencies_have_rates,
    currencies.plans_have_rates_of_their_kind,
    names.roles_exist,
    names.channels_exist,
    names.recipients_are_people,
    scorecards.scorecards_exist,
    scorecards.scores_are_asked_where_they_are_known,
    scorecards.values_can_be_known,
    plans.credits_exist,
    plans.plan_windows_end,
    credits.lines_are_asked_of_lines,
    credits.hierarchies_have_a_day,
    plans.quotas_exist,
    together.shared_credits_exist,
    together.pools_ask_what_is_known,
    together.ranks_are_known_where_they_are_asked,
    together.commissions_need_not_wait_for_a_rank,
    targets.measures_exist,
    targets.parents_exist,
    targets.goals_can_be_achieved,
    targets.a_period_has_one_goal,
    tables.versions_have_the_same_columns,
    tables.tables_are_sound,
    workflow.automations_come_to_rest,
    cadences.cadences_named_are_there,
    cadences.cadences_come_to_an_end,
    cadences.windows_can_be_met,
    cadences.templates_are_there,
)

CHECKS: tuple[Check, ...] = (*RULE_CHECKS, *FOLDER_CHECKS)

__all__ = ["CHECKS", "FOLDER_CHECKS", "RULE_CHECKS", "Check"]
