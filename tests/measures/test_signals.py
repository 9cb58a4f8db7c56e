"""Signals of a week, for who may see them, and the button that starts what answers them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.measures import Measure, Value, form_of
from domain.misalignment import Kind, Signal
from services import needs, signals
from storage import channels, people
from storage import measures as stored
from storage.engine import Database
from tests import records
from tests.digests import assign
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE

END = datetime(2026, 11, 16, tzinfo=UTC)
"""Of the week before."""


def follow(db: Database, name: str, *weeks: float | None, channel: str = FORECAST, end: datetime = END) -> Measure:
    """A measure with a value in the middle of each week, the last of which ends then."""
    with db.write() as session:
        at = end - timedelta(weeks=len(weeks) + 1)
        found = stored.add(session, workspace_id=WORKSPACE, channel_id=channel, form=form_of(name), by=BEN, at=at)
        assert found
        middles = [end - timedelta(weeks=len(weeks) - place, days=-3) for place in range(len(weeks))]
        values = [Value(at, value) for at, value in zip(middles, weeks, strict=True) if value is not None]
        stored.put(session, measure=found, values=values)
        return found


def told(db: Database, reader_id: str, *, now: datetime = NOW, end: datetime = END) -> list[Signal]:
    with db.read() as session:
        reader = people.person(session, workspace_id=WORKSPACE, person_id=reader_id)
        assert reader
        places = channels.readable(session, workspace_id=WORKSPACE, person_id=reader_id, now=now)
        return signals.signals(session, reader, places, needs.around(reader, needs.team(session, reader)), end)


@pytest.fixture
def apart(db: Database) -> Database:
    for channel in (FORECAST, PRICING):
        follow(db, "Quality", 0.6, 0.66, 0.72, channel=channel)
        follow(db, "Tickets", 100, 120, 150, channel=channel)
    return db


def test_each_reads_the_signals_of_channels_they_may_read(apart: Database) -> None:
    assert [each.place for each in told(apart, DEV)] == ["#forecast"]
    assert [each.place for each in told(apart, BEN)] == ["#forecast", "#pricing"]
    assert [each.place for each in told(apart, BEN, now=NOW + timedelta(minutes=16))] == ["#forecast"]
    assert told(apart, "UGONE") == []


def test_a_manager_reads_those_around_their_people_as_far_as_they_may(apart: Database) -> None:
    assign(apart)
    with apart.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids={ANA}, at=NOW)
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=NOW)
    assert [each.place for each in told(apart, BEN)] == ["#forecast"], "where Ana is, but not where Chloe is alone"
    assert told(apart, DEV) == [], "nobody is assigned to Dev"


def test_a_guest_reads_none_of_a_public_channel_they_are_not_in(apart: Database) -> None:
    with apart.write() as session:
        dev = people.person(session, workspace_id=WORKSPACE, person_id=DEV)
        assert dev
        people.save_person(session, person=replace(dev, is_guest=True, updated=dev.updated + 1))
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids={BEN}, at=NOW)
    assert told(apart, DEV) == []


def test_an_open_item_or_blocker_that_names_the_drift_answers_it(db: Database) -> None:
    follow(db, "What", 0.2, 0.25, 0.3)
    drift = follow(db, "Drift", 0.2, 0.25, 0.3)
    assert [each.kind for each in told(db, BEN)] == [Kind.UNATTENDED]
    records.run(db, blocker="Why the DRIFT goes up", answered=3, closed_at=NOW)
    assert told(db, BEN) == []
    with db.read() as session:
        assert stored.is_attended(session, measure=drift)
        assert not stored.is_attended(session, measure=replace(drift, channel_id=PRICING))
        assert not stored.is_attended(session, measure=replace(drift, name="dri%t"))
    records.action(db)
    with db.read() as session:
        assert stored.is_attended(session, measure=replace(drift, name="What 1"))


def test_what_was_not_reported_is_named(db: Database) -> None:
    follow(db, "Usage", 300, 310, None)
    follow(db, "Tickets", 300, 310, 320)
    follow(db, "Rare", None, 310, None)
    with db.read() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
        assert ben
        places = channels.readable(session, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
        assert [each.name for each in signals.missing(session, ben, places, [FORECAST], END)] == ["Usage"]
        assert not signals.missing(session, ben, places, [PRICING], END), "of another channel"


def test_fewer_who_take_part_in_a_channel_are_told_of_as_counts(db: Database) -> None:
    for ago, answered in ((5, 3), (4, 3), (3, 2), (2, 1), (1, 0)):
        records.run(db, closed_at=END - timedelta(weeks=ago, days=-3), answered=answered)
    (signal,) = told(db, BEN)
    assert (signal.kind, [each.answered for each in signal.counts]) == (Kind.FEWER, [3, 2, 1, 0])
    assert [each.kind for each in told(db, BEN, end=END - timedelta(weeks=1))] == []
