"""Reactions, pins and bookmarks: what hangs on messages and at the top of channels."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, manifest, told, web_client
from tests.sandbox.test_web_api import error

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
FORECAST = "C0000000001"


@pytest.fixture
def theirs(client: Client) -> dict[str, Any]:
    """A message of Ana's, as reactions name it."""
    return {"channel": FORECAST, "timestamp": client.person("Ana").say("forecast", "The numbers are in")}


def test_a_reaction_is_seen_in_the_history_and_heard(slack: WebClient, box: Sandbox, theirs: dict[str, Any]) -> None:
    slack.reactions_add(name="eyes", **theirs)
    itself = slack.auth_test()["user_id"]
    (message,) = slack.conversations_history(channel=FORECAST)["messages"]
    assert message["reactions"] == [{"name": "eyes", "users": [itself], "count": 1}]
    assert slack.reactions_get(**theirs)["message"]["reactions"] == message["reactions"]
    (heard,) = told(box, "reaction_added")
    assert heard["item"] == {"type": "message", "channel": FORECAST, "ts": theirs["timestamp"]}
    assert (heard["user"], heard["item_user"]) == (itself, "U0000000001")


def test_a_reaction_goes_again(slack: WebClient, box: Sandbox, theirs: dict[str, Any]) -> None:
    slack.reactions_add(name="eyes", **theirs)
    slack.reactions_remove(name="eyes", **theirs)
    assert "reactions" not in slack.reactions_get(**theirs)["message"]
    assert [event["reaction"] for event in told(box, "reaction_removed")] == ["eyes"]
    assert error(slack.reactions_remove, name="eyes", **theirs) == "no_reaction"


def test_one_reacts_once_with_each_of_a_few_emoji(slack: WebClient, theirs: dict[str, Any]) -> None:
    slack.reactions_add(name="eyes", **theirs)
    assert error(slack.reactions_add, name="eyes", **theirs) == "already_reacted"
    for number in range(22):
        slack.reactions_add(name=f"clock{number}", **theirs)
    assert error(slack.reactions_add, name="one-more", **theirs) == "too_many_emoji"


@pytest.mark.parametrize("name", ["", ":eyes:", "Eyes", "two words"])
def test_the_name_of_an_emoji_has_no_colons(slack: WebClient, theirs: dict[str, Any], name: str) -> None:
    assert error(slack.reactions_add, name=name, **theirs) == "invalid_name"


@pytest.mark.parametrize("call", ["reactions_add", "reactions_remove", "reactions_get", "pins_add", "pins_remove"])
def test_what_is_reacted_to_or_pinned_must_be_there(
    slack: WebClient, client: Client, theirs: dict[str, Any], call: str
) -> None:
    args = {"name": "eyes"} if call.startswith("reactions") and call != "reactions_get" else {}
    method = getattr(slack, call)
    assert error(method, **theirs | {"timestamp": "1.000001"}, **args) == "message_not_found"
    assert error(method, **theirs | {"timestamp": "yesterday"}, **args) == "bad_timestamp"
    assert error(method, **theirs | {"timestamp": ""}, **args) == "no_item_specified"
    assert error(method, **theirs | {"channel": "C9999999999"}, **args) == "channel_not_found"
    slack.conversations_leave(channel=FORECAST)
    assert error(method, **theirs, **args) == "not_in_channel"


def test_nobody_reacts_or_pins_in_an_archived_channel(slack: WebClient, theirs: dict[str, Any]) -> None:
    slack.conversations_archive(channel=FORECAST)
    assert error(slack.reactions_add, name="eyes", **theirs) == "is_archived"
    assert error(slack.pins_add, **theirs) == "is_archived"


def test_an_ephemeral_takes_no_reaction(slack: WebClient) -> None:
    ts = slack.chat_postEphemeral(channel=FORECAST, user="U0000000001", text="Psst")["message_ts"]
    assert error(slack.reactions_add, name="eyes", channel=FORECAST, timestamp=ts) == "message_not_found"


def test_what_somebody_reacted_to_is_listed_page_by_page(slack: WebClient, client: Client) -> None:
    for text in ("One", "Two", "Three"):
        slack.reactions_add(name="eyes", channel=FORECAST, timestamp=client.person("Ana").say("forecast", text))
    pages = [[item["message"]["text"] for item in page["items"]] for page in slack.reactions_list(limit=100)]
    assert pages == [["Three", "Two"], ["One"]]
    assert slack.reactions_list(user="U0000000001")["items"] == []
    assert error(slack.reactions_list, user="U9999999999") == "user_not_found"


def test_a_pin_is_listed_marked_and_heard(slack: WebClient, box: Sandbox, theirs: dict[str, Any]) -> None:
    slack.pins_add(**theirs)
    itself = slack.auth_test()["user_id"]
    (item,) = slack.pins_list(channel=FORECAST)["items"]
    assert (item["type"], item["created_by"], item["message"]["ts"]) == ("message", itself, theirs["timestamp"])
    answer = slack.conversations_history(channel=FORECAST)
    assert (answer["pin_count"], answer["messages"][0]["pinned_to"]) == (1, [FORECAST])
    slack.pins_remove(**theirs)
    assert slack.pins_list(channel=FORECAST)["items"] == []
    (added,), (removed,) = told(box, "pin_added"), told(box, "pin_removed")
    assert added["item"]["message"]["text"] == "The numbers are in"
    assert (added["pin_count"], removed["has_pins"]) == (1, False)


