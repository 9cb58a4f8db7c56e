"""Slack fails in each of its ways, once and many times: afterwards everything stands as it should, once."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.client import Person, eventually, texts
from sandbox.faults import Kind
from services import sync
from services import troubles as in_trouble
from services.troubles import Trouble
from tests.muster import Running, running

MONDAY_IN_BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
REMINDERS = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
IN_BERLIN = ("Ben", "Chloe", "Farid", "Grace")
MOVED = "What moved last week that another team should know?"
CONFIDENCE = "How confident are you in our next milestone date?"
KINDS: tuple[Kind, ...] = ("ratelimited", "error", "http_500_after", "drop_after", "drop_before")
TIMES = (1, 7)


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        found.switch_on()
        assert eventually(lambda: found.people.person("Grace").messages("forecast"))
        yield found


def let_pass(muster: Running, since: datetime, *minutes: int) -> None:
    """Time for tries to be made again; a reminder falls due only after hours."""
    for later in minutes or (1, 3, 5, 7, 9, 12, 15):
        assert muster.people.jump_to(since + timedelta(minutes=later))["ok"]


def asked(muster: Running) -> dict[str, int]:
    found = {name: len(muster.people.person(name).dm()) for name in IN_BERLIN}
    run = [each for each in muster.people.person("Ben").messages("forecast") if "answered" in str(texts(each))]
    return found | {"#forecast": len(run)}


def copies(muster: Running) -> list[int]:
    """How often Slack has taken each message."""
    taken = [call for call in muster.box.log.calls("chat.postMessage") if call.answer.get("ok")]
    return sorted(Counter(call.args["metadata"]["event_payload"]["id"] for call in taken).values())


def answer(person: Person, text: str) -> None:
    person.click(person.dm()[0], "Answer")
    person.fill({MOVED: text, CONFIDENCE: "5 (Certain)"})
    assert person.submit() == {}


def troubles(muster: Running) -> list[Trouble]:
    return in_trouble.troubles(muster.process.db, workspace_id=muster.workspace_id, now=muster.process.clock())


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_happens_to_the_calls_of_slack_all_stands_there_once(muster: Running, kind: Kind, times: int) -> None:
    for method in ("chat.postMessage", "conversations.open", "conversations.history"):
        muster.box.faults.add(method, kind, times)
    muster.people.jump_to(MONDAY_IN_BERLIN)
    let_pass(muster, MONDAY_IN_BERLIN)
    assert asked(muster) == dict.fromkeys([*IN_BERLIN, "#forecast"], 1)
    assert set(copies(muster)) == {1}
    assert troubles(muster) == []
    what_changes_is_shown(muster, kind, times)


def what_changes_is_shown(muster: Running, kind: Kind, times: int) -> None:
    ben = muster.people.person("Ben")
    assert eventually(lambda: ben.home(open_tab=True))
    for method in ("chat.update", "views.publish"):
        muster.box.faults.add(method, kind, times)
    answer(ben, "The backfill is done.")
    let_pass(muster, MONDAY_IN_BERLIN, *range(16, 60, 3))
    assert "The backfill is done." in str(texts(ben.dm()[0]))
    assert "1 of 8 answered" in str(texts(ben.messages("forecast")[-1]))
    assert "Answer" not in texts(ben.home() or {"blocks": []})
    assert asked(muster) == dict.fromkeys([*IN_BERLIN, "#forecast"], 1)
    assert troubles(muster) == []


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_happens_to_the_calls_that_read_they_are_read_again(muster: Running, kind: Kind) -> None:
    for method in ("users.list", "users.conversations", "conversations.members"):
        muster.box.faults.add(method, kind, 7)
    later = MONDAY_IN_BERLIN - timedelta(hours=12)
    muster.people.jump_to(later)
    db, workspace_id = muster.process.db, muster.workspace_id
    for minutes in range(1, 60):
        muster.people.jump_to(later + timedelta(minutes=minutes))
        now = muster.process.clock()
        if not sync.people_are_old(db, workspace_id=workspace_id, now=now) and not sync.channels_to_check(
            db, workspace_id=workspace_id, now=now
        ):
            break
    assert not sync.people_are_old(db, workspace_id=workspace_id, now=muster.process.clock())
    assert len(muster.box.log.calls("users.list")) < 20, "it does not hammer a Slack that is down"


def test_where_the_history_is_refused_a_copy_is_better_than_a_loss_and_the_doctor_says_so(muster: Running) -> None:
    muster.box.faults.add("chat.postMessage", "drop_after", times=5)
    muster.box.faults.add("conversations.history", "error", times=99, error="missing_scope")
    muster.people.jump_to(MONDAY_IN_BERLIN)
    let_pass(muster, MONDAY_IN_BERLIN)
    assert copies(muster)[-5:] == [2] * 5
    found = troubles(muster)
    assert len(found) == 5
    assert {each.what for each in found} == {"a check-in", "a summary"}
    assert all("may stand there twice" in each.why and "Delete the copy" in each.mend for each in found)


def test_a_history_that_never_answers_loses_nothing_either(muster: Running) -> None:
    muster.box.faults.add("chat.postMessage", "drop_before", times=5)
    muster.box.faults.add("conversations.history", "http_500_after", times=999)
    muster.people.jump_to(MONDAY_IN_BERLIN)
    let_pass(muster, MONDAY_IN_BERLIN, *range(2, 20, 2))
    assert asked(muster) == dict.fromkeys([*IN_BERLIN, "#forecast"], 1)


def answered_after_a_lost_reminder(muster: Running) -> Person:
    """Chloe, whose reminder arrived without Muster's knowing, and who has answered since."""
    muster.people.jump_to(MONDAY_IN_BERLIN)
    muster.people.jump_to(REMINDERS - timedelta(minutes=1))
    muster.box.faults.add("chat.postMessage", "drop_after", times=len(IN_BERLIN))
    muster.people.jump_to(REMINDERS)
    chloe = muster.people.person("Chloe")
    assert eventually(lambda: "A reminder: " in str(texts(chloe.dm()[-1])))
    answer(chloe, "Answered at once.")
    return chloe


