"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import checkin, decisions

HANDLERS: tuple[ModuleType, ...] = (checkin, decisions)
"""Each registers its commands, buttons, forms and events."""
