"""What teams complain of in check-in bots, as it goes here.

What this list leaves out is shown where its rule is: the run nobody answers in `test_who_counts`, late answers and
edits in `test_answers`, absences in `test_away`, days off in `test_windows`, anonymity in `test_no_way_back`; answering
ahead, travel, restarts, observers and leavers have files of their own, too.
"""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.deliveries import Kind
from domain.export import Format
from domain.hours import Duration
from domain.people import Absence, Person
from domain.template_reader import read_template
from domain.templates import Template
from services import agenda, checkins, exports, ritual_changes
from storage import absences
from storage.engine import Database
from tests.checkin.team import ANA, EVERYBODY, FRIDAY, GRACE, WORKSPACE, Team, settle_in, utc, weekly

DAILY = """
id: daily
title: Daily
purpose: Know what the others are at.
when: every weekday at {at}
who: [everyone]
closes: {closes}
remind: {remind}
ask: [{{id: today, text: "What is next?", type: short}}]
"""
RAVI = Person(WORKSPACE, "U5", "Ravi", zone_name="Asia/Kolkata")
BOB = Person(WORKSPACE, "U6", "Bob", zone_name="America/Los_Angeles")
TEN = [f"q{number}" for number in range(1, 11)]


def daily(*, at: str = "09:30", closes: str = "2h", remind: str = "[]") -> Template:
    return read_template(DAILY.format(at=at, closes=closes, remind=remind))


def live(team: Team, until: datetime, since: datetime = FRIDAY) -> list[tuple[str, datetime, str]]:
    """(kind, moment, person) of each message that somebody got, as time passes."""
    told: list[tuple[str, datetime, str]] = []
    now = since
    while (coming := agenda.outlook(team.db, now=now).next_at) and max(coming, now) < until:
        before = set(team.sent)
        now = max(coming, now)
        team.at(now)
        new = [key.split(":") for key in team.sent if key not in before]
        told += [(kind, now, rest[-1]) for kind, *rest in new if rest[-1].startswith("U")]
        now += timedelta(seconds=1)
    return told


def wall_times(told: list[tuple[str, datetime, str]], kind: Kind, person: Person) -> list[str]:
    """When the person got it, on the clock beside them."""
    return [f"{at.astimezone(person.zone):%a %H:%M}" for what, at, who in told if (what, who) == (kind, person.id)]


def test_whoever_lives_half_a_day_behind_the_others_is_asked_and_heard(database: Database) -> None:
    """A window of two hours would long be over in India when somebody in California starts work."""
    team = settle_in(database, daily(), everybody=(RAVI, GRACE, BOB))
    told = live(team, utc(23, 17, 30, 1))
    assert wall_times(told, Kind.PROMPT, RAVI) == wall_times(told, Kind.PROMPT, BOB) == ["Mon 09:30"]
    checkins.submit(
        database, workspace_id=WORKSPACE, prompt_id=team.prompt(BOB).id, person_id=BOB.id, draft_id="d",
        given={"today": "The release."}, now=utc(23, 19, 30),
    )  # fmt: skip
    live(team, utc(23, 23), since=utc(23, 19, 30))
    (summary,) = team.messages(Kind.RUN)
    assert "1 of 3 answered · not heard from: Grace and Ravi" in summary
    assert "The release." in summary
    assert "late" not in summary


def test_the_zone_a_person_chose_is_the_one_of_every_message(database: Database) -> None:
    moved = replace(BOB, own_zone="Asia/Tokyo")
    team = settle_in(database, daily(closes="6h", remind="[4h, 1h]"), everybody=(moved, GRACE))
    told = live(team, utc(24, 0))
    assert moved.zone == ZoneInfo("Asia/Tokyo")
    assert wall_times(told, Kind.PROMPT, moved) == ["Mon 09:30"]
    assert wall_times(told, Kind.REMINDER, moved) == ["Mon 11:30", "Mon 14:30"], "each before their own end"


def test_across_a_clock_change_each_is_asked_once_a_working_day_at_the_same_hour(database: Database) -> None:
    team = settle_in(database, daily(), everybody=(ANA, GRACE, RAVI, BOB))
    pause(team, until=date(2027, 3, 26))
    told = live(team, datetime(2027, 3, 30, tzinfo=UTC))
    for person in (ANA, RAVI, BOB):
        mornings = wall_times(told, Kind.PROMPT, person)
        assert mornings == ["Fri 09:30", "Mon 09:30"], "in Berlin clocks go forward on the Sunday between"


def pause(team: Team, *, until: date) -> None:
    place = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id}
    ritual_changes.pause(team.db, **place, until=until, now=FRIDAY)  # type: ignore[arg-type] # by name


def test_after_a_time_when_all_were_away_it_asks_again_by_itself(database: Database) -> None:
    team = settle_in(database, daily())
    with database.write() as session:
        for person in EVERYBODY:
            week = Absence(date(2026, 11, 23), date(2026, 11, 27))
            absences.add(session, workspace_id=WORKSPACE, person_id=person.id, absence=week)
    while_away = live(team, utc(28, 12))
    assert while_away == [], "nothing at all comes to somebody who is away, not even that it would begin soon"
    back = live(team, datetime(2026, 11, 30, 17, 31, tzinfo=UTC), since=utc(28, 12))
    assert Counter(who for kind, _at, who in back if kind == Kind.PROMPT) == {each.id: 1 for each in EVERYBODY}


def test_a_window_may_reach_over_midnight_into_the_next_morning(database: Database) -> None:
    team = settle_in(database, daily(at="16:00", closes="18h"), everybody=(ANA, GRACE))
    live(team, utc(23, 15, 30))
    for person, now in ((ANA, utc(23, 22)), (GRACE, utc(24, 8))):
        checkins.submit(
            database, workspace_id=WORKSPACE, prompt_id=team.prompt(person).id, person_id=person.id, draft_id="d",
            given={"today": f"{person.name}'s plan."}, now=now,
        )  # fmt: skip
    live(team, utc(24, 9), since=utc(24, 8))
    (summary,) = team.messages(Kind.RUN)
    assert "2 of 2 answered" in summary
    assert "Mon 23 Nov" in summary
    assert "late" not in summary


def test_every_answer_is_kept_shown_and_exported_however_many_questions_there_are(database: Database) -> None:
    asked = tuple(replace(weekly().ask[0], id=each, text=f"Question {each}?", audience=()) for each in TEN)
    team = settle_in(database, replace(weekly(), ask=asked, closes=Duration(hours=8)), everybody=(ANA, GRACE))
    live(team, utc(23, 8, 31))
    checkins.submit(
        database, workspace_id=WORKSPACE, prompt_id=team.prompt(ANA).id, person_id=ANA.id, draft_id="d",
        given={each: f"Answer to {each}." for each in TEN}, now=utc(23, 9),
    )  # fmt: skip
    live(team, utc(24, 9), since=utc(23, 9))
    channel = "\n".join(team.messages(Kind.RUN) + team.messages(Kind.RUN_PART))
    assert [each for each in TEN if f"Answer to {each}." not in channel] == []
    content = exports.of_ritual(
        database,
        workspace_id=WORKSPACE,
        ritual_id=team.ritual.id,
        person_id=GRACE.id,
        wanted=Format.CSV,
        now=utc(24, 9),
    ).content
    assert [row["answer"] for row in csv.DictReader(io.StringIO(content))] == [f"Answer to {each}." for each in TEN]
