"""An owner puts the reminders of an action item off, and hears of it on the day they chose."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.action_reminders import Snooze
from domain.action_states import AlreadyDone
from domain.actions import NotYourAction
from services import action_cards, action_reminders
from storage.engine import Database
from surface.actions import reminder_message
from tests.actions.items import HOUR, done, hand_over, item, new_date, snooze, submit
from tests.team import ANA, BEN, DEV, WORKSPACE, audited, owed

SOON = datetime(2026, 11, 25, 8, tzinfo=UTC)
OVERDUE = datetime(2026, 11, 27, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def parts(db: Database) -> list[str]:
    return [f"{row.person_id} {row.part}" for row in owed(db, "action_due")]


def out(db: Database, part: str, now: datetime) -> str:
    """What a reminder that is out says by now."""
    found = action_cards.readable(db, workspace_id=WORKSPACE, item_id=1, reader_id=BEN, now=now)
    message = reminder_message(found, BEN, part, is_out=True) if found else None
    assert message
    return message.text


def test_whoever_puts_it_off_hears_of_it_on_that_day_and_not_before(db: Database) -> None:
    submit(db)
    action_reminders.remind_due(db, now=SOON)
    snooze(db, now=SOON + HOUR)
    monday = SOON + 5 * DAY
    for at in (OVERDUE, monday - HOUR):
        assert action_reminders.remind_due(db, now=at) == 0
    assert out(db, "soon:2026-11-26:", OVERDUE) == (
        "Not now: you hear of A-1: Relabel March again on Mon 30 Nov 2026. It was due on Thu 26 Nov 2026."
    )
    for at in (monday, monday + HOUR, monday + 5 * DAY):
        action_reminders.remind_due(db, now=at)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:2026-11-30", f"{BEN} soon:2026-11-26:"]


def test_one_put_off_until_before_it_is_overdue_still_says_so_then(db: Database) -> None:
    submit(db)
    snooze(db, choice=Snooze.DAY, now=SOON)
    for at in (SOON, SOON + DAY, OVERDUE):
        action_reminders.remind_due(db, now=at)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:2026-11-26", f"{BEN} soon:2026-11-26:2026-11-26"]


def test_the_same_choice_twice_is_one_and_nobody_else_is_told(db: Database) -> None:
    submit(db)
    for _ in range(2):
        snooze(db, now=SOON)
    assert [what for what, _, _ in audited(db)] == ["action item recorded", "action item snoozed"]
    assert owed(db, "action_news") == []
    assert item(db).steps == ()


def test_a_new_date_and_a_new_owner_end_it(db: Database) -> None:
    submit(db)
    snooze(db, now=SOON)
    new_date(db, "2026-12-03")
    assert item(db).snoozed_until is None
    snooze(db, now=SOON)
    hand_over(db, DEV)
    assert item(db).snoozed_until is None


def test_only_its_owner_puts_an_open_one_off(db: Database) -> None:
    submit(db)
    with pytest.raises(NotYourAction, match="Only Ben, who owns it, can change A-1"):
        snooze(db, person_id=ANA, now=SOON)
    done(db, person_id=BEN)
    with pytest.raises(AlreadyDone):
        snooze(db, now=SOON)


def test_it_is_late_in_lists_all_the_same(db: Database) -> None:
    submit(db)
    snooze(db, now=OVERDUE)
    assert item(db).is_overdue(OVERDUE.date())
