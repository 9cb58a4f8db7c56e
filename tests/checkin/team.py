"""A team of four with a weekly sync, moved through time by hand: what is due is moved, drawn, and taken as sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from bot.library import shipped_library
from domain.channels import Channel
from domain.deliveries import REFUSED, Delivery, Kind, Outcome
from domain.people import Person
from domain.runs import Prompt, Ritual, Run, RunState
from domain.templates import Template
from schedules.contents import contents
from schedules.drawing import Later
from services import asking, checkins, deliveries, opening, replanning, ritual_health, rituals, sync
from storage import people, prompts
from storage import rituals as stored
from storage.engine import Database
from storage.tables import RunRow
from surface.kit import Message
from tests.remembered import remembered

WORKSPACE, CHANNEL = "T1", "C1"
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
ANA = Person(WORKSPACE, "U1", "Ana", zone_name="Europe/Berlin")
BEN = Person(WORKSPACE, "U2", "Ben", zone_name="Europe/Berlin", function="mlops")
DEV = Person(WORKSPACE, "U3", "Dev", zone_name="America/Los_Angeles")
GRACE = Person(WORKSPACE, "U4", "Grace", zone_name="Europe/Berlin")
EVERYBODY = (ANA, BEN, DEV, GRACE)
GIVEN = {"moved": "The backfill is done.", "confidence": "4"}
GIVEN_BY_BEN = {**GIVEN, "infra": "Yes"}


def utc(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """In November 2026; the 23rd is a Monday. Berlin is one hour ahead, Los Angeles eight behind."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


BERLIN, BERLIN_ENDS = utc(23, 8, 30), utc(23, 16, 30)
ANGELES, ANGELES_ENDS = utc(23, 17, 30), utc(24, 1, 30)
AFTER = timedelta(seconds=1)

_RUNS = select(col(RunRow.id)).order_by(col(RunRow.id))


@dataclass
class Team:
    db: Database
    ritual: Ritual
    sent: dict[str, list[Message]] = field(default_factory=dict)
    """Everything each message has said, by its delivery's key."""
    refused: str = ""
    """How Slack refuses each message in the channel from now on."""
    gone: Person | None = None
    """Whom Slack delivers no message to."""

    def at(self, now: datetime) -> None:
        """What is due by then is moved and sent, as one turn of the loop does it."""
        self.open_and_ask(now)
        while due := deliveries.claim(self.db, now=now, limit=100, paces={}):
            self.send(due, now)

    def open_and_ask(self, now: datetime) -> None:
        """What is due is moved, and nothing is sent yet."""
        while (
            replanning.look_again_due(self.db, now=now)
            or opening.open_due(self.db, now=now)
            or asking.ask_due(self.db, now=now)
            or ritual_health.look_due(self.db, now=now)
        ):
            continue

    def fail(self, now: datetime, why: str, *, until: datetime) -> None:
        """What is due is moved, and Slack takes none of it; it is tried again only at `until`."""
        self.open_and_ask(now)
        due = deliveries.claim(self.db, now=now, limit=100, paces={})
        deliveries.settle(self.db, outcomes=[Outcome(each, retry_at=until, why=why) for each in due], now=now)

    def send(self, due: list[Delivery], now: datetime) -> None:
        drawn = contents(self.db, due, now)
        deliveries.settle(self.db, outcomes=[self._outcome(each, drawn.get(each.id)) for each in due], now=now)

    def _outcome(self, delivery: Delivery, content: object) -> Outcome:
        if isinstance(content, Later):
            return Outcome(delivery, retry_at=content.at)
        if not isinstance(content, Message):
            return Outcome(delivery, shown=delivery.wanted, ended="nothing to show")
        if self.refused and delivery.subject.channel_id:
            return _refused(delivery, self.refused)
        if self.gone and delivery.subject.person_id == self.gone.id:
            return _refused(delivery, "channel_not_found")
        key = delivery.subject.key
        self.sent.setdefault(key, []).append(content)
        where = delivery.subject.channel_id or f"D{delivery.subject.person_id}"
        return Outcome(delivery, sent=True, shown=delivery.wanted, channel=where, ts=delivery.ts or f"ts of {key}")

    def messages(self, kind: Kind, person: Person | None = None) -> list[str]:
        """What all messages of a kind say now, oldest first."""
        return [
            text_of(said[-1])
            for key, said in self.sent.items()
            if key.startswith(f"{kind}:") and (person is None or key.endswith(f":{person.id}"))
        ]

    def owed_homes(self, now: datetime) -> list[str]:
        """Whose Home is to be shown anew."""
        due = deliveries.claim(self.db, now=now, limit=100, paces={})
        return [each.subject.person_id for each in due if each.subject.kind is Kind.HOME]

    @property
    def runs(self) -> list[Run]:
        with self.db.read() as session:
            found = (
                stored.run(session, workspace_id=WORKSPACE, run_id=number or 0) for number in session.scalars(_RUNS)
            )
            return [run for run in found if run]

    @property
    def prompts(self) -> list[Prompt]:
        """Of the newest run, in the order of the people."""
        with self.db.read() as session:
            found = prompts.of_run(session, run_id=self.runs[-1].id)
        return sorted(found, key=lambda prompt: prompt.person_id)

    def prompt(self, person: Person) -> Prompt:
        return next(prompt for prompt in self.prompts if prompt.person_id == person.id)

    def is_open(self) -> bool:
        """Whether the newest run is still collecting."""
        return self.runs[-1].state is RunState.OPEN

    def states(self) -> list[str]:
        return [prompt.missed or prompt.state for prompt in self.prompts]

    def answer(self, person: Person, now: datetime, prompt: Prompt | None = None, **given: str) -> None:
        prompt_id = (prompt or self.prompt(person)).id
        checkins.submit(
            self.db,
            workspace_id=WORKSPACE,
            prompt_id=prompt_id,
            person_id=person.id,
            draft_id=f"draft {prompt_id}",
            given={**(GIVEN_BY_BEN if person is BEN else GIVEN), **given},
            now=now,
        )

    def skip(self, person: Person, now: datetime) -> None:
        checkins.skip(self.db, workspace_id=WORKSPACE, prompt_id=self.prompt(person).id, person_id=person.id, now=now)

    def all_answer(self, now: datetime) -> None:
        for person in EVERYBODY:
            self.answer(person, now)

    def answers_of(self, person: Person) -> dict[str, str]:
        with self.db.read() as session:
            found = prompts.response(session, prompt_id=self.prompt(person).id)
        return found.answers if found else {}

    def change(self, person: Person) -> None:
        """Slack says something else of a person."""
        sync.save_person(self.db, person=replace(person, updated=person.updated + 1), now=FRIDAY)


