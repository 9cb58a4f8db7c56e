"""The queue of what Muster owes: claimed with a lease, by one claimer at a time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from sqlmodel import select

from domain.deliveries import SETTLE, Kind, Method, Outcome, Subject
from schedules.sending import send
from services import deliveries as service
from services.deliveries import LEASE
from storage import people
from storage.engine import Database
from storage.migrate import upgrade
from storage.owed import Want
from storage.tables import DeliveryRow
from surface.kit import Message
from surface.slack import Slack
from tests.owed import NOW, SECOND, card, claim, in_trouble, owe, owe_again, prompt, row, sent, settle


def test_what_is_claimed_is_not_claimed_again_within_its_lease(db: Database) -> None:
    owe(db, prompt())
    (mine,) = claim(db)
    assert mine.lease_until == NOW + LEASE
    assert claim(db, NOW + LEASE) == []


def test_a_claim_whose_taker_died_falls_due_when_slack_must_show_it_and_is_doubted(db: Database) -> None:
    owe(db, prompt())
    (first,) = claim(db)
    later = NOW + LEASE + SETTLE
    (second,) = claim(db, later)
    assert (second.attempts, second.uncertain) == (2, True)
    assert second.claimed_at == first.claimed_at, "the search begins at the first claim"


def test_an_update_whose_taker_died_is_simply_repeated(db: Database) -> None:
    owe(db, card())
    settle(db, *map(sent, claim(db)))
    owe_again(db, card())
    claim(db)
    (again,) = claim(db, NOW + LEASE)
    assert (again.method, again.uncertain) == (Method.UPDATE, False)


def test_the_result_of_a_claim_that_was_taken_over_changes_nothing(db: Database) -> None:
    owe(db, prompt())
    (old,) = claim(db)
    (new,) = claim(db, NOW + LEASE + SETTLE)
    for late in (sent(old, ts="9.9"), Outcome(old, ended="refused: x"), Outcome(old, retry_at=NOW)):
        settle(db, late)
        found = row(db, prompt())
        assert (found.ts, found.ended, found.lease_until) == (None, None, new.lease_until)
    settle(db, sent(new, ts="2.2"))
    assert row(db, prompt()).ts == "2.2"


def test_a_change_during_sending_makes_it_due_again(db: Database) -> None:
    owe(db, card())
    (mine,) = claim(db)
    owe(db, card())
    owe_again(db, card())
    assert claim(db) == []
    settle(db, sent(mine), now=NOW + SECOND)
    (again,) = claim(db, NOW + SECOND)
    assert (again.ts, again.wanted, again.method) == ("1.1", 3, Method.UPDATE)
    settle(db, sent(again))
    assert row(db, card()).next_at is None


def test_a_change_while_it_waits_for_another_try_does_not_hurry_it(db: Database) -> None:
    owe(db, card())
    settle(db, *(Outcome(each, retry_at=NOW + timedelta(minutes=5)) for each in claim(db)))
    owe(db, card())
    assert claim(db, NOW + SECOND) == []
    assert len(claim(db, NOW + timedelta(minutes=5))) == 1


@pytest.mark.parametrize("order", ["parent first", "together", "reply after"])
def test_a_reply_waits_for_its_parent_and_goes_into_its_thread(db: Database, order: str) -> None:
    reply = Want(Subject(Kind.RUN_PART, 1, part="2", channel_id="C1"), after=card())
    owe(db, card(), *([reply] if order == "together" else []))
    (parent,) = claim(db)
    if order == "parent first":
        owe(db, reply)
        owe(db, reply)
        assert claim(db, NOW + SECOND) == []
    settle(db, sent(parent, ts="7.7"))
    if order == "reply after":
        owe(db, reply)
    (found,) = claim(db, NOW + 2 * SECOND)
    assert (found.subject, found.thread_ts) == (reply.subject, "7.7")


def test_something_new_is_posted_again_if_its_message_was_deleted_and_replies_wait_for_that(db: Database) -> None:
    reply = Want(Subject(Kind.RUN_PART, 1, part="2", channel_id="C1"), after=card())
    owe(db, card())
    settle(db, *map(sent, claim(db)))
    owe(db, Want(card(), anew=True), reply)
    (gone,) = claim(db)
    assert (gone.anew, gone.method) == (True, Method.UPDATE)
    settle(db, Outcome(gone, deleted=True, retry_at=NOW))
    (again,) = claim(db)
    assert (again.subject, again.method, again.channel) == (card(), Method.POST, None)
    settle(db, sent(again, ts="2.2"))
    (found,) = claim(db)
    assert (found.subject, found.thread_ts) == (reply.subject, "2.2")
    assert not row(db, card()).anew


def test_replies_wait_until_the_message_there_shows_what_is_new(db: Database) -> None:
    reply = Want(Subject(Kind.RUN_PART, 1, part="2", channel_id="C1"), after=card())
    owe(db, card())
    settle(db, *map(sent, claim(db)))
    owe(db, card())
    (older,) = claim(db)
    owe(db, Want(card(), anew=True), reply)
    settle(db, sent(older))
    (newer,) = claim(db)
    assert (newer.subject, newer.anew) == (card(), True)
    settle(db, sent(newer))
    (found,) = claim(db)
    assert (found.subject, found.thread_ts) == (reply.subject, "1.1")


def test_replies_to_nothing_that_was_posted_stay_unsent(db: Database) -> None:
    reply = Want(Subject(Kind.RUN_PART, 1, part="2", channel_id="C1"), after=card())
    owe(db, card(), reply)
    settle(db, *(Outcome(each, shown=1, ended="refused: is_archived") for each in claim(db)))
    assert claim(db, NOW + timedelta(days=1)) == []


def test_what_never_was_owed_is_not_owed_again(db: Database) -> None:
    owe_again(db, prompt())
    assert claim(db) == []


def test_what_slack_refused_for_good_ends_and_a_new_cause_tries_again(db: Database) -> None:
    owe(db, card())
    settle(db, *(Outcome(each, shown=each.wanted, ended="refused: is_archived") for each in claim(db)))
    assert claim(db, NOW + timedelta(days=1)) == []
    assert [each.key for each in in_trouble(db, NOW)] == [card().key]
    owe(db, card(), now=NOW + timedelta(days=1))
    assert len(claim(db, NOW + timedelta(days=1))) == 1


def test_a_dropped_one_is_due_again_if_it_was_raised_meanwhile(db: Database) -> None:
    owe(db, card())
    (mine,) = claim(db)
    owe(db, card())
    settle(db, Outcome(mine, shown=mine.wanted, ended="nothing to show"))
    assert len(claim(db)) == 1


def test_what_belongs_to_another_workspace_is_left_alone(db: Database) -> None:
    owe(db, prompt())
    owe(db, prompt(), workspace_id="T2")
    settle(db, *(sent(each) for each in claim(db) if each.workspace_id == "T2"))
    with db.read() as session:
        found = session.exec(select(DeliveryRow.workspace_id, DeliveryRow.channel, DeliveryRow.ts)).all()
        assert set(found) == {("T1", None, None), ("T2", "C1", "1.1")}


def test_a_crash_of_the_only_sender_frees_what_it_held(db: Database) -> None:
    owe(db, prompt())
    claim(db)
    service.free_leases(db, now=NOW + SECOND)
    assert claim(db, NOW + SECOND) == [], "what may have been posted must first be visible"
    (found,) = claim(db, NOW + SECOND + SETTLE)
    assert found.uncertain


def test_replicas_that_claim_at_once_never_take_the_same_one(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as one, closing(Database(postgres_url)) as two:
        upgrade(one)
        with one.write() as session:
            people.save_workspace(session, workspace_id="T1", name="T1", url="https://northlight.slack.com/")
        owe(one, *(prompt(number) for number in range(200)))
        taken: list[str] = []
        with ThreadPoolExecutor(2) as pool:
            while found := [each.id for part in pool.map(lambda db: claim(db, limit=7), (one, two)) for each in part]:
                taken += found
        assert len(taken) == 200
        assert len(set(taken)) == 200


def test_what_could_not_go_out_in_time_is_dropped_without_asking_slack(db: Database) -> None:
    owe(db, Want(prompt(), not_after=NOW + SECOND))
    (mine,) = claim(db)
    nowhere = Slack("xoxb-1", "http://127.0.0.1:9/api/")
    outcome = send(nowhere, lambda: NOW + 2 * SECOND, mine, Message("x", []), "D1")
    assert outcome.ended == "too late"
    settle(db, outcome)
    assert claim(db, NOW + timedelta(days=1)) == []


def test_a_claim_whose_lease_is_about_to_end_sends_nothing(db: Database) -> None:
    owe(db, prompt())
    (mine,) = claim(db)
    nowhere = Slack("xoxb-1", "http://127.0.0.1:9/api/")
    outcome = send(nowhere, lambda: mine.lease_until - SECOND, mine, Message("x", []), "D1")
    assert (outcome.sent, outcome.retry_at) == (False, mine.lease_until - SECOND)
