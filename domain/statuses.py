"""Which Slack statuses mean that somebody is away; only those that have an end count.

| sign | words |
| --- | --- |
| :palm_tree: :beach_with_umbrella: :airplane: | vacation, on holiday, annual leave |
| :face_with_thermometer: | sick, ill |
| | out of office, OOO, on leave |
"""

import re
from datetime import UTC, date, datetime, timedelta

from domain.cadence import moment
from domain.people import Person

SIGNS = frozenset({":palm_tree:", ":beach_with_umbrella:", ":airplane:", ":face_with_thermometer:"})
WORDS = re.compile(
    r"\b(vacation(ing)?|on holidays?|(annual|parental|sick|on) leave|out of (the )?office|ooo|(out )?sick|ill)\b",
    re.IGNORECASE,
)
DAY = timedelta(days=1)


def away_until(sign: str, text: str, ends: int) -> datetime | None:
    """When a status ends that means away; `ends` is in Slack's seconds, 0 for a status without an end."""
    means_away = sign in SIGNS or WORDS.search(text)
    return datetime.fromtimestamp(ends, UTC) if ends and means_away else None


def last_day(person: Person, now: datetime) -> date | None:
    """The last whole day of which their status says that they are away: one of which more than half is left out.

    None if no day from now on is.
    """
    if person.status_until is None:
        return None
    local, hours = person.status_until.astimezone(person.zone), person.hours
    start, end = moment(local.date(), hours.start, person.zone), moment(local.date(), hours.end, person.zone)
    is_whole = bool(start and end and person.status_until >= start + (end - start) / 2)
    last = local.date() if is_whole else local.date() - DAY
    return last if last >= now.astimezone(person.zone).date() else None
