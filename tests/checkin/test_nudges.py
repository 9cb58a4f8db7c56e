"""One limit of reminders for each person and day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from domain.deliveries import Kind, Subject
from domain.people import Nudges, parse_span
from services.nudges import may_nudge, nudge
from storage import people
from storage.engine import Database
from storage.owed import Want
from storage.tables import DeliveryRow
from tests.checkin.team import ANA, BEN, BERLIN, DEV, GRACE, settle_in, utc

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("choice", "most"), [(Nudges.STANDARD, 3), (Nudges.LIGHT, 1), (Nudges.NONE, 0)])
def test_a_day_on_ones_own_calendar_has_room_for_as_many_as_chosen(
    database: Database, choice: Nudges, most: int
) -> None:
    settle_in(database)
    dev = replace(DEV, nudges=choice)
    with database.write() as session:
        assert [may_nudge(session, dev, utc(23, 8)) for _ in range(5)].count(True) == most
        assert may_nudge(session, dev, utc(24, 7)) is False, "it is still Monday in Los Angeles"
        assert may_nudge(session, dev, utc(24, 8)) is (most > 0)
        assert may_nudge(session, ANA, utc(23, 8))


def test_of_reminders_at_one_moment_those_that_are_the_last_go_first(database: Database) -> None:
    settle_in(database)
    light = replace(ANA, nudges=Nudges.LIGHT)
    with database.write() as session:
        for number, is_last in ((1, False), (2, True), (3, False)):
            want = Want(Subject(Kind.ACTION_DUE, number, part="soon:2026-11-26", person_id=ANA.id))
            nudge(session, light, want, now=BERLIN, is_last=is_last)
    with database.read() as session:
        found = session.exec(select(DeliveryRow.subject_id).where(DeliveryRow.kind == Kind.ACTION_DUE)).all()
    assert list(found) == [2]


def test_nobody_is_reminded_who_wants_no_reminders_or_has_answered(database: Database) -> None:
    team = settle_in(database)
    with database.write() as session:
        people.set_up_person(session, person=replace(ANA, nudges=Nudges.NONE))
    team.at(BERLIN)
    team.answer(GRACE, BERLIN + HOUR)
    for hour in range(8):
        team.at(BERLIN + hour * HOUR)
    reminded = "".join(key for key in team.sent if key.startswith(Kind.REMINDER))
    assert [each.name for each in (ANA, BEN, GRACE) if each.id in reminded] == ["Ben"]


def test_nothing_is_sent_in_quiet_hours(database: Database) -> None:
    team = settle_in(database)
    with database.write() as session:
        people.set_up_person(session, person=replace(ANA, quiet=parse_span("9-11")))
    for minute in range(0, 150, 10):
        now = utc(23, 8) + timedelta(minutes=minute)
        team.at(now)
        assert bool(team.messages(Kind.PROMPT, ANA)) is (now >= utc(23, 10))
