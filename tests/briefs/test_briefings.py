"""What people ask briefs of, and what becomes of each."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from domain.briefings import KEPT, TRIES, Asked, BetweenPeople, Briefing, NoThread, NotYours, Progress, Trouble
from domain.briefs import Brief, Dissent, Doubt, LeftOut, Option, Part, State, Statement, Status, Task
from domain.errors import NotInChannel, NotSetUp
from domain.people import Person
from schedules.contents import contents
from services import briefings, deliveries, erasing, forgetting, sync
from services.briefings import LEASE
from storage import briefs, channels, people
from storage import erasing as rows
from storage.engine import Database
from surface.kit import Message
from tests.databases import patient
from tests.team import ANA, BEN, CHLOE, ELSEWHERE, FORECAST, NOW, PRICING, WORKSPACE, owed, settle

THREAD = "1763650000.000100"
SAID = Statement("We ship the small one", (THREAD,), "We ship the small one")
WEAK = replace(SAID, state=State.WEAK, doubts=(Doubt.NUMBER_NOT_SAID,))
WHOLE = Brief(
    question=SAID,
    context=(SAID,),
    options=(Option(SAID, (SAID,), (WEAK,)),),
    status=Status.PROPOSED,
    decision=(SAID, WEAK),
    rationale=(SAID,),
    dissent=(Dissent(ANA, SAID),),
    open_questions=(SAID,),
    tasks=(Task(SAID, BEN, NOW.date(), "today"), Task(SAID)),
    left_out=(LeftOut(Part.OPTION, "Buy a third one", Doubt.NO_SOURCE),),
    language="en",
)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def ask(db: Database, person: str = BEN, channel: str = FORECAST, now: datetime = NOW) -> None:
    briefings.ask(db, asked=Asked(WORKSPACE, person, channel, THREAD), now=now)


def claim(db: Database, now: datetime = NOW) -> Briefing:
    (found,) = briefings.claim(db, now=now, limit=9)
    return found


def draft(db: Database, person: str = BEN, channel: str = FORECAST) -> Briefing:
    ask(db, person, channel)
    briefing = claim(db)
    briefings.drafted(db, briefing=briefing, brief=WHOLE, read=4, last_ts=THREAD, now=NOW)
    return briefing


def kept(db: Database) -> Briefing:
    with db.read() as session:
        found = briefs.briefing(session, workspace_id=WORKSPACE, brief_id=1)
    assert found
    return found


def shown(db: Database, now: datetime = NOW) -> list[str]:
    """What the messages say by now, the oldest request first."""
    due = sorted(deliveries.claim(db, now=now, limit=9, paces={}), key=lambda each: each.subject.part)
    drawn = contents(db, due, now)
    return [found.text if isinstance(found := drawn[each.id], Message) else str(found) for each in due]


def test_a_draft_is_kept_as_it_is_drawn_up(db: Database) -> None:
    draft(db)
    assert (kept(db).progress, kept(db).brief, kept(db).read) == (Progress.DRAFTED, WHOLE, 4)
    assert briefings.claim(db, now=NOW + KEPT, limit=9) == [], "it is due no more"


def test_clicked_twice_at_once_it_is_asked_for_once(db: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(ask, db) for _ in range(2)]:
            attempt.result()
    assert (claim(db).turn, len(owed(db, "brief"))) == (1, 1)


def test_of_two_replicas_one_reads_it_and_the_other_once_that_one_has_died(db: Database) -> None:
    ask(db)
    first = claim(db)
    assert briefings.claim(db, now=NOW + LEASE - timedelta(seconds=1), limit=9) == []
    assert claim(db, now=NOW + LEASE) == first


def test_news_of_a_reading_keeps_others_from_beginning_another(db: Database) -> None:
    ask(db)
    later = NOW + timedelta(minutes=9)
    assert briefings.has_read(db, briefing=claim(db), read=60, total=140, now=later)
    assert briefings.claim(db, now=NOW + LEASE, limit=9) == []
    assert shown(db) == ["I am reading a thread in #forecast for your brief, 60 of 140 messages so far."]


def test_asked_for_anew_an_older_reading_counts_no_more(db: Database) -> None:
    older = draft(db)
    ask(db)
    briefings.drafted(db, briefing=older, brief=Brief(), read=1, last_ts=THREAD, now=NOW)
    assert (kept(db).progress, kept(db).turn) == (Progress.READING, 2)
    assert shown(db) == [
        "You asked for a brief of a thread in #forecast again: it stands below.",
        "I am reading a thread in #forecast for your brief.",
    ]


def test_what_is_discarded_while_it_is_read_stays_so(db: Database) -> None:
    ask(db)
    reading = claim(db)
    briefings.discard(db, workspace_id=WORKSPACE, brief_id=1, person_id=BEN, now=NOW)
    assert not briefings.has_read(db, briefing=reading, read=60, total=140, now=NOW)
    briefings.drafted(db, briefing=reading, brief=WHOLE, read=4, last_ts=THREAD, now=NOW)
    briefings.failed(db, briefing=reading, trouble=Trouble.EMPTY, now=NOW)
    assert (kept(db).progress, kept(db).brief) == (Progress.DISCARDED, None)


@pytest.mark.parametrize(
    ("trouble", "said"), [(Trouble.NO_ANSWER, "Slack did not answer"), (Trouble.BROKEN, "Something went wrong")]
)
def test_what_may_be_over_is_tried_again_later_and_later_and_then_said(
    db: Database, trouble: Trouble, said: str
) -> None:
    ask(db)
    now = NOW
    for pause in TRIES:
        briefings.failed(db, briefing=claim(db, now), trouble=trouble, now=now)
        now += pause
    briefings.failed(db, briefing=claim(db, now), trouble=trouble, now=now)
    assert kept(db).progress is Progress.FAILED
    assert said in shown(db)[0]


def test_what_slack_will_never_give_is_said_at_once(db: Database) -> None:
    ask(db)
    briefings.failed(db, briefing=claim(db), trouble=Trouble.NOT_READABLE, now=NOW)
    assert "Slack does not let Muster read it" in shown(db)[0]


def test_a_wait_that_slack_asks_for_is_no_failure(db: Database) -> None:
    ask(db)
    briefings.put_off(db, briefing=claim(db), until=NOW + timedelta(hours=1), now=NOW)
    assert (kept(db).tries, claim(db, NOW + timedelta(hours=1)).id) == (0, 1)


def test_a_draft_is_its_persons_alone(db: Database) -> None:
    draft(db)
    for reader in (ANA, CHLOE, "UNOBODY"):
        with pytest.raises(NotYours):
            briefings.readable(db, workspace_id=WORKSPACE, brief_id=1, person_id=reader)
        with pytest.raises(NotYours):
            briefings.discard(db, workspace_id=WORKSPACE, brief_id=1, person_id=reader, now=NOW)
    assert briefings.readable(db, workspace_id=WORKSPACE, brief_id=1, person_id=BEN).names == {
        ANA: "Ana",
        BEN: "Ben",
    }


def test_its_buttons_work_also_while_slack_was_not_asked_lately_who_is_in_a_private_channel(db: Database) -> None:
    draft(db, channel=PRICING)
    with db.write() as session:
        channels.doubt(session, workspace_id=WORKSPACE, channel_id=PRICING, at=NOW)
    assert briefings.readable(db, workspace_id=WORKSPACE, brief_id=1, person_id=BEN).briefing.brief == WHOLE


def test_who_leaves_the_private_channel_reads_its_brief_no_more(db: Database) -> None:
    draft(db, channel=PRICING)
    assert "We ship the small one" in shown(db)[0]
    sync.save_members(db, workspace_id=WORKSPACE, channel_id=PRICING, ids=[CHLOE], read_at=NOW, now=NOW)
    with pytest.raises(NotYours):
        briefings.readable(db, workspace_id=WORKSPACE, brief_id=1, person_id=BEN)


@pytest.mark.parametrize(
    "link",
    [
        "https://northlight.slack.com/archives/C2/p1763650000000100",
        "https://northlight.slack.com/archives/C404/p1763650000000100",
        "https://other.slack.com/archives/C1/p1763650000000100",
        "https://northlight.slack.com/archives/C1",
        "yesterday",
    ],
)
def test_a_link_to_what_one_may_not_read_says_the_same_as_no_link(db: Database, link: str) -> None:
    with pytest.raises(NoThread):
        briefings.ask_for_linked(db, workspace_id=WORKSPACE, person_id=ANA, link=link, now=NOW)
    assert owed(db, "brief") == []


@pytest.mark.parametrize("more", ["", "?thread_ts=1763650000.000100&cid=C1"])
def test_a_link_into_a_thread_leads_to_the_whole_of_it(db: Database, more: str) -> None:
    link = f"https://northlight.slack.com/archives/C1/p1763650000000{'200' if more else '100'}{more}"
    briefings.ask_for_linked(db, workspace_id=WORKSPACE, person_id=ANA, link=link, now=NOW)
    assert kept(db).thread_ts == THREAD


def test_nothing_is_read_between_people_or_where_muster_is_not(db: Database) -> None:
    with pytest.raises(BetweenPeople):
        ask(db, channel="D1")
    with pytest.raises(NotInChannel):
        ask(db, channel=ELSEWHERE)


def test_a_draft_that_nobody_used_is_forgotten(db: Database) -> None:
    draft(db)
    forgetting.forget_drafts(db, now=NOW + KEPT)
    assert kept(db).brief == WHOLE
    forgetting.forget_drafts(db, now=NOW + KEPT + timedelta(seconds=1))
    assert (kept(db).brief, kept(db).progress) == (None, Progress.DISCARDED)


def test_of_somebody_who_is_erased_no_draft_is_kept(db: Database) -> None:
    draft(db)
    with db.read() as session:
        ben = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
    assert ben
    erasing.erase(db, person=ben, now=NOW)
    with db.read() as session:
        assert briefs.briefing(session, workspace_id=WORKSPACE, brief_id=1) is None


def test_somebody_who_is_erased_while_they_ask_leaves_nothing_behind(db: Database) -> None:
    with patient(db.engine), ThreadPoolExecutor(1) as pool:
        with db.write() as session:
            people.workspace(session, workspace_id=WORKSPACE, lock=True)
            asking = pool.submit(ask, db)
            with pytest.raises(TimeoutError):
                asking.result(timeout=0.5)
            rows.erase(session, found=rows.stand_in(session, person=_ben(session)), now=NOW)
        with pytest.raises(NotSetUp):
            asking.result()
    with db.read() as session:
        assert briefs.briefing(session, workspace_id=WORKSPACE, brief_id=1) is None


def _ben(session: Session) -> Person:
    found = people.person(session, workspace_id=WORKSPACE, person_id=BEN)
    assert found
    return found
