"""What Muster is told of people, one person at a time: what they do, and when they work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import FieldErrors
from domain.hours import working_spans
from domain.people import FUNCTIONS, Hours, Nudges, Person, Role, parse_span, read_hours
from domain.region_names import read_region
from domain.words import joined, quoted
from domain.zone_names import find_zone

GIVEN_FIELDS = ("role", "manager")
"""What only those who set up others decide."""
OWN_FIELDS = ("function", "hours", "zone", "region", "quiet", "nudges")
"""What everyone sets for themselves."""
OTHERS_FIELDS = ("function", *GIVEN_FIELDS, "hours", "region")
"""What is set for somebody else."""
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
        return fields_for(self.actor, self.person.id if self.person else "")

    @property
    def shown(self) -> dict[str, str]:
        """What the fields hold as the form opens."""
        known = summary(self.person) if self.person else {}
        return {name: known[name] for name in self.fields if name in known}


def fields_for(actor: Person, person_id: str) -> tuple[str, ...]:
    """What they may set of that person. Nobody makes themselves lead unless they already may set up others."""
    if person_id != actor.id:
        return OTHERS_FIELDS if actor.leads else ()
    return ("function", *GIVEN_FIELDS, *OWN_FIELDS[1:]) if actor.leads else OWN_FIELDS


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
    after = replace(person, **values)
    if after.quiet and not working_spans(after.hours, after.quiet):
        raise FieldErrors(
            {"quiet" if "quiet" in given else "hours": f"Quiet hours of {after.quiet} leave no working time."}
        )
    return after


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
    return {"manager_id": text or None, "manager_by_profile": False}


def check_circle(person: Person, known: Mapping[str, Person]) -> None:
    """Nobody is above themselves; `known` holds everybody as they shall be. Raises FieldErrors."""
    above: dict[str, Person] = {}
    at = known.get(person.manager_id or "")
    while at and at.id not in above and at.id != person.id:
        above[at.id] = at
        at = known.get(at.manager_id or "")
    if at and at.id == person.id:
        manager, *between = (each.name for each in above.values())
        through = f" (through {joined(between[::-1])})" if between else ""
        sentence = f"{person.name} is above {manager} already{through}. Choose somebody else, or change that first."
        raise FieldErrors({"manager": sentence})


def managers(people: Mapping[str, Person]) -> dict[str, str | None]:
    """By the person whom they manage."""
    return {each: person.manager_id for each, person in people.items()}


def in_circles(ids: Iterable[str], managers: Mapping[str, str | None]) -> set[str]:
    """Those of the people, by id, who are above themselves; however many there are, each is looked at once."""
    looked: set[str] = set()
    caught: set[str] = set()
    wanted = list(ids)
    for person_id in wanted:
        path: list[str] = []
        at: str | None = person_id
        while at and at not in looked:
            looked.add(at)
            path.append(at)
            at = managers.get(at)
        if at in path:
            caught.update(path[path.index(at) :])
    return caught.intersection(wanted)


def _hours(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    hours = read_hours(text) if text else Hours()
    if hours is None:
        raise ValueError(f"{quoted(text)} is not understood; write working hours as mon-fri 09:00-17:30.")
    if hours.end <= hours.start:
        raise ValueError(f"In {quoted(text)} the end must come after the begin, as in mon-fri 09:00-17:30.")
    return {"hours": hours}


def _zone(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    return {"own_zone": find_zone(text) if text else ""}


def _region(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    return {"region": read_region(text) if text else ""}


def _quiet(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    span = parse_span(text)
    if text and span is None:
        raise ValueError(f"{quoted(text)} is not understood; write quiet hours as 12:00-13:00.")
    return {"quiet": span}


def _nudges(_person: Person, text: str, _known: Mapping[str, Person]) -> dict[str, Any]:
    if text and text not in list(Nudges):
        raise ValueError(f"{quoted(text)} is not one of {', '.join(Nudges)}.")
    return {"nudges": Nudges(text or Nudges.STANDARD)}


_READERS = {
    "function": _function,
    "role": _role,
    "manager": _manager,
    "hours": _hours,
    "zone": _zone,
    "region": _region,
    "quiet": _quiet,
    "nudges": _nudges,
}


def summary(person: Person) -> dict[str, str]:
    """What is set up, by field."""
    return {
        "function": person.function or "",
        "role": person.role.value,
        "manager": person.manager_id or "",
        "hours": str(person.hours),
        "zone": person.own_zone,
        "region": person.region,
        "quiet": str(person.quiet or ""),
        "nudges": person.nudges.value,
    }
