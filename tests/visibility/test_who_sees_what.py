"""The table of surfaces by reader: who sees what was recorded in a private channel.

The channel is #pricing. Ben and Chloe are in it; a decision and an action item are recorded there, both overdue for
a digest. The reader is always Ben, whose place changes from row to row. In some rows the channel is public by now.
"""

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from sqlmodel import select, update

from domain.action_lists import ActionLists, Asked, Which
from domain.action_states import Move
from domain.channels import Channel
from domain.decision_states import Move as DecisionMove
from domain.decisions import FIRST_VERSION
from domain.deliveries import Delivery, Kind, Subject
from domain.errors import UserError
from schedules.contents import contents
from schedules.drawing import ASKED_AGAIN, Later
from services import (
    action_cards,
    action_changes,
    action_forms,
    action_lists,
    blocker_passes,
    decision_cards,
    decision_forms,
    deliveries,
    home,
    informed,
    objections,
    owing,
    sync,
    verdicts,
)
from storage import channels, people
from storage import decisions as stored_decisions
from storage.engine import Database
from storage.tables import ActionRow, RitualRow
from surface import action_list, decision_list
from surface.digest import digest_message
from surface.home import home_page
from surface.kit import context, message
from surface.outsiders import NO_LONGER
from tests.digests import MONDAY, assign, fresh, show, write
from tests.records import action, decision, run
from tests.team import BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE, settle, unchanged

READER: dict[str, Any] = {"workspace_id": WORKSPACE, "reader_id": BEN, "now": MONDAY}


@dataclass(frozen=True)
class Place:
    """Where Ben stands."""

    members: tuple[str, ...]
    is_named: bool = False
    confirmed: datetime = MONDAY
    """When Slack last said who is in the channel."""
    is_guest: bool = False
    was_private: bool = False
    """The channel has been made public since."""


PLACES = {
    "in the channel": Place((BEN, CHLOE)),
    "not in it": Place((CHLOE,)),
    "left it": Place((CHLOE,)),
    "named, not in it": Place((CHLOE,), is_named=True),
    "a guest in it": Place((BEN, CHLOE), is_guest=True),
    "a guest, not in it": Place((CHLOE,), is_guest=True),
    "not confirmed lately": Place((BEN, CHLOE), confirmed=MONDAY - timedelta(minutes=15)),
    "not confirmed, but named": Place((BEN, CHLOE), is_named=True, confirmed=MONDAY - timedelta(minutes=15)),
    "in it, was private": Place((BEN, CHLOE), was_private=True),
    "not in it, was private": Place((CHLOE,), was_private=True),
    "named, was private": Place((CHLOE,), is_named=True, was_private=True),
    "a guest in it, was private": Place((BEN, CHLOE), is_guest=True, was_private=True),
    "a guest not in it, was private": Place((CHLOE,), is_guest=True, was_private=True),
    "not confirmed, was private": Place((BEN, CHLOE), confirmed=MONDAY - timedelta(minutes=15), was_private=True),
}
INSIDE = ("in the channel", "a guest in it", "in it, was private", "a guest in it, was private")
OUTSIDE = (
    "not in it", "left it", "a guest, not in it", "not in it, was private", "a guest not in it, was private",
)  # fmt: skip


def said(answer: Callable[[], object]) -> str:
    """What the reader reads, or the sentence that is said instead."""
    try:
        return json.dumps(answer(), default=vars)
    except UserError as error:
        return str(error)


def listing(db: Database, which: Which) -> ActionLists:
    """Of whoever owns the item, if it is the list of one person."""
    with db.read() as session:
        owner_id = session.exec(select(ActionRow.owner_id)).first() or CHLOE
    return action_lists.listing(db, **READER, asked=Asked(which, person_id=owner_id))


SURFACES: dict[str, Callable[[Database], object]] = {
    "/decision list": lambda db: decision_list.list_answer(decision_cards.listing(db, **READER)),
    "/decision D-1": lambda db: decision_list.one_answer(decision_cards.numbered(db, number=1, **READER), BEN),
    "/action A-1": lambda db: action_list.one_answer(action_cards.numbered(db, number=1, **READER), BEN),
    "/action list": lambda db: action_list.list_answer(listing(db, Which.ALL)),
    "/action list late": lambda db: action_list.list_answer(listing(db, Which.LATE)),
    "/action list @owner": lambda db: action_list.list_answer(listing(db, Which.PERSON)),
    "Home": lambda db: home_page(home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=MONDAY)),
    "digest": lambda db: digest_message(show(db)),
}


def surfaces(db: Database, *among: str) -> dict[str, str]:
    """What the reader reads on each of them, one after another."""
    with unchanged(db):
        return {surface: said(partial(SURFACES[surface], db)) for surface in among or SURFACES}


