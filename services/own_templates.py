"""Writing templates in Slack, and changing them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import own_templates
from domain.clock import new_id
from domain.errors import FieldErrors, NotAllowed, UserError
from domain.own_templates import EMPTY, Written
from domain.people import Person
from domain.runs import Ritual
from domain.sketches import Sketch, SketchCard, filled
from domain.submissions import Submission
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.template_writer import as_yaml
from domain.templates import Template
from services import audience, question_changes, sketches
from storage import origins, people, rituals, templates, trail
from storage import sketches as stored_sketches
from storage.engine import Database

Library = Mapping[str, Template]
UNREADABLE = "Muster no longer takes this as it was written. Press As text to mend it:"


class ComesAsFile(UserError):
    """{title} comes as a file, and is not on in this channel. Type `/ritual`, browse the library and press *Copy and
    change* beside it; or switch it on here, then change its questions."""


def library(db: Database, *, workspace_id: str, files: Library) -> dict[str, Template]:
    """What comes as files, and what people wrote here. What an older Muster took and this one does not is left out."""
    with db.read() as session:
        return {**files, **_own(session, workspace_id)}


def _own(session: Session, workspace_id: str) -> dict[str, Template]:
    found: dict[str, Template] = {}
    for written in templates.of_workspace(session, workspace_id=workspace_id):
        try:
            found[written.id] = read_template(written.text)
        except BadTemplate:
            continue
    return found


def write(db: Database, *, workspace_id: str, person_id: str, channel_id: str, now: datetime) -> SketchCard:
    """A new one; what somebody began goes on."""
    return _begin(db, workspace_id, person_id, channel_id, EMPTY, now=now)


def copy(
    db: Database,
    *,
    workspace_id: str,
    person_id: str,
    channel_id: str,
    template: Template,
    files: Library,
    now: datetime,
) -> SketchCard:
    """A new one that begins as a copy of another, under a name that is not taken."""
    taken = library(db, workspace_id=workspace_id, files=files)
    return _begin(db, workspace_id, person_id, channel_id, own_templates.copy_of(template, taken), now=now)


def _begin(
    db: Database, workspace_id: str, person_id: str, channel_id: str, template: Template, *, now: datetime
) -> SketchCard:
    with db.write() as session:
        audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        new = Sketch(new_id(), workspace_id, person_id, template, template, now, channel_id=channel_id)
        return SketchCard(sketches.begun(session, new))


def edit(
    db: Database, *, workspace_id: str, person_id: str, channel_id: str, template_id: str, now: datetime
) -> SketchCard:
    """To change one that was written here. Raises NotAllowed, and NotThere if there is none."""
    with db.write() as session:
        actor = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        written = templates.written(session, workspace_id=workspace_id, template_id=template_id)
        if written is None:
            raise sketches.SketchGone
        _check_author(session, written, actor)
        new = replace(_sketch_of(written, person_id, workspace_id, now), channel_id=channel_id)
        return SketchCard(sketches.begun(session, new, changed_by=written.changed_by))


def _sketch_of(written: Written, person_id: str, workspace_id: str, now: datetime) -> Sketch:
    template = _read(written)
    said: tuple[str, ...] = ()
    if not template.ask:
        said = (UNREADABLE, *_problems(written.text))
    return Sketch(
        new_id(), workspace_id, person_id, template, template, now, template_id=written.id, text=written.text, said=said
    )


def _read(written: Written) -> Template:
    """What an older Muster took and this one does not is as good as empty."""
    try:
        return read_template(written.text)
    except BadTemplate:
        return replace(EMPTY, id=written.id)


def _problems(text: str) -> list[str]:
    try:
        read_template(text)
    except BadTemplate as error:
        return [f"Line {problem}." for problem in error.problems]
    return []


def _check_author(session: Session, written: Written, actor: Person) -> None:
    if actor.id == written.written_by or actor.leads:
        return
    author = people.person(session, workspace_id=actor.workspace_id, person_id=written.written_by)
    who = f"{author.name} and leads" if author and not author.left else "leads"
    raise NotAllowed(who=who)


def save(db: Database, *, sent: Submission, shown_round: int, files: Library, now: datetime) -> Sketch | SketchCard:
    """Keeps it in the library of the workspace. A ritual that is on asks the changed questions from its next run on,
    unless its own have been changed. The same form again changes nothing. Raises FieldErrors and SketchGone.

    Answers the form to show again when somebody else changed it meanwhile, as it is now.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=sent.workspace_id, lock=True)
        actor = audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
        mine = {"workspace_id": sent.workspace_id, "sketch_id": sent.draft_id}
        found = stored_sketches.sketch(session, **mine)
        following = _taken(session, sent.workspace_id, found.template_id if found else "")
        sketch = sketches.take(session, **mine, person_id=sent.person_id)
        before = templates.written(session, workspace_id=sent.workspace_id, template_id=sketch.template_id)
        sketch = filled(sketch, sent.given) if sketch.round == shown_round else sketch
        if again := _shown_again(session, sketch, before, shown_round):
            stored_sketches.keep(session, sketch=replace(again, at=now))
            return SketchCard(again)
        template = own_templates.complete(sketch.template)
        if before:
            _check_author(session, before, actor)
        else:
            _check_free(session, sent.workspace_id, template, files)
        return _keep(session, replace(sketch, template=template), before, following, actor, now=now)


