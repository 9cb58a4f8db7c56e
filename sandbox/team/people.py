"""People change: who they are, what their status says, when they want quiet."""

from sandbox import objects
from sandbox.delivery import events
from sandbox.seeds import COLORS
from sandbox.state import Json, Person
from sandbox.team import conversations
from sandbox.world import World

STATUS = ("status_text", "status_emoji", "status_expiration")


def change(world: World, person: Person, changes: Json) -> None:
    """Set fields of a person; apps hear of it as of any change of a profile. A status may end by itself."""
    for name, value in changes.items():
        setattr(person, name, value)
    if person.status_text and not person.status_emoji:
        person.status_emoji = ":speech_balloon:"
    person.updated = int(world.clock.now())
    world.note("person", user=person.id, changed=changes)
    _announce(world, person, "user_change")
    if changes.keys() & set(STATUS):
        _announce(world, person, "user_status_changed")
    if until := changes.get("status_expiration"):
        world.agenda.at(until, lambda: _end_status(world, person, until))
    if "dnd" in changes:
        _announce_quiet(world, person)
    world.changes.tell_all("workspace", "sidebar")


def add(world: World, about: Json) -> Person:
    """Somebody new; they are in the channel that nobody can leave, if there is one."""
    state = world.workspace
    color = COLORS[len(state.people) % len(COLORS)]
    person = Person(state.new_id("U"), color=color, updated=int(world.clock.now()), **about)
    state.people[person.id] = person
    world.note("person", user=person.id, changed=about)
    events.announce(world, "team_join", _changed(world, person, "team_join"))
    for channel in [channel for channel in state.channels.values() if channel.is_general]:
        conversations.add(world, channel, person.id, by=None)
    world.changes.tell_all("workspace", "sidebar")
    return person


def _end_status(world: World, person: Person, until: int) -> None:
    if person.status_expiration == until:  # Otherwise it was changed meanwhile.
        change(world, person, {"status_text": "", "status_emoji": "", "status_expiration": 0})


def _announce(world: World, person: Person, event: str) -> None:
    if world.workspace.app_knows(person):
        events.announce(world, event, _changed(world, person, event))


def _changed(world: World, person: Person, kind: str) -> Json:
    return {"type": kind, "user": objects.user(world, person, with_locale=True), "cache_ts": int(world.clock.now())}


def _announce_quiet(world: World, person: Person) -> None:
    status = objects.do_not_disturb(world, person)
    events.announce(world, "dnd_updated_user", {"type": "dnd_updated_user", "user": person.id, "dnd_status": status})
