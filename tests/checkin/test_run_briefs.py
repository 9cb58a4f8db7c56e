"""What stands above the answers of a run: drawn up once it has closed, and following the answers it rests on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlmodel import select

from domain.deliveries import Kind
from domain.people import Person
from domain.run_briefs import COLLECTS
from domain.templates import Post, Question, QuestionType, Template
from schedules.brief_writing import Model
from schedules.run_briefs import RunBriefs
from services import checkin_cards, erasing, forgetting, run_briefs
from storage import agenda
from storage import run_briefs as stored
from storage.engine import Database
from storage.tables import RunBriefRow
from surface.runs import run_message
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    DEV,
    EVERYBODY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    text_of,
    utc,
    weekly,
)
from tests.checkin.test_anonymous import answer as answer_unnamed

MOVED = Question("moved", "What moved?", QuestionType.SHORT)
WORRY = Question("worry", "A worry?", QuestionType.SHORT, optional=True)
STUCK = Question("stuck", "What blocks you?", QuestionType.SHORT, optional=True, into="blocker.title")
SAID: Mapping[Person, tuple[str, str]] = {
    ANA: ("The labelling backlog grew again", "I am worried about the eval set"),
    BEN: ("Cleared half of the labelling backlog", ""),
    GRACE: ("Nothing", "Who looks at the invoices in Spanish?"),
    DEV: ("The backlog of labelling is a month old", ""),
}
LABELLING = "_Ana_ “The labelling backlog grew again” (similar: Ben and Dev)"
WORRIED = "_Ana_ “I am worried about the eval set”"
ASKED = "_Grace_ “Who looks at the invoices in Spanish?”"
LATER, MORNING = ANGELES_ENDS + AFTER, utc(24, 9)


def template() -> Template:
    return replace(weekly(), ask=(MOVED, WORRY, STUCK), post=Post(by="question", brief=True))


def draw_up(team: Team, now: datetime, model: Model | None = None) -> None:
    """As the loop does it, and what is owed then is sent."""
    done = Event()
    reader = RunBriefs(team.db, lambda: now, model, wake=done.set)
    reader.read_due(now)
    assert not reader.in_flight or done.wait(30)
    reader.close()
    team.at(now)


def all_said(team: Team, said: Mapping[Person, tuple[str, str]] = SAID, *, but: Person | None = None) -> None:
    for begin, people in ((BERLIN, (ANA, BEN, GRACE)), (ANGELES, (DEV,))):
        team.at(begin)
        for person in people:
            if person in said and person is not but:
                team.answer(person, begin, moved=said[person][0], worry=said[person][1])
    team.at(LATER)


def kept(db: Database) -> str:
    with db.read() as session:
        return "".join(str(row.model_dump()) for row in session.exec(select(RunBriefRow)))


def summary(team: Team) -> str:
    return team.messages(Kind.RUN)[-1]


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database, template())


def test_the_summary_is_posted_at_once_and_shown_again_with_the_brief(team: Team) -> None:
    all_said(team)
    assert "4 of 4 answered" in summary(team)
    assert "In short" not in summary(team)
    draw_up(team, LATER)
    said = summary(team)
    assert all(each in said for each in (LABELLING, WORRIED, ASKED))
    assert said.index("In short") < said.index("Answers") < said.index("What moved?")
    with team.db.read() as session:
        next_at = agenda.next_at(session)
    assert next_at is None or next_at > LATER, "nothing is due for it any more"


def test_without_brief_in_its_file_there_is_none(database: Database) -> None:
    team = settle_in(database, replace(template(), post=Post(by="question")))
    all_said(team)
    draw_up(team, LATER)
    assert "In short" not in summary(team)


@pytest.mark.parametrize("said", [{ANA: SAID[ANA], BEN: SAID[BEN]}, dict.fromkeys(SAID, ("Nothing", ""))])
def test_of_too_few_answers_or_where_nothing_stands_out_there_is_none(
    team: Team, said: Mapping[Person, tuple[str, str]]
) -> None:
    all_said(team, said)
    draw_up(team, LATER)
    assert "In short" not in summary(team)


def test_what_is_among_the_blockers_needs_no_second_place(team: Team) -> None:
    team.at(ANGELES)
    for person in EVERYBODY:
        team.answer(person, ANGELES, moved="Nothing", stuck=f"The disk of the cluster is full for {person.name}, why?")
    team.at(LATER)
    draw_up(team, LATER)
    assert "In short" not in summary(team)


def test_a_late_answer_is_read_with_those_that_come_soon_after_it(team: Team) -> None:
    all_said(team, but=DEV)
    draw_up(team, LATER)
    assert "labelling backlog" in summary(team)
    assert "similar: " not in summary(team), "two are not several"
    team.answer(DEV, LATER, moved=SAID[DEV][0])
    draw_up(team, LATER)
    assert "similar: " not in summary(team)
    draw_up(team, LATER + COLLECTS)
    assert "similar: " in summary(team)


def test_what_rests_on_an_answer_goes_with_it_at_once(team: Team) -> None:
    team.at(BERLIN)
    all_said(team)
    draw_up(team, LATER)
    with team.db.write() as session:
        session.connection().exec_driver_sql("UPDATE answer SET value = 'No worry' WHERE question_id = 'worry'")
    found = _read_again(team)
    assert WORRIED not in found
    assert LABELLING in found


def _read_again(team: Team) -> str:
    card = checkin_cards.run_card(team.db, workspace_id=WORKSPACE, run_id=team.runs[-1].id)
    assert card
    return text_of(run_message(card))


def test_it_goes_when_answers_are_no_longer_kept(team: Team) -> None:
    all_said(team)
    draw_up(team, LATER)
    assert "labelling" in kept(team.db)
    forgetting.forget_due(team.db, keep=timedelta(0), now=LATER + AFTER)
    assert kept(team.db) == ""
    assert "In short" not in _read_again(team)


def test_it_is_drawn_up_anew_without_whoever_is_erased(team: Team) -> None:
    all_said(team)
    draw_up(team, LATER)
    erasing.erase(team.db, ANA, now=LATER + AFTER)
    assert "worried" not in kept(team.db)
    draw_up(team, LATER + AFTER)
    assert "worried" not in summary(team)
    assert ASKED in summary(team)


def test_two_who_draw_it_up_at_once_make_one(team: Team) -> None:
    all_said(team)
    (mine,) = run_briefs.claim(team.db, now=LATER, limit=5)
    assert run_briefs.claim(team.db, now=LATER, limit=5) == []
    (theirs,) = run_briefs.claim(team.db, now=LATER + run_briefs.LEASE, limit=5)
    run_briefs.drafted(team.db, due=theirs, found=None, fingerprint="theirs", now=LATER)
    run_briefs.drafted(team.db, due=mine, found=None, fingerprint="mine", now=LATER)
    with team.db.read() as session:
        assert stored.fingerprint(session, run_id=mine.run_id) == "theirs"


def test_what_was_read_before_a_late_answer_came_is_not_shown(team: Team) -> None:
    all_said(team, but=DEV)
    (stale,) = run_briefs.claim(team.db, now=LATER, limit=5)
    team.answer(DEV, LATER, moved=SAID[DEV][0])
    run_briefs.drafted(team.db, due=stale, found=None, fingerprint="stale", now=LATER)
    draw_up(team, LATER + COLLECTS)
    assert "similar: " in summary(team)


def test_after_a_few_failures_the_summary_stays_without_one(team: Team) -> None:
    all_said(team)
    now = LATER
    for tries in range(4):
        (due,) = run_briefs.claim(team.db, now=now, limit=5)
        assert due.tries == tries
        run_briefs.failed(team.db, due=due, now=now)
        now += timedelta(minutes=15)
    assert run_briefs.claim(team.db, now=now + timedelta(days=1), limit=5) == []


def test_one_that_is_anonymous_names_nobody_and_comes_only_when_it_is_over(database: Database) -> None:
    team = settle_in(database, replace(template(), anonymous=3))
    team.at(ANGELES)
    for person, (moved, worry) in SAID.items():
        at = ANGELES if person is DEV else ANGELES - timedelta(hours=2)
        answer_unnamed(team, person, at, mood="", moved=moved, worry=worry)
    draw_up(team, BERLIN_ENDS)
    assert run_briefs.claim(team.db, now=BERLIN_ENDS, limit=5) == []
    team.at(LATER)
    draw_up(team, LATER)
    said = summary(team)
    assert "“I am worried about the eval set”" in said
    assert "(similar: 2 others)" in said
    assert not any(person.name in said for person in EVERYBODY)
    assert not any(person.id in kept(database) for person in EVERYBODY)


def test_of_an_anonymous_one_that_too_few_answered_there_is_none(database: Database) -> None:
    team = settle_in(database, replace(template(), anonymous=3))
    team.at(ANGELES)
    for person in (ANA, BEN):
        answer_unnamed(team, person, ANGELES - timedelta(hours=2), mood="", moved=SAID[person][0], worry="Why me?")
    team.at(LATER)
    assert run_briefs.claim(database, now=LATER, limit=5) == []
    assert kept(database) == ""


def test_it_goes_where_the_answers_go(database: Database) -> None:
    team = settle_in(database, replace(template(), post=Post(("facilitator",), "question", brief=True)))
    all_said(team)
    draw_up(team, LATER)
    team.at(MORNING)
    (copy,) = team.messages(Kind.SUMMARY, GRACE)
    assert LABELLING in copy
    assert "labelling" not in summary(team)
