"""When somebody who has no time now can be asked again."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from domain import cadence, hours
from domain.people import Person
from domain.runs import Prompt

LEAST_LEFT = timedelta(minutes=15)
"""So long before the deadline at least: time enough to answer."""
NOON = time(13)
AFTERNOON = time(14)


class Later(StrEnum):
    HOUR = "hour"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"


WORDS = {Later.HOUR: "In an hour", Later.AFTERNOON: "This afternoon", Later.TOMORROW: "Tomorrow morning"}


def offered(person: Person, prompt: Prompt, now: datetime) -> dict[Later, datetime]:
    """What can be chosen now, soonest first."""
    latest = prompt.deadline - LEAST_LEFT
    possible = {later: at for later in Later if (at := _moment(person, later, now, latest))}
    return dict(sorted(possible.items(), key=lambda each: each[1]))


def _moment(person: Person, later: Later, now: datetime, latest: datetime) -> datetime | None:
    """Within the person's working hours; None where it cannot be meant, or comes too late."""
    found = _meant(person, later, now)
    if found and later is Later.TOMORROW and found <= latest:
        found = hours.back_at_work(person, found)
    return found if found and found <= latest and hours.is_at_work(person, found) else None


def _meant(person: Person, later: Later, now: datetime) -> datetime | None:
    """Whether or not the person works then; of tomorrow the first moment."""
    if later is Later.HOUR:
        return now + timedelta(hours=1)
    local = now.astimezone(person.zone)
    if later is Later.AFTERNOON:
        return cadence.moment(local.date(), AFTERNOON, person.zone) if local.time() < NOON else None
    return cadence.moment(local.date() + timedelta(days=1), time(), person.zone)
