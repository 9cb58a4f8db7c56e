"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import (
    actions,
    away,
    blockers,
    checkin,
    decisions,
    home,
    library,
    membership,
    muster,
    people,
    putting_off,
    rituals,
)

HANDLERS: tuple[ModuleType, ...] = (
    actions,
    away,
    blockers,
    checkin,
    decisions,
    home,
    library,
    membership,
    muster,
    people,
    putting_off,
    rituals,
)
"""Each registers its commands, buttons, forms and events."""
