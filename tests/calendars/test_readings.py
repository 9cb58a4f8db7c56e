"""When calendars are read, by whom, and what comes of one that cannot be."""

import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain import hours
from domain.calendars import TOLD_AFTER, Trouble
from domain.deliveries import Kind
from domain.feed_text import MOST_EVENTS
from schedules.loop import STEPS
from services import agenda, calendars, sync
from services import calendar_readings as readings
from services.calendars import NoKey
from services.secrets import Secrets
from storage.tables import Row
from tests.calendars.ics import days, times
from tests.calendars.world import HOUR, MON, NEW, OLD, SECRET, TUE, WED, World, away, on_calendar
from tests.people.crew import person
from tests.team import BEN, CHLOE, NOW, WORKSPACE, owed, readers


def test_it_is_read_anew_after_hours_and_only_what_has_changed_is_sent(world: World) -> None:
    world.says(days("20261123", "20261126"))
    world.follow()
    world.read()
    world.read(NOW + 3 * HOUR)
    assert len(world.server.asked) == 1
    world.read(NOW + 6 * HOUR)
    assert [("If-None-Match" in headers) for _path, headers in world.server.asked] == [False, True]
    assert away(world) == [on_calendar(MON, WED)]
    world.says(days("20261124", "20261126"))
    world.read(NOW + 12 * HOUR)
    assert away(world) == [on_calendar(TUE, WED)]


def test_what_has_not_changed_is_read_once_a_day_all_the_same(world: World) -> None:
    """Days come near that were too far off."""
    world.says(days("20270210", "20270211"))
    world.follow()
    world.read()
    later = NOW + timedelta(days=30)
    world.read(later)
    assert away(world) == [on_calendar(date(2027, 2, 10), date(2027, 2, 10))]


