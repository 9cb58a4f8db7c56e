"""The days off of a workspace, and what they mean for check-ins, on both databases."""

from datetime import UTC, date, datetime

import pytest

from domain.days_off import NoDay, NoRegion, NotADayOff
from domain.errors import NotAllowed
from domain.runs import PromptState
from services import days_off, opening, people, replanning
from storage import rituals as stored
from storage.engine import Database
from surface.days_off import days_answer
from tests.people.crew import MONDAY, person, prompt_of, switch_on
from tests.team import ANA, BEN, DEV, NOW, WORKSPACE, audited


def add(db: Database, day: str, name: str = "", *, by: str = ANA, now: datetime = NOW) -> str:
    found = days_off.add(db, workspace_id=WORKSPACE, actor_id=by, day=day, name=name, now=now)
    return str(days_answer(found)["text"])


def region(db: Database, text: str, *, by: str = ANA) -> str:
    found = days_off.set_region(db, workspace_id=WORKSPACE, actor_id=by, region=text, now=NOW)
    return str(days_answer(found)["text"])


def begins(db: Database, ritual_id: int) -> datetime | None:
    replanning.look_again_due(db, now=NOW)
    with db.read() as session:
        ritual = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual_id)
    return ritual.next_at if ritual else None


def test_days_are_added_named_anew_and_removed_and_audited(db: Database) -> None:
    add(db, "2026-12-24", "Christmas Eve")
    add(db, "2026-12-24", "Christmas Eve")
    assert "• Thu 24 Dec 2026 (Eve)" in add(db, "2026-12-24", " Eve ")
    assert person(db, BEN).is_off(date(2026, 12, 24))
    found = days_off.remove(db, workspace_id=WORKSPACE, actor_id=ANA, day="2026-12-24", now=NOW)
    assert "This workspace's own days: none." in days_answer(found)["text"]
    assert not person(db, BEN).is_off(date(2026, 12, 24))
    assert [what for what, _, _ in audited(db)] == ["day off added", "day off added", "day off removed"]


def test_the_region_of_the_workspace_counts_for_whoever_has_none(db: Database) -> None:
    assert "Public holidays of DE-BY, next Fri 25 Dec 2026 (Christmas Day), Sat 26 Dec 2026" in region(db, "de-by")
    people.set_up(db, workspace_id=WORKSPACE, actor_id=BEN, person_id=BEN, given={"region": "JP"}, shown={}, now=NOW)
    christmas = date(2026, 12, 25)
    assert (person(db, ANA).is_off(christmas), person(db, BEN).is_off(christmas)) == (True, False)
    assert "none yet, as no region is set" in region(db, "")
    assert not person(db, ANA).is_off(christmas)


def test_a_day_off_moves_the_occurrence_to_come_and_what_is_not_out_yet(db: Database) -> None:
    ritual_id = switch_on(db)
    add(db, "2026-11-23", "Founders' day")
    assert begins(db, ritual_id) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    days_off.remove(db, workspace_id=WORKSPACE, actor_id=ANA, day="2026-11-23", now=NOW)
    assert begins(db, ritual_id) == MONDAY
    opening.open_due(db, now=MONDAY)
    add(db, "2026-11-23", now=MONDAY)
    assert prompt_of(db, DEV).due_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_only_those_who_set_up_others_change_them_and_all_may_look(db: Database) -> None:
    with pytest.raises(NotAllowed):
        add(db, "2026-12-24", by=BEN)
    with pytest.raises(NotAllowed):
        region(db, "DE", by=BEN)
    found = days_off.shown(db, workspace_id=WORKSPACE, actor_id=BEN, now=NOW)
    assert "Who lives elsewhere sets their own with `/muster me`." in str(days_answer(found))


@pytest.mark.parametrize("day", ["soon", "2026-11-19", "9999-12-31", ""])
def test_a_day_that_cannot_be_meant_is_refused(db: Database, day: str) -> None:
    with pytest.raises(NoDay, match="Write a day to come as 2026-12-24"):
        add(db, day)


def test_what_is_not_there_is_said(db: Database) -> None:
    with pytest.raises(NotADayOff, match="Tue 1 Dec 2026 is no day off of this workspace"):
        days_off.remove(db, workspace_id=WORKSPACE, actor_id=ANA, day="2026-12-01", now=NOW)
    with pytest.raises(NoRegion, match="Did you mean DE for Germany"):
        region(db, "Germny")


def test_an_own_zone_counts_instead_of_slacks_and_moves_only_what_is_not_out(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    for zone, due in (
        ("Denver", datetime(2026, 11, 23, 16, 30, tzinfo=UTC)),
        ("", datetime(2026, 11, 23, 17, 30, tzinfo=UTC)),
    ):
        people.set_up(
            db, workspace_id=WORKSPACE, actor_id=DEV, person_id=DEV, given={"zone": zone}, shown={}, now=MONDAY
        )
        found = prompt_of(db, DEV)
        assert (found.due_at, found.state, found.missed) == (due, PromptState.PENDING, None)
