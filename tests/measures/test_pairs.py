"""Pairs of taking part and measures: chosen in advance by a lead, counted from then on, for who may see them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import FieldErrors, NotAllowed
from domain.measure_pairs import TooManyPairs
from domain.people import Role
from domain.submissions import Submission
from services import measures, pairs
from storage import channels, people
from storage.engine import Database
from surface.measure_pairs import pair_text
from tests import records
from tests.digests import assign, text, write
from tests.measures.test_measures import add, bring
from tests.team import BEN, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, unchanged


@pytest.fixture
def led(db: Database) -> Database:
    """Ben leads."""
    with db.write() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
        assert ben
        people.set_up_person(session, person=replace(ben, role=Role.LEAD))
    return db


def choose(
    db: Database,
    measure_id: int,
    what: str = "participation",
    *,
    by: str = BEN,
    channel: str = FORECAST,
    lag: str = "2",
) -> None:
    given = {"measure": str(measure_id), "engagement": what, "lag": lag}
    sent = Submission(WORKSPACE, by, f"{measure_id} {what} {lag}", given)
    pairs.choose(db, sent=sent, channel_id=channel, now=NOW)


def told(db: Database, reader_id: str, weeks: int = 0) -> list[str]:
    now = NOW + timedelta(weeks=weeks)
    with db.write() as session:
        for channel, ids in ((FORECAST, {BEN, DEV}), (PRICING, {BEN})):
            channels.set_members(session, workspace_id=WORKSPACE, channel_id=channel, ids=ids, at=now)
    with db.read() as session:
        reader = people.person(session, workspace_id=WORKSPACE, person_id=reader_id)
        assert reader
        places = channels.readable(session, workspace_id=WORKSPACE, person_id=reader_id, now=now)
        return [pair_text(each) for each in pairs.together(session, reader, places, [FORECAST, PRICING], now)]


def test_only_whoever_leads_chooses_and_a_pair_is_one(led: Database) -> None:
    drift = add(led)
    with unchanged(led), pytest.raises(NotAllowed):
        choose(led, drift, by=DEV)
    choose(led, drift)
    with unchanged(led):
        choose(led, drift)
        with pytest.raises(FieldErrors):
            choose(led, drift, lag="1")
        with pytest.raises(FieldErrors):
            choose(led, add(led, channel=FORECAST) + 999)
    assert audited(led)[-1] == ("pair chosen", FORECAST, BEN)


def test_a_channel_has_six_pairs_at_most(led: Database) -> None:
    ids = [add(led, f"M{number}") for number in range(7)]
    for each in ids[:6]:
        choose(led, each)
    with unchanged(led), pytest.raises(TooManyPairs):
        choose(led, ids[6])


def test_it_counts_only_from_the_week_it_was_chosen_in_and_anew_after_it_ended(led: Database) -> None:
    drift = add(led)
    bring(led, *(f"Drift,{week},{(NOW - timedelta(weeks=week)).date()},," for week in range(1, 20)))
    choose(led, drift)
    assert told(led, BEN) == ["Participation and later Drift: 8 weeks needed, 0 so far."]
    pairs.end(led, workspace_id=WORKSPACE, pair_id=1, person_id=BEN, now=NOW)
    with unchanged(led):
        pairs.end(led, workspace_id=WORKSPACE, pair_id=1, person_id=BEN, now=NOW)
    assert told(led, BEN) == []


def test_a_pair_of_a_private_channel_is_for_its_members(led: Database) -> None:
    choose(led, add(led, channel=PRICING), channel=PRICING)
    choose(led, add(led))
    assert [len(told(led, each)) for each in (BEN, DEV)] == [2, 1]


def test_the_digest_tells_them_when_a_quarter_ends(led: Database) -> None:
    choose(led, add(led))
    assign(led)
    records.run(led, closed_at=NOW + timedelta(hours=1))
    year_end, week_before = datetime(2027, 1, 4, 7, tzinfo=UTC), datetime(2026, 12, 28, 7, tzinfo=UTC)
    write(led, week_before)
    assert "Does taking part help?" not in text(led, week_before)
    write(led, year_end)
    assert "Does taking part help? Participation and later Drift: 8 weeks needed, 0 so far." in text(
        led, year_end, digest_id=2
    )


def test_weeks_that_have_passed_are_told_with_an_interval_and_no_cause(led: Database) -> None:
    drift = add(led)
    choose(led, drift, lag="0")
    for week in range(9):
        at = NOW + timedelta(weeks=week, hours=1)
        records.run(led, closed_at=at, answered=week % 3 + 1)
        with led.write() as session:
            channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids={BEN, DEV}, at=at)
        sent = Submission(WORKSPACE, BEN, "", {"value": str(week % 3), "day": str(at.date())})
        measures.add_value(led, sent=sent, measure_id=drift, now=at)
    (said,) = told(led, BEN, weeks=9)
    assert said == "Participation and Drift, 9 weeks: 1.00 (from 1.00 to 1.00). Too early to tell."
