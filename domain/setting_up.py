"""What Muster is told of people: function, role, manager and working hours, one person at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import FieldErrors
from domain.people import FUNCTIONS, Hours, Person, Role, read_hours
from domain.words import joined, quoted

OWN_FIELDS = ("function",)
"""What everyone sets for themselves."""
ALL_FIELDS = ("function", "role", "manager", "hours")
LEADERS = "leads, managers, execs and Slack's admins"
UNKNOWN = "Muster does not know them: bots and people of other workspaces cannot be set up. Choose somebody else."
ONLY_YOURSELF = f"Only {LEADERS} set up others. Here you set up yourself."


@dataclass(frozen=True)
class PersonSheet:
    """The form for setting up a person, about to be shown."""

    actor: Person
    person: Person | None
    """None while nobody has been chosen."""
    manager_name: str = ""
    problem: str = ""
    """Why whoever was chosen cannot be set up."""
    saved: Person | None = None
    """Who was set up just now with the same form."""

    @property
    def fields(self) -> tuple[str, ...]:
        return fields_for(self.actor)

    @property
    def shown(self) -> dict[str, str]:
        """What the fields hold as the form opens."""
        known = summary(self.person) if self.person else {}
        return {name: known[name] for name in self.fields if name in known}


def fields_for(actor: Person) -> tuple[str, ...]:
    """Nobody makes themselves lead unless they already may set up others."""
    return ALL_FIELDS if actor.leads else OWN_FIELDS


def changed(person: Person, given: Mapping[str, str], known: Mapping[str, Person]) -> Person:
    """The person with what was given; fields that are not given stay, empty ones are cleared. Raises FieldErrors."""
    mistakes: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, text in given.items():
        try:
            values |= _READERS[name](person, text.strip(), known)
        except ValueError as error:
            mistakes[name] = str(error)
    if mistakes:
        raise FieldErrors(mistakes)
    return replace(person, **values)


def _function(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    if text and text.casefold() not in FUNCTIONS:
        raise ValueError(f"{quoted(text)} is no function; write one of {', '.join(FUNCTIONS)}.")
    return {"function": text.casefold() or None}


def _role(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    if text and text.casefold() not in list(Role):
        raise ValueError(f"{quoted(text)} is no role; write one of {', '.join(Role)}.")
    return {"role": Role(text.casefold() or Role.CONTRIBUTOR)}


def _manager(person: Person, text: str, known: Mapping[str, Person]) -> dict[str, Any]:
    if text == person.id:
        raise ValueError("Nobody is their own manager. Choose somebody else, or leave it empty.")
    if text and text not in known:
        raise ValueError(UNKNOWN)
    if text and known[text].left and text != person.manager_id:
        raise ValueError(f"{known[text].name} is no longer in this workspace. Choose somebody else.")
    return {"manager_id": text or None}


def check_circle(person: Person, known: Mapping[str, Person]) -> None:
    """Nobody is above themselves; `known` holds everybody as they shall be. Raises FieldErrors."""
    above: list[Person] = []
    at = known.get(person.manager_id or "")
    while at and at not in above and at.id != person.id:
        above.append(at)
        at = known.get(at.manager_id or "")
    if at and at.id == person.id:
        manager, *between = (each.name for each in above)
        through = f" (through {joined(between[::-1])})" if between else ""
        sentence = f"{person.name} is above {manager} already{through}. Choose somebody else, or change that first."
        raise FieldErrors({"manager": sentence})


def _hours(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    hours = read_hours(text) if text else Hours()
    if hours is None:
        raise ValueError(f"{quoted(text)} is not understood; write working hours as mon-fri 09:00-17:30.")
    if hours.end <= hours.start:
        raise ValueError(f"In {quoted(text)} the end must come after the begin, as in mon-fri 09:00-17:30.")
    return {"hours": hours}


_READERS = {"function": _function, "role": _role, "manager": _manager, "hours": _hours}


def summary(person: Person) -> dict[str, str]:
    """What is set up, by field."""
    return {
        "function": person.function or "",
        "role": person.role.value,
        "manager": person.manager_id or "",
        "hours": str(person.hours),
    }
