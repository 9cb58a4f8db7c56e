"""How long answering takes is measured, from a form that opens empty to the first time it is sent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.answering_time import Measured
from domain.cards import CheckinForm
from domain.kept import Filled
from domain.people import Person
from domain.runs import Ritual
from domain.templates import Question
from services import checkin_forms, checkins, measuring, ritual_desks
from storage import prompts, rituals
from storage.engine import Database
from surface import forms
from surface.checkin_form import checkin_form, opened_at
from tests.checkin.team import ANA, BERLIN, BERLIN_ENDS, EVERYBODY, GIVEN, WORKSPACE, Team, settle_in, weekly

ANSWERS = {"infra": "Yes", **GIVEN}
SUNDAY = BERLIN - timedelta(hours=20)
WEEK = timedelta(days=7)


def opened(team: Team, person: Person, now: datetime) -> CheckinForm:
    prompt_id = team.prompt(person).id
    return checkin_forms.open_form(team.db, workspace_id=WORKSPACE, prompt_id=prompt_id, person_id=person.id, now=now)


def filled(form: CheckinForm, **given: str) -> Filled:
    """As it comes back from Slack."""
    view = checkin_form(form)
    values = {name: value for name, value in {**ANSWERS, **given}.items() if name in forms.shown(view)}
    ids = forms.ids(view)
    return Filled(
        WORKSPACE,
        form.prompt.person_id,
        int(ids["prompt"]),
        ids["draft"],
        values,
        forms.shown(view),
        ritual_id=int(ids.get("ritual", "0")),
        occurrence=ids.get("occurrence", ""),
        opened_at=opened_at(view),
    )


def send(team: Team, form: CheckinForm, now: datetime, **given: str) -> None:
    assert checkins.submit_filled(team.db, filled=filled(form, **given), now=now) is None


def answer(team: Team, person: Person, seconds: int, now: datetime = BERLIN) -> None:
    send(team, opened(team, person, now), now + timedelta(seconds=seconds))


def taken(team: Team, person: Person = ANA) -> int | None:
    with team.db.read() as session:
        found = prompts.response(session, prompt_id=team.prompt(person).id)
    assert found
    return found.seconds


def shown_time(team: Team, ritual: Ritual) -> Measured | None:
    about = {"workspace_id": WORKSPACE, "person_id": ANA.id}
    return ritual_desks.desk(team.db, ritual_id=ritual.id, now=BERLIN + WEEK, library={}, **about).took


def test_the_first_sending_counts_through_redraws_and_edits_change_nothing(team: Team) -> None:
    team.at(BERLIN)
    form = opened(team, ANA, BERLIN)
    redrawn = checkin_forms.redraw_form(team.db, filled=filled(form), now=BERLIN + timedelta(seconds=40))
    send(team, redrawn, BERLIN + timedelta(seconds=100))
    assert taken(team) == 100
    send(team, opened(team, ANA, BERLIN + timedelta(minutes=5)), BERLIN + timedelta(minutes=6), moved="More.")
    assert taken(team) == 100


def test_a_form_that_opens_with_what_was_typed_before_is_not_measured(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(opened(team, ANA, BERLIN)), now=BERLIN)
    answer(team, ANA, 20, BERLIN + timedelta(hours=1))
    assert taken(team) is None


def test_an_answer_given_ahead_keeps_the_time_it_took_the_first_time(team: Team) -> None:
    for now, said in ((SUNDAY, "First."), (SUNDAY + timedelta(hours=1), "Then.")):
        form = checkin_forms.open_early(
            team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=ANA.id, now=now
        )
        checkin_forms.keep_typed(team.db, filled=filled(form, moved=said), now=now + timedelta(seconds=5))
        send(team, form, now + timedelta(seconds=70), moved=said)
    team.at(BERLIN)
    assert team.answers_of(ANA)["moved"] == "Then."
    assert taken(team) == 70


def test_nothing_is_measured_of_an_anonymous_form(database: Database) -> None:
    team = settle_in(database, replace(weekly(), anonymous=3, ask=weekly().ask[:1]))
    team.at(BERLIN)
    form = opened(team, ANA, BERLIN)
    assert form.opened_at is None
    assert opened_at(checkin_form(form)) is None
    send(team, form, BERLIN + timedelta(seconds=100))
    with team.db.read() as session:
        assert prompts.response(session, prompt_id=team.prompt(ANA).id) is None


def test_details_and_the_library_tell_the_median_from_five_answers_on(team: Team) -> None:
    library = {each.id: each for each in (weekly(), replace(weekly(), id="other"))}
    team.at(BERLIN)
    for person, seconds in zip(EVERYBODY, (40, 60, 300, 200), strict=True):
        answer(team, person, seconds)
    assert shown_time(team, team.ritual) is None
    assert measuring.of_library(team.db, workspace_id=WORKSPACE, library=library) == {}
    team.at(BERLIN_ENDS)
    team.at(BERLIN + WEEK)
    answer(team, ANA, 50, BERLIN + WEEK)
    assert shown_time(team, team.ritual) == Measured(60, 5)
    assert measuring.of_library(team.db, workspace_id=WORKSPACE, library=library) == {"weekly-sync": Measured(60, 5)}
    assert measuring.of_library(team.db, workspace_id="T2", library=library) == {}


@pytest.mark.parametrize(("ask", "counts"), [(weekly().ask, True), (weekly().ask[:1], False)])
def test_only_answers_to_the_questions_as_they_are_now_tell_how_long_they_take(
    team: Team, ask: tuple[Question, ...], counts: bool
) -> None:
    for begins in (BERLIN, BERLIN + WEEK):
        team.at(begins)
        for person in EVERYBODY[:3]:
            answer(team, person, 100, begins)
    template = replace(weekly(), remind=(), ask=ask)
    with team.db.write() as session:
        rituals.set_template(session, ritual_id=team.ritual.id, template=template, version=2)
    same = {"weekly-sync": Measured(100, 6)} if counts else {}
    assert shown_time(team, team.ritual) == same.get("weekly-sync")
    assert measuring.of_library(team.db, workspace_id=WORKSPACE, library={template.id: template}) == same
