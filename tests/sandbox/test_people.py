"""What people do and see at the page: each sees what Slack would show them, and no more."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox
from tests.sandbox.test_blocks import actions, button, field
from tests.sandbox.test_views import open_form

FORECAST = "C0000000001"
PRICING = "C0000000003"


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def acting(person: Person, **fields: Any) -> dict[str, Any]:
    return {"as": person.id, **fields}


def test_the_workspace_shows_its_people_and_the_app_but_not_slackbot(client: Client, inbox: Inbox) -> None:
    assert inbox.bodies == []
    workspace = client.get("workspace")
    assert [person["name"] for person in workspace["people"]][:2] == ["Ana Souza", "Ben Okafor"]
    assert len(workspace["people"]) == 8
    assert workspace["people"][6]["is_admin"]
    assert (workspace["app"]["name"], workspace["app"]["connected"]) == ("Helper", True)
    assert workspace["commands"][0] == {"command": "/note", "description": "Take a note", "usage_hint": "[text]"}
    assert workspace["message_shortcuts"] == [
        {"name": "Keep this", "callback_id": "keep", "description": "Keep a message"}
    ]


def test_the_demo_workspace_has_four_functions_three_zones_and_one_admin(client: Client) -> None:
    people = client.get("workspace")["people"]
    assert len({person["tz"] for person in people}) == 3
    assert len({person["title"] for person in people}) == 8
    assert sum(person["is_admin"] for person in people) == 1


def test_a_sidebar_lists_private_channels_for_members_only(client: Client, ana: Person) -> None:
    rooms = {room["name"]: room for room in ana.sidebar()["channels"]}
    assert set(rooms) == {"forecast", "support-quality"}
    assert (rooms["forecast"]["is_member"], rooms["support-quality"]["is_member"]) == (True, False)
    chloes = {room["name"] for room in client.person("Chloe").sidebar()["channels"]}
    assert chloes == {"forecast", "support-quality", "pricing"}


def test_unread_messages_and_mentions_are_counted_until_read(client: Client, ana: Person, slack: WebClient) -> None:
    client.person("Ben").say("forecast", "Hello @Ana Souza")
    slack.chat_postMessage(channel=FORECAST, text="<!channel> hello")
    client.person("Ben").say("forecast", "Hello @Chloe Martin")
    room = ana.sidebar()["channels"][0]
    assert (room["unread"], room["mentions"]) == (3, 2)
    ana.read("forecast")
    room = ana.sidebar()["channels"][0]
    assert (room["unread"], room["mentions"]) == (0, 0)
    assert client.person("Chloe").sidebar()["channels"][0]["unread"] == 3


def test_who_writes_has_read_and_replies_in_threads_leave_the_channel_read(client: Client, ana: Person) -> None:
    ben = client.person("Ben")
    parent = ana.say("forecast", "Parent")
    ben.say("forecast", "Reply", thread=parent)
    assert ana.sidebar()["channels"][0]["unread"] == 0
    assert ben.sidebar()["channels"][0]["unread"] == 1
    ben.say("forecast", "In the channel")
    assert ben.sidebar()["channels"][0]["unread"] == 0


def test_the_app_and_colleagues_have_unread_direct_messages(client: Client, ana: Person, slack: WebClient) -> None:
    channel = slack.conversations_open(users=ana.id)["channel"]["id"]
    slack.chat_postMessage(channel=channel, text="Hi")
    client.person("Ben").say("Ana", "Lunch?")
    sidebar = ana.sidebar()
    assert sidebar["app_dm"] == {"id": channel, "unread": 1}
    assert {dm["name"]: dm["unread"] for dm in sidebar["dms"]}["Ben Okafor"] == 1


@pytest.mark.parametrize("endpoint", ["conversation", "message", "command", "invite", "leave", "read", "join"])
def test_a_private_channel_does_not_exist_for_others(client: Client, ana: Person, endpoint: str) -> None:
    fields = acting(ana, channel=PRICING, text="Hi", command="/note", user=ana.id)
    ask = client.get if endpoint == "conversation" else client.post
    with pytest.raises(Refused, match="no_such_channel"):
        ask(endpoint, **fields)


def test_a_direct_message_belongs_to_two_people(client: Client, slack: WebClient, ana: Person) -> None:
    with_app = slack.conversations_open(users=ana.id)["channel"]["id"]
    slack.chat_postMessage(channel=with_app, text="For Ana", blocks=[actions(button())])
    between = client.person("Ben").channel_id("Ana")
    stranger = client.person("Chloe")
    for channel in (with_app, between):
        with pytest.raises(Refused, match="no_such_channel"):
            client.get("conversation", **acting(stranger, channel=channel))
    (message,) = ana.dm()
    with pytest.raises(Refused, match="no_such_channel"):
        stranger.click(message, "Go")
    assert slack.conversations_history(channel=with_app)["messages"][0]["text"] == "For Ana"


def test_an_ephemeral_cannot_be_seen_or_clicked_by_others(
    client: Client, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    slack.chat_postEphemeral(channel=FORECAST, user=ana.id, text="Psst", blocks=[actions(button())])
    (message,) = ana.ephemerals("forecast")
    with pytest.raises(Refused, match="no_such_message"):
        client.person("Ben").click(message, "Go")
    with pytest.raises(Refused, match="no_such_message"):
        client.person("Ben").say("forecast", "Re", thread=message["ts"])
    assert inbox.all("block_actions") == []


def test_a_form_belongs_to_the_person_it_was_opened_for(
    client: Client, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    view = open_form(slack, inbox, ana, blocks=[field(), actions(button())])
    ben = client.person("Ben")
    assert ben.modal() is None
    for endpoint in ("submit", "close"):
        with pytest.raises(Refused, match="no_such_view"):
            client.post(endpoint, **acting(ben, view_id=view["id"]))
    with pytest.raises(Refused, match="no_such_view"):
        ben.click(ana.modal() or {}, "Go")


def test_someone_deactivated_can_neither_act_nor_look(client: Client, ana: Person) -> None:
    client.change_person("Ana", deleted=True)
    with pytest.raises(Refused, match="deactivated"):
        ana.say("forecast", "Still here?")
    with pytest.raises(Refused, match="deactivated"):
        ana.messages("forecast")
    client.change_person("Ana", deleted=False)
    ana.say("forecast", "Back again")


def test_a_guest_sees_only_the_channels_they_are_in(client: Client) -> None:
    client.change_person("Dev", is_guest=True)
    dev = client.person("Dev")
    assert [room["name"] for room in dev.sidebar()["channels"]] == ["forecast"]
    with pytest.raises(Refused, match="no_such_channel"):
        dev.join("C0000000002")


def test_a_public_channel_can_be_looked_into_and_joined(client: Client, ana: Person) -> None:
    client.person("Ben").say("support-quality", "Come in")
    assert [m["text"] for m in ana.messages("support-quality")] == ["Come in"]
    with pytest.raises(Refused, match="not_in_channel"):
        ana.say("support-quality", "Hi")
    ana.join("support-quality")
    ana.say("support-quality", "Hi")
    texts = [m["text"] for m in ana.messages("support-quality")]
    assert texts == ["Come in", f"<@{ana.id}> has joined the channel", "Hi"]
    with pytest.raises(Refused, match="already_in_channel"):
        ana.join("support-quality")


def test_what_people_type_is_encoded_as_slacks_client_does(ana: Person, client: Client) -> None:
    ana.say("forecast", "a < b & c > d, @Ben Okafor and @ben.okafor: see #forecast, <!channel> *now*")
    (message,) = ana.messages("forecast")
    ben = f"<@{client.person_id('Ben')}>"
    written = f"a &lt; b &amp; c &gt; d, {ben} and {ben}: see <#{FORECAST}>, &lt;!channel&gt; *now*"
    assert message["text"] == written


def test_a_reply_to_a_reply_joins_the_same_thread(ana: Person) -> None:
    parent = ana.say("forecast", "Parent")
    reply = ana.say("forecast", "Reply", thread=parent)
    ana.say("forecast", "And another", thread=reply)
    assert [m["text"] for m in ana.messages("forecast", thread=parent)] == ["Parent", "Reply", "And another"]
    (shown,) = ana.messages("forecast")
    assert shown["reply_count"] == 2


def test_nobody_writes_nothing(ana: Person) -> None:
    with pytest.raises(Refused, match="no_text"):
        ana.say("forecast", "   ")


@pytest.mark.parametrize(
    ("endpoint", "fields", "error"),
    [
        ("message", {}, "missing_field"),
        ("message", {"as": "U9999999999", "channel": FORECAST, "text": "Hi"}, "no_such_person"),
        ("message", {"as": "USLACKBOT", "channel": FORECAST, "text": "Hi"}, "no_such_person"),
        ("person", {"id": "U0000000001", "shoe_size": 44}, "no_such_field"),
        ("person", {"id": "U0000000001", "tz": "Mars/Phobos"}, "no_such_zone"),
        ("person", {"id": "U0000000001", "tz": ""}, "no_such_zone"),
        ("person", {"id": "U0000000001", "tz": None}, "wrong_value"),
        ("person", {"id": "U0000000001", "name": ""}, "wrong_value"),
        ("person", {"id": "U0000000001", "name": " "}, "wrong_value"),
        ("person", {"id": "U0000000001", "status_expiration": 10**400}, "wrong_value"),
        ("person", {"id": "U0000000001", "deleted": "yes"}, "wrong_value"),
        ("archive", {"channel": "D0000000001"}, "no_such_channel"),
        ("dance", {}, "no_such_endpoint"),
        ("message", {"as": ["U0000000001"], "channel": FORECAST, "text": "Hi"}, "wrong_value"),
        ("message", {"as": "U0000000001", "channel": FORECAST, "text": 5}, "wrong_value"),
        ("message", {"as": "U0000000001", "channel": FORECAST, "files": [5]}, "wrong_value"),
        ("message", {"as": "U0000000001", "channel": None, "text": "Hi"}, "missing_field"),
        ("action", {"as": "U0000000001", "container": "view"}, "wrong_value"),
        ("action", {"as": "U0000000001", "container": {}}, "invalid_container"),
        ("submit", {"as": "U0000000001", "view_id": "V1", "state": {"b": 5}}, "wrong_value"),
        ("clock/to", {"now": "noon"}, "wrong_value"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    client: Client, endpoint: str, fields: dict[str, Any], error: str
) -> None:
    with pytest.raises(Refused, match=error):
        client.post(endpoint, **fields)


def test_a_number_in_an_address_must_be_one(client: Client, ana: Person) -> None:
    for name, fields in (("conversation", {"channel": FORECAST, "limit": "all"}), ("traffic/entry", {"n": "x"})):
        with pytest.raises(Refused, match="wrong_value"):
            client.get(name, **{"as": ana.id, **fields})


def test_the_app_can_be_invited_and_taken_out(client: Client, box: Sandbox, ana: Person) -> None:
    bot = box.world.workspace.bot_user
    client.post("leave", **acting(ana, channel=FORECAST, user=bot))
    assert bot not in client.get("conversation", **acting(ana, channel=FORECAST))["channel"]["members"]
    ana.invite("forecast", "Helper")
    assert bot in client.get("conversation", **acting(ana, channel=FORECAST))["channel"]["members"]
