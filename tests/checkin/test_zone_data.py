"""New zone data: what has not been sent is worked out again with it, once."""

from datetime import timedelta

import pytest

from domain.people import Person
from services import sync
from storage import planned, rituals
from tests.checkin.team import BERLIN, FRIDAY, WORKSPACE, Team
from tests.databases import listening


def test_new_zone_data_works_out_again_what_is_to_come(team: Team) -> None:
    with team.db.write() as session:
        # As if older data had said that Berlin keeps summer time.
        planned.set_next(session, ritual_id=team.ritual.id, day=BERLIN.date(), at=BERLIN - timedelta(hours=1))
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="newer", now=FRIDAY)
    assert next_at(team) == BERLIN


def test_the_same_zone_data_changes_nothing(team: Team) -> None:
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="same", now=FRIDAY)
    with team.db.write() as session:
        planned.set_next(session, ritual_id=team.ritual.id, day=None, at=None)
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="same", now=FRIDAY)
    assert next_at(team) is None


class PowerCut(BaseException):
    pass


def test_cut_off_in_the_middle_it_is_done_by_the_next_start(team: Team) -> None:
    crowd = [Person(WORKSPACE, f"UCROWD{number:03}", f"Person {number}") for number in range(2 * sync.BATCH)]
    sync.save_people(team.db, workspace_id=WORKSPACE, found=crowd, now=FRIDAY)
    with team.db.write() as session:
        planned.set_next(session, ritual_id=team.ritual.id, day=BERLIN.date(), at=BERLIN - timedelta(hours=1))
    commits: list[None] = []

    def cut_off(_connection: object) -> None:
        commits.append(None)
        if len(commits) == 2:
            raise PowerCut

    with listening(team.db.engine, "commit", cut_off), pytest.raises(PowerCut):
        sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="newer", now=FRIDAY)
    assert next_at(team) != BERLIN
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="newer", now=FRIDAY)
    assert next_at(team) == BERLIN


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_whoever_follows_new_zone_data_takes_the_workspaces_turn_first(team: Team) -> None:
    firsts: list[str] = []
    is_first = False

    def begun(_connection: object) -> None:
        nonlocal is_first
        is_first = True

    def executed(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal is_first
        if is_first:
            firsts.append(statement)
        is_first = False

    engine = team.db.engine
    with listening(engine, "begin", begun), listening(engine, "before_cursor_execute", executed):
        sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="newer", now=FRIDAY)
    writing = firsts[1:]
    assert len(writing) == 3, "people, the ritual, and the version, after a look"
    assert all("FROM workspace" in each and each.endswith("FOR NO KEY UPDATE") for each in writing)


def next_at(team: Team) -> object:
    with team.db.read() as session:
        found = rituals.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert found
    return found.next_at
