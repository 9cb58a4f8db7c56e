"""What a person can pick or type in an element; PageError for what Slack's client could not send."""

from collections.abc import Callable
from typing import Any

from sandbox.blockkit.pickers import CONVERSATION_KINDS, DATE, MOMENT, TIME
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.schema import Check, is_fine
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Person
from sandbox.team.conversations import may_read
from sandbox.world import World

MOST_CHARACTERS = 12_000
"""Nobody types more into one field; Slack's own limit for each kind is said under the field."""
FILTER_NAMES = {"public": "public", "private": "private", "dm": "im", "mpim": "mpim"}

Pick = Callable[[World, Person, Json, Any], None]


def check_pick(world: World, person: Person, element: Json, value: Any) -> None:
    """One value that is no option of the app's."""
    PICKS.get(element["type"], _text)(world, person, element, value)


def _text(_world: World, _person: Person, _element: Json, value: Any) -> None:
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise PageError("invalid_value")


def _someone(world: World, _person: Person, _element: Json, value: Any) -> None:
    """Perhaps somebody deactivated since: Slack sends whom a person chose before."""
    if not isinstance(value, str) or value not in world.workspace.people:
        raise PageError("no_such_person")


def _conversation(world: World, person: Person, element: Json, value: Any) -> None:
    if not fits(world, person, element, value):
        raise PageError("no_such_channel")


def fits(world: World, person: Person, element: Json, value: Any) -> bool:
    """Whether a picker of conversations has this one for this person, or had it before it was archived."""
    channel = world.workspace.channels.get(value) if isinstance(value, str) else None
    if channel is None or not may_read(channel, person):
        return False
    if element["type"] in ("channels_select", "multi_channels_select"):
        return channel.kind == "public"
    return _passes(world, element.get("filter", {}), channel)


def _passes(world: World, wanted: Json, channel: Channel) -> bool:
    if FILTER_NAMES[channel.kind] not in wanted.get("include", CONVERSATION_KINDS):
        return False
    if wanted.get("exclude_external_shared_channels") and channel.is_shared:
        return False
    with_bot = channel.kind == "dm" and any(world.workspace.people[member].is_bot for member in channel.members)
    return not (with_bot and wanted.get("exclude_bot_users"))


def _file(world: World, person: Person, _element: Json, value: Any) -> None:
    file = world.workspace.files.get(value) if isinstance(value, str) else None
    if file is None or file.is_deleted or file.user != person.id:
        raise PageError("no_such_file")


def _like(check: Check) -> Pick:
    def pick(_world: World, _person: Person, _element: Json, value: Any) -> None:
        if not is_fine(check, value):
            raise PageError("invalid_value")

    return pick


PICKS: dict[str, Pick] = {
    "users_select": _someone,
    "multi_users_select": _someone,
    "conversations_select": _conversation,
    "multi_conversations_select": _conversation,
    "channels_select": _conversation,
    "multi_channels_select": _conversation,
    "datepicker": _like(DATE),
    "timepicker": _like(TIME),
    "datetimepicker": _like(MOMENT),
    "rich_text_input": _like(RICH_TEXT_BLOCK),
    "file_input": _file,
}
