"""Two replicas that forget at once, and a deletion on request that is killed halfway."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import func, select

from domain.cadence import parse
from domain.hours import Duration
from services import forgetting
from storage.engine import Database
from storage.tables import AnswerRow, ResponseRow, RunRow
from tests.checkin.team import ANA, BEN, BERLIN, GRACE, Team, settle_in, weekly
from tests.databases import listening, patient
from tests.databases import text_of as url_text

DAYS, SECONDS = 5, 30
KEEP = timedelta(days=30)
LATER = BERLIN + timedelta(days=60)


@pytest.fixture
def answered(database: Database) -> Team:
    """Runs of a working week that three people answered."""
    template = replace(weekly(), cadence=parse("every weekday at 09:30"), closes=Duration(hours=4))
    team = settle_in(database, template, everybody=(ANA, BEN, GRACE))
    for day in range(DAYS):
        now = BERLIN + timedelta(days=day)
        team.at(now)
        for person in (ANA, BEN, GRACE):
            team.answer(person, now, moved=f"{person.name}'s news of day {day}")
        team.at(now)
    return team


def count(db: Database, table: type[Any]) -> int:
    with db.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_two_replicas_that_forget_at_once_forget_all_of_it(answered: Team) -> None:
    """Both have read what is due, and are about to lock the first run's prompts."""
    together, first, other = Barrier(2), answered.db, Database(url_text(answered.db.url))

    def forget(db: Database) -> bool:
        locks = at("FOR NO KEY UPDATE", 1, lambda: together.wait(SECONDS))
        with patient(db.engine), listening(db.engine, "before_cursor_execute", locks):
            return forgetting.forget_due(db, keep=KEEP, now=LATER)

    with closing(other), ThreadPoolExecutor(2) as pool:
        assert list(pool.map(forget, (first, other))) == [False, False]
    assert count(first, AnswerRow) == 0
    with first.read() as session:
        assert [run.forgotten_at for run in session.exec(select(RunRow))] == [LATER] * DAYS
    assert count(first, ResponseRow) == 3 * DAYS, "what was counted stays"


def at(statement: str, number: int, work: Callable[[], object]) -> Callable[..., None]:
    """Does it once, before a statement that has these words comes for the so manieth time."""
    seen: list[str] = []

    def look(_connection: object, _cursor: object, text: str, *_: object) -> None:
        if statement in text:
            seen.append(text)
            if len(seen) == number:
                work()

    return look
