"""conversations.*"""

from collections.abc import Callable

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3, TIER_4
from sandbox.methods.call import HISTORY_SCOPES, READ_SCOPES, Method, MethodCall
from sandbox.methods.paging import page
from sandbox.state import Channel, Json, Message

KINDS = {"public_channel": "public", "private_channel": "private", "im": "dm"}
MOST_IN_DM = 8


def open_dm(call: MethodCall) -> Json:
    users = [user for user in call.text("users").split(",") if user]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("too_many_users") if len(users) > MOST_IN_DM else _no_group_dms(call)
    workspace = call.world.workspace
    person = workspace.people.get(users[0])
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot or not person.is_human:
        raise SlackError("cannot_dm_bot")
    channel = workspace.app_dm(person.id, now=call.world.clock.now())
    shown = objects.channel(call.world, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown}


def _no_group_dms(call: MethodCall) -> SlackError:
    call.need("mpim:write")
    return SlackError("invalid_user_combination")


def info(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(READ_SCOPES[channel.kind])
    shown = objects.channel(call.world, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(active_members(call, channel))
    return {"channel": shown}


def members(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(READ_SCOPES[channel.kind])
    pairs = [(member, member) for member in active_members(call, channel)]
    found, following = page(pairs, cursor=call.text("cursor"), limit=call.limit(100, 1000))
    return {"members": found, "response_metadata": {"next_cursor": following}}


def active_members(call: MethodCall, channel: Channel) -> list[str]:
    """Whoever is deactivated is no member for apps, though nobody announces that they left."""
    return [member for member in channel.members if not call.world.workspace.people[member].deleted]


def list_channels(call: MethodCall) -> Json:
    return listed(call, lambda _: True)


def listed(call: MethodCall, wanted: Callable[[Channel], bool]) -> Json:
    """A page of the conversations of the asked types that the app may know of."""
    bot = call.world.workspace.bot_user
    kinds = _kinds(call)
    archived = not call.flag("exclude_archived")
    channels = [
        (channel.id, objects.channel(call.world, channel))
        for channel in call.world.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or bot in channel.members)
        and (archived or not channel.archived)
        and wanted(channel)
    ]
    found, following = page(channels, cursor=call.text("cursor"), limit=call.limit(100, 999))
    return {"channels": found, "response_metadata": {"next_cursor": following}}


def _kinds(call: MethodCall) -> set[str]:
    kinds = set()
    for name in call.text("types", "public_channel").split(","):
        if name.strip() not in KINDS:
            raise SlackError("invalid_types")
        kind = KINDS[name.strip()]
        call.need(READ_SCOPES[kind])
        kinds.add(kind)
    return kinds


def history(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(HISTORY_SCOPES[channel.kind])
    channel = call.joined_channel()
    shared = [m for m in channel.messages.values() if m.only_for is None and (not m.is_reply or m.broadcast)]
    answer = _messages(call, channel, shared[::-1])
    return {**answer, "pin_count": 0}


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
    chosen = [(m.ts, _shown(call, channel, m)) for m in messages if _within(call, m.ts)]
    found, following = page(chosen, cursor=call.text("cursor"), limit=min(call.limit(default, 1000), 999))
    answer: Json = {"messages": found, "has_more": bool(following)}
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


def _within(call: MethodCall, ts: str) -> bool:
    oldest, latest = _moment(call, "oldest"), _moment(call, "latest")
    moment = float(ts)
    if call.flag("inclusive") and ts in (call.text("oldest"), call.text("latest")):
        return True
    return (oldest is None or moment > oldest) and (latest is None or moment < latest)


def _moment(call: MethodCall, name: str) -> float | None:
    value = call.text(name)
    try:
        return float(value) if value else None
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _shown(call: MethodCall, channel: Channel, message: Message) -> Json:
    return objects.message(call.world, channel, message, with_metadata=call.flag("include_all_metadata"))


METHODS = {
    "conversations.open": Method(open_dm, TIER_3, "im:write"),
    "conversations.info": Method(info, TIER_3),
    "conversations.members": Method(members, TIER_4),
    "conversations.list": Method(list_channels, TIER_2),
    "conversations.history": Method(history, TIER_3),
    "conversations.replies": Method(replies, TIER_3),
}
