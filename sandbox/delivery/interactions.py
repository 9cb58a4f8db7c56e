"""The payloads of what people do with an app: commands, shortcuts, clicks, forms."""

from collections.abc import Iterable

from sandbox import objects
from sandbox.state import Channel, Json, Message, Person
from sandbox.views.stacks import View
from sandbox.world import World


def _base(world: World, kind: str, person: Person) -> Json:
    workspace = world.workspace
    return {
        "type": kind,
        "team": {"id": workspace.id, "domain": workspace.domain},
        "enterprise": None,
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": workspace.team_of(person),
        },
        "api_app_id": workspace.app_id,
        "token": "deprecated",
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel.name_for_apps}


def response_url(
    world: World, person: Person, channel: Channel, message: Message | None = None, thread_ts: str | None = None
) -> str:
    key = world.response_urls.new(
        channel.id,
        person.id,
        now=world.clock.now(),
        message_ts=message.ts if message else None,
        thread_ts=thread_ts,
    )
    return f"{world.url}/response/{key}"


def command(world: World, person: Person, channel: Channel, name: str, text: str) -> Json:
    workspace = world.workspace
    return {
        "token": "deprecated",
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name_for_apps,
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(world, person, channel),
        "trigger_id": world.triggers.new(person.id, conversation=channel.id),
    }


def global_shortcut(world: World, person: Person, callback_id: str, *, viewing: str | None) -> Json:
    """Slack says nothing of where the person was; only a form that opens may show it."""
    return {
        **_base(world, "shortcut", person),
        "callback_id": callback_id,
        "trigger_id": world.triggers.new(person.id, conversation=viewing),
        "action_ts": _action_ts(world),
    }


def message_shortcut(world: World, person: Person, channel: Channel, message: Message, callback_id: str) -> Json:
    return {
        **_base(world, "message_action", person),
        "callback_id": callback_id,
        "trigger_id": world.triggers.new(person.id, conversation=channel.id),
        "message_ts": message.ts,
        "message": objects.message(world, channel, message, with_metadata=True),
        "channel": _channel(channel),
        "response_url": response_url(world, person, channel),
        "action_ts": _action_ts(world),
    }


def _message_container(channel: Channel, message: Message) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    return container | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def _view_container(view: View) -> Json:
    return {"type": "view", "view_id": view.id}


def _message(world: World, channel: Channel, message: Message) -> Json:
    """Slack keeps no ephemeral messages, and so cannot send them along."""
    return {} if message.only_for else {"message": objects.message(world, channel, message, with_metadata=True)}


def click_in_message(
    world: World, person: Person, channel: Channel, message: Message, *, action: Json, values: Json
) -> Json:
    return {
        **_base(world, "block_actions", person),
        "container": _message_container(channel, message),
        "trigger_id": world.triggers.new(person.id, conversation=channel.id),
        "channel": _channel(channel),
        **_message(world, channel, message),
        "state": {"values": values},
        "response_url": response_url(world, person, channel, message, message.thread_ts),
        "actions": [{**action, "action_ts": _action_ts(world)}],
    }


def click_in_view(world: World, person: Person, view: View, action: Json, values: Json) -> Json:
    within = None if view.is_home else view.id
    return {
        **_base(world, "block_actions", person),
        "container": _view_container(view),
        "trigger_id": world.triggers.new(person.id, within, conversation=view.conversation),
        "view": objects.view(world, view, values=values),
        "actions": [{**action, "action_ts": _action_ts(world)}],
    }


def search_in_message(world: World, person: Person, channel: Channel, message: Message, search: Json) -> Json:
    """`search` says which element was typed into, and what. It comes with no state and no trigger."""
    return {
        **_base(world, "block_suggestion", person),
        **search,
        "container": _message_container(channel, message),
        "channel": _channel(channel),
        **_message(world, channel, message),
    }


def search_in_view(world: World, person: Person, view: View, search: Json) -> Json:
    """What stands in the other fields stays untold: the person has sent nothing yet."""
    shown = {"container": _view_container(view), "view": objects.view(world, view)}
    return {**_base(world, "block_suggestion", person), **search, **shown}


def submission(
    world: World, person: Person, view: View, values: Json, *, answerable: Iterable[tuple[Json, str]] = ()
) -> Json:
    """`answerable` are the pickers that ask for a response_url, each with the conversation chosen."""
    urls = [
        {**ids, "channel_id": chosen, "response_url": response_url(world, person, world.workspace.channels[chosen])}
        for ids, chosen in answerable
    ]
    return {
        **_base(world, "view_submission", person),
        "trigger_id": world.triggers.new(person.id, view.id, conversation=view.conversation),
        "view": objects.view(world, view, values=values),
        "response_urls": urls,
    }


def closed(world: World, person: Person, view: View, *, is_cleared: bool) -> Json:
    payload = {**_base(world, "view_closed", person), "is_cleared": is_cleared}
    return payload | {"view": objects.view(world, view)}


def _action_ts(world: World) -> str:
    return f"{world.clock.now():.6f}"
