"""Slack takes nothing while people are at work, and everything once they have gone home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.library import shipped_library
from domain.cadence import parse
from domain.hours import Duration
from sandbox.client import eventually
from sandbox.faults import Kind
from services import rituals
from tests.checkin.slack import newest, who
from tests.muster import Running, running

FIVE = datetime(2026, 11, 23, 16, tzinfo=UTC)
"""In Berlin, where the day ends at half past."""
EVENING, MORNING = FIVE + timedelta(hours=1), datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    when = "every mon at 17:00"
    template = replace(shipped_library()["weekly-sync"], when=when, cadence=parse(when), closes=Duration(days=1))
    with running(tables_url) as found:
        grace = found.people.person("Grace")
        rituals.switch_on(
            found.process.db,
            workspace_id=found.workspace_id,
            channel_id=grace.channel_id("forecast"),
            person_id=grace.id,
            template=template,
            now=found.process.clock(),
        )
        found.people.jump_to(FIVE - timedelta(minutes=1))
        yield found


@pytest.mark.parametrize("kind", ["error", "drop_before"])
def test_the_next_event_is_the_morning_and_nobody_is_disturbed_before(muster: Running, kind: Kind) -> None:
    muster.box.faults.add("chat.postMessage", kind, times=999, error="not_in_channel")
    muster.people.jump_to(FIVE)
    muster.people.jump_to(EVENING)
    muster.box.faults.clear()
    muster.people.jump_to(EVENING + timedelta(hours=2))
    chloe = who(muster, "Chloe")
    while muster.people.next_event()["now"] < MORNING.timestamp():
        assert not chloe.dm()
    assert muster.process.clock() < MORNING + timedelta(minutes=1)
    assert eventually(chloe.dm)
    assert "This comes late" in newest(chloe)


def test_what_slack_took_without_saying_so_is_found_in_the_evening_and_not_sent_twice(muster: Running) -> None:
    muster.box.faults.add("chat.postMessage", "http_500_after", times=999)
    muster.people.jump_to(FIVE)
    muster.people.jump_to(EVENING)
    muster.box.faults.clear()
    muster.people.jump_to(MORNING + timedelta(minutes=5))
    assert len(who(muster, "Chloe").dm()) == 1