def test_a_reminder_that_slack_took_unseen_is_brought_up_to_date_once_it_is_needless(muster: Running) -> None:
    chloe = answered_after_a_lost_reminder(muster)
    assert "Skip today" in texts(chloe.dm()[-1])
    let_pass(muster, REMINDERS, 2, 4)
    assert texts(chloe.dm()[-1]) == ["Weekly sync: answered, thank you."]
    assert set(copies(muster)) == {1}
    assert troubles(muster) == []


@pytest.mark.parametrize("kind", ["error", "http_500_after"])
def test_a_needless_reminder_is_not_posted_where_none_can_be_looked_for(muster: Running, kind: Kind) -> None:
    chloe = answered_after_a_lost_reminder(muster)
    muster.box.faults.add("conversations.history", kind, times=999, error="missing_scope")
    let_pass(muster, REMINDERS, *range(2, 30, 2))
    assert len(chloe.dm()) == 2
    assert "Chloe Martin" not in {each.whom for each in troubles(muster)}


def test_a_message_that_somebody_deleted_is_not_posted_again_and_stops_nothing(muster: Running) -> None:
    muster.people.jump_to(MONDAY_IN_BERLIN)
    ben = muster.people.person("Ben")
    assert eventually(ben.dm)
    muster.box.faults.add("chat.update", "error", times=1, error="message_not_found")
    ben.click(ben.dm()[0], "Skip today")
    answer(muster.people.person("Chloe"), "Still here.")
    assert eventually(lambda: "1 of 8 answered" in str(texts(ben.messages("forecast")[-1])))
    assert asked(muster) == dict.fromkeys([*IN_BERLIN, "#forecast"], 1)
    assert troubles(muster) == [], "there is nothing to mend"


def test_the_limit_of_one_method_does_not_close_another(muster: Running) -> None:
    """Opening direct messages has to wait; what goes to the channel does not."""
    muster.box.faults.add("conversations.open", "ratelimited", times=4, retry_after=120)
    muster.people.jump_to(MONDAY_IN_BERLIN)
    let_pass(muster, MONDAY_IN_BERLIN, 1)
    assert asked(muster) == dict.fromkeys(IN_BERLIN, 0) | {"#forecast": 1}
    let_pass(muster, MONDAY_IN_BERLIN, 3)
    assert asked(muster) == dict.fromkeys([*IN_BERLIN, "#forecast"], 1)
