"""What time does to a run: when each is asked, reminded and no longer heard, and when it closes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.cadence import parse
from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Absence, Hours, Person
from domain.runs import PromptState
from services import deliveries, runs
from services.deliveries import claim
from storage import people, prompts
from storage import rituals as stored
from storage.deliveries import Outcome
from storage.engine import Database
from storage.tables import ChannelRow, RitualRow
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
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)

MONDAY = date(2026, 11, 23)


def test_each_is_asked_at_their_own_half_past_nine(team: Team) -> None:
    team.at(BERLIN - AFTER)
    assert not team.runs
    team.at(BERLIN)
    assert [len(team.messages(Kind.PROMPT, person)) for person in EVERYBODY] == [1, 1, 0, 1]
    team.at(ANGELES - AFTER)
    assert not team.messages(Kind.PROMPT, DEV)
    team.at(ANGELES)
    assert len(team.messages(Kind.PROMPT, DEV)) == 1


def test_the_invitation_says_what_it_is_for_and_until_when(team: Team) -> None:
    team.at(BERLIN)
    said = team.messages(Kind.PROMPT, ANA)[0]
    assert "Line up research progress" in said
    assert "Please answer by Mon 23 Nov 17:30 CET." in said
    assert "for #forecast, facilitated by Grace" in said
    assert "Answer" in said.splitlines()
    assert "Skip today" in said.splitlines()


def test_nobody_is_asked_outside_working_hours(database: Database) -> None:
    late = replace(ANA, hours=Hours(time(11), time(19)))
    off = replace(BEN, hours=Hours(days=frozenset({1, 2, 3})))
    team = settle_in(database, everybody=(late, off, DEV, GRACE))
    team.at(BERLIN)
    assert not team.messages(Kind.PROMPT, ANA) + team.messages(Kind.PROMPT, BEN)
    team.at(utc(23, 10))
    assert team.messages(Kind.PROMPT, ANA)
    team.at(utc(24, 8))
    assert team.messages(Kind.PROMPT, BEN), "Tuesday 09:00 is Ben's next working moment"


def test_skips_and_answers_of_all_close_the_run_at_once(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.skip(GRACE, BERLIN + AFTER)
    team.answer(BEN, BERLIN + AFTER)
    assert team.is_open(), "Dev is still asleep"
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER)
    assert not team.is_open()
    team.at(ANGELES + AFTER)
    summary = team.messages(Kind.RUN)[0]
    assert "3 of 4 answered · skipped: Grace" in summary


def test_the_run_closes_after_the_last_deadline(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.at(BERLIN_ENDS)
    assert team.states() == [PromptState.ANSWERED, PromptState.SENT, PromptState.PENDING, PromptState.SENT]
    team.at(BERLIN_ENDS + AFTER)
    assert team.states() == [PromptState.ANSWERED, "no answer", PromptState.PENDING, "no answer"]
    team.at(ANGELES)
    team.at(ANGELES_ENDS)
    assert team.is_open()
    team.at(ANGELES_ENDS + AFTER)
    assert not team.is_open()
    assert "1 of 4 answered · no answer: Ben, Dev and Grace" in team.messages(Kind.RUN)[0]


def test_a_reminder_goes_once_and_only_to_those_who_have_not_answered(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.skip(GRACE, BERLIN + AFTER)
    team.at(BERLIN_ENDS - timedelta(hours=2))
    team.at(BERLIN_ENDS - timedelta(hours=1))
    reminded = [key for key in team.sent if key.startswith(Kind.REMINDER)]
    assert len(reminded) == 1
    assert reminded[0].endswith(BEN.id)
    team.answer(BEN, BERLIN_ENDS - timedelta(minutes=30))
    team.at(BERLIN_ENDS - timedelta(minutes=30))
    assert "answered, thank you" in team.messages(Kind.REMINDER, BEN)[0], "its buttons are gone"
    assert "Skip today" not in team.messages(Kind.REMINDER, BEN)[0]


def test_the_count_in_the_channel_follows(team: Team) -> None:
    team.at(BERLIN)
    assert "0 of 4 answered" in team.messages(Kind.RUN)[0]
    team.answer(ANA, BERLIN + AFTER)
    team.at(BERLIN + AFTER)
    assert "1 of 4 answered" in team.messages(Kind.RUN)[0]


def test_someone_away_is_not_counted_and_the_summary_says_so(database: Database) -> None:
    team = settle_in(database)
    absent(database, BEN, 23, 27)
    team.at(BERLIN)
    team.at(ANGELES)
    assert team.states()[1] == "away"
    assert not team.messages(Kind.PROMPT, BEN)
    for person in (ANA, DEV, GRACE):
        team.answer(person, ANGELES + AFTER if person is DEV else BERLIN_ENDS)
    team.at(ANGELES + AFTER)
    assert "3 of 3 answered · away: Ben" in team.messages(Kind.RUN)[0]


def absent(db: Database, person: Person, first: int, last: int) -> None:
    with db.write() as session:
        days = Absence(MONDAY.replace(day=first), MONDAY.replace(day=last))
        people.add_absence(session, workspace_id=WORKSPACE, person_id=person.id, absence=days)


def test_a_leaver_who_had_not_answered_is_not_waited_for_nor_counted(team: Team) -> None:
    team.at(BERLIN)
    for person in (ANA, GRACE):
        team.answer(person, BERLIN + AFTER)
    team.change(replace(BEN, left=True))
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER)
    team.at(ANGELES + AFTER)
    assert not team.is_open()
    summary = team.messages(Kind.RUN)[0]
    assert "3 of 3 answered" in summary
    assert "Ben" not in summary


def test_the_answers_of_a_leaver_stay(team: Team) -> None:
    team.at(BERLIN)
    team.answer(BEN, BERLIN + AFTER, moved="Said before leaving.")
    team.change(replace(BEN, left=True))
    team.at(BERLIN_ENDS + AFTER)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    summary = team.messages(Kind.RUN)[0]
    assert "1 of 4 answered" in summary
    assert "Said before leaving." in summary


def test_a_ritual_with_nobody_to_ask_tells_the_facilitator_whom_to_add(database: Database) -> None:
    team = settle_in(database, replace(weekly(), who=("legal", "mlops")))
    with database.write() as session:
        people.set_up_person(session, person=replace(BEN, function="research"))
    team.at(utc(23, 10))
    assert not team.runs
    assert "Add somebody of legal or MLOps" in team.messages(Kind.NOBODY, GRACE)[0]


def test_a_run_without_answers_edits_its_message_and_asks_the_facilitator(team: Team) -> None:
    for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        team.at(moment)
    assert team.messages(Kind.RUN) == [team.messages(Kind.RUN)[0]]
    assert "Closed, no answers." in team.messages(Kind.RUN)[0]
    assert not team.messages(Kind.NOTE, GRACE), "in Berlin it is half past two"
    team.at(utc(24, 8) - AFTER)
    assert not team.messages(Kind.NOTE, GRACE)
    team.at(utc(24, 8))
    assert "Nobody answered Weekly sync in #forecast on Mon 23 Nov 2026." in team.messages(Kind.NOTE, GRACE)[0]
    team.answer(DEV, utc(24, 17))
    team.at(utc(24, 17))
    summary = team.messages(Kind.RUN)[0]
    assert "1 of 4 answered" in summary
    assert "1 late" in summary
    assert "Dev (late)" in summary


def test_after_a_short_downtime_it_asks_late_says_so_and_gives_the_whole_window(team: Team) -> None:
    late = BERLIN + timedelta(hours=1, minutes=30)
    team.at(late)
    assert "This comes late, because it could not be sent when it was due." in team.messages(Kind.PROMPT, ANA)[0]
    assert team.prompt(ANA).deadline == late + timedelta(hours=8)
    team.at(late + timedelta(minutes=5))
    assert "This comes late" in team.messages(Kind.PROMPT, ANA)[0]


def test_the_grace_itself_is_still_in_time(team: Team) -> None:
    team.at(BERLIN + timedelta(hours=2))
    assert team.messages(Kind.PROMPT, ANA)


def test_beyond_the_grace_the_prompts_are_missed_and_the_message_says_why(team: Team) -> None:
    team.at(BERLIN + timedelta(hours=2) + AFTER)
    assert team.states() == ["down", "down", PromptState.PENDING, "down"]
    assert not team.messages(Kind.PROMPT, ANA)
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER)
    team.at(ANGELES + AFTER)
    assert "not asked, because Muster was not running: Ana, Ben and Grace" in team.messages(Kind.RUN)[0]


def test_many_missed_occurrences_are_one_line(database: Database) -> None:
    team = settle_in(database)
    four_weeks_later = BERLIN + timedelta(weeks=4)
    team.at(four_weeks_later)
    assert len(team.runs) == 1
    assert team.runs[0].occurrence == "2026-12-21T09:30"
    assert team.runs[0].skipped == 4
    for person in (ANA, BEN, GRACE):
        team.answer(person, four_weeks_later + AFTER)
    later = four_weeks_later + timedelta(hours=9)
    team.at(later)
    team.answer(DEV, later + AFTER)
    team.at(later + AFTER)
    assert "Muster was not running, so 4 earlier check-ins were not asked since 23 Nov" in team.messages(Kind.RUN)[0]


def test_two_prompts_that_would_meet_become_the_newer_one(database: Database) -> None:
    daily = replace(weekly(), cadence=replace(weekly().cadence, days=frozenset(range(5))), closes=Duration(days=3))
    team = settle_in(database, daily)
    off = replace(BEN, hours=Hours(days=frozenset({2, 3})))
    with database.write() as session:
        people.set_up_person(session, person=off)
    team.at(BERLIN)
    monday = team.prompt(BEN)
    assert monday.due_at == utc(25, 8)
    team.at(BERLIN + timedelta(days=1))
    with database.read() as session:
        older = prompts.prompt(session, workspace_id=WORKSPACE, prompt_id=monday.id)
    assert older
    assert older.missed == "newer"
    team.at(utc(25, 8))
    assert len(team.messages(Kind.PROMPT, BEN)) == 1


def test_the_same_moment_twice_opens_one_run_and_asks_once(team: Team) -> None:
    team.at(BERLIN)
    with team.db.write() as session:
        stored.set_next(session, ritual_id=team.ritual.id, day=MONDAY, at=BERLIN)
    team.at(BERLIN)
    assert len(team.runs) == 1
    assert len(team.messages(Kind.PROMPT, ANA)) == 1
    with team.db.read() as session:
        ritual = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
    assert ritual
    assert ritual.next_day == MONDAY + timedelta(days=7)


def test_a_ritual_that_fails_is_put_off_and_does_not_stop_the_others(team: Team) -> None:
    with team.db.write() as session:
        broken = stored.add(session, ritual=replace(team.ritual, id=0, next_day=MONDAY, next_at=BERLIN), at=FRIDAY)
        row = session.get(RitualRow, broken.id)
        assert row
        row.template = {**row.template, "who": 5}
    team.at(BERLIN)
    assert len(team.runs) == 1
    with team.db.read() as session:
        row = session.get(RitualRow, broken.id)
    assert row
    assert row.next_at == BERLIN + timedelta(hours=1)


def test_a_new_zone_moves_only_what_has_not_been_sent(team: Team) -> None:
    team.at(BERLIN)
    team.change(replace(ANA, zone_name="America/Los_Angeles"))
    team.change(replace(DEV, zone_name="America/New_York"))
    assert team.prompt(ANA).due_at == BERLIN
    assert team.prompt(ANA).state is PromptState.SENT
    assert team.prompt(DEV).due_at == utc(23, 14, 30)


def test_a_refused_invitation_counts_as_not_asked_and_does_not_hold_up_the_run(team: Team) -> None:
    while runs.open_due(team.db, now=BERLIN) or runs.ask_due(team.db, now=BERLIN):
        continue
    due = claim(team.db, now=BERLIN, limit=100, paces={})
    refused = [
        Outcome(each, ended="refused: user_disabled", refused=True) for each in due if each.subject.person_id == BEN.id
    ]
    deliveries.settle(team.db, outcomes=refused, now=BERLIN)
    assert team.states()[1] == PromptState.FAILED


@pytest.mark.parametrize("how", ["archived", "removed"])
def test_nobody_is_asked_for_a_channel_muster_cannot_post_in(team: Team, how: str) -> None:
    with team.db.write() as session:
        row = session.get(ChannelRow, (WORKSPACE, CHANNEL))
        assert row
        row.is_archived, row.has_bot = how == "archived", how == "archived"
    team.at(BERLIN)
    assert not team.runs


def test_two_ticks_at_once_open_one_run(team: Team) -> None:
    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(lambda _: runs.open_due(team.db, now=BERLIN), range(2)))
    assert sum(moved) == 1
    assert len(team.runs) == 1
    team.at(BERLIN)
    assert len(team.messages(Kind.PROMPT, ANA)) == 1


def test_nobody_is_left_out_because_others_begin_the_next_day_before_them(database: Database) -> None:
    """A day begins in Auckland before the evening shift in Los Angeles has been asked for the day before."""
    auckland = replace(ANA, zone_name="Pacific/Auckland")
    evening = replace(DEV, hours=Hours(time(14), time(20)))
    daily = replace(weekly(), when="every weekday at 09:30", cadence=parse("every weekday at 09:30"))
    team = settle_in(database, daily, everybody=(auckland, evening, GRACE))
    for hour in range(24 * 4):
        team.at(utc(22, 18) + timedelta(hours=hour))
    assert len(team.messages(Kind.PROMPT, evening)) >= 3


def test_the_channel_reads_the_true_end_after_a_late_start(team: Team) -> None:
    team.at(ANGELES + timedelta(minutes=90))
    said = team.messages(Kind.RUN)[0]
    late = ANGELES_ENDS + timedelta(minutes=90)
    assert f"<!date^{int(late.timestamp())}^" in said


def test_the_channel_reads_the_true_end_after_a_change_of_zone(team: Team) -> None:
    team.at(BERLIN)
    team.change(replace(DEV, zone_name="America/New_York"))
    team.at(BERLIN + AFTER)
    assert f"<!date^{int(utc(23, 22, 30).timestamp())}^" in team.messages(Kind.RUN)[0]


def test_two_notes_of_nobody_say_which_run_each_is_about(team: Team) -> None:
    for week in range(2):
        for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER, utc(24, 8)):
            team.at(moment + timedelta(days=7 * week))
    first, second = team.messages(Kind.NOTE, GRACE)
    assert "on Mon 23 Nov 2026" in first
    assert "on Mon 30 Nov 2026" in second


def test_a_note_that_somebody_made_needless_overnight_does_not_come(team: Team) -> None:
    for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        team.at(moment)
    team.answer(DEV, ANGELES_ENDS + 2 * AFTER)
    team.at(utc(24, 8))
    assert not team.messages(Kind.NOTE, GRACE)
