"""Guests in public channels, and channels that Slack has not confirmed lately, each by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, update

from domain.decision_states import Move
from domain.decisions import FIRST_VERSION
from domain.errors import UserError
from services import action_changes, decision_forms, home, objections, sync
from storage import channels, people
from storage.engine import Database
from storage.tables import ChannelRow
from tests.records import action, decision
from tests.team import BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE, settle

PLACE = {"workspace_id": WORKSPACE, "person_id": BEN}
TOO_LONG_AGO = NOW - timedelta(minutes=15)
BUTTONS: dict[str, Callable[[Database], object]] = {
    "Object": lambda db: objections.form(db, **PLACE, decision_id=1, version=FIRST_VERSION, move=Move.OBJECT),
    "Edit": lambda db: decision_forms.edit_form(db, **PLACE, decision_id=1, now=NOW),
    "Done": lambda db: action_changes.done(db, **PLACE, item_id=1, now=NOW),
}


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def be_a_guest(db: Database) -> None:
    with db.write() as session:
        ben = people.person(session, **PLACE)
        assert ben
        people.save_person(session, person=replace(ben, is_guest=True))


def last_confirmed_too_long_ago(db: Database, channel_id: str) -> None:
    with db.write() as session:
        session.execute(update(ChannelRow).where(col(ChannelRow.id) == channel_id).values(checked_at=TOO_LONG_AGO))


@pytest.mark.parametrize("is_guest", [True, False])
def test_a_guest_has_public_channels_confirmed_and_is_told_while_that_is_missing(
    db: Database, *, is_guest: bool
) -> None:
    if is_guest:
        be_a_guest(db)
    decision(db, channel=FORECAST)
    last_confirmed_too_long_ago(db, FORECAST)
    card = home.card(db, **PLACE, now=NOW)
    assert card
    assert (card.is_partial, card.recent == []) == (is_guest, is_guest)
    asked = sync.stale_channels(db, **PLACE, now=NOW)
    assert asked == ([FORECAST] if is_guest else [])


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("is_guest", [True, False])
def test_a_button_tells_a_guest_who_is_not_in_a_public_channel_nothing(
    db: Database, button: str, *, is_guest: bool
) -> None:
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=FORECAST, ids=[CHLOE], at=NOW)
    if is_guest:
        be_a_guest(db)
    decision(db, channel=FORECAST, approver=CHLOE, by=CHLOE)
    action(db, channel=FORECAST, owner=CHLOE)
    assert ("behind this button" in said(db, button)) == is_guest


def said(db: Database, button: str) -> str:
    try:
        return str(BUTTONS[button](db))
    except UserError as error:
        return str(error)


def test_nothing_is_recorded_in_a_private_channel_that_slack_has_not_confirmed_lately(db: Database) -> None:
    assert sorted(places(db)) == [FORECAST, PRICING]
    last_confirmed_too_long_ago(db, PRICING)
    assert list(places(db)) == [FORECAST]


def places(db: Database) -> dict[str, str]:
    return home.places(db, **PLACE, now=NOW)
