"""Days as they pass for a team: whatever falls due is done at its moment, and what each person gets is noted."""

from datetime import datetime, timedelta

from domain.deliveries import Kind
from domain.people import Person
from domain.template_reader import read_template
from domain.templates import Template
from services import agenda
from tests.checkin.team import FRIDAY, WORKSPACE, Team

DAILY = """
id: daily
title: Daily
purpose: Know what the others are at.
when: every weekday at {at}
who: [everyone]
closes: {closes}
remind: {remind}
ask: [{{id: today, text: "What is next?", type: short}}]
"""
RAVI = Person(WORKSPACE, "U5", "Ravi", zone_name="Asia/Kolkata")
BOB = Person(WORKSPACE, "U6", "Bob", zone_name="America/Los_Angeles")
Told = list[tuple[str, datetime, str]]
"""(kind, moment, person) of each message that somebody got."""


def daily(*, at: str = "09:30", closes: str = "2h", remind: str = "[]") -> Template:
    return read_template(DAILY.format(at=at, closes=closes, remind=remind))


def live(team: Team, until: datetime, since: datetime = FRIDAY) -> Told:
    told: Told = []
    now = since
    while (coming := agenda.outlook(team.db, now=now).next_at) and max(coming, now) < until:
        before = set(team.sent)
        now = max(coming, now)
        team.at(now)
        new = [key.split(":") for key in team.sent if key not in before]
        told += [(kind, now, rest[-1]) for kind, *rest in new if rest[-1].startswith("U")]
        now += timedelta(seconds=1)
    return told


def wall_times(told: Told, kind: Kind, person: Person) -> list[str]:
    """When the person got it, on the clock beside them."""
    return [f"{at.astimezone(person.zone):%a %H:%M}" for what, at, who in told if (what, who) == (kind, person.id)]
