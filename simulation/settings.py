"""What people set for themselves, and the days off and the region of the whole workspace: as of each moment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from simulation.labels import HOURS, NUDGES, QUIET, REGION, REMINDERS, ZONE
from simulation.plan import Plan
from simulation.recognition import SETTINGS_FORM
from simulation.timeline import Timeline
from simulation.trace import Line, Trace, Unreadable
from simulation.when import WEEKDAYS
from simulation.working import STANDARD, Hours
from simulation.world import World

WORKING = re.compile(r"(?P<days>[a-z,\- ]+) (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True)
class Settings:
    hours: Hours = STANDARD
    zone: str = ""
    """Their own choice; empty: what Slack says."""
    region: str = ""
    nudges: int = NUDGES["Standard"]
    """Reminders a day at most."""


def settings_of(plan: Plan, world: World, trace: Trace) -> dict[str, Timeline[Settings]]:
    """By person: first as they were set up, then as they sent the form of their own settings."""
    regions = {world.by_name[each.name]: each.region for each in plan.team if each.name in world.by_name}
    found = {user: Timeline(Settings(region=regions.get(user, ""))) for user in world.people}
    for line in trace.diary("submitted"):
        if line["callback_id"] == SETTINGS_FORM and line.get("ok") and REMINDERS in (line.get("values") or {}):
            timeline = found[line["person"]]
            timeline.change(line.at, _changed(timeline.last, line["values"]))
    return found


def _changed(before: Settings, values: Mapping[str, object]) -> Settings:
    said = {label: str(values.get(label) or "") for label in (HOURS, QUIET, ZONE, REGION, REMINDERS)}
    nudges = next((count for word, count in NUDGES.items() if said[REMINDERS].startswith(word)), before.nudges)
    return Settings(read_hours(said[HOURS], said[QUIET]), said[ZONE], said[REGION], nudges)


def read_hours(text: str, quiet: str = "") -> Hours:
    """ "mon-fri 09:00-17:30" and "12:00-13:00"."""
    found = WORKING.fullmatch(text)
    if not found:
        raise Unreadable(f"the judge does not understand the working hours {text!r}.")
    start, end = time.fromisoformat(found["start"]), time.fromisoformat(found["end"])
    hours = Hours(start, end, frozenset(day for part in found["days"].split(",") for day in _days(part.strip())))
    if not quiet:
        return hours
    span = SPAN.fullmatch(quiet)
    if not span:
        raise Unreadable(f"the judge does not understand the quiet hours {quiet!r}.")
    return replace(hours, quiet=(time.fromisoformat(span[1]), time.fromisoformat(span[2])))


def _days(part: str) -> list[int]:
    """ "mon", "mon-thu", and "sun-thu" over the weekend."""
    first, _, last = part.partition("-")
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return [(begin + step) % len(WEEKDAYS) for step in range((end - begin) % len(WEEKDAYS) + 1)]


def days_off(trace: Trace) -> Timeline[frozenset[date]]:
    """As somebody typed `/muster days add 2026-12-24 Christmas Eve`, or `remove`."""
    found = Timeline(frozenset[date]())
    for line in trace.diary("commanded"):
        verb, day = _typed(line)
        if verb == "add":
            found.change(line.at, found.last | {date.fromisoformat(day)})
        elif verb == "remove":
            found.change(line.at, found.last - {date.fromisoformat(day)})
    return found


def workspace_region(trace: Trace) -> Timeline[str]:
    """Whose holidays those keep who have no region of their own; as somebody typed `/muster days region DE-BY`."""
    found = Timeline("")
    for line in trace.diary("commanded"):
        verb, region = _typed(line)
        if verb == "region":
            found.change(line.at, "" if region == "none" else region)
    return found


def _typed(line: Line) -> tuple[str, str]:
    words = str(line.get("text") or "").split()
    is_meant = line["command"] == "/muster" and words[:1] == ["days"] and len(words) > 2 and line.get("ok")  # noqa: PLR2004 # days, add, which
    return (words[1], words[2]) if is_meant else ("", "")
