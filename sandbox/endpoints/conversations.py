"""One conversation or thread as one person sees it, a page of messages at a time."""

from bisect import bisect_left, bisect_right

from sandbox import messages
from sandbox.blockkit.attachments import as_blocks
from sandbox.endpoints import uploads
from sandbox.endpoints.fields import whole
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.state import Bookmark, Channel, Json, Message, Person
from sandbox.world import World

FACES = 4
"""So many of those who answered are shown beside the number of answers."""


def conversation(world: World, fields: Json) -> Json:
    """All messages, or with `limit` the newest of them, those before, after or around a `ts`, or since one."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    thread = fields.get("thread")
    every = [m for m in channel.visible_to(person.id) if _belongs(m, thread)]
    start, end = _page(every, fields)
    answer = {
        "channel": _heading(channel),
        "messages": [_message(world, channel, m, person) for m in every[start:end]],
        "has_before": start > 0,
        "has_after": end < len(every),
        "last_read": messages.read_up_to(channel, person.id, thread),
    }
    if thread:
        parent = channel.messages.get(thread)
        answer["parent"] = parent and _message(world, channel, parent, person)
    return answer


def _page(every: list[Message], fields: Json) -> tuple[int, int]:
    """Which of the messages are asked for, from the first to before the last."""
    ts = [message.ts for message in every]
    limit = whole(fields, "limit", len(ts))
    if "before" in fields:
        end = bisect_left(ts, fields["before"])
        return max(0, end - limit), end
    if "after" in fields:
        start = bisect_right(ts, fields["after"])
        return start, min(len(ts), start + limit)
    if "around" in fields:
        start = max(0, bisect_left(ts, fields["around"]) - limit // 2)
        return start, min(len(ts), start + limit)
    start = bisect_left(ts, fields.get("since", ""))
    end = bisect_right(ts, fields["until"]) if "until" in fields else len(ts)
    if fields.get("keep") == "first":
        return start, min(end, start + limit)
    return max(start, end - limit), end


def _belongs(message: Message, thread: str | None) -> bool:
    if thread:
        return thread in (message.ts, message.thread_ts)
    return not message.is_reply or message.broadcast


def _heading(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "members": channel.members,
        "archived": channel.archived,
        "is_shared": channel.is_shared,
        "pins": len(channel.pins),
        "bookmarks": [_bookmark(bookmark) for bookmark in channel.bookmarks.values()],
    }


def _bookmark(bookmark: Bookmark) -> Json:
    return {name: getattr(bookmark, name) for name in ("id", "title", "link", "emoji")}


def _message(world: World, channel: Channel, message: Message, reader: Person) -> Json:
    replies = channel.replies(message.ts)
    return {
        "ts": message.ts,
        "user": message.user,
        "app": message.from_app,
        "text": message.text,
        "blocks": _drawn(message),
        "edited": message.edited,
        "ephemeral": message.only_for is not None,
        "thread_ts": message.thread_ts,
        "broadcast": message.broadcast,
        "subtype": message.subtype,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies))[:FACES],
        "latest_reply": replies[-1].ts if replies else None,
        "new_replies": len(messages.unread_replies(channel, message.ts, reader.id)),
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "files": [uploads.shown(world, file_id) for file_id in message.files],
        "pinned_by": channel.pins[message.ts].by if message.ts in channel.pins else None,
        "username": message.username,
        "icons": message.icons,
    }


def _drawn(message: Message) -> list[Json]:
    """What the page draws: its blocks, or its text, and what its attachments show below."""
    attached = [block for each in message.attachments for block in as_blocks(each)]
    if not attached or message.blocks or not message.text:
        return [*message.blocks, *attached]
    text = {"type": "mrkdwn", "text": message.text}
    return [{"type": "section", "text": text, "block_id": "text"}, *attached]


def pins(world: World, fields: Json) -> Json:
    """What is pinned in a conversation, the latest pin first."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    found = [channel.messages[ts] for ts in reversed(channel.pins)]
    return {"messages": [_message(world, channel, message, person) for message in found]}


def threads(world: World, fields: Json) -> Json:
    """The threads a person follows, the one with the latest answer first."""
    person = actor(world, fields)
    found = [
        (channel, parent)
        for channel in world.workspace.channels.values()
        if person.id in channel.members
        for parent in messages.followed_threads(channel, person.id)
    ]
    found.sort(key=lambda each: each[0].replies(each[1].ts)[-1].ts, reverse=True)
    limit = whole(fields, "limit", len(found))
    shown = [
        {"channel": _heading(channel), "parent": _message(world, channel, m, person)} for channel, m in found[:limit]
    ]
    return {"threads": shown, "has_after": limit < len(found)}


READS = {"conversation": conversation, "threads": threads, "pins": pins}
