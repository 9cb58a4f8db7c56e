"""A person who asks to be erased: then nothing in the database, the audit trail or Muster's messages names them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from sqlmodel import col, select, update

from bot.erasing import erase as as_typed
from domain.deliveries import Kind
from domain.kept import Kept, Slot
from domain.people import ERASED_NAME, Absence, Person, Role
from domain.submissions import Submission
from services import (
    actions,
    auditing,
    decision_cards,
    decisions,
    erasing,
    home,
    objections,
    own_templates,
    sketches,
    sync,
)
from services import people as setting_up
from services.erasing import NoSuchPerson, SeveralPeople
from storage import absences, groups, kept, nudges, observers, prompts
from storage import people as stored
from storage.engine import Database
from storage.erasing import OWN, StandIn
from storage.tables import ActionRow, BlockerRow, DecisionRow, DeliveryRow, PersonRow, PromptRow, Row
from surface.decisions import card_message
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    EVERYBODY,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
)
from tests.databases import listening
from tests.team import audited
from tests.trail import entries

ZOE = Person(WORKSPACE, "UZOE1QX", "Zoë Quint", zone_name="Europe/Berlin", role=Role.LEAD)
SECRET = "The licence of the Frankfurt cluster"
STOOD = f"D{ZOE.id}"
NOW = ANGELES_ENDS + AFTER
GIVEN: dict[str, str] = {"title": "Small model", "choice": "Ship it", "because": f"Cheaper.\n{ZOE.id} agrees"}


def sent(person: Person, draft_id: str, **given: str) -> Submission:
    return Submission(WORKSPACE, person.id, draft_id, given, confirmed=[each.id for each in (*EVERYBODY, ZOE)])


@pytest.fixture
def team(database: Database) -> Team:
    """Zoë has a part in everything."""
    return lived(database)


def lived(db: Database) -> Team:
    team = settle_in(db, everybody=(*EVERYBODY, ZOE))
    mine: Any = {"workspace_id": WORKSPACE, "person_id": ZOE.id}
    with db.write() as session:
        stored.save_direct_channels(session, workspace_id=WORKSPACE, channels={ZOE.id: "DZOEDIRECT"})
        groups.set_all(session, workspace_id=WORKSPACE, groups={"S1": [ZOE.id]})
        away = Absence(FRIDAY.date(), FRIDAY.date(), reason=SECRET)
        absences.add(session, workspace_id=WORKSPACE, person_id=ZOE.id, absence=away, said_by=GRACE.id)
    csv = f"person,function,role,manager\n{ANA.id},research,lead,{ZOE.id}\n{ZOE.id},ml,lead,{GRACE.id}"
    setting_up.set_up_list(db, workspace_id=WORKSPACE, actor_id=ZOE.id, text=csv, now=FRIDAY)
    own_templates.write(db, **mine, channel_id=CHANNEL, now=FRIDAY)
    sketches.of_ritual(db, **mine, ritual_id=team.ritual.id, now=FRIDAY)
    for person in (ANA, ZOE):
        home.open_page(db, workspace_id=WORKSPACE, person_id=person.id, now=FRIDAY)
    team.at(BERLIN)
    team.answer(ZOE, BERLIN, moved=SECRET, blocked="No GPUs", unblocker=BEN.id)
    team.answer(ANA, BERLIN, moved=f"Thanks to <@{ZOE.id}>, and Zoë Quint's notes", blocked="No keys", unblocker=ZOE.id)
    record(team)
    for moment in (BERLIN + AFTER, ANGELES, NOW):
        team.at(moment)
    with db.write() as session:
        kept.keep(session, slot=Slot(WORKSPACE, team.ritual.id, "later", ZOE.id), kept=Kept({"moved": SECRET}, NOW))
        prompts.set_skip_reason(session, prompt_id=team.prompt(ZOE).id, reason=SECRET)
        observers.put(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_ids=[ZOE.id], now=NOW)
        nudges.take(session, workspace_id=WORKSPACE, person_id=ZOE.id, day=FRIDAY.date(), most=3)
    return team


def record(team: Team) -> None:
    """Decisions and action items in which she has each part."""
    parts = (("approver", BEN, BEN), ("driver", BEN, ANA), ("contributors", GRACE, BEN), ("informed", ZOE, ANA))
    for part, by, approver in parts:
        given = GIVEN | {"approver": approver.id} | {part: ZOE.id}
        decisions.submit(team.db, sent=sent(by, f"d {part}", **given), channel_id=CHANNEL, now=BERLIN)
    objection = Submission(WORKSPACE, ZOE.id, "o", {"reason": "Not yet", "change": "Wait"})
    objections.object_to(team.db, sent=objection, decision_id=1, version="0", now=BERLIN + AFTER)
    for owner, by in ((ZOE, ANA), (ANA, ZOE)):
        given = {"what": f"For {owner.id}", "owner": owner.id, "due": "2026-11-27"}
        actions.submit(team.db, sent=sent(by, f"a {owner.id}", **given), channel_id=CHANNEL, now=BERLIN)


def erase(team: Team) -> None:
    erasing.erase(team.db, ZOE, now=NOW)


def everything(db: Database) -> Iterator[str]:
    """Each row of each table, as text."""
    with db.read() as session:
        for table in Row.metadata.sorted_tables:
            for row in session.execute(table.select()):
                yield f"{table.name}: {row}"


def naming(db: Database, *words: str) -> list[str]:
    """All rows that hold one of those words; that a message to her stands in her direct message is known until it is
    changed there."""
    rows = (row if STOOD in words else row.replace(f"'{STOOD}'", "") for row in everything(db))
    return [row for row in rows if any(word in row for word in words)]


def test_nothing_in_the_database_names_them_any_more(team: Team) -> None:
    tables = {row.partition(":")[0] for row in naming(team.db, ZOE.id)}
    assert tables >= {"person", "prompt", "decision", "decision_person", "action_item", "blocker", "delivery", "draft"}
    assert tables >= {
        "answer",
        "audit_value",
        "member",
        "observer",
        "group_member",
        "absence",
        "sketch",
        "kept_answers",
    }
    erase(team)
    assert naming(team.db, ZOE.id, SECRET, "DZOEDIRECT") == []
    assert [row.partition(":")[0] for row in naming(team.db, "Quint")] == ["answer"], "what Ana wrote is hers"
    team.at(NOW + AFTER)
    assert naming(team.db, ZOE.id, "DZOEDIRECT", STOOD) == [], "where her messages stood is gone with them"


def test_records_and_counts_stay_and_the_same_stand_in_takes_each_part(team: Team) -> None:
    def counts() -> dict[str, int]:
        found = [row.partition(":")[0] for row in everything(team.db)]
        return {name: found.count(name) for name in ("decision", "action_item", "blocker", "prompt", "run", "person")}

    before = counts()
    erase(team)
    assert counts() == before
    with team.db.read() as session:
        assert session.exec(select(PersonRow.name, PersonRow.left).where(PersonRow.id == "UERASED1")).one() == (
            ERASED_NAME, True,
        )  # fmt: skip
        assert session.exec(select(PromptRow.state).where(PromptRow.person_id == "UERASED1")).one() == "answered"
        found = [session.exec(select(DecisionRow).where(DecisionRow.number == 1)).one().approver_id]
        found += session.exec(select(ActionRow.owner_id).where(ActionRow.asked_by == ANA.id))
        found += session.exec(select(ActionRow.asked_by).where(ActionRow.owner_id == ANA.id))
        found += session.exec(select(BlockerRow.raised_by).where(col(BlockerRow.title) == "No GPUs"))
        assert set(found) == {"UERASED1"}
        assert session.exec(select(PersonRow.manager_id).where(PersonRow.id == ANA.id)).one() is None
    card = decision_cards.card(team.db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    assert ERASED_NAME in str(card_message(card).blocks)


def test_what_muster_has_posted_names_them_no_more(team: Team) -> None:
    def shown() -> list[str]:
        return sorted({key.split(":")[0] for key, said in team.sent.items() if "Zoë" in text_of(said[-1])})

    assert {"run", "decision", "action", "approval", "clearer"} <= set(shown())
    erase(team)
    # What is known by another name from now on.
    team.sent = {key.replace(ZOE.id, "UERASED1"): said for key, said in team.sent.items()}
    team.at(NOW + AFTER)
    assert shown() == ["prompt", "run"], "of what Ana wrote"
    assert SECRET not in str([said[-1] for said in team.sent.values()])
    assert "erased on request" in team.messages(Kind.PROMPT, Person(WORKSPACE, "UERASED1", ""))[-1]


def test_the_audit_trail_holds_without_what_it_said_of_them(team: Team) -> None:
    what = [line.what for line in entries(team.db)]
    erase(team)
    (found,) = auditing.check(team.db)
    assert (found.faults, found.erased > 5) == ((), True)
    lines = entries(team.db)
    assert [line.what for line in lines][: len(what)] == what
    assert audited(team.db)[-1] == ("person erased", "UERASED1", "command line")
    objected = next(line for line in lines if line.what == "decision objected")
    assert (objected.actor_id, objected.subject, objected.details["reason"]) == (None, "D-1", "Not yet")
    of_ana, of_zoe = [line for line in lines if line.what == "person set up"]
    assert (of_ana.subject, of_ana.details, of_zoe.subject, of_zoe.details) == (ANA.id, None, None, None)
    assert found.erased_on == (NOW.date(),)


def test_once_more_finds_nobody_and_somebody_who_comes_back_is_somebody_new(team: Team) -> None:
    erase(team)
    lines = len(entries(team.db))
    erase(team)
    assert len(entries(team.db)) == lines
    with pytest.raises(NoSuchPerson):
        erasing.look(team.db, typed=ZOE.id)
    sync.save_people(team.db, workspace_id=WORKSPACE, found=[replace(ZOE, left=True, updated=9)], now=NOW)
    sync.save_person(team.db, person=replace(ZOE, left=True, updated=9), now=NOW)
    assert naming(team.db, ZOE.id) == [], "Slack goes on listing those who left"
    sync.save_people(team.db, workspace_id=WORKSPACE, found=[replace(ZOE, updated=10)], now=NOW)
    assert [row.partition(":")[0] for row in naming(team.db, ZOE.id)] == ["person"]
    erase(team)
    assert naming(team.db, ZOE.id) == []
    assert len(naming(team.db, "UERASED2")) == 2, "the person, and the line of the audit trail"


def test_one_that_is_killed_changes_nothing_but_that_they_left(team: Team) -> None:
    class Killed(BaseException):
        pass

    def kill(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("DELETE FROM person"):
            raise Killed

    with listening(team.db.engine, "before_cursor_execute", kill), pytest.raises(Killed):
        erase(team)
    assert naming(team.db, SECRET)
    assert not naming(team.db, "UERASED")
    erase(team)
    assert naming(team.db, ZOE.id, SECRET) == []


def test_whoever_else_has_an_id_that_begins_alike_is_left_alone(database: Database) -> None:
    alike = replace(DEV, id=f"{ZOE.id}7")
    team = settle_in(database, everybody=(ANA, BEN, GRACE, ZOE, alike))
    given = GIVEN | {"approver": alike.id, "informed": f"{ZOE.id},{alike.id}"}
    decisions.submit(database, sent=sent(ANA, "d", **given), channel_id=CHANNEL, now=FRIDAY)
    erase(team)
    with database.read() as session:
        assert session.exec(select(DecisionRow.approver_id)).one() == alike.id
    assert naming(database, f"UERASED1,{alike.id}"), "in the form as it was sent"


def test_a_message_on_its_way_to_them_is_never_posted(team: Team) -> None:
    with team.db.write() as session:
        theirs = update(DeliveryRow).where(col(DeliveryRow.person_id) == ZOE.id)
        session.execute(theirs.values(ts=None, next_at=NOW, uncertain=True))
    erase(team)
    said = len(team.sent)
    team.at(NOW + timedelta(days=1))
    assert not [key for key in list(team.sent)[said:] if key.endswith("UERASED1")]


def test_each_table_about_one_person_says_what_becomes_of_its_rows() -> None:
    named_in_records = {"prompt", "decision_person", "objection", "concern", "delivery"}
    known = {table.__tablename__ for table in OWN} | named_in_records
    assert {table.name for table in Row.metadata.sorted_tables if "person_id" in table.columns} == known


def test_only_whole_ids_are_replaced() -> None:
    found = StandIn(ZOE, "DZOE", "UERASED1")
    assert found.put(f"<@{ZOE.id}> {ZOE.id}, a{ZOE.id} {ZOE.id}7 @{ZOE.id}:DZOE") == (
        f"<@UERASED1> UERASED1, a{ZOE.id} {ZOE.id}7 @UERASED1:DUERASED1"
    )


def test_a_name_that_several_people_have_is_not_enough(database: Database) -> None:
    settle_in(database, everybody=(ANA, replace(BEN, name="Ana"), GRACE))
    with pytest.raises(SeveralPeople, match="U1 in T1, U2 in T1"):
        erasing.look(database, typed="Ana")


def test_whoever_types_it_reads_what_stays_and_what_is_out_of_reach(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = lived(db)
        found = erasing.look(db, typed="@zoë quint")
        assert (found.answers, found.prompts) == (4, 1)
    asked = as_typed(tables_url, person=ZOE.id, is_sure=False)
    assert asked.startswith("Zoë Quint (UZOE1QX), with 4 answers in 1 check-in.\nNothing is erased yet")
    assert naming(team.db, SECRET)
    done = as_typed(tables_url, person=ZOE.id, is_sure=True)
    assert done.startswith("Erased: Zoë Quint (UZOE1QX), with 4 answers in 1 check-in.\n")
    stays = "These stay without their name, with the words they were recorded in: "
    assert f"{stays}D-4, A-2, 1 blocker and 1 objection." in done
    assert 'Words in 1 answer hold "Zoë Quint"' in done
    assert "what others wrote or quoted in Slack" in done


def test_sqlite_keeps_no_trace_of_it_in_the_file(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        erase(lived(db))
    kept_in_file = Path(str(make_url(tables_url).database)).read_bytes()
    assert SECRET.encode() not in kept_in_file
    assert ZOE.id.encode() not in kept_in_file.replace(f"D{ZOE.id}".encode(), b"")
