"""usergroups.*"""

from collections.abc import Callable

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.state import Json, UserGroup
from sandbox.team import groups


def list_groups(call: MethodCall) -> Json:
    """All at once: this list has no pages."""
    shown = call.world.workspace.groups.values()
    wanted = [group for group in shown if call.flag("include_disabled") or not group.deleted]
    with_users = call.flag("include_users")
    return {"usergroups": [_without_count(call, objects.group(call.world, g, with_users=with_users)) for g in wanted]}


def _without_count(call: MethodCall, shown: Json) -> Json:
    return shown if call.flag("include_count") else {n: value for n, value in shown.items() if n != "user_count"}


def list_users(call: MethodCall) -> Json:
    group = _named(call)
    if group.deleted and not call.flag("include_disabled"):
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}


def create(call: MethodCall) -> Json:
    name = call.required("name")
    handle = call.text("handle") or name.lower().replace(" ", "-")
    _check_free(call, None, name, handle)
    texts = {"name": name, "handle": handle, "description": call.text("description")}
    return _shown(call, groups.create(call.world, **texts, channels=_channels(call), by=call.bot))


def update(call: MethodCall) -> Json:
    group = _named(call)
    given = [name for name in ("name", "handle", "description") if call.args.get(name) is not None]
    if not all(call.text(name) for name in given if name != "description"):
        raise invalid_arguments("[ERROR] must be more than 0 characters [json-pointer:/name]")
    changes: dict[str, str | int | list[str]] = {name: call.text(name) for name in given}
    if call.args.get("channels") is not None:
        changes["channels"] = _channels(call)
    _check_free(call, group, call.text("name"), call.text("handle"))
    groups.change(call.world, group, **changes)
    return _shown(call, group)


def disable(call: MethodCall) -> Json:
    group = _named(call)
    groups.change(call.world, group, deleted=int(call.world.clock.now()))
    return _shown(call, group)


def enable(call: MethodCall) -> Json:
    group = _named(call)
    groups.change(call.world, group, deleted=0)
    return _shown(call, group)


def update_users(call: MethodCall) -> Json:
    """Replace all members; a group cannot be left empty."""
    group, users = _named(call), call.several("users")
    if not users:
        raise SlackError("no_users_provided")
    people = call.world.workspace.people
    if any(user not in people or people[user].deleted or not people[user].is_human for user in users):
        raise SlackError("invalid_users")
    groups.set_members(call.world, group, list(dict.fromkeys(users)))
    return _shown(call, group)


def _named(call: MethodCall) -> UserGroup:
    group = call.world.workspace.groups.get(call.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _check_free(call: MethodCall, group: UserGroup | None, name: str, handle: str) -> None:
    others = [other for other in call.world.workspace.groups.values() if other is not group]
    if any(other.name == name for other in others):
        raise SlackError("name_already_exists")
    # Handles of people and names of channels live in the same space.
    people = call.world.workspace.people.values()
    if any(other.handle == handle for other in others) or any(person.handle == handle for person in people):
        raise SlackError("handle_already_exists")


def _channels(call: MethodCall) -> list[str]:
    known = call.world.workspace.channels
    wanted = call.several("channels")
    if any(channel not in known or known[channel].kind != "public" for channel in wanted):
        raise SlackError("invalid_channels")
    return wanted


def _shown(call: MethodCall, group: UserGroup) -> Json:
    return {"usergroup": objects.group(call.world, group, with_users=True)}


_WRITING: dict[str, Callable[[MethodCall], Json]] = {
    "usergroups.create": create,
    "usergroups.update": update,
    "usergroups.disable": disable,
    "usergroups.enable": enable,
    "usergroups.users.update": update_users,
}

METHODS = {
    "usergroups.list": Method(list_groups, TIER_2, "usergroups:read", takes_json=False),
    "usergroups.users.list": Method(list_users, TIER_2, "usergroups:read", takes_json=False),
    **{name: Method(work, TIER_2, "usergroups:write") for name, work in _WRITING.items()},
}