def test_what_was_being_read_when_its_person_left_it_changes_nothing(world: World) -> None:
    world.says(days("20261123", "20261126"))
    world.follow()
    (due,) = readings.claim(world.db, now=NOW, limit=10)
    calendars.leave(world.db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    world.follow()
    readings.not_read(world.db, due=due, trouble=Trouble.MISSING, now=NOW)
    assert world.trouble() is None
    readings.read(world.db, due=due, reading=readings.Reading(due.kept.sealed, [due.seen]), now=NOW)
    assert away(world) == []


def test_two_replicas_never_read_the_same_one_and_one_that_dies_is_followed_by_another(world: World) -> None:
    world.follow()
    world.follow(who=CHLOE)
    first = readings.claim(world.db, now=NOW, limit=1)
    rest = readings.claim(world.db, now=NOW, limit=10)
    assert {due.person.id for due in (*first, *rest)} == {BEN, CHLOE}
    assert readings.claim(world.db, now=NOW, limit=10) == []
    again = NOW + readings.LEASE
    assert agenda.next_row(world.db) == again
    assert len(readings.claim(world.db, now=again, limit=10)) == 2


def test_calendars_that_wait_for_room_do_not_make_the_loop_look_again_at_once(world: World) -> None:
    world.follow()
    assert agenda.next_row(world.db) == NOW
    world.db.changed.clear()
    assert [step(world.db, now=NOW) for step in STEPS] == [0] * len(STEPS)
    assert not world.db.changed.is_set(), "the loop would go round without end"
    assert len(readings.claim(world.db, now=NOW, limit=10)) == 1
    world.db.changed.clear()
    assert readings.claim(world.db, now=NOW, limit=10) == []
    assert not world.db.changed.is_set()


def test_of_somebody_who_has_left_nothing_is_read_and_nothing_kept(world: World) -> None:
    world.follow()
    gone = replace(person(world.db, BEN), left=True, updated=2)
    sync.save_person(world.db, person=gone, now=NOW)
    world.read()
    assert world.server.asked == []
    with world.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM calendar")).scalar_one() == 0


def test_what_cannot_be_read_is_tried_again_and_told_once_after_days(world: World) -> None:
    world.says(days("20261123", "20261126"))
    world.follow()
    world.read()
    del world.server.pages[SECRET]
    moments = [NOW + HOUR * hour for hour in range(6, 24 * 6)]
    told_at = []
    for now in moments:
        world.read(now)
        told_at += [now] if owed(world.db, Kind.CALENDAR) else []
    assert world.trouble() is Trouble.MISSING
    assert len(world.server.asked) < 20
    assert readers(world.db, Kind.CALENDAR) == [BEN]
    (told,) = owed(world.db, Kind.CALENDAR)
    assert told.wanted == 1
    assert told_at[0] - moments[0] >= TOLD_AFTER
    assert hours.is_at_work(person(world.db, BEN), told_at[0])
    assert away(world) == [on_calendar(MON, WED)]
    world.says(days("20261201", "20261202"))
    world.read(moments[-1] + 13 * HOUR)
    assert world.trouble() is None
    assert owed(world.db, Kind.CALENDAR)[0].wanted == 2


@pytest.mark.parametrize("page", [b"<html>Please sign in</html>", b""])
def test_a_page_that_is_no_calendar_says_so_and_keeps_the_days_known(world: World, page: bytes) -> None:
    world.says(days("20261123", "20261126"))
    world.follow()
    world.read()
    world.server.pages[SECRET] = page
    world.read(NOW + 6 * HOUR)
    assert world.trouble() is Trouble.NO_CALENDAR
    assert away(world) == [on_calendar(MON, WED)]


def test_without_a_key_nobody_can_follow(world: World) -> None:
    world.secrets = Secrets()
    assert not world.sheet().can_keep
    with pytest.raises(NoKey, match="MUSTER_SECRET_KEY"):
        world.follow()


def test_a_new_key_takes_over_when_the_calendar_is_read(world: World) -> None:
    world.says()
    world.follow()
    world.secrets = Secrets([NEW, OLD])
    world.read()
    world.secrets = Secrets([NEW])
    world.read(NOW + 24 * HOUR)
    assert world.trouble() is None
    assert calendars.unreadable(world.db, secrets=world.secrets, workspace_id=WORKSPACE) == 0


@pytest.mark.parametrize("keys", [[NEW], []])
def test_with_the_key_gone_the_person_reads_one_sentence_and_a_key_that_comes_back_helps(
    world: World, keys: list[str]
) -> None:
    world.says()
    world.follow()
    world.secrets = Secrets(keys)
    world.read()
    assert world.trouble() is Trouble.KEY
    assert calendars.unreadable(world.db, secrets=world.secrets, workspace_id=WORKSPACE) == 1
    world.secrets = Secrets([NEW, OLD])
    world.read(NOW + HOUR)
    assert world.trouble() is None


def test_the_address_stands_nowhere_but_encrypted(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.follow()
    world.read()
    world.says(days("20261123", "20261126", "SUMMARY:Operation"))
    world.read(NOW + HOUR)
    with world.db.read() as session:
        tables = Row.metadata.tables.values()
        everything = "".join(str(row) for table in tables for row in session.execute(table.select()))
    assert "127.0.0.1" in everything
    for secret in ("private-4f2a", "Operation"):
        assert secret not in everything
        assert secret not in caplog.text
        assert secret not in repr(world.sheet())


def test_a_calendar_of_five_thousand_events_is_read_and_one_with_more_is_too_large(world: World) -> None:
    """A day away every second week, and meetings of an hour beside it, day and night."""
    away_on = [MON + timedelta(days=14 * week) for week in range(3)]
    off = [days(f"{day:%Y%m%d}", f"{day + timedelta(days=1):%Y%m%d}") for day in away_on]
    starts = [NOW - timedelta(days=400) + timedelta(hours=4 * number) for number in range(MOST_EVENTS)]
    meetings = [times(f":{each:%Y%m%dT%H%M%SZ}", f":{each + HOUR:%Y%m%dT%H%M%SZ}") for each in starts]
    world.says(*off, *meetings[len(off) :])
    world.follow()
    world.read()
    assert (world.trouble(), away(world)) == (None, [on_calendar(day, day) for day in away_on])
    world.says(*off, *meetings)
    world.read(NOW + 6 * HOUR)
    assert (world.trouble(), len(away(world))) == (Trouble.TOO_LARGE, len(off)), "what it said last still counts"
