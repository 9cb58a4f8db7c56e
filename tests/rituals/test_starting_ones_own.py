"""Who starts a ritual that asks whoever starts it, from wherever they click."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import Absence
from services import manual_runs
from services.manual_runs import OnlyReads
from storage import absences
from storage.engine import Database
from tests.checkin.team import ANA, BERLIN, DEV, FRIDAY, WORKSPACE, Team, settle_in, weekly
from tests.checkin.test_observers import observe


def ones_own(db: Database, *who: str) -> Team:
    return settle_in(db, replace(weekly(), when="manual", cadence=None, who=who))


def click(team: Team, person_id: str, draft: str) -> int:
    run, _asked = manual_runs.run_now(
        team.db,
        workspace_id=WORKSPACE,
        ritual_id=team.ritual.id,
        person_id=person_id,
        draft_id=draft,
        now=BERLIN,
        is_own=True,
    )
    return run.id


@pytest.mark.parametrize("who", [("me",), ("me", "everyone")])
def test_whoever_only_reads_starts_none_of_their_own_and_asks_nobody_with_it(
    database: Database, who: tuple[str, ...]
) -> None:
    team = ones_own(database, *who)
    observe(team, DEV)
    for draft in ("click", "second click"):
        with pytest.raises(OnlyReads, match="You only read Weekly sync"):
            click(team, DEV.id, draft)
    assert team.runs == []
    assert click(team, ANA.id, "ana's") == 1


def test_whoever_is_away_has_their_form_all_the_same(database: Database) -> None:
    team = ones_own(database, "me")
    week = Absence(FRIDAY.date(), FRIDAY.date() + timedelta(days=7))
    with database.write() as session:
        absences.add(session, workspace_id=WORKSPACE, person_id=ANA.id, absence=week)
    click(team, ANA.id, "click")
    (run,) = team.runs
    assert manual_runs.own_form(database, run, person_id=ANA.id, now=BERLIN)
    assert team.prompt(ANA).deadline > BERLIN
    assert click(team, ANA.id, "second click") == run.id
