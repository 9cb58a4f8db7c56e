"""Who comes and goes: conversations.join, .leave, .invite, .kick."""

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_3
from sandbox.methods.call import MANAGE_SCOPES, Method, MethodCall
from sandbox.state import Channel, Json
from sandbox.team import conversations

MOST_INVITED = 100


def join(call: MethodCall) -> Json:
    """Go into a public channel; doing so twice is a warning."""
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot in channel.members:
        again = ["already_in_channel"]
        shown = objects.channel(call.world, channel)
        return {"channel": shown, "warning": again[0], "response_metadata": {"warnings": again}}
    conversations.add(call.world, channel, call.bot, by=None)
    return {"channel": objects.channel(call.world, channel)}


def leave(call: MethodCall) -> Json:
    """Go out of a channel; not to be in it is no error."""
    if call.bot not in call.channel().members:
        return {"not_in_channel": True}
    channel = call.managed_channel()
    if channel.archived:
        raise SlackError("is_archived")
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if channel.members == [call.bot]:
        raise SlackError("last_member")
    conversations.remove(call.world, channel, call.bot, by=call.bot)
    return {}


def invite(call: MethodCall) -> Json:
    """Bring people in. One who cannot come keeps all out, unless the app says `force`."""
    users = call.several("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > MOST_INVITED:
        raise SlackError("too_many_users")
    channel = call.managed_channel(or_scope="write.invites")
    if channel.archived:
        raise SlackError("is_archived")
    refused: list[Json] = [
        {"user": user, "ok": False, "error": why} for user in users if (why := _why_not(call, channel, user))
    ]
    welcome = [user for user in dict.fromkeys(users) if not _why_not(call, channel, user)]
    if refused and not (call.flag("force") and welcome):
        raise SlackError(refused[0]["error"], errors=refused)
    for user in welcome:
        conversations.add(call.world, channel, user, by=call.bot)
    return {"channel": objects.channel(call.world, channel)} | ({"errors": refused} if refused else {})


def _why_not(call: MethodCall, channel: Channel, user: str) -> str | None:
    person = call.world.workspace.people.get(user)
    if person is None:
        return "user_not_found"
    if user == call.bot:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    if person.is_external and not channel.is_shared:
        return "user_team_not_in_channel"
    return "cant_invite" if person.deleted or not person.is_human else None


def kick(call: MethodCall) -> Json:
    channel = call.managed_channel()
    if channel.archived:
        raise SlackError("is_archived")
    user = call.required("user")
    if user == call.bot:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if user not in call.world.workspace.people:
        raise SlackError("user_not_found")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    conversations.remove(call.world, channel, user, by=call.bot)
    return {"errors": {}}


_MANAGE = (MANAGE_SCOPES["public"], MANAGE_SCOPES["private"])

METHODS = {
    "conversations.join": Method(join, TIER_3, "channels:join"),
    "conversations.leave": Method(leave, TIER_3, one_of=_MANAGE),
    "conversations.invite": Method(invite, TIER_3, one_of=(*_MANAGE, "channels:write.invites", "groups:write.invites")),
    "conversations.kick": Method(kick, TIER_3, one_of=_MANAGE),
}
