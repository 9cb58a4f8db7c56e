"""How often it comes, when, and what it is made of: as its reader chose."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from domain.deliveries import Delivery, Kind, Subject
from domain.digest_choices import USUAL, Choice, Length, Rhythm, Shape, shape
from domain.people import Role
from schedules.contents import contents
from services import digests
from storage import channels, digest_choices, people
from storage.engine import Database
from storage.tables import DigestRow
from tests.digests import MONDAY, WEEK, planned, show, weeks, write
from tests.records import action, decision
from tests.team import BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE

A_WEEK = timedelta(weeks=1)


def choose(db: Database, choice: Choice, now: datetime = NOW, person_id: str = BEN) -> None:
    with db.write() as session:
        digest_choices.choose(session, workspace_id=WORKSPACE, person_id=person_id, choice=choice)
        digests.plan(session, workspace_id=WORKSPACE, person_id=person_id, now=now)


def test_it_comes_on_the_day_and_hour_chosen(db: Database) -> None:
    choose(db, Choice(weekday=2, hour=15))
    assert planned(db) == MONDAY + timedelta(days=2, hours=7)


def test_every_two_weeks_it_tells_about_both(db: Database) -> None:
    decision(db, number=1, at=MONDAY - timedelta(days=3))
    decision(db, number=2, at=MONDAY + timedelta(days=3))
    choose(db, Choice(Rhythm.FORTNIGHTLY))
    write(db, MONDAY)
    assert weeks(db) == []
    write(db, MONDAY + A_WEEK)
    card = show(db, MONDAY + A_WEEK)
    assert (card.digest.first_day, card.digest.week, card.digest.weeks) == (WEEK, WEEK + A_WEEK, 2)
    assert [each.name for each in card.decided] == ["D-1", "D-2"]
    assert card.digest.listed.missed == 0
    assert planned(db) == MONDAY + 3 * A_WEEK


def test_back_to_every_week_what_was_not_told_comes_at_once(db: Database) -> None:
    choose(db, Choice(Rhythm.FORTNIGHTLY))
    wednesday = MONDAY + timedelta(days=2)
    choose(db, USUAL, wednesday)
    write(db, wednesday)
    write(db, MONDAY + A_WEEK)
    assert weeks(db) == [WEEK, WEEK + A_WEEK]


def test_whoever_wants_it_only_when_needed_gets_none_while_nothing_is(db: Database) -> None:
    choose(db, Choice(Rhythm.NEEDED))
    decision(db, at=MONDAY - timedelta(days=3))
    write(db)
    assert weeks(db) == []
    assert planned(db) == MONDAY + A_WEEK
    action(db, owner=BEN)
    write(db, MONDAY + A_WEEK)
    assert weeks(db) == [WEEK + A_WEEK]


def test_what_they_may_not_see_does_not_need_them(db: Database) -> None:
    choose(db, Choice(Rhythm.NEEDED))
    action(db, owner=CHLOE, channel=PRICING)
    write(db)
    subject = Subject(Kind.DIGEST, 1, person_id=BEN)
    due = Delivery("d1", WORKSPACE, subject, 1, 0, 1, uncertain=False, claimed_at=MONDAY, lease_until=MONDAY)
    assert contents(db, [due], MONDAY)["d1"]
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={DEV}, at=MONDAY)
    assert contents(db, [due], MONDAY)["d1"] is None
    assert contents(db, [replace(due, ts="1.2")], MONDAY)["d1"], "What is out stays true."


def test_whoever_wants_none_gets_none(db: Database) -> None:
    choose(db, Choice(Rhythm.NEVER))
    assert planned(db) is None
    write(db, MONDAY + A_WEEK)
    assert weeks(db) == []


def test_a_lead_reads_about_their_channels_only_if_they_chose_to(db: Database) -> None:
    with db.write() as session:
        chloe = people.people(session, workspace_id=WORKSPACE)[CHLOE]
        people.set_up_person(session, person=replace(chloe, role=Role.LEAD))
    choose(db, USUAL, person_id=CHLOE)
    assert planned(db, CHLOE) is None
    choose(db, Choice(about_channels=True), person_id=CHLOE)
    assert planned(db, CHLOE) == MONDAY
    write(db)
    with db.read() as session:
        digest_id = session.exec(select(DigestRow.id).where(DigestRow.person_id == CHLOE)).one()
    assert digest_id
    assert show(db, digest_id=digest_id).digest.shape is Shape.CHANNELS


@pytest.mark.parametrize(
    ("choice", "who", "expected"),
    [
        (USUAL, (True, False, False), Shape.TEAM),
        (USUAL, (True, True, True), Shape.EXEC),
        (Choice(length=Length.FULL), (True, True, True), Shape.TEAM),
        (Choice(length=Length.SHORT), (True, False, True), Shape.EXEC),
        (Choice(length=Length.SHORT), (False, True, True), Shape.EXEC),
        (Choice(length=Length.SHORT), (False, False, True), None),
        (USUAL, (False, True, True), None),
        (Choice(about_channels=True), (False, False, True), Shape.CHANNELS),
        (Choice(about_channels=True), (False, False, False), None),
        (Choice(about_channels=True), (True, False, True), Shape.TEAM),
    ],
)
def test_its_shape_follows_role_and_choice(
    choice: Choice, who: tuple[bool, bool, bool], expected: Shape | None
) -> None:
    has_team, is_exec, leads = who
    assert shape(choice, has_team=has_team, is_exec=is_exec, leads=leads) is expected
