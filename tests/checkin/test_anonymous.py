"""An anonymous check-in: taken once, told of under nobody's name, and shown only when nobody can answer any more."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.export import Format
from domain.history import Filter
from domain.kept import Kept, Slot
from domain.people import Person
from domain.runs import PromptState
from domain.templates import Post, Question, QuestionType, Template
from services import absences, checkin_forms, checkins, exports, history, home, ritual_desks
from services.anonymous import AlreadyTaken, TooLateForAnonymous
from storage import anonymous, kept, people
from storage.engine import Database
from surface.checkin_form import checkin_form
from surface.history import history_answer
from surface.home import home_page
from surface.reading import run_view
from surface.ritual_desk import desk_view
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    EVERYBODY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
    weekly,
)

ASK = (
    Question("mood", "Did the week go well?", QuestionType.ONE, options=("Yes", "No")),
    Question("why", "Why?", QuestionType.LONG, optional=True),
    Question("stuck", "What blocks you?", QuestionType.SHORT, optional=True, into="blocker.title"),
)
CLOSED = ANGELES_ENDS + AFTER


def pulse(*, by: str = "question") -> Template:
    return replace(weekly(), ask=ASK, anonymous=3, post=Post(by=by))


@pytest.fixture
def team(database: Database) -> Team:
    found = settle_in(database, pulse())
    found.at(BERLIN)
    return found


def answer(team: Team, person: Person, now: datetime, **given: str) -> None:
    prompt_id = team.prompt(person).id
    given = {"mood": "Yes", **given}
    checkins.submit(
        team.db,
        workspace_id=WORKSPACE,
        prompt_id=prompt_id,
        person_id=person.id,
        draft_id=f"draft {prompt_id}",
        given=given,
        now=now,
    )
    team.at(now)


def close(team: Team) -> str:
    """What the channel reads when it is over."""
    for moment in (BERLIN_ENDS + AFTER, ANGELES, CLOSED):
        team.at(moment)
    return team.messages(Kind.RUN)[-1]


def test_it_is_taken_once_and_cannot_be_shown_or_changed(team: Team) -> None:
    answer(team, ANA, BERLIN, why="Too many meetings.")
    receipt = team.messages(Kind.PROMPT, ANA)[-1]
    assert "taken, thank you" in receipt
    assert "cannot be shown again or changed" in receipt
    assert "Too many meetings" not in str(team.sent)
    assert not {"Edit", "Answer", "Skip today"} & set(receipt.splitlines())
    with pytest.raises(AlreadyTaken):
        answer(team, ANA, BERLIN, why="Fewer meetings.")
    with pytest.raises(AlreadyTaken):
        form(team, ANA)
    with team.db.read() as session:
        assert [each.value for each in anonymous.of_run(session, run_id=1) if each.question_id == "why"] == [
            "Too many meetings."
        ]


def test_results_come_when_the_last_window_has_ended_though_all_have_answered(team: Team) -> None:
    team.at(ANGELES)
    for person in EVERYBODY:
        answer(
            team, person, ANGELES - timedelta(hours=2) if person is not DEV else ANGELES, why=f"Said once {person.id}"
        )
    assert team.is_open()
    assert "Said once" not in str(team.sent)
    team.at(ANGELES_ENDS)
    assert team.is_open()
    team.at(CLOSED)
    said = team.messages(Kind.RUN)[-1]
    assert "4 of 4 answered" in said
    assert "Yes 4 of 4" in said
    assert said.count("Said once") == 4
    assert not any(person.name in said for person in EVERYBODY)


def test_only_the_silent_are_reminded_and_nothing_that_others_read_changes_when_somebody_answers(team: Team) -> None:
    run = team.messages(Kind.RUN)
    for person in (ANA, GRACE):
        before = read_by_others(team, person)
        answer(team, person, BERLIN + AFTER)
        assert read_by_others(team, person) == before, "two are fewer than three"
    team.at(BERLIN_ENDS - timedelta(hours=2))
    assert [each.name for each in EVERYBODY if team.messages(Kind.REMINDER, each)] == ["Ben"]
    assert team.messages(Kind.RUN) == run


def read_by_others(team: Team, person: Person) -> dict[str, list[str]]:
    """Everything each message has said, but for those to this person."""
    found = {key: [text_of(each) for each in said] for key, said in team.sent.items()}
    return {key: said for key, said in found.items() if not key.endswith(f":{person.id}")}


def test_how_many_there_are_is_told_from_the_least_on(team: Team) -> None:
    answer(team, ANA, BERLIN)
    answer(team, BEN, BERLIN + AFTER)
    (delivery,) = [said for key, said in team.sent.items() if key.startswith(f"{Kind.RUN}:")]
    assert len(delivery) == 1, "a message that is edited tells when somebody answered"
    assert "is shown from 3 on" in str(delivery[-1])
    answer(team, GRACE, BERLIN + 2 * AFTER)
    assert "3 of 4 answered" in team.messages(Kind.RUN)[-1]


def test_fewer_are_never_shown_nor_kept_and_nobody_is_told_who_is_missing(team: Team) -> None:
    answer(team, ANA, BERLIN, why="Alone", stuck="Alone too")
    team.skip(BEN, BERLIN)
    said = close(team)
    assert "closed, fewer than 3 answered" in said
    assert not team.messages(Kind.NOTE)
    everything = str([said, team.messages(Kind.RUN), looked_back(team), desk(team)])
    assert "Alone" not in everything
    assert "of 4" not in everything
    assert not any(person.name in said + looked_back(team) for person in EVERYBODY)
    with team.db.read() as session:
        assert not anonymous.of_run(session, run_id=1)


def test_that_nobody_answered_is_not_told_either(team: Team) -> None:
    assert "closed, fewer than 3 answered" in close(team)
    assert not team.messages(Kind.NOTE)


def looked_back(team: Team) -> str:
    found = history.past_runs(team.db, workspace_id=WORKSPACE, asked=Filter(CHANNEL), reader_id=GRACE.id, now=CLOSED)
    read = history.past_run(team.db, workspace_id=WORKSPACE, run_id=1, reader_id=GRACE.id, now=CLOSED)
    return str([history_answer(found), run_view(read)])


def desk(team: Team) -> str:
    card = ritual_desks.desk(
        team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=GRACE.id, now=CLOSED, library={}
    )
    return str(desk_view(card))


def taken_along(team: Team) -> list[tuple[str, str]]:
    who = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id}
    found = exports.of_ritual(team.db, **who, wanted=Format.JSON, now=CLOSED)  # type: ignore[arg-type] # by name
    rows = json.loads(found.content)
    assert all(
        (each["person"], each["function"], each["late"], each["edited"]) == ("", "", None, None) for each in rows
    )
    return [(each["question"], each["answer"]) for each in rows]


def test_an_export_holds_every_answer_in_no_order_of_people_and_no_search_finds_whose_it_is(team: Team) -> None:
    team.at(ANGELES)
    for person, why in ((ANA, "c"), (BEN, "a"), (DEV, "b")):
        answer(team, person, ANGELES - timedelta(hours=2) if person is not DEV else ANGELES, mood="Yes", why=why)
    assert taken_along(team) == [], "before it is over"
    close(team)
    went, why = "Did the week go well?", "Why?"
    assert taken_along(team) == [*3 * [(went, "Yes")], (why, "a"), (why, "b"), (why, "c")]
    for of_one in (Filter(CHANNEL, person_id=ANA.id), Filter(CHANNEL, function="research")):
        assert not history.past_runs(team.db, workspace_id=WORKSPACE, asked=of_one, reader_id=GRACE.id, now=CLOSED).runs


def test_an_export_holds_nothing_of_few(team: Team) -> None:
    answer(team, ANA, BERLIN, why="Alone")
    close(team)
    assert taken_along(team) == []


def test_it_takes_no_late_answers(team: Team) -> None:
    late = BERLIN_ENDS + AFTER
    team.at(late)
    assert "Answer late" not in team.messages(Kind.PROMPT, ANA)[-1].splitlines()
    with pytest.raises(TooLateForAnonymous) as refused:
        answer(team, ANA, late, why="Too late")
    assert ("Why?", "Too late") in refused.value.typed
    mine = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=ANA.id, now=late)
    assert not mine.late
    found = home.card(team.db, workspace_id=WORKSPACE, person_id=ANA.id, now=late)
    assert "Answer late" not in str(home_page(found))


def test_going_away_or_leaving_tells_nobody_whether_somebody_had_answered(team: Team) -> None:
    for person in (ANA, BEN, GRACE):
        answer(team, person, BERLIN)
    team.at(ANGELES)
    who = {"workspace_id": WORKSPACE, "person_id": DEV.id, "draft_id": "d1"}
    absences.away(team.db, **who, first="2026-11-23", last="2026-11-27", now=ANGELES)
    assert "3 of 4 answered" in close(team)


def test_what_stands_in_the_way_comes_with_the_results_and_was_raised_by_nobody(team: Team) -> None:
    for person in (ANA, BEN, GRACE):
        answer(team, person, BERLIN, stuck="No GPUs" if person is BEN else "")
    assert "No GPUs" not in str(team.sent)
    said = close(team)
    assert said.count("No GPUs") == 2, "in the text for notifications, and at the head, not among the answers as well"
    assert "nobody named yet" in said
    assert "Ben" not in said


def test_a_group_is_told_of_by_function_only_if_that_tells_of_nobody(database: Database) -> None:
    team = settle_in(database, pulse(by="function"))
    with database.write() as session:
        for person in EVERYBODY:
            people.set_up_person(session, person=replace(person, function="mlops" if person is not ANA else "legal"))
    team.at(BERLIN)
    team.at(ANGELES)
    for person in EVERYBODY:
        answer(team, person, BERLIN_ENDS if person is not DEV else ANGELES, mood="No" if person is ANA else "Yes")
    said = close(team)
    assert "Yes 3 of 4, No 1 of 4" in said
    assert "MLOps" not in said
    assert "mlops" not in said
    with database.read() as session:
        assert {each.function for each in anonymous.of_run(session, run_id=1)} == {""}


def test_what_was_typed_while_it_had_names_is_forgotten(database: Database) -> None:
    team = settle_in(database, pulse())
    slot = Slot(WORKSPACE, team.ritual.id, f"{team.ritual.next_day}T09:30", ANA.id)
    with database.write() as session:
        kept.keep(session, slot=slot, kept=Kept({"why": "Typed"}, BERLIN - AFTER))
    team.at(BERLIN)
    assert team.prompt(ANA).state is PromptState.SENT
    assert "Typed" not in form(team, ANA)
    with database.read() as session:
        assert kept.of(session, slot=slot) is None


def form(team: Team, person: Person) -> str:
    found = checkin_forms.open_form(
        team.db, workspace_id=WORKSPACE, prompt_id=team.prompt(person).id, person_id=person.id, now=BERLIN
    )
    return str(checkin_form(found))


def test_the_form_says_what_is_hidden_from_whom_and_tells_slack_nothing_meanwhile(team: Team) -> None:
    said = form(team, ANA)
    assert "Nobody in Slack is shown who said what, nor named for answering or not" in said
    assert "if at least 3 answered" in said
    assert "Whoever runs Muster" in said
    assert "You can change your answers" not in said
    assert "'notify_on_close': True" not in said
