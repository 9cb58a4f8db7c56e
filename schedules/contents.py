"""What each kind of delivery shows: a service gives the state, a view draws it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import hours
from domain.actions import ActionCard, ActionNews
from domain.cards import PromptCard, RitualCard
from domain.decisions import DecisionCard, DecisionNews
from domain.deliveries import OF_ACTIONS, OF_DECISIONS, Delivery, Kind
from domain.runs import WAITING, PromptState
from services import (
    absence_news,
    absences,
    action_cards,
    blockers,
    checkin_cards,
    decision_cards,
    digest_cards,
    home,
    refusals,
    ritual_cards,
    sending_on,
    sync,
)
from storage.engine import Database
from surface import actions, away, checkin, checkin_together, decisions, digest, outsiders, rituals, runs
from surface import blockers as blocker_view
from surface import home as home_view
from surface.kit import Json, Message

ASKED_AGAIN = timedelta(seconds=30)
"""So long after Slack did not say who is in a channel it is asked again for a message."""


@dataclass(frozen=True)
class Later:
    """Nothing now: it is drawn again at that moment."""

    at: datetime


Content = Message | Json | Later | None
"""A message, a Home page, or nothing: then the delivery is dropped."""
Batch = Callable[[Database, str, Sequence[Delivery], datetime], Mapping[str, Content]]
"""Draws many deliveries of one kind and workspace at once; answers by delivery id."""


def _prompts(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _prompt(cards[each.id], now, is_out=bool(each.ts)) for each in due if each.id in cards}


def _prompt(cards: Sequence[PromptCard], now: datetime, *, is_out: bool) -> Content:
    """An invitation that could not leave when it was due waits until its person is at work, as does the receipt of
    whoever answered ahead."""
    waiting = [card for card in cards if card.prompt.state in WAITING or _is_ahead(card)]
    if not is_out and any(not hours.is_at_work(card.asked, now) for card in waiting):
        return Later(max(hours.back_at_work(card.asked, now) for card in waiting))
    return checkin_together.prompts_message(cards, is_out=is_out)


def _is_ahead(card: PromptCard) -> bool:
    return card.prompt.state is PromptState.ANSWERED and not card.prompt.asked


def _reminders(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _reminder(cards[each.id], each, now) for each in due if each.id in cards}


def _reminder(cards: Sequence[PromptCard], delivery: Delivery, now: datetime) -> Content:
    """One that could not leave before its person went home does not come at all."""
    there = cards if delivery.ts else [card for card in cards if hours.is_at_work(card.asked, now)]
    if delivery.subject.is_joint:
        there = [card for card in there if card.prompt.reminded_together]
    return checkin_together.reminders_message(there, is_out=bool(delivery.ts))


def _asked_again(db: Database, workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
    cards = checkin_cards.prompt_cards(db, workspace_id=workspace_id, due=due, now=now)
    return {each.id: _again(cards[each.id][0], each, now) for each in due if each.id in cards}


def _again(card: PromptCard, delivery: Delivery, now: datetime) -> Content:
    if not delivery.ts and card.prompt.state in WAITING and not hours.is_at_work(card.asked, now):
        return Later(hours.back_at_work(card.asked, now))
    return checkin.asked_again_message(card, int(delivery.subject.part), is_out=bool(delivery.ts))


def _one_by_one(draw: Callable[[Database, Delivery, datetime], Content]) -> Batch:
    def batch(db: Database, _workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
        return {delivery.id: draw(db, delivery, now) for delivery in due}

    return batch


def _run(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    is_deleted = delivery.anew and not delivery.ts  # That nobody answered is not worth another message.
    return runs.run_message(card) if card and (card.responses or not is_deleted) else None


def _run_part(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    return runs.part_message(card, int(delivery.subject.part), is_out=bool(delivery.ts)) if card else None


def _interim(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = checkin_cards.run_card(db, workspace_id=delivery.workspace_id, run_id=delivery.subject.id)
    return runs.interim_message(card, is_out=bool(delivery.ts)) if card else None


def _sent_on(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    found = sending_on.sent_on(db, delivery, now=now)
    if found:
        return runs.sent_on_message(found, int(subject.part or 1), is_out=bool(delivery.ts))
    return _hidden(db, delivery, now) if subject.person_id else None


def _note(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    card = checkin_cards.note_card(
        db, workspace_id=delivery.workspace_id, run_id=subject.id, reader_id=subject.person_id
    )
    return checkin.note_message(card) if card else None


def _blocked(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = blockers.blocked_card(
        db, workspace_id=delivery.workspace_id, ritual_id=subject.id, reader_id=subject.person_id, now=now
    )
    if card and not delivery.ts and not hours.is_at_work(card.reader, now):
        return Later(hours.back_at_work(card.reader, now))
    return blocker_view.blocked_message(card, is_out=bool(delivery.ts)) if card else None


def _unposted(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject = delivery.subject
    card = checkin_cards.unposted_card(
        db, workspace_id=delivery.workspace_id, run_id=subject.id, reader_id=subject.person_id, now=now
    )
    return runs.unposted_message(card, is_out=bool(delivery.ts)) if card else None


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


def _nobody(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    found = checkin_cards.nobody_card(
        db, workspace_id=delivery.workspace_id, ritual_id=subject.id, reader_id=subject.person_id
    )
    return checkin.nobody_message(*found) if found else None


def _decision_card(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = decision_cards.card(db, workspace_id=delivery.workspace_id, decision_id=delivery.subject.id)
    return decisions.card_message(card) if card else None


def _decision(draw: Callable[[DecisionCard, Delivery], Message | None]) -> Batch:
    def one(db: Database, delivery: Delivery, now: datetime) -> Content:
        subject = delivery.subject
        card = decision_cards.reader_card(
            db, workspace_id=delivery.workspace_id, decision_id=subject.id, reader_id=subject.person_id, now=now
        )
        return draw(card, delivery) if card else _hidden(db, delivery, now)

    return _one_by_one(one)


def _action(draw: Callable[[ActionCard, Delivery], Message | None]) -> Batch:
    def one(db: Database, delivery: Delivery, now: datetime) -> Content:
        subject = delivery.subject
        card = action_cards.readable(
            db, workspace_id=delivery.workspace_id, item_id=subject.id, reader_id=subject.person_id, now=now
        )
        return draw(card, delivery) if card else _hidden(db, delivery, now)

    return _one_by_one(one)


def _action_due(card: ActionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return actions.reminder_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _action_news(db: Database, delivery: Delivery, now: datetime) -> Content:
    subject, news = delivery.subject, ActionNews.read(delivery.subject.part)
    card = action_cards.news_card(
        db, workspace_id=delivery.workspace_id, item_id=subject.id, reader_id=subject.person_id, news=news, now=now
    )
    if card is None:
        return _hidden(db, delivery, now)
    return actions.news_message(card, news, subject.person_id, is_out=bool(delivery.ts))


def _hidden(db: Database, delivery: Delivery, now: datetime) -> Content:
    """What stands there stays until Slack says again who is in the channel: only then is it taken from its reader."""
    person_id = delivery.subject.person_id
    if sync.stale_channels(db, workspace_id=delivery.workspace_id, person_id=person_id, now=now):
        return Later(now + ASKED_AGAIN)
    return outsiders.no_longer_message(is_out=bool(delivery.ts))


def _decision_news(card: DecisionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return decisions.news_message(card, DecisionNews.read(subject.part), subject.person_id, is_out=bool(delivery.ts))


def _approval(card: DecisionCard, delivery: Delivery) -> Message | None:
    subject = delivery.subject
    return decisions.approval_message(card, subject.person_id, subject.part, is_out=bool(delivery.ts))


def _informed(card: DecisionCard, delivery: Delivery) -> Message | None:
    return decisions.informed_message(card, delivery.subject.person_id, is_out=bool(delivery.ts))


def _ritual(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = ritual_cards.card(db, workspace_id=delivery.workspace_id, ritual_id=delivery.subject.id)
    return rituals.ritual_message(card) if card else None


def _stalled(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = _for_facilitator(db, delivery)
    return rituals.stalled_message(card) if card else None


def _ended(db: Database, delivery: Delivery, _now: datetime) -> Content:
    card = _for_facilitator(db, delivery)
    return rituals.ended_message(card) if card else None


def _facilitator(db: Database, delivery: Delivery, _now: datetime) -> Content:
    subject = delivery.subject
    card = _for_facilitator(db, delivery, predecessor_id=subject.part.partition(".")[0])
    return rituals.facilitator_message(card, subject.person_id) if card else None


def _for_facilitator(db: Database, delivery: Delivery, predecessor_id: str = "") -> RitualCard | None:
    subject, workspace_id = delivery.subject, delivery.workspace_id
    return ritual_cards.card(
        db, workspace_id=workspace_id, ritual_id=subject.id, reader_id=subject.person_id, predecessor_id=predecessor_id
    )


def _away(db: Database, delivery: Delivery, _now: datetime) -> Content:
    found = absences.said_by_other(db, workspace_id=delivery.workspace_id, absence_id=delivery.subject.id)
    return away.marked_message(*found) if found else None


def _back(db: Database, delivery: Delivery, _now: datetime) -> Content:
    return away.back_message(
        *absence_news.ended_by_other(db, workspace_id=delivery.workspace_id, part=delivery.subject.part)
    )


def _digest(db: Database, delivery: Delivery, now: datetime) -> Content:
    card = digest_cards.card(db, workspace_id=delivery.workspace_id, digest_id=delivery.subject.id, now=now)
    return digest.digest_message(card) if card else None


def _home(db: Database, delivery: Delivery, now: datetime) -> Content:
    person_id = delivery.subject.person_id
    return home_view.home_page(home.card(db, workspace_id=delivery.workspace_id, person_id=person_id, now=now))


CONTENTS: dict[Kind, Batch] = {
    Kind.PROMPT: _prompts,
    Kind.REMINDER: _reminders,
    Kind.ASKED_AGAIN: _asked_again,
    Kind.RUN: _one_by_one(_run),
    Kind.RUN_PART: _one_by_one(_run_part),
    Kind.INTERIM: _one_by_one(_interim),
    Kind.SUMMARY: _one_by_one(_sent_on),
    Kind.NOTE: _one_by_one(_note),
    Kind.NOBODY: _one_by_one(_nobody),
    Kind.RITUAL: _one_by_one(_ritual),
    Kind.STALLED: _one_by_one(_stalled),
    Kind.BLOCKED: _one_by_one(_blocked),
    Kind.UNPOSTED: _one_by_one(_unposted),
    Kind.UNPOSTED_DECISION: _one_by_one(_unposted_decision),
    Kind.UNPOSTED_RITUAL: _one_by_one(_unposted_ritual),
    Kind.ENDED: _one_by_one(_ended),
    Kind.FACILITATOR: _one_by_one(_facilitator),
    Kind.DECISION: _one_by_one(_decision_card),
    Kind.APPROVAL: _decision(_approval),
    Kind.INFORMED: _decision(_informed),
    Kind.DRIVER: _decision(
        lambda card, due: decisions.driver_message(card, due.subject.person_id, is_out=bool(due.ts))
    ),
    Kind.LOOK_AGAIN: _decision(lambda card, due: decisions.look_again_message(card, due.subject.person_id)),
    Kind.DECISION_NEWS: _decision(_decision_news),
    Kind.ACTION: _action(lambda card, due: actions.action_message(card, due.subject.person_id, is_out=bool(due.ts))),
    Kind.ACTION_DUE: _action(_action_due),
    Kind.ACTION_NEWS: _one_by_one(_action_news),
    Kind.AWAY: _one_by_one(_away),
    Kind.BACK: _one_by_one(_back),
    Kind.DIGEST: _one_by_one(_digest),
    Kind.HOME: _one_by_one(_home),
}
FOR_ITS_READER = frozenset(
    {Kind.SUMMARY, Kind.BLOCKED, Kind.DIGEST, Kind.HOME, *OF_ACTIONS, *OF_DECISIONS} - {Kind.DECISION}
)
"""What depends on what the reader may see now; Slack may have to be asked before they are drawn."""


def contents(db: Database, due: Sequence[Delivery], now: datetime) -> dict[str, Content]:
    """By delivery id; what is missing has nothing to show any more."""
    groups: dict[tuple[str, Kind], list[Delivery]] = {}
    for delivery in due:
        groups.setdefault((delivery.workspace_id, delivery.subject.kind), []).append(delivery)
    found: dict[str, Content] = {}
    for (workspace_id, kind), group in groups.items():
        found |= CONTENTS[kind](db, workspace_id, group, now)
    return found
