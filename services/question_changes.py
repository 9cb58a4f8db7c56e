"""New questions of a ritual that is on: a new version of it, from its next run on."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.people import GONE, Person
from domain.question_words import differences
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard
from domain.submissions import Submission
from domain.template_writer import as_data
from domain.templates import Template
from services import drafts, owing, ritual_changes, sketches
from storage import people
from storage import rituals as stored
from storage import sketches as stored_sketches
from storage.engine import Database

NONE_LEFT = "There is no question any more. Add one, or end the ritual instead."


def save(db: Database, *, sent: Submission, ritual_id: int, shown_round: int, now: datetime) -> Ritual | SketchCard:
    """Makes a new version of the ritual. The same form again answers the same. Raises NotOn, NotYours and SketchGone.

    Answers the form to show again when somebody else changed the questions meanwhile: with theirs, and with what of
    one's own is not saved.
    """
    with db.write() as session:
        ritual, actor = ritual_changes.mine(
            session, workspace_id=sent.workspace_id, ritual_id=ritual_id, person_id=sent.person_id
        )
        if drafts.made(session, sent) is not None:
            return ritual
        sketch = sketches.take(
            session, workspace_id=sent.workspace_id, sketch_id=sent.draft_id, person_id=sent.person_id
        )
        if sketch.round != shown_round:
            return sketches.card(session, sketch)
        if again := _shown_again(session, sketch, ritual):
            stored_sketches.keep(session, sketch=again)
            return sketches.card(session, again)
        changed = replace(ritual.template, ask=sketch.template.ask)
        change(session, ritual, changed, actor, now=now)
        stored_sketches.drop(session, sketch_id=sketch.id)
        drafts.keep(session, sent, result_id=ritual.id)
        return stored.ritual(session, workspace_id=sent.workspace_id, ritual_id=ritual.id) or ritual


def _shown_again(session: Session, sketch: Sketch, ritual: Ritual) -> Sketch | None:
    """What keeps it from being saved, in the form; None if nothing does."""
    if not sketch.template.ask:
        return replace(sketch, said=(NONE_LEFT,))
    if sketch.base.ask == ritual.template.ask:
        return None
    known = people.people(session, workspace_id=ritual.workspace_id, ids=[ritual.questions_by])
    who = known[ritual.questions_by].name if ritual.questions_by in known else GONE
    said = [f"{who} changed the questions while you did. This is how they are now, and nothing of yours is saved."]
    if own := differences(sketch.base.ask, sketch.template.ask):
        said += ["What you had changed, to do it again where it still fits:", *own]
    now = ritual.template
    return replace(sketch, template=now, base=now, round=sketch.round + 1, added={}, said=tuple(said))


def change(session: Session, ritual: Ritual, after: Template, actor: Person, *, now: datetime) -> None:
    """When and whom it asks stays; answers stay comparable by the ids of questions. Unchanged it stays as it is."""
    before = ritual.template
    if after == before:
        return
    version, by = ritual.version, ritual.questions_by
    details = {}
    if after.ask != before.ask:
        version, by = version + 1, actor.id
        details = {"before": as_data(before)["ask"], "after": as_data(after)["ask"]}
    stored.set_questions(session, ritual_id=ritual.id, template=after, version=version, by=by)
    ritual_changes.audit(session, ritual, "ritual changed", actor.id, now, version=version, **details)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
