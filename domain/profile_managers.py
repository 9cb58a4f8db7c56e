"""Managers as a field of people's Slack profiles names them, where the workspace has chosen one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.directory import Directory
from domain.people import Person
from domain.setting_up import in_circles, managers

OFF = "off"
GONE = "no_such_field"
"""The trouble where no field of profiles is called so."""
LIMIT = 80


@dataclass(frozen=True)
class ManagerField:
    """What a workspace has chosen, and how it goes."""

    name: str
    """Its label or its id; empty if none is chosen."""
    trouble: str = ""
    """What Slack says where it cannot be read."""
    assigned: int = 0
    """People whose manager it names."""
    may_change: bool = False


def assigned(values: Mapping[str, str], known: Mapping[str, Person]) -> list[Person]:
    """Those whose manager changes, by what their profiles say (by person). An empty or unclear value changes nobody.

    Who manages somebody as people said, by hand or by a table, stays so, until they say nobody does.
    """
    everybody = Directory(known.values())
    after = dict(known)
    for person_id, value in values.items():
        person, manager = known[person_id], _named(value, everybody)
        is_free = person.manager_id is None or person.manager_by_profile
        if not is_free or manager is None or manager.id in (person_id, person.manager_id):
            continue
        after[person_id] = replace(person, manager_id=manager.id, manager_by_profile=True)
        if in_circles([person_id], managers(after)):
            after[person_id] = person
    return [after[each] for each in values if after[each] != known[each]]


def _named(value: str, everybody: Directory) -> Person | None:
    """A field of people holds ids with commas between: the first is meant."""
    for text in dict.fromkeys((value.strip(), value.partition(",")[0].strip())):
        try:
            return everybody.who(text)
        except ValueError:
            continue
    return None
