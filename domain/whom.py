"""Who may move a record, and whom to ask for what one may not do oneself."""

from collections.abc import Mapping, Sequence

from domain.people import Person, has_left

Roles = Sequence[tuple[str, str]]
"""(person, what they do), such as "drives"."""


def may_move(person_id: str, roles: Roles, caretakers: Sequence[Person]) -> bool:
    """`caretakers`: those who look after it once nobody of these roles is here."""
    return person_id in {each for each, _ in roles} | {each.id for each in caretakers}


def who_may(roles: Roles, known: Mapping[str, Person], caretakers: Sequence[Person]) -> str:
    """Everybody who is here once, such as "Ana, who recorded and drives it,".

    If none of them is, who looks after it.
    """
    does: dict[str, list[str]] = {}
    for person_id, role in roles:
        if not has_left(known, person_id):
            does.setdefault(known[person_id].name, []).append(role)
    if not does and caretakers:
        does = {caretakers[0].name: ["looks after"]}
    if not does:
        return "somebody who leads in its channel"
    return " or ".join(f"{name}, who {' and '.join(found)} it," for name, found in does.items())
