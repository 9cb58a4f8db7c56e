"""The action items that a superseded decision leaves open, on both databases."""

from typing import Any

from domain.submissions import Submission
from services import action_cards, action_changes, actions
from storage.engine import Database
from surface.kit import Message
from surface.superseding import superseded_message
from tests.actions.items import FORM
from tests.decisions.test_ending import leave
from tests.decisions.test_superseding import approve, card, old, proposed, read, told
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

ITEM: dict[str, Any] = {"workspace_id": WORKSPACE, "now": NOW}
ASKS = "Please say which of these action items are no longer needed."


def left(db: Database, count: int, *, driver: str = DEV) -> None:
    """As many open ones of D-1, which Chloe has read, and which D-2 has superseded."""
    old(db, driver=driver)
    for number in range(count):
        sent = Submission(WORKSPACE, BEN, f"i{number}", FORM | {"what": f"What {number}", "owner": ANA})
        assert actions.submit(db, sent=sent, channel_id=FORECAST, decision_id=1, now=NOW) == ()
    read(db, CHLOE)
    proposed(db)
    approve(db, 2)


def shown(db: Database, reader_id: str) -> Message:
    found = card(db, 1, reader_id)
    items = action_cards.left_of(db, found.decision, reader_id=reader_id, now=NOW)
    message = superseded_message(found, items, reader_id, is_out=True)
    assert message
    return message


def test_they_come_to_the_driver_in_the_message_that_says_so(db: Database) -> None:
    left(db, 2)
    assert DEV in [row.person_id for row in told(db)]
    message = shown(db, DEV)
    assert ASKS in str(message.blocks)
    assert "*A-1* What 0 · Ana" in str(message.blocks)
    assert "View" in labels(message.blocks)


def test_whoever_may_settle_them_does_so_there_and_each_that_is_settled_leaves_the_message(db: Database) -> None:
    left(db, 2, driver=BEN)
    before = {row.person_id: row.wanted for row in told(db)}
    assert labels(shown(db, BEN).blocks)[-4:] == ["Done", "No longer needed"] * 2
    action_changes.done(db, **ITEM, item_id=1, person_id=BEN)
    sent = Submission(WORKSPACE, BEN, "drop", {"why": "The large model needs none"})
    action_changes.drop(db, sent=sent, item_id=2, now=NOW)
    assert ASKS not in str(shown(db, BEN).blocks)
    assert {row.person_id: row.wanted for row in told(db)}[BEN] == before[BEN] + 2


def test_whoever_has_only_read_it_is_not_asked_about_them(db: Database) -> None:
    left(db, 1)
    assert ASKS not in str(shown(db, CHLOE).blocks)


def test_without_any_the_driver_who_proposed_the_new_one_is_told_nothing_more(db: Database) -> None:
    left(db, 0)
    assert DEV not in [row.person_id for row in told(db)]


def test_once_the_driver_has_left_whoever_recorded_it_is_asked(db: Database) -> None:
    old(db)
    sent = Submission(WORKSPACE, BEN, "i1", FORM | {"owner": BEN})
    assert actions.submit(db, sent=sent, channel_id=FORECAST, decision_id=1, now=NOW) == ()
    proposed(db, driver=CHLOE)
    leave(db, DEV)
    approve(db, 2)
    assert [row.person_id for row in told(db)] == [ANA]
    assert ASKS in str(shown(db, ANA).blocks)


def test_more_of_them_than_fit_are_counted(db: Database) -> None:
    left(db, 10)
    assert "and 2 more" in str(shown(db, DEV).blocks)
