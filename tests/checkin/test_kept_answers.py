"""Everything Slack has told of a form is kept until it is sent, and hands itself back when it can no longer be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.cards import CheckinForm
from domain.errors import FieldErrors
from domain.kept import Filled, Slot
from services import checkin_forms, checkins, rituals
from services.own_prompts import TooLateToAnswer, TooLateToEdit
from storage import kept
from storage.engine import Database
from surface.checkin_form import checkin_form
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    GIVEN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)

LATER = BERLIN + timedelta(hours=1)
ALL = ["moved", "blocked", "unblocker", "confidence"]


def filled(team: Team, *, draft: str = "d1", **given: str) -> Filled:
    return Filled(WORKSPACE, ANA.id, team.prompt(ANA).id, draft, given, ALL)


def opened(team: Team) -> CheckinForm:
    return checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=team.prompt(ANA).id, person_id=ANA.id, now=LATER
    )


def send(team: Team, *, draft: str = "d1", **given: str) -> None:
    checkins.submit(
        team.db,
        workspace_id=WORKSPACE,
        prompt_id=team.prompt(ANA).id,
        person_id=ANA.id,
        draft_id=draft,
        given={**GIVEN, **given},
        now=LATER,
        on_form=ALL,
    )


def test_what_was_typed_before_a_click_stands_in_the_form_when_it_is_opened_again(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.redraw_form(team.db, filled=filled(team, moved="Half a sentence"), now=BERLIN)
    form = opened(team)
    assert form.answers == {"moved": "Half a sentence"}
    assert "What you typed is still here, from <!date^" in str(checkin_form(form))
    assert "10:30" not in str(checkin_form(form)), "the moment is when it was typed, not when it is read"


def test_what_is_told_while_typing_and_on_closing_is_kept_with_its_first_moment(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=LATER)
    assert opened(team).kept_at == BERLIN
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half more"), now=LATER)
    assert (opened(team).kept_at, opened(team).answers) == (LATER, {"moved": "Half more"})


def test_what_slack_tells_of_late_never_takes_the_place_of_newer_words(team: Team) -> None:
    team.at(BERLIN)
    newer, older = (
        replace(filled(team, moved=text), told=told) for text, told in (("All of it", 20.5), ("All", 20.25))
    )
    checkin_forms.keep_typed(team.db, filled=newer, now=BERLIN)
    checkin_forms.keep_typed(team.db, filled=older, now=LATER)
    assert opened(team).answers == {"moved": "All of it"}
    assert checkin_forms.redraw_form(team.db, filled=older, now=LATER).answers == {"moved": "All of it"}
    checkin_forms.keep_typed(team.db, filled=replace(older, given={"moved": "New"}, told=21.0), now=LATER)
    assert opened(team).answers == {"moved": "New"}
    checkin_forms.keep_typed(team.db, filled=replace(older, given={"moved": "Closed"}, told=None), now=LATER)
    assert opened(team).answers == {"moved": "Closed"}, "what has no moment of its own is the last word of its form"


def test_a_form_that_is_opened_and_closed_keeps_nothing(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team), now=BERLIN)
    assert opened(team).kept_at is None
    team.answer(ANA, BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, draft="d2", **GIVEN), now=LATER)
    assert (opened(team).kept_at, opened(team).answers) == (None, GIVEN)


def test_a_refused_form_keeps_what_was_typed(team: Team) -> None:
    team.at(BERLIN)
    with pytest.raises(FieldErrors):
        send(team, moved="x" * 301)
    assert opened(team).answers == {**GIVEN, "moved": "x" * 301}
    assert team.answers_of(ANA) == {}


def test_an_edit_that_was_not_sent_stands_over_the_answer_and_leaves_it_as_it_is(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, draft="d2", moved="Changed", confidence="2"), now=LATER)
    assert opened(team).answers == {"moved": "Changed", "confidence": "2"}
    assert team.answers_of(ANA) == GIVEN


@pytest.mark.parametrize(
    "tell",
    [
        checkin_forms.keep_typed,
        checkin_forms.redraw_form,
        checkin_forms.turn_back,
        partial(checkin_forms.use_again, question_id="moved"),
    ],
)
def test_sending_ends_it_and_what_slack_tells_afterwards_brings_nothing_back(
    team: Team, tell: Callable[..., object]
) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=BERLIN)
    send(team)
    tell(team.db, filled=filled(team, moved="The backfill is don"), now=LATER)
    assert (opened(team).kept_at, opened(team).answers) == (None, GIVEN)


def test_what_comes_too_late_is_handed_back_question_by_question(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    with pytest.raises(TooLateToEdit) as late:
        team_send_late(team, moved="Too late", unblocker=GRACE.id)
    assert ("If something is blocked, who can clear it?", "Grace") in late.value.typed
    assert [typed for question, typed in late.value.typed if question.startswith("What moved")] == ["Too late"]
    team.at(BERLIN_ENDS + AFTER)
    old = team.prompt(GRACE).id
    team.at(ANGELES)
    team.at(BERLIN + timedelta(days=7))
    with pytest.raises(TooLateToAnswer) as over:
        checkins.submit(
            team.db,
            workspace_id=WORKSPACE,
            prompt_id=old,
            person_id=GRACE.id,
            draft_id="d3",
            given={"moved": ""},
            now=BERLIN + timedelta(days=7),
            on_form=ALL,
        )
    assert over.value.typed, "even what has a mistake"


def team_send_late(team: Team, **given: str) -> None:
    checkins.submit(
        team.db,
        workspace_id=WORKSPACE,
        prompt_id=team.prompt(ANA).id,
        person_id=ANA.id,
        draft_id="d2",
        given={**GIVEN, **given},
        now=BERLIN_ENDS + AFTER,
        on_form=ALL,
    )


def kept_of(team: Team, occurrence: str = "2026-11-23T09:30") -> bool:
    slot = Slot(WORKSPACE, team.ritual.id, occurrence, ANA.id)
    with team.db.read() as session:
        return kept.of(session, slot=slot) is not None


def test_it_is_dropped_when_the_next_run_begins(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=BERLIN)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    assert kept_of(team), "it can still be answered late"
    team.at(BERLIN + timedelta(days=7))
    assert not kept_of(team)


def test_switching_off_drops_what_takes_no_more_answers(team: Team) -> None:
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=BERLIN)
    end = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id, "name": "weekly-sync"}
    rituals.switch_off(team.db, **end, now=LATER)
    assert kept_of(team), "whoever has been asked can still answer"


def test_of_an_anonymous_form_nothing_is_kept_and_slack_is_asked_to_tell_nothing(database: Database) -> None:
    template = replace(weekly(), anonymous=5, ask=tuple(replace(each, condition=()) for each in weekly().ask))
    team = settle_in(database, template)
    team.at(BERLIN)
    checkin_forms.keep_typed(team.db, filled=filled(team, moved="Half"), now=BERLIN)
    form = opened(team)
    assert (form.answers, form.kept_at) == ({}, None)
    view = checkin_form(form)
    assert "notify_on_close" not in view
    assert "on_character_entered" not in str(view)
