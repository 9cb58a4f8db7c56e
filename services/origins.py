"""A template of the library that has changed since a ritual took its questions from it: nothing follows by itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.own_templates import asked_anew
from domain.question_words import differences, listed
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard, asks_alike
from domain.templates import Template
from services import ritual_changes, sketches
from storage import origins
from storage.engine import Database

NOT_YET = "This is what its template in the library asks now. Save takes it over; until then nothing changes."
TITLE = "Its title and what it is for are taken over, too."


def newer(session: Session, ritual: Ritual, library: Mapping[str, Template]) -> Template | None:
    """What the library has by now; None where the ritual has it, has passed it over, or was never there."""
    now = library.get(ritual.template.id)
    taken = origins.of(session, ritual_id=ritual.id)
    if now is None or taken is None or asks_alike(now, taken) or asks_alike(now, ritual.template):
        return None
    return now


def look(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, library: Mapping[str, Template], now: datetime
) -> SketchCard:
    """The questions of the ritual as they would be, to be saved or left. Raises NotOn and NotYours."""
    with db.write() as session:
        ritual, _actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        found, before = newer(session, ritual, library) or ritual.template, ritual.template
        after = asked_anew(before, found)
        new = differences(before.ask, after.ask)
        new += [TITLE] if (after.title, after.purpose) != (before.title, before.purpose) else []
        new += [_names(after)] if after.anonymous != before.anonymous else []
        said = [NOT_YET, *listed(new)]
        sketch = Sketch(
            new_id(), workspace_id, person_id, after, before, now, ritual_id=ritual.id, takes=found, said=tuple(said)
        )
        return sketches.card(session, sketches.begun(session, sketch))


def _names(after: Template) -> str:
    if after.anonymous:
        return f"It then asks without names, and shows answers once there are {after.anonymous}."
    return "It then asks with names."


def pass_over(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, library: Mapping[str, Template], now: datetime
) -> None:
    """The ritual keeps its questions, and hears no more of this change. Pressed again it changes nothing. Raises NotOn
    and NotYours."""
    with db.write() as session:
        ritual, actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        if found := newer(session, ritual, library):
            origins.keep(session, ritual=ritual, template=found)
            ritual_changes.audit(session, ritual, "ritual keeps its questions", actor.id, now)
