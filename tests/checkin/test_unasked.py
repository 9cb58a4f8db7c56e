"""Answers given ahead for what is not asked after all, and what is left of a ritual that ended."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.cadence import parse
from domain.deliveries import Kind
from domain.hours import Duration
from domain.own_templates import asked_anew
from domain.people import Person
from domain.runs import LATE_AFTER_END, PromptState
from domain.submissions import Submission
from domain.templates import Post, QuestionType
from services import absences, manual_runs, question_changes, ritual_changes, sync, unasked
from services.early import TakesNothingAhead
from services.own_prompts import EndedSince
from storage import agenda, kept, people, prompts
from storage import rituals as stored
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    GIVEN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)
from tests.checkin.test_anonymous import pulse
from tests.checkin.test_answering_ahead import LATER, SUNDAY, listed, opened, send

HOUR = timedelta(hours=1)
MONDAY = BERLIN - timedelta(minutes=20)
"""At work, before it asks."""


def end(team: Team, now: object = LATER) -> None:
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id, "now": now}
    ritual_changes.end(team.db, **where)  # type: ignore[arg-type] # by name


def rows(team: Team) -> int:
    with team.db.read() as session:
        return len(kept.all_sent(session, ritual_id=team.ritual.id))


def test_whoever_answered_ahead_reads_that_it_ended_and_gets_their_words_back(team: Team) -> None:
    send(team, opened(team))
    end(team)
    team.at(LATER)
    assert not team.messages(Kind.UNASKED), "it is Sunday"
    team.at(MONDAY)
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert told.startswith("Your answers for Weekly sync, Mon 23 Nov 2026, were not posted: Grace has switched it off ")
    assert "_What moved last week that another team should know?_ The backfill is done." in told
    assert "It was for #forecast. Here is what you wrote" in told
    assert not team.runs


def test_a_pause_tells_those_whose_occurrence_it_leaves_out(team: Team) -> None:
    send(team, opened(team))
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id, "now": LATER}
    ritual_changes.pause(team.db, until=BERLIN.date(), **where)  # type: ignore[arg-type] # by name
    team.at(MONDAY - HOUR)
    ritual_changes.resume(team.db, **where)  # type: ignore[arg-type] # by name
    ritual_changes.pause(team.db, until=BERLIN.date() + timedelta(days=8), **where)  # type: ignore[arg-type] # by name
    team.at(MONDAY)
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert ", were not posted: it pauses until Tue 1 Dec 2026." in told


def test_whoever_is_not_asked_when_it_begins_gets_their_words_back_once(team: Team) -> None:
    send(team, opened(team))
    there = [each.id for each in (BEN, DEV, GRACE)]
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=there, read_at=LATER, now=LATER)
    team.at(BERLIN)
    assert ANA.id not in {each.person_id for each in team.prompts}
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert ", were not posted: it asked others this time, and not you." in told
    assert "The backfill is done." in told
    team.at(BERLIN + timedelta(days=7))
    assert len(team.messages(Kind.UNASKED, ANA)) == 1


def test_whoever_was_gone_when_it_began_gets_their_words_back_once_they_are_here_again(team: Team) -> None:
    send(team, opened(team))
    team.gone = ANA
    sync.save_person(team.db, person=replace(ANA, left=True, updated=1), now=LATER)
    team.at(BERLIN)
    assert not team.messages(Kind.UNASKED, ANA)
    team.gone, back = None, BERLIN + HOUR
    sync.save_person(team.db, person=replace(ANA, updated=2), now=back)
    team.at(back)
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert "The backfill is done." in told
    for updated, left in ((3, True), (4, False)):
        sync.save_person(team.db, person=replace(ANA, updated=updated, left=left), now=back + HOUR)
    team.at(back + HOUR)
    assert [len(said) for key, said in team.sent.items() if key.startswith(f"{Kind.UNASKED}:")] == [1]


def test_what_comes_after_all_is_heard_and_nobody_is_told_otherwise(team: Team) -> None:
    send(team, opened(team))
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id, "now": LATER}
    ritual_changes.pause(team.db, until=BERLIN.date() + timedelta(days=8), **where)  # type: ignore[arg-type] # by name
    ritual_changes.resume(team.db, **where)  # type: ignore[arg-type] # by name
    team.at(MONDAY)
    team.at(BERLIN)
    assert not team.messages(Kind.UNASKED)
    assert team.answers_of(ANA)["moved"] == "The backfill is done."


def test_what_was_kept_goes_when_the_last_run_of_an_ended_ritual_takes_no_more_answers(team: Team) -> None:
    send(team, opened(team))
    end(team)
    assert rows(team) == 1, "it is still to be handed back"
    last = LATER + LATE_AFTER_END
    assert unasked.forget_due(team.db, now=last - AFTER) == 0
    assert unasked.forget_due(team.db, now=last) == 1
    assert rows(team) == 0
    with team.db.read() as session:
        assert agenda.next_at(session) is None


def run_now(team: Team, now: datetime) -> None:
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id, "now": now}
    manual_runs.run_now(team.db, draft_id="click", **where)  # type: ignore[arg-type] # by name


def heard_from(team: Team, person: Person) -> list[int]:
    """The runs that have an answer of that person."""
    with team.db.read() as session:
        found = [each for run in team.runs for each in prompts.of_run(session, run_id=run.id)]
    answered = PromptState.ANSWERED
    return [prompt.run_id for prompt in found if (prompt.person_id, prompt.state) == (person.id, answered)]


def test_whoever_answered_ahead_for_a_run_that_has_begun_elsewhere_is_heard_after_its_end(team: Team) -> None:
    send(team, opened(team, MONDAY, DEV), MONDAY)
    team.at(BERLIN)
    end(team, BERLIN + HOUR)
    team.at(ANGELES)
    assert heard_from(team, DEV) == [1]
    assert team.messages(Kind.PROMPT, DEV)[0].startswith("Weekly sync: answered, thank you.")
    assert not team.messages(Kind.UNASKED)


def test_what_waits_for_somebody_to_come_back_outlives_the_begin_of_the_next_run(database: Database) -> None:
    rule = parse("every weekday at 09:30")
    team = settle_in(database, replace(weekly(), cadence=rule, closes=Duration(days=3), remind=()))
    send(team, opened(team, MONDAY, DEV), MONDAY)
    place = {"workspace_id": WORKSPACE, "person_id": DEV.id, "draft_id": "away"}
    absences.away(team.db, **place, first="2026-11-23", last="2026-11-23", now=MONDAY)
    team.at(BERLIN)
    team.at(BERLIN + timedelta(days=1))
    assert len(team.runs) == 2
    team.at(ANGELES + timedelta(days=1))
    assert heard_from(team, DEV) == [1]


def test_a_run_started_by_hand_leaves_what_was_answered_ahead_for_the_planned_one(database: Database) -> None:
    """By the clock of who starts it, the planned one is over."""
    far = replace(GRACE, zone_name="Pacific/Auckland")
    rule = weekly().cadence
    assert rule
    template = replace(weekly(), cadence=replace(rule, zone="Europe/Berlin"))
    team = settle_in(database, template, everybody=(ANA, BEN, far))
    send(team, opened(team))
    run_now(team, MONDAY)
    team.at(BERLIN)
    assert heard_from(team, ANA) == [2]


def change(team: Team, when: str) -> None:
    where = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id}
    form = ritual_changes.open_form(team.db, **where, person_id=GRACE.id)  # type: ignore[arg-type] # by name
    sent = Submission(WORKSPACE, GRACE.id, f"to {when}", {**form.given, "when": when})
    ritual_changes.change(team.db, sent=sent, ritual_id=team.ritual.id, seen=form.seen, now=LATER)


def test_another_time_of_the_day_takes_along_what_was_answered_ahead(team: Team) -> None:
    send(team, opened(team))
    change(team, "every mon at 10:00")
    assert opened(team, LATER).answers == GIVEN
    team.at(BERLIN + timedelta(minutes=30))
    assert heard_from(team, ANA) == [1]
    assert not team.messages(Kind.UNASKED)


def test_there_and_back_again_the_last_words_sent_count(team: Team) -> None:
    send(team, opened(team))
    change(team, "every tue at 10:00")
    change(team, "every mon at 10:00")
    send(team, opened(team, LATER), LATER, moved="Said anew.")
    change(team, "every mon at 09:30")
    team.at(BERLIN)
    assert team.answers_of(ANA)["moved"] == "Said anew."


def test_another_day_hands_back_what_was_answered_ahead(team: Team) -> None:
    send(team, opened(team))
    change(team, "every tue at 09:30")
    team.at(MONDAY)
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert (
        ", Mon 23 Nov 2026, were not posted: it did not ask after all, because its plan was changed or Muster " in told
    )
    assert "The backfill is done." in told


def test_what_was_answered_ahead_for_a_day_on_which_muster_was_not_running_is_handed_back(database: Database) -> None:
    team = settle_in(database, replace(weekly(), cadence=parse("every weekday at 09:30")))
    send(team, opened(team))
    tuesday = BERLIN + timedelta(days=1)
    team.at(tuesday)
    assert team.runs[-1].skipped == 1
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert "Mon 23 Nov 2026, were not posted: " in told
    team.sent.clear()
    team.at(tuesday + timedelta(days=1))
    assert not team.messages(Kind.UNASKED), "once is enough"


def test_after_the_end_late_answers_are_welcome_for_a_while(team: Team) -> None:
    team.at(BERLIN)
    end(team, BERLIN + HOUR)
    team.at(BERLIN_ENDS + AFTER)
    team.answer(ANA, BERLIN_ENDS + timedelta(days=13))
    with pytest.raises(EndedSince):
        team.answer(BEN, BERLIN_ENDS + timedelta(days=15))


def test_people_from_outside_the_channel_answer_ahead_too(database: Database) -> None:
    guest = replace(ANA, id="U77", name="Gus", is_guest=True)
    template = replace(weekly(), who=("@U77", "research"))
    team = settle_in(database)
    with database.write() as session:
        people.save_person(session, person=guest)
        stored.set_template(session, ritual_id=team.ritual.id, template=template, version=1)
    assert "You can answer ahead: Weekly sync." in listed(team, SUNDAY, guest)
    assert "Answer now" not in listed(team, SUNDAY, BEN)


def turn_anonymous(team: Team, now: datetime, *, least: int | None = 3, purpose: str = "Without names.") -> None:
    with team.db.write() as session:
        ritual = stored.take(session, ritual_id=team.ritual.id)
        assert ritual
        changed = replace(weekly(), purpose=purpose, ask=pulse().ask if least else weekly().ask, anonymous=least)
        question_changes.change(session, ritual, asked_anew(ritual.template, changed), GRACE, now=now)


def test_a_ritual_that_asks_without_names_from_now_on_shows_nothing_early_and_orders_by_no_person() -> None:
    before = replace(weekly(), when="every thu at 10:00", post=Post(("channel", "managers"), by="person", early=True))
    after = asked_anew(before, pulse())
    assert (after.anonymous, after.ask, after.when) == (3, pulse().ask, "every thu at 10:00")
    assert after.post == Post(("channel", "managers"), by="question")
    assert asked_anew(after, weekly()).anonymous is None


def test_whoever_answered_ahead_what_then_asks_without_names_gets_their_words_back(team: Team) -> None:
    send(team, opened(team))
    turn_anonymous(team, LATER)
    team.at(MONDAY)
    (told,) = team.messages(Kind.UNASKED, ANA)
    assert "were not posted: it asks without names from now on, so nothing with your name on it is taken." in told
    assert "_No longer asked:_ The backfill is done." in told
    assert "Here is what you wrote, to send again when it asks you; nobody else has read it." in told
    team.at(BERLIN)
    assert team.prompt(ANA).state is PromptState.SENT
    assert rows(team) == 0, "it has been handed back"


def test_whom_an_answer_names_is_read_by_name_although_its_question_is_no_longer_known(database: Database) -> None:
    first = replace(weekly().ask[0], type=QuestionType.USER)
    team = settle_in(database, replace(weekly(), ask=(first,)))
    send(team, opened(team), moved=BEN.id)
    turn_anonymous(team, LATER)
    team.at(MONDAY)
    assert "_No longer asked:_ Ben" in team.messages(Kind.UNASKED, ANA)[0]


def test_who_is_away_reads_their_words_although_it_has_asked_without_names_since(team: Team) -> None:
    send(team, opened(team, MONDAY, DEV), MONDAY)
    turn_anonymous(team, MONDAY)
    team.at(BERLIN)
    assert rows(team) == 1, "Dev is asleep"
    team.at(ANGELES)
    assert "The backfill is done." in team.messages(Kind.UNASKED, DEV)[0]
    assert heard_from(team, DEV) == []


def test_what_was_handed_back_is_not_taken_over_when_it_has_names_again(team: Team) -> None:
    send(team, opened(team))
    turn_anonymous(team, LATER)
    team.at(MONDAY)
    turn_anonymous(team, MONDAY, least=None)
    team.at(BERLIN)
    assert heard_from(team, ANA) == []


def test_a_form_opened_ahead_is_refused_when_it_asks_without_names_by_then(team: Team) -> None:
    form = opened(team)
    turn_anonymous(team, LATER)
    with pytest.raises(TakesNothingAhead, match="Copy what you wrote"):
        send(team, form, LATER)
