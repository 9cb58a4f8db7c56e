"""What becomes of the action item of the week: Ben owns it, Ana asked for it, and it is due on Friday, 27 November."""

import json
from datetime import UTC, datetime
from typing import Protocol

from tests.simulation.breaking import broken, frozen_after
from tests.simulation.story import Json, direct, section
from tests.simulation.week import Week, week

ITEM = "A-1: Call the bank [eeee-0001]"


class Promise(Protocol):
    PROMISE: str


def says(found: Week, promise: Promise) -> list[str]:
    """What the judge finds of one promise."""
    return broken(found).get(promise.PROMISE, [])


def open_until(end: datetime) -> Week:
    """Nobody does it."""
    found = week()
    for name in ("action", "action receipt"):
        frozen_after(found, found.named[name])
    found.story.lines[:] = [line for line in found.story.lines if line.get("action_id") != "action.done"]
    found.story.end(end)
    return found


def utc(month: int, day: int, at: str) -> datetime:
    hour, minute = map(int, at.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def tell(found: Week, who: str, at: datetime, text: str, *more: Json) -> Json:
    return found.story.post(at, direct(who), text, [section(text), *more])


def press(found: Week, who: str, at: datetime, action: str, value: str = "1", *, ts: str = "1.0") -> Json:
    fields = {"label": "A button", "action_id": action, "value": value, "where": "message", "channel": direct(who)}
    return found.story.did(who, "clicked", at, **fields, ts=ts)


def send(found: Week, who: str, at: datetime, form: str, values: Json, **ids: str) -> Json:
    about = json.dumps({"draft": f"{form} {at}", **ids})
    fields = {"view_id": f"V-{form}-{at}", "title": "A form", "callback_id": form, "private_metadata": about}
    return found.story.did(who, "submitted", at, **fields, values=values)
