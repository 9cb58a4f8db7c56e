"""What the messages and answers about action items show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_news import ActionNews
from domain.actions import ActionCard, ActionItem, NoSuchAction
from domain.channels import Readable
from domain.decisions import Decision
from domain.people import Person, has_left
from services import action_escalation, answer_items, audience, caretakers
from services.summary_readers import may_read
from storage import actions, channels, decisions, people, rituals
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
    reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
    if item is None or reader is None or reader.left:
        return None
    places = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
    seen = visible(session, [item], reader, places, now)
    if not seen:
        return None
    (card,) = cards_of(session, seen, reader_id=reader_id, now=now)
    return replace(card, escalation=action_escalation.coming(session, item, card.people[item.keeper_id]))


def visible(
    session: Session, found: Sequence[ActionItem], reader: Person, places: Readable, now: datetime
) -> list[ActionItem]:
    """Those somebody may see: what they own or asked for, and what stands in channels they may read, but what an answer
    made, or was made of one, only as far as that goes."""
    of = {each.id: each.source or each.answer for each in found}
    ids = {each.run_id for each in of.values() if each}
    made_in = rituals.runs(session, workspace_id=reader.workspace_id, ids=ids) if ids else {}

    def is_shown(item: ActionItem) -> bool:
        is_here = places.shows(item.channel_id, item.recorded_at)
        answer = of[item.id]
        if answer is None:
            return is_here
        is_told = may_read(session, made_in[answer.run_id], reader, places, now)
        return is_told or (is_here and reader in _left_with(session, item))

    return [each for each in found if reader.id in each.named or is_shown(each)]


def _left_with(session: Session, item: ActionItem) -> tuple[Person, ...]:
    """Whoever looks after it, and has to know of it, when all who are named have left."""
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    return caretakers_of(session, item, known)


def cards_of(session: Session, items: Sequence[ActionItem], *, reader_id: str, now: datetime) -> tuple[ActionCard, ...]:
    """For one reader, in the order given; all of one workspace."""
    if not items:
        return ()
    workspace_id = items[0].workspace_id
    concerned = {each for item in items for each in item.shown if each} | audience.authors(items)
    known = people.people(session, workspace_id=workspace_id, ids=concerned)
    urls = audience.workspace_urls(session, records=items, reader_id=reader_id, now=now)
    made_of = {each.decision_id for each in items if each.decision_id}
    reader = {"workspace_id": workspace_id, "reader_id": reader_id}
    numbers = decisions.seen(session, **reader, now=now, ids=made_of) if made_of else {}
    answers = answer_items.told(session, items, reader_id=reader_id, now=now)
    places = {
        channel_id: audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id)
        for channel_id in {item.channel_id for item in items}
    }
    return tuple(
        ActionCard(
            item,
            known,
            places[item.channel_id],
            now.astimezone(known[item.keeper_id].zone).date(),
            caretakers_of(session, item, known),
            urls.get(item.id, ""),
            decision=f"D-{numbers[item.decision_id]}" if item.decision_id in numbers else "",
            answer=answers.get(item.id, ""),
        )
        for item in items
    )


def left_of(db: Database, decision: Decision, *, reader_id: str, now: datetime) -> tuple[ActionCard, ...]:
    """Its open action items that the reader may see, for whoever is to settle them: those who drive it, or look after
    it; not those who only relied on it."""
    if reader_id not in decision.drivers and reader_id in decision.named | decision.read_by:
        return ()
    workspace_id = decision.workspace_id
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        places = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        found = actions.open_of_decision(session, workspace_id=workspace_id, decision_id=decision.id)
        return cards_of(session, visible(session, found, reader, places, now), reader_id=reader_id, now=now)


def caretakers_of(session: Session, item: ActionItem, known: Mapping[str, Person]) -> tuple[Person, ...]:
    """Nobody while its owner or whoever asked for it is here; they are among those known."""
    if not item.is_open or not all(has_left(known, each) for each in item.answerable):
        return ()
    return caretakers.of_work(session, item, owner=known[item.keeper_id])


def numbered(db: Database, *, workspace_id: str, reader_id: str, number: int, now: datetime) -> ActionCard:
    """A hidden number and an unknown one are the same to the reader. Raises NoSuchAction."""
    with db.read() as session:
        found = actions.numbered(session, workspace_id=workspace_id, reader_id=reader_id, number=number, now=now)
        card = _readable(session, workspace_id, found.id, reader_id, now) if found else None
        if card is None:
            raise NoSuchAction(name=f"A-{number}")
        return card
