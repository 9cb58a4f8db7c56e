"""Workspaces with more people than Slack tells at once."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.client import eventually
from sandbox.faults import Kind
from sandbox.server import Sandbox
from schedules.membership import Membership
from services import sync
from storage import channels, people
from storage.engine import Database
from surface.slack import Slack, SlackRefused, SlackUnclear
from tests.muster import FRIDAY, MANIFEST, muster_beside

PEOPLE, MEMBERS = "users.list", "conversations.members"
LATER = timedelta(seconds=31)
T, C = "T0000000001", "C0000000001"


class Reading:
    """A membership that reads from a sandbox, with a clock the test turns."""

    def __init__(self, box: Sandbox, db: Database) -> None:
        self.box, self.db, self.now = box, db, FRIDAY
        self.membership = Membership(db, lambda: self.now, Slack(box.bot_token, f"{box.url}/api/"))

    def cursors(self, method: str) -> list[str]:
        """The page each call asked for, refused ones included; the first page has no cursor."""
        return [str(call.args.get("cursor", "")) for call in self.box.log.calls(method)]

    def people(self) -> set[str]:
        with self.db.read() as session:
            return set(people.people(session, workspace_id=T))

    def members(self) -> set[str]:
        with self.db.read() as session:
            return channels.member_ids(session, workspace_id=T, channel_id=C)


@pytest.fixture
def reading(database: Database) -> Iterator[Reading]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box:
        sync.save_workspace(database, workspace_id=T, name="Northlight", url="https://northlight.slack.com/")
        yield Reading(box, database)


def test_people_are_read_on_from_the_page_that_slack_did_not_give(reading: Reading) -> None:
    reading.box.faults.add(PEOPLE, "ratelimited", spare=1, retry_after=30)
    reading.membership.begin(T)
    first = reading.people()
    assert first, "the first page is kept"
    reading.membership.recheck(T)
    assert reading.people() == first, "Slack is not asked before the time it named"
    reading.now += LATER
    reading.membership.recheck(T)
    assert reading.people() > first
    asked = reading.cursors(PEOPLE)
    assert asked.count("") == 1
    assert asked[1] == asked[2] != ""
    reading.membership.recheck(T)
    assert reading.cursors(PEOPLE) == asked, "all are read"


def test_the_rest_of_people_who_are_not_old_is_read_too(reading: Reading) -> None:
    reading.membership.begin(T)
    everybody = reading.people()
    reading.box.faults.add(PEOPLE, "ratelimited", spare=1, retry_after=30)
    reading.membership.begin(T)
    reading.now += LATER
    reading.membership.recheck(T)
    assert len(reading.cursors(PEOPLE)) == 5
    assert reading.people() == everybody


@pytest.mark.parametrize("kind", ["ratelimited", "drop_before", "http_500_after"])
def test_members_are_read_on_and_count_only_when_all_are_read(reading: Reading, kind: Kind) -> None:
    reading.membership.begin(T)
    reading.box.faults.add(MEMBERS, kind, spare=1, retry_after=30)
    sync.doubt_channel(reading.db, workspace_id=T, channel_id=C, now=reading.now)
    reading.now += timedelta(seconds=1)
    reading.membership.recheck(T)
    assert reading.members() == set()
    reading.now += LATER
    reading.membership.recheck(T)
    assert len(reading.members()) > 4
    first, refused, again, *_others = reading.cursors(MEMBERS)
    assert (first, refused) == ("", again)
    assert again
    assert [call.args["channel"] for call in reading.box.log.calls(MEMBERS)].count(C) == 3


def test_a_list_that_slack_refuses_to_go_on_with_is_read_anew_after_a_while(reading: Reading) -> None:
    reading.box.faults.add(PEOPLE, "error", spare=1, error="invalid_cursor")
    with pytest.raises(SlackRefused):
        reading.membership.begin(T)
    reading.membership.recheck(T)
    reading.now += timedelta(seconds=61)
    reading.membership.recheck(T)
    assert reading.cursors(PEOPLE).count("") >= 2
    assert len(reading.people()) > 4


def test_one_method_that_has_to_wait_holds_up_no_other(reading: Reading) -> None:
    reading.box.faults.add(PEOPLE, "ratelimited", retry_after=3000)
    reading.membership.begin(T)
    reading.membership.recheck(T)
    assert reading.members(), "channels are read meanwhile"


def test_a_slack_that_refuses_to_say_who_is_there_is_not_asked_every_second(reading: Reading) -> None:
    reading.box.faults.add(PEOPLE, "error", times=100, error="missing_scope")
    for _ in range(30):
        reading.membership.recheck(T)
        reading.now += timedelta(seconds=1)
    assert len(reading.cursors(PEOPLE)) == 1


def test_no_answer_is_left_to_the_start_to_explain(reading: Reading) -> None:
    reading.box.faults.add(PEOPLE, "drop_before", spare=1)
    with pytest.raises(SlackUnclear):
        reading.membership.begin(T)


def test_a_muster_that_is_stopped_while_it_waits_stops_at_once(tmp_path: Path) -> None:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box:
        box.faults.add(PEOPLE, "ratelimited", times=50, spare=1, retry_after=600)
        with muster_beside(box, f"sqlite:///{tmp_path / 'muster.db'}") as process:
            assert eventually(lambda: box.log.calls(MEMBERS))
            process.loop.stop()
            began = time.monotonic()
            process.loop.close()
        assert time.monotonic() - began < 5
