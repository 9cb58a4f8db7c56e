"""Changing what an action item says, after it was recorded: what is to be done, who helps, how often, how important."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_editing import ActionEdit, as_given, changes, edited, matters, read_edit, typed
from domain.action_news import News
from domain.action_states import Move
from domain.action_steps import Step
from domain.actions import ActionItem
from domain.channels import is_direct
from domain.clock import new_id
from domain.kept import merged as whole
from domain.meanwhile import Meanwhile, differs, merged
from domain.people import Person, name_of
from domain.submissions import Submission
from services import audience, drafts, owing
from services.action_changes import after_move, day_of, keep
from services.actions import locked
from storage import people
from storage.engine import Database


def form(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> ActionEdit:
    """What it is opened with is kept, and tells later what was changed. Raises NotYourAction, AlreadyDone,
    AlreadyDropped and AlreadyWithdrawn."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        after_move(session, item, Move.EDIT, person_id)
        sent = Submission(workspace_id, person_id, new_id(), _as_it_stands(session, item))
        return _opened(session, item, sent, now)


def send(db: Database, *, sent: Submission, shown: Collection[str], item_id: int, now: datetime) -> ActionEdit | None:
    """Changes what the form has changed, once for each form; None once that is done. `shown`: the fields it had.

    Otherwise nothing is changed, and the form is to be shown again: with new helpers from outside the channel whom
    nobody has confirmed, or with what somebody else wrote meanwhile in the same fields. Raises FieldErrors.
    """
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        opened_with, theirs = drafts.given_before(session, sent) or {}, _as_it_stands(session, item)
        sent = replace(sent, given=whole(opened_with, _typed(session, item, sent), shown))
        if drafts.is_repeat(session, sent):
            return None
        after_move(session, item, Move.EDIT, sent.person_id)
        given, meanwhile = merged(opened_with, sent.given, theirs, by=_last_by(session, item))
        if meanwhile.both:
            # A form of its own: the one that was sent may come once more, and must not count for what nobody has seen.
            again = _opened(session, item, replace(sent, draft_id=new_id(), given=theirs), now)
            return replace(again, given=given, meanwhile=_with_names(session, item, meanwhile))
        said = read_edit(item, given)
        if not differs("helpers", given, theirs):  # Those who have left stay named.
            said = replace(said, helpers=item.helpers)
        after = edited(item, said, given.get("message", ""))
        outsiders = _outsiders(session, item, after, sent.person_id)
        if not sent.confirms(outsiders):
            return replace(_sheet(session, item, sent, now), outsiders=outsiders)
        drafts.keep(session, sent, result_id=item.id)
        _change(session, item, after, outsiders, sent, now=now)
        return None


def _typed(session: Session, item: ActionItem, sent: Submission) -> dict[str, str]:
    url = people.workspace(session, workspace_id=item.workspace_id).url
    return typed(sent.given, item, url, _place(session, item, sent.person_id))


def _change(
    session: Session,
    before: ActionItem,
    after: ActionItem,
    outsiders: tuple[Person, ...],
    sent: Submission,
    *,
    now: datetime,
) -> None:
    """Its messages change in place; new helpers get theirs."""
    changed = changes(before, after)
    if not changed:
        return
    is_told = matters(before, after)
    was = before.what if "what" in changed else ""
    step = Step(Move.EDIT, sent.person_id, day_of(session, before, now), was=was, to=",".join(changed))
    owing.owe_homes(session, before.workspace_id, before.named, now=now)
    keep(session, before, after.after(step), now, News.EDITED, draft_id=sent.draft_id, is_told=is_told)
    new = [owing.action_message(after, each) for each in after.helpers if each not in before.named]
    owing.owe(session, after.workspace_id, *new, now=now)
    place = audience.recorded_in(session, workspace_id=after.workspace_id, channel_id=after.channel_id)
    audience.audit_outsiders(
        session, channel=place, found=outsiders, actor_id=sent.person_id, subject=after.name, now=now
    )


def _outsiders(session: Session, before: ActionItem, after: ActionItem, by: str) -> tuple[Person, ...]:
    """Raises FieldErrors."""
    new = [each for each in after.helpers if each not in before.helpers]
    known = audience.check_named(session, workspace_id=before.workspace_id, fields={"helpers": new})
    place = audience.recorded_in(session, workspace_id=before.workspace_id, channel_id=before.channel_id)
    named = [known[each] for each in new if each not in before.named | {by}]
    return audience.outsiders(session, channel=place, named=named, recorded_at=before.recorded_at)


def _opened(session: Session, item: ActionItem, sent: Submission, now: datetime) -> ActionEdit:
    drafts.keep(session, sent, result_id=item.id)
    return _sheet(session, item, sent, now)


def _sheet(session: Session, item: ActionItem, sent: Submission, now: datetime) -> ActionEdit:
    may_link = audience.may_read(session, record=item, person_id=sent.person_id, now=now)
    url = people.workspace(session, workspace_id=item.workspace_id).url
    place, is_here = _place(session, item, sent.person_id), may_link and not is_direct(item.channel_id)
    return ActionEdit(item, sent.draft_id, place, sent.given, workspace_url=url if is_here else "")


def _place(session: Session, item: ActionItem, reader_id: str) -> str:
    return audience.place_name(session, workspace_id=item.workspace_id, channel_id=item.channel_id, reader_id=reader_id)


def _as_it_stands(session: Session, item: ActionItem) -> dict[str, str]:
    known = people.people(session, workspace_id=item.workspace_id, ids=item.helpers)
    return as_given(item, {each.id for each in known.values() if not each.left})


def _with_names(session: Session, item: ActionItem, found: Meanwhile) -> Meanwhile:
    named = found.both.get("helpers", "").split(",")
    return replace(found, people=people.people(session, workspace_id=item.workspace_id, ids=named))


def _last_by(session: Session, item: ActionItem) -> str:
    """Who has edited it last; empty if nobody knows."""
    last = item.last(Move.EDIT)
    known = people.people(session, workspace_id=item.workspace_id, ids=[last.by] if last else [])
    return name_of(known, last.by) if last and last.by in known else ""
