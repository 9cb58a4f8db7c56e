"""Several check-ins that one person is asked at the same minute: one message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Kind, Outcome
from domain.hours import Duration
from domain.later import Later
from domain.people import Nudges, Person
from domain.runs import Missed, Prompt, PromptState
from services import absences, asking, checkins, putting_off, rituals, sync
from services import deliveries as sending
from storage import people, prompts
from storage import rituals as stored
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    EVERYBODY,
    GRACE,
    RETRO,
    WORKSPACE,
    Team,
    also,
    settle_in,
    utc,
)

HOUR = timedelta(hours=1)
QUICK = replace(RETRO, closes=Duration(hours=2), remind=())


@pytest.fixture
def team(database: Database) -> Team:
    return also(settle_in(database))


def of(team: Team, person: Person = ANA) -> dict[str, Prompt]:
    """What one person was asked, by title."""
    with team.db.read() as session:
        found = prompts.of_person(session, workspace_id=WORKSPACE, person_id=person.id, states=list(PromptState))
        runs = stored.runs(session, workspace_id=WORKSPACE, ids={each.run_id for each in found})
    return {runs[each.run_id].template.title: each for each in found}


def said(team: Team, kind: Kind = Kind.PROMPT, person: Person = ANA) -> list[str]:
    return team.messages(kind, person)


def posts(team: Team, kind: Kind = Kind.PROMPT, person: Person = ANA) -> int:
    return len(said(team, kind, person))


def skip(team: Team, title: str, now: object = BERLIN) -> None:
    mine = {"workspace_id": WORKSPACE, "prompt_id": of(team)[title].id, "person_id": ANA.id, "now": now}
    checkins.skip(team.db, **mine)  # type: ignore[arg-type] # by name


def away_today(team: Team, title: str) -> None:
    about = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d", "rituals": [title], "now": BERLIN}
    absences.away(team.db, first="2026-11-23", last="2026-11-23", **about)  # type: ignore[arg-type] # by name


def test_what_one_person_is_asked_at_one_minute_comes_as_one_message(team: Team) -> None:
    team.at(BERLIN)
    (message,) = said(team)
    assert message.startswith("2 check-ins for you\nWeekly sync: ")
    assert "\nRetro: What to try next. Please answer by Mon 23 Nov 2026 17:30 CET." in message
    assert message.count("Answer\nSkip today\nLater") == 2
    assert {each.state for each in of(team).values()} == {PromptState.SENT}
    assert posts(team, person=BEN) == 1, "everybody gets one of their own"


def test_each_is_answered_and_skipped_by_itself_and_leaves_its_receipt(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + HOUR, of(team)["Retro"])
    team.at(BERLIN + HOUR + AFTER)
    (message,) = said(team)
    assert message.startswith("2 check-ins for you, 1 still open\n")
    assert "\nRetro: answered, thank you. What moved" in message
    assert message.count("Skip today") == message.count("Edit") == 1
    skip(team, "Weekly sync", BERLIN + 2 * HOUR)
    team.at(BERLIN + 2 * HOUR + AFTER)
    (message,) = said(team)
    assert message.startswith("2 check-ins for you, all done\nSkipped: Weekly sync")
    assert posts(team, Kind.REMINDER) == 0
    team.at(BERLIN_ENDS + AFTER)
    assert "Edit" not in said(team)[0]
    assert said(team, person=BEN)[0].startswith("2 check-ins for you, none open any more\n")


def test_long_answers_show_in_short_as_others_need_room_too(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + HOUR, of(team)["Retro"], moved="A long story. " * 20, blocked="A long story. " * 20)
    team.at(BERLIN + HOUR + AFTER)
    (message,) = said(team)
    assert "your answers are too long to stand here, Edit shows them" in message
    assert "A long story." not in message
    team.at(BERLIN_ENDS + AFTER)
    assert "the summary has them" in said(team)[0]


def test_one_reminder_lists_those_that_are_still_open(team: Team) -> None:
    also(team, replace(RETRO, id="plan", title="Plan"))
    team.at(BERLIN)
    skip(team, "Plan")
    team.at(BERLIN_ENDS - 2 * HOUR)
    (reminder,) = said(team, Kind.REMINDER)
    assert reminder.startswith(
        "A reminder: 2 check-ins are still open\nReminder: Weekly sync closes Mon 23 Nov 2026 17:30 "
    )
    assert "\nReminder: Retro closes " in reminder
    assert "Plan" not in reminder
    assert reminder.count("In an hour") == 2, "each can be put off by itself"
    team.answer(ANA, BERLIN_ENDS - HOUR, of(team)["Retro"])
    team.at(BERLIN_ENDS - HOUR + AFTER)
    (reminder,) = said(team, Kind.REMINDER)
    assert reminder.startswith("Reminder: Weekly sync closes ")
    team.at(BERLIN_ENDS + AFTER)
    (reminder,) = said(team, Kind.REMINDER)
    assert reminder.startswith(
        "Weekly sync: closed. While a late answer is welcome, Answer late stands in the message "
    )
    assert "\nRetro: answered, thank you." in reminder


def test_one_reminder_of_several_takes_one_from_the_limit_of_the_day(team: Team) -> None:
    with team.db.write() as session:
        people.set_up_person(session, person=replace(ANA, nudges=Nudges.LIGHT))
    team.at(BERLIN)
    team.at(BERLIN_ENDS - 2 * HOUR)
    assert said(team, Kind.REMINDER)[0].startswith("A reminder: 2 check-ins are still open\n")


def test_what_fell_due_while_muster_was_down_comes_as_one_message_too(team: Team) -> None:
    team.at(BERLIN + HOUR)
    (message,) = said(team)
    assert message.startswith("2 check-ins for you\n")
    assert "Weekly sync: This comes late" in message


def test_a_reminder_of_one_alone_is_about_that_one(database: Database) -> None:
    team = also(settle_in(database), replace(RETRO, remind=()))
    team.at(BERLIN)
    team.at(BERLIN_ENDS - 2 * HOUR)
    (reminder,) = said(team, Kind.REMINDER)
    assert reminder.startswith("Reminder: Weekly sync closes ")


def test_what_is_put_off_comes_back_alone(team: Team) -> None:
    team.at(BERLIN)
    mine = {"workspace_id": WORKSPACE, "prompt_id": of(team)["Retro"].id, "person_id": ANA.id}
    putting_off.ask_later(team.db, **mine, later=Later.HOUR, now=BERLIN)  # type: ignore[arg-type] # by name
    team.at(BERLIN + AFTER)
    assert "Put off: *Retro*, Mon 23 Nov 2026. I will ask again" in said(team)[0]
    team.at(BERLIN + HOUR)
    assert posts(team, Kind.ASKED_AGAIN) == 1
    assert "I have asked again below." in said(team)[0]
    assert "Skip today" in said(team)[0], "the other is still there"


def test_a_deadline_that_passes_closes_its_own_line_only(database: Database) -> None:
    team = also(settle_in(database), QUICK)
    team.at(BERLIN)
    team.at(BERLIN + 2 * HOUR + AFTER)
    (message,) = said(team)
    assert "Closed: *Retro*, Mon 23 Nov 2026. You can still answer until the next one begins." in message
    assert message.count("Skip today") == 1
    assert of(team)["Weekly sync"].state is PromptState.SENT


def test_a_message_that_comes_late_shows_what_closed_meanwhile_and_gives_the_others_their_whole_window(
    database: Database,
) -> None:
    team = also(settle_in(database), QUICK)
    team.fail(BERLIN, "503 from Slack", until=BERLIN + 3 * HOUR)
    team.at(BERLIN + 3 * HOUR)
    (message,) = said(team)
    assert message.startswith("2 check-ins for you, 1 still open\n")
    assert "Closed: *Retro*, Mon 23 Nov 2026. You were not asked in time" in message
    assert of(team)["Weekly sync"].deadline > BERLIN_ENDS
    assert of(team)["Retro"].missed is Missed.UNANSWERED


def test_a_message_that_comes_when_all_are_closed_does_not_come(database: Database) -> None:
    team = also(settle_in(database), QUICK)
    team.fail(BERLIN, "timeout", until=BERLIN_ENDS + HOUR)
    team.at(BERLIN_ENDS + AFTER)
    team.at(BERLIN_ENDS + HOUR)
    assert said(team) == []


def test_a_message_that_slack_refuses_fails_for_each(team: Team) -> None:
    team.open_and_ask(BERLIN)
    due = [each for each in sending.claim(team.db, now=BERLIN, limit=100, paces={}) if each.subject.kind is Kind.PROMPT]
    refused = [Outcome(each, ended="refused: x", refused=True, why="user_disabled") for each in due]
    sending.settle(team.db, outcomes=refused, now=BERLIN)
    for person in EVERYBODY[:2]:
        assert {each.state for each in of(team, person).values()} == {PromptState.FAILED}


def test_a_ritual_switched_off_before_the_message_is_out_leaves_it(team: Team) -> None:
    team.open_and_ask(BERLIN)
    rituals.switch_off(
        team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, name="Retro", now=BERLIN
    )
    assert of(team)["Retro"].with_id is None
    team.at(BERLIN + AFTER)
    (message,) = said(team)
    assert message.startswith("Weekly sync: ")
    assert "Retro" not in message


@pytest.mark.parametrize("gone", ["Weekly sync", "Retro"])
def test_who_is_away_from_one_ritual_alone_gets_the_others_and_that_one_when_they_are_back(
    team: Team, gone: str
) -> None:
    team.open_and_ask(BERLIN)
    away_today(team, gone)
    team.at(BERLIN + AFTER)
    (message,) = said(team)
    assert message.startswith("Retro: " if gone == "Weekly sync" else "Weekly sync: ")
    assert gone not in message
    absences.back(team.db, workspace_id=WORKSPACE, person_id=ANA.id, now=BERLIN + HOUR)
    team.at(BERLIN + HOUR + AFTER)
    assert posts(team) == 2
    assert any(message.startswith(f"{gone}: ") for message in said(team))


def test_what_waits_for_its_person_does_not_hold_up_the_others(database: Database) -> None:
    team = also(settle_in(database), replace(RETRO, closes=Duration(days=3), remind=()))
    team.open_and_ask(BERLIN)
    away_today(team, "Retro")
    team.at(BERLIN + AFTER)
    (message,) = said(team)
    assert message.startswith("Weekly sync: ")
    team.at(utc(24, 8))
    assert posts(team) == 2, "they are back, and half of the window is left"
    assert said(team)[1].startswith("Retro: ")


def test_who_leaves_gets_nothing(team: Team) -> None:
    team.open_and_ask(BERLIN)
    sync.save_person(team.db, person=replace(ANA, left=True, updated=1), now=BERLIN)
    team.at(BERLIN + AFTER)
    assert said(team) == []
    assert posts(team, person=BEN) == 1


def test_who_travels_before_it_is_out_gets_all_at_once_when_they_are_at_work(team: Team) -> None:
    team.open_and_ask(BERLIN)
    team.change(replace(ANA, zone_name="Europe/London"))
    team.at(BERLIN + AFTER)
    assert said(team) == []
    team.at(utc(23, 9))
    (message,) = said(team)
    assert message.startswith("2 check-ins for you\n")


def test_what_was_answered_before_it_is_out_comes_with_its_receipt(team: Team) -> None:
    team.open_and_ask(BERLIN)
    assert posts(team) == 0
    team.answer(ANA, BERLIN, of(team)["Retro"])
    team.at(BERLIN + AFTER)
    (message,) = said(team)
    assert "Retro: answered, thank you." in message


def test_so_many_that_one_message_cannot_hold_them_come_in_two(database: Database) -> None:
    team = settle_in(database)
    for number in range(6):
        also(team, replace(RETRO, id=f"retro-{number}", title=f"Retro {number}"))
    team.at(BERLIN)
    assert sorted(message.count("Skip today") for message in said(team)) == [1, 6]


def test_a_batch_does_not_divide_what_belongs_together(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "BATCH", 1)
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        assert posts(team, person=person) == 1


def test_an_anonymous_one_among_others_is_settled_without_a_way_back(database: Database) -> None:
    mood = replace(RETRO, anonymous=2)
    team = also(settle_in(database), mood)
    team.at(BERLIN)
    team.answer(ANA, BERLIN, of(team)["Retro"], moved="Nobody knows that I said it")
    team.at(BERLIN + AFTER)
    (text,) = team.messages(Kind.PROMPT, ANA)
    assert "*Retro*: taken, thank you." in text
    assert "Answered: *Retro*" not in text
