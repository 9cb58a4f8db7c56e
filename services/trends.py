"""Trends: what is counted week by week, for whoever asks, and the message that shows it to them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain import trend_kinds
from domain.deliveries import Kind, Subject
from domain.digest_times import WEEK, bounds, monday
from domain.engagement import week_of
from domain.errors import NotSetUp, UserError
from domain.misalignment import KNOWN
from domain.misalignment import Series as Followed
from domain.people import Person
from domain.trend_kinds import Waiting
from domain.trends import WEEKS, Trend, TrendsCard, is_unusual, trimmed
from services import needs, owing, signals
from storage import channels, engagement, measures, people
from storage import trends as stored
from storage.engine import Database

PER_PAGE = 2
"""Slack takes so many of its own charts in a message."""
CHARTS_AGAIN = timedelta(days=30)
"""So long after Slack refused its own charts in a workspace they are tried again."""


class NoSuchTrend(UserError):
    """That is not counted any more. Type `/digest trends` to see what is."""


def ask(
    db: Database, *, workspace_id: str, person_id: str, now: datetime, page: int = 1, day: date | None = None
) -> None:
    """Owes the message, or a further page of it; asked for again on the same day it is brought up to date. Raises
    NotSetUp."""
    with db.write() as session:
        reader = _reader(session, workspace_id, person_id)
        until = day or now.astimezone(reader.zone).date()
        owing.owe(session, workspace_id, message(person_id, until, page), now=now)


def message(person_id: str, day: date, page: int) -> Subject:
    return Subject(Kind.TRENDS, page, part=day.isoformat(), person_id=person_id)


def card(db: Database, *, workspace_id: str, person_id: str, day: date, page: int, now: datetime) -> TrendsCard | None:
    """None for a reader who left."""
    with db.read() as session:
        reader = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if reader is None or reader.left:
            return None
        found = [trend for trend in _all(session, reader, day, now) if trend.weeks]
        first = (page - 1) * PER_PAGE
        refused_at = people.workspace(session, workspace_id=workspace_id).charts_refused_at
        return TrendsCard(
            reader=reader,
            day=day,
            page=page,
            trends=tuple(found[first : first + PER_PAGE]),
            later=tuple(trend.title for trend in found[first + PER_PAGE :]),
            natively=refused_at is None or now - refused_at > CHARTS_AGAIN,
            is_partial=bool(channels.stale_for(session, workspace_id=workspace_id, person_id=reader.id, now=now)),
        )


def trend(db: Database, *, workspace_id: str, person_id: str, trend_id: str, day: date, now: datetime) -> Trend:
    """One of them, as its reader may see it now. Raises NotSetUp and NoSuchTrend."""
    with db.read() as session:
        reader = _reader(session, workspace_id, person_id)
        found = {trend.id: trend for trend in _all(session, reader, day, now)}
    if trend_id not in found:
        raise NoSuchTrend
    return found[trend_id]


def _reader(session: Session, workspace_id: str, person_id: str) -> Person:
    reader = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if reader is None or reader.left:
        raise NotSetUp
    return reader


def _all(session: Session, reader: Person, day: date, now: datetime) -> list[Trend]:
    """Of the channels of the reader and their people, as far as the reader may read these: the whole weeks before that
    day."""
    place = needs.around(reader, needs.team(session, reader))
    weeks = [monday(day) - WEEK * back for back in range(WEEKS, 0, -1)]
    makers = (_participation, _actions, _lead_time)
    found = [make(session, reader, place, weeks, now) for make in makers]
    return [trimmed(each) for each in (*found, *_measures(session, reader, place, weeks, now))]


def _participation(session: Session, reader: Person, place: Any, weeks: Sequence[date], now: datetime) -> Trend:
    readable = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    counted = []
    for week in weeks:
        start, end = bounds(week, reader.zone)
        runs = engagement.closed(session, workspace_id=reader.workspace_id, channels=place, start=start, end=end)
        counted.append(week_of(week, [run for run in runs if readable.shows(run.channel_id, run.opened_at)]))
    return trend_kinds.participation(counted)


def _actions(session: Session, reader: Person, place: Any, weeks: Sequence[date], now: datetime) -> Trend:
    about = _about(reader, place, now)
    return trend_kinds.actions(weeks, stored.burnt(session, **about, bounds=_starts(reader, weeks)))


def _lead_time(session: Session, reader: Person, place: Any, weeks: Sequence[date], now: datetime) -> Trend:
    about = _about(reader, place, now)
    decided = []
    for week in weeks:
        start, end = bounds(week, reader.zone)
        decided.append(stored.decided(session, **about, start=start, end=end))
    names = _names(session, reader, {each.channel_id for week in decided for each in week})
    count, first = stored.waiting(session, **about)
    return trend_kinds.lead_time(weeks, decided, names, Waiting(count, (now - first).days if first else 0))


def _about(reader: Person, place: Any, now: datetime) -> dict[str, Any]:
    return {"workspace_id": reader.workspace_id, "person_id": reader.id, "channels": place, "now": now}


def _measures(session: Session, reader: Person, place: Any, weeks: Sequence[date], now: datetime) -> list[Trend]:
    """Those with alerts, or that have left what is usual for them, first."""
    places = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    seen = signals.readable(session, reader, places, place)
    # What was usual in the first of these weeks is told by those before.
    earlier = [weeks[0] - WEEK * back for back in range(KNOWN, 0, -1)]
    values = measures.weekly(
        session, measure_ids=[each.id for each in seen], starts=_starts(reader, [*earlier, *weeks])
    )
    names = _names(session, reader, {each.channel_id for each in seen})
    attended = partial(signals.is_attended, session)
    found: list[Trend] = []
    for channel_id in sorted(names, key=names.__getitem__):
        followed = [Followed(each, tuple(values[each.id])) for each in seen if each.channel_id == channel_id]
        marks = trend_kinds.alerts(followed, weeks, attended=attended)
        for each in followed:
            known = each.weeks[-len(weeks) :]
            about = (names[channel_id], marks.get(each.measure.id, ()))
            found.append(trend_kinds.measure(each.measure, weeks, known, *about))
    return sorted(found, key=lambda trend: not (trend.marks or is_unusual(trend)))


def _starts(reader: Person, weeks: Sequence[date]) -> list[datetime]:
    """The first moment of each week, and the end of the last."""
    return [bounds(week, reader.zone)[0] for week in weeks] + [bounds(weeks[-1], reader.zone)[1]]


def _names(session: Session, reader: Person, ids: Collection[str]) -> dict[str, str]:
    known = channels.channels(session, workspace_id=reader.workspace_id, ids=ids)
    return {channel.id: f"#{channel.name}" for channel in known.values()}
