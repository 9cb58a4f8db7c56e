"""What somebody who leaves looked after is offered to the next person in one message, and listed until it is taken."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import update

from domain.action_lists import Asked, Which
from domain.decision_refusals import NotYourDecision
from domain.decision_states import DecisionState
from domain.deliveries import Kind
from domain.errors import UserError
from domain.left_behind import LeftBehind, TakenAlready
from domain.people import Role
from services import action_lists, erasing, home, leavers, sync, verdicts
from storage import decisions, people
from storage.engine import Database
from storage.tables import DeliveryRow
from surface.action_list import list_answer
from surface.decision_list import list_answer as decisions_answer
from surface.home import home_page
from surface.left_behind import SHOWN, left_message
from tests.actions.items import item
from tests.databases import listening
from tests.messages import said
from tests.nasty import TEXTS
from tests.records import action, decision, version
from tests.surface.views import check_message, labels
from tests.team import ANA, BEN, CHLOE, DEV, GONE, NOW, PRICING, WORKSPACE, audited, owed, readers, settle

offer = partial(said, kind=Kind.LEFT, now=NOW)
PROPOSED = DecisionState.PROPOSED


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def leave(db: Database, person_id: str, *, back: bool = False) -> None:
    with db.read() as session:
        person = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert person
    sync.save_person(db, person=replace(person, left=not back), now=NOW)


def lead(db: Database, person_id: str) -> None:
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        people.set_up_person(session, person=replace(known[person_id], role=Role.LEAD))


def drive(db: Database, person_id: str) -> None:
    with db.write() as session:
        (found,) = decisions.decisions(session, workspace_id=WORKSPACE, ids=[1]).values()
        decisions.set_driver(session, decision=found.driven_by(person_id))


def driver(db: Database) -> str:
    with db.read() as session:
        return decisions.decisions(session, workspace_id=WORKSPACE, ids=[1])[1].driver_id


def take(db: Database, person_id: str) -> None:
    leavers.take_decision(db, workspace_id=WORKSPACE, decision_id=1, person_id=person_id, now=NOW)


def take_item(db: Database, person_id: str) -> None:
    leavers.take_item(db, workspace_id=WORKSPACE, item_id=1, person_id=person_id, now=NOW)


def test_all_that_one_person_leaves_comes_in_one_message(db: Database) -> None:
    for number in (1, 2):
        decision(db, number=number, state=PROPOSED, by=CHLOE, approver=BEN)
        action(db, number=number, owner=BEN)  # Chloe has asked for it.
    leave(db, BEN)
    leave(db, BEN)
    told = "Ben has left, and 4 things of theirs wait for somebody: D-1, D-2, A-1 and A-2."
    assert offer(db) == {CHLOE: [f"{told} Please take them over, or choose somebody else."]}


def test_what_a_driver_leaves_is_offered_to_whoever_recorded_it_and_taken_with_its_text_as_it_was(db: Database) -> None:
    decision(db, state=PROPOSED, by=ANA, approver=CHLOE)
    drive(db, BEN)
    leave(db, BEN)
    assert list(offer(db)) == [ANA]
    before = version(db)
    take(db, ANA)
    take(db, ANA)
    assert (driver(db), version(db)) == (ANA, before)
    assert [line for line in audited(db) if line[0] == "decision taken over"] == [("decision taken over", "D-1", ANA)]
    assert offer(db) == {}
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=before, person_id=CHLOE, now=NOW)


def test_when_its_recorder_has_left_too_whoever_looks_after_the_channel_takes_it(db: Database) -> None:
    lead(db, CHLOE)
    decision(db, state=PROPOSED, by=ANA, approver=DEV)
    leave(db, ANA)
    assert list(offer(db)) == [CHLOE]
    with pytest.raises(NotYourDecision, match="Only Chloe, who looks after it, can edit D-1"):
        take(db, BEN)
    take(db, CHLOE)
    assert driver(db) == CHLOE


def test_of_two_who_press_at_once_one_has_it_and_the_other_hears_who(db: Database) -> None:
    action(db, owner=BEN)
    leave(db, BEN)
    lead(db, DEV)
    lead(db, ANA)
    leave(db, CHLOE)

    def press(person_id: str) -> str:
        try:
            take_item(db, person_id)
        except TakenAlready as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, (DEV, ANA)))
    owner = item(db).owner_id
    assert told == ["", f"A-1 is with {owner[1:].capitalize()} now, so there is nothing to take over."]
    take_item(db, owner)
    assert len(item(db).steps) == 1


@pytest.mark.parametrize("press", [take, take_item])
def test_nobody_takes_what_its_people_still_have(db: Database, press: Any) -> None:
    decision(db, state=PROPOSED, by=ANA, approver=CHLOE)
    drive(db, BEN)
    action(db, owner=BEN)
    with pytest.raises(TakenAlready, match=r"-1 is with Ben now"):
        press(db, ANA if press is take else CHLOE)
    leave(db, BEN)
    leave(db, BEN, back=True)
    with pytest.raises(TakenAlready):
        press(db, ANA if press is take else CHLOE)


@pytest.mark.parametrize("press", [take, take_item])
def test_whoever_may_not_see_it_is_not_told_that_it_waits(db: Database, press: Any) -> None:
    lead(db, DEV)
    decision(db, channel=PRICING, state=PROPOSED, by=BEN, approver=BEN)
    action(db, channel=PRICING, owner=BEN)
    leave(db, CHLOE)
    leave(db, BEN)
    assert owed(db, "left") == [row for row in owed(db, "left") if row.person_id == CHLOE]
    with pytest.raises(UserError, match="behind this button that you can see"):
        press(db, DEV)
    assert listed(db, DEV).count == 0


def listed(db: Database, person_id: str) -> LeftBehind:
    return leavers.listed(db, workspace_id=WORKSPACE, reader_id=person_id, now=NOW)


def shown(db: Database, person_id: str) -> list[str]:
    """In `/decision list`, in `/action list`, and on Home."""
    found = home.card(db, workspace_id=WORKSPACE, person_id=person_id, now=NOW)
    items = action_lists.listing(db, workspace_id=WORKSPACE, reader_id=person_id, asked=Asked(Which.ALL), now=NOW)
    cards = listed(db, person_id).decisions
    return [
        str(decisions_answer(cards, left=cards)["blocks"] if cards else ""),
        str(list_answer(items)["blocks"]),
        str(home_page(found)["blocks"]),
    ]


def test_it_is_listed_until_it_is_taken(db: Database) -> None:
    decision(db, state=PROPOSED, by=CHLOE, approver=DEV)
    drive(db, BEN)
    action(db, owner=BEN)
    assert not any("Waiting for somebody" in text for text in shown(db, CHLOE))
    leave(db, BEN)
    for text in shown(db, CHLOE):
        assert "Waiting for somebody" in text
        assert "Take it over" in text
    assert not any("Waiting for somebody" in text for text in shown(db, ANA))
    take(db, CHLOE)
    take_item(db, CHLOE)
    assert not any("Waiting for somebody" in text for text in shown(db, CHLOE))


def test_each_offer_follows_what_becomes_of_it(db: Database) -> None:
    decision(db, state=PROPOSED, by=CHLOE, approver=DEV)
    drive(db, BEN)
    action(db, owner=BEN)
    leave(db, BEN)
    offer(db)
    (wanted,) = [row.wanted for row in owed(db, "left")]
    take(db, CHLOE)
    take_item(db, CHLOE)
    (after,) = [row.wanted for row in owed(db, "left")]
    assert after >= wanted + 2
    found = leavers.of_leaver(db, workspace_id=WORKSPACE, left=f"{BEN}:1", reader_id=CHLOE, now=NOW)
    assert found
    assert left_message(found, is_out=False) is None
    assert told(db, f"{BEN}:1") == "Ben has left, and nothing of theirs waits for you any more."
    leave(db, BEN, back=True)
    assert told(db, f"{BEN}:1") == "Ben is back, and what was offered to you meanwhile is theirs again."


def test_whoever_leaves_once_more_is_told_of_in_a_new_message(db: Database) -> None:
    action(db, owner=BEN)
    leave(db, BEN)
    (first,) = owed(db, "left")
    leave(db, BEN, back=True)
    lead(db, DEV)
    leave(db, BEN)
    leave(db, BEN)
    again = [row for row in owed(db, "left") if row.key != first.key]
    assert [row.person_id for row in again] == [CHLOE]
    assert told(db, again[0].part, is_out=False).startswith("Ben has left, and 1 thing of theirs waits for somebody")
    assert told(db, first.part) == "Ben has been back since, and what was offered to you here was theirs again."
    leave(db, CHLOE)
    assert [row.part for row in owed(db, "left") if row.person_id == DEV] == [again[0].part]


def told(db: Database, left: str, *, is_out: bool = True) -> str:
    """What the message to Chloe about one leaving says."""
    found = leavers.of_leaver(db, workspace_id=WORKSPACE, left=left, reader_id=CHLOE, now=NOW)
    drawn = left_message(found, is_out=is_out) if found else None
    return drawn.text if drawn else ""


def test_what_somebody_left_who_was_erased_is_still_offered(db: Database) -> None:
    action(db, owner=BEN)
    leave(db, BEN)
    with db.write() as session:
        session.execute(update(DeliveryRow).values(ts="1.0", channel="D1"))
    erasing.erase(db, erasing.look(db, typed="Ben").person, now=NOW)
    (row,) = owed(db, "left")
    assert told(db, row.part).startswith("somebody erased has left, and 1 thing of theirs waits for somebody")


def test_the_next_one_hears_when_whoever_it_was_offered_to_leaves_too(db: Database) -> None:
    lead(db, DEV)
    action(db, owner=BEN)
    leave(db, BEN)
    assert readers(db, "left") == [CHLOE]
    leave(db, CHLOE)
    assert readers(db, "left") == [CHLOE, DEV]


@pytest.mark.parametrize("reads", [BEN, DEV])
def test_home_costs_no_more_with_what_is_not_the_readers_to_take(db: Database, reads: str) -> None:
    lead(db, BEN)  # Looks after the channel, where somebody drives each decision.
    leave(db, CHLOE)
    few = many = 0
    for number in range(1, 13):
        decision(db, number=number, state=PROPOSED, by=ANA, approver=GONE)
        if reads == DEV:
            decision(db, number=20 + number, state=PROPOSED, by=GONE, approver=GONE)
            action(db, number=20 + number, owner=GONE)
        few, many = few or statements(db, reads), statements(db, reads)
    assert many == few
    assert listed(db, reads).count == 0
    assert len(listed(db, ANA).decisions) == 12


def statements(db: Database, person_id: str) -> int:
    """How many it takes to draw their Home."""
    found: list[str] = []
    with db.read() as session:
        reading = session.connection().engine
    with listening(reading, "before_cursor_execute", lambda *given: found.append(given[2])):
        assert home.card(db, workspace_id=WORKSPACE, person_id=person_id, now=NOW)
    return len(found)


def test_more_than_a_hundred_that_are_others_hide_none_of_the_readers(db: Database) -> None:
    for number in range(1, 102):
        decision(db, number=number, state=PROPOSED, by=ANA, approver=GONE, at=NOW - timedelta(days=1))
    decision(db, number=102, state=PROPOSED, by=DEV, approver=GONE)
    assert [card.decision.number for card in listed(db, DEV).decisions] == [102]


@pytest.mark.parametrize("text", TEXTS[:4])
def test_however_much_there_is_the_message_fits(db: Database, text: str) -> None:
    for number in range(1, SHOWN + 3):
        decision(db, number=number, state=PROPOSED, by=CHLOE, approver=BEN)
        action(db, number=number, owner=BEN)
    leave(db, BEN)
    found = listed(db, CHLOE)
    with db.read() as session:
        ben = people.people(session, workspace_id=WORKSPACE)[BEN]
    named = replace(ben, name=text[:80].strip() or "x")
    drawn = left_message(replace(found, leaver=named), is_out=False)
    assert drawn
    check_message(drawn)
    assert labels(drawn.blocks).count("Choose approver") == SHOWN
    assert "and 4 more" in str(drawn.blocks)
