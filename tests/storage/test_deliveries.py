"""The queue of what Muster owes: claimed with a lease, at a pace, by one claimer at a time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from domain.deliveries import Delivery, Kind, Method, Subject
from schedules.sending import send
from services import deliveries as service
from services.deliveries import LEASE, PACES, Pace, Paces
from storage import deliveries, delivery_queries, owed, people
from storage.deliveries import SETTLE, Outcome
from storage.engine import Database
from storage.migrate import upgrade
from storage.owed import Want
from storage.tables import DeliveryRow
from surface.kit import Message
from surface.slack import Slack

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as session:
        for workspace_id in ("T1", "T2"):
            people.save_workspace(session, workspace_id=workspace_id, name=workspace_id, bot_user_id="UBOT")
    return database


def prompt(number: int = 1) -> Subject:
    return Subject(Kind.PROMPT, number, person_id=f"U{number}")


def card(number: int = 1, channel: str = "C1") -> Subject:
    return Subject(Kind.DECISION, number, channel_id=channel)


def owe(db: Database, *wants: Want | Subject, workspace_id: str = "T1", now: datetime = NOW) -> None:
    found = [each if isinstance(each, Want) else Want(each) for each in wants]
    with db.write() as session:
        owed.want(session, workspace_id=workspace_id, wants=found, now=now)


def owe_again(db: Database, *subjects: Subject, now: datetime = NOW) -> None:
    with db.write() as session:
        owed.want_again(session, workspace_id="T1", keys=[each.key for each in subjects], now=now)


def claim(db: Database, now: datetime = NOW, limit: int = 100, paces: Paces | None = None) -> list[Delivery]:
    return service.claim(db, now=now, limit=limit, paces=paces or {})


def settle(db: Database, *outcomes: Outcome, now: datetime = NOW) -> None:
    with db.write() as session:
        deliveries.settle(session, outcomes=outcomes, now=now)


def sent(delivery: Delivery, shown: int | None = None, ts: str = "1.1") -> Outcome:
    shown = delivery.wanted if shown is None else shown
    return Outcome(delivery, sent=True, shown=shown, channel="C1", ts=delivery.ts or ts)


def row(db: Database, subject: Subject) -> DeliveryRow:
    with db.read() as session:
        return session.exec(select(DeliveryRow).where(DeliveryRow.key == subject.key)).one()


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
    with db.read() as session:
        found = delivery_queries.in_trouble(session, workspace_id="T1", harmless=(), now=NOW)
        assert [each.key for each in found] == [card().key]
    owe(db, card(), now=NOW + timedelta(days=1))
    assert len(claim(db, NOW + timedelta(days=1))) == 1


def test_a_dropped_one_is_due_again_if_it_was_raised_meanwhile(db: Database) -> None:
    owe(db, card())
    (mine,) = claim(db)
    owe(db, card())
    settle(db, Outcome(mine, shown=mine.wanted, ended="nothing to show"))
    assert len(claim(db)) == 1


def test_the_pace_of_a_method_holds_over_time_after_a_burst(db: Database) -> None:
    owe(db, *(prompt(number) for number in range(40)))
    pace = Pace(rate=2, burst=5)
    counts = [len(claim(db, NOW + seconds * SECOND, paces={Method.POST: pace})) for seconds in range(6)]
    assert counts[0] == 6
    assert sum(counts) <= 6 + 5 * 2
    assert sum(counts) >= 5 + 5 * 2 - 1


def test_a_channel_takes_one_new_message_a_second_and_direct_messages_do_not_wait(db: Database) -> None:
    owe(db, *(card(number) for number in range(3)), card(9, "C2"), prompt(1), prompt(2))
    first = claim(db, paces=PACES)
    assert sorted(each.subject.channel_id or each.subject.person_id for each in first) == ["C1", "C2", "U1", "U2"]
    assert claim(db, NOW + SECOND / 2, paces=PACES) == []
    assert len(claim(db, NOW + SECOND, paces=PACES)) == 1
    assert len(claim(db, NOW + 2 * SECOND, paces=PACES)) == 1


def test_a_throttled_workspace_delays_neither_another_nor_its_own_other_methods(db: Database) -> None:
    owe(db, card(1))
    settle(db, *map(sent, claim(db)))
    owe(db, card(1), card(2))
    owe(db, card(3), workspace_id="T2")
    limited = next(each for each in claim(db) if each.subject == card(2))
    until = NOW + timedelta(seconds=30)
    with db.write() as session:
        deliveries.free_leases(session, now=NOW - SETTLE)
    service.settle(db, outcomes=[Outcome(limited, retry_at=until, limited_until=until)], now=NOW)
    found = {(each.workspace_id, each.method) for each in claim(db, NOW + SECOND, paces=PACES)}
    assert found == {("T1", Method.UPDATE), ("T2", Method.POST)}
    assert [each.subject for each in claim(db, until, paces=PACES)] == [card(2)]


def test_workspaces_share_the_room_there_is(db: Database) -> None:
    owe(db, *(prompt(number) for number in range(50)))
    owe(db, *(prompt(number) for number in range(3)), workspace_id="T2")
    found = [each.workspace_id for each in claim(db, limit=10)]
    assert found.count("T2") == 3
    assert len(found) <= 10


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
            people.save_workspace(session, workspace_id="T1", name="T1", bot_user_id="UBOT")
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
