"""Several action items changed at once, all or none, on both databases."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, delete

from domain.action_bulk import BulkNews, NothingChanged
from domain.action_states import Move
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from sandbox.blockkit.problems import problems_of_message, problems_of_view
from sandbox.client import eventually
from schedules.worker import Worker
from services import action_bulk
from storage.channels import FRESH
from storage.engine import Database
from storage.tables import DeliveryRow
from surface.action_bulk import bulk_message, how_form, which_form
from surface.kit import Message
from surface.slack import Slack
from tests.actions.items import done, item, submit
from tests.nasty import TEXTS
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, audited, owed, readers

READER: dict[str, Any] = {"workspace_id": WORKSPACE, "now": NOW}


def change(
    db: Database,
    move: Move,
    *ids: int,
    by: str = ANA,
    draft: str = "b1",
    confirmed: tuple[str, ...] = (),
    **given: str,
) -> tuple[Person, ...]:
    values = {**given, "items": ",".join(map(str, ids)), "move": str(move)}
    sent = Submission(WORKSPACE, by, draft, values, list(confirmed))
    return action_bulk.change(db, sent=sent, ids=ids, move=move, now=NOW)


def three(db: Database) -> None:
    """Ana asks Ben for the first two, and Dev for the third."""
    for number, owner in enumerate((BEN, BEN, DEV), start=1):
        submit(db, draft=f"d{number}", owner=owner, what=f"Task {number}")


def told(db: Database, reader: str, draft: str = "b1") -> Message:
    (row,) = [row for row in owed(db, "actions_news") if row.person_id == reader and row.part.endswith(f":{draft}")]
    return bulk_message(action_bulk.told(db, **READER, news=BulkNews.read(row.part), reader_id=reader))


def states(db: Database) -> list[str]:
    return [item(db, number).state.value for number in (1, 2, 3)]


def test_all_are_done_at_once_and_each_concerned_reads_one_message(db: Database) -> None:
    three(db)
    change(db, Move.DONE, 1, 2, 3)
    change(db, Move.DONE, 1, 2, 3)
    assert states(db) == ["done"] * 3
    assert readers(db, "actions_news") == [BEN, DEV]
    assert readers(db, "action_news") == []
    assert told(db, BEN).text.splitlines() == [
        "Ana marked 2 action items as done.",
        "A-1 Task 1 · Ben · done",
        "A-2 Task 2 · Ben · done",
    ]
    assert [what for what, _, _ in audited(db)].count("action item done") == 3


def test_one_that_cannot_be_changed_leaves_all_as_they_were_and_is_named(db: Database) -> None:
    three(db)
    done(db, item_id=2, person_id=BEN)
    with pytest.raises(NothingChanged, match="A-2 is already done"):
        change(db, Move.DROP, 1, 2, 3, why="Cancelled")
    assert states(db) == ["open", "done", "open"]
    with pytest.raises(NothingChanged, match="can change A-3"):
        change(db, Move.DONE, 1, 3, by=BEN)
    assert states(db) == ["open", "done", "open"]
    assert readers(db, "actions_news") == []


def test_all_are_moved_to_a_day_that_is_one_for_each_owner(db: Database) -> None:
    three(db)
    change(db, Move.NEW_DATE, 1, 3, due="2026-12-03")
    assert [(f"{item(db, each).due}", item(db, each).dates_moved) for each in (1, 2, 3)] == [
        ("2026-12-03", 1),
        ("2026-11-26", 0),
        ("2026-12-03", 1),
    ]
    change(db, Move.NEW_DATE, 1, 2, due="2026-12-03", draft="b2")
    assert item(db, 1).dates_moved == 1, "it was due that day already"
    with pytest.raises(FieldErrors):
        change(db, Move.NEW_DATE, 1, 2, due="2026-11-01", draft="b3")


def test_what_was_so_already_is_not_told_as_changed(db: Database) -> None:
    three(db)
    change(db, Move.NEW_DATE, 1, 3, due="2026-12-03")
    for _ in range(2):
        change(db, Move.NEW_DATE, 1, 2, due="2026-12-03", draft="b2")
    assert told(db, BEN, "b2").text.splitlines() == [
        "Ana gave an action item another date.",
        "A-2 Task 2 · Ben · due Thu 3 Dec 2026",
    ]
    assert [row.wanted for row in owed(db, "actions_news")] == [1, 1, 1], "the same form sent twice changes nothing"


def test_all_are_handed_over_with_one_reason(db: Database) -> None:
    three(db)
    with pytest.raises(FieldErrors):
        change(db, Move.HAND_OVER, 1, 2, owner=CHLOE)
    change(db, Move.HAND_OVER, 1, 2, owner=CHLOE, why="Ben is away")
    assert [item(db, each).owner_id for each in (1, 2, 3)] == [CHLOE, CHLOE, DEV]
    assert readers(db, "actions_news") == [BEN, CHLOE]
    for reader, over in ((BEN, "over"), (CHLOE, "over to you")):
        said = f"Ana handed 2 action items {over}: “Ben is away”\nA-1 Task 1 · Chloe ·"
        assert told(db, reader).text.startswith(said)


def test_of_a_private_channel_an_outsider_is_warned_of_first(db: Database) -> None:
    for number in (1, 2):
        submit(db, by=CHLOE, draft=f"d{number}", channel=PRICING)
    (outsider,) = change(db, Move.HAND_OVER, 1, 2, by=CHLOE, owner=DEV, why="He knows")
    assert (outsider.id, item(db, 1).owner_id) == (DEV, BEN)
    change(db, Move.HAND_OVER, 1, 2, by=CHLOE, owner=DEV, why="He knows", confirmed=(DEV,))
    assert [item(db, each).owner_id for each in (1, 2)] == [DEV, DEV]
    assert [what for what, _, _ in audited(db)].count("outsider named") <= 2


def test_all_are_dropped_with_one_reason(db: Database) -> None:
    three(db)
    with pytest.raises(FieldErrors):
        change(db, Move.DROP, 1, 2)
    change(db, Move.DROP, 1, 2, why="Cancelled")
    assert states(db) == ["dropped", "dropped", "open"]
    assert item(db, 2).dropped_why == "Cancelled"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("move", [Move.DONE, Move.NEW_DATE, Move.HAND_OVER, Move.DROP])
def test_forms_and_messages_are_ones_that_slack_takes(db: Database, move: Move, text: str) -> None:
    what = " ".join(text.replace("\x00", "").split())[:300] or "x"
    for number in range(12):
        submit(db, draft=f"d{number}", what=what)
    ids = list(range(1, 13))
    sheet = action_bulk.form(db, **READER, reader_id=ANA, ids=ids, move=move)
    assert problems_of_view(how_form(sheet, {"shows": "list-mine-0-", "answer": "https://x"})) == []
    assert problems_of_view(which_form(sheet.cards, {"shows": "x", "answer": "https://x"})) == []
    change(db, move, *ids, due="2026-12-03", owner=CHLOE, why=what)
    assert problems_of_message(told(db, BEN).blocks) == []


def test_slack_is_asked_what_a_former_owner_may_see_before_they_are_told(db: Database) -> None:
    """Of a private channel whose members were read too long ago nothing is shown to those not named any longer."""
    for number in (1, 2):
        submit(db, by=CHLOE, draft=f"d{number}", channel=PRICING)
    change(db, Move.HAND_OVER, 1, 2, by=CHLOE, owner=CHLOE, why="Ben is away")
    later, asked = NOW + FRESH + timedelta(minutes=1), set[str]()
    nowhere = Slack("xoxb-1", "http://127.0.0.1:9/api/")
    worker = Worker(db, lambda: later, nowhere, lambda _, person_id: asked.add(person_id), wake=lambda: None, paces={})
    with db.write() as session:
        session.execute(delete(DeliveryRow).where(col(DeliveryRow.kind) != Kind.ACTIONS_NEWS))
    with closing(worker):
        worker.step()
        assert eventually(lambda: asked)
    assert asked == {BEN}
