"""A sandbox whose people act by themselves, and an app that asks them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from sandbox.client import Client
from sandbox.log import Note
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, connected, manifest, web_client
from tests.sandbox.survey import Survey

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
Json = dict[str, Any]


class Town:
    """A sandbox whose clock stands still between jumps, its people, and the survey that asks them."""

    def __init__(self, box: Sandbox, client: Client, survey: Survey) -> None:
        self.box = box
        self.client = client
        self.survey = survey
        self.slack: WebClient = web_client(box)
        self.people: list[Json] = client.get("workspace")["people"]

    def live_until(self, moment: datetime) -> None:
        answer = self.client.jump_to(moment)
        assert answer["now"] == moment.timestamp(), answer

    def ask_all(self, question: str) -> None:
        for person in self.people:
            self.survey.ask(self.slack, person["id"], question)

    def diary(self, *did: str) -> list[Note]:
        return [note for note in self.box.log.notes("diary") if not did or note.details["did"] in did]

    def written(self) -> list[Json]:
        """What was done, without the ids that a call more or less would change."""
        ids = ("ts", "thread_ts", "view_id", "private_metadata")
        return [{k: v for k, v in note.details.items() if k not in ids} | {"at": note.at} for note in self.diary()]


@contextmanager
def town(seed: str = "one", fields: list[Json] | None = None, **cast: Any) -> Iterator[Town]:
    survey = Survey(fields)
    with (
        Sandbox(seed="demo", manifest=manifest(events=[]), start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as client,
        connected(box, survey.register),
    ):
        box.start_cast(seed, **cast)
        yield Town(box, client, survey)


def local(note: Note, people: list[Json]) -> datetime:
    zone = next(person["tz"] for person in people if person["id"] == note.details["person"])
    return datetime.fromtimestamp(note.at, ZoneInfo(zone))
