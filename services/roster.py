"""Whom a ritual asks."""

from sqlmodel import Session

from domain.people import Person
from domain.runs import Ritual
from domain.templates import Template, asks
from storage import observers, people


def roster(session: Session, *, workspace_id: str, channel_id: str, template: Template) -> list[Person]:
    """The members of the channel whom `who` means, by name."""
    found = people.members(session, workspace_id=workspace_id, channel_id=channel_id)
    return sorted((person for person in found if asks(template, person)), key=lambda person: person.name)


def roster_of(session: Session, ritual: Ritual) -> list[Person]:
    """Its observers read, and are not asked."""
    reading = observers.of_ritual(session, ritual_id=ritual.id)
    asked = roster(session, workspace_id=ritual.workspace_id, channel_id=ritual.channel_id, template=ritual.template)
    return [person for person in asked if person.id not in reading]
