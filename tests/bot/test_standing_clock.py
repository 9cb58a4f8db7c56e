"""A clock that stands still between jumps, as simulations have it, stops wherever Muster would have done something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from services import sync
from storage import channels
from tests.muster import FRIDAY, MANIFEST, Running, muster_beside

WAIT = 30
A_MOMENT = 5
"""Seconds of the sandbox."""


@pytest.fixture
def muster(tmp_path: Path) -> Iterator[Running]:
    with (
        Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, runs=False, rate_limits=False) as box,
        Client(box.url) as people,
        muster_beside(box, f"sqlite:///{tmp_path / 'muster.db'}") as process,
    ):
        yield Running(box, process, people)


def passed(muster: Running) -> float:
    return muster.box.slack.clock.now() - FRIDAY.timestamp()


def live(muster: Running, seconds: float) -> None:
    """From stop to stop, and no further."""
    while passed(muster) < seconds:
        muster.people.next_event(until=FRIDAY.timestamp() + seconds)


def in_forecast(muster: Running, name: str) -> bool:
    forecast = muster.people.person("Grace").channel_id("forecast")
    with muster.process.db.read() as session:
        found = channels.member_ids(session, workspace_id=muster.workspace_id, channel_id=forecast)
    return muster.people.person_id(name) in found


def test_it_stops_where_slack_takes_a_message_again(muster: Running) -> None:
    muster.box.faults.add("chat.postMessage", "ratelimited", retry_after=WAIT)
    muster.switch_on()
    assert eventually(lambda: muster.box.log.calls("chat.postMessage"))
    live(muster, 3600)
    posted = [message for message in muster.people.person("Grace").messages("forecast") if message.get("app")]
    assert WAIT <= float(posted[0]["ts"]) - FRIDAY.timestamp() <= WAIT + A_MOMENT


@pytest.mark.parametrize("wait", [0, WAIT])
def test_it_stops_where_channels_in_doubt_are_read(muster: Running, wait: int) -> None:
    muster.switch_on()
    muster.people.change_person("Ana", deleted=True)
    live(muster, 3600)
    assert eventually(lambda: not in_forecast(muster, "Ana"))
    muster.people.change_person("Ana", deleted=False)
    if wait:
        assert eventually(lambda: sync.doubted_channels(muster.process.db, workspace_id=muster.workspace_id))
        muster.box.faults.add("conversations.members", "ratelimited", retry_after=wait)
    live(muster, 3600 + wait + A_MOMENT)
    assert in_forecast(muster, "Ana")
