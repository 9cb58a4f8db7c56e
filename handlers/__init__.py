"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import (
    actions,
    away,
    blockers,
    calendars,
    checkin,
    decision_endings,
    decisions,
    exports,
    history,
    home,
    library,
    membership,
    muster,
    objections,
    own_templates,
    people,
    putting_off,
    questions,
    reactions,
    ritual_desk,
    rituals,
    whole_runs,
)

HANDLERS: tuple[ModuleType, ...] = (
    actions,
    away,
    blockers,
    calendars,
    checkin,
    decision_endings,
    decisions,
    exports,
    history,
    home,
    library,
    membership,
    muster,
    objections,
    own_templates,
    people,
    ritual_desk,
    putting_off,
    questions,
    reactions,
    rituals,
    whole_runs,
)
"""Each registers its commands, buttons, forms and events."""
