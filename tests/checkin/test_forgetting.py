"""Answers that are kept for a while only, and those of somebody who asks that they be deleted."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import select

from domain.deliveries import Kind
from domain.export import Format
from domain.history import Filter
from domain.kept import Kept, Slot
from domain.runs import Run
from domain.templates import Post
from sandbox.client import eventually
from services import checkin_forms, erasing, exports, forgetting, history, home, owing, own_answers, ritual_changes
from services.erasing import NoSuchPerson
from storage import kept, prompts
from storage.engine import Database
from storage.tables import AnswerRow, Row
from surface.checkin_form import checkin_form
from surface.exports import export_comment
from surface.history import history_answer
from surface.home import home_page
from surface.own_answers import answers_view
from surface.reading import run_view
from tests.checkin.slack import answer, who
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
    weekly,
)
from tests.checkin.test_anonymous import pulse
from tests.checkin.test_answers import long_one, much
from tests.muster import running
from tests.storage.test_plans import plans_of_all_statements, wasteful
from tests.surface.views import check_view

WEEK = timedelta(days=7)
KEEP = timedelta(days=30)
CLOSED = ANGELES_ENDS + AFTER
LATER = CLOSED + KEEP + timedelta(hours=1)
SECRET = "The licence of the Frankfurt cluster"


@pytest.fixture
def answered(team: Team) -> Team:
    """A run that Ana answered with a blocker, and Ben."""
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER, moved=SECRET, blocked="No GPUs")
    team.answer(BEN, BERLIN + AFTER, moved="The backfill.")
    team.at(ANGELES)
    team.at(CLOSED)
    return team


def forget(team: Team, now: datetime = LATER) -> None:
    while forgetting.forget_due(team.db, keep=KEEP, now=now):
        continue


def everything(db: Database) -> str:
    with db.read() as session:
        return str([session.execute(table.select()).all() for table in Row.metadata.sorted_tables])


def the_run(team: Team) -> Run:
    return team.runs[0]


def test_what_closed_longer_ago_is_deleted_everywhere_and_what_was_counted_stays(answered: Team) -> None:
    with answered.db.write() as session:
        slot = Slot(WORKSPACE, answered.ritual.id, the_run(answered).occurrence, DEV.id)
        kept.keep(session, slot=slot, kept=Kept({"moved": f"{SECRET}, not sent"}, CLOSED))
        prompts.set_skip_reason(session, prompt_id=answered.prompt(DEV).id, reason=f"Busy with this: {SECRET}")
    forget(answered, CLOSED + KEEP - timedelta(hours=1))
    assert SECRET in everything(answered.db)
    forget(answered)
    left = everything(answered.db)
    assert SECRET not in left
    assert "The backfill." not in left
    assert "No GPUs" in left, "a blocker is a record of its own"
    assert [each.state for each in answered.prompts] == ["answered", "answered", "missed", "missed"]


def test_nothing_that_looks_back_fails_and_each_says_kindly_that_it_is_no_longer_kept(answered: Team) -> None:
    forget(answered)
    who = {"workspace_id": WORKSPACE, "reader_id": GRACE.id}
    past = history.past_runs(answered.db, asked=Filter(CHANNEL), now=LATER, **who)
    assert "2 of 4 answered · answers no longer kept" in str(history_answer(past))
    searched = Filter(CHANNEL, words="licence")
    assert not history.past_runs(answered.db, asked=searched, now=LATER, **who).runs
    whole = run_view(*history.folded_run(answered.db, run_id=1, page=2, now=LATER, **who))
    check_view(whole)
    assert "What was answered is no longer kept" in str(whole)
    place = {"workspace_id": WORKSPACE, "ritual_id": answered.ritual.id}
    found = exports.of_ritual(answered.db, **place, person_id=GRACE.id, wanted=Format.JSON, now=LATER)  # type: ignore[arg-type] # by name
    assert (found.rows, found.content) == (0, "[]\n")
    assert "What was answered in 1 earlier check-in is no longer kept." in export_comment(
        "Sync", 0, found.forgotten, found.head
    )
    mine = own_answers.of_prompt(answered.db, workspace_id=WORKSPACE, prompt_id=1, person_id=ANA.id)
    assert "What you answered is no longer kept." in str(answers_view(mine))
    page = home_page(home.card(answered.db, workspace_id=WORKSPACE, person_id=ANA.id, now=LATER))
    assert "What you answered is no longer kept." in str(page)


def test_the_next_form_shows_no_last_answer_that_is_no_longer_kept(database: Database) -> None:
    first, *rest = weekly().ask
    team = settle_in(database, replace(weekly(), ask=(replace(first, recall=first.id), *rest)))
    for moment in (BERLIN, ANGELES, CLOSED, BERLIN + 5 * WEEK):
        team.at(moment)
        if moment == BERLIN:
            team.answer(ANA, moment)
    now = BERLIN + 5 * WEEK

    def recalled() -> list[str]:
        place = {"workspace_id": WORKSPACE, "prompt_id": team.prompt(ANA).id, "person_id": ANA.id}
        form = checkin_forms.open_form(database, **place, now=now)  # type: ignore[arg-type] # by name
        check_view(checkin_form(form))
        return [each.text for each in form.recalled.values()]

    assert recalled() == ["The backfill is done."]
    forget(team, now)
    assert recalled() == []


def test_a_message_that_is_drawn_anew_in_slack_says_so(answered: Team) -> None:
    forget(answered)
    with answered.db.write() as session:
        for prompt in answered.prompts:
            owing.owe_prompt_changed(session, the_run(answered), prompt, now=LATER)
    answered.at(LATER)
    summary = answered.messages(Kind.RUN)[0]
    assert "2 of 4 answered" in summary
    assert "What was answered is no longer kept" in summary
    assert "What you answered is no longer kept." in answered.messages(Kind.PROMPT, ANA)[0]


def test_an_answer_that_comes_late_after_that_goes_the_same_way(answered: Team) -> None:
    forget(answered)
    answered.answer(DEV, LATER, moved="Five weeks late.")
    answered.at(LATER)
    summary = answered.messages(Kind.RUN)[0]
    assert "Earlier answers are no longer kept" in summary
    assert "Five weeks late." in summary
    assert "Five weeks late." in answered.messages(Kind.PROMPT, DEV)[0]
    who = {"workspace_id": WORKSPACE, "reader_id": GRACE.id}
    past = history.past_runs(answered.db, asked=Filter(CHANNEL), now=LATER, **who)
    assert "3 of 4 answered · earlier answers no longer kept" in str(history_answer(past))
    whole = str(run_view(*history.folded_run(answered.db, run_id=1, page=1, now=LATER, **who)))
    assert "Earlier answers are no longer kept" in whole
    assert "Five weeks late." in whole
    forget(answered, LATER + timedelta(days=1))
    assert "Five weeks late." not in everything(answered.db)


def test_an_anonymous_answer_is_forgotten_just_so(database: Database) -> None:
    team = settle_in(database, pulse())
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN + AFTER, mood="Yes", why=SECRET)
    for moment in (ANGELES, CLOSED):
        team.at(moment)
    assert SECRET in everything(database)
    forget(team)
    assert SECRET not in everything(database)
    card = history.past_run(database, workspace_id=WORKSPACE, run_id=1, reader_id=ANA.id, now=LATER)
    assert "What was answered is no longer kept" in str(run_view(card))


def test_it_costs_what_is_due_a_batch_at_a_time(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = settle_in(db)
        for week in range(3):
            for moment in (BERLIN, ANGELES, CLOSED):
                team.at(moment + week * WEEK)
        with plans_of_all_statements() as plans:
            forget(team)
    assert wasteful(plans) == {}
    assert [run.forgotten_at for run in team.runs] == [LATER, None, None]


def test_sqlite_keeps_no_trace_of_it_in_the_file(tables_url: str) -> None:
    with closing(Database(tables_url)) as db:
        team = settle_in(db)
        team.at(BERLIN)
        team.answer(ANA, BERLIN + AFTER, moved=SECRET)
        for moment in (ANGELES, CLOSED):
            team.at(moment)
        forget(team)
    assert SECRET.encode() not in Path(str(make_url(tables_url).database)).read_bytes()


def test_what_one_person_answered_is_deleted_on_request_and_leaves_the_messages(answered: Team) -> None:
    with pytest.raises(NoSuchPerson, match="Nobody in this database is called Zoe"):
        erasing.look(answered.db, typed="Zoe")
    found = erasing.look(answered.db, typed="@ana")
    assert (found.person.id, found.answers, found.prompts) == (ANA.id, 3, 1)
    erasing.erase(answered.db, found.person, now=CLOSED)
    left = everything(answered.db)
    assert SECRET not in left
    assert "The backfill." in left
    answered.at(CLOSED + AFTER)
    (summary,) = answered.messages(Kind.RUN)
    assert "2 of 4 answered" in summary
    assert SECRET not in summary
    assert "The backfill." in summary


@pytest.mark.parametrize(("to", "where"), [("channel", Kind.RUN_PART), ("participants", Kind.SUMMARY)])
def test_it_leaves_every_part_of_a_summary_and_every_copy_on_the_same_day(
    database: Database, to: str, where: Kind
) -> None:
    team = settle_in(database, replace(long_one(), post=Post((to,), by="person")))
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN + AFTER, None, **much(f"{person.name} wrote" + " on" * 120))
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER, None, **much("Dev wrote" + " on" * 120))
    team.at(ANGELES + AFTER)

    def shown() -> set[str]:
        return {key.split(":")[0] for key, said in team.sent.items() if "Grace wrote" in text_of(said[-1])}

    assert where in shown()
    erasing.erase(team.db, GRACE, now=ANGELES + timedelta(hours=3))
    # What is known by another name from now on.
    team.sent = {key.replace(f":{GRACE.id}", ":UERASED1"): said for key, said in team.sent.items()}
    team.at(CLOSED)
    assert shown() == set()


def test_a_muster_that_is_running_forgets_by_itself(tables_url: str) -> None:
    with running(tables_url, keep_answers=KEEP) as muster:
        ritual = muster.switch_on()
        muster.people.jump_to(BERLIN)
        answer(muster, "Chloe", blocked=SECRET)
        grace = who(muster, "Grace")
        place = {"workspace_id": muster.workspace_id, "ritual_id": ritual.id, "person_id": grace.id}
        ritual_changes.end(muster.process.db, **place, now=BERLIN)  # type: ignore[arg-type] # by name
        muster.people.jump_to(LATER)
        assert eventually(lambda: not answers(muster.process.db))
        grace.command("/checkin", "history", channel="forecast")
        assert eventually(lambda: "answers no longer kept" in str(grace.ephemerals("forecast")[-1]))


def answers(db: Database) -> list[AnswerRow]:
    with db.read() as session:
        return list(session.exec(select(AnswerRow)))
