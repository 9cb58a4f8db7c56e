"""What each kind of delivery shows: a service gives the state, a view draws it."""

from collections.abc import Sequence
from datetime import date, datetime

from domain import hours
from domain.cards import RitualCard
from domain.deliveries import OF_ACTIONS, OF_DECISIONS, Delivery, Kind
from domain.people import is_erased
from schedules import checkin_contents as of_checkins
from schedules import record_contents as of_records
from schedules.drawing import Batch, Content, Later, hidden, one_by_one
from services import (
    absence_news,
    absences,
    brief_sharing,
    briefings,
    calendars,
    delegates,
    digest_cards,
    home,
    leavers,
    reactions,
    refusals,
    ritual_cards,
    ritual_health,
    trends,
)
from storage.engine import Database
from surface import away, briefs, coming_back, decisions, digest, digest_meanwhile, outsiders, rituals, turns
from surface import brief_sharing as shared_briefs
from surface import calendars as calendar_views
from surface import home as home_view
from surface import left_behind as offers
from surface import reactions as reaction_views
from surface import ritual_health as health_views
from surface import trends as trend_views


def _unposted_decision(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    found = refusals.decision(
        db, workspace_id=delivery.workspace_id, decision_id=subject.id, reader_id=subject.person_id, now=now
    )
    return decisions.unposted_message(*found, is_out=bool(delivery.ts)) if found else None


def _unposted_ritual(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    found = refusals.ritual(db, workspace_id=delivery.workspace_id, ritual_id=subject.id, reader_id=subject.person_id)
    return rituals.unposted_message(*found, is_out=bool(delivery.ts)) if found else None


def _ritual(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = ritual_cards.card(db, workspace_id=delivery.workspace_id, ritual_id=delivery.subject.id)
    return rituals.ritual_message(card) if card else None


def _stalled(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = _for_facilitator(db, delivery)
    return rituals.stalled_message(card) if card else None


def _ended(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = _for_facilitator(db, delivery)
    return rituals.ended_message(card) if card else None


def _facilitator(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = _for_facilitator(db, delivery, predecessor_id=subject.part.partition(".")[0], now=now)
    return rituals.facilitator_message(card, subject.person_id, is_out=bool(delivery.ts)) if card else None


def _turn(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = ritual_cards.turn_card(
        db, workspace_id=delivery.workspace_id, run_id=subject.id, reader_id=subject.person_id, now=now
    )
    if card and not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return turns.turn_message(card, is_out=bool(delivery.ts)) if card else None


def _health(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = ritual_health.card(
        db,
        workspace_id=delivery.workspace_id,
        ritual_id=subject.id,
        run_id=int(subject.part),
        reader_id=subject.person_id,
        now=now,
    )
    if card and not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return health_views.health_message(card, is_out=bool(delivery.ts)) if card else None


def _for_facilitator(
    db: Database, delivery: Delivery, *, predecessor_id: str = "", now: datetime | None = None
) -> RitualCard | None:
    return ritual_cards.card(
        db,
        workspace_id=delivery.workspace_id,
        ritual_id=delivery.subject.id,
        reader_id=delivery.subject.person_id,
        predecessor_id=predecessor_id,
        now=now,
    )


def _away(db: Database, delivery: Delivery, _now: datetime) -> Content:
    found = absences.said_by_other(db, workspace_id=delivery.workspace_id, absence_id=delivery.subject.id)
    return away.marked_message(*found) if found else None


def _back(db: Database, delivery: Delivery, _now: datetime) -> Content:
    return coming_back.back_message(
        *absence_news.ended_by_other(db, workspace_id=delivery.workspace_id, part=delivery.subject.part)
    )


def _left(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    found = leavers.of_leaver(
        db, workspace_id=delivery.workspace_id, left=subject.part, reader_id=subject.person_id, now=now
    )
    return offers.left_message(found, is_out=bool(delivery.ts)) if found else None


def _brief(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    found = briefings.card(
        db, workspace_id=delivery.workspace_id, brief_id=subject.id, person_id=subject.person_id, now=now
    )
    return briefs.brief_message(found, int(subject.part)) if found else hidden(db, delivery, now)


def _shared_brief(db: Database, delivery: Delivery, _now: datetime) -> Content:
    found = brief_sharing.card(db, workspace_id=delivery.workspace_id, brief_id=delivery.subject.id)
    if found is None:
        return shared_briefs.taken_back_message() if delivery.ts else None
    return shared_briefs.shared_message(found)


def _reacted(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = reactions.card(db, workspace_id=delivery.workspace_id, reaction_id=delivery.subject.id, now=now)
    return reaction_views.reacted_message(card, delivery) if card else hidden(db, delivery, now)


def _calendar(db: Database, delivery: Delivery, _now: datetime) -> Content:
    found = calendars.followed(db, workspace_id=delivery.workspace_id, person_id=delivery.subject.person_id)
    return calendar_views.unread_message(found) if found else None


def _digest(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = digest_cards.card(db, workspace_id=delivery.workspace_id, digest_id=delivery.subject.id, now=now)
    if card is None or (card.digest.only_if_needed and not card.asks_something and not delivery.ts):
        return None
    return digest.digest_message(card)


def _trends(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    until, page = date.fromisoformat(subject.part), subject.id
    card = trends.card(
        db, workspace_id=delivery.workspace_id, person_id=subject.person_id, day=until, page=page, now=now
    )
    return trend_views.trends_message(card) if card else None


def _delegate(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    found = delegates.named_by(
        db, workspace_id=delivery.workspace_id, manager_id=subject.part, delegate_id=subject.person_id
    )
    return digest_meanwhile.named_message(found[0], stands=found[1]) if found else None


def _home(db: Database, delivery: Delivery, now: datetime) -> Content:
    person_id = delivery.subject.person_id
    return home_view.home_page(home.card(db, workspace_id=delivery.workspace_id, person_id=person_id, now=now))


CONTENTS: dict[Kind, Batch] = {
    Kind.PROMPT: of_checkins.prompts,
    Kind.REMINDER: of_checkins.reminders,
    Kind.ASKED_AGAIN: of_checkins.asked_again,
    Kind.RUN: one_by_one(of_checkins.run),
    Kind.RUN_PART: one_by_one(of_checkins.run_part),
    Kind.INTERIM: one_by_one(of_checkins.interim),
    Kind.SUMMED_UP: one_by_one(of_checkins.summed_up),
    Kind.SUMMARY: one_by_one(of_checkins.sent_on),
    Kind.NOTE: one_by_one(of_checkins.note),
    Kind.NOBODY: one_by_one(of_checkins.nobody),
    Kind.RITUAL: one_by_one(_ritual),
    Kind.STALLED: one_by_one(_stalled),
    Kind.HEALTH: one_by_one(_health),
    Kind.BLOCKED: one_by_one(of_checkins.blocked),
    Kind.CLEARER: one_by_one(of_checkins.clearer),
    Kind.HANDED: one_by_one(of_checkins.handed),
    Kind.BLOCKER_NEWS: one_by_one(of_checkins.blocker_news),
    Kind.UNASKED: one_by_one(of_checkins.unasked),
    Kind.UNPOSTED: one_by_one(of_checkins.unposted),
    Kind.UNPOSTED_DECISION: one_by_one(_unposted_decision),
    Kind.UNPOSTED_RITUAL: one_by_one(_unposted_ritual),
    Kind.ENDED: one_by_one(_ended),
    Kind.FACILITATOR: one_by_one(_facilitator),
    Kind.TURN: one_by_one(_turn),
    **of_records.CONTENTS,
    Kind.LEFT: one_by_one(_left),
    Kind.REACTED: one_by_one(_reacted),
    Kind.BRIEF: one_by_one(_brief),
    Kind.SHARED_BRIEF: one_by_one(_shared_brief),
    Kind.AWAY: one_by_one(_away),
    Kind.BACK: one_by_one(_back),
    Kind.CALENDAR: one_by_one(_calendar),
    Kind.DIGEST: one_by_one(_digest),
    Kind.DIGEST_NOW: one_by_one(_digest),
    Kind.DELEGATE: one_by_one(_delegate),
    Kind.TRENDS: one_by_one(_trends),
    Kind.HOME: one_by_one(_home),
}
FOR_ITS_READER = frozenset(
    {
        Kind.SUMMARY,
        Kind.BLOCKED,
        Kind.HANDED,
        Kind.LEFT,
        Kind.REACTED,
        Kind.BRIEF,
        Kind.ACTIONS_NEWS,
        Kind.DIGEST,
        Kind.DIGEST_NOW,
        Kind.TRENDS,
        Kind.HOME,
        *OF_ACTIONS,
        *OF_DECISIONS,
    }
    - {Kind.DECISION}
)
"""What depends on what the reader may see now; Slack may have to be asked before they are drawn."""


def contents(db: Database, due: Sequence[Delivery], now: datetime) -> dict[str, Content]:
    """By delivery id; what is missing has nothing to show any more."""
    groups: dict[tuple[str, Kind], list[Delivery]] = {}
    found: dict[str, Content] = {}
    for delivery in due:
        if is_erased(delivery.subject.person_id):
            found[delivery.id] = outsiders.erased_message(is_out=bool(delivery.ts))
        else:
            groups.setdefault((delivery.workspace_id, delivery.subject.kind), []).append(delivery)
    for (workspace_id, kind), group in groups.items():
        found |= CONTENTS[kind](db, workspace_id, group, now)
    return found
