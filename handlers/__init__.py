"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import checkin

HANDLERS: tuple[ModuleType, ...] = (checkin,)
"""Each registers its commands, buttons, forms and events."""
