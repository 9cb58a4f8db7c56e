"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import (
    actions,
    away,
    blockers,
    calendars,
    checkin,
    decisions,
    exports,
    history,
    home,
    library,
    membership,
    muster,
    own_templates,
    people,
    putting_off,
    ritual_desk,
    rituals,
)

HANDLERS: tuple[ModuleType, ...] = (
    actions,
    away,
    blockers,
    calendars,
    checkin,
    decisions,
    exports,
    history,
    home,
    library,
    membership,
    muster,
    own_templates,
    people,
    ritual_desk,
    putting_off,
    rituals,
)
"""Each registers its commands, buttons, forms and events."""
