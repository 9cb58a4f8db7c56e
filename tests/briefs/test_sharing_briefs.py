"""A draft is its person's alone until they share it; then its thread shows what it said at that moment."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from domain.briefings import NotYours, Shared
from domain.briefs import Brief, Made, Statement, WhyNot
from domain.deliveries import Delivery
from domain.errors import NotInChannel
from sandbox.blockkit.problems import problems_of_message
from sandbox.client import Person, texts
from schedules.contents import contents
from services import brief_sharing, briefings, deliveries, erasing
from storage import channels, people
from storage.engine import Database
from surface.brief_sharing import shared_message
from surface.briefs import brief_message
from surface.kit import Message
from tests.briefs.test_brief_views import card, full
from tests.briefs.test_briefings import THREAD, draft, kept
from tests.briefs.test_briefs_in_slack import BRIEF, place, thread
from tests.muster import Running, running
from tests.nasty import TEXTS
from tests.seen import find
from tests.surface.views import labels
from tests.team import ANA, BEN, FORECAST, NOW, PRICING, WORKSPACE, owed, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def share(db: Database, person: str = BEN, now: datetime = NOW) -> None:
    brief_sharing.share(db, workspace_id=WORKSPACE, brief_id=1, person_id=person, now=now)


def take_back(db: Database, person: str = BEN) -> None:
    brief_sharing.take_back(db, workspace_id=WORKSPACE, brief_id=1, person_id=person, now=NOW)


def reword(db: Database) -> None:
    other = replace(kept(db).brief or Brief(), question=Statement("Other words"))
    briefings.change(db, workspace_id=WORKSPACE, brief_id=1, person_id=BEN, change=lambda _brief: other, now=NOW)


def in_thread(db: Database) -> str | None:
    """What stands there once all is sent; None of nothing."""
    due = deliveries.claim(db, now=NOW, limit=9, paces={})
    of_thread: list[Delivery] = [each for each in due if each.subject.kind == "shared_brief"]
    drawn = contents(db, of_thread, NOW)
    found = drawn[of_thread[0].id] if of_thread else None
    return found.text if isinstance(found, Message) else None


def test_what_is_shared_goes_into_its_thread_as_it_was_then(db: Database) -> None:
    draft(db)
    share(db)
    share(db)
    (row,) = owed(db, "shared_brief")
    assert (row.channel_id, row.thread_ts, row.person_id) == (FORECAST, THREAD, "")
    reword(db)
    said = in_thread(db) or ""
    assert said.startswith("Brief of this thread, from 4 messages, shared by Ben.")
    assert "We ship the small one" in said
    assert "Other words" not in said


def test_shared_again_the_same_message_shows_it_as_it_is_now(db: Database) -> None:
    draft(db)
    share(db)
    reword(db)
    share(db)
    assert len(owed(db, "shared_brief")) == 1
    assert "Other words" in (in_thread(db) or "")


def test_what_was_taken_back_before_it_was_out_is_not_posted(db: Database) -> None:
    draft(db)
    share(db)
    take_back(db)
    assert in_thread(db) is None
    assert kept(db).shared is None


@pytest.mark.parametrize("do", [share, take_back])
def test_nobody_shares_or_takes_back_what_is_not_theirs(db: Database, do: Callable[..., None]) -> None:
    draft(db)
    with pytest.raises(NotYours):
        do(db, ANA)
    assert owed(db, "shared_brief") == []


def test_who_may_read_the_thread_no_more_shares_nothing_of_it(db: Database) -> None:
    draft(db, channel=PRICING)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={ANA}, at=NOW)
    with pytest.raises(NotYours):
        share(db)


def test_where_muster_is_no_longer_nothing_is_shared(db: Database) -> None:
    draft(db)
    with db.write() as session:
        found = channels.channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
        assert found
        channels.save(session, channel=replace(found, has_bot=False))
    with pytest.raises(NotInChannel):
        share(db)


def test_what_somebody_shared_who_is_erased_goes_with_them(db: Database) -> None:
    draft(db)
    share(db)
    with db.read() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
    assert ben
    erasing.erase(db, person=ben, now=NOW)
    assert in_thread(db) is None


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_people_wrote_slack_takes_what_is_shared_and_nobody_is_called(text: str) -> None:
    for brief in (full(text), replace(full(text), made=Made(model=text)), Brief()):
        message = shared_message(card(brief))
        assert problems_of_message(message.blocks) == []
        assert not labels(message.blocks), "it is nobody's to press"
        for shown in (message.text, *texts({"blocks": message.blocks})):
            assert not any(call in shown for call in ("<!", "<@", "<#"))


def test_what_is_shared_says_how_it_was_made_and_who_corrected_it() -> None:
    found = full("Ship it")
    plain = str(shared_message(card(replace(found, left_out=()))).blocks)
    assert "Drawn up without a language model" in plain
    assert "Corrected by" not in plain
    assert "Look also at" not in plain, "that is for whoever goes over it"
    late = str(shared_message(card(replace(found, made=Made(why_not=WhyNot.TOO_SLOW)))).blocks)
    assert "The AI service took too long." in late
    assert "Corrected by Ben &lt;!here&gt;." in late, "something was left out by hand"


def test_the_draft_says_whether_its_thread_shows_it() -> None:
    brief = Brief(question=Statement("Why?"))
    shared = Shared(brief, 140, 140)
    for found, pressed, says in (
        (card(brief), ["Share in the thread"], "Only you see it"),
        (card(brief, shared=shared), ["Take back"], "You shared it in the thread."),
        (card(full("x"), shared=shared), ["Share it again", "Take back"], "as it was before"),
    ):
        message = brief_message(found, 1)
        offered = [each for each in labels(message.blocks) if "hare" in each or "back" in each]
        assert offered == pressed
        assert says in str(message.blocks)
    gone = brief_message(card(None, shared=shared), 1)
    assert "still stands there" in gone.text
    assert labels(gone.blocks) == ["Take back"]


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def test_a_draft_is_shared_changed_and_taken_back(muster: Running) -> None:
    ana, ben = (muster.people.person(name) for name in ("Ana", "Ben"))
    message = thread(ana, ben)

    def replies(person: Person = ana) -> list[dict[str, object]]:
        return person.messages("forecast", thread=str(message["ts"]))

    ben.shortcut(BRIEF, message)
    ben.click(find(ben.dm, "*Brief* of", "Only you see it"), "Share in the thread")
    assert "Everybody who can read #forecast will see it in the thread, with your name" in str(ben.modal())
    assert ben.submit() == {}
    find(replies, "*Brief* of this thread, from 4 messages, shared by Ben Okafor.", "we ship the small model in March")
    told = find(ben.dm, "*Brief* of", "You shared it in the thread.")
    ana.say("forecast", "Thanks.", thread=message["ts"])
    ben.click(told, "Review")
    # What Muster says there itself is nothing to read.
    review = find(lambda: [ben.modal() or {}], "Review the brief", "1 message has come since it was drawn up.")
    ben.click(review, "Put it in other words", nth=place(review, "we ship"))
    ben.fill({"In your words": "The small model ships in March"})
    assert ben.submit() == {}
    ben.close()
    ben.click(find(ben.dm, "*Brief* of", "as it was before"), "Share it again")
    assert ben.submit() == {}
    find(replies, "“The small model ships in March” (changed by Ben Okafor)", "Corrected by Ben Okafor.")
    assert len([said for said in replies() if "of this thread" in str(said)]) == 1
    ben.shortcut(BRIEF, message)
    told = find(ben.dm, "*Brief* of", "as it was before")
    ben.click(told, "Take back")
    assert "small model ships" not in str(find(replies, "The brief of this thread that stood here was taken back."))
    find(ben.dm, "*Brief* of", "Only you see it")
