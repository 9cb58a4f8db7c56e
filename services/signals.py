"""The signals of a week for one reader: of measures, and of who took part."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from domain.channels import Readable
from domain.engagement import RunCount
from domain.measures import Measure
from domain.metrics.participation import Count, pooled
from domain.misalignment import KNOWN, LOOKED_AT, Series, Signal, fewer
from domain.misalignment import signals as signals_of
from domain.people import Person
from services import audience
from storage import engagement, measures

WEEK = timedelta(weeks=1)


def signals(session: Session, reader: Person, places: Readable, channels: Any, end: datetime) -> list[Signal]:
    """Of the week that ends then, in those channels, as far as the reader may see them."""
    found = _of_measures(session, reader, readable(session, reader, places, channels), end)
    found += _of_engagement(session, reader, places, channels, end)
    return found


def of_channel(session: Session, reader: Person, found: Sequence[Measure], now: datetime) -> list[Signal]:
    """Of measures that the reader may see, in the week that ends now."""
    return _of_measures(session, reader, found, now)


def readable(session: Session, reader: Person, places: Readable, channels: Any) -> list[Measure]:
    found = measures.of_channels(session, workspace_id=reader.workspace_id, channels=channels)
    return [each for each in found if places.shows(each.channel_id, each.recorded_at)]


def missing(session: Session, reader: Person, places: Readable, channels: Any, end: datetime) -> list[Measure]:
    """Those of those channels that had a value in each of the two weeks before and have none in the one that ends."""
    found = readable(session, reader, places, channels)
    known = series(session, reader, found, end, weeks=3)
    return [each.measure for each in known if None not in each.weeks[:2] and each.weeks[2] is None]


def series(
    session: Session, reader: Person, found: Sequence[Measure], end: datetime, weeks: int = KNOWN
) -> list[Series]:
    """The last value of each week of the reader, the last of which ends then."""
    starts = week_edges(reader, end, weeks)
    values = measures.weekly(session, measure_ids=[each.id for each in found], starts=starts)
    return [Series(each, tuple(values[each.id])) for each in found]


def week_edges(reader: Person, end: datetime, weeks: int) -> list[datetime]:
    """Of so many weeks on the reader's clock, the last of which ends then; one in which it is set has an hour more or
    less."""
    local = end.astimezone(reader.zone)
    days = (local.date() - WEEK * ago for ago in range(weeks, -1, -1))
    return [datetime.combine(day, local.time(), reader.zone).astimezone(UTC) for day in days]


def _of_measures(session: Session, reader: Person, found: Sequence[Measure], end: datetime) -> list[Signal]:
    by_channel: dict[str, list[Series]] = {}
    for each in series(session, reader, found, end):
        by_channel.setdefault(each.measure.channel_id, []).append(each)

    attended = partial(is_attended, session)
    told = [signal for of_one in by_channel.values() for signal in signals_of(of_one, attended=attended)]
    return _placed(session, reader, told)


def is_attended(session: Session, measure: Measure) -> bool:
    return measures.is_attended(session, measure=measure)


def _of_engagement(session: Session, reader: Person, places: Readable, channels: Any, end: datetime) -> list[Signal]:
    edges = week_edges(reader, end, LOOKED_AT)
    counts = engagement.closed(
        session, workspace_id=reader.workspace_id, channels=channels, start=edges[0], end=edges[-1]
    )
    seen = [run for run in counts if run.is_told and places.shows(run.channel_id, run.opened_at)]
    by_channel: dict[str, list[RunCount]] = {}
    for run in seen:
        by_channel.setdefault(run.channel_id, []).append(run)
    found = (fewer(channel_id, _weeks(runs, edges)) for channel_id, runs in by_channel.items())
    return _placed(session, reader, [signal for signal in found if signal])


def _weeks(runs: Sequence[RunCount], edges: Sequence[datetime]) -> list[Count]:
    """Week by week, the oldest first."""
    closed = [(run.closed_at, run.total) for run in runs if run.closed_at]
    return [pooled(total for at, total in closed if first <= at < last) for first, last in pairwise(edges)]


def _placed(session: Session, reader: Person, found: Sequence[Signal]) -> list[Signal]:
    pairs = {(signal.channel_id, reader.id) for signal in found}
    names = audience.place_names(session, workspace_id=reader.workspace_id, pairs=pairs) if pairs else {}
    return [replace(signal, place=names[signal.channel_id, reader.id]) for signal in found]
