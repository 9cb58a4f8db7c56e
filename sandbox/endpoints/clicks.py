"""What a person does with the controls in a message, a form or the Home page."""

from sandbox.blockkit.choices import LOADED
from sandbox.blockkit.schema import Problems
from sandbox.delivery import interactions
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.endpoints import diary
from sandbox.endpoints.places import (
    app_message_in,
    container,
    entered_now,
    interactive_actor,
    tell_app,
    view_of,
)
from sandbox.errors import PageError
from sandbox.state import Json, Person
from sandbox.views.actions import action as what_happened
from sandbox.views.forms import Form
from sandbox.views.slots import EXTERNAL, SLOTS
from sandbox.views.stacks import Typed
from sandbox.world import World

LEAST_TYPED = 3
"""Characters before Slack asks the app for options, unless the element says otherwise."""


@diary.kept("clicked", diary.click)
async def action(world: World, fields: Json) -> Json:
    person = interactive_actor(world, fields)
    click = _view_click if container(fields)["type"] == "view" else _message_click
    await tell_app(world, person, "block_actions", click(world, person, fields))
    return {}


def _message_click(world: World, person: Person, fields: Json) -> Json:
    channel, message = app_message_in(world, person, container(fields))
    form = Form.of_message(world, person, channel, message)
    act, typed = _act(form, fields, message.typed.get(person.id, {}))
    message.typed[person.id] = typed
    return interactions.click_in_message(world, person, channel, message, action=act, values=form.state(typed))


def _view_click(world: World, person: Person, fields: Json) -> Json:
    view = view_of(world, person, container(fields)["view_id"])
    form = Form.of_view(world, person, view)
    act, view.typed = _act(form, fields, view.typed)
    return interactions.click_in_view(world, person, view, act, form.state(view.typed))


def _act(form: Form, fields: Json, known: Typed) -> tuple[Json, Typed]:
    """The action of a click, and everything entered beside it at that moment."""
    block, element = form.find(fields["block_id"], fields["action_id"])
    _check_may_act(block, element, fields)
    given, value = entered_now(fields), fields.get("value")
    if element["type"] in SLOTS:
        given = {**given, block["block_id"]: {**given.get(block["block_id"], {}), element["action_id"]: value}}
    typed = form.entered(given, known)
    if element["type"] in SLOTS:
        value = typed[block["block_id"]][element["action_id"]]
    return what_happened(form, block, element, value), typed


def _check_may_act(block: Json, element: Json, fields: Json) -> None:
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise PageError("not_dispatched")
    if "confirm" in element and fields.get("confirmed") is not True:
        raise PageError("not_confirmed", confirm=element["confirm"])
    value = fields.get("value")
    if isinstance(value, list) and len(value) > element.get("max_selected_items", len(value)):
        raise PageError("too_many")


async def options(world: World, fields: Json) -> Json:
    """What the app offers somebody who types into an external select."""
    person = interactive_actor(world, fields)
    form, payload = _search(world, person, fields)
    try:
        answer = await world.deliveries.ask("block_suggestion", "interactive", payload, wants_answer=True)
    except NotAcknowledged:
        raise PageError("timeout") from None
    problems: Problems = []
    LOADED(problems, "", answer)
    if problems:
        raise PageError("invalid_options", problems=problems)
    block, element = form.find(fields["block_id"], fields["action_id"])
    form.offer(block, element, [*answer.get("options", []), *_in_groups(answer)])
    return answer


def _in_groups(answer: Json) -> list[Json]:
    return [option for group in answer.get("option_groups", []) for option in group["options"]]


def _search(world: World, person: Person, fields: Json) -> tuple[Form, Json]:
    search = {name: fields[name] for name in ("action_id", "block_id", "value")}
    place = container(fields)
    if place["type"] == "view":
        view = view_of(world, person, place["view_id"])
        form = Form.of_view(world, person, view)
        _check_search(form, search)
        return form, interactions.search_in_view(world, person, view, search)
    channel, message = app_message_in(world, person, place)
    form = Form.of_message(world, person, channel, message)
    _check_search(form, search)
    return form, interactions.search_in_message(world, person, channel, message, search)


def _check_search(form: Form, search: Json) -> None:
    _, element = form.find(search["block_id"], search["action_id"])
    if element["type"] not in EXTERNAL:
        raise PageError("no_such_element")
    least = element.get("min_query_length", LEAST_TYPED)
    if not isinstance(search["value"], str) or len(search["value"]) < least:
        raise PageError("query_too_short", least=least)
