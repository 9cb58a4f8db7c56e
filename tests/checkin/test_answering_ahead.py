"""Answers before the prompt: kept, taken over when it would ask, and changed until then."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, update

from domain.cards import CheckinForm
from domain.deliveries import Kind
from domain.kept import Filled
from domain.people import Person
from services import absences, checkin_forms, checkins
from services.early import NotComing
from storage.tables import RitualRow
from surface import forms
from surface.checkin_form import checkin_form
from surface.checkin_list import open_answer
from tests.checkin.team import AFTER, ANA, ANGELES, BEN, BERLIN, DEV, GIVEN, WORKSPACE, Team

SUNDAY = BERLIN - timedelta(hours=20)
THURSDAY = BERLIN - timedelta(days=4)
LATER = SUNDAY + timedelta(hours=1)


def opened(team: Team, now: datetime = SUNDAY, person: Person = ANA) -> CheckinForm:
    return checkin_forms.open_early(
        team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=person.id, now=now
    )


def filled(form: CheckinForm, **given: str) -> Filled:
    view = checkin_form(form)
    ids = forms.ids(view)
    values = {**GIVEN, **given}
    where = {"ritual_id": int(ids["ritual"]), "occurrence": ids["occurrence"]}
    page = Filled(WORKSPACE, form.person.id, int(ids["prompt"]), form.draft_id, values, forms.shown(view))
    return replace(page, **where)  # type: ignore[arg-type] # by name


def send(team: Team, form: CheckinForm, now: datetime = SUNDAY, **given: str) -> None:
    assert checkins.submit_filled(team.db, filled=filled(form, **given), now=now) is None


def listed(team: Team, now: datetime, person: Person = ANA) -> str:
    return str(open_answer(checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)))


def test_what_comes_on_the_next_working_day_is_offered_and_opens_a_form_that_says_so(team: Team) -> None:
    assert "Answer now" not in listed(team, THURSDAY)
    assert "Answer now" in listed(team, THURSDAY + timedelta(days=1)), "on Friday, for Monday"
    assert "You can answer ahead: Weekly sync." in listed(team, SUNDAY)
    assert "Answer now" in listed(team, SUNDAY)
    assert "You answer ahead: this asks <!date^" in str(checkin_form(opened(team)))
    with pytest.raises(NotComing):
        opened(team, THURSDAY)


def test_whoever_has_answered_is_not_asked_and_gets_the_receipt_when_it_asks(team: Team) -> None:
    send(team, opened(team))
    assert "You have answered it" in listed(team, LATER)
    team.at(LATER)
    assert not team.messages(Kind.PROMPT, ANA)
    team.at(BERLIN)
    (receipt,) = team.messages(Kind.PROMPT, ANA)
    assert receipt.startswith("Weekly sync: answered, thank you.")
    assert "Edit" in receipt
    assert team.answers_of(ANA) == GIVEN
    team.at(BERLIN + timedelta(hours=6))
    assert not team.messages(Kind.REMINDER, ANA)
    assert "1 of" in team.messages(Kind.RUN)[0]
    team.answer(ANA, BERLIN + timedelta(hours=6), moved="Edited like any other.")


def test_it_can_be_changed_before_and_the_last_words_sent_count(team: Team) -> None:
    send(team, opened(team))
    again = opened(team, LATER)
    assert (again.answers, again.kept_at) == (GIVEN, None)
    send(team, again, LATER, moved="Changed ahead.")
    half = filled(opened(team, LATER), moved="Half a thou")
    checkin_forms.keep_typed(team.db, filled=half, now=LATER)
    assert opened(team, LATER).answers["moved"] == "Half a thou"
    team.at(BERLIN)
    assert team.answers_of(ANA)["moved"] == "Changed ahead."


def test_what_blocked_somebody_before_is_asked_about_ahead_too(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN, blocked="The disk is full")
    sunday = SUNDAY + timedelta(days=7)
    form = opened(team, sunday)
    ((name, blocker),) = form.still
    assert "Last time you were blocked by: The disk is full. Still?" in str(checkin_form(form))
    clicked = filled(form, **{name: "still"})
    redrawn = checkin_forms.redraw_form(team.db, filled=clicked, now=sunday)
    assert (redrawn.still, redrawn.answers[name]) == (form.still, "still")
    send(team, redrawn, sunday, **{name: "cleared"})
    assert not opened(team, sunday).still, f"{blocker.title} is settled at once"


@pytest.mark.parametrize("is_typed_into", [False, True])
def test_where_the_questions_have_changed_it_opens_again_unsent_and_the_invitation_says_so(
    team: Team, *, is_typed_into: bool
) -> None:
    send(team, opened(team))
    with team.db.write() as session:
        session.execute(update(RitualRow).where(col(RitualRow.id) == team.ritual.id).values(version=2))
    if is_typed_into:
        checkin_forms.keep_typed(team.db, filled=filled(opened(team, LATER), moved="Half a thou"), now=LATER)
    team.at(BERLIN)
    (invitation,) = team.messages(Kind.PROMPT, ANA)
    assert "What you answered ahead is in the form, not sent" in invitation
    form = checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=team.prompt(ANA).id, person_id=ANA.id, now=BERLIN
    )
    typed = {**GIVEN, "moved": "Half a thou"} if is_typed_into else GIVEN
    assert (form.answers, form.kept_at) == (typed, LATER if is_typed_into else SUNDAY)
    assert team.answers_of(ANA) == {}


def test_a_form_opened_before_and_sent_after_it_began_answers_the_prompt(team: Team) -> None:
    form = opened(team)
    team.at(BERLIN)
    send(team, form, BERLIN + AFTER)
    assert team.answers_of(ANA) == GIVEN
    assert "answered" in team.states()


def test_a_prompt_whose_run_has_begun_elsewhere_can_be_answered_before_it_asks(team: Team) -> None:
    team.at(BERLIN)
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=DEV.id, now=BERLIN)
    assert [run.template.title for _, run, _ in found.coming] == ["Weekly sync"]
    team.answer(DEV, BERLIN)
    team.at(BERLIN + AFTER)
    assert not team.messages(Kind.PROMPT, DEV), "it is one in the morning there"
    team.at(BERLIN + timedelta(hours=9))
    assert team.messages(Kind.PROMPT, DEV)[0].startswith("Weekly sync: answered, thank you.")


def test_whoever_is_away_when_it_asks_is_heard_and_reads_the_receipt_when_back(team: Team) -> None:
    send(team, opened(team))
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "away"}
    absences.away(team.db, **place, first="2026-11-23", last="2026-11-24", now=LATER)
    team.at(BERLIN)
    assert team.answers_of(ANA) == GIVEN
    assert not team.messages(Kind.PROMPT, ANA)
    assert "1 of" in team.messages(Kind.RUN)[0]
    team.at(BERLIN + timedelta(days=2))
    assert team.messages(Kind.PROMPT, ANA)[0].startswith("Weekly sync: answered, thank you.")


def test_an_absence_told_while_it_waits_to_ask_leaves_what_was_answered(team: Team) -> None:
    send(team, opened(team))
    team.change(replace(ANA, zone_name=DEV.zone_name))
    team.at(BERLIN)
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "away"}
    absences.away(team.db, **place, first="2026-11-23", last="2026-11-27", now=BERLIN)
    team.at(ANGELES)
    assert team.answers_of(ANA) == GIVEN


def test_what_was_answered_counts_although_muster_was_not_running_when_it_should_have_asked(team: Team) -> None:
    send(team, opened(team))
    team.at(BERLIN + timedelta(hours=5))
    assert team.answers_of(ANA) == GIVEN
    assert not team.messages(Kind.PROMPT, BEN)
