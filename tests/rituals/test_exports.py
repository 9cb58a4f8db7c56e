"""Exporting what was answered in a ritual: which rows there are, for whom, and what a table program makes of them."""

import csv
import io
import json
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import update

from domain.export import FORMULA, NAMES, Format, Row, table
from domain.history import Filter
from domain.question_text import with_text
from domain.submissions import Submission
from domain.template_reader import read_template
from services import exports, history, question_changes, ritual_changes, sketches
from services.exports import NoSuchRitual, NothingPublic
from services.rituals import NotYours, OnlyMembers
from storage import channels
from storage import rituals as stored
from storage.engine import Database
from storage.tables import ChannelRow
from surface.history import search_form
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
)
from tests.surface.views import check_view
from tests.team import audited

DAILY = """
id: daily
title: Daily
purpose: Know what the others are at.
when: every weekday at 09:30
who: [everyone]
closes: 8h
ask:
  - {id: news, text: "What moved?", type: short}
"""
MOOD = '  - {id: mood, text: "How is it going?", type: one, options: [Good, Bad]}'
LATER = ANGELES_ENDS + timedelta(hours=1)


@pytest.fixture
def closed(team: Team) -> Team:
    """A run that Ana and Ben answered, and Dev too late."""
    team.at(BERLIN)
    team.answer(BEN, BERLIN + AFTER, moved="=1+1")
    team.answer(ANA, BERLIN + AFTER, unblocker=BEN.id, blocked="GPUs")
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    team.answer(DEV, LATER, moved="Late, sorry.")
    return team


def exported(team: Team, wanted: Format = Format.JSON, by: str = GRACE.id) -> str:
    who = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": by}
    return exports.of_ritual(team.db, **who, wanted=wanted, now=LATER).content  # type: ignore[arg-type] # by name


def rows(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(text)
    return found


def test_each_answer_is_a_row_with_who_and_when_and_the_audit_trail_keeps_who_asked(closed: Team) -> None:
    found = rows(exported(closed))
    moved = [each for each in found if str(each["question"]).startswith("What moved")]
    assert [(each["person"], each["answer"], each["late"]) for each in moved] == [
        ("Ana", "The backfill is done.", False),
        ("Ben", "=1+1", False),
        ("Dev", "Late, sorry.", True),
    ]
    assert {"Ben"} == {each["answer"] for each in found if "who can clear it" in str(each["question"])}
    assert {(each["run_day"], each["ritual"], each["edited"]) for each in found} == {
        ("2026-11-23", "Weekly sync", False)
    }
    assert next(each for each in moved if each["person"] == "Ben")["function"] == "mlops"
    assert audited(closed.db)[-1] == ("answers exported", "weekly-sync", GRACE.id)


def test_a_table_program_runs_no_formula_of_an_answer(closed: Team) -> None:
    found = list(csv.DictReader(io.StringIO(exported(closed, Format.CSV))))
    assert "'=1+1" in [each["answer"] for each in found]
    assert "yes" in [each["late"] for each in found]


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula_and_all_of_the_text_is_there(text: str) -> None:
    row = Row(date(2026, 11, 23), text, 1, "moved", "?", text)
    written = table([row], Format.CSV)
    names, cells = csv.reader(io.StringIO(written, newline=""))
    assert tuple(names) == NAMES
    assert cells[5].endswith(text)
    assert not cells[5].lstrip(" ").startswith(FORMULA)
    assert rows(table([row], Format.JSON))[0]["answer"] == text


def test_only_those_who_answer_for_it_export_and_only_from_its_channel(closed: Team) -> None:
    with pytest.raises(NotYours):
        exported(closed, by=ANA.id)
    with closed.db.write() as session:
        ids = [ANA.id, GRACE.id]
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, at=LATER)
    with pytest.raises(OnlyMembers):
        exported(closed, by=BEN.id)
    assert "answers exported" not in {what for what, _subject, _actor in audited(closed.db)}


