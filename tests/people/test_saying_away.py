"""Days typed after the command count on the calendar of whom they are about; what is not certain fills the form."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, update

from domain.days_said import Said
from domain.people import AwayForm
from services import saying_away
from storage.engine import Database
from storage.tables import PersonRow
from tests.team import BEN, WORKSPACE

NEW_YEAR = datetime(2026, 12, 31, 10, 30, tzinfo=UTC)
"""A new year on Kiritimati, and not yet in Samoa."""


def read(db: Database, text: str, zone: str = "Europe/Berlin") -> Said | AwayForm:
    with db.write() as session:
        session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(zone_name=zone))
    return saying_away.read(db, workspace_id=WORKSPACE, actor_id=BEN, person_id=BEN, text=text, now=NEW_YEAR)


@pytest.mark.parametrize(
    ("zone", "text", "first", "last"),
    [
        ("Pacific/Kiritimati", "today", "2027-01-01", "2027-01-01"),
        ("Pacific/Pago_Pago", "today", "2026-12-30", "2026-12-30"),
        ("Pacific/Kiritimati", "until 2 Jan", "2027-01-01", "2027-01-02"),
        ("Pacific/Pago_Pago", "this week", "2026-12-30", "2027-01-03"),
        ("Pacific/Pago_Pago", "30-31 Dec", "2026-12-30", "2026-12-31"),
        ("Europe/Berlin", "30-31 Dec", "2026-12-30", "2026-12-31"),
    ],
)
def test_days_count_on_the_persons_own_calendar(db: Database, zone: str, text: str, first: str, last: str) -> None:
    assert read(db, text, zone) == Said(date.fromisoformat(first), date.fromisoformat(last))


def test_what_is_over_for_the_person_fills_no_days(db: Database) -> None:
    found = read(db, "30-31 Dec", "Pacific/Kiritimati")
    assert isinstance(found, AwayForm)
    assert (found.first, found.last, found.typed, found.reason) == (None, None, "30-31 Dec", "30-31 Dec")


def test_a_part_of_a_day_fills_the_form_with_the_day_and_the_words(db: Database) -> None:
    found = read(db, "tomorrow afternoon")
    assert isinstance(found, AwayForm)
    tomorrow = date(2027, 1, 1)
    assert (found.first, found.last, found.typed, found.reason) == (
        tomorrow,
        tomorrow,
        "tomorrow afternoon",
        "afternoon",
    )
