"""The link to the message that a record was made of."""

from collections.abc import Mapping

from domain.people import Person
from domain.posted import Posted
from surface.kit import message_link, name_of

NAME_ROOM = 60


def link(message: Posted | None, channel_id: str, people: Mapping[str, Person], workspace_url: str) -> str:
    """ "from a message of Ben", linked; empty without an address, as for those who may not read the message."""
    if message is None or not workspace_url:
        return ""
    by = name_of(people, message.author_id, NAME_ROOM, says_left=False) if message.author_id in people else ""
    where = message_link(workspace_url, channel_id, message.ts, message.thread_ts)
    return f"<{where}|from a message{f' of {by}' if by else ''}>"
