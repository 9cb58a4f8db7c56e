"""Being away on the day itself, after having been asked, and coming back, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Person
from domain.runs import PromptState
from domain.templates import Template
from services import absences, checkins, rituals
from storage.engine import Database
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
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)

MONDAY = "2026-11-23"
NOON = utc(23, 11)


@pytest.fixture
def asked(team: Team) -> Team:
    """Ana, Ben and Grace have got their message; Dev sleeps."""
    team.at(BERLIN)
    return team


def go_away(team: Team, person: Person, now: datetime, *, last: str = MONDAY, draft: str = "d1") -> list[str]:
    """The titles of what does not wait for them."""
    place = {"workspace_id": WORKSPACE, "person_id": person.id, "draft_id": draft}
    let_go = list(absences.away(team.db, **place, first=MONDAY, last=last, now=now).let_go)
    team.at(now)
    return let_go


def come_back(team: Team, person: Person, now: datetime) -> tuple[bool, list[str]]:
    found = absences.back(team.db, workspace_id=WORKSPACE, person_id=person.id, now=now)
    team.at(now)
    return found[:2]


def test_whoever_is_away_after_being_asked_is_not_waited_for(asked: Team) -> None:
    assert go_away(asked, ANA, NOON) == ["Weekly sync"]
    said = asked.messages(Kind.PROMPT, ANA)[0]
    assert "You are away, so *Weekly sync*, Mon 23 Nov 2026, does not wait for you. You can still answer until" in said
    assert "Skip today" not in said
    assert "Answer after all" in said.splitlines()
    assert "0 of 3 answered" in asked.messages(Kind.RUN)[0]
    asked.at(BERLIN_ENDS - timedelta(hours=2))
    assert not asked.messages(Kind.REMINDER, ANA)


def test_the_summary_says_away_and_the_message_closes_with_the_window(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    for moment in (BERLIN_ENDS + AFTER, ANGELES):
        asked.at(moment)
    asked.answer(DEV, ANGELES + AFTER)
    asked.at(ANGELES_ENDS + AFTER)
    assert "1 of 3 answered · away: Ana · not heard from: Ben and Grace" in asked.messages(Kind.RUN)[0]
    said = asked.messages(Kind.PROMPT, ANA)[0]
    assert "Closed: *Weekly sync*, Mon 23 Nov 2026. You were away." in said
    assert "Answer late" in said.splitlines()


def test_somebody_away_can_answer_after_all(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    asked.answer(ANA, NOON + AFTER)
    asked.at(NOON + AFTER)
    assert "answered, thank you" in asked.messages(Kind.PROMPT, ANA)[0]
    assert "1 of 4 answered" in asked.messages(Kind.RUN)[0]


def test_the_channel_reads_until_when_anybody_is_still_waited_for(asked: Team) -> None:
    assert f"<!date^{int(ANGELES_ENDS.timestamp())}^" in asked.messages(Kind.RUN)[0]
    go_away(asked, DEV, NOON)
    assert f"<!date^{int(BERLIN_ENDS.timestamp())}^" in asked.messages(Kind.RUN)[0]


def test_what_was_answered_stays_answered(asked: Team) -> None:
    asked.answer(ANA, NOON)
    assert go_away(asked, ANA, NOON + AFTER) == []
    assert asked.states()[0] == PromptState.ANSWERED


def test_coming_back_while_the_window_is_open_undoes_it(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    assert come_back(asked, ANA, NOON + AFTER) == (True, ["Weekly sync"])
    said = asked.messages(Kind.PROMPT, ANA)[0]
    assert "Please answer by" in said
    assert "0 of 4 answered" in asked.messages(Kind.RUN)[0]
    asked.at(BERLIN_ENDS - timedelta(hours=2))
    assert len(asked.messages(Kind.REMINDER, ANA)) == 1
    asked.at(BERLIN_ENDS + AFTER)
    assert asked.states()[0] == "no answer"


def test_coming_back_after_the_window_changes_nothing(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    asked.at(BERLIN_ENDS + AFTER)
    assert come_back(asked, ANA, BERLIN_ENDS + AFTER) == (True, [])
    assert asked.states()[0] == "away"


def test_coming_back_does_not_open_a_run_that_is_closed(asked: Team) -> None:
    for person in (BEN, GRACE):
        asked.answer(person, NOON)
    asked.at(ANGELES)
    go_away(asked, DEV, ANGELES + AFTER)
    asked.at(BERLIN_ENDS + AFTER)
    assert not asked.is_open()
    assert come_back(asked, DEV, ANGELES + 2 * AFTER) == (True, [])
    assert "Answer after all" in asked.messages(Kind.PROMPT, DEV)[0]
    asked.answer(DEV, ANGELES + 3 * AFTER)
    asked.at(ANGELES + 3 * AFTER)
    assert "3 of 4 answered · not heard from: Ana" in asked.messages(Kind.RUN)[0], "in time, and so not late"


def test_whoever_comes_back_before_being_asked_is_asked(team: Team) -> None:
    team.at(BERLIN)
    assert go_away(team, DEV, NOON) == []
    assert team.states()[2] == "away"
    come_back(team, DEV, NOON + AFTER)
    assert not team.messages(Kind.PROMPT, DEV)
    team.at(ANGELES)
    assert "Please answer by Mon 23 Nov 2026 17:30 PST" in team.messages(Kind.PROMPT, DEV)[0]


def test_whoever_comes_back_after_they_would_have_been_asked_is_asked_at_once_until_the_same_deadline(
    database: Database,
) -> None:
    team = settle_in(database)
    go_away(team, ANA, BERLIN - timedelta(hours=1))
    team.at(BERLIN)
    assert team.states()[0] == "away"
    assert come_back(team, ANA, NOON) == (True, ["Weekly sync"])
    assert "Please answer by Mon 23 Nov 2026 17:30 CET" in team.messages(Kind.PROMPT, ANA)[0]


def test_whoever_comes_back_is_not_asked_for_what_was_switched_off_meanwhile(team: Team) -> None:
    team.at(BERLIN)
    go_away(team, DEV, NOON)
    place = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id}
    rituals.switch_off(team.db, **place, name="weekly-sync", now=NOON)
    assert come_back(team, DEV, NOON + AFTER) == (True, [])
    team.at(ANGELES)
    assert not team.messages(Kind.PROMPT, DEV)


def test_days_moved_by_the_same_form_open_what_they_no_longer_cover(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d1"}
    let_go = list(absences.away(asked.db, **place, first="2026-11-24", last="2026-11-25", now=NOON).let_go)
    assert let_go == []
    assert asked.states()[0] == PromptState.SENT


def test_the_same_form_again_says_the_same(asked: Team) -> None:
    assert go_away(asked, ANA, NOON) == go_away(asked, ANA, NOON) == ["Weekly sync"]


def test_another_absence_to_come_leaves_what_was_let_go(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d2"}
    absences.away(asked.db, **place, first="2026-12-21", last="2026-12-24", now=NOON)
    assert asked.states()[0] == "away"


def test_being_away_from_tomorrow_on_leaves_today(asked: Team) -> None:
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d1"}
    absences.away(asked.db, **place, first="2026-11-24", last="2026-11-27", now=NOON)
    assert asked.states()[0] == PromptState.SENT


def test_a_long_window_waits_for_whoever_is_back_in_its_first_half(database: Database) -> None:
    team = settle_in(database, weekly_for_days(2))
    team.at(BERLIN)
    assert go_away(team, ANA, NOON) == [], "Ana is back on Tuesday at 09:00, and may answer until Wednesday"
    assert go_away(team, BEN, NOON, last="2026-11-24") == ["Weekly sync"]
    assert team.states()[:2] == [PromptState.SENT, "away"]


def weekly_for_days(days: int) -> Template:
    return replace(weekly(), closes=Duration(days=days), remind=())


def test_a_message_that_is_on_its_way_when_its_person_goes_away_is_not_sent(database: Database) -> None:
    team = settle_in(database)
    team.open_and_ask(BERLIN)
    go_away(team, ANA, BERLIN)
    assert not team.messages(Kind.PROMPT, ANA)
    assert come_back(team, ANA, NOON) == (True, ["Weekly sync"])
    assert "Please answer by" in team.messages(Kind.PROMPT, ANA)[0]
    assert team.states()[0] == PromptState.SENT


def test_checkin_lists_what_was_let_go_or_skipped_while_its_window_is_open(asked: Team) -> None:
    go_away(asked, ANA, NOON)
    asked.skip(BEN, NOON)
    for person in (ANA, BEN, GRACE):
        found = checkins.open_prompts(asked.db, workspace_id=WORKSPACE, person_id=person.id, now=BERLIN_ENDS)
        assert [run.template.title for _prompt, run in found.in_time] == ["Weekly sync"]
        assert found.late == []
    later = BERLIN_ENDS + AFTER
    for person in (ANA, BEN):
        found = checkins.open_prompts(asked.db, workspace_id=WORKSPACE, person_id=person.id, now=later)
        assert found.in_time == []
        assert [each.run.template.title for each in found.late] == ["Weekly sync"]


def test_an_invitation_waits_for_whoever_is_away_from_this_ritual_only(database: Database) -> None:
    team = settle_in(database, replace(weekly(), closes=Duration(days=4)))
    team.open_and_ask(BERLIN)
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d1", "first": MONDAY, "last": MONDAY}
    absences.away(database, **place, rituals=["Weekly sync"], now=BERLIN)
    team.at(BERLIN + timedelta(minutes=1))
    assert team.messages(Kind.PROMPT, BEN)
    assert not team.messages(Kind.PROMPT, ANA)
    team.at(utc(24, 8))
    assert team.messages(Kind.PROMPT, ANA)
