"""A plan from a seed: a team spread over the world, its channels and rituals, and what people do beside answering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from simulation import calendars, habits
from simulation.briefing import briefed
from simulation.deciding import deciding
from simulation.labels import APPROVER, DECIDED, DUE, OWNER, TITLE, TO_DO, WHY
from simulation.names import FIRST, LAST
from simulation.plan import Human, Member, Plan, Room, Switched
from simulation.steering import of_rituals, steering
from simulation.talking import talking
from simulation.tokens import token
from simulation.trace import Json
from simulation.written import LOAD, WRITTEN, load_times

BEGINS = (
    datetime(2026, 3, 27, 15, tzinfo=UTC),
    datetime(2026, 9, 18, 15, tzinfo=UTC),
    datetime(2026, 10, 9, 15, tzinfo=UTC),
)
"""Friday afternoons in Europe. Within the weeks after each, clocks change in several parts of the world; the first and
the last lie before days that are a quarter's."""
ZONES = (
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Europe/London",
    "America/New_York",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Lagos",
    "Asia/Tokyo",
)
"""Among them half hours and quarters, both sides of the date line, and a clock change of half an hour."""
JOBS = (
    ("research", "Research scientist"),
    ("ml", "ML engineer"),
    ("mlops", "Platform engineer (MLOps)"),
    ("product", "Product manager"),
    ("support", "Support specialist"),
    ("legal", "Legal counsel"),
    ("engineering", "Software engineer"),
    ("annotation", "Annotation specialist"),
    ("design", "Product designer"),
    ("analytics", "Data analyst"),
)
FEWEST = 4
"""Fewer are no team: nobody would be outside a private channel."""
MOST = len(FIRST) * len(LAST)
"""Everybody has a name of their own."""
TEAM_SIZE = 7
"""People for each manager."""
RITUALS = (
    ("weekly-sync", "forecast"),
    ("ml-product-support-sync", "support-quality"),
    ("product-ml-council", "council"),
    ("fail-celebration", "nightingale"),
    *((each["id"], channel) for each, channel in WRITTEN),
)
"""`council` and `nightingale` are private."""
REGIONS = {3: ("AZ", "CY"), 9: ("JP", "ZA"), 10: ("BR", "US")}
"""By the month in which it begins, of people of their own: each has a holiday within the first week."""
OF_ALL = {3: "AR", 9: "TT", 10: "TN"}
"""The workspace's: each has a holiday on the Thursday of the first week."""
IN_A_REGION = 2
TOPICS = [
    "the rollout",
    "the price list",
    "the labelling guide",
    "the evaluation set",
    "the on-call rota",
    "the retention rule",
]


@dataclass(frozen=True)
class Someone:
    human: Human
    member: Member

    @property
    def name(self) -> str:
        return self.human.name


def plan(seed: int, members: int, weeks: int = 8) -> Plan:
    """The same for the same arguments."""
    chance = Random(f"plan {seed}")  # noqa: S311 # No secret hangs on it.
    begins = BEGINS[seed % len(BEGINS)]
    team = _with_calendars(_with_regions(_team(chance, members), REGIONS[begins.month]), seed, begins.date())
    channels = _channels(chance, team)
    return Plan(
        workspace="Northlight AI",
        begins=begins,
        people=[each.human for each in team],
        channels=channels,
        team=[each.member for each in team],
        rituals=[Switched(template, room.name, _starter(room)) for template, room in _pairs(channels)],
        written=_written(seed, begins.date()),
        reactions=habits.EMOJI,
        does=[
            habits.region(team[0].name, channels[0], OF_ALL[begins.month]),
            *_does(chance, team, channels, begins, weeks),
            *_habits(seed, team, channels, begins, weeks),
        ],
    )


def _written(seed: int, begins: date) -> list[Json]:
    """Each seed asks how full the week is by another kind of sentence."""
    first = begins + timedelta(days=7 - begins.weekday())
    times = load_times(first + timedelta(days=2))
    rituals = (each for each, _channel in WRITTEN)
    return [{**each, "when": times[seed % len(times)]} if each is LOAD else each for each in rituals]


def _pairs(channels: list[Room]) -> list[tuple[str, Room]]:
    by_name = {room.name: room for room in channels}
    return [(template, by_name[channel]) for template, channel in RITUALS]


def _starter(room: Room) -> str:
    return room.members[0]


