"""Several workspaces: each has its own people, its own token, and nothing of the others."""

from collections.abc import Iterator

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest, web_client
from tests.sandbox.test_web_api import refusal

SECOND = {
    "workspace": "Southlight",
    "people": [{"name": "Zoe Quist", "title": "Editor", "tz": "Pacific/Auckland", "is_admin": True}],
    "channels": [{"name": "desk", "app": True}],
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(manifest=manifest(), more=[SECOND], start=FRIDAY) as running:
        yield running


def other(box: Sandbox) -> WebClient:
    second = list(box.slack.worlds.values())[1]
    assert second.installation is not None
    return WebClient(token=second.installation.bot_token, base_url=f"{box.url}/api/", retry_handlers=[])


def test_a_token_belongs_to_one_workspace(box: Sandbox) -> None:
    here, there = web_client(box).auth_test(), other(box).auth_test()
    assert (here["team"], there["team"]) == ("Northlight AI", "Southlight")
    assert here["user_id"] != there["user_id"]


def test_channels_of_another_workspace_do_not_exist(box: Sandbox) -> None:
    (desk,) = other(box).conversations_list()["channels"]
    other(box).chat_postMessage(channel=desk["id"], text="hello")
    assert refusal(web_client(box).chat_postMessage, channel=desk["id"], text="hello")["error"] == "channel_not_found"


def test_payloads_name_the_workspace_they_come_from(box: Sandbox, client: Client) -> None:
    inbox = Inbox()
    with connected(box, inbox.register):
        client.person("Ana").command("/note", "one", channel="forecast")
        client.person("Zoe").command("/note", "two", channel="desk")
    assert [body["team_id"] for body in inbox.all("command")] == list(box.slack.worlds)


def test_limits_count_for_each_workspace(box: Sandbox) -> None:
    for _ in range(20):
        web_client(box).users_list(limit=1)
    assert refusal(web_client(box).users_list, limit=1)["error"] == "ratelimited"
    assert other(box).users_list(limit=1)["ok"]


def test_nobody_acts_in_a_workspace_they_are_not_in(box: Sandbox, client: Client) -> None:
    with pytest.raises(Refused, match="no_such_channel"):
        client.person("Zoe").say("C0000000001", "hello")


def test_a_workspace_may_begin_without_the_app() -> None:
    with Sandbox(manifest=manifest(), seed={**SECOND, "installed": False}, start=FRIDAY) as box:
        assert box.bot_token == ""
        assert box.world.workspace.people[box.world.workspace.bot_user].deleted
        people = [person.name for person in box.world.workspace.people.values()]
        assert people == ["Zoe Quist", "Slackbot", "Helper"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": None}, "needs people"),
        ({"people": [{"name": "Zoe Quist", "tz": "Mars/Olympus"}]}, "'Mars/Olympus', which does not exist"),
        ({"channels": [{"name": "desk", "members": ["Nobody"]}]}, r"#desk has members who are not among the people"),
    ],
)
def test_a_wrong_workspace_is_explained(wrong: dict[str, object], said: str) -> None:
    seed = {name: value for name, value in {**SECOND, **wrong}.items() if value is not None}
    with pytest.raises(ValueError, match=said):
        Sandbox(manifest=manifest(), seed=seed)


def test_a_trigger_opens_nothing_in_another_workspace(box: Sandbox, client: Client) -> None:
    inbox = Inbox()
    with connected(box, inbox.register):
        client.person("Ana").command("/note", channel="forecast")
        client.person("Zoe").command("/note", channel="desk")
    ours, theirs = (body["trigger_id"] for body in inbox.all("command"))
    form = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": []}
    assert ours != theirs
    assert refusal(other(box).views_open, trigger_id=ours, view=form)["error"] == "invalid_trigger_id"
    assert refusal(web_client(box).views_open, trigger_id=theirs, view=form)["error"] == "invalid_trigger_id"


def test_the_direct_message_with_the_app_is_the_same_before_and_after_installing() -> None:
    blank = {**SECOND, "installed": False}
    with Sandbox(manifest=manifest(), seed=blank, start=FRIDAY) as box, Client(box.url) as people:
        zoe = people.person("Zoe")
        before = zoe.channel_id("app")
        httpx2.post(f"{box.url}/control/app/install", json={})
        assert web_client(box).conversations_open(users=zoe.id)["channel"]["id"] == before
