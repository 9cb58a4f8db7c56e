"""What a person does with the app at the page: commands, clicks, forms. Each waits for the app's confirmation."""

from sandbox import objects
from sandbox.delivery import events, interactions, replies
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.endpoints import diary
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.endpoints.typed_text import as_command
from sandbox.errors import PageError, SlackError
from sandbox.state import Channel, Json, Message, Person
from sandbox.views import forms, modals
from sandbox.views.stacks import Typed, View
from sandbox.views.submissions import apply_answer
from sandbox.world import World

TROUBLE = "We had some trouble connecting. Try again?"
NO_ANSWER = "This app did not answer in time."


@diary.kept("commanded", diary.command)
async def command(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    channel = _joined(world, person, fields["channel"])
    declared = world.manifest.commands.get(fields["command"])
    if declared is None:
        raise PageError("no_such_command")
    text = as_command(world, fields.get("text", ""), should_escape=declared.get("should_escape", False))
    payload = interactions.command(world, person, channel, declared["command"], text)
    try:
        answer = await world.deliveries.ask("command", "slash_commands", payload, wants_answer=True)
        _command_answer(world, payload, answer)
    except NotAcknowledged as missed:
        error = "operation_timeout" if missed.reason == "timeout" else "dispatch_failed"
        raise _failed(world, person, declared["command"], error) from None
    except SlackError:
        raise _failed(world, person, declared["command"], "dispatch_failed") from None
    return {}


def _command_answer(world: World, payload: Json, answer: Json) -> None:
    url = world.response_urls.find(payload["response_url"].rsplit("/", 1)[1])
    if url and (answer.get("text") or answer.get("blocks")):
        replies.reply(world, url, answer)


def _failed(world: World, person: Person, name: str, error: str) -> PageError:
    world.changes.notice(person.id, f"{name} failed with the error “{error}”")
    return PageError(error)


def _interactive_actor(world: World, fields: Json) -> Person:
    if not world.manifest.interactive:
        raise PageError("interactivity_off")
    return actor(world, fields)


@diary.kept("shortcut", diary.shortcut)
async def shortcut(world: World, fields: Json) -> Json:
    """Slack offers no shortcuts on messages that only one person sees."""
    person = _interactive_actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    message = _visible_message(channel, person, fields["ts"])
    if message.only_for:
        raise PageError("no_such_message")
    if fields["callback_id"] not in world.manifest.shortcuts:
        raise PageError("no_such_shortcut")
    payload = interactions.message_shortcut(world, person, channel, message, fields["callback_id"])
    await _tell_app(world, person, "message_action", payload)
    return {}


@diary.kept("clicked", diary.click)
async def action(world: World, fields: Json) -> Json:
    person = _interactive_actor(world, fields)
    container = fields["container"]
    if container["type"] == "view":
        payload = _view_click(world, person, fields)
    else:
        channel = readable_channel(world, person, container["channel"])
        payload = _message_click(world, person, channel, fields)
    await _tell_app(world, person, "block_actions", payload)
    return {}


def _message_click(world: World, person: Person, channel: Channel, fields: Json) -> Json:
    message = _visible_message(channel, person, fields["container"]["ts"])
    if not message.from_app:
        raise PageError("no_such_element")
    known = message.typed.get(person.id, {})
    act, typed = _act(message.blocks, fields, known)
    _check_choices(world, person, message.blocks, typed)
    message.typed[person.id] = typed
    values = forms.state_values(message.blocks, typed)
    return interactions.click_in_message(world, person, channel, message, action=act, values=values)


def _view_click(world: World, person: Person, fields: Json) -> Json:
    view = _own_view(world, person, fields["container"]["view_id"])
    act, view.typed = _act(view.blocks, fields, view.typed)
    _check_choices(world, person, view.blocks, view.typed)
    return interactions.click_in_view(world, person, view, act, forms.state_values(view.blocks, view.typed))


def _act(blocks: list[Json], fields: Json, known: Typed) -> tuple[Json, Typed]:
    """The action of a click, and everything entered beside it at that moment."""
    block, element = forms.find(blocks, fields["block_id"], fields["action_id"])
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise PageError("not_dispatched")
    given = {block_id: dict(values) for block_id, values in (fields.get("state") or {}).items()}
    if element["type"] in forms.SLOTS:
        given.setdefault(block["block_id"], {})[element["action_id"]] = fields.get("value")
    typed = forms.entered(blocks, given, known)
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    return {**ids, **forms.chosen(element, fields.get("value"))}, typed


def _check_choices(world: World, person: Person, blocks: list[Json], typed: Typed) -> None:
    """A picker offers the people there are, and the conversations its reader may see."""
    people = world.workspace.people
    if any(chosen not in people for chosen in forms.named(blocks, typed, forms.PEOPLE_PICKERS)):
        raise PageError("no_such_person")
    public = forms.named(blocks, typed, forms.PUBLIC_PICKERS)
    for chosen in forms.named(blocks, typed, forms.CONVERSATION_PICKERS):
        if readable_channel(world, person, chosen).kind != "public" and chosen in public:
            raise PageError("no_such_channel")


@diary.kept("submitted", diary.submission)
async def submit(world: World, fields: Json) -> Json:
    person = _interactive_actor(world, fields)
    view = _top_modal(world, person, fields["view_id"])
    view.typed = forms.entered(view.blocks, fields.get("state") or {}, view.typed)
    _check_choices(world, person, view.blocks, view.typed)
    values = forms.state_values(view.blocks, view.typed)
    if marked := forms.mistakes(view.blocks, view.typed):
        modals.mark(world, view, errors=marked)
        raise PageError("invalid", errors=marked)
    payload = interactions.submission(world, person, view, values)
    modals.mark(world, view)
    try:
        answer = await world.deliveries.ask("view_submission", "interactive", payload, wants_answer=True)
        apply_answer(world, view, answer)
    except (NotAcknowledged, SlackError) as missed:
        modals.mark(world, view, notice=TROUBLE)
        raise PageError("timeout" if isinstance(missed, NotAcknowledged) else "invalid_answer") from None
    if view.errors:
        raise PageError("invalid", errors=view.errors)
    return {}


@diary.kept("closed", diary.closing)
async def close(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    view = _top_modal(world, person, fields["view_id"])
    whole = bool(view.content.get("clear_on_close"))
    modals.close(world, view, whole_stack=whole)
    if view.content.get("notify_on_close"):
        payload = interactions.closed(world, person, view, is_cleared=whole)
        await _tell_app(world, person, "view_closed", payload, quietly=True)
    return {}


def open_home(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    if not world.manifest.home_tab:
        raise PageError("home_tab_disabled")
    view = world.views.home(person.id)
    channel = world.workspace.app_dm(person.id, now=world.clock.now())
    shown = objects.view(world, view) if view else None
    events.home_opened(world, person.id, tab="home", channel=channel.id, view=shown)
    diary.note(world, person.id, "opened_home")
    return {}


async def _tell_app(world: World, person: Person, kind: str, payload: Json, *, quietly: bool = False) -> None:
    try:
        await world.deliveries.ask(kind, "interactive", payload)
    except NotAcknowledged:
        if quietly:
            return
        world.changes.notice(person.id, NO_ANSWER)
        raise PageError("timeout") from None


def _joined(world: World, person: Person, channel_id: str) -> Channel:
    channel = readable_channel(world, person, channel_id)
    if person.id not in channel.members:
        raise PageError("not_in_channel")
    if channel.archived:
        raise PageError("is_archived")
    return channel


def _visible_message(channel: Channel, person: Person, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None or message.only_for not in (None, person.id):
        raise PageError("no_such_message")
    return message


def _own_view(world: World, person: Person, view_id: str) -> View:
    view = world.views.with_id(view_id)
    if view is None or view.user != person.id:
        raise PageError("no_such_view")
    return view if view.is_home else _top_modal(world, person, view_id)


def _top_modal(world: World, person: Person, view_id: str) -> View:
    stack = world.views.stack(person.id)
    if not stack or stack[-1].id != view_id:
        raise PageError("no_such_view")
    return stack[-1]
