"""What the people of a simulation do on its first day: they set each other up, and write the rituals of their own."""

from typing import Any

import yaml

from sandbox.client import Client, Person, eventually
from sandbox.server import Sandbox
from simulation.plan import Plan


def settle_in(plan: Plan, box: Sandbox, hands: Client) -> None:
    """Raises ValueError for what Muster does not take."""
    channel = next(room.name for room in plan.channels if room.app and not room.private)
    admin = hands.person(next(person.name for person in plan.people if person.is_admin))
    _set_up(plan, admin, channel)
    for record, emoji in plan.reactions.items():
        admin.command("/muster", f"reactions {record} :{emoji}:", channel=channel)
    for each in (each for each in plan.team if each.settings):
        person = hands.person(each.name)
        person.command("/muster", "me", channel=channel)
        eventually(person.modal)
        _send(person, each.settings)
    for each in (each for each in plan.team if each.calendar):
        box.put_elsewhere(each.calendar_name, each.calendar)
        person = hands.person(each.name)
        person.command("/muster", "calendar", channel=channel)
        eventually(person.modal)
        _send(person, {"Address": f"{box.url}/elsewhere/{each.calendar_name}"})
    for written in plan.written:
        admin.command("/ritual", "new", channel=channel)
        eventually(admin.modal)
        admin.click(admin.modal() or {}, "As text")
        eventually(lambda: _has(admin, "The file"))
        _fill(admin, {"The file": yaml.safe_dump(written, sort_keys=False)})
        _send(admin, {})


def _set_up(plan: Plan, admin: Person, channel: str) -> None:
    people = [f"{each.name}, {each.function}, {each.role}, {each.manager}, {each.region}" for each in plan.team]
    admin.command("/muster", "people csv", channel=channel)
    eventually(admin.modal)
    _fill(admin, {"The list": "\n".join(people)})
    _send(admin, {})


def _has(person: Person, label: str) -> bool:
    blocks = (person.modal() or {}).get("blocks", [])
    return any(block.get("label", {}).get("text") == label for block in blocks)


def _send(person: Person, answers: dict[str, Any]) -> None:
    _fill(person, answers)
    person.close()


def _fill(person: Person, answers: dict[str, Any]) -> None:
    person.fill(answers)
    if marked := person.submit():
        raise ValueError(f"What the plan says was refused: {marked}.")
