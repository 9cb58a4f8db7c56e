"""Each person's diary: what they did, in words, and whether it seemed to have worked."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sandbox.errors import PageError
from sandbox.state import Json, Person
from sandbox.views import words
from sandbox.views.forms import Form
from sandbox.views.stacks import View
from sandbox.world import World

Act = Callable[[World, Json], Awaitable[Json]]


def note(world: World, person: str, did: str, **told: Any) -> None:
    world.note("diary", person=person, did=did, **told)


def kept(did: str, tell: Callable[[World, Json], Json]) -> Callable[[Act], Act]:
    """Have an act noted once the person knows how it went; `tell` says beforehand what it is about."""

    def decorate(act: Act) -> Act:
        @wraps(act)
        async def noted(world: World, fields: Json) -> Json:
            told = _told(world, fields, tell)
            try:
                answer = await act(world, fields)
            except PageError as error:
                if told is not None:
                    note(world, fields["as"], did, **told, **_how_it_failed(world, fields, error))
                raise
            if told is not None:
                note(world, fields["as"], did, **told, ok=True)
            return answer

        return noted

    return decorate


def _told(world: World, fields: Json, tell: Callable[[World, Json], Json]) -> Json | None:
    """None for what nobody could do by hand, such as pressing what is not there."""
    try:
        return tell(world, fields) if fields["as"] in world.workspace.people else None
    except (PageError, LookupError, TypeError, AttributeError):
        return None


def _how_it_failed(world: World, fields: Json, error: PageError) -> Json:
    view = _view(world, fields)
    marked = error.details.get("errors") or {}
    errors = words.errors_in_words(view.blocks, marked) if view else {}
    return {"ok": False, "error": error.error, "errors": errors}


def _view(world: World, fields: Json) -> View | None:
    return world.views.with_id(fields["view_id"]) if "view_id" in fields else None


def submission(world: World, fields: Json) -> Json:
    view = world.views.with_id(fields["view_id"])
    if view is None:
        raise LookupError(fields["view_id"])
    form = Form.of_view(world, _actor(world, fields), view)
    typed = form.entered(fields.get("state") or {}, view.typed)
    return {
        "view_id": view.id,
        "title": view.content["title"]["text"],
        "callback_id": view.content.get("callback_id", ""),
        "private_metadata": view.content.get("private_metadata", ""),
        "values": words.entered_in_words(world.workspace, form, typed),
    }


def click(world: World, fields: Json) -> Json:
    form, where = _clicked(world, fields)
    block, element = form.find(fields["block_id"], fields["action_id"])
    chosen = element.get("value", "") if element["type"] == "button" else fields.get("value")
    value = words.value_in_words(world.workspace, form, block, element, chosen)
    if where["where"] == "view":
        view = world.views.with_id(where["view_id"])
        typed = form.entered(fields.get("state") or {}, view.typed if view else {})
        where["values"] = words.entered_in_words(world.workspace, form, typed)
    return {"label": words.label_of(block, element), "action_id": element["action_id"], "value": value, **where}


def _clicked(world: World, fields: Json) -> tuple[Form, Json]:
    container, person = fields["container"], _actor(world, fields)
    if container["type"] == "view":
        view = world.views.with_id(container["view_id"])
        if view is None:
            raise LookupError(container["view_id"])
        return Form.of_view(world, person, view), {"where": "view", "view_id": view.id}
    channel = world.workspace.channels[container["channel"]]
    form = Form.of_message(world, person, channel, channel.messages[container["ts"]])
    return form, {"where": "message", "channel": channel.id, "ts": container["ts"]}


def _actor(world: World, fields: Json) -> Person:
    return world.workspace.people[fields["as"]]


def command(_: World, fields: Json) -> Json:
    return {"command": fields["command"], "text": fields.get("text", ""), "channel": fields["channel"]}


def shortcut(_: World, fields: Json) -> Json:
    return {name: fields[name] for name in ("callback_id", "channel", "ts") if name in fields}


def closing(_: World, fields: Json) -> Json:
    return {"view_id": fields["view_id"]}
