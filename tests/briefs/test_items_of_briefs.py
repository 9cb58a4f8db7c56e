"""The action items of a brief: who and by when are chosen, first by the code and then by whoever reviews it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from domain.action_lines import Line
from domain.brief_editing import Place, mark, reassigned, reworded
from domain.brief_items import ItemsSheet, line_of, read_items
from domain.briefs import Brief, Doubt, Drafted, Part, State, Statement, Task
from domain.errors import FieldErrors
from domain.people import Person
from domain.posted import Posted
from domain.submissions import Submission
from sandbox.blockkit.problems import problems_of_view
from services import brief_items
from services.action_lines import AlreadyRecorded
from storage.engine import Database
from surface.brief_items import items_form
from tests.actions.items import item
from tests.briefs.test_briefs_in_slack import BRIEF, thread
from tests.muster import Running, running
from tests.nasty import TEXTS
from tests.seen import find
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, readers, settle

THREAD = Posted("1763650000.000100")
ANA_PERSON, BEN_PERSON = Person(WORKSPACE, ANA, "Ana Souza"), Person(WORKSPACE, BEN, "Ben Okafor")
KNOWN = {ANA: ANA_PERSON, BEN: BEN_PERSON}
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 23)


def task(text: str, owner: str = "", due: date | None = None, said: str = "", *, edited: bool = False) -> Task:
    return Task(Statement(text, state=State.EDITED if edited else State.SUPPORTED), owner, due, said)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (task("@Ben Okafor relabels March by 27 Nov", BEN, FRIDAY, "27 Nov"), Line("relabels March", BEN, FRIDAY)),
        (task("I will relabel\nMarch", BEN), Line("I will relabel March", BEN)),
        (task("bis Freitag neu beschriften", BEN, FRIDAY, "Freitag"), Line("bis Freitag neu beschriften", BEN, FRIDAY)),
        (task("@Ben tells legal"), Line("tells legal", BEN)),
        (task("@Ben tells legal", ANA, edited=True), Line("tells legal", ANA)),
        (task("@Ben tells legal", edited=True), Line("tells legal")),
        (task("tell legal by 27 Nov", BEN, MONDAY, edited=True), Line("tell legal", BEN, MONDAY)),
        (task("tell legal by 27 Nov", BEN, edited=True), Line("tell legal", BEN)),
        (task("tell legal", "UGONE"), Line("tell legal")),
        (task("tell legal by Monday", BEN, date(2026, 11, 9), "Monday"), Line("tell legal", BEN, unsure="Monday")),
        (task("tell legal in time", BEN, None, "in time"), Line("tell legal in time", BEN, unsure="in time")),
        (task("@Ben"), Line("@Ben", BEN)),
    ],
)
def test_owner_and_day_are_chosen_and_their_words_leave_the_text(found: Task, line: Line) -> None:
    assert line_of(found, KNOWN, ANA_PERSON, NOW) == line


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_the_thread_says_slack_takes_the_form(text: str) -> None:
    lines = [line_of(task(text, BEN, FRIDAY, text), KNOWN, ANA_PERSON, NOW)] * 15
    lines[0] = replace(lines[0], due=None, unsure=text)
    view = items_form(ItemsSheet("d" * 32, FORECAST, "#forecast", lines, THREAD, Drafted("m" * 100)))
    assert problems_of_view(view) == []


def test_what_has_no_words_is_left_out_and_nothing_at_all_is_asked_for() -> None:
    assert read_items({"what_0": " ", "owner_0": BEN, "what_2": "tell\nlegal", "due_2": "2026-11-27"}) == {
        2: Line("tell legal", "", FRIDAY)
    }
    with pytest.raises(FieldErrors) as nothing:
        read_items({"owner_0": BEN})
    assert list(nothing.value.fields) == ["what_0"]
    with pytest.raises(FieldErrors) as long:
        read_items({"what_1": "x" * 301})
    assert list(long.value.fields) == ["what_1"]


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def send(db: Database, channel: str = FORECAST, *, draft: str = "d1", **given: str) -> None:
    sent = Submission(WORKSPACE, CHLOE, draft, given)
    brief_items.submit(db, sent=sent, channel_id=channel, message=THREAD, drafted=Drafted(), now=NOW)


def test_all_are_recorded_once_and_lead_to_the_thread(db: Database) -> None:
    given = {"what_0": "Relabel", "owner_0": BEN, "due_0": "2026-11-27", "what_3": "Tell legal"}
    for _ in range(2):
        send(db, **given)
    first, second = item(db, 1), item(db, 2)
    assert (first.what, first.owner_id, first.due, first.message) == ("Relabel", BEN, FRIDAY, THREAD)
    assert (second.what, second.owner_id, second.due, second.listed_with) == ("Tell legal", "", None, first.id)
    assert second.drafted == Drafted()
    assert readers(db, "actions") == [BEN, CHLOE]
    with pytest.raises(AlreadyRecorded):
        send(db, **{**given, "what_0": "Relabel all"})


def test_who_cannot_read_it_and_days_that_have_passed_are_said_at_their_fields(db: Database) -> None:
    with pytest.raises(FieldErrors) as outside:
        send(db, PRICING, what_0="Relabel", owner_0=CHLOE, what_1="Tell legal", owner_1=DEV)
    assert outside.value.fields == {
        "owner_1": "They cannot read #pricing. Choose somebody who can, or record it by itself: type /action there."
    }
    with pytest.raises(FieldErrors) as unknown:
        send(db, what_0="Relabel", owner_0="UBOT")
    assert list(unknown.value.fields) == ["owner_0"]
    with pytest.raises(FieldErrors) as past:
        send(db, what_1="Relabel", due_1="2026-11-02", what_2="Tell legal", due_2="2031-11-02")
    assert list(past.value.fields) == ["due_1", "due_2"]


def test_another_owner_or_day_is_a_change_of_whoever_reviews_it_and_keeps_the_sources() -> None:
    said = Statement("tell legal", ("1.1",), "tell legal", State.WEAK, (Doubt.OWNER_NOT_NAMED,))
    brief, first = Brief(tasks=(Task(said, BEN, FRIDAY, "Friday"), task("other"))), Place(Part.ACTION_ITEM)
    assert reassigned(brief, first, BEN, FRIDAY) == brief
    assert reassigned(brief, Place(Part.ACTION_ITEM, 9), ANA, FRIDAY) == brief
    given = reassigned(brief, first, ANA, FRIDAY).tasks[0]
    assert (given.owner_id, given.due, given.due_said, given.statement.state) == (ANA, FRIDAY, "Friday", State.EDITED)
    assert given.statement.sources == said.sources
    moved = reassigned(brief, first, BEN, MONDAY).tasks[0]
    assert (moved.due, moved.due_said, moved.statement.doubts) == (MONDAY, "", ())
    assert reworded(brief, first, mark("tell legal"), "tell legal") == brief, "the words are as they were"


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def test_the_review_has_fields_for_owner_and_day_which_the_form_then_has(muster: Running) -> None:
    ana, ben = (muster.people.person(name) for name in ("Ana", "Ben"))
    ben.shortcut(BRIEF, thread(ana, ben))
    ben.click(find(ben.dm, "*Brief* of"), "Review")
    review = find(lambda: [ben.modal() or {}], "Review the brief")
    ben.click(review, "Change it")
    ben.fill({"Owner": "Dev", "Due": "2026-12-01"})
    assert ben.submit() == {}
    find(lambda: [ben.modal() or {}], "Dev Patel, by Tue 1 Dec 2026", "(changed by you)")
    ben.close()
    ben.click(find(ben.dm, "*Brief* of", "Dev Patel, by Tue 1 Dec 2026"), "Add action items")
    ben.fill({"1. What is to be done?": "Relabel March"})
    assert ben.submit() == {}
    find(muster.people.person("Dev").dm, "Ben Okafor has an action item for you", "Relabel March", "due Tue 1 Dec 2026")
