"""Jumps of the sandbox clock: only when every app has caught up and sends nothing."""

import asyncio
from math import inf

from sandbox.clock import monotonic
from sandbox.state import Json
from sandbox.world import World

PATIENCE_SECONDS = 20.0
HOUR = 3600.0


async def next_event(world: World, *, until: float = inf) -> Json:
    """Jump to the next moment an app (or a retry) waits for, but no further than `until`."""
    if not await _settled(world):
        return _busy(world)
    if until <= world.clock.now():
        return _stayed(world, "That moment has passed.")
    due = _due(world)
    if until < inf and not world.clock.now() < due < until:
        return await _jump(world, until, "Moved.")
    return await _to(world, due)


async def _to(world: World, due: float) -> Json:
    if not world.followers.present() and due > world.clock.now() + HOUR:
        return await _jump(world, world.clock.now() + HOUR, "Moved one hour: no app follows this clock.")
    if due == inf:
        return _stayed(world, "Nothing is planned.")
    if due <= world.clock.now():
        return _stayed(world, "What was due has been done.")
    return await _jump(world, due, "Moved to the next event.")


def _due(world: World) -> float:
    moments = (world.followers.wake_at, world.deliveries.next_retry, world.agenda.next)
    return min((moment for moment in moments if moment is not None), default=inf)


async def jump_to(world: World, moment: float) -> Json:
    """Jump to a moment by way of all that is due before it, so that no app takes the jump for downtime."""
    answer = await next_event(world, until=moment)
    while answer["moved"] and answer["now"] < moment:
        answer = await next_event(world, until=moment)
    return answer


async def leap_to(world: World, moment: float) -> Json:
    """Jump past whatever is due before that moment: for an app it is as if it had been down."""
    if not await _settled(world):
        return _busy(world)
    if moment <= world.clock.now():
        return _stayed(world, "That moment has passed.")
    return await _jump(world, moment, "Moved.")


async def _jump(world: World, moment: float, reason: str) -> Json:
    world.clock.jump_to(moment)
    world.changes.tell_all("clock", "sidebar")
    if not await _settled(world, announce=False):
        return _busy(world)
    world.changes.tell_all("clock", "sidebar")
    return {"ok": True, "now": world.clock.now(), "moved": True, "reason": reason}


async def _settled(world: World, *, announce: bool = True) -> bool:
    """Wait until every app has done what is due at this moment; False if one takes too long."""
    if announce:
        world.clock.announce()
    patience = monotonic() + PATIENCE_SECONDS
    while not (world.followers.all_idle and world.deliveries.is_quiet and world.agenda.is_quiet):
        if monotonic() > patience:
            return False
        await asyncio.sleep(0.01)
    return True


def _busy(world: World) -> Json:
    reason = f"{world.manifest.app_name} is still sending messages or working on what is due."
    return {"ok": False, "now": world.clock.now(), "moved": False, "reason": reason}


def _stayed(world: World, reason: str) -> Json:
    return {"ok": True, "now": world.clock.now(), "moved": False, "reason": reason}
