"""R0xx, R2xx: rule files, their shape and what they mean together."""

from engine.core.texts.ownership import OWNERSHIP_RULE_TEXTS
from engine.core.texts.rule_cadences import CADENCE_TEXTS
from engine.core.texts.rule_credits import CREDIT_RULE_TEXTS
from engine.core.texts.rule_folder import FOLDER_TEXTS
from engine.core.texts.rule_outcomes import OUTCOME_TEXTS
from engine.core.texts.rule_pay import PAY_TEXTS
from engine.core.texts.rule_plan_level import PLAN_LEVEL_TEXTS
from engine.core.texts.rule_reading import READING_TEXTS
from engine.core.texts.rule_scorecards import SCORECARD_RULE_TEXTS
from engine.core.texts.rule_shape import SHAPE_TEXTS
from engine.core.texts.rule_stages import STAGE_TEXTS
from engine.core.texts.rule_tasks import TASK_RULE_TEXTS
from engine.core.texts.rule_values import VALUE_TEXTS
from engine.core.texts.rule_visits import VISIT_TEXTS
from engine.core.texts.rule_workflow import WORKFLOW_TEXTS
from engine.core.texts.service import SERVICE_RULE_TEXTS
from engine.core.texts.shape import ProblemText
from engine.core.texts.tables import CURRENCY_TEXTS, TABLE_TEXTS
from engine.core.texts.together import TOGETHER_RULE_TEXTS

RULE_TEXTS: tuple[ProblemText, ...] = (
    *READING_TEXTS,
    *VALUE_TEXTS,
    *SHAPE_TEXTS,
    *FOLDER_TEXTS,
    *WORKFLOW_TEXTS,
    *STAGE_TEXTS,
    *CADENCE_TEXTS,
    *TASK_RULE_TEXTS,
    *VISIT_TEXTS,
    *OUTCOME_TEXTS,
    *PAY_TEXTS,
    *TOGETHER_RULE_TEXTS,
    *CREDIT_RULE_TEXTS,
    *TABLE_TEXTS,
    *CURRENCY_TEXTS,
    *PLAN_LEVEL_TEXTS,
    *SCORECARD_RULE_TEXTS,
    *OWNERSHIP_RULE_TEXTS,
    *SERVICE_RULE_TEXTS,
)
