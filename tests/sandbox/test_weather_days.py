"""Troubles of whole days: tokens, channels, people, hosts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest

SATURDAY = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=manifest(), start=FRIDAY, runs=False, rate_limits=False) as running:
        yield running


def suffer(box: Sandbox, client: Client, what: str) -> tuple[float, dict[str, object]]:
    """Live until the trouble has come on Saturday: its moment and what it was."""
    client.jump_to(SATURDAY - timedelta(minutes=1))
    box.change_weather("one", "none", {what: 1})
    while not (found := [note for note in box.log.notes("fault") if note.details["what"] == what]):
        assert client.next_event()["moved"]
        assert box.slack.clock.now() < (SATURDAY + timedelta(days=1)).timestamp()
    box.change_weather("one", "none")
    return found[0].at, found[0].details["details"]


def test_a_token_is_revoked_and_given_back(box: Sandbox, client: Client, slack: WebClient) -> None:
    at, details = suffer(box, client, "token_revoked")
    with pytest.raises(SlackApiError, match="token_revoked"):
        slack.team_info()
    assert isinstance(details["seconds"], float)
    client.jump_to(datetime.fromtimestamp(at + details["seconds"] + 1, UTC))
    assert slack.team_info()["ok"]


def test_a_channel_is_archived_and_brought_back(box: Sandbox, client: Client) -> None:
    at, details = suffer(box, client, "channel_archived")
    channel = box.world.workspace.channels[str(details["channel"])]
    assert channel.archived
    client.jump_to(datetime.fromtimestamp(at + 9 * 3600, UTC))
    assert not channel.archived


def test_a_public_channel_turns_private(box: Sandbox, client: Client) -> None:
    _, details = suffer(box, client, "channel_private")
    assert box.world.workspace.channels[str(details["channel"])].kind == "private"
    assert [note.details["act"] for note in box.log.notes("channel")] == ["became_private"]


def test_somebody_is_deactivated_and_comes_back_but_never_an_admin(box: Sandbox, client: Client) -> None:
    at, details = suffer(box, client, "person_deactivated")
    person = box.world.workspace.people[str(details["person"])]
    assert person.deleted
    assert not person.is_admin
    client.jump_to(datetime.fromtimestamp(at + 61 * 3600, UTC))
    assert not person.deleted


def test_the_host_sleeps_past_what_was_due(box: Sandbox, client: Client) -> None:
    at, details = suffer(box, client, "clock_leap")
    assert float(str(details["seconds"])) >= 0.3 * 3600
    assert box.slack.clock.now() == pytest.approx(at + float(str(details["seconds"])))


def test_the_hosts_clock_is_set_back_and_right_again(box: Sandbox, client: Client) -> None:
    at, details = suffer(box, client, "clock_back")
    hosts = box.slack.followers
    assert hosts.now == pytest.approx(box.slack.clock.now() - float(str(details["seconds"])))
    client.jump_to(datetime.fromtimestamp(at + float(str(details["lasts"])) + 1, UTC))
    assert hosts.now == box.slack.clock.now()


def test_websockets_are_to_be_opened_anew(box: Sandbox, client: Client) -> None:
    inbox = Inbox()
    with connected(box, inbox.register, watch_seconds=0.5):
        suffer(box, client, "refreshed_socket")
        client.person("Ana").command("/note", channel="forecast")
        assert inbox.wait_for("command")
