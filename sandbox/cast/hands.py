"""One person's hands and eyes: the page's own endpoints, called where they are."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from sandbox import objects
from sandbox.endpoints import acts, clicks, conversations, marks, people, reads, rooms, submitting
from sandbox.errors import PageError
from sandbox.state import Json
from sandbox.team import files
from sandbox.views import words
from sandbox.views.stacks import Typed
from sandbox.world import World


@dataclass(frozen=True)
class Outcome:
    """How an act went, as the person sees it; `marks` are on the fields of a form, by label."""

    error: str = ""
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def can_be_tried_again(self) -> bool:
        """Slack said that the app did not answer, or not in a way it understands."""
        return self.error in ("timeout", "invalid_answer", "operation_timeout", "dispatch_failed", "busy")


MOST_WATCHES, WATCH = 100, 0.02
"""In seconds of the machine: an app that reads something first takes no longer by the other clock."""
NEWEST = 60
"""Messages of a conversation that somebody goes through at a look."""


class Hands:
    def __init__(self, world: World, person: str) -> None:
        self._world = world
        self.id = person

    # What they see.

    def top_form(self) -> Json | None:
        stack = reads.modals(self._world, self._as())["stack"]
        return stack[-1]["view"] if stack else None

    def messages(self, channel: str) -> list[Json]:
        """The newest in a conversation, replies left out; empty where they may not look."""
        return self._messages(channel=channel, limit=NEWEST)

    def message(self, channel: str, ts: str) -> Json | None:
        return next(iter(self._messages(channel=channel, since=ts, until=ts)), None)

    def replies(self, channel: str, ts: str, after: str) -> list[Json]:
        """What has been answered in a thread after a moment."""
        return self._messages(channel=channel, thread=ts, after=after)

    def _messages(self, **which: Any) -> list[Json]:
        try:
            found: list[Json] = conversations.conversation(self._world, self._as(**which))["messages"]
        except PageError:
            return []
        return found

    def link(self, channel: str, ts: str) -> str:
        """What "Copy link" gives; nothing of what is deleted."""
        message = self._world.workspace.channels[channel].messages.get(ts)
        return objects.permalink(self._world, self._world.workspace.channels[channel], message) if message else ""

    def members(self, channel: str) -> list[str]:
        try:
            person = reads.actor(self._world, self._as())
            return list(reads.readable_channel(self._world, person, channel).members)
        except PageError:
            return []

    def sidebar(self) -> Json:
        return reads.sidebar(self._world, self._as())

    def home(self) -> Json | None:
        """The app's Home page, once it has made one."""
        view: Json | None = reads.home(self._world, self._as())["view"]
        return view

    async def waits(self, view: Json) -> bool:
        """Watch a form for a moment; whether it has become another, or has gone."""
        for _ in range(MOST_WATCHES):
            if (self.top_form() or {}).get("hash") != view["hash"]:
                return True
            await asyncio.sleep(WATCH)
        return False

    # What they do.

    async def press(self, channel: str, ts: str, block: Json, element: Json, value: Any = None) -> Outcome:
        """`value`: what is chosen of a menu."""
        return await self._act({"type": "message", "channel": channel, "ts": ts}, block, element, value, {})

    async def use(self, view: Json, block: Json, element: Json, value: Any, state: Typed) -> Outcome:
        """Press or choose something within a form."""
        return await self._act({"type": "view", "view_id": view["id"]}, block, element, value, state)

    async def offered(self, view: Json, block: Json, element: Json, typed: str) -> list[str]:
        """The values an external select offers for what is typed; none if the app does not answer."""
        place = {"container": {"type": "view", "view_id": view["id"]}, "block_id": block["block_id"]}
        fields = self._as(**place, action_id=element["action_id"], value=typed)
        try:
            answer = await clicks.options(self._world, fields)
        except PageError:
            return []
        groups = [option for group in answer.get("option_groups", []) for option in group["options"]]
        return [option["value"] for option in [*answer.get("options", []), *groups]]

    async def submit(self, view: Json, state: Typed) -> Outcome:
        fields = self._as(view_id=view["id"], state=state)
        try:
            await submitting.submit(self._world, fields)
        except PageError as error:
            return Outcome(error.error, words.errors_in_words(view["blocks"], error.details.get("errors") or {}))
        return Outcome()

    async def close(self, view: Json) -> Outcome:
        return await _outcome(submitting.close(self._world, self._as(view_id=view["id"])))

    async def command(self, command: str, text: str, channel: str) -> Outcome:
        return await _outcome(acts.command(self._world, self._as(command=command, text=text, channel=channel)))

    async def shortcut(self, callback_id: str, **message: str) -> Outcome:
        """Of a message, named by `channel` and `ts`, or one that can be used anywhere."""
        return await _outcome(acts.shortcut(self._world, self._as(callback_id=callback_id, **message)))

    def upload(self, name: str, content: bytes) -> str:
        """The id of a file that only they see until they hand it on."""
        return files.store(self._world, name, content, user=self.id).id

    def say(self, channel: str, text: str, thread: str | None = None) -> str | None:
        """The message's ts; None if they may not speak there."""
        try:
            return str(rooms.say(self._world, self._as(channel=channel, text=text, thread_ts=thread))["ts"])
        except PageError:
            return None

    def react(self, channel: str, ts: str, name: str) -> bool:
        return _quietly(marks.react, self._world, self._as(channel=channel, ts=ts, name=name))

    def edit(self, channel: str, ts: str, text: str) -> bool:
        return _quietly(marks.edit, self._world, self._as(channel=channel, ts=ts, text=text))

    def delete(self, channel: str, ts: str) -> bool:
        return _quietly(marks.delete, self._world, self._as(channel=channel, ts=ts))

    def read(self, channel: str) -> None:
        _quietly(rooms.read, self._world, self._as(channel=channel))

    def leave(self, channel: str) -> bool:
        return _quietly(rooms.leave, self._world, self._as(channel=channel))

    def join(self, channel: str) -> bool:
        return _quietly(rooms.join, self._world, self._as(channel=channel))

    def change_profile(self, profile: Json) -> bool:
        return _quietly(people.change, self._world, {"id": self.id, **profile})

    def put_elsewhere(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            self._world.slack.elsewhere.put(name, text)

    def open_home(self) -> bool:
        return _quietly(acts.open_home, self._world, self._as())

    async def _act(self, container: Json, block: Json, element: Json, value: Any, state: Typed) -> Outcome:
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        fields = self._as(container=container, value=value, state=state, confirmed=True, **ids)
        return await _outcome(clicks.action(self._world, fields))

    def _as(self, **fields: Any) -> Json:
        return {"as": self.id, **fields}


async def both(one: Awaitable[Outcome], other: Awaitable[Outcome]) -> Outcome:
    """A double click; what the second did is what they see."""
    return (await asyncio.gather(one, other))[1]


async def _outcome(act: Awaitable[Any]) -> Outcome:
    try:
        await act
    except PageError as error:
        return Outcome(error.error)
    return Outcome()


def _quietly(act: Any, world: World, fields: Json) -> bool:
    try:
        act(world, fields)
    except PageError:
        return False
    return True
