"""The kinds of rule: the first key of a file, and the schema that the file must follow."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.rulefiles.schemas.approval import ApprovalSchema
from engine.rulefiles.schemas.base import HeaderSchema
from engine.rulefiles.schemas.cadence import CadenceSchema
from engine.rulefiles.schemas.company import CalendarSchema, CompanySchema
from engine.rulefiles.schemas.ownership import AssignmentSchema, PublicPoolSchema
from engine.rulefiles.schemas.partners import LadderSchema, ProgrammeSchema
from engine.rulefiles.schemas.pay import PlanSchema
from engine.rulefiles.schemas.pipeline import PipelineSchema
from engine.rulefiles.schemas.profile import ProfileSchema
from engine.rulefiles.schemas.scorecard import ScorecardSchema
from engine.rulefiles.schemas.service import ServiceLevelSchema
from engine.rulefiles.schemas.table import TableSchema
from engine.rulefiles.schemas.targets import TargetsSchema
from engine.rulefiles.schemas.task_policy import TaskPolicySchema
from engine.rulefiles.schemas.template import TemplateSchema
from engine.rulefiles.schemas.vocabulary import VocabularySchema
from engine.rulefiles.schemas.workflow import AutomationSchema

SCHEMAS: Mapping[str, HeaderSchema] = MappingProxyType(
    {
        "company": CompanySchema(),
        "calendar": CalendarSchema(),
        "vocabulary": VocabularySchema(),
        "table": TableSchema(),
        "approval": ApprovalSchema(),
        "pipeline": PipelineSchema(),
        "cadence": CadenceSchema(),
        "automation": AutomationSchema(),
        "assignment": AssignmentSchema(),
        "public_pool": PublicPoolSchema(),
        "template": TemplateSchema(),
        "service_level": ServiceLevelSchema(),
        "task_policy": TaskPolicySchema(),
        "plan": PlanSchema(),
        "programme": ProgrammeSchema(),
        "ladder": LadderSchema(),
        "targets": TargetsSchema(),
        "scorecard": ScorecardSchema(),
        "profile": ProfileSchema(),
    }
)
"""By kind, in the order in which they are loaded: each may use names that the kinds before it brought."""

LATER_KINDS = ("course", "article")
"""Kinds of the rule language that this version does not carry out yet; named, so that nobody takes them for a slip."""
