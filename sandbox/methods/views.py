"""views.*"""

from sandbox import objects
from sandbox.blockkit.checked import view_content
from sandbox.errors import SlackError
from sandbox.limits import TIER_4
from sandbox.methods.call import Method, MethodCall
from sandbox.state import Json
from sandbox.views import modals
from sandbox.views.stacks import View


def open_view(call: MethodCall) -> Json:
    """Open a modal. A trigger from within an open modal puts the new one on top of it."""
    return _with_trigger(call, on_top=False)


def push(call: MethodCall) -> Json:
    return _with_trigger(call, on_top=True)


def _with_trigger(call: MethodCall, *, on_top: bool) -> Json:
    trigger = call.world.triggers.check(call.required("trigger_id"))
    content = _content(call, "modal")
    if on_top and trigger.view_id is None:
        raise SlackError("invalid_trigger_id")
    stack = call.world.views.stack(trigger.user)
    if on_top and not any(view.id == trigger.view_id for view in stack):
        raise SlackError("not_found")  # The person has closed it since.
    within = trigger.view_id and stack
    view = (modals.push if on_top or within else modals.open_first)(call.world, trigger.user, content)
    view.conversation = trigger.conversation
    trigger.used = True
    return {"view": objects.view(call.world, view)}


def update(call: MethodCall) -> Json:
    view = _named_view(call)
    if view is None:
        raise SlackError("not_found")
    content = _content(call, view.content["type"])
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    modals.update(call.world, view, content)
    return {"view": objects.view(call.world, view)}


def publish(call: MethodCall) -> Json:
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    person = call.world.workspace.people.get(call.required("user_id"))
    if person is None or person.deleted or person.is_external or not person.is_human:
        raise SlackError("user_not_found")
    content = _content(call, "home")
    view = modals.publish_home(call.world, person.id, content, seen_hash=call.text("hash"))
    return {"view": objects.view(call.world, view)}


def _named_view(call: MethodCall) -> View | None:
    if call.text("external_id"):
        return call.world.views.with_external_id(call.text("external_id"))
    return call.world.views.with_id(call.required("view_id"))


def _content(call: MethodCall, kind: str) -> Json:
    return view_content(call.world, call.json("view", "invalid_arguments"), kind)


METHODS = {
    "views.open": Method(open_view, TIER_4),
    "views.push": Method(push, TIER_4),
    "views.update": Method(update, TIER_4),
    "views.publish": Method(publish, TIER_4),
}
