"""Nothing Muster keeps, sends or logs of an anonymous check-in leads from an answer to a person.

The same week happens twice, at the same moments, and the second time the people give each other's answers. Whoever
reads everything that is left must not be able to tell the two apart.
"""

import logging
import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from domain.export import Format
from domain.history import Filter
from domain.people import Person
from services import checkins, exports, history
from storage.engine import Database
from storage.tables import AnonymousAnswerRow, BlockerRow, Row
from surface.history import history_answer
from surface.reading import run_view
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    EVERYBODY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
)
from tests.checkin.test_anonymous import CLOSED, pulse
from tests.checkin.test_run_briefs import draw_up

CHANCE = re.compile(r"\b[0-9a-f]{32}\b")
MOMENTS = {
    ANA: BERLIN + timedelta(minutes=7),
    BEN: BERLIN + timedelta(minutes=31),
    GRACE: BERLIN + timedelta(hours=5),
    DEV: ANGELES + timedelta(minutes=3),
}
GIVEN = (
    {"mood": "Yes", "why": "I like it here.", "stuck": "The GPU queue"},
    {"mood": "No", "why": "Who decides what we work on?"},
    {"mood": "No", "why": "Too many meetings.\nAnd too long ones.", "stuck": "Legal"},
    {"mood": "Yes", "stuck": "Labels"},
)
NEITHER = (AnonymousAnswerRow, BlockerRow)
"""Their rows lie in an order of chance, as ids that are chance sort."""


SEALS = ("salt", "seals", "digest")


def a_week(db: Database, given: dict[Person, dict[str, str]], *, until: datetime, by: str = "question") -> Team:
    template = pulse(by=by)
    team = settle_in(db, replace(template, post=replace(template.post, brief=True)))
    moments = sorted([*MOMENTS.values(), BERLIN, BERLIN_ENDS + AFTER, ANGELES, CLOSED, CLOSED + timedelta(days=7)])
    for now in (each for each in moments if each <= until):
        team.at(now)
        for person in (each for each, at in MOMENTS.items() if at == now):
            prompt_id = team.prompt(person).id
            checkins.submit(
                db,
                workspace_id=WORKSPACE,
                prompt_id=prompt_id,
                person_id=person.id,
                draft_id=f"{prompt_id:032x}",
                given=given[person],
                now=now,
            )
            team.at(now)
        draw_up(team, now)
    return team


def tables(db: Database) -> dict[str, list[str]]:
    """Every row of every table, in the order in which the database keeps them."""
    found: dict[str, list[str]] = {}
    with db.read() as session:
        for table in Row.metadata.sorted_tables:
            rows = [dict(row) for row in session.execute(table.select()).mappings()]
            if table.name == BlockerRow.__tablename__:
                rows = [{**row, "id": 0} for row in rows]
            # What the audit trail is sealed with is chance, and so is what follows from it.
            rows = [{name: value for name, value in row.items() if name not in SEALS} for row in rows]
            by_chance = table.name in {each.__tablename__ for each in NEITHER}
            texts = [CHANCE.sub("#", str(row)) for row in rows]
            found[table.name] = sorted(texts) if by_chance else texts
    return found


def messages(team: Team) -> dict[str, list[list[str]]]:
    """What each message has said, one after the other; results stand in an order of chance."""
    return {key: [sorted(said_lines(each)) for each in said] for key, said in team.sent.items()}


def said_lines(message: Any) -> list[str]:
    return [part for line in text_of(message).splitlines() for part in re.split(r"[:;.] ?", CHANCE.sub("#", line))]


def read_later(team: Team, reader: Person) -> list[str]:
    who = {"workspace_id": WORKSPACE, "reader_id": reader.id}
    found = history.past_runs(team.db, asked=Filter(CHANNEL, words="meetings"), now=CLOSED, **who)
    whole = run_view(history.past_run(team.db, run_id=1, now=CLOSED, **who))
    taken = {"workspace_id": WORKSPACE, "ritual_id": 1, "person_id": GRACE.id}
    files = [exports.of_ritual(team.db, **taken, wanted=each, now=CLOSED).content for each in Format]  # type: ignore[arg-type] # by name
    assert all("Too many meetings." in each for each in files)
    return [*files, str(history_answer(found)), *sorted(re.split(r"\\n|'", CHANCE.sub("#", str(whole))))]


