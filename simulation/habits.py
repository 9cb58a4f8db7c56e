"""What people do with their check-ins beside answering them: they answer ahead, go away, and travel."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from simulation.plan import Human, Member, Room
from simulation.trace import Json

EVENINGS = ("mon 18:40", "tue 18:20", "wed 19:00")
REASONS = ("", "Training", "Moving house", "At a conference")
TRAVELS_TO = ("Europe/Lisbon", "Asia/Singapore", "America/Chicago")
CHOICES = ("Light: 1 a day", "None")
"""How two of the team want to be reminded."""


def ahead(chance: Random, names: list[str], room: Room) -> Iterator[Json]:
    """Each week some look in the evening what comes tomorrow, and answer it."""
    for when in EVENINGS:
        for who in sorted(chance.sample(names, min(2, len(names)))):
            yield {"when": when, "who": who, "channel": room.name, "command": "/checkin"}


def absence(chance: Random, team: list[Member], room: Room, monday: date, week: int) -> Json:
    """Told on Monday for later that week, by the person or their manager, with a reason or without."""
    whom = chance.choice([each for each in team if each.manager])
    first = monday + timedelta(days=chance.choice((2, 3)))
    days = f"{first} {first + timedelta(days=chance.randrange(2))} {chance.choice(REASONS)}".strip()
    by_manager = chance.random() < 0.5  # noqa: PLR2004 # one of two
    who, text = (whom.manager, f"away @{whom.name} {days}") if by_manager else (whom.name, f"away {days}")
    when = f"mon {chance.randrange(11, 14)}:{chance.randrange(10, 60)}"
    return {"when": when, "weeks": [week], "who": who, "channel": room.name, "command": "/muster", "text": text}


def travel(chance: Random, people: list[Human], week: int) -> Json:
    """Somebody lands elsewhere on Tuesday afternoon, and Slack says so."""
    who = chance.choice(people)
    zone = chance.choice([zone for zone in TRAVELS_TO if zone != who.tz])
    return {"when": "tue 15:20", "weeks": [week], "who": who.name, "profile": {"tz": zone}}
