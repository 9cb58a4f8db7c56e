"""Seven things that go wrong in check-in bots, each as it goes here, lived from the Friday before."""

import csv
import io
import json
import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.deliveries import Kind
from domain.export import Format
from domain.history import Filter
from domain.hours import Duration
from domain.people import Absence, Role
from domain.template_reader import read_template
from services import days_off, exports, forgetting, history
from storage import absences, actions
from storage.engine import Database
from storage.tables import Row
from surface.history import history_answer
from tests.checkin.living import BOB, RAVI, daily, live, wall_times
from tests.checkin.team import (
    ANA,
    BEN,
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
from tests.checkin.test_anonymous import pulse
from tests.team import audited

TEN = [f"q{number}" for number in range(1, 11)]
FULL = """
id: daily
title: Daily
purpose: Know what the others are at.
when: every weekday at 09:30
who: [everyone]
closes: 8h
ask:
  - {id: hours, text: "Hours lost to the build?", type: number}
  - {id: health, text: "How is the model?", type: one, options: [Fine, Drifting]}
  - {id: drift, text: "What drifts?", type: short, if: {health: Drifting}}
  - {id: todo, text: "What is to be done?", type: short, optional: true, into: action.title}
"""


def exported(team: Team, wanted: Format) -> list[dict[str, str]]:
    who = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": GRACE.id}
    text = exports.of_ritual(team.db, **who, wanted=wanted, now=utc(24, 9)).content  # type: ignore[arg-type] # by name
    return json.loads(text) if wanted is Format.JSON else list(csv.DictReader(io.StringIO(text)))


def test_every_answer_is_kept_shown_found_and_exported_however_many_questions_there_are(database: Database) -> None:
    asked = tuple(replace(weekly().ask[0], id=each, text=f"Question {each}?", audience=()) for each in TEN)
    team = settle_in(database, replace(weekly(), ask=asked, closes=Duration(hours=8)), everybody=(ANA, GRACE))
    live(team, utc(23, 8, 31))
    team.answer(ANA, utc(23, 9), None, **{each: f"Answer to {each}." for each in TEN})
    live(team, utc(24, 9), since=utc(23, 9))
    channel = "\n".join(team.messages(Kind.RUN) + team.messages(Kind.RUN_PART))
    assert [each for each in TEN if f"Answer to {each}." not in channel] == []
    past = Filter(CHANNEL, words="answer q10")
    found = history.past_runs(database, workspace_id=WORKSPACE, asked=past, reader_id=ANA.id, now=utc(24, 9))
    assert "Answer to q10." in str(history_answer(found))
    for wanted in Format:
        assert [row["answer"] for row in exported(team, wanted)] == [f"Answer to {each}." for each in TEN]


def test_the_zone_a_person_chose_is_the_one_of_every_message(database: Database) -> None:
    moved = replace(BOB, own_zone="Asia/Tokyo")
    team = settle_in(database, daily(closes="6h", remind="[4h, 1h]"), everybody=(moved, GRACE))
    told = live(team, utc(24, 0))
    assert wall_times(told, Kind.PROMPT, moved) == ["Mon 09:30"]
    assert wall_times(told, Kind.REMINDER, moved) == ["Mon 11:30", "Mon 14:30"], "each before their own end"


def test_whoever_starts_work_after_the_window_closed_elsewhere_is_asked_reminded_and_heard(database: Database) -> None:
    """From 09:30 to 11:30 for a team in India; where Bob lives, that is the night before."""
    alice = replace(RAVI, id="U7", name="Alice")
    team = settle_in(database, daily(remind="[1h]"), everybody=(alice, RAVI, GRACE, BOB))
    told = live(team, utc(23, 18))
    assert wall_times(told, Kind.PROMPT, alice) == wall_times(told, Kind.PROMPT, BOB) == ["Mon 09:30"]
    team.answer(BOB, utc(23, 18), today="The release.")
    told += live(team, utc(25, 0), since=utc(23, 18))
    assert wall_times(told, Kind.PROMPT, BOB) == ["Mon 09:30", "Tue 09:30"]
    assert wall_times(told, Kind.REMINDER, BOB) == ["Tue 10:30"]
    monday, tuesday = team.messages(Kind.RUN)
    assert "1 of 4 answered · not heard from: Alice, Grace and Ravi" in monday
    assert "The release." in monday
    assert "late" not in monday
    assert "Closed, no answers." in tuesday


def test_an_anonymous_answer_stands_beside_nobody_in_any_file_message_table_or_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    team = settle_in(database, pulse(by="person"))
    given = {ANA: ("Yes", "Pairing"), BEN: ("No", "Tired of it"), GRACE: ("Yes", "Sun")}
    live(team, utc(23, 9))
    for person, (mood, why) in given.items():
        team.answer(person, utc(23, 9), mood=mood, why=why)
    live(team, utc(24, 9), since=utc(23, 9))
    for wanted in Format:
        rows = exported(team, wanted)
        assert sorted(each["answer"] for each in rows) == ["No", "Pairing", "Sun", "Tired of it", "Yes", "Yes"]
        assert not any(each["person"] or each["function"] or each["late"] or each["edited"] for each in rows)
    lines = [line for said in team.sent.values() for message in said for line in str(message).split("'")]
    lines += caplog.messages
    with database.read() as session:
        lines += [str(row) for table in Row.metadata.sorted_tables for row in session.execute(table.select())]
    telling = [line for line in lines if "Tired of it" in line]
    assert telling
    assert not [line for line in telling if "Ben" in line or BEN.id in line]


def test_whoever_is_away_or_has_a_holiday_gets_no_word_of_it_and_is_not_counted(database: Database) -> None:
    """On that Tuesday it is Guru Nanak's birthday in India, and Ana is away."""
    team = settle_in(database, daily(remind="[1h]"), everybody=(replace(RAVI, region="IN"), ANA, GRACE))
    tuesday = Absence(date(2026, 11, 24), date(2026, 11, 24))
    with database.write() as session:
        absences.add(session, workspace_id=WORKSPACE, person_id=ANA.id, absence=tuesday)
    live(team, utc(23, 18))
    told = live(team, utc(24, 9), since=utc(23, 18))
    team.answer(GRACE, utc(24, 9), today="Alone here.")
    told += live(team, utc(25, 0), since=utc(24, 9))
    assert {who for _kind, _at, who in told} == {GRACE.id}
    _monday, summary = team.messages(Kind.RUN)
    assert "1 of 1 answered · away: Ana" in summary
    assert "Ravi" not in summary
    told = live(team, utc(25, 12), since=utc(25, 0))
    assert wall_times(told, Kind.PROMPT, RAVI) == wall_times(told, Kind.PROMPT, ANA) == ["Wed 09:30"]


def test_when_nobody_answers_the_channel_reads_so_and_the_facilitator_is_asked_once(team: Team) -> None:
    told = live(team, utc(24, 17))
    assert team.messages(Kind.RUN) == [team.messages(Kind.RUN)[0]], "nothing new in the channel"
    assert "Closed, no answers." in team.messages(Kind.RUN)[0]
    assert wall_times(told, Kind.NOTE, GRACE) == ["Tue 09:00"], "it was half past two in the night"
    assert "Nobody answered Weekly sync in #forecast on Mon 23 Nov 2026." in team.messages(Kind.NOTE, GRACE)[0]
    team.answer(DEV, utc(24, 17))
    team.at(utc(24, 17))
    summary = team.messages(Kind.RUN)[0]
    assert "1 of 4 answered" in summary
    assert "1 late" in summary
    assert "Dev (late)" in summary, "the message becomes the summary"


def test_one_check_in_knows_days_off_numbers_choices_action_items_who_changed_what_and_how_long_it_is_kept(
    database: Database,
) -> None:
    team = settle_in(database, read_template(FULL), everybody=(ANA, replace(GRACE, role=Role.LEAD)))
    who = {"workspace_id": WORKSPACE, "actor_id": GRACE.id}
    days_off.add(database, **who, day="2026-11-23", name="Founders' day", now=FRIDAY)
    told = live(team, utc(24, 9))
    assert wall_times(told, Kind.PROMPT, ANA) == ["Tue 09:30"], "the whole workspace was off on Monday"
    team.answer(ANA, utc(24, 9), hours="2.5", health="Drifting", drift="The prices.", todo="Retrain it")
    team.answer(GRACE, utc(24, 9), hours="0", health="Fine", drift="Never shown.")
    assert team.answers_of(ANA)["hours"] == "2.5"
    assert "drift" not in team.answers_of(GRACE)
    with database.read() as session:
        (item,) = actions.open_of(session, workspace_id=WORKSPACE, owner_ids=[ANA.id, GRACE.id])
    assert (item.what, item.owner_id) == ("Retrain it", ANA.id)
    assert [what for what, _subject, _who in audited(database)] == [
        "ritual on",
        "day off added",
        "action item recorded",
    ]
    live(team, utc(24, 17), since=utc(24, 9))
    assert not forgetting.forget_due(database, keep=timedelta(days=365), now=utc(24, 17) + timedelta(days=366))
    assert team.answers_of(ANA) == {}
