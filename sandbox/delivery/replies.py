"""Answers that are messages: the acknowledgement of a command, and posts to a response_url."""

from sandbox import messages
from sandbox.delivery.response_urls import ResponseUrl
from sandbox.methods.message_content import checked_content
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
    content = checked_content(world, body.get("text") or "", body.get("blocks"), body.get("attachments"))
    if body.get("replace_original") and shown and shown.from_app:
        messages.change(world, channel, shown, **content)
        return
    in_channel = body.get("response_type") == "in_channel"
    messages.post(
        world,
        channel,
        user=world.workspace.bot_user,
        from_app=True,
        thread_ts=body.get("thread_ts") or (None if in_channel else url.thread_ts),
        only_for=None if in_channel else url.user,
        **content,
    )
