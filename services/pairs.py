"""How people take part, set against measures: pairs that are chosen in advance, and what may be told of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from domain.channels import Readable
from domain.clock import new_id
from domain.engagement import week_of
from domain.errors import NotAllowed
from domain.measure_pairs import NoPair, Pair, PairResult, PairsCard, read_pair, share, weeks_of
from domain.measures import Measure
from domain.metrics.correlation import together as together_of
from domain.people import Person
from domain.setting_up import LEADERS
from domain.submissions import Submission
from services import audience, drafts, measures, signals
from storage import channels as known_channels
from storage import engagement, trail
from storage import measure_pairs as stored
from storage import measures as kept
from storage.engine import Database


def card(db: Database, *, workspace_id: str, channel_id: str, person_id: str, now: datetime) -> PairsCard:
    """For those in the channel. Raises OnlyInside, NotInChannel and OnlyOfChannels."""
    with db.read() as session:
        reader = measures.member(session, workspace_id, channel_id, person_id)
        found = measures.readable(session, reader, channel_id, now)
        places = known_channels.readable(session, workspace_id=workspace_id, person_id=person_id, now=now)
        return PairsCard(
            draft_id=new_id(),
            channel_id=channel_id,
            place=audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=person_id),
            results=tuple(_results(session, reader, places, found, now)),
            measures=tuple(found),
            may_choose=reader.leads,
        )


def together(session: Session, reader: Person, places: Readable, channels: Any, until: datetime) -> list[PairResult]:
    """Of the pairs of those channels, as far as the reader may see them."""
    return _results(session, reader, places, signals.readable(session, reader, places, channels), until)


def _results(
    session: Session, reader: Person, places: Readable, found: Sequence[Measure], until: datetime
) -> list[PairResult]:
    by_id = {each.id: each for each in found}
    ids = {each.channel_id for each in found}
    pairs = stored.of_channels(session, workspace_id=reader.workspace_id, channels=ids) if ids else []
    many = {channel_id: sum(each.channel_id == channel_id for each in pairs) for channel_id in ids}
    names = audience.place_names(
        session, workspace_id=reader.workspace_id, pairs={(each.channel_id, reader.id) for each in pairs}
    )
    told = []
    for pair in (each for each in pairs if each.measure_id in by_id):
        xs, ys = _series(session, pair, places, until)
        result = together_of(xs, ys, lag=pair.lag, pairs=many[pair.channel_id])
        told.append(PairResult(pair, by_id[pair.measure_id], names[pair.channel_id, reader.id], result))
    return told


Weekly = list[float | None]


def _series(session: Session, pair: Pair, places: Readable, until: datetime) -> tuple[Weekly, Weekly]:
    """Week by week from when it was chosen: taking part, and the measure."""
    starts = weeks_of(pair.begins, until)
    runs = engagement.closed(
        session, workspace_id=pair.workspace_id, channels=[pair.channel_id], start=starts[0], end=starts[-1]
    )
    seen = [run for run in runs if places.shows(run.channel_id, run.opened_at)]
    xs: Weekly = []
    for start, end in pairwise(starts):
        closed = [run for run in seen if run.closed_at and start <= run.closed_at < end]
        xs.append(share(pair.engagement, week_of(start.date(), closed)))
    return xs, kept.weekly(session, measure_ids=[pair.measure_id], starts=starts)[pair.measure_id]


def choose(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> None:
    """Once for each form. Raises FieldErrors, TooManyPairs, NotAllowed, OnlyInside and NotInChannel."""
    with db.write() as session:
        actor = _chooser(session, sent.workspace_id, channel_id, sent.person_id)
        if drafts.made(session, sent) is not None:
            return
        known = kept.of_channel(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        others = stored.of_channels(session, workspace_id=sent.workspace_id, channels=[channel_id])
        measure_id, what, lag = read_pair(sent.given, measures=known, others=others)
        new = Pair(0, sent.workspace_id, channel_id, measure_id, what, lag, actor.id, now)
        made = stored.add(session, pair=new)
        drafts.keep(session, sent, result_id=made.id)
        _note(session, "pair chosen", made, by=actor.id, now=now)


def end(db: Database, *, workspace_id: str, pair_id: int, person_id: str, now: datetime) -> str:
    """Ended already, it stays so. Answers its channel. Raises NoPair, NotAllowed, OnlyInside and NotInChannel."""
    with db.write() as session:
        found = stored.pair(session, workspace_id=workspace_id, pair_id=pair_id)
        if found is None:
            raise NoPair
        measures.pressed(session, workspace_id=workspace_id, measure_id=found.measure_id, person_id=person_id)
        actor = _chooser(session, workspace_id, found.channel_id, person_id)
        still = stored.pair(session, workspace_id=workspace_id, pair_id=pair_id)
        if still and still.ended_at is None:
            stored.end(session, pair_id=pair_id, at=now)
            _note(session, "pair ended", found, by=actor.id, now=now)
        return found.channel_id


def _chooser(session: Session, workspace_id: str, channel_id: str, person_id: str) -> Person:
    actor = measures.member(session, workspace_id, channel_id, person_id, lock=True)
    if not actor.leads:
        raise NotAllowed(who=LEADERS)
    return actor


def _note(session: Session, what: str, pair: Pair, *, by: str, now: datetime) -> None:
    details: Mapping[str, Any] = {"measure": pair.measure_id, "engagement": str(pair.engagement), "lag": pair.lag}
    trail.note(
        session,
        workspace_id=pair.workspace_id,
        at=now,
        actor_id=by,
        what=what,
        subject=pair.channel_id,
        details={"pair": pair.id, **details},
    )
