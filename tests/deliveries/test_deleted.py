"""Somebody deletes what Muster posted: it stays deleted, until there is something new to say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.library import shipped_library
from domain.templates import QuestionType
from sandbox.client import eventually, texts
from sandbox.state import Json
from services import rituals, troubles
from tests.checkin.slack import BERLIN, CERTAIN, CONFIDENCE, MOVED, invitation, read, who
from tests.muster import Running, running

IN_BERLIN = ("Ben", "Chloe", "Farid", "Grace")
LAST_ENDS = datetime(2026, 11, 24, 1, 30, 1, tzinfo=UTC)
AND_MORE = "&" * 390
"""Short enough not to be folded, though in a message it takes five times the room."""


@pytest.fixture
def muster(database_url: str) -> Iterator[Running]:
    with running(database_url) as found:
        switch_on_with_room(found)
        found.people.jump_to(BERLIN)
        assert eventually(lambda: of_run(found))
        yield found


def switch_on_with_room(muster: Running) -> None:
    """The weekly sync, with room for a long answer."""
    weekly, grace = shipped_library()["weekly-sync"], who(muster, "Grace")
    rituals.switch_on(
        muster.process.db,
        workspace_id=muster.workspace_id,
        channel_id=grace.channel_id("forecast"),
        person_id=grace.id,
        template=replace(weekly, ask=(replace(weekly.ask[0], type=QuestionType.LONG), *weekly.ask[1:])),
        now=muster.process.clock(),
    )


def of_run(muster: Running) -> list[Json]:
    """The messages about the run, in the channel itself; not the reply that says that the summary is there."""
    found = [each for each in who(muster, "Grace").messages("forecast") if "Weekly sync, Mon" in each["text"]]
    return [each for each in found if not each["broadcast"]]


def replies(muster: Running, summary: Json) -> list[Json]:
    """In its thread alone."""
    thread = who(muster, "Grace").messages("forecast", thread=summary["ts"])[1:]
    return [each for each in thread if not each["broadcast"]]


def delete(muster: Running, message: Json) -> None:
    channel = who(muster, "Grace").channel_id("forecast")
    WebClient(muster.box.bot_token, f"{muster.box.url}/api/").chat_delete(channel=channel, ts=message["ts"])


def answer(muster: Running, name: str, moved: str) -> None:
    person = who(muster, name)
    person.click(invitation(person), "Answer")
    person.fill({MOVED: moved, CONFIDENCE: CERTAIN})
    assert person.submit() == {}


def close(muster: Running) -> None:
    for moment in (BERLIN.replace(hour=12), BERLIN.replace(hour=17), LAST_ENDS, LAST_ENDS + timedelta(minutes=1)):
        muster.people.jump_to(moment)


def in_trouble(muster: Running) -> object:
    return troubles.troubles(muster.process.db, workspace_id=muster.workspace_id, now=muster.process.clock())


def test_the_summary_is_posted_although_the_count_was_deleted_with_its_pages_in_its_thread(muster: Running) -> None:
    delete(muster, of_run(muster)[0])
    for name in IN_BERLIN:
        answer(muster, name, f"{name}: {AND_MORE}")
    assert of_run(muster) == [], "whoever deleted the count meant it"
    close(muster)
    (summary,) = eventually(lambda: of_run(muster))
    assert "The other answers are in the thread." in read(summary)
    (page,) = eventually(lambda: replies(muster, summary))
    assert "answers continued (2 of 2)" in read(page)
    assert all(any(f"{name}: " in read(each) for each in (summary, page)) for name in IN_BERLIN)
    assert in_trouble(muster) == []


def test_the_summary_is_posted_although_the_count_was_deleted_unnoticed(muster: Running) -> None:
    answer(muster, "Chloe", "Something.")
    assert eventually(lambda: "1 of 8 answered" in str(texts(of_run(muster)[0])))
    delete(muster, of_run(muster)[0])
    close(muster)
    (summary,) = eventually(lambda: of_run(muster))
    assert "not heard from: " in read(summary)


def test_a_summary_that_was_deleted_stays_deleted(muster: Running) -> None:
    answer(muster, "Chloe", "Something.")
    close(muster)
    assert eventually(lambda: "not heard from: " in read(of_run(muster)[0]))
    delete(muster, of_run(muster)[0])
    ben = who(muster, "Ben")
    ben.click(ben.dm()[0], "Answer late")
    ben.fill({MOVED: "Late.", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    muster.people.jump_to(LAST_ENDS + timedelta(minutes=5))
    assert eventually(lambda: "answered late" in read(ben.dm()[0]))
    assert of_run(muster) == []
    assert in_trouble(muster) == []


def test_that_nobody_answered_is_not_posted_anew_but_a_late_answer_is(muster: Running) -> None:
    delete(muster, of_run(muster)[0])
    close(muster)
    assert of_run(muster) == []
    chloe = who(muster, "Chloe")
    chloe.click(chloe.dm()[0], "Answer late")
    chloe.fill({MOVED: "Late.", CONFIDENCE: CERTAIN})
    assert chloe.submit() == {}
    (summary,) = eventually(lambda: of_run(muster))
    assert "Late." in read(summary)
    assert in_trouble(muster) == []


def test_a_late_answer_is_posted_and_told_of_although_that_nobody_had_answered_was_deleted(muster: Running) -> None:
    close(muster)
    (closed,) = eventually(lambda: [each for each in of_run(muster) if "Closed, no answers" in read(each)])
    delete(muster, closed)
    chloe = who(muster, "Chloe")
    chloe.click(chloe.dm()[0], "Answer late")
    chloe.fill({MOVED: "Late.", CONFIDENCE: CERTAIN})
    assert chloe.submit() == {}
    (summary,) = eventually(lambda: of_run(muster))
    assert "Late." in read(summary)
    (told,) = eventually(lambda: [each for each in who(muster, "Grace").messages("forecast") if each["broadcast"]])
    assert told["thread_ts"] == summary["ts"]
    assert in_trouble(muster) == []
