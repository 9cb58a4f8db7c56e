"""A weekly sync as people live it: through Bolt and real sockets, in a Slack of its own."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select, text

from sandbox.client import Person, Refused, eventually, texts
from sandbox.state import Json
from storage import people
from storage.tables import AnswerRow
from tests.muster import Running, running

BERLIN = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
MOVED = "What moved last week that another team should know?"
BLOCKED = "What is blocking you?"
UNBLOCKER = "If something is blocked, who can clear it?"
CONFIDENCE = "How confident are you in our next milestone date?"
INFRA = "Is our training and serving infrastructure reproducible right now?"
GAP = "What breaks first?"
CERTAIN = "5 (Certain)"


@pytest.fixture
def muster(tmp_path: Path) -> Iterator[Running]:
    """Half past nine on Monday in Berlin; Ben is set up as an engineer."""
    with running(f"sqlite:///{tmp_path / 'muster.db'}") as found:
        be_an_engineer(found, "Ben")
        found.switch_on()
        found.people.jump_to(BERLIN)
        yield found


def be_an_engineer(muster: Running, name: str) -> None:
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id, ids=[who(muster, name).id])
        people.set_up_person(session, person=replace(known.popitem()[1], function="engineering"))


def who(muster: Running, name: str) -> Person:
    return muster.people.person(name)


def invitation(person: Person) -> Json:
    """The newest message with buttons that the person has got from Muster."""
    return eventually(lambda: [message for message in person.dm() if "Answer" in texts(message)])[-1]


def read(message: Json) -> str:
    return "\n".join([message["text"], *texts(message)])


def newest(person: Person) -> str:
    return read(person.dm()[-1])


def run_message(muster: Running) -> Json:
    found = [each for each in who(muster, "Grace").messages("forecast") if "Weekly sync, Mon" in each["text"]]
    return found[-1]


def answer(muster: Running, name: str, **more: str) -> Person:
    person = who(muster, name)
    person.click(invitation(person), "Answer")
    person.fill(
        {MOVED: f"{name} moved things.", CONFIDENCE: CERTAIN, **{LABELS[key]: each for key, each in more.items()}}
    )
    assert person.submit() == {}
    return person


LABELS = {"blocked": BLOCKED, "unblocker": UNBLOCKER}


def test_each_person_gets_one_message_with_purpose_deadline_and_two_buttons(muster: Running) -> None:
    ana, chloe = who(muster, "Ana"), who(muster, "Chloe")
    said = read(invitation(chloe))
    assert "Line up research progress" in said
    assert "Please answer by Mon 23 Nov 17:30 CET" in said
    assert "for #forecast, facilitated by Grace Kim" in said
    assert "Skip today" in said
    assert not ana.dm(), "it is half past five in São Paulo"
    muster.people.jump_to(datetime(2026, 11, 23, 12, 30, tzinfo=UTC))
    assert len(eventually(ana.dm)) == 1


def test_a_submission_becomes_a_receipt_and_the_channel_counts_it(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    assert eventually(lambda: "answered, thank you" in newest(chloe))
    assert "Chloe moved things." in newest(chloe)
    assert "5 (Certain)" in newest(chloe)
    assert "Edit" in texts(chloe.dm()[-1])
    assert len(chloe.dm()) == 1
    assert eventually(lambda: "1 of 8 answered" in read(run_message(muster)))


def test_mistakes_are_marked_on_the_field_and_what_was_typed_stays(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "x" * 301, CONFIDENCE: CERTAIN})
    marked = chloe.submit()
    if marked:
        assert list(marked) == [MOVED]
    chloe.fill({MOVED: "   "})
    assert chloe.submit() == {MOVED: "Please answer this one, even in a word."}
    chloe.fill({MOVED: "Good now."})
    assert chloe.submit() == {}


def test_editing_shows_what_was_answered_and_is_marked(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    assert eventually(lambda: "Edit" in texts(chloe.dm()[-1]))
    chloe.click(chloe.dm()[-1], "Edit")
    assert "Chloe moved things." in str(chloe.modal())
    chloe.fill({MOVED: "Chloe moved more."})
    assert chloe.submit() == {}
    assert eventually(lambda: "Chloe moved more." in newest(chloe))
    assert "edited" in newest(chloe)


def test_skip_today_settles_the_message_and_can_be_taken_back(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Skip today")
    assert eventually(lambda: "Skipped: " in newest(chloe))
    chloe.click(chloe.dm()[-1], "Answer after all")
    chloe.fill({MOVED: "There was something.", CONFIDENCE: CERTAIN})
    assert chloe.submit() == {}
    assert eventually(lambda: "answered, thank you" in newest(chloe))


def test_a_follow_up_appears_on_a_click_and_keeps_what_was_typed(muster: Running) -> None:
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    ben.fill({MOVED: "Typed before the click."})
    assert GAP not in texts(ben.modal() or {})
    ben.choose(INFRA, "No")
    assert eventually(lambda: GAP in texts(ben.modal() or {}))
    ben.fill({GAP: "Restarts.", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    assert eventually(lambda: "Restarts." in newest(ben))
    assert "Typed before the click." in newest(ben)


def test_a_reminder_goes_once_and_only_to_the_silent(muster: Running) -> None:
    chloe = answer(muster, "Chloe")
    farid = who(muster, "Farid")
    farid.click(invitation(farid), "Skip today")
    for hour in (14, 15):
        muster.people.jump_to(datetime(2026, 11, 23, hour, 30, tzinfo=UTC))
    grace = who(muster, "Grace")
    assert eventually(lambda: [message for message in grace.dm() if "A reminder: " in read(message)])
    assert sum("A reminder: " in read(message) for message in grace.dm()) == 1
    assert not [message for person in (chloe, farid) for message in person.dm() if "A reminder: " in read(message)]


def test_the_summary_has_blockers_first_with_a_button_and_plain_names(muster: Running) -> None:
    answer(muster, "Chloe", blocked="<!channel> No labels & no time", unblocker="Grace")
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    ben.fill({MOVED: "Ben moved things.", INFRA: "Yes", CONFIDENCE: CERTAIN})
    assert ben.submit() == {}
    for moment in ((23, 12, 30, 0), (23, 17, 30, 0), (24, 1, 30, 1)):
        muster.people.jump_to(datetime(2026, 11, *moment, tzinfo=UTC))
    assert eventually(lambda: "no answer: " in read(run_message(muster)))
    found = run_message(muster)
    lines = texts(found)
    said = "\n".join(lines)
    assert lines[0] == "Weekly sync, Mon 23 Nov"
    assert "no answer: Ana Souza, Dev Patel, Erin Walsh, Farid Haddad, Grace Kim and Hana Sato" in said
    assert said.index("*Blockers (1)*") < said.index("Make action item") < said.index("*Engineering*")
    assert "&lt;!channel&gt; No labels &amp; no time" in said
    assert "can be cleared by Grace Kim" in said
    assert said.index("*Engineering*") < said.index("*Other*")
    assert "<@" not in read(found)
    assert "<!channel" not in read(found)
    assert len([m for m in who(muster, "Grace").messages("forecast") if "Weekly sync, Mon" in m["text"]]) == 1


@pytest.mark.parametrize("what", ["Answer", "Skip today"])
def test_the_same_click_delivered_again_changes_nothing(muster: Running, what: str) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), what)
    click = muster.people.deliveries()[-1]["id"]
    if what == "Skip today":
        assert eventually(lambda: "Skipped: " in newest(chloe))
    updates = len(muster.box.log.calls("chat.update"))
    for _ in range(2):
        assert muster.people.again(click)
    assert len([message for message in chloe.dm() if not message["ephemeral"]]) == 1
    assert len(muster.box.log.calls("chat.update")) == updates


def test_the_same_submission_delivered_again_changes_nothing(muster: Running) -> None:
    chloe = answer(muster, "Chloe", blocked="No labels")
    submission = [each for each in muster.people.deliveries() if each["type"] == "view_submission"][-1]["id"]
    for _ in range(2):
        assert muster.people.again(submission)
    assert eventually(lambda: "answered, thank you" in newest(chloe))
    assert "edited" not in newest(chloe)
    assert len(kept(muster, "moved")) == 1


def kept(muster: Running, question: str) -> list[str]:
    """All answers to a question, whoever gave them."""
    with muster.process.db.read() as session:
        return [row.value for row in session.exec(select(AnswerRow)) if row.question_id == question]


def hold_submissions(muster: Running) -> threading.Event:
    """From now on Muster gets round to a submission only when the event is set."""
    may_go_on = threading.Event()

    def middleware(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt's name for it
        if body.get("type") == "view_submission":
            may_go_on.wait(10)
        next()

    muster.process.socket.app.use(middleware)
    return may_go_on


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


def test_while_the_database_is_locked_the_form_says_so_and_keeps_what_was_typed(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "Typed once.", CONFIDENCE: CERTAIN})
    with muster.process.db.write():
        marked = chloe.submit()
    assert marked == {MOVED: "Muster is very busy, and nothing was changed. Wait a few seconds, then try again."}
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
    assert "Something went wrong, and nothing was changed." in said
    assert "Error" not in said
    reference = said.rstrip(".").split()[-1]
    assert any(reference in record.getMessage() and record.exc_info for record in caplog.records)
    assert chloe.submit() == {}


def test_a_form_that_is_sent_after_the_next_run_began_says_why_it_is_not_taken(muster: Running) -> None:
    chloe = who(muster, "Chloe")
    chloe.click(invitation(chloe), "Answer")
    chloe.fill({MOVED: "A week late.", CONFIDENCE: CERTAIN})
    muster.people.jump_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    assert "Type `/checkin` to see those that are open." in chloe.submit()[MOVED]


def test_checkin_lists_what_can_be_answered_now(muster: Running) -> None:
    chloe, ana = who(muster, "Chloe"), who(muster, "Ana")
    assert eventually(chloe.dm)
    for person in (chloe, ana):
        person.command("/checkin", channel="forecast")
    found = chloe.ephemerals("forecast")[-1]
    assert "open until" in read(found)
    chloe.click(found, "Answer")
    assert chloe.modal()
    assert "You have nothing to answer right now." in read(ana.ephemerals("forecast")[-1])
    ana.command("/checkin", "  HELP ", channel="forecast")
    assert "`/checkin` shows the check-ins you can answer now" in read(ana.ephemerals("forecast")[-1])


def test_a_click_in_a_form_that_comes_too_late_is_answered_in_a_form_of_its_own(muster: Running) -> None:
    ben = who(muster, "Ben")
    ben.click(invitation(ben), "Answer")
    muster.people.jump_to(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    ben.choose(INFRA, "No")
    assert eventually(lambda: "this one takes no more answers" in str(texts(ben.modal() or {})))
    ben.close()
    assert INFRA in texts(ben.modal() or {}), "what was typed is still there"
