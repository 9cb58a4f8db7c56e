"""A team in which everything happens at once, days in seconds."""

import random
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.library import shipped_library
from domain.cadence import parse
from domain.channels import Channel
from domain.hours import Duration
from domain.people import Person
from domain.templates import Question, QuestionType, Template
from services import people, rituals, sync
from storage.engine import Database

WORKSPACE = "T1"
CHANNELS = ("C1", "C2", "C3")
IDS = tuple(f"U{number}" for number in range(1, 7))
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
FASTER = 4000
"""Than the machine's clock theirs goes: a day takes twenty seconds, so deadlines, reminders and digests keep coming."""


@dataclass
class Team:
    db: Database
    began: float = field(default_factory=time.monotonic)
    done: set[str] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.passed * FASTER)

    @property
    def passed(self) -> float:
        """Seconds of the machine's clock."""
        return time.monotonic() - self.began

    def one(self, table: type[Any], chance: random.Random) -> Any:
        """Any row of the newest."""
        with self.db.read() as session:
            found = session.exec(select(table).order_by(table.id.desc()).limit(20)).all()
        return chance.choice(found) if found else None


def everybody() -> list[Person]:
    zones = ("Europe/Berlin", "America/Los_Angeles")
    return [Person(WORKSPACE, each, f"Name {each}", zones[place % 2], is_admin=True) for place, each in enumerate(IDS)]


def weekly() -> Template:
    """With a question whose answer becomes an action item."""
    found = shipped_library()["weekly-sync"]
    todo = Question("todo", "What next?", QuestionType.SHORT, optional=True, into="action.title")
    return replace(found, cadence=parse("every day at 09:30"), who=("everyone",), ask=(*found.ask, todo))


def settle_in(db: Database) -> None:
    sync.save_workspace(db, workspace_id=WORKSPACE, name="Northlight", url="https://northlight.slack.com/")
    sync.save_people(db, workspace_id=WORKSPACE, found=everybody(), now=MONDAY)
    sync.save_channels(db, workspace_id=WORKSPACE, found=[channel(each) for each in CHANNELS], now=MONDAY)
    template = replace(weekly(), closes=Duration(hours=30))
    for each in CHANNELS:
        sync.save_members(db, workspace_id=WORKSPACE, channel_id=each, ids=IDS, read_at=MONDAY, now=MONDAY)
        rituals.switch_on(db, workspace_id=WORKSPACE, channel_id=each, person_id=IDS[0], template=template, now=MONDAY)
    people.set_up_list(db, workspace_id=WORKSPACE, actor_id=IDS[0], text=csv("09:00", IDS[1]), now=MONDAY)


def channel(channel_id: str, *, is_archived: bool = False) -> Channel:
    return Channel(WORKSPACE, channel_id, channel_id.lower(), is_private=False, has_bot=True, is_archived=is_archived)


def csv(start: str, manager: str) -> str:
    rows = [f"{each},ml,contributor,{'' if each == manager else manager},mon-sun {start}-17:30" for each in IDS]
    return "\n".join(["person,function,role,manager,hours", *rows])
