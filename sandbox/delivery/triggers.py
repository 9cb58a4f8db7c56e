"""Trigger ids: each opens one modal, as long after a person's act as the app may take to acknowledge it."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.ids import Ids


@dataclass
class Trigger:
    user: str
    view_id: str | None
    conversation: str | None
    expires: float
    used: bool = False


class Triggers:
    def __init__(self, ids: Ids, clock: Clock, is_over_at_once: Callable[[str], bool], seconds: float) -> None:
        """`is_over_at_once`: whether the next trigger of a person ends before it can be used."""
        self._ids, self._clock, self._seconds = ids, clock, seconds
        self._is_over_at_once = is_over_at_once
        self._triggers: dict[str, Trigger] = {}

    def new(self, user: str, view_id: str | None = None, *, conversation: str | None = None) -> str:
        """`view_id` is the open view the act happened in, `conversation` is where the person was."""
        number = self._ids.number("trigger")
        trigger_id = f"{number}.{number * 7}.{number:016x}"
        seconds = -1.0 if self._is_over_at_once(user) else self._seconds
        self._triggers[trigger_id] = Trigger(user, view_id, conversation, self._clock.seconds() + seconds)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.seconds() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger
