"""What a change of people means for an occurrence to come: it begins when it should, and nothing false is said."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from domain.cadence import parse
from domain.channels import Channel
from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Hours, Person
from services import absences, agenda, replanning, rituals, sync
from services import people as set_up
from storage.engine import Database
from storage.tables import RitualRow
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    EVERYBODY,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)
from tests.databases import listening

KIRI = Person(WORKSPACE, "U9", "Kiri", zone_name="Pacific/Auckland")
AFTERNOON = Hours(time(13), time(17, 30))
AT_ONE = utc(23, 12)
"""In Berlin."""
OUTAGE = "Muster was not running"


def join(team: Team, person: Person, *others: Person, now: datetime) -> None:
    ids = [each.id for each in (person, *others)]
    sync.save_people(team.db, workspace_id=WORKSPACE, found=[person], now=now)
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=now, now=now)


def begin_in_the_morning(team: Team, person: Person, now: datetime) -> None:
    given = {"function": "ml", "role": "contributor", "manager": "", "hours": "mon-fri 09:00-17:30"}
    place = {"workspace_id": WORKSPACE, "actor_id": person.id, "person_id": person.id}
    set_up.set_up(team.db, **place, given=given, shown={}, now=now)


def admin(person: Person, hours: Hours = AFTERNOON) -> Person:
    return replace(person, hours=hours, is_admin=True)


def test_whoever_joins_from_further_east_does_not_make_it_begin_on_the_others_sunday(database: Database) -> None:
    team = settle_in(database, everybody=(DEV, replace(GRACE, zone_name="America/Los_Angeles")))
    sunday_evening = utc(23, 2)
    join(team, KIRI, DEV, GRACE, now=sunday_evening)
    team.at(sunday_evening)
    assert not team.runs
    team.at(ANGELES)
    assert not team.messages(Kind.PROMPT, KIRI), "it is half past six there"
    tuesday_at_nine = utc(23, 20)
    team.at(tuesday_at_nine)
    assert "This comes late" not in team.messages(Kind.PROMPT, KIRI)[0]
    for person in (DEV, GRACE, KIRI):
        team.answer(person, tuesday_at_nine)
    team.at(tuesday_at_nine + AFTER)
    assert "3 of 3 answered" in team.messages(Kind.RUN)[0]


def test_whoever_begins_earlier_from_now_on_is_asked_when_the_others_are(database: Database) -> None:
    team = settle_in(database, everybody=(admin(BEN), replace(GRACE, hours=AFTERNOON), DEV))
    begin_in_the_morning(team, BEN, AT_ONE - timedelta(hours=1))
    team.at(AT_ONE - AFTER)
    assert not team.runs
    team.at(AT_ONE)
    said = team.messages(Kind.PROMPT, BEN)[0]
    assert "Please answer by Mon 23 Nov 2026 21:00 CET" in said
    assert "This comes late" not in said


def test_where_everybodys_moment_has_passed_it_begins_at_once(database: Database) -> None:
    team = settle_in(database, everybody=(admin(BEN), replace(GRACE, hours=AFTERNOON)))
    now = AT_ONE - timedelta(hours=1)
    join(team, admin(BEN), now=now)
    begin_in_the_morning(team, BEN, now)
    team.at(now)
    assert "This comes late" not in team.messages(Kind.PROMPT, BEN)[0]


def test_an_outage_when_it_was_to_begin_is_still_said(database: Database) -> None:
    team = settle_in(database, everybody=(admin(BEN), replace(GRACE, hours=AFTERNOON), DEV))
    begin_in_the_morning(team, BEN, AT_ONE - timedelta(hours=1))
    team.at(AT_ONE + timedelta(hours=2) + AFTER)
    assert team.states() == ["down", "pending", "down"]


def test_what_was_put_off_is_still_late(team: Team) -> None:
    template = break_ritual(team)
    for hour in range(3):
        team.open_and_ask(BERLIN + timedelta(hours=hour))
    mend_ritual(team, template)
    team.at(BERLIN + timedelta(hours=3))
    assert team.states() == ["down", "down", "pending", "down"]


def break_ritual(team: Team) -> dict[str, object]:
    with team.db.write() as session:
        row = session.get_one(RitualRow, team.ritual.id)
        template, row.template = row.template, {**row.template, "who": 5}
    return template


def mend_ritual(team: Team, template: dict[str, object]) -> None:
    with team.db.write() as session:
        session.get_one(RitualRow, team.ritual.id).template = template


def test_of_two_that_begin_at_one_working_moment_the_newer_is_asked_and_no_outage_is_told(database: Database) -> None:
    weekend = replace(weekly(), cadence=parse("every sat, sun at 18:00"))
    team = settle_in(database, weekend, everybody=(ANA, BEN, GRACE))
    team.at(utc(23, 8))
    assert [(run.occurrence, run.skipped) for run in team.runs] == [("2026-11-22T18:00", 0)]
    team.at(utc(24, 8))
    assert OUTAGE not in team.messages(Kind.RUN)[0]


def test_an_outage_over_two_weekends_missed_what_would_have_been_asked_after_the_first(database: Database) -> None:
    weekend = replace(weekly(), cadence=parse("every sat, sun at 18:00"))
    team = settle_in(database, weekend, everybody=(ANA, BEN, GRACE))
    team.at(utc(30, 8))
    assert [(run.occurrence, run.skipped) for run in team.runs] == [("2026-11-29T18:00", 1)]


def test_a_holiday_that_all_take_is_no_outage(database: Database) -> None:
    daily = replace(weekly(), cadence=parse("every weekday at 09:30"), closes=Duration(days=4), remind=())
    team = settle_in(database, daily, everybody=(ANA, BEN, GRACE))
    for person in (ANA, BEN, GRACE):
        place = {"workspace_id": WORKSPACE, "person_id": person.id, "draft_id": f"draft of {person.id}"}
        absences.away(database, **place, first="2026-11-23", last="2026-11-24", now=FRIDAY)
    for hour in range(24 * 6):
        team.at(FRIDAY + timedelta(hours=hour))
    assert [run.skipped for run in team.runs] == [0, 0, 0]


def test_whoever_joins_after_their_day_has_begun_leaves_nobody_out_for_an_outage(database: Database) -> None:
    """The evening shift in Los Angeles is asked for Monday when it is Tuesday afternoon in Auckland."""
    daily = replace(weekly(), cadence=parse("every weekday at 09:30"))
    evening = replace(DEV, hours=Hours(time(20), time(23)))
    team = settle_in(
        database, daily, everybody=(evening, replace(GRACE, hours=Hours(time(20), time(23)), zone_name=DEV.zone_name))
    )
    joined = utc(23, 21)
    for hour in range(24 * 7):
        now = FRIDAY + timedelta(hours=hour)
        if now == joined:
            join(team, KIRI, DEV, GRACE, now=now)
        team.at(now)
    assert {run.skipped for run in team.runs} == {0}
    assert not [said for said in team.messages(Kind.RUN) if OUTAGE in said]


def leave(team: Team, *gone: Person, now: datetime = FRIDAY) -> None:
    found = [replace(person, left=True, updated=1) for person in gone]
    sync.save_people(team.db, workspace_id=WORKSPACE, found=found, now=now)


def add_channels(team: Team, count: int, *members: Person) -> None:
    """Each with a ritual that Grace switches on."""
    for number in range(count):
        place = {"workspace_id": WORKSPACE, "channel_id": f"CMORE{number}"}
        channel = Channel(WORKSPACE, place["channel_id"], f"more-{number}", is_private=False, has_bot=True)
        sync.save_channel(team.db, channel=channel, now=FRIDAY)
        ids = [person.id for person in (GRACE, *members)]
        sync.save_members(team.db, **place, ids=ids, read_at=FRIDAY, now=FRIDAY)
        rituals.switch_on(team.db, **place, person_id=GRACE.id, template=weekly(), now=FRIDAY)


def begins_at(team: Team) -> datetime | None:
    with team.db.read() as session:
        return session.get_one(RitualRow, team.ritual.id).begins_at


def test_only_the_rituals_of_those_who_changed_are_worked_out_and_each_once(team: Team) -> None:
    add_channels(team, 2)
    leave(team, ANA, BEN)
    assert replanning.look_again_due(team.db, now=FRIDAY) == 1
    assert replanning.look_again_due(team.db, now=FRIDAY) == 0


def test_what_is_to_be_worked_out_is_known_when_muster_stops_before(team: Team) -> None:
    """Nothing but the database knows of it; the next start finds it there, whenever that is."""
    leave(team, ANA, BEN, GRACE)
    assert agenda.next_row(team.db) == FRIDAY
    team.at(FRIDAY + timedelta(days=1))
    assert begins_at(team) == ANGELES
    assert agenda.next_row(team.db) == ANGELES


def test_an_occurrence_that_began_while_muster_was_stopped_is_not_worked_out_away(team: Team) -> None:
    leave(team, ANA)
    team.at(BERLIN + timedelta(hours=3))
    assert team.states() == ["down", "pending", "down"]


def test_writing_people_takes_no_longer_with_more_rituals(team: Team) -> None:
    statements: list[str] = []
    with listening(team.db.engine, "before_cursor_execute", lambda *given: statements.append(given[2])):
        leave(team, ANA)
        few = len(statements)
        add_channels(team, 4, *EVERYBODY)
        statements.clear()
        leave(team, BEN)
    assert len(statements) == few
