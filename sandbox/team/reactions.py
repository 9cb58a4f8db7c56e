"""People and the app react to messages."""

from sandbox import messages
from sandbox.delivery import events
from sandbox.state import Channel, Json, Message
from sandbox.world import World


def add(world: World, channel: Channel, message: Message, name: str, *, user: str) -> bool:
    """React; whether that was new."""
    users = message.reactions.get(name, [])
    if user in users:
        return False
    message.reactions[name] = [*users, user]
    _announce(world, channel, message, "reaction_added", {"user": user, "reaction": name})
    return True


def remove(world: World, channel: Channel, message: Message, name: str, *, user: str) -> bool:
    """Take a reaction back; whether there was one."""
    users = message.reactions.get(name, [])
    if user not in users:
        return False
    message.reactions[name] = [each for each in users if each != user]
    if not message.reactions[name]:
        del message.reactions[name]
    _announce(world, channel, message, "reaction_removed", {"user": user, "reaction": name})
    return True


def _announce(world: World, channel: Channel, message: Message, event: str, about: Json) -> None:
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    events.of_message(world, channel, event, {**about, "item": item, "item_user": message.user})
    messages.tell_readers(world, channel)