PUBLIC = Channel(WORKSPACE, PRICING, "pricing", is_private=False, has_bot=True)
SECRETS = ("Title 1", "What 1", "The blocker", "pricing")


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    assign(database)
    return database


@pytest.mark.parametrize("where", PLACES)
def test_a_private_record_shows_to_those_in_the_channel_and_those_named(db: Database, where: str) -> None:
    place = PLACES[where]
    record(db, place)
    shown = surfaces(db)
    for surface, text in shown.items():
        assert any(secret in text for secret in SECRETS) == (place.is_named or where in INSIDE), (surface, text)
    if where in ("named, was private", "named, not in it"):
        assert "The blocker" not in str(shown), "named in the records, not in the run"
    if where == "named, not in it":
        assert "pricing" not in str(shown), "the name of a private channel is its own secret"


@pytest.mark.parametrize("where", [*OUTSIDE, "not confirmed lately", "not confirmed, was private"])
def test_a_hidden_number_and_an_unknown_one_get_the_same_sentence(db: Database, where: str) -> None:
    record(db, PLACES[where])
    for numbered in (decision_cards.numbered, action_cards.numbered):
        hidden = said(lambda numbered=numbered: numbered(db, number=1, **READER))  # type: ignore[misc] # bound at once
        unknown = said(lambda numbered=numbered: numbered(db, number=999, **READER))  # type: ignore[misc] # bound at once
        assert hidden == unknown.replace("999", "1")


@pytest.mark.parametrize("is_guest", [False, True])
def test_a_public_channel_is_read_by_all_but_guests_who_are_not_in_it(db: Database, *, is_guest: bool) -> None:
    members(db, (CHLOE,), channel=FORECAST)
    decision(db, approver=CHLOE, by=CHLOE)
    action(db, owner=CHLOE)
    be(db, is_guest=is_guest)
    for surface, text in surfaces(db, "/decision list", "/decision D-1", "/action A-1").items():
        assert any(secret in text for secret in SECRETS) == (not is_guest), (surface, text)


PLACE = {"workspace_id": WORKSPACE, "person_id": BEN}
BUTTONS: dict[str, Callable[[Database, int], object]] = {
    "Read": lambda db, number: informed.read(db, **PLACE, decision_id=number, version=FIRST_VERSION, now=MONDAY),
    "Approve": lambda db, number: verdicts.approve(db, **PLACE, decision_id=number, version=FIRST_VERSION, now=MONDAY),
    "Object": lambda db, number: str(
        objections.form(db, **PLACE, decision_id=number, version=FIRST_VERSION, move=DecisionMove.OBJECT)
    ),
    "Edit": lambda db, number: str(decision_forms.edit_form(db, **PLACE, decision_id=number, now=NOW)),
    "Done": lambda db, number: action_changes.done(db, **PLACE, item_id=number, now=MONDAY),
    "New date": lambda db, number: str(action_changes.change_form(db, **PLACE, item_id=number, move=Move.NEW_DATE)),
    "Set a date": lambda db, number: str(action_changes.date_form(db, **PLACE, item_id=number)),
    "I'll take it": lambda db, number: action_changes.take(db, **PLACE, item_id=number, now=MONDAY),
    "No longer needed": lambda db, number: str(action_changes.change_form(db, **PLACE, item_id=number, move=Move.DROP)),
    "Add action item": lambda db, number: str(action_forms.decision_form(db, **PLACE, decision_id=number)),
    "Pass on": lambda db, number: str(blocker_passes.open_form(db, **PLACE, blocker_id=number, now=MONDAY)),
    "Make action item": lambda db, number: str(action_forms.blocker_form(db, **PLACE, blocker_id=number, now=MONDAY)),
}
"""What Ben may press in a message that is older than his place; the rows of all records have the id 1."""
CHANGING = ("Read", "Approve", "Done", "I'll take it")
"""The others open a form."""
NO_RECORD = ("behind this button", "There is no such blocker that you can see")


@pytest.mark.parametrize("where", OUTSIDE)
def test_a_button_about_a_hidden_record_does_what_one_about_no_record_does(db: Database, where: str) -> None:
    record(db, PLACES[where])
    with unchanged(db):
        for button, press in BUTTONS.items():
            hidden, unknown = (said(partial(press, db, number)) for number in (1, 999))
            assert hidden == unknown, button
            assert any(sentence in hidden for sentence in NO_RECORD), (button, hidden)


@pytest.mark.parametrize("where", [*INSIDE, "named, not in it", "named, was private"])
@pytest.mark.parametrize(
    "buttons", [*((each,) for each in CHANGING), tuple(sorted(BUTTONS.keys() - {*CHANGING}))], ids=" ".join
)
def test_a_button_answers_those_who_may_see_the_record(db: Database, buttons: tuple[str, ...], where: str) -> None:
    record(db, PLACES[where])
    for button in buttons:
        with unchanged(db) if button not in CHANGING else nullcontext():
            text = said(partial(BUTTONS[button], db, 1))
        named_in_the_run = where in INSIDE or button not in ("Make action item", "Pass on")
        assert any(sentence in text for sentence in NO_RECORD) != named_in_the_run, button
        assert where != "named, not in it" or "pricing" not in text, button


