"""The words of every problem, by code, in English and Chinese.

Codes: R0xx reading and shape of a rule file, R1xx expressions, R2xx meaning across rules, I0xx outside data, E0xx events
that cannot be evaluated or are refused, E1xx what finance, operations and users ask for and cannot have,
E2xx approvals and drawn moves. The table is put
together from one tuple per group so that each stays short.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.core.texts.approvals import APPROVAL_TEXTS
from engine.core.texts.books import BOOKS_TEXTS
from engine.core.texts.crediting import CREDITING_TEXTS
from engine.core.texts.enrolments import ENROLMENT_TEXTS
from engine.core.texts.estimates import ESTIMATE_TEXTS
from engine.core.texts.expressions import EXPRESSION_TEXTS
from engine.core.texts.intake import INTAKE_TEXTS
from engine.core.texts.matching import MATCHING_TEXTS
from engine.core.texts.merging import MERGING_TEXTS
from engine.core.texts.ownership import OWNERSHIP_TEXTS
from engine.core.texts.recording import RECORDING_TEXTS
from engine.core.texts.refusals import REFUSAL_TEXTS
from engine.core.texts.rule_plan_level import QUOTA_LEFT_TEXTS
from engine.core.texts.rule_tasks import TASK_TEXTS
from engine.core.texts.rule_visits import VISIT_REFUSALS
from engine.core.texts.rules import RULE_TEXTS
from engine.core.texts.scorecards import SCORECARD_TEXTS
from engine.core.texts.service import SERVICE_TEXTS
from engine.core.texts.shape import ProblemText, in_one_table
from engine.core.texts.tables import TABLE_EVALUATION_TEXTS
from engine.core.texts.together import TOGETHER_TEXTS
from engine.core.texts.undoing import UNDOING_TEXTS
from engine.core.texts.workflow import WORKFLOW_TEXTS

PROBLEM_TEXTS: Mapping[str, ProblemText] = MappingProxyType(
    in_one_table(
        RULE_TEXTS, EXPRESSION_TEXTS, INTAKE_TEXTS, RECORDING_TEXTS, MERGING_TEXTS, VISIT_REFUSALS, REFUSAL_TEXTS, WORKFLOW_TEXTS, MATCHING_TEXTS,
        BOOKS_TEXTS, CREDITING_TEXTS, TABLE_EVALUATION_TEXTS, QUOTA_LEFT_TEXTS, SCORECARD_TEXTS,
        TOGETHER_TEXTS, ESTIMATE_TEXTS, OWNERSHIP_TEXTS, APPROVAL_TEXTS, SERVICE_TEXTS, ENROLMENT_TEXTS, TASK_TEXTS,
        UNDOING_TEXTS,
    )
)  # fmt: skip
