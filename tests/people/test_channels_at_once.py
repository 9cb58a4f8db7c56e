"""Muster comes into a channel, or out of it, while a replica lists the channels it is in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sandbox.client import Client
from sandbox.server import Sandbox
from schedules.membership import Membership
from services import sync
from storage import channels
from storage.engine import Database
from surface.slack import Slack
from tests.muster import FRIDAY, MANIFEST

T, C = "T0000000001", "C0000000001"


class Replicas:
    """Two that read from one sandbox into one database."""

    def __init__(self, box: Sandbox, people: Client, db: Database) -> None:
        self.box, self.grace, self.db, self.now = box, people.person("Grace"), db, FRIDAY
        self.one, self.two = self._replica(), self._replica()
        self._people = people

    def _replica(self) -> Membership:
        return Membership(self.db, lambda: self.now, Slack(self.box.bot_token, f"{self.box.url}/api/"))

    def invite(self) -> None:
        self.grace.invite("forecast", "Muster")

    def take_out(self) -> None:
        self._people.post("leave", **{"as": self.grace.id}, channel=C, user=self.box.world.workspace.bot_user)

    def hear(self) -> None:
        """The second one gets Slack's event, and asks at its next turn."""
        self.now += timedelta(seconds=1)
        sync.doubt_channel(self.db, workspace_id=T, channel_id=C, now=self.now)
        self.now += timedelta(seconds=1)
        self.two.recheck(T)

    @property
    def is_in(self) -> bool:
        with self.db.read() as session:
            found = channels.channel(session, workspace_id=T, channel_id=C)
        return found is not None and found.has_bot


@pytest.fixture
def replicas(database: Database) -> Iterator[Replicas]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        sync.save_workspace(database, workspace_id=T, name="Northlight", url="https://northlight.slack.com/")
        yield Replicas(box, people, database)


def test_a_channel_that_muster_is_invited_to_during_a_listing_is_not_lost(replicas: Replicas) -> None:
    replicas.take_out()
    replicas.one.begin(T)
    listing = replicas.box.faults.add("users.conversations", "hold", when="after")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(replicas.one.begin, T)
        assert listing.reached.wait(10)
        replicas.invite()
        replicas.hear()
        assert replicas.is_in
        listing.release()
        reading.result()
    assert replicas.is_in
    assert sync.doubted_channels(replicas.db, workspace_id=T) == [C]
    replicas.now += timedelta(seconds=1)
    replicas.one.recheck(T)
    assert replicas.is_in
    assert sync.doubted_channels(replicas.db, workspace_id=T) == []


def test_a_channel_that_muster_was_taken_out_of_unheard_is_lost_at_the_next_turn(replicas: Replicas) -> None:
    replicas.one.begin(T)
    assert replicas.is_in
    replicas.take_out()
    replicas.one.begin(T)
    replicas.one.recheck(T)
    assert not replicas.is_in
    assert sync.doubted_channels(replicas.db, workspace_id=T) == []


def test_what_has_not_changed_wakes_nobody(replicas: Replicas) -> None:
    replicas.one.begin(T)
    for _ in range(2):
        replicas.now += sync.RECHECK + timedelta(seconds=1)
        replicas.db.changed.clear()
        replicas.one.recheck(T)
    assert not replicas.db.changed.is_set(), "the loop would look at everything again after each reading"
    with replicas.db.read() as session:
        found = channels.channel(session, workspace_id=T, channel_id=C)
    assert found
    assert found.checked_at == replicas.now
    replicas.hear()
    assert replicas.db.changed.is_set()
