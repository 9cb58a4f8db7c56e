"""One Web API call as a method sees it: its arguments, read and checked, and the world they act on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

from sandbox import strict_json
from sandbox.errors import SlackError
from sandbox.limits import TIER_3
from sandbox.state import Channel, Json, Message, Person
from sandbox.world import World

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "dm": "im:read", "mpim": "mpim:read"}
HISTORY_SCOPES = {
    "public": "channels:history",
    "private": "groups:history",
    "dm": "im:history",
    "mpim": "mpim:history",
}
DIRECT = ("dm", "mpim")
MANAGE_SCOPES = {"public": "channels:manage", "private": "groups:write", "dm": "im:write", "mpim": "mpim:write"}


@dataclass
class MethodCall:
    world: World
    args: Json
    method: str = ""

    def text(self, name: str, default: str = "") -> str:
        """An argument as a form carries it: numbers and booleans of JSON become text, lists and objects do not."""
        value = self.args.get(name)
        if isinstance(value, dict | list):
            raise invalid_arguments(f"[ERROR] must be a string [json-pointer:/{name}]")
        return default if value is None else str(value)

    def whole(self, name: str, default: str = "") -> int | None:
        """An argument that counts something; None if it is no such number."""
        value = self.text(name, default)
        return int(value) if re.fullmatch(r"\d{1,12}", value, re.ASCII) else None

    def period(self, first: str, last: str, *, refusal: str = "") -> tuple[float, float]:
        """Two arguments in seconds since 1970, with or without a fraction; what is not given bounds nothing.

        `refusal` begins the error that ends with the argument's name, where a method has its own.
        """
        for name in (first, last):
            if not re.fullmatch(r"(\d{1,12}(\.\d{1,9})?)?", self.text(name), re.ASCII):
                wrong = invalid_arguments(f"[ERROR] must be a moment [json-pointer:/{name}]")
                raise SlackError(f"{refusal}{name}") if refusal else wrong
        return float(self.text(first) or 0), float(self.text(last) or inf)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def limit(self, default: int, most: int) -> int:
        value = self.whole("limit", str(default))
        if value is None or not 1 <= value <= most:
            raise SlackError("invalid_limit")
        return value

    def json(self, name: str, error: str) -> Any:
        """An argument that is JSON, given as such or as a string of it."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return strict_json.parse(value)
        except ValueError:
            raise SlackError(error) from None

    def need(self, *scopes: str) -> None:
        """Refuse the call unless one of these was granted; the refusal names the first."""
        check_scopes(scopes, self.world.scopes, needed=scopes[0])

    @property
    def bot(self) -> str:
        return self.world.workspace.bot_user

    def person(self, name: str = "user") -> Person:
        """Somebody the app may know of: people of another workspace only where they share a channel with it."""
        person = self.world.workspace.people.get(self.text(name))
        if person is None:
            raise SlackError("user_not_found")
        if not self.world.workspace.app_knows(person):
            raise SlackError("user_not_visible")
        return person

    def several(self, name: str) -> list[str]:
        """An argument that is a list: with commas between, or as JSON."""
        value = self.args.get(name) or []
        if isinstance(value, str):
            value = self.json(name, "invalid_arguments") if value.startswith("[") else value.split(",")
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise invalid_arguments(f"[ERROR] must be a list of strings [json-pointer:/{name}]")
        return [each.strip() for each in value if each.strip()]

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

    def managed_channel(self, *, or_scope: str = "") -> Channel:
        """A channel the app is in and may change; `or_scope` ends the name of a lesser scope that also does."""
        channel = self.joined_channel()
        if channel.kind in DIRECT:
            raise SlackError("method_not_supported_for_channel_type")
        prefix = "channels" if channel.kind == "public" else "groups"
        self.need(MANAGE_SCOPES[channel.kind], f"{prefix}:{or_scope}")
        return channel

    def message(self, channel: Channel, name: str) -> Message:
        """The message the app names by its ts; nobody else's ephemerals count, nor its own."""
        if not re.fullmatch(r"\d+\.\d+", self.required(name)):
            raise SlackError("bad_timestamp")
        message = channel.messages.get(self.text(name))
        if message is None or message.only_for or message.subtype == "tombstone":
            raise SlackError("message_not_found")
        return message

    def joined_channel(self, name: str = "channel") -> Channel:
        channel = self.channel(name)
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
    one_of: tuple[str, ...] = ()
    """Scopes of which it needs at least one; which, it says itself when it knows the conversation."""
    takes_json: bool = True
    """Most of what only reads does not: arguments in JSON go unseen there, as if none had been given."""

    def check_scopes(self, granted: tuple[str, ...]) -> None:
        if self.scope:
            check_scopes((self.scope,), granted, needed=self.scope)
        if self.one_of:
            check_scopes(self.one_of, granted, needed=",".join(self.one_of))

    @property
    def accepted_scopes(self) -> str:
        return ",".join(self.one_of) if self.one_of else self.scope or ""


def check_scopes(wanted: tuple[str, ...], granted: tuple[str, ...], *, needed: str) -> None:
    if not set(wanted) & set(granted):
        raise missing_scope(needed, granted)


def invalid_arguments(*problems: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": list(problems)})


def missing_scope(needed: str, provided: tuple[str, ...]) -> SlackError:
    return SlackError("missing_scope", needed=needed, provided=",".join(provided))
