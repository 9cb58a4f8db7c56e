"""One claimed delivery meets Slack: when it is looked for, given back, and tried again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.deliveries import SETTLE, Delivery, Kind, Outcome, Subject
from sandbox.client import Client
from sandbox.server import Sandbox
from schedules.drawing import Content
from schedules.sending import send
from services.deliveries import LEASE
from surface.kit import Message
from surface.slack import Slack
from tests.muster import FRIDAY, MANIFEST

HELLO = Message("hello", [])


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as found:
        yield found


@pytest.fixture
def slack(box: Sandbox) -> Slack:
    return Slack(box.bot_token, f"{box.url}/api/")


@pytest.fixture
def ana(box: Sandbox) -> str:
    with Client(box.url) as people:
        return people.person_id("Ana")


def claimed(person_id: str, kind: Kind = Kind.INFORMED, *, later: timedelta = timedelta()) -> Delivery:
    """Claimed so much later than the sandbox began."""
    at, subject = FRIDAY + later, Subject(kind, 1, person_id=person_id)
    return Delivery("x", "T1", subject, 1, 0, 1, uncertain=False, claimed_at=at, lease_until=at + LEASE)


def doubted(delivery: Delivery) -> Delivery:
    return Delivery(**{**vars(delivery), "uncertain": True})


def send_now(slack: Slack, delivery: Delivery, content: Content = HELLO) -> Outcome:
    return send(slack, lambda: delivery.claimed_at, delivery, content, None)


def test_after_a_slow_search_nothing_is_posted_that_another_may_have_taken_over(
    box: Sandbox, slack: Slack, ana: str
) -> None:
    mine = doubted(claimed(ana))
    outcome = send(
        slack, lambda: mine.lease_until if box.log.calls("conversations.history") else FRIDAY, mine, HELLO, None
    )
    assert len(box.log.calls("conversations.history")) == 1
    assert box.log.calls("chat.postMessage") == []
    assert (outcome.sent, outcome.retry_at, outcome.uncertain) == (False, mine.lease_until, True)


def test_a_post_without_an_answer_is_looked_for_when_slack_must_show_it(box: Sandbox, slack: Slack, ana: str) -> None:
    box.faults.add("chat.postMessage", "drop_after")
    mine = claimed(ana)
    outcome = send_now(slack, mine)
    assert (outcome.retry_at, outcome.uncertain) == (mine.lease_until + SETTLE, True)


def test_what_was_posted_is_found_by_a_clock_that_is_ahead_of_slacks(box: Sandbox, slack: Slack, ana: str) -> None:
    mine = claimed(ana, later=timedelta(seconds=45))
    posted = send_now(slack, mine)
    found = send_now(slack, doubted(mine))
    assert (found.sent, found.ts) == (True, posted.ts)
    assert len(box.log.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "views.publish", "conversations.open"])
def test_a_wait_that_slack_asks_for_closes_the_method_it_is_about(
    box: Sandbox, slack: Slack, ana: str, method: str
) -> None:
    box.faults.add(method, "ratelimited", retry_after=30)
    mine = claimed(ana, Kind.HOME if method == "views.publish" else Kind.INFORMED)
    if method == "chat.update":
        mine = Delivery(**{**vars(mine), "channel": "D1", "ts": "1.1"})
    outcome = send_now(slack, mine, {"type": "home", "blocks": []} if method == "views.publish" else HELLO)
    until = FRIDAY + timedelta(seconds=30)
    assert (outcome.retry_at, outcome.limited_seconds) == (until, 30)
    assert outcome.limited_until == (None if method == "conversations.open" else until)
