"""What a person does with a prompt: answering, editing, skipping, late, twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.runs import PromptState
from domain.templates import Question, QuestionType, Template
from services import checkin_forms, checkins
from services.checkins import AlreadyAnswered
from services.own_prompts import NotYourPrompt, TooLateToAnswer, TooLateToEdit
from storage import blockers
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    DEV,
    EVERYBODY,
    GIVEN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)


@pytest.fixture
def asked(team: Team) -> Team:
    """It is half past nine in Berlin."""
    team.at(BERLIN)
    return team


def test_the_message_becomes_a_receipt_with_the_answers_and_edit(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    asked.at(BERLIN + AFTER)
    said = asked.messages(Kind.PROMPT, ANA)[0]
    assert "answered, thank you" in said
    assert "The backfill is done." in said
    assert "Edit" in said.splitlines()
    assert "you can edit until" in said


def test_the_deadline_second_itself_is_on_time(asked: Team) -> None:
    asked.answer(ANA, BERLIN_ENDS)
    asked.at(BERLIN_ENDS)
    assert "late" not in asked.messages(Kind.PROMPT, ANA)[0]


def test_a_second_after_the_deadline_a_first_answer_is_late(asked: Team) -> None:
    asked.answer(ANA, BERLIN_ENDS + AFTER)
    asked.at(BERLIN_ENDS + AFTER)
    said = asked.messages(Kind.PROMPT, ANA)[0]
    assert "answered late, thank you" in said
    assert "Edit" not in said.splitlines()


def test_a_late_answer_is_welcome_until_the_next_run_begins(asked: Team) -> None:
    asked.at(ANGELES_ENDS + AFTER)
    prompt = asked.prompt(GRACE)
    assert "Answer late" in asked.messages(Kind.PROMPT, GRACE)[0].splitlines()
    asked.answer(ANA, BERLIN + timedelta(days=7) - AFTER)
    asked.at(BERLIN + timedelta(days=7))
    with pytest.raises(TooLateToAnswer, match="Type `/checkin`"):
        asked.answer(GRACE, BERLIN + timedelta(days=7), prompt=prompt)


def send(team: Team, draft_id: str, moved: str, now: datetime = BERLIN) -> None:
    """One of the forms that Ana has opened."""
    place: dict[str, Any] = {"workspace_id": WORKSPACE, "prompt_id": team.prompt(ANA).id, "person_id": ANA.id}
    checkins.submit(team.db, **place, draft_id=draft_id, given={**GIVEN, "moved": moved}, now=now)


def test_an_older_form_that_comes_again_does_not_undo_a_newer_edit(asked: Team) -> None:
    for draft_id, moved in (("d1", "First."), ("d2", "Corrected."), ("d1", "First.")):
        send(asked, draft_id, moved)
    assert asked.answers_of(ANA)["moved"] == "Corrected."
    send(asked, "d1", "First.", BERLIN_ENDS + AFTER)
    assert asked.answers_of(ANA)["moved"] == "Corrected.", "after the deadline there is nothing to refuse either"


def test_an_older_form_with_other_answers_is_an_edit(asked: Team) -> None:
    for draft_id, moved in (("d1", "First."), ("d2", "Corrected."), ("d1", "Corrected."), ("d1", "First.")):
        send(asked, draft_id, moved)
    assert asked.answers_of(ANA)["moved"] == "First."


def test_an_edit_is_marked_and_changes_the_one_record(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    asked.answer(ANA, BERLIN + timedelta(hours=1), moved="More than that.")
    asked.at(BERLIN + timedelta(hours=1))
    assert asked.answers_of(ANA)["moved"] == "More than that."
    assert "edited" in asked.messages(Kind.PROMPT, ANA)[0]
    asked.at(BERLIN_ENDS + AFTER)
    asked.at(ANGELES)
    asked.at(ANGELES_ENDS + AFTER)
    summary = asked.messages(Kind.RUN)[0]
    assert "Ana (edited)" in summary
    assert "More than that." in summary
    assert "The backfill is done." not in summary


def test_after_the_deadline_nothing_is_edited_and_the_button_goes(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    asked.at(BERLIN_ENDS)
    assert "Edit" in asked.messages(Kind.PROMPT, ANA)[0].splitlines()
    asked.at(BERLIN_ENDS + AFTER)
    assert "Edit" not in asked.messages(Kind.PROMPT, ANA)[0].splitlines()
    with pytest.raises(TooLateToEdit, match="Tell the facilitator"):
        asked.answer(ANA, BERLIN_ENDS + AFTER, moved="Too late.")
    assert asked.answers_of(ANA)["moved"] == "The backfill is done."


def test_a_skip_can_be_followed_by_an_answer(asked: Team) -> None:
    asked.skip(ANA, BERLIN + AFTER)
    asked.at(BERLIN + AFTER)
    assert "Skipped: " in asked.messages(Kind.PROMPT, ANA)[0]
    assert "Answer after all" in asked.messages(Kind.PROMPT, ANA)[0].splitlines()
    asked.answer(ANA, BERLIN + timedelta(hours=1))
    assert asked.prompt(ANA).state is PromptState.ANSWERED


def test_a_double_skip_changes_things_once(asked: Team) -> None:
    asked.skip(ANA, BERLIN + AFTER)
    asked.at(BERLIN + AFTER)
    said = len(asked.sent[f"prompt:{asked.prompt(ANA).id}::U1"])
    asked.skip(ANA, BERLIN + timedelta(minutes=1))
    asked.at(BERLIN + timedelta(minutes=1))
    assert len(asked.sent[f"prompt:{asked.prompt(ANA).id}::U1"]) == said


def test_a_skip_after_an_answer_is_refused_and_after_the_close_changes_nothing(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    with pytest.raises(AlreadyAnswered):
        asked.skip(ANA, BERLIN + AFTER)
    asked.at(ANGELES_ENDS + AFTER)
    asked.skip(GRACE, ANGELES_ENDS + AFTER)
    assert asked.prompt(GRACE).missed == "no answer"


def test_the_same_submission_again_changes_nothing(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    asked.at(BERLIN + AFTER)
    asked.answer(ANA, BERLIN + timedelta(minutes=5))
    asked.at(BERLIN + timedelta(minutes=5))
    assert "edited" not in asked.messages(Kind.PROMPT, ANA)[0]
    asked.answer(ANA, BERLIN_ENDS + AFTER)
    assert asked.answers_of(ANA)["moved"] == "The backfill is done.", "even after the deadline it is the same answer"


def test_a_second_submission_with_changed_text_keeps_the_changed_text_in_one_record(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER, blocked="No GPUs")
    asked.answer(ANA, BERLIN + AFTER, blocked="No labels")
    assert asked.answers_of(ANA)["blocked"] == "No labels"
    with asked.db.read() as session:
        found = blockers.of_run(session, run_id=asked.runs[0].id)
    assert [blocker.title for blocker in found] == ["No labels"]


def test_submissions_at_once_make_one_response(asked: Team) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: asked.answer(ANA, BERLIN + AFTER, blocked="No GPUs"), range(8)))
    with asked.db.read() as session:
        assert len(blockers.of_run(session, run_id=asked.runs[0].id)) == 1
    asked.at(BERLIN + AFTER)
    assert "1 of 4 answered" in asked.messages(Kind.RUN)[0]


def test_a_form_opened_again_holds_what_was_answered(asked: Team) -> None:
    asked.answer(ANA, BERLIN + AFTER)
    form = checkin_forms.open_form(
        asked.db, workspace_id=WORKSPACE, prompt_id=asked.prompt(ANA).id, person_id=ANA.id, now=BERLIN + AFTER
    )
    assert form.answers == asked.answers_of(ANA)


def test_somebody_elses_prompt_is_as_unknown_as_one_that_does_not_exist(asked: Team) -> None:
    sentences: set[str] = set()
    for prompt_id in (asked.prompt(ANA).id, 4711):
        with pytest.raises(NotYourPrompt) as refused:
            checkin_forms.open_form(
                asked.db, workspace_id=WORKSPACE, prompt_id=prompt_id, person_id=BEN.id, now=BERLIN + AFTER
            )
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    with pytest.raises(NotYourPrompt):
        checkin_forms.open_form(
            asked.db, workspace_id="T2", prompt_id=asked.prompt(ANA).id, person_id=ANA.id, now=BERLIN + AFTER
        )


def test_mistakes_are_named_by_field_and_nothing_is_kept(asked: Team) -> None:
    with pytest.raises(FieldErrors) as found:
        asked.answer(BEN, BERLIN + AFTER, moved="  ", infra="Perhaps", unblocker="U99", confidence="6")
    assert set(found.value.fields) == {"moved", "infra", "unblocker", "confidence"}
    assert asked.prompt(BEN).state is PromptState.SENT


def test_the_answer_to_a_question_that_went_away_is_not_kept(asked: Team) -> None:
    asked.answer(BEN, BERLIN + AFTER, infra="No", infra_gap="Restarts")
    assert asked.answers_of(BEN)["infra_gap"] == "Restarts"
    asked.answer(BEN, BERLIN + timedelta(minutes=1), infra="Yes", infra_gap="Restarts")
    assert "infra_gap" not in asked.answers_of(BEN)


def test_what_can_be_answered_is_listed_while_it_can(asked: Team) -> None:
    found = checkins.open_prompts(asked.db, workspace_id=WORKSPACE, person_id=ANA.id, now=BERLIN_ENDS)
    assert [run.template.title for _, run in found.in_time] == ["Weekly sync"]
    assert found.person.zone.key == "Europe/Berlin"
    others = checkins.open_prompts(asked.db, workspace_id=WORKSPACE, person_id=DEV.id, now=BERLIN_ENDS)
    assert not [*others.in_time, *others.late], "it is still night"


MORE = tuple(Question(f"more{number}", f"More {number}?", QuestionType.LONG, optional=True) for number in range(5))


def long_one() -> Template:
    """The weekly sync with room for several answers that are just short enough to be shown whole."""
    return replace(weekly(), ask=(*weekly().ask, *MORE))


def much(text: str) -> dict[str, str]:
    return {question.id: text for question in MORE}


def test_a_summary_that_does_not_fit_one_message_goes_on_in_its_thread(database: Database) -> None:
    team = settle_in(database, long_one())
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN + AFTER, None, **much(f"{person.name} " + "wrote much. " * 37))
    assert not team.messages(Kind.RUN_PART)
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER, None, **much("Dev " + "wrote much. " * 37))
    team.at(ANGELES + AFTER)
    first, (second,) = team.messages(Kind.RUN)[0], team.messages(Kind.RUN_PART)
    assert "The other answers are in the thread." in first
    assert "answers continued (2 of 2)" in second
    assert all(any(f"{person.name} wrote much." in page for page in (first, second)) for person in EVERYBODY)
    assert first.count("wrote much.") + second.count("wrote much.") >= 4 * 5 * 37


def test_a_page_that_is_not_needed_any_more_says_where_its_answers_are(database: Database) -> None:
    team = settle_in(database, long_one())
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN + AFTER, None, **much("much " * 80))
    team.at(utc(23, 16))
    team.at(ANGELES)
    team.skip(DEV, ANGELES + AFTER)
    team.at(ANGELES + AFTER)
    assert not team.messages(Kind.RUN_PART)
    team.answer(DEV, ANGELES + timedelta(minutes=1), None, **much("much " * 95))
    team.at(ANGELES + timedelta(minutes=1))
    assert "answers continued" in team.messages(Kind.RUN_PART)[0]
    team.answer(DEV, ANGELES + timedelta(minutes=2), moved="Short now.")
    team.at(ANGELES + timedelta(minutes=2))
    assert "these answers have moved up." in team.messages(Kind.RUN_PART)[0]
    assert "Short now." in team.messages(Kind.RUN)[0]
    team.answer(DEV, ANGELES + timedelta(minutes=3), None, **much("again much " * 42))
    team.at(ANGELES + timedelta(minutes=3))
    assert "answers continued" in team.messages(Kind.RUN_PART)[0]
