"""Answers that become action items, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.channels import Channel
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.kept import Filled
from domain.submissions import Submission
from domain.templates import Question, QuestionType, Template
from services import action_changes, actions, checkins, sync
from storage import actions as stored
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)

NEXT = Question("next", "What should happen next?", QuestionType.SHORT, optional=True, into="action.title")
WHO = Question("who", "Who does it?", QuestionType.USER, optional=True, into="action.owner")
DAY = Question("day", "By when?", QuestionType.DATE, optional=True, into="action.due")
MORE = Question("more", "What else?", QuestionType.LONG, optional=True, split=True, into="action:more.title")


def template() -> Template:
    return replace(weekly(), ask=(*weekly().ask, NEXT, WHO, DAY, MORE))


@pytest.fixture
def team(database: Database) -> Team:
    found = settle_in(database, template())
    found.at(BERLIN)
    return found


def made(team: Team) -> list[ActionItem]:
    """Of everybody's answers, those that were withdrawn as well."""
    with team.db.read() as session:
        ids = [prompt.id for run in team.runs for prompt in team.prompts if prompt.run_id == run.id]
        return stored.of_prompts(session, prompt_ids=ids)


def summary(team: Team) -> str:
    return team.messages(Kind.RUN)[-1]


def test_an_answer_becomes_an_action_item_with_its_owner_and_day(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id, day="2026-12-01")
    (item,) = made(team)
    assert (item.name, item.what, item.owner_id, item.asked_by) == ("A-1", "Relabel March", BEN.id, GRACE.id)
    assert (item.due, item.first_due, item.channel_id) == (date(2026, 12, 1), date(2026, 12, 1), CHANNEL)
    team.at(BERLIN)
    (told,) = team.messages(Kind.ACTION, BEN)
    assert "*A-1: Relabel March* is yours. It is due on Tue 1 Dec 2026, asked for by Grace." in told
    assert team.messages(Kind.ACTION, GRACE) == [], "what she asked for stands in what she sent"
    assert "*A-1* (Ben, due Tue 1 Dec 2026) · `/action A-1` shows it" in team.messages(Kind.PROMPT, GRACE)[0]


def test_without_an_owner_or_a_day_it_is_theirs_and_due_in_a_week_and_nobody_is_sent_anything(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March")
    (item,) = made(team)
    assert (item.owner_id, item.due) == (GRACE.id, date(2026, 11, 30))
    team.at(BERLIN)
    assert "*A-1* (yours, due Mon 30 Nov 2026)" in team.messages(Kind.PROMPT, GRACE)[0]
    assert team.messages(Kind.ACTION) == []


def test_the_summary_shows_them_below_the_answers_and_says_them_once(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id, day="2026-12-01")
    team.answer(ANA, BERLIN, next="Ask legal")
    team.at(BERLIN_ENDS)
    team.at(utc(24, 1, 31))
    said = summary(team)
    assert "Action items (2)" in said
    assert "*A-1* Relabel March · _Ben_, asked for by _Grace_ · due Tue 1 Dec 2026" in said
    assert said.index("How confident") < said.index("Action items (2)")
    assert said.count("Relabel March") == 1
    assert "What should happen next?" not in said
    action_changes.done(team.db, workspace_id=WORKSPACE, item_id=1, person_id=BEN.id, now=utc(24, 9))
    team.at(utc(24, 9))
    assert "*A-1* Relabel March · _Ben_, asked for by _Grace_ · done" in summary(team)
    assert "*A-1* (Ben, done)" in team.messages(Kind.PROMPT, GRACE)[0]


def test_sent_again_it_is_the_same_one_and_an_edit_changes_it(team: Team) -> None:
    for what in ("Relabel March", "Relabel March", "Relabel April"):
        team.answer(GRACE, BERLIN, next=what, who=BEN.id)
    assert [(item.number, item.what, item.owner_id) for item in made(team)] == [(1, "Relabel April", BEN.id)]
    team.at(BERLIN)
    team.answer(GRACE, BERLIN, next="Relabel April", who=ANA.id)
    team.at(BERLIN)
    assert "is yours" in team.messages(Kind.ACTION, ANA)[0]
    assert "was handed over to Ana" in team.messages(Kind.ACTION, BEN)[0]


def test_taken_out_it_is_withdrawn_and_its_owner_hears(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id)
    team.at(BERLIN)
    team.answer(GRACE, BERLIN)
    team.at(BERLIN)
    assert [item.state for item in made(team)] == [ActionState.WITHDRAWN]
    (told,) = team.messages(Kind.ACTION_NEWS, BEN)
    assert "Grace withdrew *A-1: Relabel March*, which was yours. There is nothing to do any more." in told
    assert "was withdrawn by Grace. There is nothing to do." in team.messages(Kind.ACTION, BEN)[0]
    team.answer(GRACE, BERLIN, next="Relabel March after all", who=BEN.id)
    assert [(item.number, item.state) for item in made(team)] == [(1, ActionState.OPEN)]


def test_taken_out_before_its_owner_was_told_it_leaves_no_word(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id)
    team.answer(GRACE, BERLIN)
    team.at(BERLIN)
    assert team.messages(Kind.ACTION) + team.messages(Kind.ACTION_NEWS) == []


def test_what_somebody_has_moved_since_stays_as_they_left_it(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id, day="2026-12-01")
    sent = Submission(WORKSPACE, BEN.id, "n1", {"due": "2026-12-04"})
    action_changes.new_date(team.db, sent=sent, item_id=1, now=BERLIN)
    team.answer(GRACE, BERLIN, next="Relabel April", who=ANA.id, day="2026-12-02")
    team.answer(GRACE, BERLIN)
    (item,) = made(team)
    assert (item.what, item.owner_id, item.due, item.state) == (
        "Relabel March",
        BEN.id,
        date(2026, 12, 4),
        ActionState.OPEN,
    )


def test_what_is_no_longer_needed_is_dropped_and_no_edit_of_the_answer_brings_it_back(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id)
    sent = Submission(WORKSPACE, BEN.id, "x1", {"why": "We buy the labels"})
    action_changes.drop(team.db, sent=sent, item_id=1, now=BERLIN)
    team.answer(GRACE, BERLIN, next="Relabel April", who=ANA.id)
    (item,) = made(team)
    assert (item.what, item.state) == ("Relabel March", ActionState.DROPPED)
    team.at(BERLIN)
    assert "*A-1* (Ben, dropped) · `/action A-1` shows it" in team.messages(Kind.PROMPT, GRACE)[0]


def test_each_line_makes_one_and_a_line_that_stays_is_the_same_one(team: Team) -> None:
    team.answer(GRACE, BERLIN, more="Refunds\n\nGift  cards\nRefunds")
    team.answer(GRACE, BERLIN, more="Returns\nGift cards")
    found = {item.what: (item.number, item.state) for item in made(team)}
    assert found == {
        "Refunds": (1, ActionState.WITHDRAWN),
        "Gift cards": (2, ActionState.OPEN),
        "Returns": (3, ActionState.OPEN),
    }


def test_a_late_answer_makes_one_too(team: Team) -> None:
    late = BERLIN_ENDS + AFTER
    team.at(late)
    team.answer(GRACE, late, next="Relabel March")
    assert [item.due for item in made(team)] == [date(2026, 11, 30)]


def test_an_answer_ahead_makes_one_when_it_counts(database: Database) -> None:
    team = settle_in(database, template())
    now = utc(22, 12)
    (coming,) = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=GRACE.id, now=now).coming
    _prompt, run, _answered = coming
    given = {"moved": "All well.", "confidence": "4", "next": "Relabel March", "who": BEN.id}
    checkins.submit_filled(
        team.db,
        filled=Filled(WORKSPACE, GRACE.id, 0, "d1", given, None, ritual_id=run.ritual_id, occurrence=run.occurrence),
        now=now,
    )
    with team.db.read() as session:
        assert stored.open_of(session, workspace_id=WORKSPACE, owner_ids=[BEN.id]) == []
    team.at(BERLIN)
    assert [(item.what, item.owner_id) for item in made(team)] == [("Relabel March", BEN.id)]


