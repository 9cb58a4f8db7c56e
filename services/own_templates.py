"""Writing templates in Slack, and changing them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import own_templates
from domain.errors import FieldErrors, NotAllowed, UserError
from domain.own_templates import FILE, FILE_LIMIT, Written
from domain.people import Person
from domain.runs import Ritual
from domain.submissions import Submission
from domain.template_file import BadTemplate
from domain.template_reader import read_template
from domain.templates import Template
from domain.words import quoted
from services import audience, drafts, owing
from storage import journal, people, rituals, templates
from storage.engine import Database

Library = Mapping[str, Template]


class NotWrittenHere(UserError):
    """Nobody here has written a template called {name}. Those that come as files are changed there. Type `/ritual new`
    to write one."""


class TooLongToEdit(UserError):
    """{name} is longer than a field of Slack takes. Keep it as a file: ask whoever runs Muster to put it into its
    folder of rituals (MUSTER_RITUALS)."""


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


def text_of(db: Database, *, workspace_id: str, person_id: str, name: str) -> Written:
    """To change it. Raises NotWrittenHere, NotAllowed and TooLongToEdit."""
    with db.read() as session:
        actor = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        written = templates.written(session, workspace_id=workspace_id, template_id=name.strip().casefold())
        if written is None:
            raise NotWrittenHere(name=quoted(name))
        _check_author(session, written, actor)
        if len(written.text) > FILE_LIMIT:
            raise TooLongToEdit(name=written.id)
        return written


def _check_author(session: Session, written: Written, actor: Person) -> None:
    if actor.id == written.written_by or actor.leads:
        return
    author = people.person(session, workspace_id=actor.workspace_id, person_id=written.written_by)
    who = f"{author.name} and leads" if author and not author.left else "leads"
    raise NotAllowed(who=who)


def save(db: Database, *, sent: Submission, template_id: str, files: Library, now: datetime) -> Template:
    """Keeps what was pasted, or what the simple form means; `template_id` is the one it changes, or nothing. A ritual
    that is on asks the changed questions from its next run on. The same form again changes nothing. Raises FieldErrors.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=sent.workspace_id, lock=True)
        actor = audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
        is_file = FILE in sent.given
        text = own_templates.pasted(sent.given[FILE]) if is_file else own_templates.file_of(sent.given)
        template = own_templates.read_file(text)
        if drafts.is_repeat(session, sent):
            return template
        field = FILE if is_file else "title"
        is_new = not template_id and drafts.given_before(session, sent) is None
        before = _before(session, sent.workspace_id, template, files, field, wanted=template_id, is_new=is_new)
        if before:
            _check_author(session, before, actor)
        written = Written(template.id, text, before.written_by if before else actor.id)
        templates.save(session, workspace_id=sent.workspace_id, written=written, by=actor.id, at=now)
        _audit(session, actor, "template changed" if before else "template written", template.id, now, text=text)
        for ritual in rituals.active(session, workspace_id=sent.workspace_id, template_id=template.id):
            _change_questions(session, ritual, template, actor, now)
        drafts.keep(session, sent, result_id=0)
        return template


def _before(
    session: Session, workspace_id: str, template: Template, files: Library, field: str, *, wanted: str, is_new: bool
) -> Written | None:
    """What it changes. Raises FieldErrors when its name is another's."""
    if template.id in files:
        raise FieldErrors({field: f"The library has a file called {template.id} already. Choose another name."})
    if wanted and template.id != wanted:
        raise FieldErrors({field: f"Keep the id {wanted}: answers stay comparable by it. Another id is another one."})
    found = templates.written(session, workspace_id=workspace_id, template_id=template.id)
    if found and is_new:
        taken = f"{template.id} is written already. Type `/ritual edit {template.id}` to change it, or choose another."
        raise FieldErrors({field: taken})
    return found


def _change_questions(session: Session, ritual: Ritual, template: Template, actor: Person, now: datetime) -> None:
    """When and whom it asks stays as it was set up; answers stay comparable by the ids of questions."""
    before = ritual.template
    after = replace(before, title=template.title, purpose=template.purpose, ask=template.ask)
    if after == before:
        return
    version = ritual.version + (after.ask != before.ask)
    rituals.set_template(session, ritual_id=ritual.id, template=after, version=version)
    ids = {"ritual": ritual.id, "version": version}
    _audit(session, actor, "ritual changed", template.id, now, **ids)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)


def _audit(session: Session, actor: Person, what: str, subject: str, now: datetime, **details: object) -> None:
    journal.audit(
        session,
        workspace_id=actor.workspace_id,
        at=now,
        actor_id=actor.id,
        what=what,
        subject=subject,
        details=details,
    )
