"""What the owner of an action item and whoever asked for it do with it: done, new date, new owner, not needed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_news import ActionNews, News
from domain.action_states import Move
from domain.actions import ActionChange, ActionItem, read_due, read_why
from domain.clock import new_id
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import audience, drafts, owing
from services.action_cards import caretakers_of
from services.actions import check_due, known_owner, locked, outside, save
from storage import people
from storage.engine import Database


def done(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Done once; pressed again it changes nothing."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        _check_mover(session, item, person_id)
        if item.is_open:
            save(session, replace(item.moved(Move.DONE), done_at=now, by_hand=True), _owner(session, item), now)
            _tell(session, item, ActionNews(News.DONE, person_id), now)


def change_form(db: Database, *, workspace_id: str, item_id: int, move: Move, person_id: str) -> ActionChange:
    """Raises NotYourAction, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    with db.read() as session:
        item = locked(session, workspace_id, item_id, person_id)
        _moved(session, item, move, person_id)
        return _change(session, item, person_id, new_id())


def change_again(db: Database, *, sent: Submission, item_id: int, outsiders: Collection[Person]) -> ActionChange:
    """The form as it stands, with a warning."""
    with db.read() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        return replace(_change(session, item, sent.person_id, sent.draft_id), outsiders=tuple(outsiders))


def _change(session: Session, item: ActionItem, reader_id: str, draft_id: str) -> ActionChange:
    place = audience.place_name(
        session, workspace_id=item.workspace_id, channel_id=item.channel_id, reader_id=reader_id
    )
    return ActionChange(item, draft_id, place)


def new_date(db: Database, *, sent: Submission, item_id: int, now: datetime) -> None:
    """Moves the day it is due, once for each form and day. Raises FieldErrors."""
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        _moved(session, item, Move.NEW_DATE, sent.person_id)
        day, owner = read_due(sent.given["due"]), _owner(session, item)
        if day == item.due:
            raise FieldErrors({"due": "It is due on that day already. Please choose another."})
        drafts.keep(session, sent, result_id=item.id)
        check_due(owner, day, now)
        save(session, replace(item.moved_to(day), by_hand=True), owner, now)
        _tell(session, item, ActionNews(News.NEW_DATE, sent.person_id, f"{day}", sent.draft_id), now)


def hand_over(db: Database, *, sent: Submission, item_id: int, now: datetime) -> tuple[Person, ...]:
    """Gives it to somebody else, once for each form and person. Answers an outsider who has not been confirmed.

    Raises FieldErrors.
    """
    owner_id = sent.given["owner"]
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return ()
        moved = _moved(session, item, Move.HAND_OVER, sent.person_id)
        owner = known_owner(session, sent.workspace_id, owner_id)
        if owner_id == item.owner_id:
            raise FieldErrors({"owner": f"{owner.name} owns it already. Please choose somebody else."})
        place = audience.recorded_in(session, workspace_id=sent.workspace_id, channel_id=item.channel_id)
        outsiders = outside(session, place, owner, sent.person_id, item.recorded_at)
        if not sent.confirms(outsiders):
            return outsiders
        owing.owe_homes(session, sent.workspace_id, item.named, now=now)
        save(session, replace(moved, owner_id=owner_id, by_hand=True), owner, now)
        _tell(session, item, ActionNews(News.HAND_OVER, sent.person_id, owner_id, sent.draft_id), now)
        drafts.keep(session, sent, result_id=item.id)
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=sent.person_id, subject=item.name, now=now
        )
        return ()


def drop(db: Database, *, sent: Submission, item_id: int, now: datetime) -> None:
    """It is no longer needed, once for each form; the same form with another reason changes that.

    Raises FieldErrors.
    """
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        is_edit = drafts.made(session, sent) == item.id
        dropped = item if is_edit else _moved(session, item, Move.DROP, sent.person_id)
        why = read_why(sent.given.get("why", ""))
        drafts.keep(session, sent, result_id=item.id)
        dropped = replace(dropped, dropped_by=sent.person_id, dropped_why=why, by_hand=True)
        save(session, dropped, _owner(session, item), now)
        _tell(session, item, ActionNews(News.DROPPED, sent.person_id, draft_id=sent.draft_id), now)


def _tell(session: Session, before: ActionItem, news: ActionNews, now: datetime) -> None:
    """Owner and asker as they were, and a new owner; not the one who did it."""
    concerned = (before.named | {news.value}) - {news.actor_id}
    known = people.people(session, workspace_id=before.workspace_id, ids=concerned)
    readers = [each.id for each in known.values() if not each.left]
    owing.owe(session, before.workspace_id, *owing.action_news(before, news, readers), now=now)


def _owner(session: Session, item: ActionItem) -> Person:
    return people.people(session, workspace_id=item.workspace_id, ids=[item.owner_id])[item.owner_id]


def _moved(session: Session, item: ActionItem, move: Move, person_id: str) -> ActionItem:
    """Raises NotYourAction, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    _check_mover(session, item, person_id)
    return item.moved(move)


def _check_mover(session: Session, item: ActionItem, person_id: str) -> None:
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    item.check_mover(person_id, known, caretakers_of(session, item, known))
