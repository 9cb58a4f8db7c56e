"""Switching rituals on and off, who hosts them, and channels that close, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.library import shipped_library
from domain.channels import Channel
from domain.errors import NotInChannel, UserError
from domain.library import NoSuchTemplate, find
from domain.people import Person, Role
from domain.runs import Missed, PromptState, Ritual, Run
from services import opening, people, replanning, ritual_cards, rituals, sync, unfacilitated
from services.rituals import AlreadyOn, NobodyToAsk, NotOn, OnlyInChannels, OnlyMembers
from storage import channels, prompts
from storage import people as stored_people
from storage import rituals as stored
from storage.engine import Database
from surface.rituals import ritual_message
from tests.team import ANA, BEN, CHLOE, DEV, ELSEWHERE, FORECAST, NOW, PRICING, WORKSPACE, audited, owed, settle

LIBRARY = shipped_library()
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
OPEN = Channel(WORKSPACE, FORECAST, "forecast", is_private=False, has_bot=True)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def switch_on(
    db: Database, template_id: str = "weekly-sync", *, by: str = BEN, channel: str = FORECAST, now: datetime = NOW
) -> tuple[Ritual, list[Person]]:
    return rituals.switch_on(
        db,
        workspace_id=WORKSPACE,
        channel_id=channel,
        person_id=by,
        template=LIBRARY[template_id],
        now=now,
    )


def switch_off(db: Database, name: str = "weekly-sync", *, by: str = BEN) -> Ritual:
    return rituals.switch_off(db, workspace_id=WORKSPACE, channel_id=FORECAST, person_id=by, name=name, now=NOW)


def ritual(db: Database, ritual_id: int) -> Ritual:
    with db.read() as session:
        found = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=ritual_id)
    assert found
    return found


def newest_run(db: Database, ritual_id: int) -> Run | None:
    with db.read() as session:
        return stored.newest_run(session, ritual_id=ritual_id)


def set_role(db: Database, person_id: str, role: Role) -> None:
    with db.write() as session:
        found = stored_people.person(session, workspace_id=WORKSPACE, person_id=person_id)
        assert found
        stored_people.set_up_person(session, person=replace(found, role=role))


def leave(db: Database, person_id: str, *, now: datetime = NOW) -> None:
    sync.save_person(db, person=Person(WORKSPACE, person_id, person_id[1:].capitalize(), left=True), now=now)


def test_switching_on_says_when_it_first_asks_and_whom(db: Database) -> None:
    found, asked = switch_on(db)
    assert found.next_at == MONDAY
    assert [person.id for person in asked] == [ANA, BEN, CHLOE, DEV]
    assert (found.facilitator_id, found.started_by) == (BEN, BEN)
    assert audited(db) == [("ritual on", "weekly-sync", BEN)]
    assert [row.channel_id for row in owed(db, "ritual")] == [FORECAST]


def test_every_two_weeks_counts_from_the_week_of_whoever_switches_it_on(db: Database) -> None:
    in_auckland = Person(WORKSPACE, BEN, "Ben", "Pacific/Auckland")
    sync.save_person(db, person=in_auckland, now=NOW)
    set_role(db, CHLOE, Role.LEAD)
    monday_morning_there = datetime(2026, 11, 22, 20, tzinfo=UTC)
    found, _ = switch_on(db, "product-ml-council", now=monday_morning_there)
    assert str(found.next_day) == "2026-11-24"


def test_it_is_on_once_in_a_channel(db: Database) -> None:
    switch_on(db)
    with pytest.raises(AlreadyOn):
        switch_on(db, by=ANA)
    switch_on(db, channel=PRICING)


def test_nobody_to_ask_says_whom_to_add(db: Database) -> None:
    with pytest.raises(NobodyToAsk, match="Add somebody of ML or product or support"):
        switch_on(db, "ml-product-support-sync")
    with pytest.raises(NobodyToAsk, match="Add a lead, or a manager"):
        switch_on(db, "product-ml-council")
    assert audited(db) == []


@pytest.mark.parametrize(
    ("channel", "by", "refused"),
    [
        (ELSEWHERE, BEN, NotInChannel),
        ("CUNKNOWN", BEN, NotInChannel),
        (PRICING, DEV, OnlyMembers),
        ("D123", BEN, OnlyInChannels),
    ],
)
def test_only_people_of_a_channel_muster_is_in_switch_on(
    db: Database, channel: str, by: str, refused: type[UserError]
) -> None:
    with pytest.raises(refused):
        switch_on(db, channel=channel, by=by)


@pytest.mark.parametrize("name", ["weekly-sync", "Weekly Sync", "weekly_sync"])
def test_off_takes_the_id_or_the_title_and_updates_the_message(db: Database, name: str) -> None:
    found, _ = switch_on(db)
    switch_off(db, name)
    assert ritual(db, found.id).next_at is None
    card = ritual_cards.card(db, workspace_id=WORKSPACE, ritual_id=found.id)
    assert card
    assert card.ritual.ended_at == NOW
    assert [row.wanted for row in owed(db, "ritual")] == [2]
    with pytest.raises(NotOn):
        switch_off(db, name)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("weekly", "`weekly-sync`"),
        ("wekly sync", "`weekly-sync`"),
        ("council", "`product-ml-council`"),
        ("nosuch", "The nearest names are `"),
        ("zzz", "ritual called “zzz”. Type `/ritual` to see what it has."),
    ],
)
def test_an_unknown_name_gets_the_closest_ones(typed: str, hint: str) -> None:
    with pytest.raises(NoSuchTemplate) as caught:
        find(LIBRARY, typed)
    assert hint in str(caught.value)
    assert typed in str(caught.value)


def test_a_leaver_counts_as_left_and_a_lead_becomes_facilitator(db: Database) -> None:
    found, _ = switch_on(db)
    set_role(db, CHLOE, Role.LEAD)
    opening.open_due(db, now=MONDAY)
    leave(db, BEN, now=MONDAY)
    run = newest_run(db, found.id)
    assert run
    assert (ritual(db, found.id).facilitator_id, run.facilitator_id) == (CHLOE, CHLOE)
    assert ("ritual handed on", "weekly-sync", "muster") in audited(db)
    (told,) = owed(db, "facilitator")
    assert (told.person_id, told.part) == (CHLOE, BEN)
    with db.read() as session:
        (prompt,) = prompts.of_person(session, workspace_id=WORKSPACE, person_id=BEN, states=list(PromptState))
    assert prompt.missed is Missed.LEFT


def test_whom_the_file_names_as_facilitator_is_told_and_whoever_switches_it_on_is_not(db: Database) -> None:
    switch_on(db, "fail-celebration", by=ANA)
    assert owed(db, "facilitator") == []
    named = replace(LIBRARY["weekly-sync"], facilitator=f"@{CHLOE}")
    found, _ = rituals.switch_on(
        db, workspace_id=WORKSPACE, channel_id=FORECAST, person_id=BEN, template=named, now=NOW
    )
    (told,) = owed(db, "facilitator")
    assert (told.person_id, told.part, told.subject_id) == (CHLOE, "", found.id)


def test_without_a_lead_whoever_switched_it_on_becomes_facilitator(db: Database) -> None:
    found, _ = switch_on(db)
    set_role(db, CHLOE, Role.LEAD)
    leave(db, BEN)
    set_role(db, CHLOE, Role.CONTRIBUTOR)
    leave(db, CHLOE)
    assert ritual(db, found.id).facilitator_id == CHLOE, "nobody is left to take it over"
    assert unfacilitated.at_present(db, workspace_id=WORKSPACE, now=NOW) == ["Weekly sync in #forecast"]
    card = ritual_cards.card(db, workspace_id=WORKSPACE, ritual_id=found.id)
    assert card
    assert "facilitated by nobody, as Chloe has left" in str(ritual_message(card).blocks)
    assert [row.wanted for row in owed(db, "ritual")] == [3], "the channel's message follows each time"
    other, _ = switch_on(db, "fail-celebration", by=ANA)
    with db.write() as session:
        stored.set_facilitator(session, ritual_id=other.id, person_id=DEV)
    leave(db, DEV)
    assert ritual(db, other.id).facilitator_id == ANA


def test_when_everybody_it_asks_has_left_the_host_is_told(db: Database) -> None:
    people.set_up_list(db, workspace_id=WORKSPACE, actor_id=_admin(db), text="Chloe,ml", now=NOW)
    found, asked = switch_on(db, "ml-product-support-sync")
    assert [person.id for person in asked] == [CHLOE]
    leave(db, CHLOE)
    replanning.look_again_due(db, now=NOW)
    assert ritual(db, found.id).next_at is None
    assert [row.person_id for row in owed(db, "nobody")] == [BEN]


def _admin(db: Database) -> str:
    with db.write() as session:
        stored_people.save_person(session, person=Person(WORKSPACE, ANA, "Ana", is_admin=True))
    return ANA


@pytest.mark.parametrize("closing", ["archived", "left", "gone"])
def test_a_channel_that_closes_opens_no_run_and_its_host_hears_once(db: Database, closing: str) -> None:
    found, _ = switch_on(db)
    for _ in range(2):
        if closing == "gone":
            sync.lose_channel(db, workspace_id=WORKSPACE, channel_id=FORECAST, now=NOW)
        else:
            shut = replace(OPEN, is_archived=closing == "archived", has_bot=closing == "archived")
            sync.save_channel(db, channel=shut, now=NOW)
    assert [row.person_id for row in owed(db, "stalled")] == [BEN]
    opening.open_due(db, now=MONDAY)
    assert newest_run(db, found.id) is None
    assert ritual(db, found.id).next_at == MONDAY + timedelta(days=7)
    sync.save_channel(db, channel=OPEN, now=MONDAY)
    opening.open_due(db, now=MONDAY + timedelta(days=7))
    assert newest_run(db, found.id)


def test_what_was_refused_while_a_channel_was_closed_falls_due_when_it_opens(db: Database) -> None:
    switch_on(db)
    sync.save_channel(db, channel=replace(OPEN, is_archived=True), now=NOW)
    with db.write() as session:
        (row,) = owed(db, "ritual")
        row.ended, row.next_at = "refused: is_archived", None
        session.add(row)
    sync.save_channel(db, channel=OPEN, now=MONDAY)
    (row,) = owed(db, "ritual")
    assert (row.ended, row.next_at) == (None, MONDAY)


def test_everybody_slack_lists_is_known_however_many_they_are(db: Database) -> None:
    crowd = [Person(WORKSPACE, f"U{number:04}", f"Person {number}") for number in range(1200)]
    sync.save_people(db, workspace_id=WORKSPACE, found=crowd, now=NOW)
    renamed = [*crowd[:-1], replace(crowd[-1], name="Zoe")]
    sync.save_people(db, workspace_id=WORKSPACE, found=renamed, now=NOW)
    with db.read() as session:
        known = stored_people.people(session, workspace_id=WORKSPACE)
    assert [known[person.id].name for person in renamed] == [person.name for person in renamed]


def test_members_read_before_a_doubt_do_not_settle_it(db: Database) -> None:
    sync.doubt_channel(db, workspace_id=WORKSPACE, channel_id=PRICING, now=NOW)
    assert not _may_read(db, BEN, NOW)
    _read_members(db, {BEN, CHLOE}, began=NOW - timedelta(seconds=1))
    assert not _may_read(db, BEN, NOW)
    assert sync.doubted_channels(db, workspace_id=WORKSPACE) == [PRICING]
    _read_members(db, {CHLOE}, began=NOW + timedelta(seconds=1))
    assert not _may_read(db, BEN, NOW + timedelta(seconds=2))
    assert _may_read(db, CHLOE, NOW + timedelta(seconds=2))
    assert sync.doubted_channels(db, workspace_id=WORKSPACE) == []


def test_an_older_reading_does_not_bring_back_whoever_left(db: Database) -> None:
    _read_members(db, {CHLOE}, began=NOW + timedelta(seconds=5))
    _read_members(db, {BEN, CHLOE}, began=NOW + timedelta(seconds=1))
    assert not _may_read(db, BEN, NOW + timedelta(seconds=6))


def _read_members(db: Database, ids: set[str], *, began: datetime) -> None:
    sync.save_members(db, workspace_id=WORKSPACE, channel_id=PRICING, ids=ids, read_at=began, now=began)


def _may_read(db: Database, person_id: str, now: datetime) -> bool:
    with db.read() as session:
        readable = channels.readable(session, workspace_id=WORKSPACE, person_id=person_id, now=now)
        return readable.shows(PRICING, now)


def test_an_event_that_comes_late_does_not_undo_news(db: Database) -> None:
    news = Person(WORKSPACE, BEN, "Benjamin", "Asia/Tokyo", updated=200)
    sync.save_person(db, person=news, now=NOW)
    sync.save_person(db, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", updated=100), now=NOW)
    with db.read() as session:
        found = stored_people.person(session, workspace_id=WORKSPACE, person_id=BEN)
    assert found
    assert (found.name, found.zone_name) == ("Benjamin", "Asia/Tokyo")
