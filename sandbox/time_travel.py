"""Jumps of the sandbox clock: only when every app has caught up and sends nothing."""

import asyncio
from math import inf
from typing import Any

from sandbox.clock import monotonic
from sandbox.errors import PageError
from sandbox.slack import Slack
from sandbox.state import Json

PATIENCE_SECONDS = 20.0
HOUR = 3600.0
LAST_MOMENT = 10**11
"""Some thousand years ahead."""


def moment(value: Any) -> float:
    """A moment that somebody names, in seconds since 1970; PageError if no clock could show it."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not (0 <= value <= LAST_MOMENT or value == inf):
        raise PageError("wrong_value", field="now")
    return float(value)


async def next_event(slack: Slack, *, until: float = inf) -> Json:
    """Jump to the next moment an app waits for, or something in the sandbox, but no further than `until`.

    People who act by themselves are met on the way.
    """
    answer = await _next_stop(slack, until)
    while answer["moved"] and not answer["arrived"]:
        answer = await _next_stop(slack, until)
    return answer


async def _next_stop(slack: Slack, until: float) -> Json:
    if not await _settled(slack):
        return _busy(slack)
    if until <= slack.clock.now():
        return _stayed(slack, "That moment has passed.")
    due, met = _due(slack), _next_meeting(slack)
    if slack.clock.now() < met < min(due, until):
        return await _jump(slack, met, "Moved.", arrived=False)
    if until < inf and not slack.clock.now() < due < until:
        return await _jump(slack, until, "Moved.")
    return await _to(slack, due)


async def _to(slack: Slack, due: float) -> Json:
    if not slack.followers.present() and due > slack.clock.now() + HOUR:
        return await _jump(slack, slack.clock.now() + HOUR, "Moved one hour: no app follows this clock.")
    if due == inf:
        return _stayed(slack, "Nothing is planned.")
    if due <= slack.clock.now():
        return _stayed(slack, "What was due has been done.")
    return await _jump(slack, due, "Moved to the next event.")


def _due(slack: Slack) -> float:
    moments = [slack.followers.wake_at, *(timed.next_at for timed in slack.timed)]
    return min((moment for moment in moments if moment is not None), default=inf)


def _next_meeting(slack: Slack) -> float:
    return min((cast.next_at for cast in slack.casts if cast.next_at is not None), default=inf)


async def jump_to(slack: Slack, moment: float) -> Json:
    """Jump to a moment by way of all that is due before it, so that no app takes the jump for downtime."""
    answer = await next_event(slack, until=moment)
    while answer["moved"] and answer["now"] < moment:
        answer = await next_event(slack, until=moment)
    return answer


async def leap_to(slack: Slack, moment: float) -> Json:
    """Jump past whatever is due before that moment: for an app it is as if it had been down."""
    if not await _settled(slack):
        return _busy(slack)
    if moment <= slack.clock.now():
        return _stayed(slack, "That moment has passed.")
    return await _jump(slack, moment, "Moved.")


async def _jump(slack: Slack, moment: float, reason: str, *, arrived: bool = True) -> Json:
    slack.jump_to(moment)
    slack.tell_pages("clock", "sidebar")
    if not await _settled(slack, announce=False):
        return _busy(slack)
    slack.tell_pages("clock", "sidebar")
    return {"ok": True, "now": slack.clock.now(), "moved": True, "arrived": arrived, "reason": reason}


async def _settled(slack: Slack, *, announce: bool = True) -> bool:
    """Wait until every app has done what is due at this moment; False if one takes too long.

    What an app is told meanwhile may change when it wakes next: after that it is asked once more.
    """
    if announce:
        slack.clock.announce()
    patience = monotonic() + PATIENCE_SECONDS
    while True:
        told, is_telling = slack.deliveries.count, not slack.deliveries.is_quiet
        while not _is_quiet(slack):
            if monotonic() > patience:
                return False
            await asyncio.sleep(0.01)
        if slack.deliveries.count == told and not is_telling:
            return True
        slack.clock.announce()


def _is_quiet(slack: Slack) -> bool:
    return slack.followers.all_idle and all(timed.is_quiet for timed in [*slack.timed, *slack.casts])


def _busy(slack: Slack) -> Json:
    reason = f"{slack.manifest.app_name} is still sending messages or working on what is due."
    return {"ok": False, "now": slack.clock.now(), "moved": False, "reason": reason}


def _stayed(slack: Slack, reason: str) -> Json:
    return {"ok": True, "now": slack.clock.now(), "moved": False, "reason": reason}
