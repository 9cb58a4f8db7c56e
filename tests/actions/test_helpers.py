"""Who helps with an action item, and what is important."""

import pytest

from domain.action_lists import Asked, Which
from domain.actions import NotYourAction
from domain.deliveries import Kind
from domain.errors import FieldErrors
from services import action_cards, action_lists
from storage.engine import Database
from tests.actions.items import done, hand_over, item, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, DEV, GONE, NOW, PRICING, WORKSPACE, owed, readers


def listed(db: Database, which: Which, reader: str) -> list[str]:
    found = action_lists.listing(db, workspace_id=WORKSPACE, reader_id=reader, asked=Asked(which), now=NOW)
    return [card.item.name for part in found.parts for card in part.cards]


def test_helpers_are_told_once_and_find_it_in_their_list(db: Database) -> None:
    submit(db, helpers=f"{CHLOE},{DEV}")
    assert readers(db, "action") == [ANA, BEN, CHLOE, DEV]
    assert said(db, kind=Kind.ACTION, now=NOW)[CHLOE] == [
        "You are named to help with A-1: Relabel March. Ben owns it, due on Thu 26 Nov 2026, asked for by Ana."
    ]
    assert listed(db, Which.HELPING, CHLOE) == ["A-1"]
    assert listed(db, Which.HELPING, BEN) == []
    assert listed(db, Which.MINE, CHLOE) == []


def test_helpers_do_not_move_it(db: Database) -> None:
    submit(db, helpers=CHLOE)
    with pytest.raises(NotYourAction, match="Only Ben, who owns it, or Ana, who asked for it, can change A-1"):
        done(db, person_id=CHLOE)


def test_a_helper_outside_the_private_channel_is_warned_about_and_then_sees_it(db: Database) -> None:
    (outside,) = submit(db, by=CHLOE, channel=PRICING, helpers=DEV)
    assert outside.id == DEV
    assert owed(db, "action") == []
    assert submit(db, by=CHLOE, channel=PRICING, helpers=DEV, confirmed=[DEV]) == ()
    find = {"workspace_id": WORKSPACE, "number": 1, "now": NOW}
    assert action_cards.numbered(db, **find, reader_id=DEV).item.helpers == (DEV,)  # type: ignore[arg-type] # as typed
    assert listed(db, Which.HELPING, DEV) == ["A-1"]


def test_an_owner_is_no_helper_and_neither_is_whoever_has_left(db: Database) -> None:
    submit(db, helpers=f"{BEN},{CHLOE}")
    assert item(db).helpers == (CHLOE,)
    hand_over(db, CHLOE)
    assert item(db).helpers == ()
    with pytest.raises(FieldErrors) as refused:
        submit(db, draft="d2", helpers=GONE)
    assert "helpers" in refused.value.fields


def test_what_is_important_comes_first_however_late_it_is_due(db: Database) -> None:
    submit(db)
    submit(db, draft="d2", due="2026-12-18", important="yes")
    submit(db, draft="d3", due="2026-11-24")
    assert listed(db, Which.MINE, BEN) == ["A-2", "A-3", "A-1"]
    assert listed(db, Which.WAITING, ANA) == ["A-2", "A-3", "A-1"]


def test_the_same_form_sent_again_changes_helpers_and_priority(db: Database) -> None:
    submit(db, helpers=CHLOE)
    submit(db, helpers=f"{CHLOE},{DEV}", important="yes")
    assert (item(db).helpers, item(db).is_important) == ((CHLOE, DEV), True)
    assert readers(db, "action") == [ANA, BEN, CHLOE, DEV]
