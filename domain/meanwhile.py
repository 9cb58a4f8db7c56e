"""Two people who edit one record at once: what both of them changed, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.people import Person


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else has saved while a form was open."""

    by: str
    """Their name; empty if nobody knows any more."""
    taken: tuple[str, ...]
    """The fields that stand in the form now as they left them."""
    both: Mapping[str, str]
    """What they wrote in fields that whoever has the form open changed as well."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Those named in these fields."""


def differs(name: str, some: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """A field that is empty is as good as one that is not there."""
    return some.get(name, "").strip() != others.get(name, "").strip()


def merged(
    opened_with: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], *, by: str
) -> tuple[dict[str, str], Meanwhile]:
    """The newest text with one's own changes over it."""
    names = list(dict.fromkeys([*theirs, *mine, *opened_with]))
    my_own = [name for name in names if differs(name, mine, opened_with)]
    changed = [name for name in names if differs(name, theirs, opened_with)]
    found = {name: (mine if name in my_own else theirs).get(name, "") for name in names}
    both = {name: theirs.get(name, "") for name in changed if name in my_own and differs(name, mine, theirs)}
    taken = tuple(name for name in changed if name not in my_own)
    return {name: value for name, value in found.items() if value}, Meanwhile(by, taken, both)
