"""chat.scheduleMessage, .deleteScheduledMessage and .scheduledMessages.list"""

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.limits import TIER_3
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.methods.message_content import whole_message, writable
from sandbox.methods.paging import page
from sandbox.state import Json, ScheduledMessage
from sandbox.world import World

MOST_DAYS_AHEAD = 120
WINDOW_SECONDS = 5 * 60
MOST_IN_WINDOW = 30
SECONDS_TOO_LATE = 60
"""So shortly before it is posted, a message can no longer be called back."""


def schedule(call: MethodCall) -> Json:
    channel = writable(call)
    post_at = _moment(call)
    if call.args.get("metadata"):
        # With metadata Slack answers ok and then never posts the message.
        raise invalid_arguments("[ERROR] a scheduled message cannot have metadata [json-pointer:/metadata]")
    state = call.world.workspace
    near = [m for m in state.scheduled.values() if m.channel == channel.id and _window(m.post_at) == _window(post_at)]
    if len(near) >= MOST_IN_WINDOW:
        raise SlackError("restricted_too_many")
    fields = whole_message(call, channel)
    made = ScheduledMessage(state.new_id("Q"), channel.id, post_at, int(call.world.clock.now()), fields)
    state.scheduled[made.id] = made
    call.world.agenda.at(post_at, lambda: post_when_due(call.world, made))
    shown = {"text": fields["text"], "bot_id": state.bot_id, "type": "delayed_message", "subtype": "bot_message"}
    shown |= {"blocks": fields["blocks"]} if fields["blocks"] else {}
    return {"channel": channel.id, "scheduled_message_id": made.id, "post_at": post_at, "message": shown}


def _moment(call: MethodCall) -> int:
    call.required("post_at")
    if (moment := call.whole("post_at")) is None:
        raise SlackError("invalid_time")
    ahead = moment - call.world.clock.now()
    if ahead <= 0:
        raise SlackError("time_in_past")
    if ahead > MOST_DAYS_AHEAD * 24 * 60 * 60:
        raise SlackError("time_too_far")
    return moment


def _window(moment: int) -> int:
    return moment // WINDOW_SECONDS


def post_when_due(world: World, scheduled: ScheduledMessage) -> None:
    """Post it, unless it was called back; where the app may no longer write, nobody is told."""
    if world.workspace.scheduled.pop(scheduled.id, None) is None:
        return
    channel = world.workspace.channels.get(scheduled.channel)
    if channel and world.has_token and world.workspace.bot_user in channel.members and not channel.archived:
        messages.post(world, channel, **scheduled.content)


def delete(call: MethodCall) -> Json:
    channel = call.channel()
    made = call.world.workspace.scheduled.get(call.required("scheduled_message_id"))
    if made is None or made.channel != channel.id or made.post_at - call.world.clock.now() < SECONDS_TOO_LATE:
        raise SlackError("invalid_scheduled_message_id")
    del call.world.workspace.scheduled[made.id]
    return {}


def list_scheduled(call: MethodCall) -> Json:
    """What is still to be posted, soonest first."""
    if call.text("channel") and call.text("channel") not in call.world.workspace.channels:
        raise SlackError("invalid_channel")
    oldest, latest = call.period("oldest", "latest")
    found = sorted(call.world.workspace.scheduled.values(), key=lambda each: (each.post_at, each.id))
    wanted = [
        (each.id, each)
        for each in found
        if oldest <= each.post_at <= latest and call.text("channel", each.channel) == each.channel
    ]
    chosen, following = page(call, wanted, limit=call.limit(100, 1000))
    shown = [
        {
            "id": each.id,
            "channel_id": each.channel,
            "post_at": each.post_at,
            "date_created": each.created,
            "text": each.content["text"],
        }
        for each in chosen
    ]
    return {"scheduled_messages": shown, "response_metadata": {"next_cursor": following}}


METHODS = {
    "chat.scheduleMessage": Method(schedule, TIER_3, "chat:write"),
    "chat.deleteScheduledMessage": Method(delete, TIER_3, "chat:write"),
    "chat.scheduledMessages.list": Method(list_scheduled, TIER_3),
}
