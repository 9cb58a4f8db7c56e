"""The host's clock is set back, also while messages leave at a pace."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlmodel import col, select

from bot.library import shipped_library
from domain.deliveries import Method
from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from schedules.calendars import Calendars
from schedules.feeds import Feeds
from schedules.loop import Loop
from schedules.membership import Membership
from schedules.worker import Worker
from services import rituals, sync
from services.deliveries import Pace
from services.secrets import Secrets
from storage.engine import Database
from storage.tables import DeliveryRow
from surface.slack import Slack
from tests.muster import FRIDAY, MANIFEST

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Half past nine in Berlin: those there are asked, and the channel is told."""
SECOND = timedelta(seconds=1)
BACK = timedelta(minutes=10)


@dataclass
class Machine:
    """Muster on a machine whose clock is set by hand."""

    db: Database
    box: Sandbox
    loop: Loop
    worker: Worker
    membership: Membership
    workspace_id: str
    now: datetime = FRIDAY

    def turn(self) -> None:
        self.loop.turn()
        assert eventually(lambda: self.worker.step() or not self.worker.in_flight)

    @property
    def posts(self) -> Counter[str]:
        """By the delivery whose id travels in the message."""
        return Counter(str(call.args["metadata"]) for call in self.box.log.calls("chat.postMessage"))

    def unread(self, person_id: str) -> list[str]:
        return sync.stale_channels(self.db, workspace_id=self.workspace_id, person_id=person_id, now=self.now)

    @property
    def owed(self) -> int:
        with self.db.read() as session:
            return len(session.exec(select(DeliveryRow).where(col(DeliveryRow.next_at) <= self.now)).all())


@contextmanager
def machine(db: Database) -> Iterator[Machine]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        workspace_id, grace = people.get("workspace")["team"]["id"], people.person("Grace")
        slack = Slack(box.bot_token, f"{box.url}/api/")
        found: Machine

        def clock() -> datetime:
            return found.now

        membership = Membership(db, clock, slack)
        paces = {Method.POST: Pace(rate=1, burst=1)}
        worker = Worker(db, clock, slack, membership.freshen, wake=lambda: None, paces=paces)
        calendars = Calendars(db, clock, Secrets(), Feeds(), wake=lambda: None)
        loop = Loop(db, clock, worker, membership, [calendars], wake=Event())
        found = Machine(db, box, loop, worker, membership, workspace_id)
        sync.save_workspace(db, workspace_id=workspace_id, name="Northlight", url="https://northlight.slack.com/")
        membership.begin(workspace_id)
        membership.recheck(workspace_id)
        rituals.switch_on(
            db,
            workspace_id=workspace_id,
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=shipped_library()["weekly-sync"],
            now=FRIDAY,
        )
        yield found
        found.loop.close()


def test_nothing_is_lost_and_nothing_sent_twice(database: Database) -> None:
    with machine(database) as host:
        host.now = MONDAY
        for _ in range(3):
            host.turn()
            host.now += SECOND
        before = host.posts
        assert host.owed
        host.now -= BACK
        for _ in range(5):
            host.turn()
            host.now += SECOND
        assert host.posts == before, "what is owed keeps its moment"
        host.now += BACK
        for _ in range(12):
            host.turn()
            host.now += SECOND
        assert not host.owed
        assert host.posts.total() > before.total()
        assert set(host.posts.values()) == {1}


def test_who_is_in_a_private_channel_is_read_again(database: Database) -> None:
    with machine(database) as host, Client(host.box.url) as people:
        chloe, pricing = people.person("Chloe"), people.person("Grace").channel_id("pricing")
        host.now = MONDAY
        host.membership.recheck(host.workspace_id)
        assert host.unread(chloe.id) == []
        host.now -= 2 * sync.RECHECK
        assert host.unread(chloe.id) == [pricing]
        host.membership.recheck(host.workspace_id)
        assert host.unread(chloe.id) == []


def test_a_doubt_about_a_channel_ends_when_it_has_been_read(database: Database) -> None:
    with machine(database) as host, Client(host.box.url) as people:
        host.now = MONDAY
        pricing = people.person("Grace").channel_id("pricing")
        sync.doubt_channel(database, workspace_id=host.workspace_id, channel_id=pricing, now=MONDAY)
        host.now -= 2 * sync.RECHECK
        for _ in range(2):
            host.now += SECOND
            host.membership.recheck(host.workspace_id)
        assert sync.doubted_channels(database, workspace_id=host.workspace_id) == []
