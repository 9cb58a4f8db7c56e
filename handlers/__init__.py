"""A person acts in Slack: parse, one service call, answer."""

from types import ModuleType

from handlers import checkin, decisions, membership, rituals

HANDLERS: tuple[ModuleType, ...] = (checkin, decisions, membership, rituals)
"""Each registers its commands, buttons, forms and events."""
