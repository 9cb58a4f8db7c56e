"""A plan from a seed: a team spread over the world, its channels and rituals, and what people do beside answering."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from simulation.plan import Doing, Human, Member, Plan, Room, Switched
from simulation.tokens import token
from simulation.working import Calendar

BEGINS = (
    datetime(2026, 2, 27, 15, tzinfo=UTC),
    datetime(2026, 9, 18, 15, tzinfo=UTC),
    datetime(2026, 10, 9, 15, tzinfo=UTC),
)
"""Friday afternoons in Europe. Within the weeks after each, clocks change in several parts of the world."""
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
FIRST = [
    "Ana",
    "Ben",
    "Chloe",
    "Dev",
    "Erin",
    "Farid",
    "Grace",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Mira",
    "Noor",
    "Omar",
    "Pia",
    "Quinn",
    "Rosa",
    "Sami",
    "Tala",
    "Uma",
    "Viktor",
    "Wren",
    "Ximena",
    "Yara",
    "Zoran",
]
LAST = [
    "Souza",
    "Okafor",
    "Martin",
    "Patel",
    "Walsh",
    "Haddad",
    "Kim",
    "Sato",
    "Novak",
    "Lind",
    "Mensah",
    "Weber",
    "Petrova",
    "Aziz",
    "Rossi",
    "Silva",
]
TEAM_SIZE = 7
"""People for each manager."""
RITUALS = (
    ("weekly-sync", "forecast"),
    ("ml-product-support-sync", "support-quality"),
    ("product-ml-council", "council"),
    ("fail-celebration", "nightingale"),
)
"""`council` and `nightingale` are private."""
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
    chance = Random(f"plan {seed}")
    team = _team(chance, members)
    channels = _channels(chance, team)
    begins = BEGINS[seed % len(BEGINS)]
    return Plan(
        workspace="Northlight AI",
        begins=begins,
        people=[each.human for each in team],
        channels=channels,
        team=[each.member for each in team],
        rituals=[Switched(template, room.name, _starter(room)) for template, room in _pairs(channels)],
        does=sorted(_does(chance, team, channels, begins, weeks), key=lambda doing: (doing.at, doing.who)),
    )


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


def _does(chance: Random, team: list[Someone], channels: list[Room], begins: datetime, weeks: int) -> Iterator[Doing]:
    """Each week a decision and an action item in each channel, and somebody who goes away for some days."""
    calendars = {each.name: Calendar(ZoneInfo(each.human.tz)) for each in team}
    for week in range(weeks):
        start = begins + timedelta(weeks=week)
        for room, make in ((room, make) for room in channels for make in (_decision, _action)):
            who = chance.choice(room.members)
            yield make(chance, room, who, _moment(chance, calendars[who], start))
        who = chance.choice(team).name
        yield _away(chance, channels[0], who, _moment(chance, calendars[who], start))


def _moment(chance: Random, calendar: Calendar, start: datetime) -> datetime:
    """At work, in the week that begins with `start`, and not when a ritual asks."""
    wanted = start + timedelta(days=chance.randrange(2, 6), minutes=chance.randrange(1440))
    return calendar.next_working(wanted) + timedelta(minutes=chance.randrange(40, 180), seconds=chance.randrange(60))


def _decision(chance: Random, room: Room, who: str, at: datetime) -> Doing:
    topic = chance.choice(TOPICS)
    fill = {
        "Title": f"Settle {topic} {token(chance)}",
        "What was decided?": f"We go with the second draft of {topic} {token(chance)}",
        "Why?": f"Customers asked for it twice {token(chance)}",
        "Approver": chance.choice(room.members),
    }
    return Doing(at, who, room.name, "/decision", fill=fill)


def _action(chance: Random, room: Room, who: str, at: datetime) -> Doing:
    what = f"Write down what changes in {chance.choice(TOPICS)} {token(chance)}"
    due = (at + timedelta(days=chance.randrange(2, 9))).date().isoformat()
    fill = {"What is to be done?": what, "Owner": chance.choice(room.members), "Due": due}
    return Doing(at, who, room.name, "/action", fill=fill)


def _away(chance: Random, room: Room, who: str, at: datetime) -> Doing:
    first = at.date() + timedelta(days=chance.randrange(2, 5))
    last = first + timedelta(days=chance.randrange(4))
    return Doing(at, who, room.name, "/muster", text=f"away {first} {last}")
