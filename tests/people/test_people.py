"""Setting people up and being away, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.library import read_library
from domain.errors import FieldErrors, NotAllowed, NotSetUp
from domain.people import Absence, Person, Role
from domain.runs import Missed, Prompt, PromptState
from services import absences, asking, people, rituals, runs
from services.people import PeopleUsage
from storage import people as stored
from storage import prompts
from storage import rituals as stored_rituals
from storage.engine import Database
from storage.tables import AuditRow, PersonRow
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, GONE, NOW, WORKSPACE, audited, settle

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""Half past nine in Berlin."""


@pytest.fixture
def db(database: Database) -> Database:
    """Ana is Slack's admin."""
    settle(database)
    with database.write() as session:
        ana = Person(WORKSPACE, ANA, "Ana", "America/Sao_Paulo", is_admin=True)
        stored.save_person(session, person=ana)
    return database


def set_up(db: Database, person_id: str, *, by: str = ANA, **given: str) -> Person:
    return people.set_up(db, workspace_id=WORKSPACE, actor_id=by, person_id=person_id, given=given, now=NOW)


def person(db: Database, person_id: str) -> Person:
    with db.read() as session:
        found = stored.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert found
    return found


def next_digest(db: Database, person_id: str) -> datetime | None:
    with db.read() as session:
        row = session.get(PersonRow, (WORKSPACE, person_id))
        assert row
        return row.next_at


def away(db: Database, first: str, last: str, *, draft: str = "d1", by: str = BEN, now: datetime = NOW) -> Absence:
    return absences.away(db, workspace_id=WORKSPACE, person_id=by, first=first, last=last, draft_id=draft, now=now)[0]


def switch_on(db: Database, *, by: str = ANA) -> int:
    ritual, _ = rituals.switch_on(
        db,
        workspace_id=WORKSPACE,
        channel_id=FORECAST,
        person_id=by,
        template=read_library()["weekly-sync"],
        now=NOW,
    )
    return ritual.id


def prompt_of(db: Database, person_id: str) -> Prompt:
    with db.read() as session:
        found = prompts.of_person(session, workspace_id=WORKSPACE, person_id=person_id, states=list(PromptState))
    return found[0]


def test_an_admin_sets_up_anybody_and_the_audit_trail_keeps_before_and_after(db: Database) -> None:
    set_up(db, BEN, function="ml", role="lead", manager=ANA, hours="tue-sat 8-16")
    ben = person(db, BEN)
    assert (ben.function, ben.role, ben.manager_id, str(ben.hours)) == ("ml", Role.LEAD, ANA, "tue-sat 08:00-16:00")
    with db.read() as session:
        line = session.exec(select(AuditRow)).one()
    assert (line.what, line.subject, line.actor_id) == ("person set up", BEN, ANA)
    assert line.details["before"] == {
        "function": "",
        "role": "contributor",
        "manager": "",
        "hours": "mon-fri 09:00-17:30",
    }
    assert line.details["after"] == {"function": "ml", "role": "lead", "manager": ANA, "hours": "tue-sat 08:00-16:00"}


def test_the_same_again_changes_nothing(db: Database) -> None:
    set_up(db, BEN, function="ml")
    set_up(db, BEN, function="ml")
    assert len(audited(db)) == 1


def test_everyone_sets_their_own_function_and_nothing_else(db: Database) -> None:
    set_up(db, BEN, by=BEN, function="ml")
    for whom, given in [(BEN, {"role": "lead"}), (BEN, {"hours": "mon 9-10"}), (CHLOE, {"function": "ml"})]:
        with pytest.raises(NotAllowed, match="leads, managers, execs"):
            set_up(db, whom, by=BEN, **given)
    assert person(db, BEN).role is Role.CONTRIBUTOR
    assert person(db, CHLOE).function is None


@pytest.mark.parametrize("role", ["lead", "manager", "exec"])
def test_whoever_leads_sets_up_others(db: Database, role: str) -> None:
    set_up(db, BEN, role=role)
    set_up(db, CHLOE, by=BEN, function="product")
    assert person(db, CHLOE).function == "product"


