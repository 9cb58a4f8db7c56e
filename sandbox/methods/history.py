"""What was said: conversations.history and conversations.replies."""

from collections.abc import Callable

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_3
from sandbox.methods.call import HISTORY_SCOPES, Method, MethodCall
from sandbox.methods.paging import page
from sandbox.state import Channel, Json, Message


def history(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(HISTORY_SCOPES[channel.kind])
    channel = call.joined_channel()
    shared = [m for m in channel.messages.values() if m.only_for is None and (not m.is_reply or m.broadcast)]
    answer = _messages(call, channel, shared[::-1])
    return {**answer, "pin_count": len(channel.pins), "channel_actions_ts": None, "channel_actions_count": 0}


def replies(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(HISTORY_SCOPES[channel.kind])
    channel = call.joined_channel()
    message = channel.messages.get(call.required("ts"))
    if message is None or message.only_for:
        raise SlackError("thread_not_found")
    parent = channel.messages.get(message.thread_ts or message.ts, message)
    answer = _messages(call, channel, channel.replies(parent.ts), default=1000)
    return {**answer, "messages": [_shown(call, channel, parent), *answer["messages"]]}


def _messages(call: MethodCall, channel: Channel, messages: list[Message], *, default: int = 100) -> Json:
    within = _window(call)
    chosen = [(m.ts, m) for m in messages if within(m.ts)]
    found, following = page(call, chosen, limit=min(call.limit(default, 1000), 999))
    answer: Json = {"messages": [_shown(call, channel, m) for m in found], "has_more": bool(following)}
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


def _window(call: MethodCall) -> Callable[[str], bool]:
    """Which messages the call asks for, by their ts."""
    oldest, latest = call.period("oldest", "latest", refusal="invalid_ts_")
    ends = (call.text("oldest"), call.text("latest")) if call.flag("inclusive") else ()
    return lambda ts: ts in ends or oldest < float(ts) < latest


def _shown(call: MethodCall, channel: Channel, message: Message) -> Json:
    return objects.message(call.world, channel, message, with_metadata=call.flag("include_all_metadata"))


_SCOPES = tuple(HISTORY_SCOPES.values())

METHODS = {
    "conversations.history": Method(history, TIER_3, one_of=_SCOPES, takes_json=False),
    "conversations.replies": Method(replies, TIER_3, one_of=_SCOPES, takes_json=False),
}
