"""Who a template's file may name as facilitator, and what they hear, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.library import shipped_library
from domain.channels import Channel
from domain.deliveries import Kind
from domain.people import Role
from domain.runs import Ritual
from services import rituals, sync
from services.facilitators import CannotFacilitate
from storage import people
from storage import rituals as stored
from storage.engine import Database
from tests.messages import said
from tests.team import BEN, CHLOE, DEV, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, owed, settle

MONDAY = NOW + timedelta(days=3)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def switch_on(db: Database, facilitator: str | None, *, channel: str = FORECAST) -> Ritual:
    template = replace(shipped_library()["weekly-sync"], facilitator=facilitator and f"@{facilitator}")
    place = {"workspace_id": WORKSPACE, "channel_id": channel, "person_id": BEN}
    ritual, _asked = rituals.switch_on(db, **place, template=template, now=NOW)
    return ritual


def on(db: Database) -> list[Ritual]:
    with db.read() as session:
        return stored.active(session, workspace_id=WORKSPACE)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (GONE, "names Gone as its facilitator, who has left."),
        ("UBOT", "names `UBOT` as its facilitator, but Muster knows no such person: bots, and people of other"),
        ("U0NOBODY", "names `U0NOBODY` as its facilitator, but Muster knows no such person"),
    ],
)
def test_a_file_that_names_nobody_who_is_here_switches_nothing_on(db: Database, named: str, why: str) -> None:
    with pytest.raises(CannotFacilitate) as refused:
        switch_on(db, named)
    assert why in str(refused.value)
    assert "after the key `facilitator` in its file" in str(refused.value)
    assert "take the line out: then whoever switches it on facilitates" in str(refused.value)
    assert (on(db), owed(db, "ritual"), audited(db)) == ([], [], [])


def test_without_the_key_whoever_switches_it_on_facilitates(db: Database) -> None:
    assert switch_on(db, None).facilitator_id == BEN


def test_whoever_the_file_names_may_leave_later_and_it_is_handed_on(db: Database) -> None:
    ritual = switch_on(db, CHLOE)
    with db.write() as session:
        dev = people.person(session, workspace_id=WORKSPACE, person_id=DEV)
        chloe = people.person(session, workspace_id=WORKSPACE, person_id=CHLOE)
        assert dev
        assert chloe
        people.set_up_person(session, person=replace(dev, role=Role.LEAD))
    sync.save_person(db, person=replace(chloe, left=True, updated=1), now=NOW)
    assert [each.facilitator_id for each in on(db)] == [DEV]
    (text,) = said(db, Kind.FACILITATOR, now=MONDAY)[DEV]
    assert text.startswith("You facilitate Weekly sync in #forecast now, because Chloe has left.")
    with pytest.raises(CannotFacilitate, match="names Chloe as its facilitator, who has left"):
        switch_on(db, CHLOE, channel=PRICING)
    assert [each.id for each in on(db)] == [ritual.id]


def test_a_facilitator_outside_a_private_channel_is_not_told_its_name(db: Database) -> None:
    switch_on(db, DEV, channel=PRICING)
    (text,) = said(db, Kind.FACILITATOR, now=NOW)[DEV]
    assert text.startswith("Ben switched Weekly sync on in a private channel, with you as its facilitator")
    assert "`/ritual` there shows it" in text
    archived = Channel(WORKSPACE, PRICING, "pricing", is_private=True, has_bot=True, is_archived=True)
    sync.save_channel(db, channel=archived, now=NOW)
    (text,) = said(db, Kind.STALLED, now=NOW)[DEV]
    assert text.startswith("Weekly sync pauses, because a private channel is archived.")
    assert "pricing" not in text
