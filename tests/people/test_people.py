"""Setting people up and being away, on both databases."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from domain.errors import FieldErrors, NotAllowed, NotSetUp
from domain.people import Person, Role
from services import asking, opening, people, replanning
from services.people import NoSuchWorkspace, PeopleUsage
from storage import people as stored
from storage import rituals as stored_rituals
from storage.engine import Database
from storage.tables import PersonRow
from tests.people.crew import MONDAY, person, prompt_of, switch_on
from tests.team import ANA, BEN, CHLOE, DEV, GONE, NOW, WORKSPACE, audited, unchanged
from tests.trail import entries


def set_up(db: Database, person_id: str, *, by: str = ANA, **given: str) -> Person:
    """With a form that showed nothing of it."""
    return people.set_up(db, workspace_id=WORKSPACE, actor_id=by, person_id=person_id, given=given, shown={}, now=NOW)


def next_digest(db: Database, person_id: str) -> datetime | None:
    with db.read() as session:
        row = session.get(PersonRow, (WORKSPACE, person_id))
        assert row
        return row.next_at


def test_an_admin_sets_up_anybody_and_the_audit_trail_keeps_before_and_after(db: Database) -> None:
    set_up(db, BEN, function="ml", role="lead", manager=ANA, hours="tue-sat 8-16")
    ben = person(db, BEN)
    assert (ben.function, ben.role, ben.manager_id, str(ben.hours)) == ("ml", Role.LEAD, ANA, "tue-sat 08:00-16:00")
    (line,) = entries(db)
    assert (line.what, line.subject, line.actor_id) == ("person set up", BEN, ANA)
    rest = {"zone": "", "region": "", "quiet": "", "nudges": "standard"}
    before = {"function": "", "role": "contributor", "manager": "", "hours": "mon-fri 09:00-17:30", **rest}
    after = {"function": "ml", "role": "lead", "manager": ANA, "hours": "tue-sat 08:00-16:00", **rest}
    assert line.details == {"before": before, "after": after}


def test_what_people_chose_for_themselves_nobody_else_changes(db: Database) -> None:
    for given in ({"quiet": "12-13"}, {"nudges": "none"}, {"zone": "Tokyo"}):
        with pytest.raises(NotAllowed):
            set_up(db, BEN, **given)
    assert set_up(db, BEN, region="DE-BY").region == "DE-BY"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"zone": "Berln"},
            "“Berln” is no time zone Muster knows; write one as Europe/Berlin. Did you mean Europe/Berlin",
        ),
        ({"region": "DE-XX"}, "“XX” is no part of DE; write for example DE-BB, DE-BE and DE-BW, or DE alone."),
        ({"region": "Germny"}, "Did you mean DE for Germany"),
        ({"quiet": "noon"}, "write quiet hours as 12:00-13:00"),
        ({"quiet": "8-18"}, "Quiet hours of 08:00-18:00 leave no working time."),
        ({"nudges": "many"}, "“many” is not one of standard, light, none."),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_in_words(db: Database, given: dict[str, str], said: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        set_up(db, BEN, by=BEN, **given)
    assert said in str(caught.value)


def test_the_same_again_changes_nothing(db: Database) -> None:
    set_up(db, BEN, function="ml")
    set_up(db, BEN, function="ml")
    assert len(audited(db)) == 1


def test_everyone_sets_up_themselves_but_for_their_role_and_manager(db: Database) -> None:
    own = {"zone": "Tokyo", "region": "jp", "quiet": "12-13", "nudges": "light", "hours": "mon-thu 8-16"}
    ben = set_up(db, BEN, by=BEN, function="ml", **own)
    assert person(db, BEN) == ben
    assert (ben.own_zone, ben.region, str(ben.quiet), ben.nudges) == ("Asia/Tokyo", "JP", "12:00-13:00", "light")
    for whom, given in [(BEN, {"role": "lead"}), (BEN, {"manager": ANA}), (CHLOE, {"function": "ml"})]:
        with pytest.raises(NotAllowed, match="leads, managers, execs"):
            set_up(db, whom, by=BEN, **given)
    assert person(db, BEN).role is Role.CONTRIBUTOR
    assert person(db, CHLOE).function is None


@pytest.mark.parametrize("role", ["lead", "manager", "exec"])
def test_whoever_leads_sets_up_others(db: Database, role: str) -> None:
    set_up(db, BEN, role=role)
    set_up(db, CHLOE, by=BEN, function="product")
    assert person(db, CHLOE).function == "product"


def test_of_two_who_set_up_somebody_at_once_neither_undoes_what_the_other_changed(db: Database) -> None:
    set_up(db, BEN, function="ml", role="lead")
    shown = people.open_sheet(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN).shown
    set_up(db, BEN, by=BEN, role="manager", manager=CHLOE, hours="mon-thu 9-17")
    given = {**shown, "function": "research", "manager": ""}
    for _ in range(2):
        people.set_up(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=BEN, given=given, shown=shown, now=NOW)
        ben = person(db, BEN)
        assert (ben.function, ben.role, ben.manager_id) == ("research", Role.MANAGER, CHLOE)
        assert str(ben.hours) == "mon-thu 09:00-17:00"


def test_whoever_left_or_is_no_person_is_not_set_up(db: Database) -> None:
    for whom in (GONE, "UBOT", ""):
        with pytest.raises(FieldErrors) as caught:
            set_up(db, whom, function="ml")
        assert "person" in caught.value.fields
    with pytest.raises(NotSetUp):
        set_up(db, BEN, by="UNOBODY", function="ml")


def test_a_list_changes_those_of_whom_it_is_understood_and_says_so_before(db: Database) -> None:
    given = {"workspace_id": WORKSPACE, "actor_id": ANA, "text": "name,manager\nBen,Chloe\nZoe,Chloe"}
    with unchanged(db):
        looked = people.look_at_list(db, **given)
    assert people.set_up_list(db, **given, now=NOW) == looked
    assert ([after.id for _, after in looked.found.changes], len(looked.found.problems)) == ([BEN], 1)
    assert person(db, BEN).manager_id == CHLOE
    assert next_digest(db, CHLOE) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    again = people.set_up_list(db, **given, now=NOW).found
    assert (again.changes, again.same) == ([], 1)
    assert len(audited(db)) == 1


def test_a_list_of_which_nothing_is_understood_is_refused_where_it_was_typed(db: Database) -> None:
    with pytest.raises(FieldErrors, match="nobody here is called “Zoe”"):
        people.look_at_list(db, workspace_id=WORKSPACE, actor_id=ANA, text="Zoe,ml")


def test_a_table_of_whoever_runs_muster_says_first_what_it_would_change(db: Database) -> None:
    set_up(db, BEN, manager=CHLOE)
    text = "name,manager\nChloe,Ben\nDev,Chloe"
    with unchanged(db):
        looked = people.bring(db, workspace="", text=text, now=NOW, is_sure=False).found
    assert looked.problems == ["Line 2: Chloe is above Ben already. Choose somebody else, or change that first."]
    brought = people.bring(db, workspace="", text=text, now=NOW, is_sure=True).found
    assert [after.id for _, after in brought.changes] == [DEV]
    assert person(db, DEV).manager_id == CHLOE
    assert audited(db)[-1] == ("person set up", DEV, "command line")


def test_a_table_is_saved_in_parts_and_leaves_what_was_set_up_meanwhile(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "AT_ONCE", 1)
    set_up(db, BEN, manager=CHLOE)
    whole, parts = db.write, iter([None, lambda: set_up(db, DEV, function="ml")])

    def write() -> AbstractContextManager[Session]:
        """Before the second part Ana sets up Dev."""
        if act := next(parts, None):
            act()
        return whole()

    monkeypatch.setattr(db, "write", write)
    text = "name,manager\nDev,Ben\nBen,Chloe\nChloe,Ana"
    found = people.bring(db, workspace="", text=text, now=NOW, is_sure=True).found
    assert [after.id for _, after in found.changes] == [CHLOE]
    assert found.problems == ["Set up by somebody else meanwhile, and left so: Dev. Bring the same table again."]
    assert (person(db, DEV).function, person(db, DEV).manager_id) == ("ml", None)
    people.bring(db, workspace="", text=text, now=NOW, is_sure=True)
    assert person(db, DEV).manager_id == BEN


def test_of_several_workspaces_the_one_meant_must_be_named(db: Database) -> None:
    with db.write() as session:
        stored.save_workspace(session, workspace_id="T2", name="Elsewhere", url="")
    text = "name,manager\nBen,Chloe"
    with pytest.raises(NoSuchWorkspace, match=r"There are: Northlight \(T1\), Elsewhere \(T2\)"):
        people.bring(db, workspace="", text=text, now=NOW, is_sure=False)
    assert people.bring(db, workspace="Northlight", text=text, now=NOW, is_sure=False).found.understood


def test_a_list_is_for_those_who_may_set_up_others(db: Database) -> None:
    given = {"workspace_id": WORKSPACE, "actor_id": BEN, "text": "Ben,ml"}
    with pytest.raises(NotAllowed):
        people.set_up_list(db, **given, now=NOW)
    with pytest.raises(NotAllowed):
        people.look_at_list(db, **given)


def test_a_manager_gets_digests_while_somebody_is_assigned_to_them(db: Database) -> None:
    set_up(db, BEN, manager=CHLOE)
    assert next_digest(db, CHLOE) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    set_up(db, BEN, manager=DEV)
    assert next_digest(db, CHLOE) is None
    assert next_digest(db, DEV) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_changed_hours_move_the_prompt_that_is_not_out_yet(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    set_up(db, DEV, hours="mon-fri 12-20")
    assert prompt_of(db, DEV).due_at == datetime(2026, 11, 23, 20, tzinfo=UTC)


def test_a_changed_function_changes_the_questions_of_the_prompt_that_is_not_out_yet(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    before = prompt_of(db, DEV)
    set_up(db, DEV, function="mlops")
    assert before.function is None
    assert prompt_of(db, DEV) == replace(before, function="mlops")


def test_a_changed_function_leaves_alone_what_was_asked(db: Database) -> None:
    switch_on(db)
    opening.open_due(db, now=MONDAY)
    asking.ask_due(db, now=MONDAY)
    set_up(db, BEN, function="mlops")
    assert prompt_of(db, BEN).function is None


def test_changed_hours_move_what_is_to_come(db: Database) -> None:
    ritual_id = switch_on(db)
    people.set_up_list(
        db, workspace_id=WORKSPACE, actor_id=ANA, text="Ben,,,,mon-fri 12-20\nChloe,,,,mon-fri 12-20", now=NOW
    )
    replanning.look_again_due(db, now=NOW)
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
    assert (sheet.person.id, sheet.fields) == (BEN, ("function", "hours", "zone", "region", "quiet", "nudges"))
    assert people.open_sheet(db, workspace_id=WORKSPACE, actor_id=ANA, person_id=GONE).problem


def test_what_people_does_not_take_is_said_with_what_it_takes() -> None:
    assert "/muster people csv" in str(PeopleUsage(typed="cvs"))
