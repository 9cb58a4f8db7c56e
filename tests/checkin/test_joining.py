"""Whoever joins the channel when a run is open may answer it until it closes, and counts as one more, on both
databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.kept import Filled
from domain.people import Person
from domain.runs import Missed, PromptState, counts
from domain.templates import Post
from services import checkin_forms, checkins, home, rituals, sync
from services.joining import ClosedAlready
from services.own_prompts import ClosedMeanwhile, NotYourPrompt
from storage import prompts
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

EVE = Person(WORKSPACE, "U5", "Eve", zone_name="Europe/Berlin")
HERE = (ANA, BEN, GRACE)
NOON = BERLIN + timedelta(hours=2)


def begun(db: Database, **template: object) -> Team:
    """The run is open, and then Eve joins."""
    team = settle_in(db, replace(weekly(), **template), everybody=HERE)  # type: ignore[arg-type] # by name
    team.at(BERLIN)
    sync.save_people(db, workspace_id=WORKSPACE, found=[EVE], now=NOON)
    members(team, *HERE, EVE)
    team.at(NOON)
    return team


@pytest.fixture
def joined(database: Database) -> Team:
    return begun(database)


def members(team: Team, *people: Person) -> None:
    ids = [each.id for each in people]
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=NOON, now=NOON)


def offered(team: Team, now: datetime, person: Person = EVE) -> list[str]:
    """What `/checkin` and Home offer to whoever joined."""
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    page = home.card(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    assert page
    assert [run.id for _, run in page.joined] == [run.id for _, run in found.joined]
    return [run.template.title for _, run in found.joined]


def filled(team: Team, now: datetime = NOON, given: Mapping[str, str] = GIVEN, person: Person = EVE) -> Filled:
    """The form as it is opened, and its fields."""
    form = checkin_forms.open_joined(team.db, workspace_id=WORKSPACE, run_id=1, person_id=person.id, now=now)
    run = form.run
    return Filled(
        WORKSPACE, person.id, form.prompt.id, form.draft_id, dict(given), None, 0, {}, run.id, run.ritual_id,
        run.occurrence,
    )  # fmt: skip


def send(team: Team, form: Filled, now: datetime = NOON) -> None:
    assert checkins.submit_filled(team.db, filled=form, now=now) is None
    team.at(now)


def switch_off(team: Team) -> None:
    rituals.switch_off(
        team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, name="weekly-sync", now=NOON
    )


def test_whoever_joined_reads_why_the_summary_comes(database: Database) -> None:
    team = begun(database, post=Post(("participants",)))
    send(team, filled(team))
    team.at(BERLIN_ENDS + AFTER)
    team.at(BERLIN + timedelta(days=1))
    assert "You get it because you answered this check-in." in team.messages(Kind.SUMMARY, EVE)[0]
    assert "You get it because you were asked." in team.messages(Kind.SUMMARY, ANA)[0]


def test_whoever_joins_is_offered_what_is_open_until_it_closes(joined: Team) -> None:
    assert offered(joined, NOON) == ["Weekly sync"]
    assert offered(joined, BERLIN_ENDS) == ["Weekly sync"]
    assert offered(joined, BERLIN_ENDS + AFTER) == []
    assert offered(joined, NOON, ANA) == [], "she was asked"
    assert not joined.messages(Kind.PROMPT, EVE), "nobody waits for her"


def test_an_answer_counts_as_one_more_and_can_be_changed(joined: Team) -> None:
    send(joined, filled(joined))
    assert "0 of 3 answered, +1 joined" in joined.messages(Kind.RUN)[0]
    (receipt,) = joined.messages(Kind.PROMPT, EVE)
    assert receipt.startswith("Weekly sync: answered, thank you. It began before you joined, so you count as one more.")
    assert "Edit" in receipt
    joined.answer(EVE, NOON + AFTER, moved="Also the index.")
    assert joined.answers_of(EVE)["moved"] == "Also the index."
    for person in HERE:
        joined.answer(person, NOON + AFTER)
    joined.at(NOON + AFTER)
    assert not joined.is_open(), "nobody else is waited for"
    (summary,) = joined.messages(Kind.RUN)
    assert "3 of 3 answered, +1 joined" in summary
    assert "*Eve (edited)*" in summary


def test_nothing_waits_for_whoever_joins_and_does_not_answer(joined: Team) -> None:
    filled(joined)
    for person in HERE:
        joined.answer(person, NOON + AFTER)
    joined.at(NOON + AFTER)
    assert not joined.is_open()
    assert "3 of 3 answered" in joined.messages(Kind.RUN)[0]
    assert "joined" not in joined.messages(Kind.RUN)[0]


@pytest.mark.parametrize("is_ended", [False, True])
def test_what_takes_no_more_answers_leaves_the_home_of_whoever_joined(joined: Team, is_ended: bool) -> None:
    home.open_page(joined.db, workspace_id=WORKSPACE, person_id=EVE.id, now=NOON)
    joined.at(NOON)
    if is_ended:
        switch_off(joined)
    else:
        for person in HERE:
            joined.answer(person, NOON)
    assert EVE.id in joined.owed_homes(NOON)
    assert offered(joined, NOON) == []


def test_two_forms_of_one_person_make_one_answer(joined: Team) -> None:
    first, second = filled(joined), filled(joined, given={**GIVEN, "moved": "The second."})
    send(joined, first)
    send(joined, first)
    send(joined, second, NOON + AFTER)
    assert joined.answers_of(EVE)["moved"] == "The second."
    own = [each for each in joined.prompts if each.person_id == EVE.id]
    assert [(each.state, counts(each)) for each in own] == [(PromptState.ANSWERED, False)]


def test_a_form_that_is_sent_after_the_close_gives_the_words_back(joined: Team) -> None:
    form = filled(joined)
    for person in HERE:
        joined.answer(person, NOON)
    joined.at(NOON)
    with pytest.raises(ClosedMeanwhile) as late:
        send(joined, form)
    assert ("What moved last week that another team should know?", "The backfill is done.") in late.value.typed
    with pytest.raises(ClosedAlready):
        filled(joined)
    with joined.db.read() as session:
        assert prompts.own(session, run_id=1, person_id=EVE.id) is None


def test_whoever_left_again_cannot_send_what_they_opened(joined: Team) -> None:
    form = filled(joined)
    members(joined, *HERE)
    with pytest.raises(NotYourPrompt):
        send(joined, form)


def test_only_answers_of_the_joined_make_a_summary_all_the_same(joined: Team) -> None:
    send(joined, filled(joined))
    joined.at(BERLIN_ENDS + AFTER)
    (summary,) = joined.messages(Kind.RUN)
    assert "0 of 3 answered, +1 joined · not heard from: Ana, Ben and Grace" in summary
    assert "The backfill is done." in summary
    assert not joined.messages(Kind.NOTE)


@pytest.mark.parametrize("template", [{"anonymous": 3}, {"who": ("2 of everyone",)}, {"who": ("@U1", "@U2")}])
def test_what_would_not_have_asked_them_is_not_offered(database: Database, template: dict[str, object]) -> None:
    assert offered(begun(database, **template), NOON) == []


def test_a_ritual_that_was_switched_off_takes_nobody_else(database: Database) -> None:
    team = begun(database)
    switch_off(team)
    assert offered(team, NOON) == []


def test_whoever_comes_back_before_their_moment_may_join_like_anybody(database: Database) -> None:
    team = settle_in(database)
    team.at(BERLIN)
    members(team, *HERE)
    team.at(NOON)
    assert team.prompt(DEV).missed is Missed.RELEASED
    assert offered(team, NOON, DEV) == []
    members(team, *HERE, DEV)
    assert offered(team, NOON, DEV) == ["Weekly sync"]
    form = filled(team, person=DEV)
    send(team, form)
    send(team, replace(form, draft_id="another", given={**GIVEN, "moved": "Also the index."}), NOON + AFTER)
    assert team.answers_of(DEV)["moved"] == "Also the index."
    assert "0 of 3 answered, +1 joined" in team.messages(Kind.RUN)[0]
    team.at(ANGELES)
    (receipt,) = team.messages(Kind.PROMPT, DEV)
    assert receipt.startswith("Weekly sync: answered, thank you.")
    for person in HERE:
        team.answer(person, BERLIN_ENDS)
    team.at(BERLIN_ENDS)
    assert not team.is_open()
    assert "3 of 3 answered, +1 joined" in team.messages(Kind.RUN)[0]
