"""Being away in words after the command: read at once, or a form to finish them in."""

from dataclasses import replace
from datetime import datetime

from domain.days_said import Said, read_days
from domain.people import AwayForm
from services import absences
from storage.engine import Database


def read(
    db: Database, *, workspace_id: str, actor_id: str, person_id: str, text: str, now: datetime
) -> Said | AwayForm:
    """On the calendar of whom it is about. The form, with what is understood, where that is not all. Raises
    NotAllowed."""
    person = absences.whom(db, workspace_id=workspace_id, actor_id=actor_id, person_id=person_id)
    said = read_days(text, person, now.astimezone(person.zone).date())
    if said and said.is_whole:
        return said
    form = absences.open_away(db, workspace_id=workspace_id, actor_id=actor_id, person_id=person_id, now=now)
    found = replace(form, typed=text, reason=said.reason if said else text)
    return replace(found, first=said.first, last=said.last) if said else found
