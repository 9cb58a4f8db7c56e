"""Whatever people do comes three times at once, and then again: each thing changes once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel, col, func, select

from sandbox.client import Person, Refused, eventually, texts
from sandbox.state import Json
from storage import channels, people
from storage.tables import ActionRow, DecisionRow, DeliveryRow, ResponseRow, RitualRow, RunRow
from tests.muster import FRIDAY, Running, running
from tests.seen import find
from tests.trail import entries

MONDAY_IN_BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MOVED = "What moved last week that another team should know?"
CONFIDENCE = "How confident are you in our next milestone date?"
Line = tuple[str, str]


@pytest.fixture
def muster(database_url: str) -> Iterator[Running]:
    with running(database_url) as found:
        yield found


def thrice(muster: Running, act: Callable[[], object]) -> list[Line]:
    """Acts three times at once, lets Slack deliver all of it twice more, and answers what the audit trail holds new."""
    known, delivered = len(lines(muster)), len(muster.people.deliveries())

    def once(_time: int) -> None:
        with suppress(Refused, LookupError):
            act()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(once, range(3)))
        assert eventually(lambda: all(each["acked"] for each in muster.people.deliveries()))
        ids = [each["id"] for each in muster.people.deliveries()[delivered:]]
        assert ids
        list(pool.map(muster.people.again, [*ids, *ids]))
    return lines(muster)[known:]


def lines(muster: Running) -> list[Line]:
    return [(line.what, line.subject or "") for line in entries(muster.process.db)]


def count(muster: Running, table: type[SQLModel]) -> int:
    with muster.process.db.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def nothing_was_said_twice(muster: Running) -> None:
    said = Counter(
        (call.answer["channel"], call.args["text"])
        for call in muster.box.log.calls("chat.postMessage")
        if call.answer.get("ok")
    )
    assert [each for each, times in said.items() if times > 1] == []


def form(person: Person) -> Json:
    return person.modal() or {"blocks": []}


def test_a_check_in_and_a_skip(muster: Running) -> None:
    muster.switch_on()
    muster.people.jump_to(MONDAY_IN_BERLIN)
    ben, chloe = muster.people.person("Ben"), muster.people.person("Chloe")
    invitation = find(chloe.dm, "Skip today")
    thrice(muster, lambda: chloe.click(invitation, "Skip today"))
    find(chloe.dm, "Skipped: ")
    ben.click(find(ben.dm, "Answer"), "Answer")
    ben.fill({MOVED: "The backfill is done.", CONFIDENCE: "5 (Certain)"})
    thrice(muster, ben.submit)
    receipt = find(ben.dm, "answered, thank you")
    assert "edited" not in str(texts(receipt))
    assert count(muster, ResponseRow) == 1
    assert eventually(lambda: "1 of 8 answered" in str(texts(ben.messages("forecast")[-1])))
    assert [len(each.dm()) for each in (ben, chloe)] == [1, 1]
    nothing_was_said_twice(muster)


def test_a_decision_its_objection_its_approval_and_an_acknowledgement(muster: Running) -> None:
    ana, ben, dev = (muster.people.person(name) for name in ("Ana", "Ben", "Dev"))
    ana.command("/decision", "Ship it", channel="forecast")
    ana.fill({"What was decided?": "The small model", "Why?": "It is cheaper", "Approver": "Ben"})
    assert len(thrice(muster, ana.submit)) == 1
    asked = find(ben.dm, "Ship it", "asks you to approve")
    ben.click(asked, "Object")
    ben.fill(
        {
            "What would go wrong, and for whom?": "Too early",
            "What change or alternative would make it acceptable?": "Next year",
        }
    )
    assert len(thrice(muster, ben.submit)) == 1
    objected = find(ben.dm, "You objected")
    assert len(thrice(muster, lambda: ben.click(objected, "Approve"))) == 1
    card = find(lambda: dev.messages("forecast"), "Ship it", "*Accepted* by Ben Okafor")
    thrice(muster, lambda: dev.click(card, "Read"))
    find(lambda: dev.messages("forecast"), "Ship it", "Read by 1 person")
    assert count(muster, DecisionRow) == 1
    nothing_was_said_twice(muster)


def test_an_action_item_its_new_date_its_handing_over_and_its_end(muster: Running) -> None:
    ana, ben, dev = (muster.people.person(name) for name in ("Ana", "Ben", "Dev"))
    ana.command("/action", "Relabel", channel="forecast")
    ana.fill({"Owner": "Ben", "Due": "2026-11-26"})
    thrice(muster, ana.submit)
    ben.click(find(ben.dm, "Relabel"), "New date")
    ben.fill({"New date": "2026-12-03"})
    thrice(muster, ben.submit)
    find(ana.dm, "Recorded", "Ben Okafor moved it")
    ben.click(find(ben.dm, "Relabel", "3 Dec"), "Hand over")
    ben.fill({"New owner": "Dev", "Why?": "On leave"})
    thrice(muster, ben.submit)
    mine = find(dev.dm, "Relabel")
    thrice(muster, lambda: dev.click(mine, "Accept"))
    thrice(muster, lambda: dev.click(mine, "Done"))
    find(ana.dm, "Relabel", "is done")
    assert count(muster, ActionRow) == 1
    assert [len(each.dm()) for each in (ana, ben, dev)] == [1, 1, 1]
    nothing_was_said_twice(muster)


def test_a_ritual_switched_on_and_off(muster: Running) -> None:
    grace = muster.people.person("Grace")
    assert len(thrice(muster, lambda: grace.command("/ritual", "on weekly-sync", channel="forecast"))) == 1
    assert len(thrice(muster, lambda: grace.command("/ritual", "off weekly-sync", channel="forecast"))) == 1
    assert (count(muster, RitualRow), count(muster, RunRow)) == (1, 0)
    nothing_was_said_twice(muster)


def test_a_list_of_people(muster: Running) -> None:
    grace = muster.people.person("Grace")
    grace.command("/muster", "people", channel="forecast")
    grace.click(form(grace), "Paste a list")
    grace.fill({"The list": "Ana, research\nBen, ml"})
    assert grace.submit() == {}
    assert len(thrice(muster, grace.submit)) == 2
    nothing_was_said_twice(muster)


def test_somebody_who_joins_and_leaves(muster: Running) -> None:
    """Each event is delivered again and again, in any order; what Slack says in the end is what is known."""
    ana = muster.people.person("Ana")
    assert ana.id in members(muster)
    thrice(muster, lambda: ana.leave("forecast"))
    assert eventually(lambda: ana.id not in members(muster))
    thrice(muster, lambda: ana.join("forecast"))
    assert eventually(lambda: ana.id in members(muster))
    nothing_was_said_twice(muster)


def members(muster: Running) -> set[str]:
    with muster.process.db.read() as session:
        return channels.member_ids(session, workspace_id=muster.workspace_id, channel_id=forecast(muster))


def forecast(muster: Running) -> str:
    return muster.people.person("Grace").channel_id("forecast")


def test_somebody_who_moves_twice(muster: Running) -> None:
    """The first move is told once more after the second."""
    before = len(muster.people.deliveries())
    thrice(muster, lambda: muster.people.change_person("Ana", tz="Europe/Berlin"))
    first = [each["id"] for each in muster.people.deliveries()[before:] if each["type"] == "user_change"]
    assert first
    muster.people.jump_to(FRIDAY + timedelta(minutes=1))
    thrice(muster, lambda: muster.people.change_person("Ana", tz="Asia/Tokyo"))
    assert all(map(muster.people.again, first))
    with muster.process.db.read() as session:
        ana = people.person(session, workspace_id=muster.workspace_id, person_id=muster.people.person_id("Ana"))
    assert ana
    assert ana.zone_name == "Asia/Tokyo"
    nothing_was_said_twice(muster)


def test_a_channel_that_is_archived(muster: Running) -> None:
    forecast_id = forecast(muster)
    thrice(muster, lambda: muster.people.post("archive", channel=forecast_id))

    def is_archived() -> bool:
        with muster.process.db.read() as session:
            found = channels.channel(session, workspace_id=muster.workspace_id, channel_id=forecast_id)
        return bool(found and found.is_archived)

    assert eventually(is_archived)
    nothing_was_said_twice(muster)


def test_an_opened_home(muster: Running) -> None:
    grace = muster.people.person("Grace")
    thrice(muster, lambda: grace.home(open_tab=True))
    assert eventually(grace.home)
    assert eventually(lambda: not owed(muster))
    nothing_was_said_twice(muster)


def owed(muster: Running) -> list[str]:
    """What Slack does not show yet."""
    with muster.process.db.read() as session:
        return list(session.exec(select(DeliveryRow.key).where(col(DeliveryRow.shown) < DeliveryRow.wanted)))


def test_an_action_item_made_of_a_blocker(muster: Running) -> None:
    muster.switch_on()
    muster.people.jump_to(MONDAY_IN_BERLIN)
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ben.click(find(ben.dm, "Answer"), "Answer")
    ben.fill({MOVED: "v3", "What is blocking you?": "No GPUs", CONFIDENCE: "3 of 5"})
    assert ben.submit() == {}
    while not any("Make action item" in texts(message) for message in ana.messages("forecast")):
        assert muster.people.next_event()["moved"]
    summary = find(lambda: ana.messages("forecast"), "Make action item")
    thrice(muster, lambda: ana.click(summary, "Make action item"))
    ana.fill({"Owner": "Ben", "Due": "2026-12-11"})
    thrice(muster, ana.submit)
    find(lambda: ana.messages("forecast"), "No GPUs", "now *A-1*")
    find(ben.dm, "asked for by Ana Souza", "No GPUs")
    assert count(muster, ActionRow) == 1
    nothing_was_said_twice(muster)
