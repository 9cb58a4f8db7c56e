"""Asking a language model for a brief: where it may be, how much of it, and each thread once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from domain.briefings import Asked, Briefing, Progress
from domain.briefs import Brief, Made, Statement, WhyNot
from domain.errors import NotAllowed
from domain.language_models import (
    BRIEFS_AN_HOUR,
    BRIEFS_OF_A_THREAD,
    DAY,
    HOUR,
    KEPT,
    BeingWritten,
    NotInDirectMessages,
    NotWritten,
    Unwanted,
)
from domain.people import Person
from services import brief_writing, briefings, erasing, forgetting, language_models, sync
from services.briefings import LEASE
from storage import briefs, channels, people
from storage.engine import Database
from storage.tables import WrittenBriefRow
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE, settle

THREAD = "1763650000.000100"
WRITTEN = Brief(question=Statement("Which model ships?", (THREAD,)), made=Made("llama", of=1))
HELD = 100


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    with database.write() as session:
        people.save_person(session, person=Person(WORKSPACE, ANA, "Ana", is_admin=True))
    return database


def asked(
    db: Database, person: str = BEN, channel: str = FORECAST, thread: str = THREAD, now: datetime = NOW
) -> Briefing:
    briefings.ask(db, asked=Asked(WORKSPACE, person, channel, thread), now=now)
    (found,) = briefings.claim(db, now=now, limit=1)
    return found


def begin(db: Database, briefing: Briefing, fingerprint: str = "same", now: datetime = NOW) -> Brief | None:
    return brief_writing.begin(db, briefing=briefing, fingerprint=fingerprint, read=4, now=now)


def write(db: Database, briefing: Briefing, fingerprint: str = "same", now: datetime = NOW) -> None:
    assert begin(db, briefing, fingerprint, now) is None
    brief_writing.written(db, briefing=briefing, fingerprint=fingerprint, brief=WRITTEN, now=now)
    briefings.drafted(db, briefing=briefing, brief=WRITTEN, read=4, last_ts=THREAD, now=now)


def switch(db: Database, is_on: bool, channel: str = FORECAST, everywhere: bool = False, actor: str = ANA) -> bool:
    place = {"workspace_id": WORKSPACE, "actor_id": actor, "channel_id": channel}
    found = language_models.choose(db, **place, name="llama", is_on=is_on, everywhere=everywhere, now=NOW)
    return found.is_on if everywhere else found.is_on_here


def why_not(db: Database, briefing: Briefing, now: datetime = NOW) -> NotWritten:
    with pytest.raises(NotWritten) as refused:
        begin(db, briefing, now=now)
    return refused.value


def kept(db: Database, brief_id: int = 1) -> Briefing:
    with db.read() as session:
        found = briefs.briefing(session, workspace_id=WORKSPACE, brief_id=brief_id)
    assert found
    return found


def test_while_it_is_written_its_message_says_so(db: Database) -> None:
    begin(db, asked(db))
    assert (kept(db).progress, kept(db).read, kept(db).total) == (Progress.WRITING, 4, 4)


def test_what_was_written_a_day_ago_is_used_again_as_long_as_nothing_has_changed(db: Database) -> None:
    write(db, asked(db))
    soon = NOW + KEPT - timedelta(seconds=1)
    assert begin(db, asked(db, ANA, now=soon), now=soon) == WRITTEN
    assert begin(db, asked(db, CHLOE, now=soon), "changed", now=soon) is None


def test_what_is_older_is_written_anew_and_deleted(db: Database) -> None:
    write(db, asked(db))
    later = NOW + KEPT
    forgetting.forget_drafts(db, now=later)
    assert written_rows(db) == 0
    assert begin(db, asked(db, ANA, now=later), now=later) is None


def written_rows(db: Database) -> int:
    with db.read() as session:
        return session.exec(select(func.count()).select_from(WrittenBriefRow)).one()


def test_two_who_ask_at_once_make_one_request(db: Database) -> None:
    both = [asked(db, BEN), asked(db, ANA)]

    def attempt(briefing: Briefing) -> str:
        try:
            return str(begin(db, briefing))
        except BeingWritten:
            return "waits"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, both)) == ["None", "waits"]


def test_what_nothing_came_of_somebody_else_may_try(db: Database) -> None:
    first, second = asked(db, BEN), asked(db, ANA)
    begin(db, first)
    brief_writing.given_up(db, briefing=first, begun_at=NOW)
    assert begin(db, second) is None


def test_whoever_died_while_writing_is_followed_after_the_lease(db: Database) -> None:
    first, second = asked(db, BEN), asked(db, ANA)
    begin(db, first)
    with pytest.raises(BeingWritten):
        begin(db, second, now=NOW + LEASE - timedelta(seconds=1))
    assert begin(db, second, now=NOW + LEASE) is None


def test_what_comes_after_the_lease_is_not_taken_for_what_stands_there_by_then(db: Database) -> None:
    first, second = asked(db, BEN), asked(db, ANA)
    begin(db, first, "before")
    later = NOW + LEASE
    begin(db, second, "after", now=later)
    brief_writing.written(db, briefing=first, fingerprint="before", brief=WRITTEN, now=later)
    with pytest.raises(BeingWritten):
        begin(db, first, "after", now=later)


def test_giving_up_deletes_nothing_that_is_written(db: Database) -> None:
    briefing = asked(db)
    write(db, briefing)
    brief_writing.given_up(db, briefing=briefing, begun_at=NOW)
    assert written_rows(db) == 1


def test_what_was_discarded_is_not_written(db: Database) -> None:
    briefing = asked(db)
    briefings.discard(db, workspace_id=WORKSPACE, brief_id=briefing.id, person_id=BEN, now=NOW)
    with pytest.raises(Unwanted):
        begin(db, briefing)
    with pytest.raises(Unwanted):
        brief_writing.reserve(db, briefing=briefing, tokens=1, most=HELD, now=NOW)


def test_a_person_may_have_so_many_written_in_an_hour_and_is_told_when_again(db: Database) -> None:
    for count in range(BRIEFS_AN_HOUR):
        write(db, asked(db, thread=f"{THREAD}{count}"))
    one_more = asked(db)
    refused = why_not(db, one_more)
    assert (refused.why, refused.again_at) == (WhyNot.USED_UP, NOW.replace(minute=0, second=0) + HOUR)
    assert kept(db, one_more.id).progress is Progress.READING
    other = asked(db, ANA)
    assert begin(db, other) is None, "somebody else may"
    brief_writing.given_up(db, briefing=other, begun_at=NOW)
    assert refused.again_at
    assert begin(db, one_more, now=refused.again_at) is None


def test_what_comes_to_nothing_is_taken_from_nobodys_share(db: Database) -> None:
    briefing = asked(db)
    for _ in range(BRIEFS_OF_A_THREAD + 1):
        assert begin(db, briefing) is None
        brief_writing.given_up(db, briefing=briefing, begun_at=NOW)


def test_what_somebody_else_began_after_the_lease_is_not_given_up(db: Database) -> None:
    first, second, later = asked(db, BEN), asked(db, ANA), NOW + LEASE
    begin(db, first)
    begin(db, second, now=later)
    brief_writing.given_up(db, briefing=first, begun_at=NOW)
    with pytest.raises(BeingWritten):
        begin(db, first, now=later)


def test_no_request_follows_once_models_are_switched_off(db: Database) -> None:
    briefing = asked(db)
    begin(db, briefing)
    switch(db, False)
    with pytest.raises(NotWritten) as refused:
        brief_writing.reserve(db, briefing=briefing, tokens=1, most=HELD, now=NOW)
    assert refused.value.why is WhyNot.OFF_HERE


def test_what_was_said_while_a_channel_was_private_goes_to_no_model(db: Database) -> None:
    with db.write() as session:
        channels.was_private(session, workspace_id=WORKSPACE, channel_id=FORECAST, until=NOW)
    assert why_not(db, asked(db)).why is WhyNot.OFF_HERE
    later = f"{(NOW + HOUR).timestamp():.6f}"
    assert begin(db, asked(db, thread=later)) is None


def test_where_muster_is_no_longer_nothing_that_a_model_wrote_is_kept(db: Database) -> None:
    write(db, asked(db))
    sync.lose_channel(db, workspace_id=WORKSPACE, channel_id=FORECAST, now=NOW)
    assert written_rows(db) == 0


def test_a_thread_is_written_anew_so_often_in_a_day(db: Database) -> None:
    for count in range(BRIEFS_OF_A_THREAD):
        write(db, asked(db), f"{count}")
    refused = why_not(db, asked(db))
    midnight = NOW.replace(hour=0, minute=0, second=0) + DAY
    assert (refused.why, refused.again_at) == (WhyNot.USED_UP, midnight)
    assert begin(db, asked(db, thread=f"{THREAD}1")) is None, "another thread may"


def test_the_tokens_of_a_day_are_never_passed_also_not_at_once(db: Database) -> None:
    briefing = asked(db)

    def reserve(_: int) -> bool:
        try:
            brief_writing.reserve(db, briefing=briefing, tokens=HELD // 2, most=HELD, now=NOW)
        except NotWritten:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(reserve, range(4))) == 2
    brief_writing.settle(db, workspace_id=briefing.workspace_id, change=-1, reserved_at=NOW)
    brief_writing.reserve(db, briefing=briefing, tokens=1, most=HELD, now=NOW)
    assert not reserve(0)
    brief_writing.reserve(db, briefing=briefing, tokens=HELD, most=HELD, now=NOW + DAY)


def test_models_are_asked_in_public_channels_unless_somebody_says_otherwise(db: Database) -> None:
    assert begin(db, asked(db)) is None
    assert why_not(db, asked(db, ANA, PRICING)).why is WhyNot.OFF_HERE


def test_those_who_set_up_others_switch_a_channel(db: Database) -> None:
    assert switch(db, True, PRICING)
    assert begin(db, asked(db, ANA, PRICING)) is None
    assert not switch(db, False)
    assert why_not(db, asked(db)).why is WhyNot.OFF_HERE
    with pytest.raises(NotAllowed):
        switch(db, True, actor=CHLOE)


def test_switched_off_for_all_no_channel_is_on(db: Database) -> None:
    switch(db, True, PRICING)
    assert not switch(db, False, everywhere=True)
    assert why_not(db, asked(db, ANA, PRICING)).why is WhyNot.OFF_HERE
    assert switch(db, True, everywhere=True)
    assert begin(db, asked(db, BEN, PRICING)) is None, "what was chosen for it holds again"


def test_what_was_switched_on_while_it_was_public_is_off_once_it_is_private(db: Database) -> None:
    switch(db, True)
    with db.write() as session:
        public = channels.channel(session, workspace_id=WORKSPACE, channel_id=FORECAST)
        assert public
        channels.save(session, channel=replace(public, is_private=True))
    assert why_not(db, asked(db)).why is WhyNot.OFF_HERE


def test_direct_messages_cannot_be_switched_on(db: Database) -> None:
    with pytest.raises(NotInDirectMessages):
        switch(db, True, "D0ANA")


def test_where_models_are_switched_off_nothing_they_wrote_is_kept(db: Database) -> None:
    write(db, asked(db))
    switch(db, False, PRICING)
    assert written_rows(db) == 1
    switch(db, False)
    assert written_rows(db) == 0


def test_whoever_is_erased_is_in_nothing_that_was_written(db: Database) -> None:
    write(db, asked(db))
    chloe = erasing.look(db, typed=CHLOE).person
    erasing.erase(db, person=chloe, now=NOW)
    assert written_rows(db) == 0
