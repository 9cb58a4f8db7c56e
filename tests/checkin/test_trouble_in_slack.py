"""What comes twice, too late, or to a Muster that cannot take it: nothing that was typed is lost or kept twice."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select, text

from sandbox.client import Refused, eventually, texts
from storage.tables import AnswerRow
from tests.checkin.slack import (
    CERTAIN,
    CONFIDENCE,
    INFRA,
    MOVED,
    answer,
    invitation,
    newest,
    read,
    who,
)
from tests.muster import BOTH_WAYS, Running


@BOTH_WAYS
@pytest.mark.parametrize("what", ["Answer", "Skip today"])
def test_the_same_click_delivered_again_changes_nothing(muster: Running, what: str) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), what)
    click = muster.people.deliveries()[-1]["id"]
    if what == "Skip today":
        assert eventually(lambda: "Skipped: " in newest(chloe))
    (message,) = (each for each in chloe.dm() if not each["ephemeral"])
    updates = count_updates(muster, message["ts"])
    for _ in range(2):
        assert muster.people.again(click)
    assert len([each for each in chloe.dm() if not each["ephemeral"]]) == 1
    assert count_updates(muster, message["ts"]) == updates


def count_updates(muster: Running, ts: str) -> int:
    """Of one message: the channel's count may still be on its way."""
    return sum(call.args["ts"] == ts for call in muster.box.log.calls("chat.update"))


@BOTH_WAYS
def test_the_same_submission_delivered_again_changes_nothing(muster: Running) -> None:
    chloe = answer(muster, "Chloe", blocked="No labels")
    submission = [each for each in muster.people.deliveries() if each["type"] == "view_submission"][-1]["id"]
    for _ in range(2):
        assert muster.people.again(submission)
    assert eventually(lambda: "answered, thank you" in newest(chloe))
    assert "edited" not in newest(chloe)
    assert len(kept(muster, "moved")) == 1


def hold_submissions(muster: Running) -> threading.Event:
    """From now on Muster gets round to a submission only when the event is set."""
    may_go_on = threading.Event()

    def middleware(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name for it
        if body.get("type") == "view_submission":
            may_go_on.wait(10)
        next()

    muster.process.app.use(middleware)
    return may_go_on


@BOTH_WAYS
def test_after_a_late_acknowledgement_the_changed_text_is_kept_in_one_record(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "First.", CONFIDENCE: CERTAIN})
    may_go_on = hold_submissions(muster)
    with pytest.raises(Refused, match="timeout"):
        chloe.submit()
    assert chloe.modal(), "the form is still open"
    may_go_on.set()
    assert eventually(lambda: kept(muster, "moved") == ["First."])
    chloe.fill({MOVED: "Changed."})
    assert chloe.submit() == {}
    assert kept(muster, "moved") == ["Changed."]
    assert eventually(lambda: "Changed." in newest(chloe))


def kept(muster: Running, question: str) -> list[str]:
    """All answers to a question, whoever gave them."""
    with muster.process.db.read() as session:
        return [row.value for row in session.exec(select(AnswerRow)) if row.question_id == question]


def test_while_the_database_is_locked_the_form_says_so_and_keeps_what_was_typed(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "Typed once.", CONFIDENCE: CERTAIN})
    with muster.process.db.write():
        marked = chloe.submit()
    assert marked == {
        MOVED: "Muster is very busy. Wait a few seconds, and look whether it was done before you try again."
    }
    assert chloe.submit() == {}
    assert kept(muster, "moved") == ["Typed once."]


@pytest.mark.parametrize("error", ["expired_trigger_id", "ratelimited"])
def test_when_slack_does_not_open_the_form_the_person_is_told_what_to_do(muster: Running, error: str) -> None:
    chloe = who(muster, "Chloe")
    asked = invitation(chloe)
    if error == "ratelimited":
        muster.box.faults.add("views.open", "ratelimited")
    else:
        muster.box.faults.add("views.open", "error", error=error)
    chloe.click(asked, "Answer")
    assert eventually(lambda: chloe.ephemerals("app"))
    offered = chloe.ephemerals("app")[-1]
    assert "Slack did not open the form in time." in read(offered)
    chloe.click(offered, "Open the form")
    assert chloe.modal()


@BOTH_WAYS
def test_an_unexpected_error_gives_a_reference_and_no_trace(muster: Running, caplog: pytest.LogCaptureFixture) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "Typed once.", CONFIDENCE: CERTAIN})
    with muster.process.db.write() as session:
        session.execute(text("ALTER TABLE response RENAME TO elsewhere"))
    with caplog.at_level(logging.ERROR):
        (said,) = chloe.submit().values()
    with muster.process.db.write() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO response"))
    assert "Something went wrong. Look whether it was done before you try again." in said
    assert "Error" not in said
    reference = said.rstrip(".").split()[-1]
    assert any(reference in record.getMessage() and record.exc_info for record in caplog.records)
    assert chloe.submit() == {}


def test_a_form_that_is_sent_after_the_next_run_began_says_why_and_hands_it_back(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "A week late.", CONFIDENCE: CERTAIN})
    muster.people.jump_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    assert chloe.submit() == {}
    said = "\n".join(texts(chloe.modal() or {}))
    assert "Type `/checkin` to see those that are open." in said
    assert "A week late." in said, "it is handed back, to be copied"


def test_a_click_in_a_form_that_comes_too_late_is_answered_in_a_form_of_its_own(muster: Running) -> None:
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    muster.people.jump_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    ben.choose(INFRA, "No")
    assert eventually(lambda: "this one takes no more answers" in str(texts(ben.modal() or {})))
    ben.close()
    assert INFRA in texts(ben.modal() or {}), "what was typed is still there"
