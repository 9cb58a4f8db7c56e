"""Following a calendar, from its address to the days away, on both databases and from a real server."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain.errors import FieldErrors
from domain.people import Absence
from domain.runs import Missed, PromptState
from services import absences, asking, calendars, opening, sync
from tests.calendars.ics import days
from tests.calendars.world import HOUR, MON, TUE, WED, World, away, on_calendar
from tests.people.crew import MONDAY, person, prompt_of, switch_on
from tests.team import BEN, CHLOE, NOW, WORKSPACE


def test_the_days_of_a_calendar_are_days_away(world: World) -> None:
    world.says(days("20261123", "20261126", "SUMMARY:Operation"), days("20261224", "20261225"))
    world.follow()
    assert world.sheet().calendar
    assert away(world) == []
    world.read()
    assert away(world) == [on_calendar(MON, WED), on_calendar(date(2026, 12, 24), date(2026, 12, 24))]
    assert [each.first for each in world.sheet().found] == [MON, date(2026, 12, 24)]


def test_nobody_is_asked_or_counted_then(world: World) -> None:
    switch_on(world.db)
    world.says(days("20261123", "20261205"))
    world.follow()
    world.read()
    opening.open_due(world.db, now=MONDAY)
    asking.ask_due(world.db, now=MONDAY)
    assert (prompt_of(world.db, BEN).state, prompt_of(world.db, BEN).missed) == (PromptState.MISSED, Missed.AWAY)
    assert prompt_of(world.db, CHLOE).state is not PromptState.MISSED


def test_what_people_said_themselves_is_never_touched(world: World) -> None:
    own = Absence(MON, TUE, "Operation")
    who = {"workspace_id": WORKSPACE, "person_id": BEN}
    absences.away(world.db, **who, first=str(MON), last=str(TUE), reason=own.reason, draft_id="d1", now=NOW)
    sync.save_person(world.db, person=replace(person(world.db, BEN), status_until=MONDAY, updated=1), now=NOW)
    before = away(world)
    world.says(days("20261123", "20261126"))
    world.follow()
    world.read()
    assert len(away(world)) == len(before) + 1
    calendars.leave(world.db, **who, now=NOW)
    assert away(world) == before
    assert own in before


def test_coming_back_stands_until_the_event_changes(world: World) -> None:
    world.says(days("20261123", "20261128"))
    world.follow()
    world.read()
    assert absences.back(world.db, workspace_id=WORKSPACE, person_id=BEN, now=MONDAY)[0]
    world.follow(now=MONDAY + HOUR)
    world.read(MONDAY + HOUR)
    assert away(world) == []
    assert world.sheet(MONDAY + HOUR).found == ()
    world.says(days("20261123", "20261129"))
    world.read(MONDAY + 30 * HOUR)
    assert away(world) == [on_calendar(MON, date(2026, 11, 28))]


def test_who_stops_following_is_away_no_longer_and_the_address_is_gone(world: World) -> None:
    world.says(days("20261119", "20261126"))
    world.follow()
    world.read()
    calendars.leave(world.db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert away(world) == [on_calendar(date(2026, 11, 19), date(2026, 11, 19))]
    assert world.sheet().calendar is None
    with world.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM calendar")).scalar_one() == 0


@pytest.mark.parametrize("address", ["", "https://", "http://calendar.example.com/x.ics"])
def test_what_is_no_address_is_refused_on_its_field(world: World, address: str) -> None:
    who = {"workspace_id": WORKSPACE, "person_id": BEN}
    given = {"secrets": world.secrets, "own_hosts": frozenset[str](), "address": address, "counts": "busy"}
    with pytest.raises(FieldErrors) as refused:
        calendars.follow(world.db, **who, **given, now=NOW)  # type: ignore[arg-type] # as a form gives them
    assert list(refused.value.fields) == ["address"]


def test_what_counts_can_be_changed_without_giving_the_address_again(world: World) -> None:
    world.says(days("20261123", "20261124"), days("20261125", "20261126", "TRANSP:TRANSPARENT", "SUMMARY:PTO"))
    world.follow()
    world.read()
    assert away(world) == [on_calendar(MON, MON)]
    given = {"workspace_id": WORKSPACE, "person_id": BEN, "address": "", "counts": "named"}
    calendars.follow(world.db, secrets=world.secrets, own_hosts=set(), **given, now=NOW + HOUR)
    world.read(NOW + HOUR)
    assert away(world) == [on_calendar(WED, WED)]


def test_looking_again_asks_the_server_once_a_minute_at_most(world: World) -> None:
    world.says()
    world.follow()
    world.read()
    for seconds in (10, 20, 90):
        now = NOW + timedelta(seconds=seconds)
        calendars.look_again(world.db, workspace_id=WORKSPACE, person_id=BEN, now=now)
        world.read(now)
    assert len(world.server.asked) == 2
