"""Slash commands: what they carry, who may type them, what becomes of the answer."""

import time

import httpx2
import pytest

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox, connected
from tests.sandbox.test_blocks import section

FORECAST = "C0000000001"
PRICING = "C0000000003"


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def test_a_command_carries_who_where_and_what(inbox: Inbox, ana: Person) -> None:
    ana.command("/note", "buy milk", channel="forecast")
    (body,) = inbox.all("command")
    assert (body["command"], body["text"]) == ("/note", "buy milk")
    assert (body["user_id"], body["channel_id"], body["channel_name"]) == (ana.id, FORECAST, "forecast")
    assert body["response_url"].startswith("http://127.0.0.1")
    assert "thread_ts" not in body


@pytest.mark.parametrize(
    ("where", "name"), [("pricing", "privategroup"), ("app", "directmessage"), ("Ben", "directmessage")]
)
def test_what_is_private_is_not_named(inbox: Inbox, client: Client, where: str, name: str) -> None:
    client.person("Chloe").command("/note", channel=where)
    assert inbox.all("command")[0]["channel_name"] == name


def test_names_in_a_command_become_ids_only_if_the_manifest_says_so(inbox: Inbox, ana: Person) -> None:
    ana.command("/note", "@Ben Okafor <in> #forecast & @nobody", channel="forecast")
    ana.command("/raw", "@Ben Okafor in #forecast", channel="forecast")
    escaped, raw = inbox.all("command")
    assert escaped["text"] == f"<@U0000000002|ben.okafor> &lt;in&gt; <#{FORECAST}|forecast> &amp; @nobody"
    assert raw["text"] == "@Ben Okafor in #forecast"


def test_the_answer_to_a_command_is_for_the_asker_unless_it_says_otherwise(
    inbox: Inbox, ana: Person, client: Client
) -> None:
    inbox.answer = {"text": "For you"}
    ana.command("/note", channel="forecast")
    inbox.answer = {"text": "For all", "response_type": "in_channel"}
    ana.command("/note", channel="forecast")
    assert [m["text"] for m in ana.messages("forecast")] == ["For you", "/note", "For all"]
    assert [m["text"] for m in client.person("Ben").messages("forecast")] == ["/note", "For all"]


def test_an_answer_in_the_channel_shows_what_was_typed(inbox: Inbox, ana: Person, client: Client) -> None:
    inbox.answer = {"response_type": "in_channel"}
    ana.command("/note", "@Ben Okafor <now>", channel="forecast")
    (shown,) = client.person("Ben").messages("forecast")
    assert (shown["user"], shown["text"]) == (ana.id, "/note <@U0000000002> &lt;now&gt;")
    assert inbox.wait_for("message")[0]["event"]["user"] == ana.id
    inbox.answer = {"response_type": "in_channel", "blocks": [section("")]}
    with pytest.raises(Refused, match="dispatch_failed"):
        ana.command("/note", "again", channel="forecast")
    assert len(client.person("Ben").messages("forecast")) == 1


def test_a_later_answer_in_the_channel_does_not_show_it(inbox: Inbox, ana: Person, client: Client) -> None:
    ana.command("/note", "a secret", channel="forecast")
    url = inbox.all("command")[0]["response_url"]
    httpx2.post(url, json={"text": "Noted", "response_type": "in_channel"})
    assert [m["text"] for m in client.person("Ben").messages("forecast")] == ["Noted"]


def test_an_answer_that_slack_would_not_show_is_a_failure(inbox: Inbox, ana: Person) -> None:
    inbox.answer = {"blocks": [section("")]}
    with pytest.raises(Refused, match="dispatch_failed"):
        ana.command("/note", channel="forecast")


def test_a_command_is_typed_by_members_where_it_is_known(ana: Person) -> None:
    with pytest.raises(Refused, match="no_such_command"):
        ana.command("/unknown", channel="forecast")
    with pytest.raises(Refused, match="not_in_channel"):
        ana.command("/note", channel="support-quality")
    with pytest.raises(Refused, match="no_such_channel"):
        ana.command("/note", channel=PRICING)


def test_a_command_fails_after_three_seconds_without_an_answer(box: Sandbox, ana: Person) -> None:
    slow = Inbox()
    slow.work = lambda _: time.sleep(3.3)
    with connected(box, slow.register), pytest.raises(Refused, match="operation_timeout"):
        ana.command("/note", channel="forecast")


def test_a_command_fails_at_once_while_the_app_is_away(ana: Person) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match="dispatch_failed"):
        ana.command("/note", channel="forecast")
    assert time.monotonic() - began < 1
