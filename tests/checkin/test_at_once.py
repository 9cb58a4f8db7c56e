"""What others do just while a ritual is worked out or opened, on PostgreSQL, where two can write at once."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as wall
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from domain.deliveries import Kind
from domain.people import Absence, Hours
from domain.submissions import Submission
from services import absences, asking, manual_runs, ritual_changes, sync
from services.manual_runs import IsOpen
from storage import absences as away_days
from storage import channels, people, planned
from storage import rituals as stored
from storage.engine import Database
from storage.tables import KeptRow
from tests.checkin.team import ANA, BEN, BERLIN, CHANNEL, DEV, FRIDAY, GIVEN, GRACE, WORKSPACE, Team, utc
from tests.checkin.test_answering_ahead import opened, send
from tests.databases import patient
from tests.team import audited

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)
BLOCKED = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
WAITING = text(f"SELECT count(*) {BLOCKED}")
SECONDS = 10.0


@pytest.fixture(autouse=True)
def _nobody_gives_up(team: Team) -> Iterator[None]:
    with patient(team.db.engine):
        yield


@contextmanager
def meanwhile(db: Database, work: Callable[[], object]) -> Iterator[Session]:
    """A transaction; when it commits, `work`, which began after what is done inside, waits for it or is over."""
    with ThreadPoolExecutor(1) as pool:
        with db.write() as session:
            yield session
            session.flush()
            begun = pool.submit(work)
            until_it_waits(db, begun)
        begun.result()


def until_it_waits(db: Database, begun: Future[Any], *, count: int = 1) -> None:
    end = time.monotonic() + SECONDS
    while not begun.done() and time.monotonic() < end:
        with db.read() as session:
            if session.execute(WAITING).scalar_one() >= count:
                return
        time.sleep(0.01)


def dev_leaves_the_channel(team: Team) -> None:
    ids = [ANA.id, BEN.id, GRACE.id]
    place = {"workspace_id": WORKSPACE, "channel_id": CHANNEL}
    sync.save_members(team.db, **place, ids=ids, read_at=FRIDAY, now=FRIDAY)


def next_at(team: Team) -> datetime | None:
    with team.db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert found
    return found.next_at


def test_what_is_switched_off_while_it_is_worked_out_stays_off(team: Team) -> None:
    with meanwhile(team.db, lambda: dev_leaves_the_channel(team)) as session:
        stored.end(session, ritual_id=team.ritual.id, at=FRIDAY, by=GRACE.id)
    assert next_at(team) is None
    team.at(BERLIN)
    assert not team.runs


def test_of_two_who_work_out_a_ritual_at_once_the_second_knows_what_the_first_changed(team: Team) -> None:
    late = Hours(wall(13), wall(17, 30))
    with meanwhile(team.db, lambda: dev_leaves_the_channel(team)) as session:
        for person in (ANA, BEN, GRACE):
            people.set_up_person(session, person=replace(person, hours=late))
        planned.set_next(session, ritual_id=team.ritual.id, day=BERLIN.date(), at=utc(23, 12))
    assert next_at(team) == utc(23, 12)


def test_whoever_says_they_are_away_while_the_run_opens_is_not_asked(team: Team) -> None:
    """The absence is written, and not yet committed, when the loop comes to open the run."""
    with meanwhile(team.db, lambda: team.open_and_ask(BERLIN)) as session:
        people.workspace(session, workspace_id=WORKSPACE, lock=True)
        week = Absence(BERLIN.date(), BERLIN.date() + timedelta(days=4))
        away_days.add(session, workspace_id=WORKSPACE, person_id=DEV.id, absence=week)
    assert team.states() == ["pending", "pending", "away", "pending"]


def test_whoever_says_they_are_away_just_after_the_run_has_begun_to_open_is_not_asked(team: Team) -> None:
    """The loop has read whom to ask, and waits to write the run, when somebody says so."""
    with ThreadPoolExecutor(2) as pool:
        with team.db.write() as session:
            session.execute(text("LOCK TABLE run IN SHARE MODE"))
            opening = pool.submit(team.open_and_ask, BERLIN)
            until_it_waits(team.db, opening)
            going = pool.submit(go_away, team)
            until_it_waits(team.db, going, count=2)
        opening.result()
        going.result()
    assert team.states()[2] == "away"


def go_away(team: Team) -> None:
    place = {"workspace_id": WORKSPACE, "person_id": DEV.id, "draft_id": "d1"}
    absences.away(team.db, **place, first="2026-11-23", last="2026-11-27", now=BERLIN)


def test_two_people_who_change_one_ritual_at_once_both_have_their_way(team: Team) -> None:
    team.change(replace(BEN, is_admin=True))
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id}
    forms = {each: ritual_changes.open_form(team.db, **where, person_id=each) for each in (GRACE.id, BEN.id)}  # type: ignore[arg-type] # by name
    new = {GRACE.id: {"when": "every tue at 10:00"}, BEN.id: {"closes": "4h"}}

    def save(person_id: str) -> None:
        form = forms[person_id]
        sent = Submission(WORKSPACE, person_id, form.draft_id, {**form.given, **new[person_id]})
        ritual_changes.change(team.db, sent=sent, ritual_id=team.ritual.id, seen=form.seen, now=FRIDAY)

    with ThreadPoolExecutor(2) as pool:
        with team.db.write() as session:
            channels.channel(session, workspace_id=WORKSPACE, channel_id=CHANNEL, lock=True)
            begun = [pool.submit(save, each) for each in forms]
            until_it_waits(team.db, begun[1], count=2)
        for each in begun:
            each.result()
    with team.db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert found
    assert (found.template.when, str(found.template.closes)) == ("every tue at 10:00", "4h")
    assert [what for what, _subject, _actor in audited(team.db)] == ["ritual on", *2 * ["ritual changed"]]


def test_a_replica_that_dies_while_an_early_answer_becomes_the_response_is_followed_by_another(team: Team) -> None:
    send(team, opened(team))
    with ThreadPoolExecutor(1) as pool, team.db.write() as session:
        session.execute(text("LOCK TABLE response IN SHARE MODE"))
        dying = pool.submit(team.open_and_ask, BERLIN)
        until_it_waits(team.db, dying)
        assert asking.ask_due(team.db, now=BERLIN) == 0, "nobody else asks whoever it is about to hear"
        session.execute(text(f"SELECT pg_terminate_backend(pid) {BLOCKED}"))
        assert isinstance(dying.exception(SECONDS), OperationalError)
    assert team.answers_of(ANA) == {}
    team.at(BERLIN)
    assert team.answers_of(ANA) == GIVEN
    (receipt,) = team.sent[f"prompt:{team.prompt(ANA).id}::{ANA.id}"]
    assert receipt.text.startswith("Weekly sync: answered, thank you.")
    assert len(team.messages(Kind.PROMPT)) == 3
    assert not kept_of(team)


def kept_of(team: Team) -> list[KeptRow]:
    with team.db.read() as session:
        return list(session.exec(select(KeptRow)))


def test_two_forms_that_start_a_run_at_once_start_one(team: Team) -> None:
    def started(draft: str) -> int | None:
        try:
            run, _asked = manual_runs.run_now(
                team.db,
                workspace_id=WORKSPACE,
                ritual_id=team.ritual.id,
                person_id=GRACE.id,
                draft_id=draft,
                now=FRIDAY,
            )
        except IsOpen:
            return None
        return run.id

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(started, ["phone", "laptop"]))
    assert sum(each is not None for each in found) == 1
