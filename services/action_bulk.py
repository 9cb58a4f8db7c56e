"""Several action items changed at once, all or none: done, moved, handed over, no longer needed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_bulk import BulkNews, BulkSheet, BulkTold, NothingChanged
from domain.action_form import read_due, read_why
from domain.action_states import Move
from domain.action_steps import Step
from domain.actions import ActionItem
from domain.clock import new_id
from domain.errors import FieldErrors, UserError
from domain.people import Person, name_of
from domain.submissions import Submission
from services import audience, drafts, owing
from services.action_cards import cards_of, visible
from services.action_changes import check_mover, finished, follow, handed_over, keep, keeper, redated
from services.actions import check_due, known_owner, locked, outside
from storage import actions, channels, people
from storage import drafts as stored
from storage.engine import Database

Change = Callable[[ActionItem], ActionItem]
CHANGED = "changed"
"""Kept with what the form was sent with: the ids of those that were not so already."""


def change(db: Database, *, sent: Submission, ids: Sequence[int], move: Move, now: datetime) -> tuple[Person, ...]:
    """Makes that move with each of them, once for each form. Answers outsiders who have not been confirmed.

    What is so already stays as it is. Raises FieldErrors, and NothingChanged if one of them cannot be changed.
    """
    with db.write() as session:
        # All are locked before anything else is, in one order, so that two who change the same wait for each other.
        items = [locked(session, sent.workspace_id, each, sent.person_id) for each in sorted(set(ids))]
        before = drafts.given_before(session, sent)
        if before is not None and {**before, CHANGED: ""} == {**sent.given, CHANGED: ""}:
            return ()
        outsiders, after = _how(session, items, sent, move, now)
        if not sent.confirms(outsiders):
            return outsiders
        changed = [
            pair for pair in zip(items, _all(session, items, sent, move, after), strict=True) if pair[0] != pair[1]
        ]
        for item, moved in changed:
            owing.owe_homes(session, item.workspace_id, item.named, now=now)
            keep(session, item, moved, now, is_told=False)
            _audit(session, item, outsiders, sent.person_id, now)
        moved_ids = ",".join(str(item.id) for item, _moved in changed)
        drafts.keep(session, replace(sent, given={**sent.given, CHANGED: moved_ids}), result_id=items[0].id)
        _tell(session, changed, BulkNews(move, sent.person_id, sent.draft_id), now)
        return ()


def _audit(session: Session, item: ActionItem, outsiders: Sequence[Person], actor_id: str, now: datetime) -> None:
    place = audience.recorded_in(session, workspace_id=item.workspace_id, channel_id=item.channel_id)
    found = tuple(each for each in outsiders if audience.is_outside(session, record=item, person=each))
    audience.audit_outsiders(session, channel=place, found=found, actor_id=actor_id, subject=item.name, now=now)


def _all(
    session: Session, items: Sequence[ActionItem], sent: Submission, move: Move, after: Change
) -> list[ActionItem]:
    """Each as it is afterwards. Raises NothingChanged, which names each that cannot be changed."""
    found, refused = [], []
    for item in items:
        try:
            check_mover(session, item, move, sent.person_id)
            item.moved(move)
            found.append(after(item))
        except FieldErrors:
            raise
        except UserError as error:
            refused.append(str(error))
    if refused:
        raise NothingChanged(why=" ".join(refused))
    return found


def _how(
    session: Session, items: Sequence[ActionItem], sent: Submission, move: Move, now: datetime
) -> tuple[tuple[Person, ...], Change]:
    """What is done with each, and whom that names from outside its channel. Raises FieldErrors."""
    by = sent.person_id
    if move is Move.NEW_DATE:
        day = read_due(sent.given.get("due", ""))
        for item in items:
            check_due(keeper(session, item), day, now)
        return (), lambda item: item if item.due == day else redated(session, item, day, by, now)
    if move is Move.HAND_OVER:
        owner = known_owner(session, sent.workspace_id, sent.given.get("owner", ""))
        why = read_why(sent.given.get("why", ""))
        out = {each for item in items for each in _outside(session, item, owner, by)}
        return (
            tuple(out),
            lambda item: (
                item if item.owner_id == owner.id else handed_over(session, item, owner.id, by=by, why=why, now=now)
            ),
        )
    if move is Move.DROP:
        why = read_why(sent.given.get("why", ""))
        return (), lambda item: _dropped(session, item, by, why, now)
    return (), lambda item: finished(session, item, by, now)


def _dropped(session: Session, item: ActionItem, by: str, why: str, now: datetime) -> ActionItem:
    """Of one that comes again this time only."""
    today = now.astimezone(keeper(session, item).zone).date()
    step = Step(Move.DROP, by, today, to=follow(session, item, by, now), why=why)
    return replace(item.moved(Move.DROP), dropped_by=by, dropped_why=why).after(step)


def _outside(session: Session, item: ActionItem, owner: Person, by: str) -> tuple[Person, ...]:
    place = audience.recorded_in(session, workspace_id=item.workspace_id, channel_id=item.channel_id)
    return outside(session, place, owner, by, item.recorded_at)


def _tell(session: Session, changed: Sequence[tuple[ActionItem, ActionItem]], news: BulkNews, now: datetime) -> None:
    """Those concerned before and now, each in one message for all; not the one who did it."""
    if not changed:
        return
    workspace_id = changed[0][0].workspace_id
    concerned = {each for pair in changed for item in pair for each in item.named} - {news.actor_id}
    known = people.people(session, workspace_id=workspace_id, ids=concerned)
    here = sorted(each.id for each in known.values() if not each.left)
    owing.owe(session, workspace_id, *(owing.bulk_message(changed[0][0], news, each) for each in here), now=now)


def form(
    db: Database, *, workspace_id: str, reader_id: str, ids: Collection[int], move: Move, now: datetime
) -> BulkSheet:
    with db.read() as session:
        items = [locked(session, workspace_id, each, reader_id) for each in sorted(set(ids))]
        return BulkSheet(new_id(), move, cards_of(session, items, reader_id=reader_id, now=now))


def told(db: Database, *, workspace_id: str, news: BulkNews, reader_id: str, now: datetime) -> BulkTold:
    """To one of those concerned, of the items that the form changed: those that are or were theirs."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        said = stored.given_to(session, workspace_id=workspace_id, draft_id=news.draft_id) or {}
        ids = [int(each) for each in said.get(CHANGED, "").split(",") if each]
        found = actions.items(session, workspace_id=workspace_id, ids=ids)
        places = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        seen = visible(session, [found[each] for each in sorted(found)], reader, places, now)
        theirs = [each for each in seen if _concerns(each, reader_id)]
        actor = people.people(session, workspace_id=workspace_id, ids=[news.actor_id])
        cards = cards_of(session, theirs, reader_id=reader_id, now=now)
        return BulkTold(news, reader_id, name_of(actor, news.actor_id), said.get("why", ""), cards)


def _concerns(item: ActionItem, reader_id: str) -> bool:
    return reader_id in item.named or any(step.was == reader_id for step in item.steps)
