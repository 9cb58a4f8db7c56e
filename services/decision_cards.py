"""What the messages and answers about decisions show."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from domain.actions import ActionItem
from domain.decision_cards import DecisionCard
from domain.decision_refusals import NoSuchDecision
from domain.decisions import Decision
from domain.people import Person, has_left
from services import action_cards, audience, caretakers, related, round_cards
from storage import actions, channels, decisions, people, rituals
from storage.engine import Database

LISTED = 30


def card(db: Database, *, workspace_id: str, decision_id: int, now: datetime | None = None) -> DecisionCard | None:
    """For its place in the channel."""
    with db.read() as session:
        found = decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id)
        return card_of(session, found, now=now) if found else None


def reader_card(
    db: Database, *, workspace_id: str, decision_id: int, reader_id: str, now: datetime
) -> DecisionCard | None:
    """None for those who may not see it, or not any more."""
    with db.read() as session:
        found = decisions.visible(
            session, workspace_id=workspace_id, reader_id=reader_id, now=now, decision_id=decision_id
        )
        return card_of(session, found[0], reader_id=reader_id, now=now) if found else None


def card_of(session: Session, decision: Decision, *, reader_id: str = "", now: datetime | None = None) -> DecisionCard:
    """Without `now` it leads a reader to no message, and to no action item."""
    items = _items(session, decision, reader_id, now)
    about, asked = round_cards.round_of(session, decision)
    ids = {*asked, *(each for item in items for each in item.named)} | decision.people | audience.authors([decision])
    known = people.people(session, workspace_id=decision.workspace_id, ids=ids)
    where = audience.place_name(
        session, workspace_id=decision.workspace_id, channel_id=decision.channel_id, reader_id=reader_id
    )
    urls = audience.workspace_urls(session, records=[decision], reader_id=reader_id, now=now)
    return DecisionCard(
        decision,
        known,
        where,
        caretakers=caretakers_of(session, decision, known),
        workspace_url=urls.get(decision.id, ""),
        related=related.of(session, decision, reader_id=reader_id, now=now),
        items=items,
        round=about,
        forum=_forum(session, decision) if where != audience.HIDDEN_PLACE else "",
    )


def _items(session: Session, decision: Decision, reader_id: str, now: datetime | None) -> tuple[ActionItem, ...]:
    """Without a reader its channel is the reader: they were recorded there, too."""
    place = {"workspace_id": decision.workspace_id}
    if reader_id and now is None:
        return ()
    found = actions.of_decision(session, **place, decision_id=decision.id)
    reader = people.person(session, **place, person_id=reader_id) if found and now else None
    if reader and now:
        places = channels.readable(session, **place, person_id=reader_id, now=now)
        found = action_cards.visible(session, found, reader, places, now)
    return tuple(found)


def _forum(session: Session, decision: Decision) -> str:
    """The title of the ritual in which it was decided."""
    forum_id = decision.form.forum_id
    if forum_id is None:
        return ""
    found = rituals.ritual(session, workspace_id=decision.workspace_id, ritual_id=forum_id)
    return found.template.title if found else ""


def caretakers_of(session: Session, decision: Decision, known: Mapping[str, Person]) -> tuple[Person, ...]:
    """Who stands in for those who could edit or end it; nobody while one of them is here. All named are known."""
    move = decision.next_move
    if move is None or not all(has_left(known, each) for each, _ in decision.movers(move)):
        return ()
    if not has_left(known, decision.recorded_by):
        return (known[decision.recorded_by],)
    return caretakers.of_channel(session, workspace_id=decision.workspace_id, channel_id=decision.channel_id)


def readable(db: Database, *, workspace_id: str, decision_id: int, reader_id: str, now: datetime) -> DecisionCard:
    """Raises NoSuchDecision for those who may not see it."""
    found = reader_card(db, workspace_id=workspace_id, decision_id=decision_id, reader_id=reader_id, now=now)
    if found is None:
        raise NoSuchDecision(name="behind this button")
    return found


def listing(db: Database, *, workspace_id: str, reader_id: str, now: datetime) -> list[DecisionCard]:
    """The newest of those the reader may see."""
    with db.read() as session:
        found = decisions.visible(session, workspace_id=workspace_id, reader_id=reader_id, now=now, limit=LISTED)
        return [card_of(session, each, reader_id=reader_id, now=now) for each in found]


def numbered(db: Database, *, workspace_id: str, reader_id: str, number: int, now: datetime) -> DecisionCard:
    """A hidden number and an unknown one are the same to the reader. Raises NoSuchDecision."""
    with db.read() as session:
        found = decisions.visible(session, workspace_id=workspace_id, reader_id=reader_id, now=now, numbers=[number])
        if not found:
            raise NoSuchDecision(name=f"D-{number}")
        return card_of(session, found[0], reader_id=reader_id, now=now)
