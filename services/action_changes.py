"""What the owner of an action item and whoever asked for it do with it: accepted, done, moved, handed over, dropped,
opened again, put off; and what anybody who may see it does with one without owner or day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from domain.action_form import read_due, read_why
from domain.action_news import ActionNews, News
from domain.action_recurrence import Ends, following
from domain.action_reminders import Snooze, snoozed
from domain.action_states import Followed, HasOwner, Move
from domain.action_steps import Step
from domain.actions import ActionChange, ActionItem
from domain.clock import new_id
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import action_trail, audience, drafts, owing
from services.action_cards import caretakers_of
from services.actions import check_due, known_owner, locked, outside, save
from storage import actions, numbers, people
from storage.engine import Database

WORDS = {
    Move.ACCEPT: "accepted",
    Move.DONE: "done",
    Move.NEW_DATE: "moved",
    Move.HAND_OVER: "handed over",
    Move.DROP: "dropped",
    Move.REOPEN: "reopened",
    Move.TAKE: "taken",
    Move.SET_DATE: "given a date",
    Move.EDIT: "edited",
}
"""In the audit trail."""


def accept(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Its owner has it. Once; pressed again it changes nothing."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        moved = after_move(session, item, Move.ACCEPT, person_id)
        if item.waits_to_be_accepted:
            step = Step(Move.ACCEPT, person_id, day_of(session, item, now))
            keep(session, item, replace(moved, accepted_at=now).after(step), now)


def done(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Done once; pressed again it changes nothing."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        check_mover(session, item, Move.DONE, person_id)
        if item.is_open:
            keep(session, item, finished(session, item, person_id, now), now, News.DONE)


def finished(session: Session, item: ActionItem, person_id: str, now: datetime) -> ActionItem:
    """Of one that comes again, with the next one made."""
    accepted_at = item.accepted_at or (now if person_id == item.owner_id else None)
    after = replace(item.moved(Move.DONE), done_at=now, accepted_at=accepted_at)
    follows = follow(session, after, person_id, now)
    step = Step(Move.DONE, person_id, day_of(session, item, now), to=follows)
    return after.after(step)


def reopen(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """It is not done after all; pressed again it changes nothing."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        check_mover(session, item, Move.REOPEN, person_id)
        if item.followed_by:
            raise Followed(name=item.name, after=item.followed_by)
        if not item.is_open:
            step = Step(Move.REOPEN, person_id, day_of(session, item, now))
            open_again = replace(item.moved(Move.REOPEN), done_at=None).unwarned()
            keep(session, item, open_again.after(step), now, News.REOPENED)


def snooze(db: Database, *, workspace_id: str, item_id: int, person_id: str, choice: Snooze, now: datetime) -> None:
    """Reminds its owner on a later day, and tells nobody else; chosen again on the same day it changes nothing."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        after_move(session, item, Move.SNOOZE, person_id)
        owner = keeper(session, item)
        after = snoozed(owner, item, choice, day_of(session, item, now))
        if after != item:
            save(session, after, owner, now)
            action_trail.note(session, "snoozed", before=item, after=after, by=person_id, now=now)


def take(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Nobody had it: now whoever pressed has; pressed again it changes nothing. Raises HasOwner for all who come later,
    AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        if item.is_open and item.owner_id == person_id:
            return
        moved = item.moved(Move.TAKE)
        if item.owner_id:
            raise HasOwner(name=item.name, owner=keeper(session, item).name)
        step = Step(Move.TAKE, person_id, day_of(session, item, now), to=person_id)
        after = replace(moved.given_to(person_id), accepted_at=now).after(step)
        keep(session, item, after, now)
        owing.owe(session, workspace_id, owing.action_message(after, person_id), now=now)


def set_date(db: Database, *, sent: Submission, item_id: int, now: datetime) -> None:
    """Its first day, by anybody who may see it, once for each form. Raises FieldErrors, and HasDate for all who come
    later."""
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        day = read_due(sent.given["due"])
        item.undated()
        check_due(keeper(session, item), day, now)
        drafts.keep(session, sent, result_id=item.id)
        after = redated(session, item, day, sent.person_id, now)
        keep(session, item, after, now, News.NEW_DATE, draft_id=sent.draft_id)


def date_form(db: Database, *, workspace_id: str, item_id: int, person_id: str) -> ActionChange:
    """Raises HasDate, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    with db.read() as session:
        item = locked(session, workspace_id, item_id, person_id)
        return _change(session, item.undated(), person_id, new_id())


