"""The tables, one module a use case. Importing any of them knows them all, so that their keys find each other."""

from storage.tables.actions import ActionRow, BlockerRow
from storage.tables.anonymous import AnonymousAnswerRow
from storage.tables.briefs import BriefRow
from storage.tables.calendars import CalendarRow
from storage.tables.channels import ChannelRow, GroupMemberRow, MemberRow
from storage.tables.decisions import ConcernRow, DecisionLinkRow, DecisionPersonRow, DecisionRow, ObjectionRow
from storage.tables.deliveries import OF_RECORDS, DeliveryRow, PaceRow
from storage.tables.digests import DigestChoiceRow, DigestRow
from storage.tables.drafts import DraftRow
from storage.tables.kept import KeptRow
from storage.tables.kept_forms import KeptFormRow
from storage.tables.language_models import ModelChoiceRow, ModelUseRow, WrittenBriefRow
from storage.tables.measures import MeasurePairRow, MeasureRow, MeasureValueRow
from storage.tables.people import AbsenceRow, CounterRow, DayOffRow, NudgeCountRow, PersonRow, WorkspaceRow
from storage.tables.prompts import AnswerRow, PromptRow, ResponseRow
from storage.tables.reactions import ReactionRow
from storage.tables.rituals import ObserverRow, OriginRow, RitualRow, RunRow, TemplateRow
from storage.tables.row import Row
from storage.tables.run_briefs import RunBriefRow
from storage.tables.sketches import SketchRow
from storage.tables.trail import AuditHeadRow, AuditRow, AuditValueRow

__all__ = [
    "OF_RECORDS",
    "AbsenceRow",
    "ActionRow",
    "AnonymousAnswerRow",
    "AnswerRow",
    "AuditHeadRow",
    "AuditRow",
    "AuditValueRow",
    "BlockerRow",
    "BriefRow",
    "CalendarRow",
    "ChannelRow",
    "ConcernRow",
    "CounterRow",
    "DayOffRow",
    "DecisionLinkRow",
    "DecisionPersonRow",
    "DecisionRow",
    "DeliveryRow",
    "DigestChoiceRow",
    "DigestRow",
    "DraftRow",
    "GroupMemberRow",
    "KeptFormRow",
    "KeptRow",
    "MeasurePairRow",
    "MeasureRow",
    "MeasureValueRow",
    "MemberRow",
    "ModelChoiceRow",
    "ModelUseRow",
    "NudgeCountRow",
    "ObjectionRow",
    "ObserverRow",
    "OriginRow",
    "PaceRow",
    "PersonRow",
    "PromptRow",
    "ReactionRow",
    "ResponseRow",
    "RitualRow",
    "Row",
    "RunBriefRow",
    "RunRow",
    "SketchRow",
    "TemplateRow",
    "WorkspaceRow",
    "WrittenBriefRow",
]
