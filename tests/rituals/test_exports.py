"""Exporting what was answered in a ritual: which rows there are, for whom, and what a table program makes of them."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import update

from domain.export import FORMULA, NAMES, Format, Row, table
from services import exports
from services.exports import NoSuchRitual, NothingPublic
from services.rituals import NotYours, OnlyMembers
from storage import channels
from storage import rituals as stored
from storage.tables import ChannelRow
from tests.checkin.team import AFTER, ANA, ANGELES, ANGELES_ENDS, BEN, BERLIN, CHANNEL, DEV, GRACE, WORKSPACE, Team
from tests.team import audited

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
    return exports.of_desk(team.db, **who, wanted=wanted, now=LATER).content  # type: ignore[arg-type] # by name


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
    row = Row(date(2026, 11, 23), text, "?", text)
    written = table([row], Format.CSV)
    names, cells = csv.reader(io.StringIO(written, newline=""))
    assert tuple(names) == NAMES
    assert cells[3].endswith(text)
    assert not cells[3].lstrip(" ").startswith(FORMULA)
    assert rows(table([row], Format.JSON))[0]["answer"] == text


def test_only_those_who_answer_for_it_export_and_only_from_its_channel(closed: Team) -> None:
    with pytest.raises(NotYours):
        exported(closed, by=ANA.id)
    with closed.db.write() as session:
        ids = [ANA.id, GRACE.id]
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, at=LATER)
    with pytest.raises(OnlyMembers):
        exported(closed, by=BEN.id)
    assert len(audited(closed.db)) == 1


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
