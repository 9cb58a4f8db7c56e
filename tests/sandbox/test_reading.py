"""What a page of a conversation holds, and what counts as read in channels and threads."""

from typing import Any

import pytest

from sandbox.client import Client, Person


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


@pytest.fixture
def ben(client: Client) -> Person:
    return client.person("Ben")


def page(client: Client, who: Person, **query: Any) -> tuple[list[str], bool, bool]:
    found = client.get("conversation", **{"as": who.id}, channel=who.channel_id("forecast"), **query)
    return [message["text"] for message in found["messages"]], found["has_before"], found["has_after"]


def test_a_conversation_is_read_a_page_at_a_time(client: Client, ana: Person, ben: Person) -> None:
    ts = [ben.say("forecast", str(number)) for number in range(10)]
    assert page(client, ana)[1:] == (False, False)
    assert page(client, ana, limit=3) == (["7", "8", "9"], True, False)
    assert page(client, ana, limit=3, before=ts[7]) == (["4", "5", "6"], True, True)
    assert page(client, ana, limit=3, after=ts[7]) == (["8", "9"], True, False)
    assert page(client, ana, limit=4, around=ts[5]) == (["3", "4", "5", "6"], True, True)
    assert page(client, ana, limit=5, since=ts[8]) == (["8", "9"], True, False)
    assert page(client, ana, limit=2, since=ts[3], until=ts[6], keep="first") == (["3", "4"], True, True)
    assert page(client, ana, limit=2, since=ts[3], until=ts[6], keep="last") == (["5", "6"], True, True)


def test_a_thread_knows_its_first_message_however_little_of_it_is_read(
    client: Client, ana: Person, ben: Person
) -> None:
    parent = ben.say("forecast", "Parent")
    for number in range(5):
        ben.say("forecast", str(number), thread=parent)
    where = {"as": ana.id, "channel": ana.channel_id("forecast"), "thread": parent}
    found = client.get("conversation", **where, limit="2")
    assert found["parent"]["text"] == "Parent"
    assert [message["text"] for message in found["messages"]] == ["3", "4"]
    assert (found["parent"]["reply_count"], found["parent"]["reply_users"]) == (5, [ben.id])


def test_a_thread_is_unread_for_those_who_follow_it_until_they_read_it(
    client: Client, ana: Person, ben: Person
) -> None:
    parent = ana.say("forecast", "Shall we?")
    ben.say("forecast", "Yes", thread=parent)
    chloe = client.person("Chloe")
    assert [who.sidebar()["threads"]["unread"] for who in (ana, ben, chloe)] == [1, 0, 0]
    assert ana.messages("forecast")[-1]["new_replies"] == 1
    ben.say("forecast", "What do you think, @Chloe Martin?", thread=parent)
    assert chloe.sidebar()["threads"]["unread"] == 1
    client.post("read", channel=ana.channel_id("forecast"), thread=parent, **{"as": ana.id})
    assert ana.sidebar()["threads"]["unread"] == 0
    listed = client.get("threads", **{"as": ana.id})["threads"]
    assert [(each["parent"]["text"], each["parent"]["reply_count"]) for each in listed] == [("Shall we?", 2)]
    assert client.get("threads", **{"as": client.person("Dev").id})["threads"] == []


def test_a_reply_can_also_go_to_the_channel(client: Client, ana: Person, ben: Person) -> None:
    parent = ana.say("forecast", "Shall we?")
    fields = {"channel": ben.channel_id("forecast"), "thread_ts": parent, "as": ben.id}
    client.post("message", text="For all", broadcast=True, **fields)
    client.post("message", text="For the thread", **fields)
    assert [message["text"] for message in ana.messages("forecast")] == ["Shall we?", "For all"]
