"""What Muster sends in a minute, against the numbers Slack gives for each method."""

from datetime import timedelta

import pytest
from sqlmodel import update

from domain.deliveries import Kind, Method, Subject
from services.deliveries import PACES
from storage.engine import Database
from storage.tables import DeliveryRow
from tests.owed import NOW, claim, owe

STEP = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)
MANY = 700


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("method", "most"),
    [(Method.POST, 300), (Method.UPDATE, 50), (Method.HOME, 100)],
    ids=["several hundred posts", "tier 3", "tier 4"],
)
def test_a_minute_of_work_keeps_to_slacks_numbers_and_makes_use_of_them(
    db: Database, method: Method, most: int
) -> None:
    owe(db, *(Subject(Kind.REMINDER, number, person_id=f"U{number}") for number in range(MANY)))
    with db.write() as session:
        session.execute(update(DeliveryRow).values(method=method.value))
    at_once = len(claim(db, limit=MANY, paces=PACES))
    counts = [len(claim(db, NOW + turn * STEP, limit=MANY, paces=PACES)) for turn in range(1, 25)]
    assert at_once <= most / 2, "what comes after a rest leaves room for the same minute"
    assert 0.8 * most <= sum(counts[12:]) <= most
    assert at_once + sum(counts[:12]) <= 1.5 * most
