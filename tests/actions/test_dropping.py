"""An action item that is no longer needed is dropped with a word why, on both databases."""

from functools import partial

import pytest

from domain.action_states import ActionState, AlreadyDone, AlreadyDropped, Move
from domain.actions import NotYourAction
from domain.deliveries import Kind
from domain.errors import FieldErrors
from services import action_cards, action_changes, action_reminders
from storage.engine import Database
from surface.action_list import one_answer
from tests.actions.items import HOUR, done, drop, hand_over, item, new_date, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, owed

tell = partial(said, kind=Kind.ACTION_NEWS, now=NOW)


@pytest.mark.parametrize(("by", "name", "other"), [(BEN, "Ben", ANA), (ANA, "Ana", BEN)])
def test_owner_or_asker_drops_it_and_the_other_hears_once_why(db: Database, by: str, name: str, other: str) -> None:
    submit(db)
    drop(db, by=by)
    drop(db, by=by)
    found = item(db)
    assert (found.state, found.dropped_by, found.dropped_why) == (ActionState.DROPPED, by, "We buy the labels")
    if other == BEN:
        assert tell(db) == {BEN: [f"{name} says that A-1: Relabel March is no longer needed: “We buy the labels”"]}
        assert [row.wanted for row in owed(db, "action_news")] == [1]
    assert {row.person_id: row.wanted for row in owed(db, "action")} == {ANA: 2, BEN: 2}


def test_every_message_about_it_says_so(db: Database) -> None:
    submit(db)
    before = [row.wanted for row in owed(db, "action")]
    drop(db)
    assert [row.wanted for row in owed(db, "action")] == [each + 1 for each in before]
    card = action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=CHLOE, number=1, now=NOW)
    text = one_answer(card, CHLOE)["text"]
    assert "Dropped · Ben owns it, asked for by Ana" in text
    assert "Ben: “We buy the labels”" in text


def test_the_same_form_with_another_reason_changes_the_reason(db: Database) -> None:
    submit(db)
    drop(db)
    drop(db, "Nobody asks for it")
    assert item(db).dropped_why == "Nobody asks for it"
    assert [each.why for each in item(db).steps] == ["Nobody asks for it"]
    assert said(db, kind=Kind.ACTION, now=NOW)[ANA][0].startswith(
        "A-1: Relabel March is no longer needed, says Ben: “Nobody asks for it”"
    )


@pytest.mark.parametrize("why", ["", "  \n ", "x" * 301])
def test_a_reason_is_asked_for_on_its_field(db: Database, why: str) -> None:
    submit(db)
    with pytest.raises(FieldErrors) as caught:
        drop(db, why)
    assert list(caught.value.fields) == ["why"]
    assert item(db).is_open
    drop(db)
    assert not item(db).is_open


@pytest.mark.parametrize("person_id", [DEV, CHLOE])
def test_nobody_else_drops_it(db: Database, person_id: str) -> None:
    submit(db)
    with pytest.raises(NotYourAction):
        drop(db, by=person_id)


@pytest.mark.parametrize(
    "change",
    [
        partial(new_date, due="2026-12-03"),
        partial(hand_over, owner=DEV),
        partial(submit, what="Relabel April"),
        partial(drop, by=ANA, draft="x2"),
        partial(action_changes.change_form, workspace_id=WORKSPACE, item_id=1, move=Move.DROP, person_id=BEN),
    ],
)
def test_nothing_moves_what_was_dropped(db: Database, change: partial[object]) -> None:
    submit(db)
    drop(db)
    before = item(db)
    with pytest.raises(AlreadyDropped, match="A-1"):
        change(db)
    done(db, person_id=ANA)
    assert item(db) == before


def test_what_is_done_is_not_dropped(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    with pytest.raises(AlreadyDone):
        drop(db)
    assert item(db).state is ActionState.DONE


def test_nobody_is_reminded_of_what_was_dropped(db: Database) -> None:
    submit(db)
    drop(db)
    assert action_reminders.remind_due(db, now=NOW + 24 * 14 * HOUR) == 0


def test_who_may_not_read_the_channel_does_not_read_why(db: Database) -> None:
    submit(db, by=CHLOE, channel=PRICING)
    hand_over(db, DEV, by=CHLOE, confirmed=[DEV])
    drop(db, by=CHLOE)
    told = tell(db)
    assert "We buy the labels" in told[DEV][0], "it was theirs"
    assert ANA not in told
