"""What people do with channels, with each other and with themselves."""

from typing import Any

import pytest

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, manifest


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def refused(client: Client, path: str, **fields: Any) -> str:
    with pytest.raises(Refused) as caught:
        client.post(path, **fields)
    return caught.value.error


def test_a_channel_is_made_by_whoever_is_in_it_then(client: Client, ana: Person) -> None:
    channel = client.post("channel/create", name="#plan-budget", private=True, **{"as": ana.id})["channel"]
    assert ana.channel_id("plan-budget") == channel
    assert "plan-budget" not in [room["name"] for room in client.person("Ben").sidebar()["channels"]]
    assert refused(client, "channel/create", name="plan-budget", **{"as": ana.id}) == "name_taken"


@pytest.mark.parametrize("name", ["", "Budget", "plan budget", "x" * 81, "plan!"])
def test_a_channels_name_is_small_letters_without_gaps(client: Client, ana: Person, name: str) -> None:
    assert refused(client, "channel/create", name=name, **{"as": ana.id}) == "invalid_name"


def test_guests_make_no_channels(client: Client, ana: Person) -> None:
    client.change_person("Ana", is_guest=True)
    assert refused(client, "channel/create", name="mine", **{"as": ana.id}) == "not_allowed"


def test_a_member_renames_a_channel_and_says_what_it_is_for(client: Client, ana: Person) -> None:
    where = {"channel": ana.channel_id("forecast"), "as": ana.id}
    client.post("channel/rename", name="demand", **where)
    client.post("channel/topic", topic="What sells", **where)
    heading = client.get("conversation", **where)["channel"]
    assert (heading["name"], heading["topic"]) == ("demand", "What sells")
    assert refused(client, "channel/topic", topic="x" * 251, **where) == "too_long"
    assert refused(client, "channel/rename", name="pricing", **where) == "name_taken"


def test_a_channel_that_turns_private_is_gone_for_others(client: Client, ana: Person) -> None:
    where = {"channel": client.person("Ben").channel_id("support-quality"), "as": client.person("Ben").id}
    assert refused(client, "channel/private", **{**where, "as": ana.id}) == "not_in_channel"
    client.post("channel/private", **where)
    assert "support-quality" not in [room["name"] for room in ana.sidebar()["channels"]]
    assert refused(client, "channel/private", **where) == "already_private"


def test_an_archived_channel_can_be_brought_back(client: Client, ana: Person) -> None:
    where = {"channel": ana.channel_id("forecast"), "as": ana.id}
    assert refused(client, "unarchive", **where) == "not_archived"
    client.post("archive", **where)
    assert [room["name"] for room in ana.sidebar()["channels"] if room["archived"]] == ["forecast"]
    client.post("unarchive", **where)
    assert ana.say("forecast", "Open again")


def test_several_people_write_to_each_other_in_one_place(client: Client, ana: Person) -> None:
    ben, chloe = client.person("Ben"), client.person("Chloe")
    channel = client.post("group", users=[ben.id, chloe.id], **{"as": ana.id})["channel"]
    assert client.post("group", users=[ana.id, chloe.id], **{"as": ben.id})["channel"] == channel
    client.post("message", channel=channel, text="Lunch?", **{"as": ana.id})
    assert chloe.sidebar()["groups"] == [{"id": channel, "name": "Ana Souza, Ben Okafor", "unread": 1}]
    assert client.person("Dev").sidebar()["groups"] == []
    assert client.post("group", users=[ben.id], **{"as": ana.id})["channel"] == ana.channel_id("Ben Okafor")
    assert refused(client, "group", users=[], **{"as": ana.id}) == "no_such_person"
    assert refused(client, "group", users=["U404"], **{"as": ana.id}) == "no_such_person"


def test_a_status_is_shown_to_all_and_is_short(client: Client) -> None:
    client.change_person("Ben", status_text="Commuting", status_emoji=":bus:", is_set_away=True)
    ben = next(person for person in client.get("workspace")["people"] if person["name"] == "Ben Okafor")
    assert (ben["status_text"], ben["status_emoji"], ben["is_set_away"]) == ("Commuting", ":bus:", True)
    with pytest.raises(Refused, match="too_long"):
        client.change_person("Ben", status_text="x" * 101)


def test_nobody_joins_or_invites_where_they_could_not(client: Client, ana: Person) -> None:
    chloe, ben = client.person("Chloe"), client.person("Ben")
    assert refused(client, "join", channel=chloe.channel_id("pricing"), **{"as": chloe.id}) == "cannot_join"
    direct = {"channel": ana.channel_id("Ben"), "as": ana.id}
    assert refused(client, "invite", user=chloe.id, **direct) == "cannot_invite"
    forecast = {"channel": ana.channel_id("forecast"), "as": ana.id}
    assert refused(client, "invite", user="U9999999999", **forecast) == "no_such_person"
    client.post("archive", channel=forecast["channel"])
    assert refused(client, "invite", user=ben.id, **forecast) == "cannot_invite"
    assert refused(client, "join", **forecast) == "cannot_join"


def test_without_a_home_tab_nobody_opens_one() -> None:
    with Sandbox(manifest=manifest(home={"home_tab_enabled": False}), start=FRIDAY) as box, Client(box.url) as client:
        assert refused(client, "home", **{"as": client.person_id("Ana")}) == "home_tab_disabled"