def change_form(db: Database, *, workspace_id: str, item_id: int, move: Move, person_id: str) -> ActionChange:
    """Raises NotYourAction, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    with db.read() as session:
        item = locked(session, workspace_id, item_id, person_id)
        after_move(session, item, move, person_id)
        return _change(session, item, person_id, new_id())


def change_again(db: Database, *, sent: Submission, item_id: int, outsiders: Collection[Person]) -> ActionChange:
    """The form as it stands, with a warning."""
    with db.read() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        change = _change(session, item, sent.person_id, sent.draft_id)
        return replace(change, outsiders=tuple(outsiders), why=sent.given.get("why", ""))


def _change(session: Session, item: ActionItem, reader_id: str, draft_id: str) -> ActionChange:
    place = audience.place_name(
        session, workspace_id=item.workspace_id, channel_id=item.channel_id, reader_id=reader_id
    )
    return ActionChange(item, draft_id, place, needs_why=_needs_why(session, item))


def _needs_why(session: Session, item: ActionItem) -> bool:
    return bool(item.owner_id) and not keeper(session, item).left


def new_date(db: Database, *, sent: Submission, item_id: int, now: datetime) -> None:
    """Moves the day it is due, once for each form and day. Raises FieldErrors."""
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        after_move(session, item, Move.NEW_DATE, sent.person_id)
        day, owner = read_due(sent.given["due"]), keeper(session, item)
        if day == item.due:
            raise FieldErrors({"due": "It is due on that day already. Please choose another."})
        drafts.keep(session, sent, result_id=item.id)
        check_due(owner, day, now)
        after = redated(session, item, day, sent.person_id, now)
        keep(session, item, after, now, News.NEW_DATE, draft_id=sent.draft_id)


def redated(session: Session, item: ActionItem, day: date, by: str, now: datetime) -> ActionItem:
    """`day` is another one, or its first."""
    today = day_of(session, item, now)
    if item.due is None:
        return replace(item.undated(), due=day, first_due=day).after(Step(Move.SET_DATE, by, today, to=f"{day}"))
    return item.moved_to(day).after(Step(Move.NEW_DATE, by, today, was=f"{item.due}", to=f"{day}"))


def hand_over(db: Database, *, sent: Submission, item_id: int, now: datetime) -> tuple[Person, ...]:
    """Gives it to somebody else, once for each form and person. Answers an outsider who has not been confirmed.

    Raises FieldErrors.
    """
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return ()
        after_move(session, item, Move.HAND_OVER, sent.person_id)
        why = read_why(sent.given.get("why", ""), is_needed=_needs_why(session, item))
        owner = known_owner(session, sent.workspace_id, sent.given["owner"])
        if owner.id == item.owner_id:
            raise FieldErrors({"owner": f"{owner.name} owns it already. Please choose somebody else."})
        place = audience.recorded_in(session, workspace_id=sent.workspace_id, channel_id=item.channel_id)
        outsiders = outside(session, place, owner, sent.person_id, item.recorded_at)
        if not sent.confirms(outsiders):
            return outsiders
        owing.owe_homes(session, sent.workspace_id, item.named, now=now)
        after = handed_over(session, item, owner.id, by=sent.person_id, why=why, now=now)
        keep(session, item, after, now, News.HAND_OVER, draft_id=sent.draft_id)
        drafts.keep(session, sent, result_id=item.id)
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=sent.person_id, subject=item.name, now=now
        )
        return ()


def handed_over(session: Session, item: ActionItem, owner_id: str, *, by: str, why: str, now: datetime) -> ActionItem:
    step = Step(Move.HAND_OVER, by, day_of(session, item, now), was=item.owner_id, to=owner_id, why=why)
    return item.moved(Move.HAND_OVER).given_to(owner_id).after(step)


def drop(db: Database, *, sent: Submission, item_id: int, now: datetime) -> None:
    """It is no longer needed, once for each form; the same form with another reason changes that.

    Raises FieldErrors.
    """
    with db.write() as session:
        item = locked(session, sent.workspace_id, item_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        is_edit = drafts.made(session, sent) == item.id
        dropped = (
            replace(item, steps=item.steps[:-1]) if is_edit else after_move(session, item, Move.DROP, sent.person_id)
        )
        why = read_why(sent.given.get("why", ""))
        drafts.keep(session, sent, result_id=item.id)
        dropped = replace(dropped, dropped_by=sent.person_id, dropped_why=why)
        follows = item.followed_by
        if not is_edit and sent.given.get("how") != Ends.FOR_GOOD:
            follows = follow(session, item, sent.person_id, now)
        step = Step(Move.DROP, sent.person_id, day_of(session, item, now), to=follows, why=why)
        keep(session, item, dropped.after(step), now, News.DROPPED, draft_id=sent.draft_id)


def follow(session: Session, item: ActionItem, person_id: str, now: datetime) -> str:
    """The next one of what comes again, made with the end of this one; its name. Its owner is told."""
    if not item.every or not item.due:
        return ""
    owner = keeper(session, item)
    number = numbers.next_number(session, workspace_id=item.workspace_id, counter="actions")
    again = following(item, owner, number=number, now=now)
    again = replace(again, id=actions.add(session, item=again, next_at=None).id)
    action_trail.note(session, "recorded", before=None, after=again, by=person_id, now=now)
    save(session, again, owner, now)
    owing.owe(session, item.workspace_id, owing.action_message(again, again.keeper_id), now=now)
    return again.name


def keep(
    session: Session,
    before: ActionItem,
    after: ActionItem,
    now: datetime,
    news: News | None = None,
    *,
    draft_id: str = "",
    is_told: bool = True,
) -> None:
    """After its last step: written, audited, and told, unless that is done elsewhere."""
    step = after.steps[-1]
    save(session, after, keeper(session, after), now)
    owing.owe_offers(session, before.workspace_id, {before.owner_id}, now=now)
    action_trail.note(session, WORDS[step.move], before=before, after=after, by=step.by, now=now, why=step.why)
    if not is_told:
        return
    told: set[str] = set()
    if news:
        told = {before.owner_id, after.owner_id} - {step.by}
        said = ActionNews(news, step.by, step.to, draft_id or str(len(after.steps)))
        _tell(session, after, said, told, now)
    if after.asked_by not in told | {step.by} and not _person(session, after, after.asked_by).left:
        owing.owe(session, after.workspace_id, owing.action_message(after, after.asked_by), now=now)


def _tell(session: Session, item: ActionItem, news: ActionNews, readers: Collection[str], now: datetime) -> None:
    """Who owned it and who owns it now. Whoever asked for it reads all of it in one message, which changes."""
    known = people.people(session, workspace_id=item.workspace_id, ids=readers)
    here = sorted(each.id for each in known.values() if not each.left)
    owing.owe(session, item.workspace_id, *owing.action_news(item, news, here), now=now)


def keeper(session: Session, item: ActionItem) -> Person:
    """While it has none, whoever asked for it."""
    return _person(session, item, item.keeper_id)


def _person(session: Session, item: ActionItem, person_id: str) -> Person:
    return people.people(session, workspace_id=item.workspace_id, ids=[person_id])[person_id]


def day_of(session: Session, item: ActionItem, now: datetime) -> date:
    return now.astimezone(keeper(session, item).zone).date()


def after_move(session: Session, item: ActionItem, move: Move, person_id: str) -> ActionItem:
    """Raises NotYourAction, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    check_mover(session, item, move, person_id)
    return item.moved(move)


def check_mover(session: Session, item: ActionItem, move: Move, person_id: str) -> None:
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    item.check_mover(move, person_id, known, caretakers_of(session, item, known))
