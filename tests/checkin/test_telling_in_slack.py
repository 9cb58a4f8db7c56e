"""That a summary is there, in the channel and in the thread at once, whatever Slack does meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.client import eventually
from sandbox.faults import Kind
from sandbox.state import Json
from services import troubles
from tests.checkin.slack import BERLIN, answer, read, who
from tests.muster import Running, running

LAST_ENDS = datetime(2026, 11, 24, 1, 30, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAID = "Weekly sync, Mon 23 Nov 2026: 1 of 8 answered. Read the summary."


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    """Chloe has answered, and the run is about to close."""
    with running(tables_url) as found:
        found.switch_on()
        found.people.jump_to(BERLIN)
        answer(found, "Chloe")
        for moment in (BERLIN.replace(hour=12), BERLIN.replace(hour=17), LAST_ENDS - MINUTE):
            found.people.jump_to(moment)
        yield found


def head(muster: Running) -> Json:
    return next(each for each in who(muster, "Grace").messages("forecast") if "Weekly sync, Mon" in each["text"])


def told(muster: Running) -> list[Json]:
    return [each for each in who(muster, "Grace").messages("forecast") if each["text"] == SAID]


def test_the_channel_and_the_thread_read_it_and_it_leads_to_the_summary(muster: Running) -> None:
    before, unread = head(muster)["ts"], room(muster)["unread"]
    muster.people.jump_to(LAST_ENDS)
    (said,) = eventually(lambda: told(muster))
    assert (said["thread_ts"], said["broadcast"]) == (before, True)
    assert "not heard from: " in read(head(muster)), "the summary stands before it is told of"
    assert f"<{muster.box.url}/archives/{room(muster)['id']}/p{before.replace('.', '')}|Read the summary>" in read(said)
    assert [each["text"] for each in who(muster, "Grace").messages("forecast", thread=before)][1:] == [SAID]
    assert room(muster)["unread"] == unread + 1
    assert "@" not in read(said)


def room(muster: Running) -> Json:
    found = who(muster, "Farid").sidebar()["channels"]
    return next(each for each in found if each["name"] == "forecast")


@pytest.mark.parametrize("kind", ["ratelimited", "http_500_after", "drop_after"])
def test_whatever_happens_to_its_call_it_stands_there_once(muster: Running, kind: Kind) -> None:
    muster.box.faults.add("chat.postMessage", kind, times=2)
    muster.people.jump_to(LAST_ENDS)
    for minutes in range(1, 20, 2):
        muster.people.jump_to(LAST_ENDS + minutes * MINUTE)
    (said,) = eventually(lambda: told(muster))
    assert said["broadcast"]
    now = LAST_ENDS + timedelta(hours=1)
    assert troubles.troubles(muster.process.db, workspace_id=muster.workspace_id, now=now) == []


def test_it_is_not_told_once_it_is_no_news(muster: Running) -> None:
    muster.box.faults.add("chat.postMessage", "drop_before", times=9999)
    muster.people.jump_to(LAST_ENDS)
    for hours in range(1, 26):
        muster.people.jump_to(LAST_ENDS + timedelta(hours=hours))
    muster.box.faults.clear()
    muster.people.jump_to(LAST_ENDS + timedelta(hours=27))
    assert told(muster) == []
