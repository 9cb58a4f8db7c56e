"""The use cases of action items, on both databases."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from domain.action_states import ActionState, AlreadyDone, Move
from domain.actions import NoSuchAction, NotYourAction
from domain.errors import FieldErrors
from domain.people import Person
from services import action_cards, action_changes
from storage import channels, people
from storage.engine import Database
from tests.actions.items import done, hand_over, item, new_date, submit
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, owed, readers


def test_the_owner_is_told_and_the_asker_has_a_receipt(db: Database) -> None:
    submit(db)
    assert readers(db, "action") == [ANA, BEN]


def test_what_is_mine_makes_one_message(db: Database) -> None:
    submit(db, owner=ANA)
    assert readers(db, "action") == [ANA]


def test_the_same_form_again_makes_one_item(db: Database) -> None:
    submit(db)
    submit(db)
    assert [row.wanted for row in owed(db, "action")] == [1, 1]
    with pytest.raises(AssertionError):
        item(db, 2)


def test_the_same_form_with_other_values_is_an_edit(db: Database) -> None:
    submit(db)
    submit(db, what="Relabel April", owner=DEV, due="2026-11-27")
    found = item(db)
    assert (found.what, found.owner_id, found.due, found.first_due) == (
        "Relabel April",
        DEV,
        date(2026, 11, 27),
        date(2026, 11, 27),
    )
    assert readers(db, "action") == [ANA, BEN, DEV]


def test_an_edit_leaves_alone_what_it_does_not_change(db: Database) -> None:
    submit(db)
    new_date(db, "2026-12-03")
    submit(db, what="Relabel April")
    assert (item(db).what, item(db).due) == ("Relabel April", date(2026, 12, 3))


def test_the_moves_of_a_date_are_counted_and_its_first_day_stays(db: Database) -> None:
    submit(db)
    new_date(db, "2026-12-03")
    new_date(db, "2026-12-03")
    assert (item(db).dates_moved, item(db).first_due) == (1, date(2026, 11, 26))
    new_date(db, "2026-11-26", draft="n2")
    with pytest.raises(FieldErrors):
        new_date(db, "2026-11-26", draft="n3")
    assert (item(db).dates_moved, item(db).due, item(db).first_due) == (2, date(2026, 11, 26), date(2026, 11, 26))
    hand_over(db, DEV)
    done(db, person_id=DEV)
    assert item(db).dates_moved == 2


def test_an_edit_corrects_the_first_day_until_it_has_been_moved(db: Database) -> None:
    submit(db)
    submit(db, due="2026-11-27")
    assert (item(db).dates_moved, item(db).first_due) == (0, date(2026, 11, 27))
    new_date(db, "2026-12-03")
    submit(db, due="2026-12-04")
    assert (item(db).due, item(db).dates_moved, item(db).first_due) == (date(2026, 12, 4), 2, date(2026, 11, 27))


def test_an_edit_after_a_hand_over_is_about_the_present_owner_and_date(db: Database) -> None:
    """The first owner has left, it is due another day, and the day of the form has passed."""
    submit(db)
    hand_over(db, DEV)
    new_date(db, "2026-12-03", by=DEV)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", left=True))
    submit(db, what="Relabel April", at=NOW + timedelta(days=7))
    assert (item(db).what, item(db).owner_id, item(db).due) == ("Relabel April", DEV, date(2026, 12, 3))


def test_an_old_form_delivered_late_does_not_undo_what_came_after(db: Database) -> None:
    submit(db)
    new_date(db, "2026-12-03")
    submit(db)
    new_date(db, "2026-12-10", draft="n2")
    new_date(db, "2026-12-03")
    hand_over(db, DEV)
    hand_over(db, CHLOE, by=DEV, draft="h2")
    hand_over(db, DEV)
    assert (item(db).due, item(db).owner_id) == (date(2026, 12, 10), CHLOE)


def test_done_twice_is_done_once(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    before = [row.wanted for row in owed(db, "action")]
    done(db, person_id=ANA)
    assert item(db).state is ActionState.DONE
    assert [row.wanted for row in owed(db, "action")] == before


@pytest.mark.parametrize("person_id", [DEV, CHLOE])
def test_only_owner_and_asker_change_it(db: Database, person_id: str) -> None:
    submit(db)
    for change in (
        partial(done, db, person_id=person_id),
        partial(new_date, db, "2026-12-03", by=person_id),
        partial(hand_over, db, DEV, by=person_id),
        partial(
            action_changes.change_form, db, workspace_id=WORKSPACE, item_id=1, move=Move.NEW_DATE, person_id=person_id
        ),
    ):
        with pytest.raises(NotYourAction, match=r"Ben.*Ana.*A-1"):
            change()


@pytest.mark.parametrize(
    "change",
    [
        partial(new_date, due="2026-12-03"),
        partial(hand_over, owner=DEV),
        partial(submit, what="Relabel April"),
        partial(action_changes.change_form, workspace_id=WORKSPACE, item_id=1, move=Move.NEW_DATE, person_id=BEN),
        partial(action_changes.change_form, workspace_id=WORKSPACE, item_id=1, move=Move.HAND_OVER, person_id=BEN),
    ],
)
def test_nothing_moves_what_is_done(db: Database, change: partial[object]) -> None:
    submit(db)
    done(db, person_id=BEN)
    before = item(db)
    with pytest.raises(AlreadyDone, match="A-1"):
        change(db)
    assert item(db) == before


def test_a_new_owner_is_told_and_every_message_follows(db: Database) -> None:
    submit(db)
    hand_over(db, DEV)
    assert item(db).owner_id == DEV
    assert {row.person_id: row.wanted for row in owed(db, "action")} == {ANA: 2, BEN: 2}
    assert readers(db, "action_news") == [DEV]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": " "}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"owner": GONE}, "owner"),
        ({"owner": "UBOT"}, "owner"),
        ({"due": "2026-11-19"}, "due"),
        ({"due": "2200-01-01"}, "due"),
        ({"due": "9999-12-31"}, "due"),
    ],
)
def test_a_mistake_is_marked_on_its_field_and_nothing_is_recorded(
    db: Database, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldErrors) as caught:
        submit(db, **given)
    assert list(caught.value.fields) == [field]
    assert readers(db, "action") == []


def test_it_can_be_due_today_on_the_owners_own_calendar(db: Database) -> None:
    submit(db, due="2026-11-20")
    new_date(db, "2026-11-23")
    new_date(db, "2026-11-20", draft="n3")
    with pytest.raises(FieldErrors, match="has passed"):
        new_date(db, "2026-11-19", draft="n2")


def test_the_last_day_it_can_be_due_is_two_years_ahead(db: Database) -> None:
    submit(db, due="2028-11-20")
    with pytest.raises(FieldErrors, match="Did you mean 2028"):
        new_date(db, "2028-11-21")
    assert item(db).due == date(2028, 11, 20)


def test_nobody_who_left_gets_it(db: Database) -> None:
    submit(db)
    with pytest.raises(FieldErrors) as caught:
        hand_over(db, GONE)
    assert "no longer" in caught.value.fields["owner"]


def test_an_owner_outside_a_private_channel_is_warned_about_and_audited(db: Database) -> None:
    assert [each.id for each in submit(db, by=BEN, channel=PRICING, owner=DEV)] == [DEV]
    assert readers(db, "action") == []
    submit(db, by=BEN, channel=PRICING, owner=DEV, confirmed=[DEV])
    assert [each.id for each in hand_over(db, ANA)] == [ANA]
    assert item(db).owner_id == DEV
    hand_over(db, ANA, confirmed=[ANA])
    assert [each for each in audited(db) if each[0] == "outsider named"] == [("outsider named", "A-1", BEN)] * 2


@pytest.mark.parametrize(("reader", "sees"), [(BEN, True), (CHLOE, True), (DEV, True), (ANA, False), ("U404", False)])
def test_a_private_item_is_seen_by_members_and_the_named(db: Database, reader: str, *, sees: bool) -> None:
    submit(db, by=BEN, channel=PRICING, owner=DEV, confirmed=[DEV])
    find = partial(action_cards.numbered, db, workspace_id=WORKSPACE, reader_id=reader, now=NOW)
    if sees:
        assert find(number=1).place == ("a private channel" if reader == DEV else "#pricing")
        return
    with pytest.raises(NoSuchAction) as hidden:
        find(number=1)
    with pytest.raises(NoSuchAction) as unknown:
        find(number=2)
    assert str(hidden.value).replace("A-1", "A-2") == str(unknown.value)


def test_an_item_of_a_channel_muster_left_can_still_be_handed_over(db: Database) -> None:
    submit(db)
    with db.write() as session:
        channels.lose_bot(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert hand_over(db, DEV) == ()
    assert item(db).owner_id == DEV
