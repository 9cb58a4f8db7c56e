"""Which conversations there are, who is in them, and how direct messages begin: conversations.list, .info, .open..."""

from collections.abc import Callable

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3, TIER_4
from sandbox.methods.call import DIRECT, MANAGE_SCOPES, READ_SCOPES, Method, MethodCall
from sandbox.methods.paging import page
from sandbox.state import Channel, Json

KINDS = {"public_channel": "public", "private_channel": "private", "im": "dm", "mpim": "mpim"}
MOST_IN_DM = 8


def open_dm(call: MethodCall) -> Json:
    """Begin or find the direct message with one person or several."""
    if call.text("channel"):
        channel, is_old = _direct(call), True
    else:
        channel, is_old = _with_people(call, list(dict.fromkeys(call.several("users"))))
    call.world.changes.tell(channel.members, "sidebar")
    shown = objects.channel(call.world, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if is_old else {})


def _direct(call: MethodCall) -> Channel:
    channel = call.channel()
    if channel.kind not in DIRECT:
        raise SlackError("method_not_supported_for_channel_type")
    call.need(MANAGE_SCOPES[channel.kind])
    return channel


def _with_people(call: MethodCall, users: list[str]) -> tuple[Channel, bool]:
    """The conversation, and whether it was there before."""
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_IN_DM:
        raise SlackError("too_many_users")
    call.need("mpim:write" if len(users) > 1 else "im:write")
    for user in users:
        _check_partner(call, user)
    state, now = call.world.workspace, call.world.clock.now()
    before = len(state.channels)
    channel = state.group_dm([call.bot, *users], now=now) if len(users) > 1 else state.app_dm(users[0], now=now)
    return channel, len(state.channels) == before


def _check_partner(call: MethodCall, user: str) -> None:
    person = call.world.workspace.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot or not person.is_human:
        raise SlackError("cannot_dm_bot")
    if not call.world.workspace.app_knows(person):
        raise SlackError("user_not_visible")


def close(call: MethodCall) -> Json:
    """Take a direct message out of the sidebar. Nobody's sidebar is the bot's, so nothing changes for anyone."""
    _direct(call)
    return {}


def mark(call: MethodCall) -> Json:
    channel = call.joined_channel()
    call.need(MANAGE_SCOPES[channel.kind])
    if call.required("ts") not in channel.messages:
        raise SlackError("invalid_timestamp")
    channel.read_up_to[call.bot] = call.text("ts")
    return {}


def info(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(READ_SCOPES[channel.kind])
    shown = objects.channel(call.world, channel)
    if call.bot in channel.members:
        shown["last_read"] = channel.read_up_to.get(call.bot, "0000000000.000000")
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    if call.flag("include_num_members"):
        shown["num_members"] = len(active_members(call, channel))
    return {"channel": shown}


def members(call: MethodCall) -> Json:
    channel = call.channel()
    call.need(READ_SCOPES[channel.kind])
    pairs = [(member, member) for member in active_members(call, channel)]
    found, following = page(call, pairs, limit=call.limit(100, 1000))
    return {"members": found, "response_metadata": {"next_cursor": following}}


def active_members(call: MethodCall, channel: Channel) -> list[str]:
    """Whoever is deactivated is no member for apps, though nobody announces that they left."""
    return [member for member in channel.members if not call.world.workspace.people[member].deleted]


def list_channels(call: MethodCall) -> Json:
    answer = listed(call, lambda _: True)
    for shown in answer["channels"]:
        if not shown.get("is_im"):
            shown["num_members"] = len(active_members(call, call.world.workspace.channels[shown["id"]]))
    return answer


def listed(call: MethodCall, wanted: Callable[[Channel], bool]) -> Json:
    """A page of the conversations of the asked types that the app may know of."""
    kinds = _kinds(call)
    archived = not call.flag("exclude_archived")
    channels = [
        (channel.id, channel)
        for channel in call.world.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or call.bot in channel.members)
        and (archived or not channel.archived)
        and wanted(channel)
    ]
    found, following = page(call, channels, limit=call.limit(100, 999))
    shown = [objects.channel(call.world, channel) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": following}}


def _kinds(call: MethodCall) -> set[str]:
    kinds = set()
    for name in call.text("types", "public_channel").split(","):
        if name.strip() not in KINDS:
            raise SlackError("invalid_types")
        kind = KINDS[name.strip()]
        call.need(READ_SCOPES[kind])
        kinds.add(kind)
    return kinds


_READ = tuple(READ_SCOPES.values())
_DIRECT = ("im:write", "mpim:write")

METHODS = {
    "conversations.open": Method(open_dm, TIER_3, one_of=_DIRECT),
    "conversations.close": Method(close, TIER_2, one_of=_DIRECT),
    "conversations.mark": Method(mark, TIER_3, one_of=tuple(MANAGE_SCOPES.values())),
    "conversations.info": Method(info, TIER_3, one_of=_READ, takes_json=False),
    "conversations.members": Method(members, TIER_4, one_of=_READ, takes_json=False),
    "conversations.list": Method(list_channels, TIER_2, one_of=_READ, takes_json=False),
}
