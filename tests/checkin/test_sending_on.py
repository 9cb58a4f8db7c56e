"""To whom else a summary goes, and to which other channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.channels import Channel
from domain.deliveries import Kind
from domain.export import Format
from domain.history import Filter
from domain.people import Person
from domain.templates import Post
from services import exports, history, owing, ritual_changes, rituals, sync
from services.exports import NothingPublic
from services.sending_on import send_on
from storage import people
from storage import rituals as stored
from storage.engine import Database
from surface.library import PLACES, ritual_form
from surface.rituals import elsewhere_text
from tests.checkin.team import (
    ANA,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    EVERYBODY,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
    utc,
    weekly,
)
from tests.checkin.test_answers import long_one, much
from tests.databases import listening

HOUR = timedelta(hours=1)
END = utc(24, 12)
BOSS = Person(WORKSPACE, "U9", "Zoe", zone_name="Europe/Berlin")
HERE = Channel(WORKSPACE, CHANNEL, "forecast", is_private=False, has_bot=True)
NEWS = Channel(WORKSPACE, "C9", "ml-news", is_private=False, has_bot=True)


def sending_to(db: Database, *places: str, turns_private: bool = False, blocked: str = "") -> Team:
    """A run in which Ana alone has answered, at its end."""
    team = settle_in(db, everybody=tuple(replace(each, manager_id=BOSS.id) for each in EVERYBODY))
    sync.save_person(db, person=BOSS, now=FRIDAY)
    sync.save_channel(db, channel=NEWS, now=FRIDAY)
    with db.write() as session:
        template = replace(weekly(), post=Post(places, "function"))
        stored.set_template(session, ritual_id=team.ritual.id, template=template, version=1)
    team.at(BERLIN)
    team.answer(ANA, BERLIN + HOUR, blocked=blocked)
    if turns_private:
        sync.save_channel(db, channel=replace(HERE, is_private=True), now=END)
        ids = [each.id for each in EVERYBODY]
        sync.save_members(db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=END, now=END)
    team.at(END)
    return team


def readers(team: Team) -> list[str]:
    keys = [key for key in team.sent if key.startswith(f"{Kind.SUMMARY}:")]
    return sorted(key.rpartition(":")[2] for key in keys)


@pytest.mark.parametrize(
    ("place", "who"),
    [
        ("channel", []),
        ("facilitator", [GRACE.id]),
        ("participants", [each.id for each in (ANA, BEN, DEV, GRACE)]),
        ("managers", [BOSS.id]),
        ("#ml-news", [NEWS.id]),
    ],
)
def test_a_summary_goes_where_its_ritual_says(database: Database, place: str, who: list[str]) -> None:
    team = sending_to(database, "channel", place)
    assert readers(team) == [each for each in who if each != DEV.id], "Dev is asleep"
    team.at(END + 6 * HOUR)
    assert readers(team) == who


def test_what_stays_in_its_channel_is_posted_without_a_look_at_who_is_in_it(database: Database) -> None:
    team = settle_in(database)
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    with database.write() as session:
        run = stored.newest_run(session, ritual_id=team.ritual.id)
        assert run
        said: list[str] = []
        with listening(database.engine, "before_cursor_execute", lambda *given: said.append(given[2])):
            send_on(session, run, pages=1, now=BERLIN)
    assert [each for each in said if "FROM observer" not in each] == []


def test_without_the_channel_it_reads_only_how_many_answered(database: Database) -> None:
    team = sending_to(database, "facilitator")
    (said,) = team.messages(Kind.RUN)
    assert "1 of 4 answered." in said
    assert "The summary went to its facilitator." in said
    assert "The backfill" not in said
    (sent,) = team.messages(Kind.SUMMARY)
    assert "The backfill is done." in sent
    assert "From #forecast. You get it because you facilitate this check-in." in sent


@pytest.mark.parametrize(
    ("place", "may_read"),
    [
        ("channel", [BEN, BOSS, GRACE]),
        ("facilitator", [GRACE]),
        ("participants", [BEN, GRACE]),
        ("managers", [BOSS, GRACE]),
        ("#ml-news", [BEN, BOSS, GRACE]),
    ],
)
def test_what_is_kept_from_the_channel_is_read_by_those_it_goes_to(
    database: Database, place: str, may_read: list[Person]
) -> None:
    team = sending_to(database, place)
    asked, now = Filter(CHANNEL, words="backfill"), END + 6 * HOUR
    team.at(now)
    for reader in (BEN, BOSS, GRACE):
        who = {"workspace_id": WORKSPACE, "reader_id": reader.id, "now": now}
        found = history.past_runs(team.db, asked=asked, **who)  # type: ignore[arg-type] # by name
        assert bool(found.runs) == (reader in may_read), reader.name


@pytest.mark.parametrize(("before", "shown"), [("channel", True), ("facilitator", False)])
def test_nor_does_a_later_summary_bring_a_blocker_to_the_channel(
    database: Database, before: str, *, shown: bool
) -> None:
    team = sending_to(database, before, blocked="No labels")
    with team.db.write() as session:
        stored.set_template(session, ritual_id=team.ritual.id, template=weekly(), version=2)
    week = timedelta(days=7)
    team.at(BERLIN + week)
    team.answer(BEN, BERLIN + week)
    team.at(END + week)
    said = team.messages(Kind.RUN)
    assert ["No labels" in each for each in said] == [shown] * 2


def rows(team: Team, by: Person) -> int:
    who = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": by.id}
    return exports.of_ritual(team.db, **who, wanted=Format.JSON, now=END + 6 * HOUR).rows  # type: ignore[arg-type] # by name


def test_nor_is_it_exported_to_others_or_as_if_it_was_public(database: Database) -> None:
    team = sending_to(database, "managers")
    team.at(END + 6 * HOUR)
    with pytest.raises(NothingPublic):
        exports.public(team.db, ritual_id=team.ritual.id, wanted=Format.JSON)
    assert rows(team, GRACE)
    with database.write() as session:
        stored.set_facilitator(session, ritual_id=team.ritual.id, person_id=BEN.id)
    assert not rows(team, BEN), "who may change the ritual now, and facilitated none of its runs"


def test_it_is_not_kept_up_to_date_for_whom_it_no_longer_goes_to(database: Database) -> None:
    team = sending_to(database, "managers")
    team.at(END + 6 * HOUR)
    with database.write() as session:
        for each in EVERYBODY:
            people.set_up_person(session, person=replace(each, manager_id=GRACE.id))
    team.answer(BEN, END + 7 * HOUR, moved="Only for my manager.")
    team.at(END + 7 * HOUR)
    assert "Only for my manager." not in str(team.messages(Kind.SUMMARY))


def test_a_late_answer_brings_it_up_to_date(database: Database) -> None:
    team = sending_to(database, "managers", "#ml-news")
    team.answer(BEN, END + HOUR, moved="The pilot started.")
    team.at(END + HOUR)
    assert all("The pilot started." in said for said in team.messages(Kind.SUMMARY))
    assert len(team.messages(Kind.SUMMARY)) == 2


def test_who_gets_a_long_summary_in_person_reads_it_to_its_end(database: Database) -> None:
    team = settle_in(database, replace(long_one(), post=Post(("facilitator",))))
    team.at(BERLIN)
    for person in EVERYBODY:
        team.answer(person, BERLIN + HOUR, None, **much(f"{person.name} " + "wrote much. " * 32))
    team.at(END)
    first, second = team.messages(Kind.SUMMARY, GRACE)
    assert "The other answers are in the thread." in first
    assert "answers continued (2 of 2)" in second


def test_nothing_is_sent_on_when_nobody_answered(database: Database) -> None:
    team = settle_in(database, replace(weekly(), post=Post(("facilitator",))))
    team.at(BERLIN)
    team.at(END)
    assert readers(team) == []


def test_who_may_not_read_the_channel_gets_nothing(database: Database) -> None:
    team = sending_to(database, "channel", "managers", "participants", "#ml-news", turns_private=True)
    assert readers(team) == [ANA.id, BEN.id, GRACE.id]


@pytest.mark.parametrize(("is_private", "why"), [(False, rituals.NotThere), (True, rituals.StaysHere)])
def test_a_ritual_that_sends_it_where_it_cannot_go_is_not_switched_on(
    database: Database, why: type[Exception], *, is_private: bool
) -> None:
    settle_in(database)
    sync.save_channel(database, channel=replace(HERE, is_private=is_private), now=FRIDAY)
    template = replace(weekly(), id="other", post=Post(("#nowhere",)))
    with pytest.raises(why, match="#nowhere"):
        rituals.switch_on(
            database, workspace_id=WORKSPACE, channel_id=CHANNEL, person_id=GRACE.id, template=template, now=FRIDAY
        )


def test_the_name_of_another_channel_is_told_while_that_is_public(database: Database) -> None:
    team = settle_in(database)
    sync.save_channel(database, channel=NEWS, now=FRIDAY)
    with database.write() as session:
        template = replace(weekly(), post=Post(("channel", "#ml-news")))
        stored.set_template(session, ritual_id=team.ritual.id, template=template, version=1)
    assert goes_to(database) == "summary to the channel and #ml-news"
    sync.save_channel(database, channel=replace(NEWS, is_private=True), now=FRIDAY + HOUR)
    assert goes_to(database) == "summary to the channel and another channel"


def test_no_message_goes_on_naming_a_channel_that_has_become_private(database: Database) -> None:
    team = sending_to(database, "#ml-news")
    drawn = team.sent[owing.run_message(team.runs[0]).key]
    assert "The summary went to #ml-news." in text_of(drawn[-1])
    sync.save_channel(database, channel=replace(NEWS, is_private=True), now=END + HOUR)
    team.at(END + HOUR)
    assert "The summary went to another channel." in text_of(drawn[-1])


def test_nor_does_what_says_that_it_is_on(database: Database) -> None:
    team = sending_to(database, "channel", "#ml-news")
    with database.write() as session:
        owing.owe(session, WORKSPACE, owing.ritual_message(team.ritual), now=END)
    team.at(END)
    drawn = team.sent[owing.ritual_message(team.ritual).key]
    assert "#ml-news" in text_of(drawn[-1])
    sync.save_channel(database, channel=replace(NEWS, is_private=True), now=END + HOUR)
    team.at(END + HOUR)
    assert "summary to the channel and another channel" in text_of(drawn[-1])


def test_nor_does_the_form_in_which_it_is_changed(database: Database) -> None:
    team = sending_to(database, "channel", "#ml-news")
    assert "#ml-news" in shown_in_form(team)
    sync.save_channel(database, channel=replace(NEWS, is_private=True), now=END + HOUR)
    assert {"Another channel"} == shown_in_form(team) - {*PLACES.values()}


def shown_in_form(team: Team) -> set[str]:
    sheet = ritual_changes.open_form(team.db, workspace_id=WORKSPACE, ritual_id=team.ritual.id, person_id=GRACE.id)
    (field,) = (each for each in ritual_form(sheet)["blocks"] if each.get("block_id") == "post")
    return {each["text"]["text"] for each in field["element"]["options"]}


def goes_to(db: Database) -> str:
    (card,) = rituals.listing(db, workspace_id=WORKSPACE, channel_id=CHANNEL)
    return elsewhere_text(card)
