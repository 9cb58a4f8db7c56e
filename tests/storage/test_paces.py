"""How fast what is owed may go: for each method, for each conversation, and shared among workspaces."""

from collections import Counter
from datetime import datetime, timedelta

from domain.deliveries import SETTLE, Delivery, Kind, Method, Outcome, Subject
from services import deliveries as service
from services.deliveries import PACES, Pace
from storage import deliveries, people
from storage.deliveries import PAUSE
from storage.engine import Database
from tests.owed import NOW, SECOND, card, claim, in_trouble, owe, prompt, row, sent, settle


def test_the_pace_of_a_method_holds_over_time_after_a_burst(db: Database) -> None:
    owe(db, *(prompt(number) for number in range(40)))
    pace = Pace(rate=2, burst=5)
    counts = [len(claim(db, NOW + seconds * SECOND, paces={Method.POST: pace})) for seconds in range(6)]
    assert counts[0] == 6
    assert sum(counts) <= 6 + 5 * 2
    assert sum(counts) >= 5 + 5 * 2 - 1


def test_a_channel_or_a_person_takes_one_new_message_at_a_time(db: Database) -> None:
    owe(db, *(card(number) for number in range(3)), card(9, "C2"), prompt(1), prompt(2), to_prompted(1), to_prompted(2))
    first = claim(db, paces=PACES)
    assert sorted(each.subject.channel_id or each.subject.person_id for each in first) == ["C1", "C2", "U1", "U2"]
    assert claim(db, NOW + SECOND, paces=PACES) == [], "Slack counts seconds by its own clock"
    assert len(claim(db, NOW + PAUSE, paces=PACES)) == 3
    assert len(claim(db, NOW + 2 * PAUSE, paces=PACES)) == 1


def to_prompted(number: int) -> Subject:
    return Subject(Kind.REMINDER, number, person_id=f"U{number}")


def test_a_long_queue_of_one_channel_holds_up_nobody_else(db: Database) -> None:
    owe(db, *(card(number) for number in range(200)))
    owe(db, prompt(), now=NOW + SECOND)
    at = NOW + 2 * SECOND
    assert [each.subject.channel_id for each in claim(db, at, paces=PACES)] == ["C1"]
    assert [each.subject.person_id for each in claim(db, at, paces=PACES)] == ["U1"]


def test_the_pages_of_a_summary_go_out_in_order(db: Database) -> None:
    pages = [Subject(Kind.RUN_PART, 1, part=str(page), channel_id="C1") for page in (10, 3, 2)]
    owe(db, *pages)
    found = [each.subject.part for step in range(3) for each in claim(db, NOW + step * PAUSE, paces=PACES)]
    assert found == ["2", "3", "10"]


def test_while_nothing_may_be_sent_nothing_is_written(db: Database) -> None:
    owe(db, card(1), card(2), *(prompt(number) for number in range(40)))
    while claim(db, paces=PACES):
        continue
    db.changed.clear()
    assert claim(db, paces=PACES) == []
    assert not db.changed.is_set(), "the loop would wake itself without end"


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


def test_lanes_that_have_more_than_there_is_room_for_get_the_same(db: Database) -> None:
    for number in range(1, 5):
        with db.write() as session:
            people.save_workspace(session, workspace_id=f"T{number}", name="", url="https://northlight.slack.com/")
        owe(db, *(prompt(each) for each in range(50)), workspace_id=f"T{number}")
    assert Counter(each.workspace_id for each in claim(db, limit=20)) == {"T1": 5, "T2": 5, "T3": 5, "T4": 5}


def test_with_less_room_than_lanes_those_that_have_waited_longest_come_first(db: Database) -> None:
    owe(db, prompt(1), prompt(2), now=NOW + SECOND)
    owe(db, prompt(1), workspace_id="T2")
    assert [each.workspace_id for each in claim(db, NOW + 2 * SECOND, limit=1)] == ["T2"]


def test_a_slow_workspace_never_takes_the_room_of_the_others(db: Database) -> None:
    owe(db, *(prompt(number) for number in range(50)))
    taken = service.claim(db, now=NOW, limit=20, paces={}, room=lambda _workspace: 5)
    assert len(taken) == 5, "T2 has nothing to send now, and may have at any time"
    owe(db, prompt(), workspace_id="T2")
    room = {"T1": 0, "T2": 5}
    assert [each.workspace_id for each in service.claim(db, now=NOW, limit=15, paces={}, room=room.__getitem__)] == [
        "T2"
    ]


def test_a_workspace_without_others_may_have_all_the_room(database: Database) -> None:
    with database.write() as session:
        people.save_workspace(session, workspace_id="T1", name="T1", url="https://northlight.slack.com/")
    owe(database, *(prompt(number) for number in range(50)))
    assert len(service.claim(database, now=NOW, limit=20, paces={}, room=lambda _workspace: 5)) == 20


def test_waits_that_slack_asks_for_are_no_failures_and_no_trouble_before_they_go_on_for_long(db: Database) -> None:
    owe(db, prompt())
    for minute in range(20):
        now = NOW + timedelta(minutes=minute)
        settle(db, *(limited(each, now) for each in claim(db, now)), now=now)
        assert row(db, prompt()).failures == 0
        assert bool(in_trouble(db, now)) == (minute > 15)
    settle(db, *map(sent, claim(db, NOW + timedelta(minutes=20))))
    assert row(db, prompt()).limited_since is None
    assert in_trouble(db, NOW + timedelta(minutes=20)) == []


def limited(delivery: Delivery, now: datetime) -> Outcome:
    return Outcome(delivery, retry_at=now + timedelta(minutes=1), limited_seconds=60, why="ratelimited")