@pytest.fixture
def worlds(tables_url: str, tmp_path: Path) -> tuple[str, str]:
    other = tmp_path / "other.db"
    shutil.copy(str(make_url(tables_url).database), other)
    return tables_url, f"sqlite:///{other}"


def as_given(order: tuple[int, ...]) -> dict[Person, dict[str, str]]:
    return {person: GIVEN[place] for person, place in zip(EVERYBODY, order, strict=True)}


@pytest.mark.parametrize("until", [MOMENTS[GRACE], CLOSED + timedelta(days=7)])
def test_who_gave_which_answers_makes_no_difference_to_anything_that_is_left(
    worlds: tuple[str, str], until: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    # While Dev has not answered, it is the answers of the others that change hands.
    orders = ((0, 1, 3, 2), (2, 0, 3, 1))
    left = []
    for url, order in zip(worlds, orders, strict=True):
        caplog.clear()
        with closing(Database(url)) as db:
            team = a_week(db, as_given(order), until=until)
            later = read_later(team, ANA) if until >= CLOSED else []
            left.append((tables(db), messages(team), later, [CHANCE.sub("#", line) for line in caplog.messages]))
    first, second = left
    assert first[0]["anonymous_answer"]
    assert until < CLOSED or "Who decides what we work on?" in str(first[0]["run_brief"])
    for one, other in zip(first, second, strict=True):
        assert one == other


def test_the_same_answers_from_fewer_people_would_make_a_difference(worlds: tuple[str, str]) -> None:
    """The comparison above sees what changes."""
    left = []
    for url, until in zip(worlds, (MOMENTS[GRACE], MOMENTS[BEN]), strict=True):
        with closing(Database(url)) as db:
            left.append(tables(db) if a_week(db, as_given((0, 1, 3, 2)), until=until) else {})
    assert left[0] != left[1]


def test_no_answer_shares_an_id_with_another_or_with_anything_else(worlds: tuple[str, str]) -> None:
    with closing(Database(worlds[0])) as db:
        a_week(db, as_given((0, 1, 2, 3)), until=CLOSED)
        with db.read() as session:
            answers = session.execute(text("SELECT response_id FROM anonymous_answer")).scalars().all()
            assert len(answers) == len(set(answers)) == sum(len(each) for each in GIVEN)
            others = [table for name, table in Row.metadata.tables.items() if name != "anonymous_answer"]
            rest = str([session.execute(table.select()).all() for table in others])
    assert not any(each in rest for each in answers)


def test_sqlite_does_not_number_the_answers_as_they_come(worlds: tuple[str, str]) -> None:
    with closing(Database(worlds[0])) as db:
        a_week(db, as_given((0, 1, 2, 3)), until=CLOSED)
        with db.read() as session, pytest.raises(Exception, match="no such column"):
            session.execute(text("SELECT rowid FROM anonymous_answer"))


def test_postgresql_keeps_no_transaction_that_wrote_one_answer_alone(postgres_tables_url: str) -> None:
    """It keeps with each row the transaction that wrote it: the one that moved somebody's prompt as well."""
    with closing(Database(postgres_tables_url)) as db:
        a_week(db, as_given((0, 1, 2, 3)), until=MOMENTS[GRACE])
        with db.read() as session:
            query = "SELECT count(DISTINCT xmin::text), count(*) FROM anonymous_answer"
            transactions, answers = session.execute(text(query)).one()
    assert transactions == 1
    assert answers > len(GIVEN[0])


def test_by_function_too_nothing_is_left_once_it_is_over(worlds: tuple[str, str]) -> None:
    left = []
    for url, order in zip(worlds, ((0, 1, 3, 2), (2, 0, 3, 1)), strict=True):
        with closing(Database(url)) as db:
            left.append(tables(a_week(db, as_given(order), until=CLOSED, by="function").db))
    assert left[0] == left[1]
