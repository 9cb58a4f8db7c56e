"""A week of check-ins by two replicas on one PostgreSQL, with kills and an unkind network.

Judged only by what Slack has seen and by what people know they did.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.library import shipped_library
from domain.cadence import parse
from sandbox.client import Client, Person, Refused, eventually, texts
from sandbox.faults import Kind
from sandbox.log import Call
from sandbox.server import Sandbox
from services import rituals
from storage.engine import Database
from tests.muster import FRIDAY, MANIFEST, OwnProcess

SEED = 20261123
NAMES = ("Ana", "Ben", "Chloe", "Dev", "Erin", "Farid", "Grace", "Hana")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
MOMENTS = ((8, 30), (8, 32), (12, 30), (12, 33), (17, 30), (17, 33), (17, 36), (20, 45))
"""Of each day: half past nine in Berlin, São Paulo and Los Angeles, and what comes after it."""
UNKIND: tuple[Kind, ...] = ("ratelimited", "http_500_after", "drop_after", "drop_before")
METHODS = ("chat.postMessage", "chat.postMessage", "chat.update", "conversations.open", "conversations.history")
MOVED = "What moved last week that another team should know?"
CONFIDENCE = "How confident are you in our next milestone date?"


@dataclass
class Said:
    """What one person answered on one day."""

    surely: str = ""
    """The last text that was acknowledged."""
    perhaps: set[str] = field(default_factory=set)
    """Later ones, of which the person does not know whether they arrived."""


@dataclass
class Week:
    box: Sandbox
    people: Client
    url: str
    replicas: list[OwnProcess]
    chance: random.Random
    hands: list[Person]
    starting: list[OwnProcess] = field(default_factory=list)
    said: dict[tuple[int, str], Said] = field(default_factory=dict)

    def be_unkind(self) -> None:
        self.box.faults.clear()
        for _ in range(self.chance.randint(0, 2)):
            method, kind = self.chance.choice(METHODS), self.chance.choice(UNKIND)
            self.box.faults.add(method, kind, self.chance.randint(1, 3))

    def kill_one(self) -> None:
        self.wait_for_all()
        place = self.chance.randrange(len(self.replicas))
        self.replicas[place].kill()
        self.replicas[place] = OwnProcess(self.box, self.url)
        self.starting.append(self.replicas[place])

    def wait_for_all(self) -> None:
        while self.starting:
            self.starting.pop().wait_until_ready()

    def answer(self, day: int, person: Person) -> None:
        """Answers, or edits, if there is a message of today that takes it."""
        open_now = [each for each in person.dm() if {"Answer", "Edit"} & set(texts(each))]
        if not open_now:
            return
        text = f"Word {self.chance.randrange(10**9)} of {person.id}"
        said = self.said.setdefault((day, person.id), Said())
        try:
            person.click(open_now[-1], "Answer" if "Answer" in texts(open_now[-1]) else "Edit")
            if not eventually(person.modal, within=3):
                return
            person.fill({MOVED: text, CONFIDENCE: "5 (Certain)"})
            said.perhaps.add(text)
            if person.submit():
                said.perhaps.discard(text)
                person.close()
            else:
                said.surely, said.perhaps = text, set()
        except Refused:
            return


@pytest.fixture
def week(postgres_url: str) -> Iterator[Week]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        first, second = OwnProcess(box, postgres_url), OwnProcess(box, postgres_url)
        first.wait_until_ready()
        second.wait_until_ready()
        switch_on_daily(postgres_url, people)
        hands = [people.person(name) for name in NAMES]
        chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
        found = Week(box, people, postgres_url, [first, second], chance, hands)
        yield found
        for each in found.replicas:
            each.stop()


def switch_on_daily(url: str, people: Client) -> None:
    grace = people.person("Grace")
    with closing(Database(url)) as db:
        rituals.switch_on(
            db,
            workspace_id=people.get("workspace")["team"]["id"],
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=replace(
                shipped_library()["weekly-sync"], when="every weekday at 09:30", cadence=parse("every weekday at 09:30")
            ),
            now=FRIDAY,
        )


def live(week: Week) -> None:
    kills = {(day, week.chance.randrange(len(MOMENTS))) for day in range(5)}
    for day in range(5):
        for place, (hour, minute) in enumerate(MOMENTS):
            week.be_unkind()
            if (day, place) in kills:
                week.kill_one()
            assert week.people.jump_to(MONDAY + timedelta(days=day, hours=hour, minutes=minute))["moved"]
            for person in week.hands:
                if week.chance.randrange(3) == 0:
                    week.answer(day, person)
    week.box.faults.clear()
    week.wait_for_all()
    for minutes in (60, 65, 90, 100):
        week.people.jump_to(MONDAY + timedelta(days=5, minutes=minutes))


def posts(week: Week) -> list[Call]:
    """What Slack has posted for Muster, whether or not Muster has heard of it."""
    return [call for call in week.box.log.calls("chat.postMessage") if call.answer.get("ok")]


def by_person(week: Week, is_one: Callable[[Call], bool]) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = {}
    rooms = {person.channel_id("app"): person.id for person in week.hands}
    for call in filter(is_one, posts(week)):
        person_id = rooms.get(call.answer["channel"])
        if person_id:
            found.setdefault(person_id, []).append(datetime.fromtimestamp(call.at, UTC))
    return found


def test_a_week_of_two_replicas_loses_nothing_and_repeats_nothing(week: Week) -> None:
    live(week)
    nothing_was_posted_twice(week)
    everybody_was_asked_each_day_within_working_hours(week)
    every_summary_holds_what_was_acknowledged(week)


def nothing_was_posted_twice(week: Week) -> None:
    copies = Counter(delivery_id(call) for call in posts(week))
    assert [key for key, count in copies.items() if count > 1] == []


def delivery_id(call: Call) -> str:
    payload: dict[str, Any] = call.args["metadata"]["event_payload"]
    return str(payload["id"])


def everybody_was_asked_each_day_within_working_hours(week: Week) -> None:
    zones = {each["id"]: ZoneInfo(each["tz"]) for each in week.people.get("workspace")["people"]}
    asked = by_person(week, lambda call: "Please answer by" in call.args["text"])
    reminded = by_person(week, lambda call: call.args["text"].startswith("Reminder"))
    for person in week.hands:
        days = Counter(moment.astimezone(zones[person.id]).date() for moment in asked[person.id])
        assert days == {(MONDAY + timedelta(days=day)).date(): 1 for day in range(5)}, person.id
        for moment in asked[person.id] + reminded.get(person.id, []):
            local = moment.astimezone(zones[person.id])
            assert (9, 0) <= (local.hour, local.minute) < (17, 30), (person.id, local)


def every_summary_holds_what_was_acknowledged(week: Week) -> None:
    assert len([said for said in week.said.values() if said.surely]) >= 20, "hardly anybody answered"
    ben = week.people.person("Ben")
    posted = [each for each in ben.messages("forecast") if "Weekly sync, " in each["text"]]
    runs = [each for each in posted if not each["broadcast"]]
    assert len(runs) == 5
    answered = [run["ts"] for run in runs if "Closed, no answers." not in run["text"]]
    assert [each["thread_ts"] for each in posted if each["broadcast"]] == answered, "each is told of once"
    for (day, person_id), said in week.said.items():
        shown = "\n".join(texts(runs[day]))
        for reply in ben.messages("forecast", thread=runs[day]["ts"]):
            shown += "\n".join(texts(reply))
        found = [text for text in {said.surely, *said.perhaps} - {""} if text in shown]
        assert len(found) == 1 if said.surely else len(found) <= 1, (day, person_id, said, shown)
