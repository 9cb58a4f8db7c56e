"""Answers that are messages: the acknowledgement of a command, and posts to a response_url."""

from sandbox import messages
from sandbox.blockkit.checked import message_blocks
from sandbox.delivery.response_urls import ResponseUrl
from sandbox.errors import SlackError
from sandbox.methods.message_content import MOST_TEXT
from sandbox.state import Json
from sandbox.world import World


def reply(world: World, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete as the app asks; SlackError if the message is not one."""
    channel = world.workspace.channels[url.channel]
    shown = channel.messages.get(url.message_ts or "")
    if body.get("delete_original"):
        if shown and shown.from_app:
            messages.remove(world, channel, shown)
        return
    text, blocks = _content(world, body)
    if body.get("replace_original") and shown and shown.from_app:
        messages.change(world, channel, shown, text=text, blocks=blocks)
        return
    _post(world, url, body, text, blocks)


def _post(world: World, url: ResponseUrl, body: Json, text: str, blocks: list[Json]) -> None:
    in_channel = body.get("response_type") == "in_channel"
    messages.post(
        world,
        world.workspace.channels[url.channel],
        user=world.workspace.bot_user,
        text=text,
        blocks=blocks,
        from_app=True,
        thread_ts=body.get("thread_ts") or (None if in_channel else url.thread_ts),
        only_for=None if in_channel else url.user,
    )


def _content(world: World, body: Json) -> tuple[str, list[Json]]:
    text, blocks = body.get("text") or "", body.get("blocks") or []
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    return text, message_blocks(world, blocks)
