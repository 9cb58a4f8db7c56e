"""New questions of a ritual that is on: a new version of it, from its next run on."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.own_templates import asked_anew
from domain.people import Person
from domain.runs import Ritual
from domain.sketches import Refused, Sketch, SketchCard, checked, sentences
from domain.submissions import Submission
from domain.template_writer import as_data
from domain.templates import Template
from services import owing, ritual_changes, sketches, unasked
from storage import origins, people
from storage import rituals as stored
from storage import sketches as stored_sketches
from storage.engine import Database

KEYS = ("title", "purpose", "ask", "anonymous")
NONE_LEFT = "There is no question any more. Add one, or end the ritual instead."


def save(db: Database, *, sent: Submission, ritual_id: int, shown_round: int, now: datetime) -> Ritual | SketchCard:
    """Makes a new version of the ritual. The same form again changes nothing. Raises NotOn, NotYours and SketchGone.

    Answers the form to show again when somebody else changed the questions meanwhile: with theirs, and with what of
    one's own is not saved.
    """
    with db.write() as session:
        ritual, actor = ritual_changes.mine(
            session, workspace_id=sent.workspace_id, ritual_id=ritual_id, person_id=sent.person_id
        )
        sketch = sketches.take(
            session, workspace_id=sent.workspace_id, sketch_id=sent.draft_id, person_id=sent.person_id
        )
        if again := _shown_again(session, sketch, ritual, shown_round):
            stored_sketches.keep(session, sketch=replace(again, at=now))
            return sketches.card(session, again)
        after = _after(sketch, ritual)
        change(session, ritual, after, actor, now=now)
        if sketch.takes:
            origins.keep(session, ritual=ritual, template=sketch.takes)
        saved = replace(sketch, template=after, base=after, takes=None, added={}, said=(), at=now)
        stored_sketches.keep(session, sketch=saved)
        return stored.ritual(session, workspace_id=sent.workspace_id, ritual_id=ritual.id) or ritual


def _shown_again(session: Session, sketch: Sketch, ritual: Ritual, shown_round: int) -> Sketch | None:
    """What keeps it from being saved, in the form; None if nothing does."""
    if sketch.round != shown_round:
        return sketch
    if not sketch.template.ask:
        return replace(sketch, said=(NONE_LEFT,), near="")
    if sketch.base.ask == ritual.template.ask:
        return _refused(sketch, ritual)
    known = people.people(session, workspace_id=ritual.workspace_id, ids=[ritual.questions_by])
    return sketches.overtaken(sketch, ritual.template, known.get(ritual.questions_by))


def _refused(sketch: Sketch, ritual: Ritual) -> Sketch | None:
    """Whom it asks may have changed since the questions were checked."""
    try:
        checked(_after(sketch, ritual), sketch.template.ask)
    except Refused as refused:
        return replace(sketch, said=sentences(refused.found, sketch.template.ask), near="")
    return None


def _after(sketch: Sketch, ritual: Ritual) -> Template:
    if sketch.takes:
        return asked_anew(ritual.template, sketch.template)
    return replace(ritual.template, ask=sketch.template.ask)


def change(session: Session, ritual: Ritual, after: Template, actor: Person, *, now: datetime) -> None:
    """When and whom it asks stays; answers stay comparable by the ids of questions. Unchanged it stays as it is."""
    before = ritual.template
    if after == before:
        return
    is_new = after.ask != before.ask
    version = ritual.version + (is_new or after.anonymous != before.anonymous)
    by = actor.id if is_new else ritual.questions_by
    stored.set_questions(session, ritual_id=ritual.id, template=after, version=version, by=by)
    was, now_is = as_data(before), as_data(after)
    pairs = {key: {"before": was.get(key), "after": now_is.get(key)} for key in KEYS}
    changed = {key: pair for key, pair in pairs.items() if pair["before"] != pair["after"]}
    ritual_changes.audit(session, ritual, "ritual changed", actor.id, now, version=version, changed=changed)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
    owing.owe_health_again(session, ritual, now=now)
    unasked.tell(session, ritual, now=now)
