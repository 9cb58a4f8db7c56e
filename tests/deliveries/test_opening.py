"""Direct messages that were never opened: as many are opened as Slack takes, and nobody else waits for them."""

from datetime import timedelta

import pytest

from domain.deliveries import Delivery
from services.deliveries import OPENING, PACES
from storage import people
from storage.engine import Database
from storage.tables import PersonRow
from tests.owed import NOW, SECOND, card, claim, owe, prompt, sent, settle

MANY = 60
MINUTE = timedelta(minutes=1)


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as session:
        people.save_workspace(session, workspace_id="T1", name="T1", url="https://northlight.slack.com/")
        for number in range(1, MANY + 1):
            session.add(PersonRow(workspace_id="T1", id=f"U{number}", name=f"U{number}"))
    return database


def claimed(db: Database, seconds: int) -> list[Delivery]:
    """What is claimed at that second, and sent."""
    now = NOW + seconds * SECOND
    found = claim(db, now, paces=PACES)
    settle(db, *(sent(each) for each in found), now=now)
    return found


def test_no_more_are_opened_at_once_than_slack_takes_and_each_gets_its_own_message_once(db: Database) -> None:
    owe(db, *(prompt(number) for number in range(1, MANY + 1)))
    second: dict[str, int] = {}
    for at in range(2 * 60):
        for each in claimed(db, at):
            assert each.subject.person_id not in second
            second[each.subject.person_id] = at
    assert len(second) == MANY
    in_first_minute = sum(at < 60 for at in second.values())
    assert OPENING.burst < in_first_minute <= OPENING.burst + OPENING.rate * 60 + 1
    assert max(second.values()) <= (MANY - OPENING.burst) / OPENING.rate + 3


def test_those_who_were_written_to_before_and_channels_do_not_wait_for_them(db: Database) -> None:
    with db.write() as session:
        people.save_direct_channels(session, workspace_id="T1", channels={f"U{MANY}": "D1"})
    owe(db, *(prompt(number) for number in range(1, MANY)))
    for at in range(5):
        claimed(db, at)
    owe(db, prompt(MANY), card(), now=NOW + 5 * SECOND)
    assert {each.subject.key for each in claimed(db, 5)} >= {prompt(MANY).key, card().key}