def test_a_day_that_has_passed_is_asked_back_on_its_question(team: Team) -> None:
    with pytest.raises(FieldErrors) as refused:
        team.answer(GRACE, BERLIN, next="Relabel March", day="2026-11-22")
    assert refused.value.fields == {"day": "That day has passed. Please choose today or a later day."}
    assert made(team) == []


def test_a_day_that_passes_while_the_form_is_open_may_stay(team: Team) -> None:
    team.answer(DEV, BERLIN, next="Relabel March", day="2026-11-23")
    team.answer(DEV, utc(24, 1), next="Relabel April", day="2026-11-23")
    assert [(item.what, item.due) for item in made(team)] == [("Relabel April", date(2026, 11, 23))]


def test_in_a_private_channel_only_its_members_can_be_named(database: Database) -> None:
    team = settle_in(database, template())
    private = Channel(WORKSPACE, CHANNEL, "forecast", is_private=True, has_bot=True)
    sync.save_channel(database, channel=private, now=FRIDAY)
    eve = replace(ANA, id="U9", name="Eve")
    sync.save_people(database, workspace_id=WORKSPACE, found=[eve], now=FRIDAY)
    team.at(BERLIN)
    with pytest.raises(FieldErrors) as refused:
        team.answer(GRACE, BERLIN, next="Relabel March", who=eve.id)
    assert refused.value.fields["who"].startswith("Eve is not in this private channel. Choose somebody who is")
    team.answer(GRACE, BERLIN, next="Relabel March", who=BEN.id)
    assert [item.owner_id for item in made(team)] == [BEN.id]


def test_what_was_asked_in_a_private_channel_stays_with_its_members_when_it_opens(database: Database) -> None:
    team = settle_in(database, template())
    private = Channel(WORKSPACE, CHANNEL, "forecast", is_private=True, has_bot=True)
    sync.save_channel(database, channel=private, now=FRIDAY)
    team.at(BERLIN)
    sync.save_channel(database, channel=replace(private, is_private=False), now=BERLIN + AFTER)
    team.answer(GRACE, BERLIN_ENDS, next="Relabel March")
    (item,) = made(team)
    assert item.recorded_at == team.runs[-1].opened_at


def test_numbers_go_on_with_those_of_the_command(team: Team) -> None:
    team.answer(GRACE, BERLIN, next="Relabel March")
    form = {"what": "Ask legal", "owner": BEN.id, "due": "2026-12-01"}
    actions.submit(team.db, sent=Submission(WORKSPACE, ANA.id, "d9", form), channel_id=CHANNEL, now=BERLIN)
    team.answer(ANA, BERLIN, next="Retrain")
    assert [item.name for item in made(team)] == ["A-1", "A-3"]
