"""chat.*, but for what is scheduled"""

from sandbox import messages, objects
from sandbox.errors import SlackError
from sandbox.limits import MESSAGES_A_MINUTE, SPECIAL, TIER_3, TIER_4
from sandbox.methods.call import Method, MethodCall
from sandbox.methods.message_content import MOST_TEXT, author, content, thread, whole_message, writable
from sandbox.methods.metadata import checked_metadata
from sandbox.state import Channel, Json, Message


def post_message(call: MethodCall) -> Json:
    channel = writable(call, from_outside=True)
    message = messages.post(call.world, channel, **whole_message(call, channel))
    return {"channel": channel.id, "ts": message.ts, "message": _shown(call, channel, message)}


def me_message(call: MethodCall) -> Json:
    """What the app does rather than says."""
    channel = writable(call)
    text = call.text("text")
    if not text:
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    message = messages.post(call.world, channel, user=call.bot, text=text, from_app=True, subtype="me_message")
    return {"channel": channel.id, "ts": message.ts}


def update(call: MethodCall) -> Json:
    """Text without blocks takes the blocks away; metadata stays unless given."""
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("is_inactive")
    message = _own_message(call, channel, "cant_update_message")
    if message.streaming == "in_progress":
        raise SlackError("streaming_state_conflict")
    changed = content(call)
    metadata = checked_metadata(call)
    if metadata is not None:
        changed["metadata"] = metadata or None
    messages.change(call.world, channel, message, **changed, edited=not changed["blocks"])
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": _shown(call, channel, message),
    }


def delete(call: MethodCall) -> Json:
    channel = call.joined_channel()
    message = _own_message(call, channel, "cant_delete_message")
    messages.remove(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: MethodCall) -> Json:
    """A message for one member alone. Slack drops it without a word if they are not active; here it waits."""
    channel = writable(call)
    user = call.required("user")
    if user not in channel.members or call.world.workspace.people[user].deleted:
        raise SlackError("user_not_in_channel")
    fields = {**content(call), **author(call), **thread(call, channel), "broadcast": False}
    message = messages.post(call.world, channel, user=call.bot, from_app=True, only_for=user, **fields)
    return {"message_ts": message.ts}


def get_permalink(call: MethodCall) -> Json:
    channel = call.channel()
    message = channel.messages.get(call.required("message_ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": objects.permalink(call.world, channel, message)}


def _own_message(call: MethodCall, channel: Channel, refusal: str) -> Message:
    message = channel.messages.get(call.required("ts"))
    if message is None or message.only_for or message.subtype == "tombstone":
        raise SlackError("message_not_found")
    if not message.from_app:
        raise SlackError(refusal)
    return message


def _shown(call: MethodCall, channel: Channel, message: Message) -> Json:
    return objects.message(call.world, channel, message, with_metadata=True)


METHODS = {
    "chat.postMessage": Method(post_message, MESSAGES_A_MINUTE, "chat:write", per_channel=True),
    "chat.meMessage": Method(me_message, TIER_3, "chat:write"),
    "chat.update": Method(update, TIER_3, "chat:write"),
    "chat.delete": Method(delete, TIER_3, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, TIER_4, "chat:write"),
    "chat.getPermalink": Method(get_permalink, SPECIAL, takes_json=False),
}
