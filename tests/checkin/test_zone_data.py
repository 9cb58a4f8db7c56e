"""New zone data: what has not been sent is worked out again with it, once."""

from datetime import timedelta

from services import sync
from storage import rituals
from tests.checkin.team import BERLIN, FRIDAY, WORKSPACE, Team


def test_new_zone_data_works_out_again_what_is_to_come(team: Team) -> None:
    with team.db.write() as session:
        # As if older data had said that Berlin keeps summer time.
        rituals.set_next(session, ritual_id=team.ritual.id, day=BERLIN.date(), at=BERLIN - timedelta(hours=1))
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="newer", now=FRIDAY)
    assert next_at(team) == BERLIN


def test_the_same_zone_data_changes_nothing(team: Team) -> None:
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="same", now=FRIDAY)
    with team.db.write() as session:
        rituals.set_next(session, ritual_id=team.ritual.id, day=None, at=None)
    sync.follow_zone_data(team.db, workspace_id=WORKSPACE, version="same", now=FRIDAY)
    assert next_at(team) is None


def next_at(team: Team) -> object:
    with team.db.read() as session:
        found = rituals.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert found
    return found.next_at