def _refused(delivery: Delivery, why: str) -> Outcome:
    return Outcome(delivery, shown=delivery.wanted, ended=f"{REFUSED}{why}", refused=True, why=why)


def text_of(message: Message) -> str:
    """What is read in the blocks, buttons included."""
    return "\n".join([message.text, *_texts(message.blocks)])


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for each in node.values():
            if not isinstance(each, str):
                yield from _texts(each)


def weekly() -> Template:
    return shipped_library()["weekly-sync"]


def settle_in(db: Database, template: Template | None = None, *, everybody: tuple[Person, ...] = EVERYBODY) -> Team:
    """The team as it is on Friday, with the ritual switched on by Grace."""
    if template is None and everybody == EVERYBODY:
        return Team(db, remembered(db, _settle_in))
    return Team(db, _settle_in(db, template, everybody=everybody))


def _settle_in(db: Database, template: Template | None = None, *, everybody: tuple[Person, ...] = EVERYBODY) -> Ritual:
    sync.save_workspace(db, workspace_id=WORKSPACE, name="Northlight AI", url="https://northlight.slack.com/")
    sync.save_people(db, workspace_id=WORKSPACE, found=everybody, now=FRIDAY)
    with db.write() as session:
        for person in everybody:
            people.set_up_person(session, person=person)
    channel = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True)
    sync.save_channels(db, workspace_id=WORKSPACE, found=[channel], now=FRIDAY)
    sync.save_members(
        db,
        workspace_id=WORKSPACE,
        channel_id=CHANNEL,
        ids=[person.id for person in everybody],
        read_at=FRIDAY,
        now=FRIDAY,
    )
    ritual, _asked = rituals.switch_on(
        db,
        workspace_id=WORKSPACE,
        channel_id=CHANNEL,
        person_id=GRACE.id,
        template=template or weekly(),
        now=FRIDAY,
    )
    return ritual


RETRO = replace(weekly(), id="retro", title="Retro", purpose="What to try next.")


def also(team: Team, template: Template = RETRO) -> Team:
    """Another ritual of the same people, asked at the same minute."""
    rituals.switch_on(
        team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, template=template, now=FRIDAY
    )
    return team
