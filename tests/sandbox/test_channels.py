"""Channels that the app makes, changes, joins and leaves, and what it hears of those that others change."""

import pytest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, manifest, told, web_client
from tests.sandbox.test_web_api import error, refusal

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
FORECAST = "C0000000001"
SUPPORT = "C0000000002"
ANA, BEN, CHLOE = "U0000000001", "U0000000002", "U0000000003"


@pytest.fixture
def ours(slack: WebClient) -> str:
    """A channel that the app made."""
    return str(slack.conversations_create(name="ours")["channel"]["id"])


def test_whoever_makes_a_channel_is_in_it_and_others_hear_of_a_public_one(slack: WebClient, box: Sandbox) -> None:
    made = slack.conversations_create(name="rollout-2026")["channel"]
    slack.conversations_create(name="hidden", is_private=True)
    assert (made["name"], made["is_member"], made["is_private"]) == ("rollout-2026", True, False)
    (heard,) = told(box, "channel_created")
    assert heard["channel"]["name"] == "rollout-2026"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Rollout", "invalid_name_specials"),
        ("roll out", "invalid_name_specials"),
        ("--_", "invalid_name_punctuation"),
        ("pricing", "name_taken"),
    ],
)
def test_a_name_that_slack_would_not_take_is_refused(slack: WebClient, name: str, word: str) -> None:
    assert error(slack.conversations_create, name=name) == word


