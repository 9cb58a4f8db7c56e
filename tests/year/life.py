"""Living the year: time moves Muster's own services over a real database, people act, and each act is written down."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count

from domain.cadence import parse
from domain.channels import Channel
from domain.deliveries import Delivery, Kind, Outcome
from domain.hours import Duration
from domain.people import Person, Role
from domain.runs import Prompt, Run
from domain.templates import Template
from schedules.contents import contents
from schedules.loop import STEPS
from services import agenda, deliveries, digests, outages, rituals, sync
from storage import people, prompts
from storage import rituals as stored
from storage.engine import Database
from surface.kit import Message
from tests.year.diary import Asked, Came, Diary, Event, Quit, Read, Stopped, Went
from tests.year.team import BEGIN, CHANNELS, CHECKINS, HUMANS, MEMBERS, PRIVATE, Checkin, Human

WORKSPACE = "T1"
MINUTE = timedelta(minutes=1)
TOLD = (Kind.DIGEST, Kind.DIGEST_NOW)


def person(human: Human, *, left: bool = False) -> Person:
    return Person(WORKSPACE, human.id, human.name, human.zone_name, left=left)


@dataclass
class Life:
    db: Database
    library: Mapping[str, Template]
    seed: int = 1
    now: datetime = BEGIN
    diary: Diary = field(default_factory=Diary)
    members: dict[str, set[str]] = field(default_factory=dict)
    asked: Callable[[Run, Prompt], None] = lambda _run, _prompt: None
    """What somebody does who is asked."""
    checkins: dict[int, Checkin] = field(default_factory=dict)
    """By ritual."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - the same life again
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._seen: set[str] = set()

    def settle_in(self) -> None:
        sync.save_workspace(self.db, workspace_id=WORKSPACE, name="Northlight", url="https://northlight.slack.com/")
        sync.save_people(
            self.db, workspace_id=WORKSPACE, found=[person(each) for each in HUMANS.values()], now=self.now
        )
        with self.db.write() as session:
            for each in HUMANS.values():
                role, manager = Role(each.role), each.manager or None
                set_up = replace(person(each), function=each.function or None, role=role, manager_id=manager)
                people.set_up_person(session, person=set_up)
        for channel_id, name in CHANNELS.items():
            found = Channel(WORKSPACE, channel_id, name, is_private=channel_id == PRIVATE, has_bot=True)
            sync.save_channels(self.db, workspace_id=WORKSPACE, found=[found], now=self.now)
            for person_id in MEMBERS[channel_id]:
                self.come(channel_id, person_id)
        for checkin in CHECKINS.values():
            ritual, _ = rituals.switch_on(
                self.db, workspace_id=WORKSPACE, channel_id=checkin.channel, person_id=checkin.facilitator,
                template=_template(checkin, self.library), now=self.now,
            )  # fmt: skip
            self.checkins[ritual.id] = checkin
        with self.db.write() as session:
            for person_id in HUMANS:
                digests.plan(session, workspace_id=WORKSPACE, person_id=person_id, now=self.now)

    def write(self, event: Event) -> None:
        self.diary.write(event)

    def come(self, channel_id: str, person_id: str) -> None:
        self.members.setdefault(channel_id, set()).add(person_id)
        self.write(Came(self.now, channel_id, person_id))
        self._tell_members(channel_id)

    def go(self, channel_id: str, person_id: str) -> None:
        self.members[channel_id].discard(person_id)
        self.write(Went(self.now, channel_id, person_id))
        self._tell_members(channel_id)

    def quit(self, person_id: str) -> None:
        """Slack takes whoever leaves out of all channels."""
        self.write(Quit(self.now, person_id))
        gone = replace(person(HUMANS[person_id], left=True), updated=1)
        sync.save_people(self.db, workspace_id=WORKSPACE, found=[gone], now=self.now)
        for channel_id in CHANNELS:
            if person_id in self.members[channel_id]:
                self.go(channel_id, person_id)

    def _tell_members(self, channel_id: str) -> None:
        ids = self.members[channel_id]
        sync.save_members(
            self.db, workspace_id=WORKSPACE, channel_id=channel_id, ids=ids, read_at=self.now, now=self.now
        )

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """At that moment, or as soon as it can be."""
        heappush(self._acts, (max(moment, self.now + MINUTE), next(self._order), act))

    def until(self, end: datetime) -> None:
        """What is due is moved and sent, and people act, each at its moment."""
        while True:
            due = agenda.next_row(self.db) or end
            act_at = self._acts[0][0] if self._acts else end
            if min(due, act_at) >= end:
                break
            if due <= act_at:
                self.now = max(self.now, due)
                self._turn()
            else:
                self.now, _, act = heappop(self._acts)
                self._tell_members(PRIVATE)
                act()
        self.now = end

    def stand_still(self, until: datetime) -> None:
        """Muster is not running, and nobody is in Slack; then it starts again."""
        outages.note_alive(self.db, now=self.now)
        self.write(Stopped(self.now, until))
        self._acts = [(max(moment, until + MINUTE), number, act) for moment, number, act in self._acts]
        heapify(self._acts)
        self.now = until
        outages.note_start(self.db, now=self.now)
        self._turn()

    def _turn(self) -> None:
        """As one turn of the loop does it."""
        due = agenda.next_row(self.db)
        while due and due <= self.now:
            for step in STEPS:
                while step(self.db, now=self.now):
                    continue
            due = agenda.next_row(self.db)
        while found := deliveries.claim(self.db, now=self.now, limit=100, paces={}):
            self._send(found)

    def _send(self, found: list[Delivery]) -> None:
        """What is not looked at is taken as sent, without being drawn."""
        told = [each for each in found if each.subject.kind in TOLD and each.id not in self._seen]
        if told:
            self._tell_members(PRIVATE)
        drawn = contents(self.db, told, self.now)
        outcomes = []
        for each in found:
            content = drawn.get(each.id)
            is_empty = each in told and not isinstance(content, Message)
            if isinstance(content, Message):
                self._seen.add(each.id)
                self.write(Read(self.now, each.subject.person_id, text_of(content)))
            key, where = each.subject.key, each.subject.channel_id or f"D{each.subject.person_id}"
            outcomes.append(
                Outcome(each, shown=each.wanted, ended="nothing to show")
                if is_empty
                else Outcome(each, sent=True, shown=each.wanted, channel=where, ts=each.ts or f"1.{len(key)}")
            )
        deliveries.settle(self.db, outcomes=outcomes, now=self.now)
        for each in found:
            if each.subject.kind is Kind.PROMPT and each.id not in self._seen:
                self._seen.add(each.id)
                self._note_asked(each)

    def _note_asked(self, delivery: Delivery) -> None:
        with self.db.read() as session:
            prompt = prompts.prompt(session, workspace_id=WORKSPACE, prompt_id=delivery.subject.id)
            assert prompt
            run = stored.run(session, workspace_id=WORKSPACE, run_id=prompt.run_id)
            assert run
        self.write(Asked(self.now, self.checkins[run.ritual_id].id, run.day, prompt.person_id))
        self.asked(run, prompt)


def _template(checkin: Checkin, library: Mapping[str, Template]) -> Template:
    found = library["governance-pulse" if checkin.fewest else "weekly-sync"]
    when, closes = checkin.when, Duration(checkin.hours, checkin.days)
    return replace(found, id=checkin.id, title=checkin.title, when=when, cadence=parse(when), closes=closes, remind=())


def text_of(message: Message) -> str:
    """What is read, line by line, without buttons."""
    told = (block for block in message.blocks if block["type"] != "actions")
    return "\n".join((block.get("text") or block["elements"][0])["text"] for block in told)