def _team(chance: Random, count: int) -> list[Someone]:
    names = chance.sample([f"{first} {last}" for first in FIRST for last in LAST], count)
    zones = [ZONES[place % len(ZONES)] for place in range(count)]
    chance.shuffle(zones)
    managers = max(1, count // TEAM_SIZE)
    found = []
    for place, (name, zone) in enumerate(zip(names, zones, strict=True)):
        function, title = JOBS[place % len(JOBS)]
        if place == 0:
            human, member = Human(name, "Head of applied AI", zone, is_admin=True), Member(name, "ml", "manager")
        elif place < managers:
            human, member = Human(name, f"{title}, manager", zone), Member(name, function, "manager", names[0])
        else:
            role = "lead" if place % TEAM_SIZE == managers else "contributor"
            human, member = Human(name, title, zone), Member(name, function, role, names[place % managers])
        found.append(Someone(human, member))
    return found


def _with_regions(team: list[Someone], regions: Sequence[str]) -> list[Someone]:
    """Of those who lead nobody the last few keep holidays, and those before them have hours or wishes of their own."""
    led = [each.name for each in team if each.member.role == "contributor"][::-1]
    kept = dict(zip(led[:IN_A_REGION], regions, strict=False))
    own = dict(zip(led[IN_A_REGION:], habits.SETTINGS, strict=False))
    return [replace(each, member=_chosen(each.member, kept, own)) for each in team]


def _with_calendars(team: list[Someone], seed: int, begins: date) -> list[Someone]:
    """Of those who have chosen nothing of that some let Muster follow their calendars."""
    led = [each.member for each in team if each.member.role == "contributor"]
    free = [each.name for each in led if not (each.region or each.settings)]
    kept = dict(zip(free[::-1], calendars.kept(seed, begins), strict=False))
    return [replace(each, member=replace(each.member, calendar=kept.get(each.name, ""))) for each in team]


def _chosen(member: Member, kept: dict[str, str], own: dict[str, dict[str, str]]) -> Member:
    return replace(member, region=kept.get(member.name, ""), settings=own.get(member.name, {}))


def _channels(chance: Random, team: list[Someone]) -> list[Room]:
    names = [each.name for each in team]
    leads = [each.name for each in team if each.member.role != "contributor"]
    customers = [each.name for each in team if each.member.function in ("ml", "product", "support")]
    others = [name for name in names if name not in leads]
    return [
        Room("forecast", names, "The demand forecast, from research to rollout"),
        Room("support-quality", _first(names[0], customers), "What customers tell us"),
        Room("council", _first(names[0], leads + others[:1]), "Leads and managers", private=True),
        Room(
            "nightingale", _first(names[0], chance.sample(names, max(2, len(names) // 4))), "Not public", private=True
        ),
    ]


def _first(name: str, names: list[str]) -> list[str]:
    return [name, *(each for each in names if each != name)]


def _does(chance: Random, team: list[Someone], channels: list[Room], begins: datetime, weeks: int) -> Iterator[Json]:
    """Each week a decision and an action item in each channel, and somebody who goes away for some days."""
    first = begins.date() + timedelta(days=7 - begins.weekday())
    for week in range(1, weeks + 1):
        monday = first + timedelta(weeks=week - 1)
        for room, enter in ((room, enter) for room in channels for enter in (_decision, _action)):
            command, values = enter(chance, room, monday)
            yield _line(chance, week, chance.choice(room.members), room, command, values=values)
        text = _away(chance, monday)
        yield _line(chance, week, chance.choice(team).name, channels[0], "/muster", text=text)


def _habits(seed: int, team: list[Someone], channels: list[Room], begins: datetime, weeks: int) -> Iterator[Json]:
    """By dice of their own, so that the rest of a plan stays as it was."""
    chance = Random(f"habits {seed}")  # noqa: S311 # No secret hangs on it.
    first = begins.date() + timedelta(days=7 - begins.weekday())
    led = [each.human for each in team if each.member.role == "contributor"]
    yield from habits.ahead(chance, [each.name for each in team], channels[0])
    for week in range(1, weeks + 1):
        monday = first + timedelta(weeks=week - 1)
        yield from habits.absence(chance, [each.member for each in team], channels[0], monday, week)
        if week % 2:
            yield habits.travel(chance, led, week)
            yield habits.day_off(chance, team[0].name, channels[0], monday, week)
        if week == 1:
            yield from calendars.changed(seed, [each.member for each in team], monday)
        yield habits.status(chance, led, monday, week)
        yield from habits.late([each.name for each in team], week)
        yield from habits.slip(chance, [each.name for each in team], channels[0], monday, week)
        yield from habits.ways_in(seed, channels, monday, week)
        yield from habits.lead_only(chance, [each.member for each in team], channels[0], monday, week)
        yield from steering(chance, dict(_pairs(channels)), monday, week)
    zones = {each.name: each.human.tz for each in team}
    yield from of_rituals(seed, dict(_pairs(channels)), zones, first, weeks)
    by_name = {room.name: room for room in channels}
    yield from deciding(seed, by_name, first, weeks)
    for talk in talking(seed, by_name, weeks):
        briefed(talk, [each.name for each in team if each.name not in talk.room.members])
        yield talk.line


def _line(chance: Random, week: int, who: str, room: Room, command: str, **more: Json | str) -> Json:
    """At work, and not when a ritual asks."""
    when = f"{chance.choice(('mon', 'tue', 'wed', 'thu'))} {chance.randrange(11, 16)}:{chance.randrange(10, 60)}"
    return {"when": when, "weeks": [week], "who": who, "channel": room.name, "command": command, **more}


def _decision(chance: Random, room: Room, _monday: date) -> tuple[str, Json]:
    topic = chance.choice(TOPICS)
    return "/decision", {
        TITLE: f"Settle {topic} {token(chance)}",
        DECIDED: f"We go with the second draft of {topic} {token(chance)}",
        WHY: f"Customers asked for it twice {token(chance)}",
        APPROVER: chance.choice(room.members),
    }


def _action(chance: Random, room: Room, monday: date) -> tuple[str, Json]:
    what = f"Write down what changes in {chance.choice(TOPICS)} {token(chance)}"
    due = monday + timedelta(days=chance.randrange(4, 13))
    return "/action", {TO_DO: what, OWNER: chance.choice(room.members), DUE: due.isoformat()}


def _away(chance: Random, monday: date) -> str:
    """From a day after that week on: when it is typed, that is still to come everywhere."""
    first = monday + timedelta(days=chance.randrange(6, 12))
    return f"away {first} {first + timedelta(days=chance.randrange(4))}"
