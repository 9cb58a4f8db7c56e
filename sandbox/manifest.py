"""What the app's manifest grants it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.state import Json

# The scope an event needs; Slack refuses a manifest that subscribes without it.
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_created": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "dnd_updated_user": "dnd:read",
    "file_created": "files:read",
    "file_deleted": "files:read",
    "file_shared": "files:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "subteam_created": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "user_status_changed": "users:read",
}
EVENTS_WITH_EITHER_SCOPE = {"member_joined_channel", "member_left_channel"}


@dataclass(frozen=True)
class Manifest:
    app_name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: dict[str, Json]
    shortcuts: dict[str, Json]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    interactive: bool

    @classmethod
    def load(cls, source: str | Path | Json) -> "Manifest":
        """Read a manifest from a file or a dict; ValueError says what Slack would refuse."""
        raw = source if isinstance(source, dict) else yaml.safe_load(Path(source).read_text(encoding="utf-8"))
        features, settings = raw.get("features", {}), raw.get("settings", {})
        home = features.get("app_home", {})
        name = raw["display_information"]["name"]
        manifest = cls(
            app_name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            scopes=tuple(raw.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            commands={command["command"]: command for command in features.get("slash_commands", ())},
            shortcuts={s["callback_id"]: s for s in features.get("shortcuts", ()) if s["type"] == "message"},
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            messages_tab_read_only=home.get("messages_tab_read_only_enabled", True),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
        )
        manifest.check(settings)
        return manifest

    def check(self, settings: dict[str, Any]) -> None:
        if not settings.get("socket_mode_enabled"):
            raise ValueError("The sandbox delivers over Socket Mode: set settings.socket_mode_enabled to true.")
        if (self.commands or self.shortcuts) and "commands" not in self.scopes:
            raise ValueError("Slash commands and shortcuts need the bot scope commands.")
        for event in sorted(self.events):
            if not self._may_hear(event):
                raise ValueError(f"The event {event} needs a scope that oauth_config.scopes.bot does not list.")

    def _may_hear(self, event: str) -> bool:
        if event in EVENTS_WITH_EITHER_SCOPE:
            return "channels:read" in self.scopes or "groups:read" in self.scopes
        return event not in EVENT_SCOPES or EVENT_SCOPES[event] in self.scopes
