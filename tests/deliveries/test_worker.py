"""What goes wrong with one message, or with the database, stops no other message."""

import threading
from datetime import UTC, datetime

import pytest

from domain.deliveries import Kind, Subject
from sandbox.client import eventually, texts
from services import owing
from storage.engine import BUSY_SECONDS
from tests.muster import Running, running

MONDAY_IN_BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def owe_what_cannot_be_drawn(muster: Running) -> None:
    """A page of a summary that has no number, due with the others."""
    channel = muster.people.person("Grace").channel_id("forecast")
    with muster.process.db.write() as session:
        broken = Subject(Kind.RUN_PART, 1, part="none", channel_id=channel)
        owing.owe(session, muster.workspace_id, broken, now=MONDAY_IN_BERLIN)


def test_a_message_that_cannot_be_drawn_holds_up_no_other(tables_url: str) -> None:
    with running(tables_url) as muster:
        muster.switch_on()
        owe_what_cannot_be_drawn(muster)
        muster.people.jump_to(MONDAY_IN_BERLIN)
        ben = muster.people.person("Ben")
        assert eventually(lambda: [message for message in ben.dm() if "Answer" in texts(message)])


def test_results_that_cannot_be_recorded_at_once_are_recorded_later(
    tables_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with running(tables_url) as muster:
        muster.switch_on()
        hold = muster.box.faults.add("chat.postMessage", "hold", times=50, when="after")
        jump = threading.Thread(target=muster.people.jump_to, args=(MONDAY_IN_BERLIN,))
        jump.start()
        assert hold.reached.wait(10)
        with muster.process.db.write():
            muster.box.faults.clear()
            hold.release()
            threading.Event().wait(BUSY_SECONDS + 0.5)
        jump.join()
        assert "DatabaseBusy" in caplog.text
        ben = muster.people.person("Ben")
        ben.click(eventually(ben.dm)[0], "Skip today")
        assert eventually(lambda: "Skipped: " in str(texts(ben.dm()[0])))
        assert len(ben.dm()) == 1
        assert muster.people.next_event()["ok"]
