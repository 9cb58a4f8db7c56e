"""Where one person belongs: what is asked of them is worked out without the people they are among."""

from sqlmodel import Session

from domain.belonging import Belonging
from domain.people import Person
from storage import channels, groups


def belonging_of(session: Session, person: Person) -> Belonging:
    place = {"workspace_id": person.workspace_id, "person_id": person.id}
    return Belonging(
        person,
        channels=channels.ids_of(session, **place),
        names=channels.names_of(session, **place),
        groups=groups.ids_of(session, **place),
    )
