"""A long form in pages: nothing is lost between them, and mistakes lead to theirs."""

from dataclasses import replace

import pytest

from domain.cards import CheckinForm
from domain.errors import FieldErrors
from domain.kept import Filled
from domain.pages import MOST_INPUTS
from domain.templates import Question, QuestionType
from services import checkin_forms, checkins
from storage.engine import Database
from surface import forms
from surface.checkin_form import checkin_form
from tests.checkin.team import ANA, BERLIN, WORKSPACE, Team, settle_in, weekly

ASKED = tuple(Question(f"q{number}", f"Question {number}?", QuestionType.SHORT) for number in range(20))
GIVEN = {question.id: f"Answer {question.id}." for question in ASKED}


@pytest.fixture
def team(database: Database) -> Team:
    team = settle_in(database, replace(weekly(), ask=ASKED))
    team.at(BERLIN)
    return team


def opened(team: Team) -> CheckinForm:
    return checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=team.prompt(ANA).id, person_id=ANA.id, now=BERLIN
    )


def filled(form: CheckinForm, **given: str) -> Filled:
    """What Slack tells when the page is left."""
    view = checkin_form(form)
    on_form = forms.shown(view)
    known = {name: value for name, value in {**GIVEN, **given}.items() if name in on_form and value}
    page = int(forms.ids(view)["page"])
    return Filled(WORKSPACE, ANA.id, form.prompt.id, form.draft_id, known, on_form, page)


def send(team: Team, form: CheckinForm, **given: str) -> CheckinForm | None:
    return checkins.submit_filled(team.db, filled=filled(form, **given), now=BERLIN)


def through(team: Team) -> CheckinForm:
    """The last page, after the ones before were sent."""
    form = opened(team)
    for _ in range(2):
        following = send(team, form)
        assert following
        form = following
    return form


def test_each_page_holds_few_inputs_says_which_it_is_and_the_last_one_sends(team: Team) -> None:
    form: CheckinForm | None = opened(team)
    pages = []
    while form:
        pages.append(checkin_form(form))
        form = send(team, form)
    assert [len(forms.shown(view)) for view in pages] == [MOST_INPUTS, MOST_INPUTS, 4]
    assert [view["submit"]["text"] for view in pages] == ["Next", "Next", "Send"]
    for number, view in enumerate(pages, 1):
        assert f"Page {number} of 3" in str(view)
        assert ("Back" in str(view)) is (number > 1)
    assert team.answers_of(ANA) == GIVEN


def test_going_back_keeps_what_stands_on_the_page_that_is_left(team: Team) -> None:
    last = through(team)
    back = checkin_forms.turn_back(team.db, filled=filled(last, q16="Typed before going back."), now=BERLIN)
    assert "q8" in forms.shown(checkin_form(back))
    again = send(team, back, q8="Changed.")
    assert again
    assert again.answers["q16"] == "Typed before going back."
    assert send(team, again, q16="Typed before going back.") is None
    assert team.answers_of(ANA) == {**GIVEN, "q8": "Changed.", "q16": "Typed before going back."}


def test_a_turn_that_is_told_twice_turns_once_and_late_typing_keeps_to_its_page(team: Team) -> None:
    last = through(team)
    pressed = replace(filled(last), told=30.0)
    back = checkin_forms.turn_back(team.db, filled=pressed, now=BERLIN)
    assert checkin_forms.turn_back(team.db, filled=pressed, now=BERLIN).page == back.page == 1
    following = send(team, back, q8="Changed.")
    assert following
    late = replace(filled(back, q8="Chang"), told=31.0)
    checkin_forms.keep_typed(team.db, filled=late, now=BERLIN)
    assert (opened(team).answers["q8"], opened(team).page) == ("Changed.", 2), "the page was sent meanwhile"


def test_a_page_with_a_mistake_stays_and_keeps_what_was_typed(team: Team) -> None:
    with pytest.raises(FieldErrors) as found:
        send(team, opened(team), q0="x" * 301)
    assert list(found.value.fields) == ["q0"], "those of pages to come are not mistakes yet"
    assert opened(team).answers["q1"] == GIVEN["q1"]


def test_a_form_that_was_closed_opens_on_the_page_where_it_was_left(team: Team) -> None:
    checkin_forms.keep_typed(team.db, filled=filled(through(team), q16="Half"), now=BERLIN)
    form = opened(team)
    assert "Page 3 of 3" in str(checkin_form(form))
    assert "Half" in str(checkin_form(form))


def test_a_mistake_on_an_earlier_page_leads_there_and_is_said(team: Team) -> None:
    last = through(team)
    empty = Filled(
        WORKSPACE, ANA.id, last.prompt.id, "another window", {}, [question.id for question in ASKED[8:16]], 1
    )
    checkin_forms.keep_typed(team.db, filled=empty, now=BERLIN)
    form = send(team, last)
    assert form
    view = checkin_form(form)
    assert "Page 2 of 3" in str(view)
    assert str(view).count("Needs another look:") == 8
    final = send(team, form)
    assert final
    assert send(team, final) is None
    assert team.answers_of(ANA) == GIVEN


def test_back_pressed_in_a_form_that_has_been_sent_shows_a_page_and_changes_nothing(team: Team) -> None:
    """The click and the sending were on their way at once; Slack tells of the click last."""
    last = through(team)
    pressed = replace(filled(last, q16="Half a thou"), told=40.0)
    assert send(team, last) is None
    back = checkin_forms.turn_back(team.db, filled=pressed, now=BERLIN)
    assert "Page 2 of 3" in str(checkin_form(back))
    assert team.answers_of(ANA) == GIVEN
    assert opened(team).answers == GIVEN, "half a word is not kept beside what was sent"
    again = send(team, back, q8="Changed.")
    assert again
    assert send(team, again) is None
    assert team.answers_of(ANA) == {**GIVEN, "q8": "Changed."}, "whoever goes on from there edits it"
