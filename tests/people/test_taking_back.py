"""Taking back an absence that is not over, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import NotAllowed
from domain.people import Absence, Source, TakenBack
from domain.runs import Missed, PromptState
from services import absence_news, absences, manual_runs, opening, people, taking_back
from storage import absences as stored
from storage.engine import Database
from surface.away import away_answer
from surface.coming_back import back_message, taken_back_answer
from tests.people.crew import MONDAY, person, prompt_of, switch_on
from tests.people.test_absences import away, managed
from tests.team import ANA, BEN, CHLOE, DEV, NOW, WORKSPACE, audited, owed


def take_back(db: Database, absence: Absence, *, by: str = BEN) -> TakenBack:
    return taking_back.take_back(db, workspace_id=WORKSPACE, actor_id=by, absence_id=absence.id, now=NOW)


def said(found: TakenBack) -> str:
    return str(taken_back_answer(found)["text"])


def test_what_is_said_ahead_is_taken_back_once_and_the_rest_stands(db: Database) -> None:
    first = away(db, "2026-12-01", "2026-12-04")
    later = away(db, "2026-12-24", "2026-12-31", draft="d2")
    found = take_back(db, first)
    assert said(found) == "Taken back: you are not away from Tue 1 Dec 2026 to Fri 4 Dec 2026."
    assert found.known == person(db, BEN).absences == (later,)
    assert said(take_back(db, first)).startswith("Nothing is left to take back")
    assert audited(db) == []


def test_of_what_has_begun_the_days_that_passed_stay(db: Database) -> None:
    begun = away(db, "2026-11-16", "2026-11-24")
    assert said(take_back(db, begun)) == "Welcome back. You are asked again from today on."
    assert [str(each.last) for each in person(db, BEN).absences] == ["2026-11-19"]


def test_what_was_said_within_it_goes_with_it(db: Database) -> None:
    away(db, "2026-12-02", "2026-12-03")
    wide = away(db, "2026-12-01", "2026-12-04", draft="d2")
    form = absences.open_away(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert form.known == (wide,), "no day is listed twice"
    take_back(db, wide)
    assert person(db, BEN).absences == ()


def test_the_answer_offers_to_take_it_back(db: Database) -> None:
    days = {"first": "2026-12-01", "last": "2026-12-04", "reason": "A <new> child"}
    found = absences.away(db, workspace_id=WORKSPACE, person_id=BEN, **days, draft_id="d1", now=NOW)
    answer = away_answer(found)
    assert "Reason: A &lt;new&gt; child." in answer["text"]
    assert answer["blocks"][-1]["elements"][0]["value"] == str(person(db, BEN).absences[0].id)


def test_who_was_not_asked_for_being_away_is_asked_after_all(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    absence = away(db, "2026-11-23", "2026-11-27", by=DEV, now=MONDAY)
    assert prompt_of(db, DEV).missed is Missed.AWAY
    taking_back.take_back(db, workspace_id=WORKSPACE, actor_id=DEV, absence_id=absence.id, now=MONDAY)
    found = prompt_of(db, DEV)
    assert (found.state, found.missed) == (PromptState.PENDING, None)


def test_who_was_away_when_somebody_started_a_run_by_hand_is_asked_until_its_end_after_all(db: Database) -> None:
    ritual_id = switch_on(db)
    absence = away(db, "2026-11-26", "2026-11-27", by=DEV)
    started = datetime(2026, 11, 26, 18, tzinfo=UTC)
    about = {"workspace_id": WORKSPACE, "ritual_id": ritual_id, "person_id": ANA}
    manual_runs.run_now(db, **about, draft_id="click", now=started)  # type: ignore[arg-type] # by name
    before = prompt_of(db, DEV)
    assert before.missed is Missed.AWAY
    later = started + timedelta(hours=1)
    taking_back.take_back(db, workspace_id=WORKSPACE, actor_id=DEV, absence_id=absence.id, now=later)
    found = prompt_of(db, DEV)
    assert (found.state, found.missed) == (PromptState.PENDING, None)
    assert (found.due_at, found.deadline) == (later, before.deadline), "no longer than everybody else"


def test_a_manager_takes_it_back_for_whom_they_manage_who_is_told_once(db: Database) -> None:
    managed(db)
    absence = away(db, "2026-12-01", "2026-12-04")
    assert said(take_back(db, absence, by=CHLOE)) == (
        "Taken back: Ben is not away from Tue 1 Dec 2026 to Fri 4 Dec 2026. Muster tells them."
    )
    take_back(db, absence, by=CHLOE)
    (due,) = owed(db, "back")
    assert (due.person_id, due.wanted) == (BEN, 1)
    told = back_message(*absence_news.ended_by_other(db, workspace_id=WORKSPACE, part=due.part))
    assert told.text == ("Chloe took back that you are away from Tue 1 Dec 2026 to Fri 4 Dec 2026. You are asked then.")
    assert audited(db)[-1] == ("absence taken back", BEN, CHLOE)


def test_whoever_said_it_takes_it_back_although_they_manage_them_no_more(db: Database) -> None:
    managed(db)
    own = away(db, "2026-12-02", "2026-12-02")
    days = {"first": "2026-12-01", "last": "2026-12-04"}
    who = {"workspace_id": WORKSPACE, "person_id": BEN}
    absence = absences.away(db, **who, actor_id=CHLOE, **days, draft_id="d2", now=NOW).absence
    people.set_up(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN, given={"manager": DEV}, shown={}, now=NOW)
    found = take_back(db, absence, by=CHLOE)
    assert found.known == (), "what else Ben said is not theirs to read"
    assert person(db, BEN).absences == (own,)


@pytest.mark.parametrize("by", [ANA, DEV])
def test_nobody_else_takes_it_back(db: Database, by: str) -> None:
    absence = away(db, "2026-12-01", "2026-12-04")
    with pytest.raises(NotAllowed, match="Only Ben, their manager and whoever said it may do that"):
        take_back(db, absence, by=by)
    assert person(db, BEN).absences == (absence,)


@pytest.mark.parametrize(("source", "where"), [(Source.STATUS, "Slack status"), (Source.CALENDAR, "calendar")])
def test_what_comes_from_elsewhere_is_changed_there(db: Database, source: Source, where: str) -> None:
    absence = away(db, "2026-12-01", "2026-12-04")
    with db.write() as session:
        stored.add(session, workspace_id=WORKSPACE, person_id=BEN, absence=absence, source=source)
    with pytest.raises(taking_back.NotSaidHere, match=f"comes from your {where}. Change it there"):
        take_back(db, next(each for each in person(db, BEN).absences if each.source is source))
    found = take_back(db, absence)
    (left,) = taken_back_answer(found)["blocks"][2:]
    assert left["text"]["text"] == f"You are away from Tue 1 Dec 2026 to Fri 4 Dec 2026, as your {where} says."
    assert "accessory" not in left