def test_whoever_left_or_is_no_person_is_not_set_up(db: Database) -> None:
    for whom in (GONE, "UBOT", ""):
        with pytest.raises(FieldErrors) as caught:
            set_up(db, whom, function="ml")
        assert "person" in caught.value.fields
    with pytest.raises(NotSetUp):
        set_up(db, BEN, by="UNOBODY", function="ml")


def test_a_list_with_one_mistake_changes_nobody(db: Database) -> None:
    with pytest.raises(FieldErrors):
        people.set_up_list(db, workspace_id=WORKSPACE, actor_id=ANA, text="Ben,ml\nZoe,ml", now=NOW)
    assert person(db, BEN).function is None
    assert audited(db) == []


def test_a_list_tells_how_many_it_changed(db: Database) -> None:
    set_up(db, BEN, function="ml")
    found = people.set_up_list(db, workspace_id=WORKSPACE, actor_id=ANA, text="Ben,ml\nChloe,product", now=NOW)
    assert found == (1, 1)
    assert len(audited(db)) == 2


def test_a_list_is_for_those_who_may_set_up_others(db: Database) -> None:
    with pytest.raises(NotAllowed):
        people.set_up_list(db, workspace_id=WORKSPACE, actor_id=BEN, text="Ben,ml", now=NOW)


def test_a_manager_gets_digests_while_somebody_is_assigned_to_them(db: Database) -> None:
    set_up(db, BEN, manager=CHLOE)
    assert next_digest(db, CHLOE) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    set_up(db, BEN, manager=DEV)
    assert next_digest(db, CHLOE) is None
    assert next_digest(db, DEV) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_changed_hours_move_the_prompt_that_is_not_out_yet(db: Database) -> None:
    switch_on(db)
    runs.open_due(db, now=MONDAY)
    set_up(db, DEV, hours="mon-fri 12-20")
    assert prompt_of(db, DEV).due_at == datetime(2026, 11, 23, 20, tzinfo=UTC)


def test_a_changed_function_changes_the_questions_of_the_prompt_that_is_not_out_yet(db: Database) -> None:
    switch_on(db)
    runs.open_due(db, now=MONDAY)
    before = prompt_of(db, DEV)
    set_up(db, DEV, function="mlops")
    assert before.function is None
    assert prompt_of(db, DEV) == replace(before, function="mlops")


def test_a_changed_function_leaves_alone_what_was_asked(db: Database) -> None:
    switch_on(db)
    runs.open_due(db, now=MONDAY)
    asking.ask_due(db, now=MONDAY)
    set_up(db, BEN, function="mlops")
    assert prompt_of(db, BEN).function is None


def test_changed_hours_move_what_is_to_come(db: Database) -> None:
    ritual_id = switch_on(db)
    people.set_up_list(
        db, workspace_id=WORKSPACE, actor_id=ANA, text="Ben,,,,mon-fri 12-20\nChloe,,,,mon-fri 12-20", now=NOW
    )
    with db.read() as session:
        ritual = stored_rituals.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual_id)
    assert ritual
    assert ritual.next_at == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_nobody_becomes_the_manager_of_those_above_them(db: Database) -> None:
    set_up(db, BEN, manager=CHLOE)
    with pytest.raises(FieldErrors) as caught:
        set_up(db, CHLOE, manager=BEN)
    said = "Chloe is above Ben already. Choose somebody else, or change that first."
    assert caught.value.fields == {"manager": said}


def test_the_listing_names_who_has_no_function_yet_among_those_near_muster(db: Database) -> None:
    with db.write() as session:
        stored.save_person(session, person=Person(WORKSPACE, "UFAR", "Far"))
    set_up(db, BEN, function="ml", manager=ANA)
    done, missing, names = people.listing(db, workspace_id=WORKSPACE, actor_id=BEN)
    assert [each.id for each in done] == [BEN]
    assert {each.id for each in missing} == {ANA, CHLOE, DEV}
    assert names[ANA] == "Ana"


def test_the_listing_is_not_for_guests_from_whom_slack_hides_people(db: Database) -> None:
    with db.write() as session:
        stored.save_person(session, person=Person(WORKSPACE, DEV, "Dev", is_guest=True))
    with pytest.raises(NotAllowed, match="Only full members"):
        people.listing(db, workspace_id=WORKSPACE, actor_id=DEV)


