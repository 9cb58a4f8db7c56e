"""What the messages and answers about action items show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.actions import ActionCard, ActionItem, ActionList, ActionNews, NoSuchAction
from domain.people import Person, has_left
from services import audience, caretakers, needs
from storage import actions, channels, people
from storage.engine import Database


def news_card(
    db: Database, *, workspace_id: str, item_id: int, reader_id: str, news: ActionNews, now: datetime
) -> ActionCard | None:
    """With whoever did it. None for those who may not read it any more."""
    with db.read() as session:
        card = _readable(session, workspace_id, item_id, reader_id, now)
        actor = people.people(session, workspace_id=workspace_id, ids=[news.actor_id])
        return replace(card, people={**card.people, **actor}) if card else None


def readable(db: Database, *, workspace_id: str, item_id: int, reader_id: str, now: datetime) -> ActionCard | None:
    """None for those who may not read it, or not any more."""
    with db.read() as session:
        return _readable(session, workspace_id, item_id, reader_id, now)


def _readable(session: Session, workspace_id: str, item_id: int, reader_id: str, now: datetime) -> ActionCard | None:
    item = actions.item(session, workspace_id=workspace_id, item_id=item_id)
    if item is None:
        return None
    may_read = reader_id in item.named or audience.may_read(session, record=item, person_id=reader_id, now=now)
    return cards_of(session, [item], reader_id=reader_id, now=now)[0] if may_read else None


def cards_of(session: Session, items: Sequence[ActionItem], *, reader_id: str, now: datetime) -> tuple[ActionCard, ...]:
    """For one reader, in the order given; all of one workspace."""
    if not items:
        return ()
    workspace_id = items[0].workspace_id
    known = people.people(session, workspace_id=workspace_id, ids={each for item in items for each in item.named})
    places = {
        channel_id: audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id)
        for channel_id in {item.channel_id for item in items}
    }
    return tuple(
        ActionCard(
            item,
            known,
            places[item.channel_id],
            now.astimezone(known[item.owner_id].zone).date(),
            caretakers_of(session, item, known),
        )
        for item in items
    )


def caretakers_of(session: Session, item: ActionItem, known: Mapping[str, Person]) -> tuple[Person, ...]:
    """Nobody while its owner or whoever asked for it is here; they are among those known."""
    if not item.is_open or not all(has_left(known, each) for each in item.named):
        return ()
    return caretakers.of_work(session, item, owner=known[item.owner_id])


def listing(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> ActionList:
    with db.read() as session:
        mine = actions.open_of(session, workspace_id=workspace_id, owner_ids=[person_id])
        waiting_for = actions.asked_for(session, workspace_id=workspace_id, person_id=person_id)
        return ActionList(
            mine=cards_of(session, mine, reader_id=person_id, now=now),
            waiting_for=cards_of(session, waiting_for, reader_id=person_id, now=now),
        )


def late(db: Database, *, workspace_id: str, reader_id: str, now: datetime) -> tuple[ActionCard, ...]:
    """What is overdue around the reader, as far as they may see it."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        readable = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        found = needs.overdue(session, reader, needs.around(reader, needs.team(session, reader)), now)
        seen = [item for item in found if readable.shows(item.channel_id, item.recorded_at) or reader_id in item.named]
        return cards_of(session, seen, reader_id=reader_id, now=now)


def numbered(db: Database, *, workspace_id: str, reader_id: str, number: int, now: datetime) -> ActionCard:
    """A hidden number and an unknown one are the same to the reader. Raises NoSuchAction."""
    with db.read() as session:
        found = actions.numbered(session, workspace_id=workspace_id, reader_id=reader_id, number=number, now=now)
        if found is None:
            raise NoSuchAction(name=f"A-{number}")
        return cards_of(session, [found], reader_id=reader_id, now=now)[0]
