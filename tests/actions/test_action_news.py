"""Whoever waits for an action item, or works on it, hears what others did with it, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.action_states import Move
from domain.actions import NotYourAction
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Role
from domain.runs import Ritual
from services import action_cards, action_reminders, sync
from storage import channels, people, rituals
from storage.engine import Database
from surface.actions import action_message
from tests.actions.items import accept, done, drop, hand_over, item, new_date, submit
from tests.messages import said
from tests.records import TEMPLATE
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, owed, readers

NEWS = "action_news"
LATER = NOW + timedelta(hours=1)
tell = partial(said, kind=Kind.ACTION_NEWS, now=NOW)
offer = partial(said, kind=Kind.LEFT, now=NOW)


def ask(db: Database, *, by: str = ANA, channel: str = FORECAST, owner: str = BEN) -> None:
    assert submit(db, by=by, channel=channel, owner=owner, confirmed=[DEV, ANA]) == ()


def last_step(db: Database, person_id: str = ANA) -> str:
    """In the one message that whoever asked for it has about it."""
    return said(db, kind=Kind.ACTION, now=NOW)[person_id][0].splitlines()[-1]


def test_the_asker_hears_that_it_is_done(db: Database) -> None:
    ask(db)
    done(db, person_id=BEN)
    assert last_step(db) == "Fri 20 Nov 2026: Ben says that it is done"
    assert owed(db, NEWS) == []


def test_the_asker_reads_all_that_became_of_it_in_one_message(db: Database) -> None:
    ask(db)
    accept(db)
    new_date(db, "2026-12-03")
    hand_over(db, DEV, why="I am on leave")
    new_date(db, "2026-12-10", by=DEV, draft="n2")
    drop(db, by=DEV)
    assert readers(db, "action") == [ANA, BEN]
    assert [(row.person_id, row.part.split(":")[0]) for row in owed(db, NEWS)] == [(DEV, "hand over")]
    found = action_cards.readable(db, workspace_id=WORKSPACE, item_id=1, reader_id=ANA, now=NOW)
    assert found
    shown = action_message(found, ANA, is_out=True)
    assert shown
    assert "A-1: Relabel March is no longer needed, says Dev: “We buy the labels”" in shown.text
    told = str(shown.blocks[1]["elements"][0]["text"]).replace("Fri 20 Nov 2026: ", "")
    assert told.split("\n") == [
        "Dev says that it is no longer needed",
        "Dev moved it from Thu 3 Dec 2026 to Thu 10 Dec 2026",
        "Ben handed it over to Dev: I am on leave",
        "Ben moved it from Thu 26 Nov 2026 to Thu 3 Dec 2026",
        "and 1 before that",
    ]


def test_two_clicks_on_accept_and_on_done_change_each_message_once(db: Database) -> None:
    ask(db)
    accept(db)
    accept(db)
    done(db, person_id=BEN)
    assert [(row.person_id, row.wanted) for row in owed(db, "action")] == [(ANA, 3), (BEN, 3)]


def test_the_owner_hears_what_the_asker_did(db: Database) -> None:
    ask(db)
    new_date(db, "2026-12-03", by=ANA)
    assert tell(db) == {BEN: ["Ana moved A-1: Relabel March to Thu 3 Dec 2026."]}


def test_nobody_is_told_of_their_own_item(db: Database) -> None:
    ask(db, owner=ANA)
    new_date(db, "2026-12-03", by=ANA)
    done(db, person_id=ANA)
    assert owed(db, NEWS) == []


def test_a_hand_over_is_told_to_the_asker_and_the_new_owner(db: Database) -> None:
    ask(db)
    hand_over(db, DEV)
    assert tell(db) == {
        DEV: ["Ben handed A-1: Relabel March over to you: “On leave”\nIt is due on Thu 26 Nov 2026, asked for by Ana."],
    }
    assert item(db).steps[-1].why == "On leave"


def test_whoever_has_a_receipt_reads_there_whom_it_was_handed_to_and_why(db: Database) -> None:
    ask(db)
    hand_over(db, DEV)
    assert last_step(db) == "Fri 20 Nov 2026: Ben handed it over to Dev: On leave"


def test_an_owner_whose_item_is_taken_away_hears_of_it(db: Database) -> None:
    ask(db)
    hand_over(db, DEV, by=ANA)
    assert tell(db)[BEN] == ["Ana handed A-1: Relabel March over to Dev: “On leave”"]


def test_an_asker_who_takes_it_over_gets_no_message_about_it(db: Database) -> None:
    ask(db)
    hand_over(db, ANA, by=ANA)
    assert tell(db) == {BEN: ["Ana took A-1: Relabel March over: “On leave”"]}
    assert readers(db, "action") == [ANA, BEN]


def test_a_former_owner_who_may_not_read_the_channel_is_not_told(db: Database) -> None:
    ask(db, by=CHLOE, channel=PRICING, owner=DEV)
    hand_over(db, BEN, by=CHLOE)
    assert list(tell(db)) == [BEN]


def test_a_former_owner_who_left_the_channel_before_it_was_sent_is_not_told(db: Database) -> None:
    ask(db, by=CHLOE, channel=PRICING)
    hand_over(db, DEV, by=CHLOE, confirmed=[DEV])
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={CHLOE}, at=NOW)
    assert list(tell(db)) == [DEV]


def test_somebody_who_gets_it_back_is_told_again(db: Database) -> None:
    ask(db)
    hand_over(db, DEV)
    hand_over(db, BEN, by=DEV, draft="h2")
    assert tell(db)[BEN] == [
        "Dev handed A-1: Relabel March over to you: “On leave”\nIt is due on Thu 26 Nov 2026, asked for by Ana."
    ]


def test_an_asker_who_gets_it_back_reads_from_whom(db: Database) -> None:
    ask(db)
    hand_over(db, ANA)
    assert tell(db) == {ANA: ["Ben handed A-1: Relabel March over to you: “On leave”\nIt is due on Thu 26 Nov 2026."]}


def test_two_clicks_at_once_and_a_late_form_are_told_once(db: Database) -> None:
    ask(db)
    new_date(db, "2026-12-03")
    new_date(db, "2026-12-03")
    with pytest.raises(FieldErrors):
        new_date(db, "2026-12-03", draft="n2")
    with ThreadPoolExecutor(2) as pool:
        for click in [pool.submit(done, db, person_id=BEN) for _ in range(2)]:
            click.result()
    new_date(db, "2026-12-03")
    assert [(row.person_id, row.wanted) for row in owed(db, "action")] == [(ANA, 3), (BEN, 3)]
    assert [each.move for each in item(db).steps] == [Move.NEW_DATE, Move.DONE]


def test_of_two_dates_only_the_last_is_told(db: Database) -> None:
    ask(db)
    new_date(db, "2026-12-03", by=ANA)
    new_date(db, "2026-12-10", by=ANA, draft="n2")
    assert tell(db) == {BEN: ["Ana moved A-1: Relabel March to Thu 10 Dec 2026."]}


def test_what_is_done_before_its_new_date_was_told_is_only_done(db: Database) -> None:
    ask(db)
    new_date(db, "2026-12-03", by=ANA)
    done(db, person_id=ANA)
    assert tell(db) == {BEN: ["Ana says that A-1: Relabel March is done."]}


def test_the_day_it_is_due_already_is_marked_and_moves_nothing(db: Database) -> None:
    ask(db)
    with pytest.raises(FieldErrors) as caught:
        new_date(db, "2026-11-26")
    assert caught.value.fields == {"due": "It is due on that day already. Please choose another."}
    assert owed(db, NEWS) == []


def test_it_is_not_handed_over_to_whoever_owns_it(db: Database) -> None:
    ask(db)
    with pytest.raises(FieldErrors, match="Ben owns it already"):
        hand_over(db, BEN, by=ANA)
    assert owed(db, NEWS) == []


def test_of_an_owner_who_left_the_asker_hears_at_once_and_hands_it_over(db: Database) -> None:
    ask(db)
    leave(db, BEN)
    leave(db, BEN)
    says = "Ben has left, and 1 thing of theirs waits for somebody: A-1."
    assert offer(db) == {ANA: [f"{says} Please take it over, or choose somebody else."]}
    hand_over(db, DEV, by=ANA)
    assert list(tell(db, now=LATER)) == [DEV]


def test_if_the_asker_has_left_too_one_who_looks_after_the_channel_hears(db: Database) -> None:
    lead(db, DEV, CHLOE)
    ask(db)
    leave(db, ANA)
    assert owed(db, "left") == []
    leave(db, BEN)
    assert list(offer(db)) == [CHLOE]
    hand_over(db, DEV, by=CHLOE)
    assert DEV in readers(db, NEWS)


def test_when_the_asker_leaves_later_the_next_one_hears(db: Database) -> None:
    lead(db, CHLOE)
    ask(db)
    leave(db, BEN)
    assert readers(db, "left") == [ANA]
    leave(db, ANA)
    assert readers(db, "left") == [ANA, CHLOE]


def test_whoever_facilitates_in_the_channel_comes_before_its_leads(db: Database) -> None:
    lead(db, CHLOE)
    with db.write() as session:
        rituals.add(session, ritual=Ritual(0, WORKSPACE, FORECAST, TEMPLATE, DEV, None, None), at=NOW)
    ask(db)
    leave(db, ANA)
    leave(db, BEN)
    assert list(offer(db)) == [DEV]


@pytest.mark.parametrize("channel", [FORECAST, PRICING])
def test_the_owners_manager_hears_before_those_who_lead_there_if_they_may_read_it(db: Database, channel: str) -> None:
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        people.set_up_person(session, person=replace(known[BEN], manager_id=DEV))
    lead(db, ANA)
    ask(db, by=CHLOE, channel=channel)
    leave(db, CHLOE)
    leave(db, BEN)
    assert readers(db, "left") == ([DEV] if channel == FORECAST else [])


def test_others_may_not_hand_it_over(db: Database) -> None:
    lead(db, CHLOE)
    ask(db)
    leave(db, BEN)
    with pytest.raises(NotYourAction):
        hand_over(db, DEV, by=CHLOE)
    leave(db, ANA)
    with pytest.raises(NotYourAction):
        hand_over(db, CHLOE, by=DEV)


def test_reminders_of_what_was_left_behind_reach_whoever_heard_of_it(db: Database) -> None:
    lead(db, CHLOE)
    ask(db)
    leave(db, BEN)
    leave(db, ANA)
    assert action_reminders.remind_due(db, now=LATER + timedelta(days=5)) == 1
    assert "Ben, who owned it, has left" in said(db, Kind.ACTION_DUE, now=LATER + timedelta(days=5))[CHLOE][0]


def test_of_an_owner_who_comes_back_nothing_says_any_more_that_they_left(db: Database) -> None:
    ask(db)
    leave(db, BEN)
    leave(db, BEN, back=True)
    assert offer(db) == {}
    assert [row.wanted for row in owed(db, "left")] == [2]
    assert action_reminders.remind_due(db, now=LATER + timedelta(days=5)) == 1
    assert readers(db, "action_due") == [BEN]


def test_what_is_done_is_not_left_behind(db: Database) -> None:
    ask(db)
    done(db, person_id=BEN)
    leave(db, BEN)
    assert owed(db, "left") == []


def leave(db: Database, person_id: str, *, back: bool = False) -> None:
    with db.read() as session:
        person = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert person
    sync.save_person(db, person=replace(person, left=not back), now=NOW)


def lead(db: Database, *ids: str) -> None:
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        for person_id in ids:
            people.set_up_person(session, person=replace(known[person_id], role=Role.LEAD))


def test_an_asker_who_left_is_not_told(db: Database) -> None:
    ask(db)
    leave(db, ANA)
    done(db, person_id=BEN)
    assert owed(db, NEWS) == []
