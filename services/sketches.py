"""Changing questions step by step, each kept until they are saved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain import question_form
from domain.clock import new_id
from domain.errors import UserError
from domain.people import GONE, Person
from domain.question_form import QuestionSheet
from domain.question_words import differences, listed
from domain.selectors import PERSON
from domain.sketches import Refused, Sketch, SketchCard, asks_alike, filled, sentences
from domain.templates import Template
from services import audience, ritual_changes
from storage import people, rituals
from storage import sketches as stored
from storage.engine import Database

FORGOTTEN = timedelta(days=14)
"""Nobody comes back to what they left so long ago."""
GOES_ON = "You began this before and have not saved it: this is how you left it."


class SketchGone(UserError):
    """These questions have been saved or begun anew meanwhile. Close this, and open them again from `/ritual`."""


def of_ritual(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> SketchCard:
    """To change the questions of a ritual; what somebody began goes on, unless others changed them meanwhile. Raises
    NotOn and NotYours."""
    with db.write() as session:
        ritual, _actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        new = Sketch(new_id(), workspace_id, person_id, ritual.template, ritual.template, now, ritual_id=ritual.id)
        return card(session, begun(session, new, changed_by=ritual.questions_by))


def begun(session: Session, new: Sketch, *, changed_by: str = "") -> Sketch:
    """What its person began of the same and can go on with, or the new one. Where somebody else changed it meanwhile,
    `changed_by` the last of them, that says what of the person's own is not saved."""
    workspace_id, person_id = new.workspace_id, new.person_id
    stored.drop_before(session, workspace_id=workspace_id, person_id=person_id, before=new.at - FORGOTTEN)
    earlier = stored.of_person(
        session,
        workspace_id=workspace_id,
        person_id=person_id,
        ritual_id=new.ritual_id,
        template_id=new.template_id,
    )
    same = [each for each in earlier if _is_same(each, new) and not (each.takes or new.takes)]
    if goes_on := next((each for each in same if each.is_changed), None):
        said = replace(goes_on, channel_id=new.channel_id, said=(GOES_ON,), near="", at=new.at)
        stored.keep(session, sketch=said)
        return said
    old = [each for each in earlier if (new.ritual_id is not None or new.template_id) and not _is_same(each, new)]
    for each in earlier:
        if each in same or each in old or (each.takes and new.takes):
            stored.drop(session, sketch_id=each.id)
    lost = next((each for each in old if each.is_changed and not (each.takes or new.takes)), None)
    if lost:
        by = people.person(session, workspace_id=workspace_id, person_id=changed_by)
        new = replace(new, said=(*overtaken(lost, new.base, by).said, *new.said))
    stored.keep(session, sketch=new)
    return new


def _is_same(before: Sketch, new: Sketch) -> bool:
    """Whether they began with the same; the title of a ritual is not changed with its questions."""
    if new.ritual_id is not None:
        return before.base.ask == new.base.ask
    return asks_alike(before.base, new.base)


def overtaken(sketch: Sketch, now: Template, by: Person | None, *, text: str = "") -> Sketch:
    """As it is now, after somebody else changed it, and what of one's own is not saved."""
    who = by.name if by else GONE
    said = [f"{who} changed this while you did. It shows how it is now, and nothing of yours is saved."]
    if own := differences(sketch.base.ask, sketch.template.ask):
        said += ["What you had changed, to do it again where it still fits:", *listed(own)]
    anew = replace(sketch, base=now, template=now, takes=None, text=text, said=tuple(said), near="")
    return replace(anew, round=sketch.round + 1, added={})


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
    return _of(stored.take(session, workspace_id=workspace_id, sketch_id=sketch_id), person_id)


def _of(found: Sketch | None, person_id: str) -> Sketch:
    if found is None or found.person_id != person_id:
        raise SketchGone
    return found


def look(db: Database, *, workspace_id: str, sketch_id: str, person_id: str) -> SketchCard:
    """As it stands now. Raises SketchGone."""
    with db.read() as session:
        return card(session, _of(stored.sketch(session, workspace_id=workspace_id, sketch_id=sketch_id), person_id))


def step(
    db: Database,
    *,
    workspace_id: str,
    sketch_id: str,
    person_id: str,
    change: Callable[[Sketch], Sketch],
    now: datetime,
    given: Mapping[str, str] | None = None,
    near: str = "",
) -> SketchCard:
    """Takes a step that changes nothing when it is taken again; `given` is what stands in the fields beside the
    questions. Why one cannot be taken stands in the form, `near` a question. Raises SketchGone, and what the step
    raises."""
    with db.write() as session:
        before = take(session, workspace_id=workspace_id, sketch_id=sketch_id, person_id=person_id)
        if given is not None:
            before = filled(before, given)
        try:
            after = replace(change(before), near="")
        except Refused as refused:
            after = replace(before, said=sentences(refused.found, before.template.ask), near=near)
        stored.keep(session, sketch=replace(after, at=now))
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
        who = (*found.template.who, *found.template.audiences)
        ids = [each.removeprefix("@") for each in who if PERSON.fullmatch(each)]
        known = people.people(session, workspace_id=workspace_id, ids=ids)
        names = {f"@{each.id}": each.name for each in known.values()}
        return question_form.sheet(found, mine, form_id, given, names)
