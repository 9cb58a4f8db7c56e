"""What people do to messages that stand there, and what is refused."""

from typing import Any

import pytest

from sandbox.client import Client, Person, Refused
from tests.sandbox.apps import Inbox


@pytest.fixture
def ben(client: Client) -> Person:
    return client.person("Ben")


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def do(client: Client, path: str, who: Person, ts: str, **fields: Any) -> None:
    client.post(path, channel=who.channel_id("forecast"), ts=ts, **{"as": who.id}, **fields)


def refused(client: Client, path: str, who: Person, ts: str, **fields: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(client, path, who, ts, **fields)
    return caught.value.error


def test_a_reaction_shows_who_and_can_be_taken_back(client: Client, ana: Person, ben: Person) -> None:
    ts = ben.say("forecast", "Done")
    do(client, "react", ana, ts, name="tada")
    do(client, "react", ben, ts, name="tada")
    assert ana.messages("forecast")[-1]["reactions"] == [{"name": "tada", "users": [ana.id, ben.id]}]
    assert refused(client, "react", ana, ts, name="tada") == "already_reacted"
    do(client, "unreact", ana, ts, name="tada")
    assert ana.messages("forecast")[-1]["reactions"] == [{"name": "tada", "users": [ben.id]}]
    assert refused(client, "unreact", ana, ts, name="tada") == "no_reaction"


def test_a_reaction_is_named_as_emoji_are(client: Client, ben: Person) -> None:
    ts = ben.say("forecast", "Done")
    do(client, "react", ben, ts, name="+1::skin-tone-3")
    for name in ("", "Not an emoji", "<script>"):
        assert refused(client, "react", ben, ts, name=name) == "no_such_emoji"


def test_an_edited_message_says_so_and_the_app_hears_of_it(
    client: Client, ana: Person, ben: Person, inbox: Inbox
) -> None:
    ts = ben.say("forecast", "Teh plan")
    do(client, "edit", ben, ts, text="The plan, @Ana Souza")
    message = ana.messages("forecast")[-1]
    assert (message["text"], message["edited"]) == (f"The plan, <@{ana.id}>", True)
    heard = [body["event"] for body in inbox.wait_for("message", 2)]
    changed = next(event for event in heard if event.get("subtype") == "message_changed")
    assert changed["message"]["text"] == message["text"]
    assert refused(client, "edit", ben, ts, text="  ") == "no_text"
    assert refused(client, "edit", ana, ts, text="Mine") == "not_your_message"


def test_only_the_author_or_an_admin_deletes_a_message(client: Client, ana: Person, ben: Person) -> None:
    first, second = ben.say("forecast", "One"), ben.say("forecast", "Two")
    assert refused(client, "delete", ana, first) == "not_your_message"
    do(client, "delete", ben, first)
    do(client, "delete", client.person("Grace"), second)
    assert ana.messages("forecast") == []
    assert refused(client, "delete", ben, first) == "no_such_message"


def test_a_pinned_message_is_listed_and_named(client: Client, ana: Person, ben: Person) -> None:
    ts = ben.say("forecast", "Keep this")
    do(client, "pin", ana, ts)
    assert ben.messages("forecast")[-1]["pinned_by"] == ana.id
    where = {"as": ben.id, "channel": ben.channel_id("forecast")}
    assert [message["text"] for message in client.get("pins", **where)["messages"]] == ["Keep this"]
    assert client.get("conversation", **where)["channel"]["pins"] == 1
    assert refused(client, "pin", ben, ts) == "already_pinned"
    do(client, "unpin", ben, ts)
    assert refused(client, "unpin", ben, ts) == "not_pinned"


def test_whoever_looks_in_from_outside_changes_nothing(client: Client, ana: Person, ben: Person) -> None:
    ts = ben.say("support-quality", "Inside")
    channel = ben.channel_id("support-quality")
    for path, fields in (("react", {"name": "eyes"}), ("pin", {}), ("edit", {"text": "x"}), ("delete", {})):
        with pytest.raises(Refused, match="not_in_channel"):
            client.post(path, channel=channel, ts=ts, **{"as": ana.id}, **fields)


def test_nothing_is_marked_in_an_archived_channel(client: Client, ben: Person) -> None:
    ts = ben.say("forecast", "Old")
    client.post("archive", channel=ben.channel_id("forecast"), **{"as": ben.id})
    assert refused(client, "react", ben, ts, name="eyes") == "is_archived"


def test_what_only_one_person_sees_is_dismissed_by_them_alone(
    client: Client, ana: Person, ben: Person, inbox: Inbox
) -> None:
    inbox.answer = {"text": "For you"}
    ana.command("/note", "x", channel="forecast")
    ts = ana.ephemerals("forecast")[0]["ts"]
    assert refused(client, "dismiss", ben, ts) == "no_such_message"
    assert refused(client, "react", ana, ts, name="eyes") == "no_such_message"
    do(client, "dismiss", ana, ts)
    assert ana.ephemerals("forecast") == []


def test_marking_as_unread_counts_from_there(client: Client, ana: Person, ben: Person) -> None:
    stamps = [ben.say("forecast", f"Line {number}") for number in range(4)]
    ana.read("forecast")
    client.post("read", channel=ana.channel_id("forecast"), unread_from=stamps[1], **{"as": ana.id})
    room = next(room for room in ana.sidebar()["channels"] if room["name"] == "forecast")
    assert room["unread"] == 3
