"""Who observes a ritual reads its summaries: in the channel, or in a message of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.blockers import NoBlocker
from domain.channels import Channel
from domain.deliveries import Kind
from domain.people import Person
from domain.templates import Post, Template
from services import blockers, history, sync
from services.history import NoSuchRun
from storage import observers
from storage.engine import Database
from tests.checkin.team import (
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
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
from tests.checkin.test_anonymous import pulse

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
END = utc(24, 12)
ZOE = Person(WORKSPACE, "U9", "Zoe", zone_name="Europe/Berlin")
GUEST = replace(ZOE, is_guest=True)
CLOSED = Channel(WORKSPACE, CHANNEL, "forecast", is_private=True, has_bot=True)


def observed(db: Database, template: Template | None = None, *, by: Person = ZOE, is_private: bool = False) -> Team:
    """On Friday, with an observer who is not in the channel."""
    team = settle_in(db, template)
    sync.save_person(db, person=by, now=FRIDAY)
    if is_private:
        sync.save_channel(db, channel=CLOSED, now=FRIDAY)
    observe(team, by)
    return team


def observe(team: Team, *people: Person, now: timedelta = timedelta()) -> None:
    with team.db.write() as session:
        ids = [each.id for each in people]
        observers.put(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_ids=ids, now=FRIDAY + now)


def run(team: Team, *, weeks: int = 0, blocked: str = "") -> None:
    """One in which Ana alone has answered, until its end."""
    team.at(BERLIN + weeks * WEEK)
    team.answer(ANA, BERLIN + HOUR + weeks * WEEK, blocked=blocked)
    team.at(END + weeks * WEEK)


def reads_whole(team: Team, person: Person, number: int = 1) -> bool:
    now = END + 3 * WEEK
    try:
        history.past_run(team.db, workspace_id=WORKSPACE, run_id=number, reader_id=person.id, now=now)
    except NoSuchRun:
        return False
    return True


@pytest.mark.parametrize(("by", "is_private"), [(ZOE, False), (ZOE, True), (GUEST, False), (GUEST, True)])
def test_who_observes_from_outside_the_channel_gets_the_summary(
    database: Database, by: Person, *, is_private: bool
) -> None:
    team = observed(database, by=by, is_private=is_private)
    run(team, blocked="No labels")
    (said,) = team.messages(Kind.SUMMARY)
    assert "The backfill is done." in said
    where = "a private channel" if is_private else "#forecast"
    assert f"From {where}. You get it because you were named as an observer of this check-in." in said
    assert reads_whole(team, by)
    blockers.take(database, workspace_id=WORKSPACE, blocker_id=1, person_id=by.id, now=END)


def test_who_observes_in_the_channel_gets_no_second_copy(database: Database) -> None:
    team = settle_in(database)
    observe(team, GRACE)
    run(team)
    assert team.messages(Kind.SUMMARY) == []


@pytest.mark.parametrize("by", [GRACE, ZOE])
def test_what_is_kept_from_the_channel_is_read_by_who_observes(database: Database, by: Person) -> None:
    boss = replace(ANA, manager_id=DEV.id)
    sending = replace(weekly(), post=Post(("managers",)))
    team = settle_in(database, sending, everybody=(boss, BEN, DEV, GRACE))
    sync.save_person(database, person=ZOE, now=FRIDAY)
    observe(team, by)
    run(team)
    (said,) = team.messages(Kind.SUMMARY, by)
    assert "The backfill is done." in said
    assert f"The summary went to the managers of those asked and {by.name}." in team.messages(Kind.RUN)[0]
    assert reads_whole(team, by)
    assert not reads_whole(team, BEN)


def test_a_late_answer_reaches_who_observes_although_they_are_in_the_channel_by_now(database: Database) -> None:
    team = observed(database)
    run(team)
    ids = [each.id for each in (*EVERYBODY, ZOE)]
    sync.save_members(database, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=END, now=END)
    team.answer(BEN, END + HOUR, moved="The pilot started.")
    team.at(END + HOUR)
    assert "The pilot started." in team.messages(Kind.SUMMARY, ZOE)[0]


def test_who_is_named_while_a_run_is_open_reads_the_next_one(database: Database) -> None:
    """Whoever answered before did not know that they would read it."""
    team = observed(database, is_private=True)
    observe(team)
    team.at(BERLIN)
    observe(team, ZOE, now=timedelta(days=3))
    run(team, blocked="No labels")
    assert team.messages(Kind.SUMMARY) == []
    assert not reads_whole(team, ZOE)
    with pytest.raises(NoBlocker):
        blockers.take(database, workspace_id=WORKSPACE, blocker_id=1, person_id=ZOE.id, now=END)
    run(team, weeks=1)
    (said,) = team.messages(Kind.SUMMARY)
    assert "No labels" not in said, "what an earlier run left standing was not answered for them"


def test_who_is_no_longer_named_reads_nothing_more(database: Database) -> None:
    team = observed(database, is_private=True)
    run(team, blocked="No labels")
    observe(team)
    team.answer(BEN, END + HOUR, moved="Only for the channel.")
    team.at(END + HOUR)
    assert "Only for the channel." not in str(team.messages(Kind.SUMMARY))
    assert not reads_whole(team, ZOE)
    with pytest.raises(NoBlocker):
        blockers.take(database, workspace_id=WORKSPACE, blocker_id=1, person_id=ZOE.id, now=END)


def test_who_is_named_again_by_a_change_reads_what_they_read_before(database: Database) -> None:
    team = observed(database)
    observe(team, ZOE, GRACE, now=timedelta(days=6))
    run(team)
    assert len(team.messages(Kind.SUMMARY, ZOE)) == 1


@pytest.mark.parametrize(("answering", "comes"), [(EVERYBODY[:2], False), (EVERYBODY, True)])
def test_of_an_anonymous_one_they_read_as_little_as_the_channel(
    database: Database, answering: tuple[Person, ...], *, comes: bool
) -> None:
    team = observed(database, pulse())
    team.at(BERLIN)
    for person in answering:
        team.answer(person, BERLIN + HOUR, mood="Yes", why=f"Told by {person.id}")
    team.at(BERLIN_ENDS)
    assert team.messages(Kind.SUMMARY) == [], "not before the last window ends"
    team.at(END)
    assert bool(team.messages(Kind.SUMMARY)) == comes
    assert not any(person.name in str(team.messages(Kind.SUMMARY)) for person in EVERYBODY)


@pytest.mark.parametrize("early", [False, True])
def test_before_the_end_they_read_what_the_ritual_shows_early_and_no_more(database: Database, *, early: bool) -> None:
    team = observed(database, replace(weekly(), post=Post(early=early)))
    team.at(BERLIN)
    team.answer(ANA, BERLIN + HOUR)
    assert team.messages(Kind.SUMMARY) == []
    assert reads_whole(team, ZOE) == early
