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


def moment(person: Person, later: Later, now: datetime) -> datetime | None:
    """Within the person's working hours; None where it cannot be meant."""
    local = now.astimezone(person.zone)
    if later is Later.HOUR:
        found: datetime | None = now + timedelta(hours=1)
    elif later is Later.AFTERNOON:
        found = cadence.moment(local.date(), AFTERNOON, person.zone) if local.time() < NOON else None
    else:
        midnight = cadence.moment(local.date() + timedelta(days=1), time(), person.zone)
        found = hours.back_at_work(person, midnight) if midnight else None
    return found if found and hours.is_at_work(person, found) else None


def offered(person: Person, prompt: Prompt, now: datetime) -> dict[Later, datetime]:
    """What can be chosen now, soonest first."""
    found = ((later, moment(person, later, now)) for later in Later)
    possible = {later: at for later, at in found if at and at <= prompt.deadline - LEAST_LEFT}
    return dict(sorted(possible.items(), key=lambda each: each[1]))
