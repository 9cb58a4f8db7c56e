"""Changing questions step by step, each kept until they are saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain import question_form
from domain.clock import new_id
from domain.errors import UserError
from domain.question_form import QuestionSheet
from domain.sketches import Refused, Sketch, SketchCard, sentences
from services import audience, ritual_changes
from storage import rituals
from storage import sketches as stored
from storage.engine import Database

FORGOTTEN = timedelta(days=14)
"""Nobody comes back to what they began so long ago."""
GOES_ON = "You began this before and have not saved it: this is how you left it."


class SketchGone(UserError):
    """These questions have been saved or begun anew meanwhile. Close this, and open them again from `/ritual`."""


def of_ritual(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime, anew: bool = False
) -> SketchCard:
    """To change the questions of a ritual; what somebody began goes on, unless others changed them meanwhile. Raises
    NotOn and NotYours."""
    with db.write() as session:
        ritual, _actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        new = Sketch(new_id(), workspace_id, person_id, ritual.template, ritual.template, now, ritual_id=ritual.id)
        return card(session, begun(session, new, anew=anew))


def begun(session: Session, new: Sketch, *, anew: bool) -> Sketch:
    """What its person began of the same and can go on with, or the new one."""
    workspace_id, person_id = new.workspace_id, new.person_id
    stored.drop_before(session, workspace_id=workspace_id, person_id=person_id, before=new.at - FORGOTTEN)
    before = stored.newest(
        session,
        workspace_id=workspace_id,
        person_id=person_id,
        ritual_id=new.ritual_id,
        template_id=new.template_id,
    )
    if before and before.is_changed and before.base.ask == new.base.ask and not anew:
        goes_on = replace(before, said=(GOES_ON,))
        stored.keep(session, sketch=goes_on)
        return goes_on
    if before:
        stored.drop(session, sketch_id=before.id)
    stored.keep(session, sketch=new)
    return new


def card(session: Session, sketch: Sketch) -> SketchCard:
    if sketch.ritual_id is None:
        return SketchCard(sketch)
    ritual = rituals.ritual(session, workspace_id=sketch.workspace_id, ritual_id=sketch.ritual_id)
    place = ""
    if ritual:
        place = audience.place_name(
            session, workspace_id=sketch.workspace_id, channel_id=ritual.channel_id, reader_id=sketch.person_id
        )
    return SketchCard(sketch, place)


def take(session: Session, *, workspace_id: str, sketch_id: str, person_id: str) -> Sketch:
    """Raises SketchGone."""
    found = stored.take(session, workspace_id=workspace_id, sketch_id=sketch_id)
    if found is None or found.person_id != person_id:
        raise SketchGone
    return found


def step(
    db: Database, *, workspace_id: str, sketch_id: str, person_id: str, change: Callable[[Sketch], Sketch]
) -> SketchCard:
    """Takes a step that changes nothing when it is taken again. Why one cannot be taken stands in the form. Raises
    SketchGone, and what the step raises."""
    with db.write() as session:
        before = take(session, workspace_id=workspace_id, sketch_id=sketch_id, person_id=person_id)
        try:
            after = change(before)
        except Refused as refused:
            after = replace(before, said=sentences(refused.found, before.template.ask))
        stored.keep(session, sketch=after)
        return card(session, after)


def sheet(
    db: Database,
    *,
    workspace_id: str,
    sketch_id: str,
    person_id: str,
    question_id: str,
    form_id: str,
    given: Mapping[str, str] | None = None,
) -> QuestionSheet:
    """The form of one of its questions, or of a new one. Raises SketchGone."""
    with db.write() as session:
        found = take(session, workspace_id=workspace_id, sketch_id=sketch_id, person_id=person_id)
        mine = next((each for each in found.template.ask if each.id == question_id), None)
        return question_form.sheet(found, mine, form_id, given)
