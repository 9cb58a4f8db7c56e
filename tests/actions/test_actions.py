"""The use cases of action items, on both databases."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from domain.actions import (
    ActionItem,
    ActionSheet,
    ActionState,
    AlreadyDone,
    NoBlocker,
    NoSuchAction,
    NotYourAction,
)
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import action_cards, action_changes, action_reminders, actions
from storage import actions as stored
from storage import channels, people
from storage.engine import Database
from tests.records import run
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, GONE, NOW, PRICING, WORKSPACE, audited, owed, readers, settle

FORM = {"what": "Relabel March", "owner": BEN, "due": "2026-11-26"}
HOUR = timedelta(hours=1)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def submit(
    db: Database,
    *,
    by: str = ANA,
    draft: str = "d1",
    channel: str = FORECAST,
    blocker_id: int | None = None,
    confirmed: Iterable[str] = (),
    at: datetime = NOW,
    **given: str,
) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, FORM | given, list(confirmed))
    return actions.submit(db, sent=sent, channel_id=channel, blocker_id=blocker_id, now=at)


def item(db: Database, number: int = 1) -> ActionItem:
    with db.read() as session:
        found = stored.item(session, workspace_id=WORKSPACE, item_id=number)
        assert found
        return found


done = partial(action_changes.done, workspace_id=WORKSPACE, item_id=1, now=NOW)


def new_date(db: Database, due: str, *, by: str = BEN, draft: str = "n1") -> None:
    action_changes.new_date(db, sent=Submission(WORKSPACE, by, draft, {"due": due}), item_id=1, now=NOW)


def hand_over(
    db: Database, owner: str, *, by: str = BEN, draft: str = "h1", confirmed: Iterable[str] = ()
) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, {"owner": owner}, list(confirmed))
    return action_changes.hand_over(db, sent=sent, item_id=1, now=NOW)


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
    with pytest.raises(AlreadyDone, match="A-1"):
        new_date(db, "2026-12-03")


@pytest.mark.parametrize("person_id", [DEV, CHLOE])
def test_only_owner_and_asker_change_it(db: Database, person_id: str) -> None:
    submit(db)
    for change in (
        partial(done, db, person_id=person_id),
        partial(new_date, db, "2026-12-03", by=person_id),
        partial(hand_over, db, DEV, by=person_id),
        partial(action_changes.change_form, db, workspace_id=WORKSPACE, item_id=1, person_id=person_id),
    ):
        with pytest.raises(NotYourAction, match=r"Ben.*Ana.*A-1"):
            change()


def test_a_new_owner_is_told_and_every_message_follows(db: Database) -> None:
    submit(db)
    hand_over(db, DEV)
    assert item(db).owner_id == DEV
    assert {row.person_id: row.wanted for row in owed(db, "action")} == {ANA: 2, BEN: 2}
    assert readers(db, "action_news") == [ANA, DEV]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": " "}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"owner": GONE}, "owner"),
        ({"owner": "UBOT"}, "owner"),
        ({"due": ""}, "due"),
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
    new_date(db, "2026-11-20")
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
    assert audited(db) == [("outsider named", "A-1", BEN)] * 2


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


def test_a_list_has_what_is_mine_and_what_i_wait_for(db: Database) -> None:
    submit(db)
    submit(db, draft="d2", owner=ANA)
    submit(db, draft="d3", by=BEN, owner=ANA)
    found = action_cards.listing(db, workspace_id=WORKSPACE, person_id=ANA, now=NOW)
    assert [card.item.name for card in found.mine] == ["A-2", "A-3"]
    assert [card.item.name for card in found.waiting_for] == ["A-1"]


SOON = datetime(2026, 11, 25, 8, tzinfo=UTC)
OVERDUE = datetime(2026, 11, 27, 8, tzinfo=UTC)


def parts(db: Database) -> list[str]:
    return [f"{row.person_id} {row.part}" for row in owed(db, "action_due")]


def test_the_owner_hears_the_working_day_before_and_once_when_overdue(db: Database) -> None:
    submit(db)
    for at in (SOON - HOUR, SOON, SOON + HOUR, OVERDUE - HOUR, OVERDUE, OVERDUE + HOUR, OVERDUE + 100 * HOUR):
        action_reminders.remind_due(db, now=at)
    assert parts(db) == [f"{BEN} overdue:2026-11-26", f"{BEN} soon:2026-11-26"]


def test_a_done_item_needs_no_reminder(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    assert action_reminders.remind_due(db, now=OVERDUE) == 0


def test_the_new_owner_is_reminded_on_their_own_morning(db: Database) -> None:
    submit(db)
    hand_over(db, DEV)
    assert action_reminders.remind_due(db, now=SOON) == 0
    action_reminders.remind_due(db, now=SOON + 9 * HOUR)
    assert parts(db) == [f"{DEV} soon:2026-11-26"]


def test_a_new_date_brings_new_reminders(db: Database) -> None:
    submit(db)
    action_reminders.remind_due(db, now=SOON)
    new_date(db, "2026-12-03")
    action_reminders.remind_due(db, now=SOON + timedelta(days=7))
    assert parts(db) == [f"{BEN} soon:2026-11-26", f"{BEN} soon:2026-12-03"]


def test_after_a_stop_one_reminder_says_how_things_are_in_working_hours(db: Database) -> None:
    submit(db)
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    while action_reminders.remind_due(db, now=saturday):
        continue
    assert parts(db) == []
    action_reminders.remind_due(db, now=saturday + timedelta(days=2))
    assert parts(db) == [f"{BEN} overdue:2026-11-26"]


def test_of_an_owner_who_left_the_asker_hears(db: Database) -> None:
    submit(db)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", left=True))
    action_reminders.remind_due(db, now=SOON + 5 * HOUR)
    assert parts(db) == [f"{ANA} soon:2026-11-26"]


def blocker_form(db: Database, person_id: str) -> ActionSheet:
    return actions.blocker_form(db, workspace_id=WORKSPACE, person_id=person_id, blocker_id=1, now=NOW)


def test_an_unknown_blocker_has_a_sentence(db: Database) -> None:
    with pytest.raises(NoBlocker, match="/action"):
        blocker_form(db, ANA)


def test_whoever_left_a_private_channel_neither_reads_its_blockers_nor_acts_on_them(db: Database) -> None:
    run(db, channel=PRICING, blocker="No GPUs")
    assert blocker_form(db, BEN).given["what"] == "No GPUs"
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=NOW)
    with pytest.raises(NoBlocker):
        blocker_form(db, BEN)
    with pytest.raises(NoBlocker):
        submit(db, by=BEN, channel=PRICING, blocker_id=1)
    submit(db, by=CHLOE, channel=PRICING, blocker_id=1, confirmed=[BEN])
    with pytest.raises(NoBlocker):
        blocker_form(db, BEN)


def test_whoever_is_named_in_a_blocker_may_act_on_it_from_outside(db: Database) -> None:
    run(db, channel=PRICING, blocker="No GPUs")
    with db.read() as session:
        blocker = stored.blocker(session, workspace_id=WORKSPACE, blocker_id=1)
    assert blocker
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    sheet = blocker_form(db, blocker.raised_by)
    assert (sheet.given["what"], sheet.place) == ("No GPUs", "a private channel")


def test_an_item_of_a_channel_muster_left_can_still_be_handed_over(db: Database) -> None:
    submit(db)
    with db.write() as session:
        channels.lose_bot(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert hand_over(db, DEV) == ()
    assert item(db).owner_id == DEV
