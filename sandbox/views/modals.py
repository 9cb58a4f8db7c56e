"""Modals and Home pages change, and the page of their reader is told."""

from sandbox.state import Json
from sandbox.views.forms import Form
from sandbox.views.stacks import View
from sandbox.world import World


def open_first(world: World, user: str, content: Json) -> View:
    view = world.views.open(user, content, now=world.clock.now())
    _note(world, view, "opened")
    world.changes.tell([user], "modals")
    return view


def push(world: World, user: str, content: Json) -> View:
    view = world.views.push(user, content, now=world.clock.now())
    _note(world, view, "opened")
    world.changes.tell([user], "modals")
    return view


def update(world: World, view: View, content: Json) -> None:
    _keep_values(world, view)
    world.views.update(view, content, now=world.clock.now())
    _note(world, view, "updated")
    world.changes.tell([view.user], "home" if view.is_home else "modals")


def _keep_values(world: World, view: View) -> None:
    """A field that keeps its ids keeps what stands in it, also what the app itself put there first."""
    form = Form.of_view(world, world.workspace.people[view.user], view)
    view.typed = form.entered({}, view.typed)


def publish_home(world: World, user: str, content: Json, *, seen_hash: str) -> View:
    if shown := world.views.home(user):
        _keep_values(world, shown)
    view = world.views.publish(user, content, now=world.clock.now(), seen_hash=seen_hash)
    _note(world, view, "published")
    world.changes.tell([user], "home")
    return view


def close(world: World, view: View, *, whole_stack: bool = False) -> None:
    world.views.close(view, whole_stack=whole_stack)
    _note(world, view, "closed")
    world.changes.tell([view.user], "modals")


def mark(world: World, view: View, *, errors: dict[str, str] | None = None, notice: str | None = None) -> None:
    view.errors, view.notice = errors or {}, notice
    world.changes.tell([view.user], "modals")


def _note(world: World, view: View, act: str) -> None:
    world.note("view", act=act, user=view.user, view={**view.content, "id": view.id})
