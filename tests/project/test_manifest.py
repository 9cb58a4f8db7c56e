"""`app.yaml` is a manifest Slack would accept, and asks for exactly what Muster uses."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from tests.registered import registered

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "app.yaml").read_text()
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
SCHEMA = json.loads(Path(__file__).with_name("manifest.schema.json").read_text())
"""Slack's own, from github.com/slackapi/manifest-schema; its licence stands beside it."""

EVERYWHERE = {"channels:read", "groups:read"}
HISTORIES = {"channels:history", "groups:history", "im:history"}
SCOPES_OF_METHODS: dict[str, set[str]] = {
    "apps.connections.open": set(),  # The app-level token opens the connection; it is not part of a manifest.
    "auth.test": set(),
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": HISTORIES,  # Public and private channels, and the direct message with a person.
    "conversations.info": EVERYWHERE,  # Direct messages are not looked at.
    "conversations.members": EVERYWHERE,
    "conversations.open": {"im:write"},  # With one person only; groups would need mpim:write.
    "conversations.replies": HISTORIES,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "users.conversations": EVERYWHERE,
    "usergroups.list": {"usergroups:read"},
    "team.profile.get": {"users.profile:read"},
    "users.list": {"users:read"},
    "users.profile.get": {"users.profile:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "app_home_opened": set(),
    "channel_archive": {"channels:read"},
    "subteam_created": {"usergroups:read"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "group_rename": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": EVERYWHERE,
    "member_left_channel": EVERYWHERE,
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}


OPTIONAL = {"reactions:read", "users.profile:read", "users:read.email"}
"""For events alone, and for what Slack says of people; without them it does not send and say that."""


def commands() -> list[dict[str, str]]:
    found: list[dict[str, str]] = MANIFEST["features"]["slash_commands"]
    return found


def scopes() -> set[str]:
    return set(MANIFEST["oauth_config"]["scopes"]["bot"])


def events() -> set[str]:
    return set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_slacks_schema_accepts_it() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    found = [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(MANIFEST)]
    assert found == []


def test_the_schema_refuses_what_it_should() -> None:
    """So that the test above can fail."""
    wrong = MANIFEST | {"display_information": {"name": "M" * 36}}
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(wrong)
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(MANIFEST | {"scopes": []})


def test_it_keeps_to_the_limits_the_schema_does_not_know() -> None:
    kinds = Counter(shortcut["type"] for shortcut in MANIFEST["features"].get("shortcuts", []))
    assert all(number <= 5 for number in kinds.values()), "five for messages and five for everywhere"
    assert not [command for command in commands() if "url" in command], "Socket Mode has no address"
    assert "request_url" not in MANIFEST["settings"]["event_subscriptions"]


def test_its_texts_fit_where_slack_shows_them() -> None:
    for command in commands():
        assert re.fullmatch(r"/[a-z]{1,31}", command["command"])
        assert len(command["description"]) <= 60, "longer ones are cut in the list that opens at a slash"
        assert "help" in command["usage_hint"]
        assert command["should_escape"], "without it a mention arrives as a name that cannot be told from others"
    assert len(MANIFEST["display_information"]["description"]) <= 140


def test_its_colour_is_dark_enough_for_white_text() -> None:
    red, green, blue = bytes.fromhex(MANIFEST["display_information"]["background_color"].removeprefix("#"))
    assert 0.299 * red + 0.587 * green + 0.114 * blue < 110


def test_its_commands_events_and_shortcuts_are_those_the_handlers_register() -> None:
    noted = registered()
    assert {command["command"] for command in commands()} == set(noted["command"])
    assert events() == set(noted["event"])
    shortcuts = {shortcut["callback_id"] for shortcut in MANIFEST["features"].get("shortcuts", [])}
    assert shortcuts == set(noted.get("shortcut", ()))


def methods_called() -> set[str]:
    source = (ROOT / "surface" / "slack.py").read_text()
    return set(re.findall(r'"((?:[a-z]+\.)+[a-zA-Z]+)"', source))


def test_it_asks_for_exactly_the_scopes_that_are_used() -> None:
    assert methods_called() == set(SCOPES_OF_METHODS), "a new method needs its scopes here"
    for_methods = {scope for method in methods_called() for scope in SCOPES_OF_METHODS[method]}
    assert scopes() == for_methods | {"commands"} | OPTIONAL


def test_what_muster_can_do_without_is_optional() -> None:
    """Whoever installs it may leave that out, and all the rest works."""
    assert set(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == OPTIONAL


def test_every_event_has_the_scopes_to_read_it() -> None:
    assert events() <= set(SCOPES_OF_EVENTS), "a new event needs its scopes here"
    assert {scope for event in events() for scope in SCOPES_OF_EVENTS[event]} <= scopes()


def test_every_scope_has_its_reason_beside_it() -> None:
    without = [scope for scope in scopes() if not re.search(rf"^ +- {scope} +# \w.{{10,}}$", TEXT, re.MULTILINE)]
    assert without == []


def test_messages_reach_people_and_the_tab_takes_none() -> None:
    """Without the messages tab direct messages fail; Muster reads none, so the tab takes none."""
    home = MANIFEST["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


def test_slacks_licence_stands_beside_its_schema() -> None:
    assert "MIT" in Path(__file__).with_name("manifest.schema.LICENSE").read_text()
