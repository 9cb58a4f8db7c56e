"""Slack's limits in use: Muster keeps within them, and what is tried again is nothing to wait for."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.deliveries import Outcome
from sandbox.client import eventually
from services import agenda
from services.agenda import Outlook
from storage import people
from storage.engine import Database
from tests.muster import Running, running
from tests.owed import NOW, SECOND, claim, owe, prompt, settle

MONDAY_IN_BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
REASONS = {"What was decided?": "Yes", "Why?": "It is right", "Approver": "Grace"}


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url, rate_limits=True) as found:
        yield found


def test_many_messages_to_one_channel_and_one_person_never_meet_the_limit(muster: Running) -> None:
    grace = muster.people.person("Grace")
    for number in range(7):
        ana = muster.people.person("Ana")
        ana.command("/decision", f"Number {number}", channel="forecast")
        ana.fill(REASONS)
        assert ana.submit() == {}
    assert eventually(lambda: len(grace.dm()) == 7, within=20)
    assert eventually(lambda: len(grace.messages("forecast")) == 7, within=20)
    assert {call.status for call in muster.box.log.calls("chat.postMessage")} == {200}


def test_a_wait_is_told_with_what_waits_for_whom_and_is_no_warning(
    muster: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    muster.switch_on()
    grace = muster.people.person("Grace")
    assert eventually(lambda: grace.messages("forecast"))
    muster.box.faults.add("conversations.open", "ratelimited", times=1, retry_after=3)
    muster.people.jump_to(MONDAY_IN_BERLIN)
    assert eventually(grace.dm), "a short wait is waited for before time goes on"
    (told,) = [record for record in caplog.records if "asked to wait" in record.message]
    assert told.message.startswith("Slack asked to wait 3 s before the next message: a check-in for ")
    assert told.levelno == logging.INFO


def test_the_next_event_is_not_a_try_to_post_where_muster_was_taken_out(muster: Running) -> None:
    muster.switch_on()
    grace = muster.people.person("Grace")
    assert eventually(lambda: grace.messages("forecast"))
    muster.people.jump_to(MONDAY_IN_BERLIN - timedelta(minutes=1))
    muster.box.faults.add("chat.postMessage", "error", times=999, error="not_in_channel")
    moments = []
    while muster.process.clock() < MONDAY_IN_BERLIN + timedelta(days=1):
        moments.append(muster.people.next_event()["now"])
    assert len(moments) < 12, [datetime.fromtimestamp(each, UTC) for each in moments]
    tried = muster.box.log.calls("chat.postMessage")
    assert len(tried) > 20, "but it is tried again as time passes"


def test_what_is_tried_again_is_no_next_moment_but_what_slack_takes_again_soon_is_as_good_as_due(
    database: Database,
) -> None:
    with database.write() as session:
        people.save_workspace(session, workspace_id="T1", name="T1", url="https://northlight.slack.com/")
    owe(database, prompt())
    assert agenda.outlook(database, now=NOW) == Outlook(NOW, is_due=True, next_try=NOW)
    settle(database, *(Outcome(each, retry_at=NOW + HOUR, why="not_in_channel") for each in claim(database)))
    assert agenda.outlook(database, now=NOW) == Outlook(None, is_due=False, next_try=NOW + HOUR)
    (again,) = claim(database, NOW + HOUR)
    settle(database, Outcome(again, retry_at=NOW + 2 * HOUR, limited_seconds=3600), now=NOW + HOUR)
    second = NOW + 2 * HOUR
    assert agenda.outlook(database, now=NOW + HOUR) == Outlook(None, is_due=False, next_try=second)
    assert agenda.outlook(database, now=second - 3 * SECOND) == Outlook(None, is_due=True, next_try=second)
