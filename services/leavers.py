"""What somebody who leaves was to decide or do is offered to the next person by role, and listed until it is taken."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from domain.action_news import News
from domain.action_states import Move as Step
from domain.actions import ActionItem
from domain.decision_cards import DecisionCard
from domain.decision_states import Move
from domain.decisions import Decision
from domain.deliveries import Kind, Subject
from domain.left_behind import LeftBehind, TakenAlready, leavers, leaving
from domain.people import Person, has_left, name_of
from services import action_cards, caretakers, decision_cards, owing
from services.action_changes import check_mover as check_mover_of
from services.action_changes import handed_over, keep, keeper
from services.actions import locked
from services.decision_moves import audit, check_mover, found
from storage import actions, channels, decisions, leaderless, people
from storage.engine import Database


def tell(session: Session, person: Person, *, now: datetime) -> None:
    """Once they have left, or are back: one message for each leaver and next person, however much it lists."""
    place = {"workspace_id": person.workspace_id, "person_id": person.id}
    offers: set[tuple[str, str]] = set()
    for item in actions.left_behind(session, **place):
        offers |= {(item.owner_id, each) for each in _next_of_item(session, item)}
    for decision in leaderless.of_person(session, **place):
        known = people.people(session, workspace_id=person.workspace_id, ids=decision.named)
        following = _next_of_decision(session, decision, known)
        offers |= {(leaver, each) for leaver in leavers(decision, known) for each in following}
    gone = people.people(session, workspace_id=person.workspace_id, ids={leaver for leaver, _ in offers})
    told = [
        Subject(Kind.LEFT, part=leaving(gone[leaver]), person_id=each)
        for leaver, each in sorted(offers)
        if leaver in gone
    ]
    owing.owe(session, person.workspace_id, *told, now=now)
    owing.owe_offers(session, person.workspace_id, {person.id}, now=now)
    owing.owe_homes(session, person.workspace_id, {each for _, each in offers}, now=now)


def _next_of_item(session: Session, item: ActionItem) -> Sequence[str]:
    """Whoever asked for it; when they have left too, the first of those who look after it."""
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    if not has_left(known, item.asked_by):
        return [item.asked_by]
    return [each.id for each in action_cards.caretakers_of(session, item, known)[:1]]


def _next_of_decision(session: Session, decision: Decision, known: dict[str, Person]) -> Sequence[str]:
    """Whoever drives or recorded it; when they have left too, the first of those who look after its channel."""
    here = [each for each in decision.drivers if not has_left(known, each)]
    return here or [each.id for each in decision_cards.caretakers_of(session, decision, known)[:1]]


def of_leaver(db: Database, *, workspace_id: str, left: str, reader_id: str, now: datetime) -> LeftBehind | None:
    """What is still offered to the reader of what was left behind at one `leaving`. None for a reader who has left."""
    leaver_id = left.split(":", maxsplit=1)[0]
    with db.read() as session:
        reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
        leaver = people.person(session, workspace_id=workspace_id, person_id=leaver_id)
        if reader is None or reader.left:
            return None
        if leaver and leaving(leaver) != left:
            return LeftBehind(leaver=leaver, is_past=True)
        return offered(session, reader, now=now, leaver=leaver)


def listed(db: Database, *, workspace_id: str, reader_id: str, now: datetime) -> LeftBehind:
    """Of whomever."""
    with db.read() as session:
        reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
        return offered(session, reader, now=now) if reader else LeftBehind()


def offered(session: Session, reader: Person, *, now: datetime, leaver: Person | None = None) -> LeftBehind:
    """What the reader may give to somebody, or take."""
    place = {"workspace_id": reader.workspace_id}
    looked_after = caretakers.channels_of(session, reader)
    items = _concerning(session, reader, actions.ownerless(session, **place, reader_id=reader.id), looked_after)
    open_ones = leaderless.listed(session, **place, reader_id=reader.id, channel_ids=looked_after)
    if leaver:
        items = [each for each in items if each.owner_id == leaver.id]
        open_ones = [each for each in open_ones if leaver.id in (each.form.approver_id, each.driver_id)]
    places = channels.readable(session, **place, person_id=reader.id, now=now) if items else None
    seen = action_cards.visible(session, items, reader, places, now) if places else []
    cards = action_cards.cards_of(session, seen, reader_id=reader.id, now=now)
    numbers = {each.number for each in open_ones}
    shown = _shown(session, reader, numbers, now) if numbers else []
    return LeftBehind(
        [card for card in shown if card.may_edit(reader.id)],
        [card for card in cards if card.may_move(reader.id)],
        leaver,
    )


def _concerning(
    session: Session, reader: Person, items: Sequence[ActionItem], looked_after: Collection[str]
) -> list[ActionItem]:
    """Those that may be the reader's to move: nothing more is read for all the others."""
    known = people.people(session, workspace_id=reader.workspace_id, ids={each.owner_id for each in items})

    def may_concern(item: ActionItem) -> bool:
        is_manager = known[item.owner_id].manager_id == reader.id
        return item.asked_by == reader.id or item.channel_id in looked_after or is_manager

    return [each for each in items if may_concern(each)]


def _shown(session: Session, reader: Person, numbers: Collection[int], now: datetime) -> list[DecisionCard]:
    """The oldest first."""
    place = reader.workspace_id
    seen = decisions.visible(session, workspace_id=place, reader_id=reader.id, now=now, numbers=numbers)
    return [decision_cards.card_of(session, each, reader_id=reader.id) for each in reversed(seen)]


def take_decision(db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime) -> None:
    """Whoever presses first drives it from now on; pressed again it changes nothing. Raises TakenAlready."""
    with db.write() as session:
        before = found(session, workspace_id, decision_id, person_id)
        moved = before.moved(Move.TAKE_OVER)
        if before.driver_id == person_id:
            return
        check_mover(session, before, Move.TAKE_OVER, person_id)
        known = people.people(session, workspace_id=workspace_id, ids=before.named)
        if not has_left(known, before.driver_id):
            raise TakenAlready(name=before.name, who=name_of(known, before.driver_id))
        decision = moved.driven_by(person_id)
        decisions.set_driver(session, decision=decision)
        owing.owe_offers(session, workspace_id, {before.driver_id}, now=now)
        owing.owe_decision(session, decision, now=now)
        drivers = {"before": before.driver_id, "after": person_id}
        audit(session, decision, "taken over", person_id, now, driver=drivers)


def take_item(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Whoever presses first owns it from now on; pressed again it changes nothing. Raises TakenAlready."""
    with db.write() as session:
        item = locked(session, workspace_id, item_id, person_id)
        if item.owner_id == person_id:
            return
        owner = keeper(session, item)
        if not owner.left:
            raise TakenAlready(name=item.name, who=owner.name)
        check_mover_of(session, item, Step.HAND_OVER, person_id)
        taken = handed_over(session, item, person_id, by=person_id, why="", now=now)
        keep(session, item, taken, now, News.HAND_OVER)
