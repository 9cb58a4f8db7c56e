"""One Web API call as a method sees it: its arguments, read and checked, and the world they act on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.errors import SlackError
from sandbox.limits import TIER_3
from sandbox.state import Channel, Json
from sandbox.world import World

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "dm": "im:read"}
HISTORY_SCOPES = {"public": "channels:history", "private": "groups:history", "dm": "im:history"}


@dataclass
class MethodCall:
    world: World
    args: Json

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def limit(self, default: int, most: int) -> int:
        value = self.text("limit", str(default))
        if not value.isdecimal() or not 1 <= int(value) <= most:
            raise SlackError("invalid_limit")
        return int(value)

    def json(self, name: str, error: str) -> Any:
        """An argument that is JSON, given as such or as a string of it."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def need(self, scope: str) -> None:
        if scope not in self.world.scopes:
            raise missing_scope(scope, self.world.scopes)

    def channel(self, name: str = "channel") -> Channel:
        """The conversation the app names by its id, if it may know of it.

        Slack also takes a channel's name, and a person's id in place of their direct message, both discouraged;
        here only conversation ids count.
        """
        workspace = self.world.workspace
        channel = workspace.channels.get(self.text(name))
        if channel is None or (channel.kind != "public" and workspace.bot_user not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def joined_channel(self) -> Channel:
        channel = self.channel()
        if self.world.workspace.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        return channel


@dataclass(frozen=True)
class Method:
    """How a method is reached: the work, the calls allowed a minute, the scope it always needs."""

    run: Callable[[MethodCall], Json]
    per_minute: int = TIER_3
    scope: str | None = None
    per_channel: bool = False
    caller: Literal["bot", "app", "anyone"] = "bot"
    """Whose token it takes; "anyone" brings none."""


def invalid_arguments(*problems: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": list(problems)})


def missing_scope(needed: str, provided: tuple[str, ...]) -> SlackError:
    return SlackError("missing_scope", needed=needed, provided=",".join(provided))
