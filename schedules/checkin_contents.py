"""What the deliveries of check-ins show: invitations, reminders, summaries, and what their facilitators hear."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain import hours
from domain.cards import PromptCard
from domain.deliveries import Delivery
from domain.runs import WAITING, PromptState
from schedules.drawing import Content, Later, hidden
from services import blocker_cards, checkin_cards, sending_on, telling
from services import unasked as unasked_answers
from storage.engine import Database
from surface import blocker_messages as blocker_view
from surface import checkin, checkin_together, notes, outsiders, runs
from surface import unasked as unasked_view
from surface.kit import message_link


def prompts(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _prompt(cards[each.id], now, is_out=bool(each.ts)) for each in due if each.id in cards}


def _prompt(cards: Sequence[PromptCard], now: datetime, *, is_out: bool) -> Content:
    """An invitation that could not leave when it was due waits until its person is at work, as does the receipt of
    whoever answered ahead; not that of whoever has started it themselves."""
    waiting = [card for card in cards if (card.prompt.state in WAITING or _is_ahead(card)) and not card.is_of_starter]
    if not is_out and any(not hours.is_at_work(card.asked, now) for card in waiting):
        return Later(max(hours.back_at_work(card.asked, now) for card in waiting))
    return checkin_together.prompts_message(cards, is_out=is_out)


def _is_ahead(card: PromptCard) -> bool:
    return card.prompt.state is PromptState.ANSWERED and not card.prompt.asked


def reminders(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _reminder(cards[each.id], each, now) for each in due if each.id in cards}


def _reminder(cards: Sequence[PromptCard], delivery: Delivery, now: datetime) -> Content:
    """One that could not leave before its person went home does not come at all."""
    there = cards if delivery.ts else [card for card in cards if hours.is_at_work(card.asked, now)]
    if delivery.subject.is_joint:
        there = [card for card in there if card.prompt.reminded_together]
    return checkin_together.reminders_message(there, is_out=bool(delivery.ts))


def asked_again(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _again(cards[each.id][0], each, now) for each in due if each.id in cards}


def _again(card: PromptCard, delivery: Delivery, now: datetime) -> Content:
    if not delivery.ts and card.prompt.state in WAITING and not hours.is_at_work(card.asked, now):
        return Later(hours.back_at_work(card.asked, now))
    return checkin.asked_again_message(card, int(delivery.subject.part), is_out=bool(delivery.ts))


def run(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    if card is None or card.run.is_quiet:
        return None
    is_new = not delivery.ts and (delivery.anew or card.run.template.post.quiet)
    is_empty = not (card.responses or card.unnamed)  # That nobody answered is no news.
    return None if is_new and is_empty else runs.run_message(card)


def run_part(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    return runs.part_message(card, int(delivery.subject.part), is_out=bool(delivery.ts)) if card else None


def interim(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    return runs.interim_message(card, is_out=bool(delivery.ts)) if card else None


def summed_up(db: Database, delivery: Delivery, _now: datetime) -> Content:
    found = telling.told(db, delivery)
    if found is None:
        return None
    card, workspace_url = found
    link = message_link(workspace_url, delivery.subject.channel_id, delivery.thread_ts or "")
    return runs.summed_up_message(card, link, is_out=bool(delivery.ts))


def sent_on(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    found = sending_on.sent_on(db, delivery, now=now)
    if found:
        return runs.sent_on_message(found, int(subject.part or 1), is_out=bool(delivery.ts))
    return hidden(db, delivery, now) if subject.person_id else None


def note(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    card = checkin_cards.note_card(
        db, workspace_id=delivery.workspace_id, run_id=subject.id, reader_id=subject.person_id
    )
    return notes.note_message(card, is_out=bool(delivery.ts)) if card else None


def blocked(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    mine = {"workspace_id": delivery.workspace_id, "reader_id": subject.person_id}
    day, is_out = date.fromisoformat(subject.part), bool(delivery.ts)
    card = blocker_cards.blocked_card(db, **mine, ritual_id=subject.id, day=day, is_out=is_out, now=now)
    if card and not is_out and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return blocker_view.blocked_message(card, is_out=is_out) if card else None


def clearer(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = blocker_cards.clearer_card(db, delivery)
    if card and card.waits and not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return blocker_view.clearer_message(card, is_out=bool(delivery.ts)) if card else None


def handed(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = blocker_cards.handed(db, delivery, now)
    if card is None:
        return hidden(db, delivery, now)
    if not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return blocker_view.handed_message(card, is_out=bool(delivery.ts))


def blocker_news(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = blocker_cards.news(db, delivery)
    if card and not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    is_out = bool(delivery.ts)
    return blocker_view.news_message(card, is_out=is_out) if card else outsiders.no_longer_message(is_out=is_out)


def unasked(db: Database, delivery: Delivery, now: datetime) -> Content:
    """In working hours, but also to somebody who is away: it is not kept for long."""
    card = unasked_answers.card(db, delivery)
    there = replace(card.reader, absences=()) if card else None
    if there and not delivery.ts and not hours.is_at_work(there, now):
        return Later(hours.back_at_work(there, now))
    return unasked_view.unasked_message(card) if card else None


def unposted(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = checkin_cards.unposted_card(
        db, workspace_id=delivery.workspace_id, run_id=subject.id, reader_id=subject.person_id, now=now
    )
    return runs.unposted_message(card, is_out=bool(delivery.ts)) if card else None


def nobody(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    found = checkin_cards.nobody_card(
        db, workspace_id=delivery.workspace_id, ritual_id=subject.id, reader_id=subject.person_id
    )
    return notes.nobody_message(*found) if found else None
