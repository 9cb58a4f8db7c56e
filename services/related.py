"""The decisions that one names, and the one that supersedes it, as far as whoever reads of it may know of them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session

from domain.channels import is_direct
from domain.decision_cards import Related
from domain.decisions import Decision
from domain.deliveries import Delivery, Kind
from services import audience, owing
from storage import channels, decision_links, decisions, delivery_queries, people
from storage.engine import Database


def of(session: Session, decision: Decision, *, reader_id: str, now: datetime | None) -> dict[int, Related]:
    """By number. Without a reader the place itself is the reader; a direct message is read by whoever recorded it."""
    numbers = {*decision.form.supersedes, *decision.form.based_on, decision.superseded_by} - {0}
    if not numbers:
        return {}
    if is_direct(decision.channel_id):
        reader_id = reader_id or decision.recorded_by
    if not reader_id:
        known = decisions.numbered(session, workspace_id=decision.workspace_id, numbers=numbers)
        found = [each for each in known.values() if _shows_there(session, decision, each)]
        return _with_links(session, found, found)
    if now is None:
        return {}
    place = decision.workspace_id
    found = decisions.visible(session, workspace_id=place, reader_id=reader_id, now=now, numbers=numbers)
    readable = channels.readable(session, workspace_id=place, person_id=reader_id, now=now)
    return _with_links(session, found, [each for each in found if readable.shows(each.channel_id, each.recorded_at)])


def _shows_there(session: Session, decision: Decision, other: Decision) -> bool:
    """Whether everybody who reads the one in its channel may read the other."""
    place = {"workspace_id": decision.workspace_id}
    if is_direct(other.channel_id):
        return False
    its_own = audience.recorded_in(session, **place, channel_id=other.channel_id)
    if other.channel_id == decision.channel_id:
        return its_own.is_for_members(decision.recorded_at) or not its_own.is_for_members(other.recorded_at)
    members = people.members(session, **place, channel_id=decision.channel_id)
    return not its_own.is_for_members(other.recorded_at) and not any(each.is_guest for each in members)


def _with_links(session: Session, found: Collection[Decision], linked: Collection[Decision]) -> dict[int, Related]:
    if not found:
        return {}
    workspace = people.workspace(session, workspace_id=next(iter(found)).workspace_id)
    cards = {owing.decision_card(each).key: each.number for each in linked if not is_direct(each.channel_id)}
    posted = delivery_queries.posted(session, workspace_id=workspace.id, keys=cards)
    ts = {cards[key]: at for key, at in posted.items()}
    return {each.number: Related(each, workspace.url, ts.get(each.number, "")) for each in found}


def follow(db: Database, tried: Iterable[Delivery], *, now: datetime) -> None:
    """The cards of what a decision has superseded link to its own, once that is there."""
    new = [each for each in tried if each.subject.kind is Kind.DECISION and not each.ts]
    if not new:
        return
    with db.read() as session:
        superseded = [
            other
            for each in new
            for other in decisions.decisions(
                session,
                workspace_id=each.workspace_id,
                ids=decision_links.superseded(session, decision_id=each.subject.id),
            ).values()
            if other.superseded_by
        ]
    if superseded:
        with db.write() as session:
            for other in superseded:
                owing.owe_again(session, other.workspace_id, owing.decision_card(other), now=now)
