"""What had ended and is owed anew is as if it had not ended."""

from datetime import timedelta

import pytest

from domain.deliveries import TOO_LATE, Outcome
from storage.engine import Database
from tests.owed import NOW, card, claim, in_trouble, owe, owe_again, row, settle

LATER = NOW + timedelta(minutes=1)


@pytest.mark.parametrize("ended", ["refused: is_archived", "nothing to show", TOO_LATE])
def test_a_new_cause_takes_back_how_it_had_ended(db: Database, ended: str) -> None:
    owe(db, card())
    settle(db, *(Outcome(each, shown=each.wanted, ended=ended) for each in claim(db)))
    owe(db, card(), now=LATER)
    assert row(db, card()).ended is None
    assert in_trouble(db, LATER) == [], "nobody is told of a refusal while it is tried again"


def test_what_is_only_brought_up_to_date_goes_on_being_refused(db: Database) -> None:
    owe(db, card())
    settle(db, *(Outcome(each, shown=each.wanted, ended="refused: is_archived") for each in claim(db)))
    owe_again(db, card(), now=LATER)
    assert row(db, card()).ended == "refused: is_archived"
