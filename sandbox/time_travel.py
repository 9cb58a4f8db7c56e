"""Jumps of the sandbox clock: only when every app has caught up and sends nothing."""

import asyncio

from sandbox.clock import monotonic
from sandbox.state import Json
from sandbox.world import World

PATIENCE_SECONDS = 20.0
HOUR = 3600.0


async def next_event(world: World) -> Json:
    """Jump to the next moment an app (or a retry) waits for."""
    if not await _settled(world):
        return _busy(world)
    if not world.followers.present():
        return await _jump(world, world.clock.now() + HOUR, "Moved one hour: no app follows this clock.")
    moments = (world.followers.wake_at, world.deliveries.next_retry, world.agenda.next)
    target = min((moment for moment in moments if moment is not None), default=None)
    if target is None:
        return _stayed(world, "Nothing is planned.")
    if target <= world.clock.now():
        return _stayed(world, "What was due has been done.")
    return await _jump(world, target, "Moved to the next event.")


async def jump_to(world: World, moment: float) -> Json:
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
