"""What people see when they are set up, over nasty texts."""

from dataclasses import replace
from datetime import date

import pytest

from domain.people import Absence, Away, AwayForm, Person, Role
from domain.people_list import ListSheet, PeopleList
from domain.profile_managers import GONE, ManagerField
from domain.setting_up import PersonSheet
from sandbox.blockkit.problems import MOST_TEXT_IN_MESSAGE, problems_of_message, problems_of_view
from sandbox.blockkit.tree import text_length
from surface import away, checkin_list, coming_back, people, people_list, profile_managers
from surface import help as help_views
from tests.nasty import TEXTS


def somebody(text: str, number: int = 1) -> Person:
    return Person("T1", f"U{number}", text, function="ml", role=Role.LEAD, manager_id="U2")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("actor_leads", [True, False])
def test_the_form_opens_for_anybody(text: str, actor_leads: bool) -> None:
    actor = replace(somebody(text), role=Role.LEAD if actor_leads else Role.CONTRIBUTOR)
    for chosen in (actor, None):
        sheet = PersonSheet(actor, chosen, manager_name=text, problem=text, saved=actor)
        assert problems_of_view(people.people_form(sheet)) == []
        assert problems_of_view(people.own_form(sheet)) == []
    assert problems_of_view(people.saved_form(actor)) == []


def test_a_field_never_keeps_what_was_typed_about_somebody_else() -> None:
    lead = somebody("Lead")
    one, other = (people.people_form(PersonSheet(lead, somebody("x", number))) for number in (3, 4))
    fields = [{block["block_id"] for block in view["blocks"] if block["type"] == "input"} for view in (one, other)]
    assert fields[0] & fields[1] == {"person"}


def test_ones_own_settings_are_about_nobody_else() -> None:
    lead = somebody("Lead")
    own = people.own_form(PersonSheet(lead, lead))
    assert own["title"]["text"] == "Your settings"
    assert "`/muster people` sets up others." in str(own)
    assert not any(block["block_id"].startswith("person") for block in own["blocks"])
    assert "Only" in str(people.people_form(PersonSheet(replace(lead, role=Role.CONTRIBUTOR), lead)))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("count", [0, 1, 500])
def test_the_listing_fits(text: str, count: int) -> None:
    crowd = [somebody(text[:80], number) for number in range(count)]
    found = people.people_answer(crowd, crowd, {"U2": text[:80]})
    assert problems_of_message(found["blocks"]) == []
    assert text_length(found["blocks"]) <= MOST_TEXT_IN_MESSAGE


def test_a_long_listing_says_how_many_it_leaves_out() -> None:
    crowd = [somebody("Alexandra Papadopoulou-Smith", number) for number in range(150)]
    said = "\n".join(block["text"]["text"] for block in people.people_answer(crowd, [], {})["blocks"][:-1])
    left_out = 150 - said.count("Alexandra")
    assert f"and {left_out} more" in said


def test_the_other_forms_open() -> None:
    absence = Absence(date(2026, 12, 1), date(2026, 12, 4))
    views = [
        people_list.list_form(),
        away.away_form(AwayForm("d1", date(2026, 11, 20), (absence,) * 3)),
        away.away_saved_form(Away(absence, ("Weekly sync",) * 3, date(2026, 12, 7))),
    ]
    for view in views:
        assert problems_of_view(view) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_list_is_shown_as_understood_whatever_stands_in_it(text: str) -> None:
    known = {each.id: each for each in (somebody(text, number) for number in range(1, 40))}
    changes = [(each, replace(each, manager_id="U1")) for each in known.values()]
    found = PeopleList(changes, 1, [text] * 40, [text], {text: 2})
    sheet = ListSheet(found, text, known)
    assert problems_of_view(people_list.list_form(sheet)) == []
    assert problems_of_view(people_list.saved_form(sheet)) == []


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("may_change", [True, False])
def test_the_field_that_names_managers_is_said_whatever_it_is_called(text: str, may_change: bool) -> None:
    for trouble in ("", GONE, "missing_scope", text):
        found = profile_managers.field_answer(ManagerField(text[:80], trouble[:80], 2, may_change=may_change))
        assert problems_of_message(found["blocks"]) == []
        assert "<!channel>" not in str(found["blocks"])


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_not_understood_is_answered_and_pings_nobody(text: str) -> None:
    found = help_views.not_understood_answer(text, ["people"])
    assert problems_of_message(found["blocks"]) == []
    assert "<!channel>" not in str(found["blocks"])
    assert problems_of_message(checkin_list.not_understood_answer(text)["blocks"]) == []


def test_an_empty_workspace_reads_one_truth() -> None:
    found = people.people_answer([], [], {})
    assert "Everybody" not in str(found)
    assert "Muster is in no channel yet. Type `/invite @Muster`" in str(found)
    assert found["text"] == "0 people set up, 0 without a function."


def test_hints_speak_to_whoever_sets_up_themselves() -> None:
    lead = Person("T1", "U1", "Lea", role=Role.LEAD)
    own, other = (str(people.people_form(PersonSheet(lead, person))) for person in (lead, replace(lead, id="U2")))
    assert "Gets the weekly digest about you." in own
    assert "In your own time" in own
    assert "Gets the weekly digest about them." in other
    assert "In their own time" in other


BACK = date(2026, 11, 24)


def test_what_is_open_and_does_not_wait_is_said_and_what_waits_again() -> None:
    day = Absence(date(2026, 11, 23), date(2026, 11, 23))
    said = away.away_answer(Away(day, ("Weekly sync",), BACK))["text"]
    assert "Weekly sync, open now, does not wait for you; you can still answer." in said
    assert "wait" not in away.away_answer(Away(day, (), BACK))["text"]
    assert (
        "Weekly sync and Council wait for you again."
        in coming_back.back_answer(True, ["Weekly sync", "Council"])["text"]
    )
