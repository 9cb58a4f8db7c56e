"""What the app's manifest asks for: scopes, events, commands, shortcuts, and where they are sent."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sandbox import documents
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


def may_hear(event: str, scopes: Collection[str]) -> bool:
    if event in EVENTS_WITH_EITHER_SCOPE:
        return "channels:read" in scopes or "groups:read" in scopes
    return event not in EVENT_SCOPES or EVENT_SCOPES[event] in scopes


@dataclass(frozen=True)
class Manifest:
    app_name: str
    bot_name: str
    scopes: tuple[str, ...]
    optional_scopes: frozenset[str]
    events: frozenset[str]
    commands: dict[str, Json]
    shortcuts: dict[str, Json]
    """Those in a message's menu, by callback id."""
    global_shortcuts: dict[str, Json]
    unfurl_domains: tuple[str, ...]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    interactive: bool
    socket_mode: bool
    events_url: str
    interactivity_url: str
    options_url: str
    redirect_urls: tuple[str, ...]

    @classmethod
    def load(cls, source: str | Path | Json, *, request_url: str | None = None) -> "Manifest":
        """Read a manifest from a file or a dict; ValueError says what Slack would refuse.

        With a `request_url` the app is told everything over HTTP at that one address.
        """
        raw = source if isinstance(source, dict) else documents.load(Path(source))
        if not isinstance(raw, dict) or "name" not in (raw.get("display_information") or {}):
            raise ValueError("This is no manifest of an app: display_information.name is missing.")
        if request_url and not request_url.startswith(("http://", "https://")):
            raise ValueError(f"The request URL {request_url!r} does not begin with http:// or https://.")
        manifest = cls(**_identity(raw), **_features(raw.get("features") or {}), **_settings(raw.get("settings") or {}))
        manifest = manifest._at(request_url) if request_url else manifest
        manifest.check()
        return manifest

    def _at(self, request_url: str) -> "Manifest":
        commands = {name: {**command, "url": request_url} for name, command in self.commands.items()}
        return replace(
            self,
            socket_mode=False,
            commands=commands,
            events_url=request_url,
            interactivity_url=request_url,
            options_url=request_url,
        )

    def check(self) -> None:
        if not self.socket_mode:
            self._check_urls()
        if (self.commands or self.shortcuts or self.global_shortcuts) and "commands" not in self.scopes:
            raise ValueError("Slash commands and shortcuts need the bot scope commands.")
        if unknown := self.optional_scopes - set(self.scopes):
            raise ValueError(f"bot_optional lists what bot does not: {', '.join(sorted(unknown))}.")
        for event in sorted(self.events):
            if not may_hear(event, self.scopes):
                raise ValueError(f"The event {event} needs a scope that oauth_config.scopes.bot does not list.")

    def _check_urls(self) -> None:
        hint = "or set settings.socket_mode_enabled to true, or give a request URL."
        if self.events and not self.events_url:
            raise ValueError(f"Give settings.event_subscriptions.request_url, {hint}")
        if self.interactive and not self.interactivity_url:
            raise ValueError(f"Give settings.interactivity.request_url, {hint}")
        for name, command in self.commands.items():
            if not command.get("url"):
                raise ValueError(f"Give the command {name} a url, {hint}")


def _identity(raw: Json) -> Json:
    oauth = raw.get("oauth_config") or {}
    scopes = oauth.get("scopes") or {}
    name = raw["display_information"]["name"]
    bot = (raw.get("features") or {}).get("bot_user") or {}
    return {
        "app_name": name,
        "bot_name": bot.get("display_name", name),
        "scopes": tuple(scopes.get("bot", ())),
        "optional_scopes": frozenset(scopes.get("bot_optional", ())),
        "redirect_urls": tuple(oauth.get("redirect_urls", ())),
    }


def _features(features: Json) -> Json:
    home = features.get("app_home") or {}
    commands = documents.entries(features, "slash_commands", needs=("command", "description"))
    shortcuts = documents.entries(features, "shortcuts", needs=("name", "type", "callback_id", "description"))
    return {
        "commands": {command["command"]: command for command in commands},
        "shortcuts": {s["callback_id"]: s for s in shortcuts if s["type"] == "message"},
        "global_shortcuts": {s["callback_id"]: s for s in shortcuts if s["type"] == "global"},
        "unfurl_domains": tuple(features.get("unfurl_domains") or ()),
        "home_tab": home.get("home_tab_enabled", False),
        "messages_tab": home.get("messages_tab_enabled", False),
        "messages_tab_read_only": home.get("messages_tab_read_only_enabled", True),
    }


def _settings(settings: dict[str, Any]) -> Json:
    subscriptions = settings.get("event_subscriptions") or {}
    interactivity = settings.get("interactivity") or {}
    url = interactivity.get("request_url", "")
    return {
        "events": frozenset(subscriptions.get("bot_events") or ()),
        "events_url": subscriptions.get("request_url", ""),
        "interactive": interactivity.get("is_enabled", False),
        "interactivity_url": url,
        "options_url": interactivity.get("message_menu_options_url", ""),
        "socket_mode": settings.get("socket_mode_enabled", False),
    }