def test_a_message_is_pinned_once_and_only_what_somebody_said(slack: WebClient, theirs: dict[str, Any]) -> None:
    assert error(slack.pins_remove, **theirs) == "no_pin"
    slack.pins_add(**theirs)
    assert error(slack.pins_add, **theirs) == "already_pinned"
    slack.conversations_setTopic(channel=FORECAST, topic="Week 48")
    (notice,) = slack.conversations_history(channel=FORECAST, limit=1)["messages"]
    assert error(slack.pins_add, channel=FORECAST, timestamp=notice["ts"]) == "not_pinnable"


def test_a_hundred_pins_and_bookmarks_are_enough() -> None:
    with Sandbox(manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as client:
        slack = web_client(box)
        link = {"title": "Board", "type": "link", "link": "https://board.example"}
        stamps = [client.person("Ana").say("forecast", str(number)) for number in range(101)]
        for ts in stamps[:100]:
            slack.pins_add(channel=FORECAST, timestamp=ts)
            slack.bookmarks_add(channel_id=FORECAST, **link)
        assert error(slack.pins_add, channel=FORECAST, timestamp=stamps[100]) == "too_many_pins"
        assert error(slack.bookmarks_add, channel_id=FORECAST, **link) == "too_many_bookmarks"


def test_a_bookmark_is_kept_changed_and_taken_away(slack: WebClient) -> None:
    link = {"title": "Board", "type": "link", "link": "https://board.example"}
    made = slack.bookmarks_add(channel_id=FORECAST, emoji=":bar_chart:", **link)["bookmark"]
    assert (made["title"], made["link"], made["emoji"]) == ("Board", "https://board.example", ":bar_chart:")
    changed = slack.bookmarks_edit(channel_id=FORECAST, bookmark_id=made["id"], title="The board")["bookmark"]
    assert (changed["title"], changed["link"]) == ("The board", "https://board.example")
    assert [b["title"] for b in slack.bookmarks_list(channel_id=FORECAST)["bookmarks"]] == ["The board"]
    slack.bookmarks_remove(channel_id=FORECAST, bookmark_id=made["id"])
    assert slack.bookmarks_list(channel_id=FORECAST)["bookmarks"] == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"type": "file"}, "invalid_bookmark_type"),
        ({"link": "board.example"}, "invalid_link"),
        ({"emoji": "bar_chart"}, "invalid_emoji"),
        ({"title": ""}, "invalid_arguments"),
        ({"channel_id": "C9999999999"}, "channel_not_found"),
    ],
)
def test_a_bookmark_of_another_shape_is_refused(slack: WebClient, changes: dict[str, str], word: str) -> None:
    args = {"channel_id": FORECAST, "title": "Board", "type": "link", "link": "https://board.example"} | changes
    assert error(slack.api_call, api_method="bookmarks.add", json=args) == word


def test_there_are_no_bookmarks_where_it_is_not(slack: WebClient) -> None:
    assert error(slack.bookmarks_remove, channel_id=FORECAST, bookmark_id="Bk9") == "not_found"
    slack.conversations_leave(channel=FORECAST)
    assert error(slack.bookmarks_list, channel_id=FORECAST) == "permission_denied"


def test_a_link_that_a_member_keeps_is_listed_for_the_app(slack: WebClient, client: Client) -> None:
    ana = {"as": client.person_id("Ana")}
    made = client.post("bookmark", channel=FORECAST, title=" The board ", link="https://example.com/b", **ana)["id"]
    (listed,) = slack.bookmarks_list(channel_id=FORECAST)["bookmarks"]
    assert (listed["title"], listed["link"]) == ("The board", "https://example.com/b")
    assert (listed["last_updated_by_user_id"], listed["app_id"]) == (ana["as"], None)
    client.post("bookmark/remove", channel=FORECAST, bookmark=made, **ana)
    assert slack.bookmarks_list(channel_id=FORECAST)["bookmarks"] == []
    with pytest.raises(Refused, match="no_such_bookmark"):
        client.post("bookmark/remove", channel=FORECAST, bookmark=made, **ana)


@pytest.mark.parametrize(
    ("who", "channel", "changes", "word"),
    [
        ("Ana", "forecast", {"title": " "}, "no_text"),
        ("Ana", "forecast", {"title": "x" * 81}, "too_long"),
        ("Ana", "forecast", {"link": "javascript:alert(1)"}, "invalid_link"),
        ("Ana", "support-quality", {}, "not_in_channel"),
        ("Ana", "Ben Okafor", {}, "no_such_channel"),
    ],
)
def test_a_link_that_cannot_be_kept_is_refused(
    client: Client, who: str, channel: str, changes: dict[str, str], word: str
) -> None:
    person = client.person(who)
    wish = {"as": person.id, "title": "The board", "link": "https://example.com/b"} | changes
    with pytest.raises(Refused, match=word):
        client.post("bookmark", channel=person.channel_id(channel), **wish)


def test_people_keep_a_hundred_links_as_well(slack: WebClient, box: Sandbox, client: Client) -> None:
    kept = box.world.workspace.channels[FORECAST].bookmarks
    first = slack.bookmarks_add(channel_id=FORECAST, title="B", type="link", link="https://example.com/")["bookmark"]
    kept.update({f"Bk{number}": kept[first["id"]] for number in range(99)})
    with pytest.raises(Refused, match="too_many_bookmarks"):
        client.post(
            "bookmark", channel=FORECAST, title="B", link="https://example.com/", **{"as": client.person_id("Ana")}
        )
