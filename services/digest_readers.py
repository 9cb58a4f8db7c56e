"""Who gets a digest, and of what shape."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from domain.digest_choices import Choice, Shape, shape
from domain.people import Person, Role
from services import needs
from storage import digest_choices, people


@dataclass(frozen=True)
class Reader:
    person: Person
    choice: Choice
    shape: Shape
    team: tuple[Person, ...]
    """Those assigned to the person."""

    @property
    def workspace_id(self) -> str:
        return self.person.workspace_id


def reader_now(session: Session, person: Person) -> Reader | None:
    """Whoever asks for one now: it may be about one's channels without having chosen so. None for those who lead
    nobody."""
    choice = digest_choices.choice(session, workspace_id=person.workspace_id, person_id=person.id)
    return _reader(session, person, replace(choice, about_channels=True))


def reader(session: Session, *, workspace_id: str, person_id: str) -> Reader | None:
    """None for whoever gets none: nobody is assigned to them, and they have not chosen one about their channels."""
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if person is None or person.left:
        return None
    return _reader(session, person, digest_choices.choice(session, workspace_id=workspace_id, person_id=person_id))


def _reader(session: Session, person: Person, choice: Choice) -> Reader | None:
    team = tuple(needs.team(session, person))
    found = shape(choice, has_team=bool(team), is_exec=person.role is Role.EXEC, leads=person.leads)
    return Reader(person, choice, found, team) if found else None
