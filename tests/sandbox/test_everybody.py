"""What apps learn of people: guests and outsiders, status, quiet hours, presence, user groups, the workspace itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, Inbox, manifest, told, web_client
from tests.sandbox.test_web_api import error

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
ANA, BEN, GUS, PAM, QUENTIN = (f"U000000000{number}" for number in range(1, 6))
OFFICE, SHARED = "C0000000001", "C0000000002"
PEOPLE = {
    "workspace": "Northlight AI",
    "people": [
        {"name": "Ana Souza", "tz": "America/Sao_Paulo", "dnd": ["22:00", "08:00"], "is_admin": True},
        {"name": "Ben Okafor", "tz": "Europe/Berlin", "status_text": "Away", "status_emoji": ":palm_tree:"},
        {"name": "Gus Guest", "is_guest": True, "locale": "de-DE"},
        {"name": "Pam Partner", "is_external": True},
        {"name": "Quentin Partner", "is_external": True},
    ],
    "channels": [
        {"name": "office", "app": True, "general": True},
        {"name": "shared", "app": True, "members": ["Ana Souza", "Pam Partner"]},
    ],
    "groups": [{"handle": "research", "name": "Researchers", "members": ["Ana Souza", "Ben Okafor"]}],
    "emoji": {"shipit": "https://emoji.example/shipit.png"},
}


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, seed=PEOPLE, start=FRIDAY) as running:
        yield running


def test_guests_and_outsiders_are_marked(slack: WebClient) -> None:
    guest = slack.users_info(user=GUS)["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, False)
    outsider = slack.users_info(user=PAM)["user"]
    assert outsider["team_id"] != slack.team_info()["team"]["id"]
    assert (outsider["is_stranger"], "email" in outsider["profile"]) == (False, False)


def test_an_outsider_is_known_only_where_channels_are_shared(slack: WebClient) -> None:
    assert error(slack.users_info, user=QUENTIN) == "user_not_visible"
    assert error(slack.conversations_open, users=QUENTIN) == "user_not_visible"
    assert error(slack.views_publish, user_id=PAM, view={"type": "home", "blocks": []}) == "user_not_found"
    listed = {person["id"] for page in slack.users_list(limit=100) for person in page["members"]}
    assert listed.isdisjoint({PAM, QUENTIN})
    assert slack.conversations_open(users=PAM)["ok"]


def test_a_shared_channel_says_so_and_takes_outsiders(slack: WebClient, box: Sandbox, client: Client) -> None:
    shared = slack.conversations_info(channel=SHARED)["channel"]
    assert (shared["is_ext_shared"], len(shared["shared_team_ids"])) == (True, 2)
    assert not slack.conversations_info(channel=OFFICE)["channel"]["is_ext_shared"]
    assert error(slack.conversations_invite, channel=OFFICE, users=PAM) == "user_team_not_in_channel"
    slack.conversations_invite(channel=SHARED, users=QUENTIN)
    client.person("Pam").say("shared", "Hello")
    (heard,) = [d.payload for d in box.log.deliveries() if d.payload["event"].get("text") == "Hello"]
    assert heard["is_ext_shared_channel"]
    assert heard["event"]["user_team"] == shared["connected_team_ids"][0]


def test_nobody_leaves_the_general_channel(slack: WebClient) -> None:
    assert slack.conversations_info(channel=OFFICE)["channel"]["is_general"]
    assert error(slack.conversations_leave, channel=OFFICE) == "cant_leave_general"
    assert error(slack.conversations_kick, channel=OFFICE, user=ANA) == "cant_kick_from_general"
    assert error(slack.conversations_archive, channel=OFFICE) == "cant_archive_general"


def test_the_locale_comes_when_it_is_asked_for(slack: WebClient) -> None:
    assert slack.users_info(user=GUS, include_locale=True)["user"]["locale"] == "de-DE"
    assert "locale" not in slack.users_info(user=GUS)["user"]


def test_a_status_is_in_the_profile(slack: WebClient) -> None:
    profile = slack.users_profile_get(user=BEN)["profile"]
    assert (profile["status_text"], profile["status_emoji"]) == ("Away", ":palm_tree:")
    assert slack.users_profile_get()["profile"]["bot_id"].startswith("B")


def test_a_status_ends_by_itself_and_is_heard_twice(slack: WebClient, box: Sandbox, client: Client) -> None:
    until = int(FRIDAY.timestamp()) + 3600
    client.change_person("Ana", status_text="In a meeting", status_expiration=until)
    profile = slack.users_profile_get(user=ANA)["profile"]
    assert (profile["status_emoji"], profile["status_expiration"]) == (":speech_balloon:", until)
    client.jump_to(FRIDAY + timedelta(hours=1, seconds=10))
    assert slack.users_profile_get(user=ANA)["profile"]["status_text"] == ""
    for kind in ("user_change", "user_status_changed"):
        heard = [event["user"]["profile"]["status_text"] for event in told(box, kind)]
        assert heard == ["In a meeting", ""]


def test_a_status_that_was_changed_does_not_end_early(slack: WebClient, client: Client) -> None:
    until = int(FRIDAY.timestamp()) + 3600
    client.change_person("Ana", status_text="In a meeting", status_expiration=until)
    client.change_person("Ana", status_text="On holiday", status_expiration=0)
    client.jump_to(FRIDAY + timedelta(hours=2))
    assert slack.users_profile_get(user=ANA)["profile"]["status_text"] == "On holiday"


def test_somebody_new_is_heard_of_and_put_into_the_general_channel(
    slack: WebClient, box: Sandbox, client: Client
) -> None:
    newcomer = client.post("newcomer", name="Noor Haddad", tz="Asia/Dubai")["id"]
    (heard,) = told(box, "team_join")
    assert (heard["user"]["id"], heard["user"]["tz"]) == (newcomer, "Asia/Dubai")
    assert newcomer in {user for page in slack.conversations_members(channel=OFFICE) for user in page["members"]}
    client.person("Noor").say("office", "Good morning")
    for fields in (
        {"name": "Noor Haddad"},
        {"name": ""},
        {"name": "Omar", "tz": "Mars/Olympus"},
        {"name": "O", "id": "U1"},
    ):
        with pytest.raises(Refused):
            client.post("newcomer", **fields)


def test_new_quiet_hours_are_heard(slack: WebClient, box: Sandbox, client: Client) -> None:
    client.change_person("Ben", dnd=["20:00", "07:00"])
    (heard,) = told(box, "dnd_updated_user")
    asked = slack.dnd_info(user=BEN)
    assert heard["user"] == BEN
    assert heard["dnd_status"] == {name: asked[name] for name in heard["dnd_status"]}
    with pytest.raises(Refused, match="wrong_value"):
        client.change_person("Ben", dnd=["late", "early"])


def test_a_person_is_found_by_address_unless_they_left(slack: WebClient, client: Client) -> None:
    address = slack.users_info(user=ANA)["user"]["profile"]["email"]
    assert slack.users_lookupByEmail(email=address.upper())["user"]["id"] == ANA
    assert error(slack.users_lookupByEmail, email="nobody@example.org") == "users_not_found"
    client.change_person("Ana", deleted=True)
    assert error(slack.users_lookupByEmail, email=address) == "users_not_found"


def test_quiet_hours_are_those_that_are_on_or_come_next(slack: WebClient, client: Client) -> None:
    # Friday 15:00 in London is noon in São Paulo; her quiet hours begin at 22:00 there.
    quiet = slack.dnd_info(user=ANA)
    assert quiet["dnd_enabled"]
    assert quiet["next_dnd_start_ts"] == FRIDAY.timestamp() + 10 * 3600
    assert quiet["next_dnd_end_ts"] == FRIDAY.timestamp() + 20 * 3600
    client.jump_to(FRIDAY + timedelta(hours=15))
    assert slack.dnd_info(user=ANA)["next_dnd_end_ts"] == quiet["next_dnd_end_ts"]
    client.jump_to(FRIDAY + timedelta(hours=21))
    assert slack.dnd_info(user=ANA)["next_dnd_start_ts"] == quiet["next_dnd_start_ts"] + 24 * 3600


def test_the_quiet_of_up_to_fifty_is_asked_at_once(slack: WebClient) -> None:
    users = slack.dnd_teamInfo(users=[ANA, BEN, QUENTIN, "U9999999999"])["users"]
    assert {user: shown["dnd_enabled"] for user, shown in users.items()} == {ANA: True, BEN: False}
    assert users[BEN]["next_dnd_start_ts"] == 1
    assert error(slack.dnd_teamInfo, users=[]) == "no_users_provided"
    assert error(slack.dnd_teamInfo, users=[ANA] * 51) == "too_many_users"


def test_somebody_is_there_while_a_page_is_open_for_them(slack: WebClient, box: Sandbox) -> None:
    assert slack.users_getPresence(user=ANA)["presence"] == "away"
    with httpx2.stream("GET", f"{box.url}/page/changes", params={"as": ANA}):
        assert eventually(lambda: slack.users_getPresence(user=ANA)["presence"] == "active")


def test_the_app_sets_itself_away(slack: WebClient, inbox: object) -> None:
    itself = slack.auth_test()["user_id"]
    assert slack.users_getPresence(user=itself)["presence"] == "active"
    slack.users_setPresence(presence="away")
    assert slack.users_getPresence(user=itself)["presence"] == "away"
    assert error(slack.users_setPresence, presence="asleep") == "invalid_presence"


@pytest.mark.parametrize("method", ["users.info", "users.profile.get", "users.getPresence", "dnd.info"])
def test_nobody_can_ask_about_nobody(slack: WebClient, method: str) -> None:
    assert error(slack.api_call, api_method=method, params={"user": "U9999999999"}) == "user_not_found"


def test_a_group_is_made_changed_and_switched_off(slack: WebClient, box: Sandbox) -> None:
    made = slack.usergroups_create(name="Support", handle="support")["usergroup"]
    slack.usergroups_update(usergroup=made["id"], description="They answer")
    slack.usergroups_users_update(usergroup=made["id"], users=[ANA, GUS])
    assert slack.usergroups_users_list(usergroup=made["id"])["users"] == [ANA, GUS]
    (changed,) = told(box, "subteam_members_changed")
    assert (changed["added_users"], changed["removed_users_count"]) == ([ANA, GUS], 0)
    slack.usergroups_disable(usergroup=made["id"])
    assert [group["handle"] for group in slack.usergroups_list()["usergroups"]] == ["research"]
    assert error(slack.usergroups_users_list, usergroup=made["id"]) == "no_such_subteam"
    enabled = slack.usergroups_enable(usergroup=made["id"])["usergroup"]
    assert (enabled["description"], enabled["date_delete"]) == ("They answer", 0)
    assert len(told(box, "subteam_created")) == 1
    assert len(told(box, "subteam_updated")) == 4


def test_newcomers_to_a_group_are_put_into_its_channels(slack: WebClient) -> None:
    made = slack.usergroups_create(name="Support", handle="support", channels=[SHARED])["usergroup"]
    slack.usergroups_users_update(usergroup=made["id"], users=[BEN])
    members = {user for page in slack.conversations_members(channel=SHARED) for user in page["members"]}
    assert BEN in members


def test_groups_are_listed_with_what_is_asked_for(slack: WebClient) -> None:
    (bare,) = slack.usergroups_list()["usergroups"]
    assert not bare.keys() & {"users", "user_count"}
    (full,) = slack.usergroups_list(include_users=True, include_count=True)["usergroups"]
    assert (full["users"], full["user_count"]) == ([ANA, BEN], 2)


@pytest.mark.parametrize(
    ("method", "args", "word"),
    [
        ("create", {"name": "Researchers"}, "name_already_exists"),
        ("create", {"name": "Others", "handle": "research"}, "handle_already_exists"),
        ("create", {"name": "Others", "handle": "ana.souza"}, "handle_already_exists"),
        ("create", {"name": "Others", "channels": "C9999999999"}, "invalid_channels"),
        ("create", {}, "invalid_arguments"),
        ("update", {"usergroup": "S9"}, "no_such_subteam"),
        ("update", {"usergroup": "S0000000001", "name": ""}, "invalid_arguments"),
        ("disable", {"usergroup": "S9"}, "no_such_subteam"),
        ("enable", {"usergroup": "S9"}, "no_such_subteam"),
        ("users.list", {"usergroup": "S9"}, "no_such_subteam"),
        ("users.update", {"usergroup": "S0000000001", "users": ""}, "no_users_provided"),
        ("users.update", {"usergroup": "S0000000001", "users": "U9999999999"}, "invalid_users"),
    ],
)
def test_groups_refuse(slack: WebClient, method: str, args: dict[str, str], word: str) -> None:
    assert error(slack.api_call, api_method=f"usergroups.{method}", params=args) == word


def test_the_workspace_its_bot_and_its_emoji(slack: WebClient) -> None:
    itself = slack.auth_test()
    team = slack.team_info()["team"]
    assert (team["id"], team["name"], team["domain"]) == (itself["team_id"], "Northlight AI", "northlight-ai")
    assert slack.bots_info(bot=itself["bot_id"])["bot"]["user_id"] == itself["user_id"]
    assert slack.emoji_list()["emoji"] == {"shipit": "https://emoji.example/shipit.png"}
    assert slack.team_profile_get()["profile"]["fields"] == []
    assert error(slack.team_info, team="T9") == "team_not_found"
    assert error(slack.bots_info, bot="B9") == "bot_not_found"


def test_the_workspaces_own_fields_are_in_a_profile_that_is_asked_for_alone(box: Sandbox, slack: WebClient) -> None:
    box.world.workspace.profile_fields = {"Xf01": "Manager"}
    assert slack.users_profile_get(user=ANA)["profile"]["fields"] == [], "Slack sends a list of nothing"
    box.world.workspace.people[ANA].fields = {"Xf01": BEN, "Xf02": "gone"}
    fields = slack.users_profile_get(user=ANA, include_labels=True)["profile"]["fields"]
    assert fields == {"Xf01": {"value": BEN, "alt": "", "label": "Manager"}}
    assert [each["label"] for each in slack.team_profile_get()["profile"]["fields"]] == ["Manager"]
    assert slack.users_info(user=ANA)["user"]["profile"]["fields"] is None


@pytest.mark.parametrize("seed", [{"dnd": [1320, 480]}, {"tz": "Mars/Olympus"}])
def test_a_seed_with_impossible_people_is_refused(seed: dict[str, Any]) -> None:
    people = [{"name": "Ana Souza", **seed}]
    with pytest.raises(ValueError, match="Ana Souza"):
        Sandbox(manifest=MANIFEST, seed={**PEOPLE, "people": people, "channels": [], "groups": []})


@pytest.mark.parametrize("members", [[], ["Nobody"]])
def test_a_group_in_a_seed_has_members_who_are_there(members: list[str]) -> None:
    groups = [{"handle": "empty", "name": "Empty", "members": members}]
    with pytest.raises(ValueError, match="@empty"):
        Sandbox(manifest=MANIFEST, seed={**PEOPLE, "groups": groups})


def test_a_method_that_takes_a_persons_token_refuses_the_apps(box: Sandbox) -> None:
    for method in ("users.profile.set", "dnd.setSnooze", "search.messages"):
        assert error(web_client(box).api_call, api_method=method) == "not_allowed_token_type"


def test_an_outsider_calls_no_app_that_is_not_theirs(client: Client, inbox: Inbox) -> None:
    pam = client.person("Pam")
    with pytest.raises(Refused, match="not_allowed"):
        pam.command("/note", channel="shared")
    with pytest.raises(Refused, match="not_allowed"):
        pam.shortcut("keep", {"channel": SHARED, "ts": client.person("Ana").say("shared", "Hi")})
    with pytest.raises(Refused, match="not_allowed"):
        pam.home(open_tab=True)
    assert inbox.all("command") == inbox.all("message_action") == inbox.all("app_home_opened") == []


def test_the_app_hears_only_of_outsiders_it_knows_and_where_they_come_from(client: Client, box: Sandbox) -> None:
    client.change_person("Quentin Partner", title="Buyer")
    client.change_person("Pam Partner", title="Seller")
    assert [event["user"]["id"] for event in told(box, "user_change")] == [PAM]
    client.person("Ana").invite("shared", "Quentin")
    (joined,) = told(box, "member_joined_channel")
    assert (joined["user"], joined["team"]) == (QUENTIN, box.world.workspace.partner_id)
