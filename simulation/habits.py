"""What people do with their check-ins beside answering them: they have hours of their own, answer ahead, go away for
everything or for one ritual, say so with their Slack status, and travel."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulation.labels import (
    ANSWER_LATE,
    BACK,
    BECOME,
    BECOMES,
    CHANGE_SEVERAL,
    FIRST_DAY,
    HOURS,
    LAST_DAY,
    ONLY_FOR,
    QUIET,
    REMINDERS,
    STILL_ANSWER,
    TITLE,
    TO_DO,
    ZONE,
)
from simulation.plan import CONTRIBUTOR, Human, Member, Room
from simulation.tokens import token
from simulation.trace import Json
from simulation.written import HANDOVER

EMOJI = {"decision": "scales", "action": "pushpin"}
"""With which they begin records; with others they react as well."""
EVENINGS = ("mon 18:40", "tue 18:20", "wed 19:00")
REASONS = ("", "Training", "Moving house", "At a conference")
TRAVELS_TO = ("Europe/Lisbon", "Asia/Singapore", "America/Chicago")
SETTINGS = (
    {REMINDERS: "Light: 1 a day", QUIET: "09:15-11:00"},
    {REMINDERS: "None", HOURS: "mon-thu 07:30-15:30"},
    {ZONE: "Europe/Lisbon", HOURS: "sun-thu 10:00-18:30", QUIET: "12:30-13:30"},
)
"""What some of the team set for themselves."""
STATUSES = ((":palm_tree:", "On vacation"), (":face_with_thermometer:", "Sick"), (":headphones:", "Focus"))
"""Two of them mean away."""


def ahead(chance: Random, names: list[str], room: Room) -> Iterator[Json]:
    """Each week some look in the evening what comes tomorrow, and answer it."""
    for when in EVENINGS:
        for who in sorted(chance.sample(names, min(2, len(names)))):
            yield {"when": when, "who": who, "channel": room.name, "command": "/checkin"}


def absence(chance: Random, team: list[Member], room: Room, monday: date, week: int) -> Iterator[Json]:
    """Told on Monday for later that week, by the person or their manager, with a reason or without; and perhaps taken
    back, before or after it begins."""
    whom = chance.choice([each for each in team if each.manager])
    first = monday + timedelta(days=chance.choice((2, 3)))
    days = f"{first} {first + timedelta(days=chance.randrange(2))} {chance.choice(REASONS)}".strip()
    by_manager = chance.random() < 0.5  # noqa: PLR2004 # one of two
    who, text = (whom.manager, f"away @{whom.name} {days}") if by_manager else (whom.name, f"away {days}")
    where = {"weeks": [week], "who": who, "channel": room.name}
    when = f"mon {chance.randrange(11, 14)}:{chance.randrange(10, 60)}"
    yield {"when": when, **where, "command": "/muster", "text": text}
    if when := chance.choice(("", "tue 15:50", f"{first:%a} 11:20".lower())):
        back = {"command": "/muster", "text": f"back @{whom.name}", "then": [BACK]} if by_manager else {"at_home": BACK}
        yield {"when": when, **where, **back}


def slip(chance: Random, names: list[str], room: Room, monday: date, week: int) -> Iterator[Json]:
    """Somebody says that they are away on the next Monday, and takes it back: in the answer, or on the day itself."""
    at_once, who = chance.random() < 0.5, chance.choice(names)  # noqa: PLR2004 # one of two
    day = monday + timedelta(days=7)
    does = {"command": "/muster", "text": f"away {day} {day}", "then": [BACK] if at_once else []}
    yield {"when": "mon 14:35", "weeks": [week], "who": who, "channel": room.name, **does}
    if not at_once:
        yield {"when": "mon 11:10", "weeks": [week + 1], "who": who, "channel": room.name, "at_home": BACK}


def travel(chance: Random, people: list[Human], week: int) -> Json:
    """Somebody lands elsewhere on Tuesday afternoon, and Slack says so."""
    who = chance.choice(people)
    zone = chance.choice([zone for zone in TRAVELS_TO if zone != who.tz])
    return {"when": "tue 15:20", "weeks": [week], "who": who.name, "profile": {"tz": zone}}


def status(chance: Random, people: list[Human], monday: date, week: int) -> Json:
    """Somebody sets one on Tuesday that ends with Wednesday or Thursday."""
    who, (sign, text) = chance.choice(people), chance.choice(STATUSES)
    ends = datetime.combine(monday + timedelta(days=chance.choice((2, 3))), time(23), ZoneInfo(who.tz))
    profile = {"status_emoji": sign, "status_text": text, "status_expiration": int(ends.timestamp())}
    return {"when": "tue 11:40", "weeks": [week], "who": who.name, "profile": profile}


def lead_only(chance: Random, people: list[Member], room: Room, monday: date, week: int) -> Iterator[Json]:
    """A lead is away from the handover alone, later that week, and perhaps is not after all."""
    first = monday + timedelta(days=chance.choice((2, 3)))
    values = {
        FIRST_DAY: first.isoformat(),
        LAST_DAY: (monday + timedelta(days=3)).isoformat(),
        ONLY_FOR: [HANDOVER["title"]],
    }
    lead = next(each.name for each in people if each.role != CONTRIBUTOR and each.name in room.members)
    where = {"weeks": [week], "who": lead, "channel": room.name}
    yield {"when": "mon 15:35", **where, "command": "/muster", "text": "away", "values": values}
    if chance.random() < 0.5:  # noqa: PLR2004 # one of two
        yield {"when": "wed 16:45", **where, "at_home": BACK}


def day_off(chance: Random, who: str, room: Room, monday: date, week: int) -> Json:
    """The whole workspace has a day off later that week, as somebody says on Monday."""
    text = f"days add {monday + timedelta(days=chance.choice((2, 3)))} Offsite"
    return {"when": "mon 12:05", "weeks": [week], "who": who, "channel": room.name, "command": "/muster", "text": text}


def region(who: str, room: Room, of_all: str) -> Json:
    """From the first Monday on those who have none of their own keep the holidays of the workspace's."""
    text = f"days region {of_all}"
    return {"when": "mon 12:25", "weeks": [1], "who": who, "channel": room.name, "command": "/muster", "text": text}


