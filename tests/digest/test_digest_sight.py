"""A digest shows only what its reader may see now."""

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest

from domain.blockers import NoBlocker
from services import blockers, home, sync
from storage import channels
from storage.engine import Database
from tests.digests import MONDAY, fresh, show, text, wanted, write, written
from tests.records import action, decision, run
from tests.team import ANA, BEN, CHLOE, PRICING, WORKSPACE


@pytest.mark.parametrize("where", ["member", "stranger", "left", "unconfirmed", "named"])
def test_a_private_channel_is_seen_by_its_members_and_its_people_by_those_named(db: Database, where: str) -> None:
    """Whoever is not in the channel sees nothing of it, not even in a count."""
    named = (BEN,) if where == "named" else ()
    if where in ("stranger", "named"):
        members(db, CHLOE)
    decision(db, channel=PRICING, informed=named)
    action(db, channel=PRICING, owner=BEN if named else CHLOE)
    run(db, channel=PRICING, blocker="Secret")
    run(db, channel=PRICING, closed_at=None)
    write(db)
    if where == "left":
        members(db, CHLOE)
    if where == "unconfirmed":
        fresh(db, MONDAY - timedelta(minutes=15))
    card = show(db)
    sees = where == "member"
    assert [bool(each) for each in (card.blockers, card.closed, card.open, card.slipped)] == [sees] * 4
    assert bool(card.decided) == (sees or where == "named")
    assert bool(card.own) == (where == "named")
    assert card.is_partial == (where == "unconfirmed")
    if not sees and not named:
        assert not re.search("decided|slipping|need you|Sync|Secret", text(db))


@pytest.mark.parametrize(
    ("to", "facilitator", "sees"),
    [
        ("channel", CHLOE, True),
        ("facilitator", CHLOE, False),
        ("facilitator", BEN, True),
        ("participants", CHLOE, False),
        ("managers", CHLOE, True),
        ("#forecast", CHLOE, True),
        ("#pricing", CHLOE, False),
    ],
)
def test_a_blocker_of_a_summary_kept_from_the_channel_is_seen_by_those_it_goes_to(
    db: Database, to: str, facilitator: str, *, sees: bool
) -> None:
    members(db, CHLOE)
    run(db, blocker="Secret", to=to, facilitator=facilitator)
    assert [each.title for each in written(db).blockers] == ["Secret"] * sees
    page = home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=MONDAY)
    assert page
    assert [each.title for each in page.blockers] == ["Secret"] * sees
    for reader, may_press in ((BEN, sees), (ANA, True)):
        with nullcontext() if may_press else pytest.raises(NoBlocker):
            blockers.take(db, workspace_id=WORKSPACE, blocker_id=1, person_id=reader, now=MONDAY)


def members(db: Database, *ids: str) -> None:
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids=ids, at=MONDAY)


def test_leaving_a_private_channel_takes_it_out_of_the_message(db: Database) -> None:
    write(db)
    sync.save_members(db, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], read_at=MONDAY, now=MONDAY)
    assert wanted(db, "digest") == 2


def test_what_was_recorded_in_a_direct_message_stays_there(db: Database) -> None:
    decision(db, channel="D1")
    action(db, channel="D1", owner=ANA)
    card = written(db)
    assert (card.decided, card.slipped) == ([], [])


def test_channels_without_the_reader_or_their_people_are_left_out(db: Database) -> None:
    decision(db, channel="C3")
    assert written(db).decided == []
