"""What the deliveries of decisions and action items show, to their channel and to each of their readers."""

from collections.abc import Callable
from datetime import datetime

from domain.action_bulk import BulkNews
from domain.action_news import ActionNews
from domain.actions import ActionCard
from domain.decision_cards import DecisionCard, DecisionNews, News
from domain.deliveries import Delivery, Kind
from schedules.drawing import Batch, Content, hidden, one_by_one
from services import action_bulk, action_cards, action_lines, decision_cards
from storage.engine import Database
from surface import action_bulk as action_bulk_views
from surface import action_lines as action_line_views
from surface import actions, decisions, informed, superseding
from surface.kit import Message


def _decision_card(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = decision_cards.card(db, workspace_id=delivery.workspace_id, decision_id=delivery.subject.id, now=now)
    return decisions.card_message(card) if card else None


def _decision(draw: Callable[[DecisionCard, Delivery], Message | None]) -> Batch:
    def one(db: Database, delivery: Delivery, now: datetime) -> Content:
        subject = delivery.subject
        card = decision_cards.reader_card(
            db, workspace_id=delivery.workspace_id, decision_id=subject.id, reader_id=subject.person_id, now=now
        )
        return draw(card, delivery) if card else hidden(db, delivery, now)

    return one_by_one(one)


def _action(draw: Callable[[ActionCard, Delivery], Message | None]) -> Batch:
    def one(db: Database, delivery: Delivery, now: datetime) -> Content:
        subject = delivery.subject
        card = action_cards.readable(
            db, workspace_id=delivery.workspace_id, item_id=subject.id, reader_id=subject.person_id, now=now
        )
        return draw(card, delivery) if card else hidden(db, delivery, now)

    return one_by_one(one)


def _actions(db: Database, delivery: Delivery, now: datetime) -> Content:
    first, reader_id = delivery.subject.id, delivery.subject.person_id
    cards = action_lines.recorded_together(
        db, workspace_id=delivery.workspace_id, item_id=first, reader_id=reader_id, now=now
    )
    if not cards:
        return hidden(db, delivery, now)
    return action_line_views.together_message(cards, reader_id)


def _actions_news(db: Database, delivery: Delivery, now: datetime) -> Content:
    """Once it is out it stays: what becomes of each later is told with that."""
    news, reader_id = BulkNews.read(delivery.subject.part), delivery.subject.person_id
    told = action_bulk.told(db, workspace_id=delivery.workspace_id, news=news, reader_id=reader_id, now=now)
    return action_bulk_views.bulk_message(told) if told.cards else hidden(db, delivery, now)


def _action_due(card: ActionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return actions.reminder_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _action_late(card: ActionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return actions.late_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _action_news(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject, news = delivery.subject, ActionNews.read(delivery.subject.part)
    card = action_cards.news_card(
        db, workspace_id=delivery.workspace_id, item_id=subject.id, reader_id=subject.person_id, news=news, now=now
    )
    if card is None:
        return hidden(db, delivery, now)
    return actions.news_message(card, news, subject.person_id, is_out=bool(delivery.ts))


def _decision_news(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject, news, is_out = delivery.subject, DecisionNews.read(delivery.subject.part), bool(delivery.ts)
    card = decision_cards.reader_card(
        db, workspace_id=delivery.workspace_id, decision_id=subject.id, reader_id=subject.person_id, now=now
    )
    if card is None:
        return hidden(db, delivery, now)
    if news.what is not News.SUPERSEDED:
        return decisions.news_message(card, news, subject.person_id, is_out=is_out)
    items = action_cards.left_of(db, card.decision, reader_id=subject.person_id, now=now)
    return superseding.superseded_message(card, items, subject.person_id, is_out=is_out)


def _look_again(card: DecisionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return decisions.look_again_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _approval(card: DecisionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return decisions.approval_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _informed(card: DecisionCard, delivery: Delivery) -> Message | None:
    return informed.informed_message(card, delivery.subject.person_id, is_out=bool(delivery.ts))


def _unread(card: DecisionCard, delivery: Delivery) -> Message | None:
    return informed.unread_message(card, delivery.subject.person_id, is_out=bool(delivery.ts))


CONTENTS: dict[Kind, Batch] = {
    Kind.DECISION: one_by_one(_decision_card),
    Kind.APPROVAL: _decision(_approval),
    Kind.INFORMED: _decision(_informed),
    Kind.UNREAD: _decision(_unread),
    Kind.DRIVER: _decision(
        lambda card, due: decisions.driver_message(card, due.subject.person_id, is_out=bool(due.ts))
    ),
    Kind.LOOK_AGAIN: _decision(_look_again),
    Kind.DECISION_NEWS: one_by_one(_decision_news),
    Kind.ACTION: _action(lambda card, due: actions.action_message(card, due.subject.person_id, is_out=bool(due.ts))),
    Kind.ACTIONS: one_by_one(_actions),
    Kind.ACTIONS_NEWS: one_by_one(_actions_news),
    Kind.ACTION_DUE: _action(_action_due),
    Kind.ACTION_LATE: _action(_action_late),
    Kind.ACTION_NEWS: one_by_one(_action_news),
}