def test_only_its_own_channel_may_it_rename(slack: WebClient, box: Sandbox, ours: str) -> None:
    renamed = slack.conversations_rename(channel=ours, name="theirs")["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("theirs", ["ours"])
    (heard,) = told(box, "channel_rename")
    assert heard["channel"]["name"] == "theirs"
    assert error(slack.conversations_rename, channel=FORECAST, name="mine") == "not_authorized"
    assert error(slack.conversations_rename, channel=ours, name="pricing") == "name_taken"


def test_topic_and_purpose_are_announced_as_messages(slack: WebClient, client: Client) -> None:
    channel = slack.conversations_setTopic(channel=FORECAST, topic="Week 48")["channel"]
    assert channel["topic"]["value"] == "Week 48"
    channel = slack.conversations_setPurpose(channel=FORECAST, purpose="Forecasts")["channel"]
    assert channel["purpose"]["value"] == "Forecasts"
    (purpose,), (topic,) = (page["messages"] for page in slack.conversations_history(channel=FORECAST))
    assert (topic["subtype"], topic["topic"]) == ("channel_topic", "Week 48")
    assert (purpose["subtype"], purpose["purpose"]) == ("channel_purpose", "Forecasts")


def test_a_topic_has_a_limit_and_must_be_given(slack: WebClient) -> None:
    slack.conversations_setTopic(channel=FORECAST, topic="x" * 250)
    assert error(slack.conversations_setTopic, channel=FORECAST, topic="x" * 251) == "too_long"
    bare = {"api_method": "conversations.setTopic", "json": {"channel": FORECAST}}
    assert error(slack.api_call, **bare) == "missing_argument"


def ids(listing: SlackResponse) -> list[str]:
    return [channel["id"] for page in listing for channel in page["channels"]]


def test_an_archived_channel_comes_back(slack: WebClient, box: Sandbox, ours: str) -> None:
    slack.conversations_archive(channel=ours)
    assert slack.conversations_info(channel=ours)["channel"]["is_archived"]
    assert ours in ids(slack.conversations_list())
    assert ours not in ids(slack.conversations_list(exclude_archived=True))
    assert error(slack.conversations_archive, channel=ours) == "already_archived"
    assert error(slack.conversations_setTopic, channel=ours, topic="x") == "is_archived"
    assert error(slack.conversations_rename, channel=ours, name="other") == "is_archived"
    assert error(slack.conversations_invite, channel=ours, users=ANA) == "is_archived"
    assert error(slack.conversations_kick, channel=ours, user=ANA) == "is_archived"
    assert error(slack.conversations_leave, channel=ours) == "is_archived"
    slack.conversations_unarchive(channel=ours)
    assert error(slack.conversations_unarchive, channel=ours) == "not_archived"
    assert len(told(box, "channel_archive")) == len(told(box, "channel_unarchive")) == 1


def test_a_private_channel_tells_of_its_changes_by_the_names_of_groups(slack: WebClient, box: Sandbox) -> None:
    hidden = slack.conversations_create(name="hidden", is_private=True)["channel"]["id"]
    slack.conversations_rename(channel=hidden, name="secret")
    slack.conversations_archive(channel=hidden)
    slack.conversations_unarchive(channel=hidden)
    for kind in ("group_rename", "group_archive", "group_unarchive"):
        assert len(told(box, kind)) == 1


def test_it_joins_a_public_channel_and_doing_so_twice_is_a_warning(slack: WebClient, box: Sandbox) -> None:
    slack.conversations_leave(channel=FORECAST)
    joined = slack.conversations_join(channel=FORECAST)
    assert joined["channel"]["is_member"]
    again = slack.conversations_join(channel=FORECAST)
    assert again["response_metadata"]["warnings"] == ["already_in_channel"]
    assert len(told(box, "channel_left")) == 1
    (heard,) = told(box, "member_joined_channel")
    assert "inviter" not in heard


def test_it_joins_neither_a_private_nor_an_archived_channel(slack: WebClient, client: Client) -> None:
    assert error(slack.conversations_join, channel="C0000000003") == "method_not_supported_for_channel_type"
    client.post("archive", channel=FORECAST)
    assert error(slack.conversations_join, channel=FORECAST) == "is_archived"


def test_to_leave_where_it_is_not_is_no_error(slack: WebClient) -> None:
    slack.conversations_leave(channel=FORECAST)
    assert slack.conversations_leave(channel=FORECAST)["not_in_channel"]


def test_the_last_member_stays(slack: WebClient, ours: str) -> None:
    assert error(slack.conversations_leave, channel=ours) == "last_member"


def test_it_invites_people_and_takes_them_out(slack: WebClient, box: Sandbox, ours: str) -> None:
    itself = slack.auth_test()["user_id"]
    slack.conversations_invite(channel=ours, users=[ANA, BEN])
    assert _members(slack, ours) == {itself, ANA, BEN}
    joined = {event["user"]: event.get("inviter") for event in told(box, "member_joined_channel")}
    assert joined == {itself: None, ANA: itself, BEN: itself}
    slack.conversations_kick(channel=ours, user=ANA)
    (gone,) = told(box, "member_left_channel")
    assert (gone["user"], _members(slack, ours)) == (ANA, {itself, BEN})


def test_it_takes_out_only_others_who_are_in(slack: WebClient, ours: str) -> None:
    itself = slack.auth_test()["user_id"]
    assert error(slack.conversations_kick, channel=ours, user=CHLOE) == "not_in_channel"
    assert error(slack.conversations_kick, channel=ours, user=itself) == "cant_kick_self"
    assert error(slack.conversations_kick, channel=ours, user="U9999999999") == "user_not_found"


def test_whoever_cannot_be_invited_is_named_with_the_reason(slack: WebClient, client: Client, ours: str) -> None:
    client.change_person("Chloe", deleted=True)
    slack.conversations_invite(channel=ours, users=ANA)
    reasons = {ANA: "already_in_channel", CHLOE: "cant_invite", "U9999999999": "user_not_found"}
    for user, word in reasons.items():
        answer = refusal(slack.conversations_invite, channel=ours, users=user)
        assert answer["error"] == word
        assert answer["errors"] == [{"user": user, "ok": False, "error": word}]
    itself = slack.auth_test()["user_id"]
    assert error(slack.conversations_invite, channel=ours, users=itself) == "cant_invite_self"
    assert error(slack.conversations_invite, channel=ours, users="") == "no_user"
    many = ",".join(["U0000000002"] * 101)
    assert error(slack.conversations_invite, channel=ours, users=many) == "too_many_users"


def test_one_who_cannot_come_keeps_all_out_unless_it_insists(slack: WebClient, ours: str) -> None:
    both = [ANA, "U9999999999"]
    assert error(slack.conversations_invite, channel=ours, users=both) == "user_not_found"
    assert ANA not in _members(slack, ours)
    answer = slack.conversations_invite(channel=ours, users=both, force=True)
    assert [each["error"] for each in answer["errors"]] == ["user_not_found"]
    assert ANA in _members(slack, ours)


def _members(slack: WebClient, channel: str) -> set[str]:
    return {user for page in slack.conversations_members(channel=channel) for user in page["members"]}


@pytest.mark.parametrize("method", ["rename", "archive", "setTopic", "setPurpose", "invite", "kick"])
def test_what_is_not_its_channel_it_cannot_change(box: Sandbox, method: str) -> None:
    with Sandbox(manifest=MANIFEST, seed="empty", start=FRIDAY) as other:
        args = {"channel": FORECAST, "users": ANA, "user": ANA, "name": "x", "topic": "x", "purpose": "x"}
        call = {"api_method": f"conversations.{method}", "json": args}
        assert error(web_client(other).api_call, **call) == "not_in_channel"


@pytest.mark.parametrize("method", ["rename", "archive", "unarchive", "setTopic", "invite", "kick", "leave"])
def test_a_direct_message_is_no_channel(slack: WebClient, method: str) -> None:
    dm = slack.conversations_open(users=ANA)["channel"]["id"]
    args = {"channel": dm, "users": BEN, "user": ANA, "name": "x", "topic": "x"}
    call = {"api_method": f"conversations.{method}", "json": args}
    assert error(slack.api_call, **call) == "method_not_supported_for_channel_type"


def test_each_kind_of_channel_needs_its_own_scope() -> None:
    scopes = [scope for scope in EVERY_SCOPE if scope != "groups:write"]
    with Sandbox(manifest=manifest(scopes=scopes), start=FRIDAY) as box:
        slack = web_client(box)
        slack.conversations_create(name="open")
        answer = refusal(slack.conversations_create, name="closed", is_private=True)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:write")
        assert refusal(slack.conversations_setTopic, channel="C0000000003", topic="x")["needed"] == "groups:write"


def test_several_people_share_one_direct_message(slack: WebClient, client: Client, box: Sandbox) -> None:
    channel = slack.conversations_open(users=[ANA, BEN])["channel"]["id"]
    again = slack.conversations_open(users=[BEN, ANA])
    assert (again["channel"]["id"], again["already_open"]) == (channel, True)
    shown = slack.conversations_info(channel=channel)["channel"]
    assert (shown["is_mpim"], shown["is_private"]) == (True, True)
    assert [c["id"] for c in slack.conversations_list(types="mpim")["channels"]] == [channel]
    slack.chat_postMessage(channel=channel, text="The three of us")
    client.person("Ana").say(channel, "Hello both")
    assert [m["text"] for m in client.person("Ben").messages(channel)] == ["The three of us", "Hello both"]
    assert [event["channel_type"] for event in told(box, "message")] == ["mpim", "mpim"]


def test_a_group_needs_its_scope_and_people_who_can_be_reached(slack: WebClient, client: Client) -> None:
    client.change_person("Chloe", deleted=True)
    assert error(slack.conversations_open, users=[ANA, CHLOE]) == "user_disabled"
    assert error(slack.conversations_open, users=[ANA, "U9999999999"]) == "user_not_found"
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        answer = refusal(web_client(box).conversations_open, users=[ANA, BEN])
        assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:write")


def test_a_direct_message_is_opened_again_by_its_id_and_closed(slack: WebClient) -> None:
    dm = slack.conversations_open(users=ANA)["channel"]["id"]
    assert slack.conversations_open(channel=dm, return_im=True)["channel"]["user"] == ANA
    assert slack.conversations_close(channel=dm)["ok"]
    assert error(slack.conversations_close, channel=FORECAST) == "method_not_supported_for_channel_type"
    assert error(slack.conversations_open, channel=FORECAST) == "method_not_supported_for_channel_type"


def test_it_marks_what_it_has_read(slack: WebClient) -> None:
    ts = slack.chat_postMessage(channel=SUPPORT, text="Mine")["ts"]
    slack.conversations_mark(channel=SUPPORT, ts=ts)
    assert slack.conversations_info(channel=SUPPORT)["channel"]["last_read"] == ts
    assert error(slack.conversations_mark, channel=SUPPORT, ts="1.000001") == "invalid_timestamp"
