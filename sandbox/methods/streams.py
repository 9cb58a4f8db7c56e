"""chat.startStream, .appendStream and .stopStream: a message that is written while people read it."""

from sandbox import messages, objects
from sandbox.blockkit.checked import message_blocks
from sandbox.blockkit.problems import MOST_IN_MESSAGE
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_4
from sandbox.methods.call import DIRECT, Method, MethodCall, invalid_arguments
from sandbox.methods.message_content import MOST_MARKDOWN, author, thread, writable
from sandbox.methods.metadata import checked_metadata
from sandbox.state import Channel, Json, Message

DISPLAY_MODES = ("timeline", "plan")


def start(call: MethodCall) -> Json:
    """Begin a reply. Slack also lets some apps stream outside of threads; here a thread is always needed."""
    channel = writable(call)
    call.required("thread_ts")
    if call.text("task_display_mode", "timeline") not in DISPLAY_MODES:
        raise invalid_arguments(f"[ERROR] must be one of: {', '.join(DISPLAY_MODES)} [json-pointer:/task_display_mode]")
    if channel.kind not in DIRECT:
        _check_recipient(call)
    text = _text(call)
    fields = {**author(call), **thread(call, channel), "text": text, "blocks": _markdown(call, text)}
    message = messages.post(call.world, channel, user=call.bot, from_app=True, streaming="in_progress", **fields)
    return {"channel": channel.id, "ts": message.ts}


def _check_recipient(call: MethodCall) -> None:
    for name in ("recipient_team_id", "recipient_user_id"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")


def append(call: MethodCall) -> Json:
    channel, message = _stream(call)
    text = _text(call)
    if not text:
        raise SlackError("no_text")
    whole = message.text + text
    messages.change(call.world, channel, message, text=whole, blocks=_markdown(call, whole))
    return {"channel": channel.id, "ts": message.ts}


def stop(call: MethodCall) -> Json:
    """End it, with what comes last: more text, and blocks below it."""
    channel, message = _stream(call)
    text = message.text + _text(call)
    given = call.json("blocks", "invalid_blocks_format") or []
    if isinstance(given, list) and len(given) > MOST_IN_MESSAGE:
        raise SlackError("msg_blocks_too_many")
    blocks = message_blocks(call.world, given)
    ending = {"blocks": _markdown(call, text) + blocks, "metadata": checked_metadata(call) or None}
    messages.change(call.world, channel, message, text=text, streaming="completed", **ending)
    shown = objects.message(call.world, channel, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def _stream(call: MethodCall) -> tuple[Channel, Message]:
    channel = call.joined_channel()
    message = channel.messages.get(call.required("ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if not message.from_app:
        raise SlackError("message_not_owned_by_app")
    if message.streaming != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    return channel, message


def _text(call: MethodCall) -> str:
    """What is to be added, as one text or in chunks; of the kinds of chunks only text is known here."""
    chunks = call.json("chunks", "invalid_chunks") or []
    known = isinstance(chunks, list) and all(isinstance(c, dict) and c.get("type") == "markdown_text" for c in chunks)
    if not known or not all(isinstance(chunk.get("text"), str) for chunk in chunks):
        raise SlackError("invalid_chunks")
    text = call.text("markdown_text") + "".join(chunk["text"] for chunk in chunks)
    if len(text) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    return text


def _markdown(call: MethodCall, text: str) -> list[Json]:
    """All of it together must fit a block as well."""
    if len(text) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    return message_blocks(call.world, [{"type": "markdown", "text": text}]) if text else []


METHODS = {
    "chat.startStream": Method(start, TIER_2, "chat:write"),
    "chat.appendStream": Method(append, TIER_4, "chat:write"),
    "chat.stopStream": Method(stop, TIER_2, "chat:write"),
}
