"""Action items without an owner or a day, on both databases."""

from datetime import UTC, datetime

import pytest

from domain.action_lists import Which
from domain.action_states import HasDate, HasOwner
from domain.actions import NoSuchAction
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import absences, action_cards, action_changes, action_reminders
from storage.engine import Database
from surface.actions import action_message, reminder_message
from tests.actions.items import done, hand_over, item, submit
from tests.actions.test_action_lists import listed
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, audited, owed, readers

AFTER_TWO_DAYS = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""Two of Ana's working days later."""


def take(db: Database, person_id: str) -> None:
    action_changes.take(db, workspace_id=WORKSPACE, item_id=1, person_id=person_id, now=NOW)


def set_date(db: Database, by: str, due: str = "2026-12-03", *, draft: str = "s1") -> None:
    action_changes.set_date(db, sent=Submission(WORKSPACE, by, draft, {"due": due}), item_id=1, now=NOW)


def shown(db: Database, reader: str = ANA) -> str:
    card = action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=reader, number=1, now=NOW)
    message = action_message(card, reader, is_out=True)
    assert message
    return f"{message.text}\n{message.blocks}"


def test_without_owner_and_day_it_is_listed_for_all_in_its_channel_until_it_has_both(db: Database) -> None:
    submit(db, owner="", due="")
    assert "has no owner and no date yet" in shown(db)
    for reader in (ANA, BEN, DEV):
        assert listed(db, Which.ALL, reader) == {"orphans": ["A-1"]}
    take(db, BEN)
    assert listed(db, Which.ORPHANS, DEV) == {"orphans": ["A-1"]}
    assert listed(db, Which.ALL, BEN) == {"mine": ["A-1"]}
    set_date(db, DEV)
    assert listed(db, Which.ORPHANS, DEV) == {}
    found = item(db)
    assert (found.owner_id, f"{found.due}", f"{found.first_due}", found.dates_moved) == (BEN, *["2026-12-03"] * 2, 0)


def test_what_is_missing_alone_is_said(db: Database) -> None:
    submit(db, due="")
    assert "Ben owns it. It has no date yet." in shown(db)
    submit(db, draft="d2", owner="")
    card = action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=ANA, number=2, now=NOW)
    message = action_message(card, ANA, is_out=True)
    assert message
    assert "It has no owner yet." in message.text


def test_whoever_takes_it_first_has_it(db: Database) -> None:
    submit(db, owner="")
    take(db, DEV)
    take(db, DEV)
    with pytest.raises(HasOwner, match="Dev has A-1 by now"):
        take(db, BEN)
    assert readers(db, "action") == [ANA, DEV]
    assert "Dev took it" in shown(db)
    assert [what for what, _, _ in audited(db)] == ["action item recorded", "action item taken"]
    assert not item(db).waits_to_be_accepted


def test_whoever_sets_the_day_first_sets_it_and_its_owner_is_told(db: Database) -> None:
    submit(db, due="")
    set_date(db, DEV)
    set_date(db, DEV)
    with pytest.raises(HasDate, match="due on Thu 3 Dec 2026"):
        set_date(db, ANA, draft="s2")
    assert readers(db, "action_news") == [BEN]
    assert "Dev set it to be due on Thu 3 Dec 2026" in shown(db)


def test_its_first_day_has_not_passed(db: Database) -> None:
    submit(db, due="")
    with pytest.raises(FieldErrors):
        set_date(db, DEV, "2026-11-19")


def test_whoever_asked_chooses_an_owner_without_a_reason(db: Database) -> None:
    submit(db, owner="")
    hand_over(db, BEN, by=ANA, why="")
    assert item(db).owner_id == BEN
    assert readers(db, "action_news") == [BEN]
    assert "Ana gave it to Ben" in shown(db)


def test_in_a_private_channel_only_its_members_may_take_it(db: Database) -> None:
    submit(db, by=CHLOE, channel=PRICING, owner="", due="")
    assert listed(db, Which.ORPHANS, DEV) == {}
    assert listed(db, Which.ORPHANS, BEN) == {"orphans": ["A-1"]}
    for move in (take, set_date):
        with pytest.raises(NoSuchAction):
            move(db, DEV)
    take(db, BEN)


def test_once_done_nobody_takes_it(db: Database) -> None:
    submit(db, owner="", due="")
    done(db, person_id=ANA)
    with pytest.raises(Exception, match="A-1 is already done"):
        take(db, BEN)
    assert listed(db, Which.ORPHANS) == {}


def test_whoever_asked_is_reminded_once_after_two_working_days(db: Database) -> None:
    submit(db, owner="", due="2026-12-10")
    assert action_reminders.remind_due(db, now=NOW) == 0
    assert action_reminders.remind_due(db, now=AFTER_TWO_DAYS) == 1
    (reminder,) = owed(db, "action_due")
    assert reminder.person_id == ANA
    card = action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=ANA, number=1, now=AFTER_TWO_DAYS)
    message = reminder_message(card, ANA, reminder.part, is_out=False)
    assert message
    assert "has no owner yet" in message.text
    assert item(db).due
    assert action_reminders.remind_due(db, now=datetime(2026, 12, 11, 15, tzinfo=UTC)) == 0


def test_handed_over_to_whoever_is_away_it_reminds_nobody_a_second_time(db: Database) -> None:
    submit(db, due="")
    action_reminders.remind_due(db, now=AFTER_TWO_DAYS)
    assert readers(db, "action_due") == [ANA]
    absences.away(
        db, workspace_id=WORKSPACE, person_id=DEV, first="2026-11-19", last="2026-11-27", draft_id="w1", now=NOW
    )
    hand_over(db, DEV, confirmed=["away"])
    assert item(db).owner_id == DEV
    assert action_reminders.remind_due(db, now=datetime(2026, 12, 2, 15, tzinfo=UTC)) == 1
    assert readers(db, "action_due") == [ANA]


def test_with_both_its_owner_is_reminded_as_of_any_other(db: Database) -> None:
    submit(db, owner="", due="2026-11-26")
    take(db, BEN)
    action_reminders.remind_due(db, now=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert readers(db, "action_due") == [BEN]
