"""Admins change people, and bring in new ones."""

from sandbox.errors import PageError
from sandbox.state import Json, are_quiet_hours
from sandbox.team import people
from sandbox.time_travel import LAST_MOMENT
from sandbox.world import World
from sandbox.zones import zones

CHANGEABLE = {
    "name": str,
    "title": str,
    "tz": str,
    "deleted": bool,
    "is_admin": bool,
    "is_guest": bool,
    "is_set_away": bool,
    "status_text": str,
    "status_emoji": str,
    "status_expiration": int,
    "dnd": list,
}
MOST_STATUS = 100


def change(world: World, fields: Json) -> Json:
    person = world.workspace.people.get(fields["id"])
    if person is None:
        raise PageError("no_such_person")
    people.change(world, person, _checked({name: value for name, value in fields.items() if name not in ("id", "as")}))
    return {}


def add(world: World, fields: Json) -> Json:
    """Let somebody new into the workspace, and into the channel that all are in."""
    about = _checked({"name": fields["name"], **{name: value for name, value in fields.items() if name != "as"}})
    if about["name"] in {person.name for person in world.workspace.people.values()}:
        raise PageError("name_taken")
    return {"id": people.add(world, about).id}


def _checked(about: Json) -> Json:
    if not set(about) <= set(CHANGEABLE):
        raise PageError("no_such_field")
    if not all(isinstance(value, CHANGEABLE[name]) for name, value in about.items()):
        raise PageError("wrong_value")
    if not about.get("name", "X").strip() or not 0 <= about.get("status_expiration", 0) <= LAST_MOMENT:
        raise PageError("wrong_value")
    if not are_quiet_hours(about.get("dnd", ())):
        raise PageError("wrong_value")
    if len(about.get("status_text", "")) > MOST_STATUS:
        raise PageError("too_long")
    if about.get("tz", "Etc/UTC") not in zones():
        raise PageError("no_such_zone")
    return about


ACTS = {"person": change, "newcomer": add}