@pytest.mark.parametrize("wanted", Format)
def test_answers_to_two_versions_of_the_questions_stay_comparable_side_by_side(
    database: Database, wanted: Format
) -> None:
    team = settle_in(database, read_template(DAILY))
    team.at(utc(23, 8, 30))
    team.answer(ANA, utc(23, 9), news="The parser.")
    changed = DAILY.replace("What moved?", "What moved since yesterday?") + MOOD
    text = changed[changed.index("ask:") :]
    place, change = {"workspace_id": WORKSPACE, "person_id": GRACE.id}, partial(with_text, text=text)
    begun = sketches.of_ritual(database, **place, ritual_id=team.ritual.id, now=utc(23, 10)).sketch
    sketches.step(
        database, workspace_id=WORKSPACE, person_id=GRACE.id, sketch_id=begun.id, change=change, now=utc(23, 10)
    )
    sent = Submission(WORKSPACE, GRACE.id, begun.id, {})
    question_changes.save(database, sent=sent, ritual_id=team.ritual.id, shown_round=0, now=utc(23, 10))
    team.at(utc(24, 8, 30))
    team.answer(ANA, utc(24, 9), news="The release.", mood="Good")
    team.at(utc(25, 8))
    text = exported(team, wanted)
    found = rows(text) if wanted is Format.JSON else list(csv.DictReader(io.StringIO(text)))
    assert [[str(each[name]) for name in ("version", "question_id", "question", "answer")] for each in found] == [
        ["1", "news", "What moved?", "The parser."],
        ["2", "news", "What moved since yesterday?", "The release."],
        ["2", "mood", "How is it going?", "Good"],
    ]


def test_what_an_ended_ritual_asked_can_still_be_taken_along_by_those_who_might_change_it(closed: Team) -> None:
    place = {"workspace_id": WORKSPACE, "ritual_id": closed.ritual.id}
    ritual_changes.end(closed.db, **place, person_id=GRACE.id, now=LATER)  # type: ignore[arg-type] # by name
    assert len(rows(exported(closed))) > 3
    with pytest.raises(NotYours):
        exported(closed, by=ANA.id)
    asked = Filter(CHANNEL, closed.ritual.id)
    for reader, is_offered in ((GRACE, True), (ANA, False)):
        found = history.past_runs(closed.db, workspace_id=WORKSPACE, asked=asked, reader_id=reader.id, now=LATER)
        assert found.rituals == {closed.ritual.id: "Weekly sync, until Tue 24 Nov 2026"}
        assert ("Export as CSV" in str(search_form(found))) is is_offered
        check_view(search_form(found, said="The file comes."))


def test_without_a_reader_only_what_is_public_is_told(closed: Team) -> None:
    ritual_id = closed.ritual.id
    assert len(rows(exports.public(closed.db, ritual_id=ritual_id, wanted=Format.JSON).content)) > 3
    assert "answers exported" not in str(audited(closed.db))
    with closed.db.write() as session:
        session.execute(update(ChannelRow).values(is_private=True))
    with pytest.raises(NothingPublic, match="--include-private"):
        exports.public(closed.db, ritual_id=ritual_id, wanted=Format.JSON)
    whole = exports.everything(closed.db, ritual_id=ritual_id, wanted=Format.JSON, now=LATER)
    assert whole.rows > 3
    assert audited(closed.db)[-1] == ("answers exported", "weekly-sync", "command line")
    with pytest.raises(NoSuchRitual, match=r"1 \(Weekly sync\)"):
        exports.public(closed.db, ritual_id=99, wanted=Format.CSV)


def test_what_was_answered_while_the_channel_was_private_stays_with_its_members(closed: Team) -> None:
    with closed.db.write() as session:
        session.execute(update(ChannelRow).values(private_until=LATER))
        stored.set_facilitator(session, ritual_id=closed.ritual.id, person_id=BEN.id)
        ids = [ANA.id, GRACE.id]
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, at=LATER)
    assert rows(exported(closed, by=BEN.id)) == []
    assert len(rows(exported(closed))) > 3
