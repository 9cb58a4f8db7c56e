"""Which events the app hears: those it subscribed to, from where it is."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_SCOPE, FRIDAY, Inbox, connected, manifest, told

FORECAST = "C0000000001"


def heard(inbox: Inbox, kind: str) -> list[dict[str, Any]]:
    return [body["event"] for body in inbox.all(kind)]


def test_a_message_is_heard_with_its_channels_kind(client: Client, inbox: Inbox) -> None:
    client.person("Ana").say("app", "In the direct message")
    client.person("Ana").say("forecast", "In the channel")
    client.person("Chloe").say("pricing", "In the private one")
    inbox.wait_for("message", 3)
    kinds = {event["text"]: event["channel_type"] for event in heard(inbox, "message")}
    assert kinds == {
        "In the direct message": "im",
        "In the channel": "channel",
        "In the private one": "group",
    }


def test_an_event_names_its_workspace_and_has_an_id_of_its_own(client: Client, inbox: Inbox) -> None:
    client.person("Ana").say("app", "One")
    client.person("Ana").say("app", "Two")
    first, second = inbox.wait_for("message", 2)
    assert first["event_id"] != second["event_id"]
    assert first["authorizations"][0]["is_bot"]
    assert first["team_id"] == "T0000000001"


def test_it_hears_nothing_from_where_it_is_not(client: Client, inbox: Inbox) -> None:
    ana = client.person("Ana")
    client.post("leave", **{"as": ana.id}, channel=FORECAST, user=client.person_id("Helper"))
    ana.say("forecast", "Are they gone?")
    ana.say("Ben", "Between us")
    ana.say("app", "Hello")
    inbox.wait_for("channel_left")
    texts = eventually(lambda: [event["text"] for event in heard(inbox, "message") if "subtype" not in event])
    assert texts == ["Hello"]
    assert heard(inbox, "member_left_channel") == []


def test_it_hears_only_what_its_manifest_subscribes_to() -> None:
    app = Inbox()
    only_direct = manifest(events=["message.im"])
    with _fresh("demo", only_direct) as box, connected(box, app.register), Client(box.url) as people:
        people.person("Ana").say("forecast", "Not this")
        people.person("Ana").say("app", "This")
        app.wait_for("message")
    assert [delivery.payload["event"]["text"] for delivery in box.log.deliveries()] == ["This"]


def test_it_hears_of_its_own_messages_changed_and_deleted(slack: WebClient, box: Sandbox) -> None:
    app = Inbox()
    with connected(box, app.register):
        ts = slack.chat_postMessage(channel=FORECAST, text="Old")["ts"]
        slack.chat_update(channel=FORECAST, ts=ts, text="New")
        slack.chat_delete(channel=FORECAST, ts=ts)
        assert eventually(lambda: [delivery.acked for delivery in box.log.deliveries()] == [True] * 3)
    events = [delivery.payload["event"] for delivery in box.log.deliveries()]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("New", "Old")


def test_it_hears_who_comes_and_goes(client: Client, inbox: Inbox) -> None:
    dev = client.person("Dev")
    dev.join("support-quality")
    dev.leave("support-quality")
    joined = inbox.wait_for("member_joined_channel")[0]["event"]
    left = inbox.wait_for("member_left_channel")[0]["event"]
    assert (joined["user"], left["user"]) == (dev.id, dev.id)
    assert joined["channel_type"] == "C"


def test_it_hears_that_it_was_brought_in(client: Client) -> None:
    app = Inbox()
    with _fresh("empty", manifest()) as box, connected(box, app.register), Client(box.url) as people:
        people.person("Ada").invite("general", "Helper")
        event = app.wait_for("member_joined_channel")[0]["event"]
        assert event["user"] == box.world.workspace.bot_user
        assert event["inviter"] == people.person_id("Ada")


def _fresh(seed: str, with_manifest: dict[str, Any]) -> Sandbox:
    return Sandbox(seed=seed, manifest=with_manifest, start=FRIDAY)


@pytest.mark.parametrize(("channel", "event"), [(FORECAST, "channel_archive"), ("C0000000003", "group_archive")])
def test_it_hears_that_a_channel_was_archived(client: Client, inbox: Inbox, channel: str, event: str) -> None:
    client.post("archive", channel=channel)
    assert inbox.wait_for(event)[0]["event"]["channel"] == channel


def test_it_hears_that_a_person_changed(client: Client, inbox: Inbox) -> None:
    client.change_person("Ana", tz="Asia/Tokyo", deleted=False)
    user = inbox.wait_for("user_change")[0]["event"]["user"]
    assert (user["id"], user["tz"]) == (client.person_id("Ana"), "Asia/Tokyo")


def test_it_hears_its_name_in_channels_alone() -> None:
    app = Inbox()
    named = manifest(scopes=EVERY_SCOPE, events=["app_mention"])
    with _fresh("demo", named) as box, connected(box, app.register), Client(box.url) as people:
        ana = people.person("Ana")
        ana.say("forecast", "Ask @Helper about it")
        ana.say("app", "Hello @Helper")
        ana.say("forecast", "Nobody in particular")
        ana.leave("forecast")
    (heard,) = told(box, "app_mention")
    assert (heard["user"], heard["channel"]) == (ana.id, FORECAST)
    assert heard["text"].startswith("Ask <@U")