def test_the_form_of_somebody_who_does_not_lead_is_their_own(db: Database) -> None:
    sheet = people.open_sheet(db, workspace_id=WORKSPACE, actor_id=BEN, person_id=CHLOE)
    assert sheet.person
    assert (sheet.person.id, sheet.fields) == (BEN, ("function",))
    assert people.open_sheet(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=GONE).problem


def test_being_away_covers_both_days(db: Database) -> None:
    assert away(db, "2026-12-01", "2026-12-04") == person(db, BEN).absences[0]
    assert str(person(db, BEN).absences[0].last) == "2026-12-04"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-12-04", "2026-12-01", "last"),
        ("2026-11-01", "2026-11-19", "last"),
        ("2026-12-01", "2028-12-01", "last"),
        ("2026-12-01", "9999-12-31", "last"),
        ("soon", "2026-12-01", "first"),
        ("2026-12-01", "", "last"),
    ],
)
def test_days_that_cannot_be_meant_are_marked(db: Database, first: str, last: str, field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        away(db, first, last)
    assert set(caught.value.fields) == {field}
    assert person(db, BEN).absences == ()


def test_nobody_is_away_in_days_that_cannot_be_counted_on_from(db: Database) -> None:
    with pytest.raises(FieldErrors, match="no further than the year 2199"):
        away(db, "9999-12-30", "9999-12-31")
    away(db, "2026-12-01", "2026-12-02")


def test_the_same_form_again_is_one_absence_and_with_other_days_it_moves(db: Database) -> None:
    away(db, "2026-12-01", "2026-12-04")
    away(db, "2026-12-01", "2026-12-04")
    assert len(person(db, BEN).absences) == 1
    moved = away(db, "2026-12-02", "2026-12-03")
    assert person(db, BEN).absences == (moved,)
    away(db, "2026-12-02", "2026-12-03", draft="d2")
    assert len(person(db, BEN).absences) == 1


def test_a_prompt_that_is_not_out_counts_as_away(db: Database) -> None:
    switch_on(db)
    runs.open_due(db, now=MONDAY)
    away(db, "2026-11-23", "2026-11-27", by=DEV, now=MONDAY)
    found = prompt_of(db, DEV)
    assert (found.state, found.missed) == (PromptState.MISSED, Missed.AWAY)


def test_back_ends_what_covers_today_and_keeps_what_is_to_come(db: Database) -> None:
    away(db, "2026-11-16", "2026-11-24")
    later = away(db, "2026-12-01", "2026-12-04", draft="d2")
    assert absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW) == (True, [])
    assert str(person(db, BEN).absences[0].last) == "2026-11-19"
    assert person(db, BEN).absences_from(NOW.date()) == (later,)
    assert absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW) == (False, [])


def test_a_form_sent_again_after_coming_back_keeps_its_new_days(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    again = away(db, "2026-12-01", "2026-12-04")
    assert person(db, BEN).absences == (again,)
    moved = away(db, "2026-12-02", "2026-12-04")
    assert person(db, BEN).absences == (moved,)


def test_a_form_sent_again_after_coming_back_leaves_the_days_that_were_taken(db: Database) -> None:
    away(db, "2026-11-16", "2026-11-24")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    (taken,) = person(db, BEN).absences
    again = away(db, "2026-12-01", "2026-12-04")
    assert set(person(db, BEN).absences) == {taken, again}


def test_a_form_sent_again_after_coming_back_moves_nobody_elses_days(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    others = away(db, "2026-11-23", "2026-11-27", by=CHLOE, draft="d2")  # SQLite gives it the id that has become free.
    away(db, "2026-12-01", "2026-12-04")
    assert person(db, CHLOE).absences == (others,)
    assert len(person(db, BEN).absences) == 1


def test_an_absence_of_today_alone_is_gone_after_back(db: Database) -> None:
    away(db, "2026-11-20", "2026-11-25")
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert person(db, BEN).absences == ()


def test_today_is_the_persons_own_day(db: Database) -> None:
    late_evening = NOW + timedelta(hours=12)
    assert absences.open_away(db, workspace_id=WORKSPACE, person_id=DEV, now=late_evening).today == NOW.date()


def test_what_people_does_not_take_is_said_with_what_it_takes() -> None:
    assert "/muster people csv" in str(PeopleUsage(typed="cvs"))
