"""Where a person acts: a conversation, a message, a form. What they cannot see or use does not exist for them."""

from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Message, Person
from sandbox.views.stacks import Typed, View
from sandbox.world import World

CONTAINERS = {"view": ("view_id",), "message": ("channel", "ts")}
NO_ANSWER = "This app did not answer in time."


def interactive_actor(world: World, fields: Json) -> Person:
    """Who acts, if the app is there and its manifest lets people act on what it shows."""
    if world.installation is None:
        raise PageError("not_installed")
    if not world.manifest.interactive:
        raise PageError("interactivity_off")
    return actor(world, fields)


def container(fields: Json) -> Json:
    """The message or view that an act names."""
    place = fields["container"]
    names = CONTAINERS.get(str(place.get("type"))) if isinstance(place, dict) else None
    if names is None or not all(isinstance(place.get(name), str) for name in names):
        raise PageError("invalid_container")
    found: Json = place
    return found


def entered_now(fields: Json) -> Typed:
    """What an act says of the fields around it."""
    state: Typed = fields.get("state") or {}
    return state


def joined_channel(world: World, person: Person, channel_id: str) -> Channel:
    channel = readable_channel(world, person, channel_id)
    if person.id not in channel.members:
        raise PageError("not_in_channel")
    _check_open(channel)
    return channel


def _check_open(channel: Channel) -> None:
    if channel.archived:
        raise PageError("is_archived")


def message_in(world: World, person: Person, place: Json) -> tuple[Channel, Message]:
    """A message the person can see, where things can still be done: an archived channel is only for reading."""
    channel = readable_channel(world, person, place["channel"])
    message = channel.messages.get(place["ts"])
    if message is None or message.only_for not in (None, person.id):
        raise PageError("no_such_message")
    _check_open(channel)
    return channel, message


def app_message_in(world: World, person: Person, place: Json) -> tuple[Channel, Message]:
    channel, message = message_in(world, person, place)
    if not message.from_app:
        raise PageError("no_such_element")
    return channel, message


def view_of(world: World, person: Person, view_id: str) -> View:
    """The person's Home page, or the form on top of their stack unless it is being sent; no other can be used."""
    home = world.views.home(person.id)
    view = home if home and home.id == view_id else top_modal(world, person, view_id)
    if view.is_busy:
        raise PageError("busy")
    return view


def top_modal(world: World, person: Person, view_id: str) -> View:
    stack = world.views.stack(person.id)
    if not stack or stack[-1].id != view_id:
        raise PageError("no_such_view")
    return stack[-1]


async def tell_app(world: World, person: Person, kind: str, payload: Json) -> None:
    try:
        await world.deliveries.ask(kind, "interactive", payload)
    except NotAcknowledged:
        world.changes.notice(person.id, NO_ANSWER)
        raise PageError("timeout") from None