@pytest.mark.parametrize("where", PLACES)
def test_the_card_stands_in_the_channel_and_nowhere_else(db: Database, where: str) -> None:
    """Of what Slack shows Ben, only messages in his channels and his own tell of it."""
    place = PLACES[where]
    record(db, place)
    with db.write() as session:
        (decision,) = stored_decisions.decisions(session, workspace_id=WORKSPACE, ids=[1]).values()
        owing.owe_decision(session, decision, now=MONDAY)
    due = deliveries.claim(db, now=MONDAY, limit=100, paces={})
    drawn = contents(db, due, MONDAY)
    mine = {BEN, *([PRICING] if BEN in place.members else [])}
    text = str([drawn[each.id] for each in due if {each.subject.person_id, each.subject.channel_id} & mine])
    assert ("Title 1" in text) == (place.is_named or BEN in place.members), text
    assert any(each.subject.channel_id == PRICING for each in due)
    assert not any(each.subject.channel_id not in ("", PRICING) for each in due)


@pytest.mark.parametrize("where", ["not in it", "in the channel", "named, not in it", "not in it, was private"])
def test_a_message_to_somebody_who_may_no_longer_see_it_tells_nothing(db: Database, where: str) -> None:
    """Ben was named once; its title may have been changed since."""
    record(db, PLACES[where])
    kinds = [Kind.APPROVAL, Kind.INFORMED, Kind.UNREAD, Kind.DRIVER, Kind.LOOK_AGAIN, Kind.ACTION, Kind.ACTION_DUE]
    for kind, is_out in product(kinds, [True, False]):
        drawn = drawn_for_ben(db, kind, is_out=is_out)
        if where in OUTSIDE:
            assert drawn == (message(NO_LONGER, [context(NO_LONGER)]) if is_out else None), (kind, is_out)
        elif is_out:
            assert "1: " in str(drawn), kind


def test_a_message_waits_while_slack_does_not_say_who_is_in_the_channel(db: Database) -> None:
    record(db, PLACES["not confirmed lately"])
    for kind, is_out in product([Kind.APPROVAL, Kind.ACTION, Kind.ACTION_NEWS], [True, False]):
        assert drawn_for_ben(db, kind, is_out=is_out) == Later(MONDAY + ASKED_AGAIN), (kind, is_out)


PARTS = {Kind.APPROVAL: FIRST_VERSION, Kind.ACTION_DUE: "overdue:2026-11-12", Kind.ACTION_NEWS: f"done:{CHLOE}::"}


def drawn_for_ben(db: Database, kind: Kind, *, is_out: bool) -> object:
    subject = Subject(kind, 1, part=PARTS.get(kind, ""), person_id=BEN)
    due = Delivery("x", WORKSPACE, subject, 2, 1, 1, uncertain=False, claimed_at=MONDAY, lease_until=MONDAY)
    with unchanged(db):
        return contents(db, [replace(due, ts="1.1" if is_out else None)], MONDAY)["x"]


@pytest.mark.parametrize("where", ["not in it", "not in it, was private"])
def test_a_private_record_leaves_no_trace_in_counts(db: Database, where: str) -> None:
    """What somebody outside reads is the same, letter by letter, with and without the records."""
    write(db)
    without = surfaces(db)
    record(db, PLACES[where])
    assert surfaces(db) == without


def record(db: Database, place: Place) -> None:
    """Writes the records and the digest while Ben is where the place says, or has just left."""
    members(db, (BEN, CHLOE))
    decision(db, channel=PRICING, approver=CHLOE, by=CHLOE, informed=(BEN,) if place.is_named else ())
    action(db, channel=PRICING, owner=BEN if place.is_named else CHLOE)
    run(db, channel=PRICING, blocker="The blocker")
    write(db)
    members(db, place.members)
    if place.was_private:
        with db.write() as session:  # A ritual that goes on is no secret any more.
            session.execute(update(RitualRow).values(ended_at=NOW))
        sync.save_channel(db, channel=PUBLIC, now=NOW + timedelta(minutes=1))
    fresh(db, place.confirmed)
    be(db, is_guest=place.is_guest)


def be(db: Database, *, is_guest: bool) -> None:
    with db.write() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
        assert ben
        people.save_person(session, person=replace(ben, is_guest=is_guest))


def members(db: Database, ids: tuple[str, ...], *, channel: str = PRICING) -> None:
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=channel, ids=ids, at=MONDAY)
