"""A digest that is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.digest_choices import Choice, Rhythm, Shape
from domain.digest_settings import NoRitualYet, NothingToTell
from domain.people import Role
from services import asked_digests, owing
from storage import people
from storage.engine import Database
from tests.digest.test_digest_choices import choose
from tests.digests import MONDAY, fresh, planned, show, text, wanted, weeks, write
from tests.records import action, decision, run
from tests.team import ANA, BEN, CHLOE, NOW, WORKSPACE, owed

DAY = timedelta(days=1)


def ask(db: Database, person_id: str = BEN, now: datetime = NOW) -> bool:
    return asked_digests.ask(db, workspace_id=WORKSPACE, person_id=person_id, now=now)


def lead(db: Database, person_id: str, role: Role = Role.LEAD) -> None:
    with db.write() as session:
        person = people.people(session, workspace_id=WORKSPACE)[person_id]
        people.set_up_person(session, person=replace(person, role=role))


def test_it_is_about_the_last_seven_days_with_today(db: Database) -> None:
    decision(db, number=1, at=NOW - 7 * DAY)
    decision(db, number=2, at=NOW - 6 * DAY)
    decision(db, number=3, at=NOW)
    action(db, owner=BEN)
    assert ask(db)
    fresh(db, NOW)
    card = show(db, NOW)
    assert [each.name for each in card.decided] == ["D-2", "D-3"]
    assert [each.name for each in card.own] == ["A-1"]
    assert "Digest on request, Sat 14 to Fri 20 Nov 2026." in text(db, NOW)
    assert "You get this because you asked for it." in text(db, NOW)


def test_asked_for_again_that_day_the_same_message_says_what_is_so_now(db: Database) -> None:
    assert ask(db)
    decision(db, at=NOW)
    assert not ask(db, now=NOW + timedelta(minutes=5))
    assert wanted(db, "digest_now") == 2
    assert [each.name for each in show(db, NOW).decided] == ["D-1"]
    assert ask(db, now=NOW + DAY)
    assert len(owed(db, "digest_now")) == 2


def test_the_weekly_one_still_comes_when_it_would(db: Database) -> None:
    ask(db)
    write(db)
    assert [row.person_id for row in owed(db, "digest")] == [BEN]
    assert planned(db) == MONDAY + 7 * DAY
    assert len(weeks(db)) == 2


def test_both_follow_what_becomes_of_their_records(db: Database) -> None:
    found = action(db, owner=ANA)
    write(db)
    ask(db, now=MONDAY)
    before = wanted(db, "digest"), wanted(db, "digest_now")
    with db.write() as session:
        owing.owe_action_changed(session, found, now=MONDAY)
    assert (wanted(db, "digest"), wanted(db, "digest_now")) == (before[0] + 1, before[1] + 1)


def test_whoever_wants_none_by_itself_can_ask_for_it(db: Database) -> None:
    choose(db, Choice(Rhythm.NEVER))
    assert ask(db)


def test_whoever_has_nobody_reads_what_to_do(db: Database) -> None:
    with pytest.raises(NothingToTell):
        ask(db, ANA)
    lead(db, CHLOE)
    with pytest.raises(NoRitualYet):
        ask(db, CHLOE)


def test_a_lead_to_whom_nobody_is_assigned_reads_about_their_channels(db: Database) -> None:
    lead(db, CHLOE)
    run(db)
    ask(db, CHLOE)
    card = show(db, NOW)
    assert card.digest.shape is Shape.CHANNELS
    assert [each.title for each in card.closed] == ["Sync"]