def ways_in(seed: int, rooms: list[Room], monday: date, week: int) -> Iterator[Json]:
    """In a channel that all read, and in a private one, somebody says what others make records of: by a reaction, and
    by what stands in the menu of the message. Others add several at once."""
    yield from several(seed, rooms, monday, week)
    for room in (rooms[0], next(each for each in rooms if each.private)):
        said = f"Let us settle in week {week} who looks after {room.name}"
        deeds: list[tuple[str, int, Json]] = [
            ("mon 10:20", 0, {"says": said}),
            ("tue 14:50", -1, {"reacts": EMOJI["decision"], "about": said}),
            ("wed 11:25", -1, {"reacts": EMOJI["action"], "about": said}),
            ("wed 14:20", 1, {"shortcut": "Record decision", "about": said, "values": {TITLE: f"Anew: {said}"}}),
            ("thu 11:50", 1, {"shortcut": "Add action", "about": said, "values": {TO_DO: f"Anew: {said}"}}),
        ]
        for when, place, deed in deeds:
            yield {
                "when": when,
                "weeks": [week],
                "who": room.members[place % len(room.members)],
                "channel": room.name,
                **deed,
            }


def several(seed: int, rooms: list[Room], monday: date, week: int) -> Iterator[Json]:
    """In a channel that all read, and in a private one, somebody adds several action items at once, one of them without
    owner and day, and later that week changes some of those they wait for."""
    chance = Random(f"several {seed} {week}")  # noqa: S311 # No secret hangs on it.
    for place, room in enumerate((rooms[0], next(each for each in rooms if each.private))):
        where = {"weeks": [week], "who": chance.choice(room.members), "channel": room.name}
        first, second = (chance.choice(room.members) for _ in range(2))
        lines = (
            f"@{first} Call whoever asked about {room.name} {token(chance)} by {monday + timedelta(days=1)}",
            f"@{second} Sort the notes of week {week} {token(chance)} by {monday + timedelta(days=7)}",
            f"Book a room for week {week} {token(chance)}",
        )
        yield {"when": "mon 11:35", **where, "command": "/action", "text": "\n".join(lines)}
        values = {BECOMES: BECOME[(seed + week + place) % len(BECOME)]}
        change = {"command": "/action", "text": "list waiting", "then": [CHANGE_SEVERAL], "values": values}
        yield {"when": f"{chance.choice(('wed', 'thu'))} 14:45", **where, **change}


def late(names: list[str], week: int) -> Iterator[Json]:
    """Whoever reads on Tuesday that they missed something answers it from Home."""
    for who in names:
        yield {"when": "tue 16:20", "weeks": [week], "who": who, "at_home": ANSWER_LATE, "about": STILL_ANSWER}