def _shown_again(session: Session, sketch: Sketch, before: Written | None, shown_round: int) -> Sketch | None:
    """What keeps it from being saved, in the form; None if nothing does."""
    if sketch.round != shown_round:
        return sketch
    if not sketch.template.ask:
        return replace(sketch, said=("There is no question yet. Add one.",), near="")
    if before is None or _read(before) == sketch.base:
        return None
    known = people.people(session, workspace_id=sketch.workspace_id, ids=[before.changed_by])
    return sketches.overtaken(sketch, _read(before), known.get(before.changed_by), text=before.text)


def _check_free(session: Session, workspace_id: str, template: Template, files: Library) -> None:
    """Raises FieldErrors when its name is another's."""
    if template.id in files:
        raise FieldErrors({"title": "There is a ritual of that name already. Choose another title."})
    if templates.written(session, workspace_id=workspace_id, template_id=template.id):
        taken = f"{template.id} is written already. Type `/ritual edit {template.id}` to change it, or choose another."
        raise FieldErrors({"title": taken})


def _taken(session: Session, workspace_id: str, template_id: str) -> list[Ritual]:
    """The rituals of a template that are on, locked by id, and before any sketch."""
    on = rituals.active(session, workspace_id=workspace_id, template_id=template_id) if template_id else []
    taken = [rituals.take(session, ritual_id=each.id) for each in on]
    return [each for each in taken if each]


def _keep(
    session: Session,
    sketch: Sketch,
    before: Written | None,
    following: Sequence[Ritual],
    actor: Person,
    *,
    now: datetime,
) -> Sketch:
    template, was = sketch.template, _read(before) if before else None
    text = sketch.text or (before.text if before and template == was else as_yaml(template))
    if before is None or text != before.text:
        written = Written(template.id, text, before.written_by if before else actor.id, actor.id)
        templates.save(session, workspace_id=actor.workspace_id, written=written, at=now)
        trail.note(
            session,
            workspace_id=actor.workspace_id,
            at=now,
            actor_id=actor.id,
            what="template changed" if before else "template written",
            subject=template.id,
            details={"text": text, **({"before": before.text} if before else {})},
        )
    if was:
        _follow(session, following, was, template, actor, now=now)
    saved = replace(sketch, base=template, template_id=template.id, text=text, added={}, said=(), at=now)
    stored_sketches.keep(session, sketch=saved)
    return saved


def _follow(
    session: Session, following: Sequence[Ritual], was: Template, template: Template, actor: Person, *, now: datetime
) -> None:
    """Those whose own questions have been changed keep them."""
    for ritual in following:
        if ritual.template.ask == was.ask:
            after = own_templates.asked_anew(ritual.template, template)
            question_changes.change(session, ritual, after, actor, now=now)
            origins.keep(session, ritual=ritual, template=template)
