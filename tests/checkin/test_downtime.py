"""What comes too late, twice or fails: what was due is asked once, or said to have been missed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from domain.deliveries import Kind
from domain.runs import PromptState
from services import opening
from storage import planned
from storage import rituals as stored
from storage.engine import Database
from storage.tables import RitualRow
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    DEV,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
)

MONDAY = date(2026, 11, 23)


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
    assert (
        "Muster was not running, so 4 earlier check-ins were not asked since Mon 23 Nov 2026"
        in team.messages(Kind.RUN)[0]
    )


def test_the_same_moment_twice_opens_one_run_and_asks_once(team: Team) -> None:
    team.at(BERLIN)
    with team.db.write() as session:
        planned.set_next(session, ritual_id=team.ritual.id, day=MONDAY, at=BERLIN)
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


def test_two_ticks_at_once_open_one_run(team: Team) -> None:
    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(lambda _: opening.open_due(team.db, now=BERLIN), range(2)))
    assert sum(moved) == 1
    assert len(team.runs) == 1
    team.at(BERLIN)
    assert len(team.messages(Kind.PROMPT, ANA)) == 1


def test_the_channel_reads_the_true_end_after_a_late_start(team: Team) -> None:
    team.at(ANGELES + timedelta(minutes=90))
    said = team.messages(Kind.RUN)[0]
    late = ANGELES_ENDS + timedelta(minutes=90)
    assert f"<!date^{int(late.timestamp())}^" in said
