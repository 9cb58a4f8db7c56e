"""What a digest shows: the records it lists as they stand now, within what its reader may see now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session

from domain import heard
from domain.actions import ActionItem
from domain.channels import Readable, is_direct
from domain.decisions import Decision
from domain.digests import Digest, DigestCard
from domain.heard import Heard, NotAsked
from domain.people import Person
from domain.runs import Run, RunState
from domain.whom import may_move
from services import action_cards, digest_before, digest_numbers, needs, owing
from services.audience import Placed, Record
from services.digest_numbers import Span
from services.summary_readers import blockers_for
from storage import actions, channels, decisions, delivery_queries, digests, engagement, people, rituals
from storage import blockers as raised
from storage.engine import Database

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Placed)
T = TypeVar("T")


def card(db: Database, *, workspace_id: str, digest_id: int, now: datetime) -> DigestCard | None:
    """None for a reader who left."""
    with db.read() as session:
        digest = digests.digest(session, workspace_id=workspace_id, digest_id=digest_id)
        reader = people.person(session, workspace_id=workspace_id, person_id=digest.person_id) if digest else None
        if digest is None or reader is None or reader.left:
            return None
        return _card(session, digest, reader, now)


def _card(session: Session, digest: Digest, reader: Person, now: datetime) -> DigestCard:
    workspace_id, listed = digest.workspace_id, digest.listed
    places = channels.readable(session, workspace_id=workspace_id, person_id=reader.id, now=now)
    made = decisions.decisions(session, workspace_id=workspace_id, ids={*listed.approvals, *listed.decided})
    items = actions.items(session, workspace_id=workspace_id, ids={*listed.own, *listed.slipped})
    blockers = raised.by_id(session, workspace_id=workspace_id, ids=listed.blockers)
    runs = rituals.runs(session, workspace_id=workspace_id, ids={*listed.closed, *listed.open})
    span = _span(session, digest, reader, places, now)
    still_open = _open([run for run in _in_order(runs, listed.open) if run.state is RunState.OPEN], places)
    about = people.person(session, workspace_id=workspace_id, person_id=digest.about_id)
    ended = _in_order(runs, listed.open)
    slipped = action_cards.visible(session, _in_order(items, listed.slipped), reader, places, now)
    named = {each for decision in made.values() for each in decision.people}
    named |= {each for item in items.values() for each in item.named}
    named |= {each for blocker in blockers.values() for each in blocker.concerned}
    known = people.people(session, workspace_id=workspace_id, ids=named)
    return DigestCard(
        digest=digest,
        reader=reader,
        now=now,
        approvals=_seen(_in_order(made, listed.approvals), places, reader),
        own=action_cards.visible(session, _in_order(items, listed.own), reader, places, now),
        # Blockers are part of a run's summary, so only its channel sees them, as far as it is for them.
        blockers=blockers_for(session, _open(_in_order(blockers, listed.blockers), places), reader, places, now),
        slipped=slipped,
        decided=_seen(_in_order(made, listed.decided), places, reader),
        closed=_heard(session, _in_order(runs, listed.closed), places),
        open=_heard(session, still_open, places),
        closed_since=_heard(session, [run for run in ended if run.state is RunState.CLOSED], places),
        people=known,
        to_hand_over=frozenset(each.id for each in items.values() if _may_hand_over(session, each, reader, known)),
        not_asked=tuple(_not_asked(session, listed.caught_up, places, reader)),
        started_on=_started_on(session, reader, now),
        numbers=replace(
            digest_numbers.numbers(span, still_open),
            slipping=digest_before.slipping(span, digest, slipped),
            settled=digest_before.settled(span, digest),
        ),
        workspace_url=people.workspace(session, workspace_id=workspace_id).url,
        cards=_cards(
            session, workspace_id, [each for each in made.values() if places.shows(each.channel_id, each.recorded_at)]
        ),
        runs=_summaries(session, workspace_id, _open(runs.values(), places)),
        manager=about if digest.is_for_delegate else None,
        is_partial=bool(channels.stale_for(session, workspace_id=workspace_id, person_id=reader.id, now=now)),
    )


def _span(session: Session, digest: Digest, reader: Person, places: Readable, now: datetime) -> Span:
    about = people.person(session, workspace_id=reader.workspace_id, person_id=digest.about_id) or reader
    around = needs.around(about, needs.team(session, about))
    return Span(session, reader, places, around, digest.first_day, digest.last_day, now)


def _cards(session: Session, workspace_id: str, made: Iterable[Decision]) -> dict[int, str]:
    """Where those that are in a channel stand."""
    keys = {owing.decision_card(each).key: each.id for each in made if not is_direct(each.channel_id)}
    return _posted(session, workspace_id, keys)


def _summaries(session: Session, workspace_id: str, runs: Iterable[Run]) -> dict[int, str]:
    return _posted(session, workspace_id, {owing.run_message(run).key: run.id for run in runs})


def _posted(session: Session, workspace_id: str, keys: Mapping[str, int]) -> dict[int, str]:
    found = delivery_queries.posted(session, workspace_id=workspace_id, keys=list(keys)) if keys else {}
    return {keys[key]: ts for key, ts in found.items()}


def _in_order(found: Mapping[int, T], ids: Iterable[int]) -> list[T]:
    return [found[each] for each in ids if each in found]


def _open(found: Iterable[P], places: Readable) -> list[P]:
    return [each for each in found if places.shows(each.channel_id, each.recorded_at)]


def _seen(records: Iterable[R], places: Readable, reader: Person) -> list[R]:
    """A record is seen by those who may read its channel and by the people named in it."""
    return [each for each in records if reader.id in each.named or places.shows(each.channel_id, each.recorded_at)]


def _heard(session: Session, runs: Iterable[Run], places: Readable) -> list[Heard]:
    seen = _open(runs, places)
    if not seen:
        return []
    counts = engagement.by_id(session, workspace_id=seen[0].workspace_id, run_ids=[run.id for run in seen])
    return heard.heard((counts[run.id] for run in seen), _channel_names(session, seen))


def _may_hand_over(session: Session, item: ActionItem, reader: Person, known: Mapping[str, Person]) -> bool:
    """Whether the reader asked for it, or looks after what its owner left behind."""
    if not item.is_open:
        return False
    return may_move(reader.id, item.roles, action_cards.caretakers_of(session, item, known))


def _not_asked(session: Session, ids: Collection[int], places: Readable, reader: Person) -> Iterable[NotAsked]:
    runs = rituals.runs(session, workspace_id=reader.workspace_id, ids=ids)
    seen = _open(_in_order(runs, ids), places)
    counts = engagement.by_id(session, workspace_id=reader.workspace_id, run_ids=[run.id for run in seen])
    names = _channel_names(session, seen)
    return [
        NotAsked(
            title=run.template.title,
            channel_name=names.get(run.channel_id, ""),
            times=heard.times_not_asked(run, counts.get(run.id)),
            first=run.skipped_since or run.day,
            last=run.opened_at.astimezone(reader.zone).date(),
        )
        for run in seen
    ]


def _channel_names(session: Session, runs: Iterable[Run]) -> dict[str, str]:
    found = (channels.channel(session, workspace_id=run.workspace_id, channel_id=run.channel_id) for run in runs)
    return {channel.id: channel.name for channel in found if channel}


def _started_on(session: Session, reader: Person, now: datetime) -> date | None:
    places = channels.readable_places(workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    at = digests.first_start(session, workspace_id=reader.workspace_id, places=places)
    return at.astimezone(reader.zone).date() if at else None
