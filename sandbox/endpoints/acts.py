"""What a person asks of the app from outside its messages and forms: commands, shortcuts, its Home."""

from sandbox import messages, objects
from sandbox.delivery import events, interactions, replies
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.endpoints import diary
from sandbox.endpoints.places import interactive_actor, joined_channel, message_in, tell_app
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.endpoints.typed_text import as_command, as_message
from sandbox.errors import PageError, SlackError
from sandbox.state import Channel, Json, Person
from sandbox.world import World


@diary.kept("commanded", diary.command)
async def command(world: World, fields: Json) -> Json:
    person = _own_member(actor(world, fields))
    channel = joined_channel(world, person, fields["channel"])
    declared = world.manifest.commands.get(fields["command"])
    if declared is None or world.installation is None:
        raise PageError("no_such_command")
    text = as_command(world, fields.get("text", ""), should_escape=declared.get("should_escape", False))
    payload = interactions.command(world, person, channel, declared["command"], text)
    try:
        answer = await world.deliveries.ask("command", "slash_commands", payload, wants_answer=True)
        _show_answer(world, person, channel, payload, answer, typed=fields.get("text", ""))
    except NotAcknowledged as missed:
        error = "operation_timeout" if missed.reason.endswith("timeout") else "dispatch_failed"
        raise _failed(world, person, declared["command"], error) from None
    except SlackError:
        raise _failed(world, person, declared["command"], "dispatch_failed") from None
    return {}


def _show_answer(world: World, person: Person, channel: Channel, payload: Json, answer: Json, *, typed: str) -> None:
    """What came with the acknowledgement. Said in the channel, it brings what the person typed with it.

    Slack does not say whether a later answer to the response_url does so too; here it does not.
    """
    url = world.response_urls.find(payload["response_url"].rsplit("/", 1)[1])
    says = bool(answer.get("text") or answer.get("blocks") or answer.get("attachments"))
    if url and says:
        replies.check(world, answer)
    if answer.get("response_type") == "in_channel":
        line = f"{payload['command']} {as_message(world, typed)}".strip()
        messages.post(world, channel, user=person.id, text=line)
    if url and says:
        replies.reply(world, url, answer)


def _own_member(person: Person) -> Person:
    """Whoever comes from a partner's workspace can press an app's buttons, but not call it up."""
    if person.is_external:
        raise PageError("not_allowed")
    return person


def _failed(world: World, person: Person, name: str, error: str) -> PageError:
    world.changes.notice(person.id, f"{name} failed with the error “{error}”")
    return PageError(error)


@diary.kept("shortcut", diary.shortcut)
async def shortcut(world: World, fields: Json) -> Json:
    """A shortcut of a message, or, where no channel is named, one that can be used anywhere."""
    person = _own_member(interactive_actor(world, fields))
    about = _message_shortcut if "channel" in fields else _global_shortcut
    kind, payload = about(world, person, fields)
    await tell_app(world, person, kind, payload)
    return {}


def _message_shortcut(world: World, person: Person, fields: Json) -> tuple[str, Json]:
    """Slack offers no shortcuts on messages that only one person sees."""
    channel, message = message_in(world, person, fields)
    if message.only_for:
        raise PageError("no_such_message")
    if fields["callback_id"] not in world.manifest.shortcuts:
        raise PageError("no_such_shortcut")
    return "message_action", interactions.message_shortcut(world, person, channel, message, fields["callback_id"])


def _global_shortcut(world: World, person: Person, fields: Json) -> tuple[str, Json]:
    if fields["callback_id"] not in world.manifest.global_shortcuts:
        raise PageError("no_such_shortcut")
    viewing = fields.get("viewing") and readable_channel(world, person, fields["viewing"]).id
    return "shortcut", interactions.global_shortcut(world, person, fields["callback_id"], viewing=viewing)


def open_home(world: World, fields: Json) -> Json:
    person = _own_member(actor(world, fields))
    if not world.manifest.home_tab:
        raise PageError("home_tab_disabled")
    view = world.views.home(person.id)
    channel = world.workspace.app_dm(person.id, now=world.clock.now())
    shown = objects.view(world, view) if view else None
    events.home_opened(world, person.id, tab="home", channel=channel.id, view=shown)
    diary.note(world, person.id, "opened_home")
    return {}
