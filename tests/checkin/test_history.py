"""Looking through past check-ins: what is found, and who sees it."""

from datetime import timedelta
from typing import Any

import pytest

from domain.channels import Channel
from domain.errors import FieldErrors
from domain.history import Filter, History, read_filter
from domain.runs import Response
from services import blockers, history, sync
from services.history import NoSuchRun
from storage import channels, prompts, rituals
from storage.engine import Database
from surface.history import history_answer, search_form
from surface.reading import run_view
from tests.records import run
from tests.surface.views import check_view
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def answered(db: Database, text: str, *, channel: str = FORECAST) -> int:
    """A closed run in which Ana gave that answer."""
    found = run(db, channel=channel)
    with db.write() as session:
        prompt_id = prompts.of_run(session, run_id=found.id)[0].id
        prompts.save_response(session, workspace_id=WORKSPACE, response=Response(prompt_id, {"blocked": text}, NOW))
    return found.id


def look(db: Database, *, words: str = "", channel: str = FORECAST, reader: str = CHLOE) -> str:
    return str(history_answer(found(db, Filter(channel, words=words), reader)))


def found(db: Database, asked: Filter, reader: str = CHLOE) -> History:
    return history.past_runs(db, workspace_id=WORKSPACE, asked=asked, reader_id=reader, now=NOW)


def searched(db: Database, asked: Filter) -> str:
    return str(search_form(found(db, asked)))


def test_the_form_finds_by_check_in_person_function_and_days(db: Database) -> None:
    first, second = answered(db, "No GPU quota"), answered(db, "Labels are late")
    by_person = searched(db, Filter(FORECAST, person_id=ANA))
    assert (by_person.count("'history.show'"), "No GPU quota" in by_person) == (2, True)
    assert "Nothing found" in searched(db, Filter(FORECAST, person_id=BEN))
    assert searched(db, Filter(FORECAST, function="research")).count("'history.show'") == 2
    assert "Nothing found" in searched(db, Filter(FORECAST, function="ml")), "Chloe gave no answers"
    assert searched(db, Filter(FORECAST, first=NOW.date(), last=NOW.date())).count("'history.show'") == 2
    assert "Nothing found" in searched(db, Filter(FORECAST, first=NOW.date() + timedelta(days=1)))
    assert "Nothing found" in searched(db, Filter(FORECAST, last=NOW.date() - timedelta(days=1)))
    one = searched(db, Filter(FORECAST, ritual_of(db, second)))
    assert one.count("'history.show'") == 1
    assert ritual_of(db, first) != ritual_of(db, second)
    check_view(search_form(found(db, Filter(FORECAST, ritual_of(db, second), ANA, "research", NOW.date(), NOW.date()))))


def ritual_of(db: Database, run_id: int) -> int:
    with db.read() as session:
        each = rituals.run(session, workspace_id=WORKSPACE, run_id=run_id)
    assert each
    return each.ritual_id


def test_pages_of_ten_go_on_where_the_one_before_ended(db: Database) -> None:
    for _ in range(21):
        run(db)
    pages = [found(db, Filter(FORECAST, page=page)) for page in range(3)]
    ids = [past.card.run.id for page in pages for past in page.runs]
    assert ([len(page.runs) for page in pages], len(set(ids))) == ([10, 10, 1], 21)
    views = [str(search_form(page)) for page in pages]
    assert [("'Older'" in view, "'Newer'" in view) for view in views] == [(True, False), (True, True), (False, True)]
    check_view(search_form(pages[1]))


def test_a_run_that_is_open_is_not_shown_before_it_closes(db: Database) -> None:
    open_run = run(db, closed_at=None)
    with pytest.raises(NoSuchRun):
        history.past_run(db, workspace_id=WORKSPACE, run_id=open_run.id, reader_id=CHLOE, now=NOW)


def test_an_answer_that_is_also_a_blocker_is_found_and_shown(db: Database) -> None:
    each = run(db, blocker="No labels")
    with db.write() as session:
        prompt_id = prompts.of_run(session, run_id=each.id)[0].id
        prompts.save_response(
            session, workspace_id=WORKSPACE, response=Response(prompt_id, {"blocked": "No labels"}, NOW)
        )
    assert look(db, words="no labels").count("'history.show'") == 1
    card = history.past_run(db, workspace_id=WORKSPACE, run_id=each.id, reader_id=CHLOE, now=NOW)
    assert "No labels" in str(run_view(card))


def test_days_in_the_wrong_order_are_marked_on_their_field() -> None:
    with pytest.raises(FieldErrors):
        read_filter(FORECAST, {"first": "2026-11-20", "last": "2026-11-19"}, 0)
    asked = read_filter(FORECAST, {"ritual": "all", "function": "all", "words": " gpu  quota "}, 2)
    assert asked == Filter(FORECAST, words="gpu quota", page=2)


def test_past_runs_are_found_by_words_of_their_answers_and_by_names(db: Database) -> None:
    answered(db, "No GPU quota in Frankfurt")
    answered(db, "Labels are late")
    assert look(db).count("'history.show'") == 2
    assert "No GPU quota" in look(db, words="gpu FRANKFURT")
    assert look(db, words="gpu FRANKFURT").count("'history.show'") == 1
    assert look(db, words="ana").count("'history.show'") == 2
    assert "No past check-ins with “unicorns”" in look(db, words="unicorns")


def test_there_are_ten_at_most_and_it_says_that_there_are_more(db: Database) -> None:
    for _ in range(11):
        run(db)
    assert look(db).count("'history.show'") == 10
    assert "There are more" in look(db)


def test_what_a_private_channel_said_is_for_its_members(db: Database) -> None:
    run_id = answered(db, "No GPUs", channel=PRICING)
    with db.write() as session:
        channels.set_members(session, workspace_id=WORKSPACE, channel_id=PRICING, ids={BEN}, at=NOW)
    assert "No past check-ins" in look(db, channel=PRICING, reader=CHLOE)
    assert "'history.show'" in look(db, channel=PRICING, reader=BEN)
    with pytest.raises(NoSuchRun):
        history.past_run(db, workspace_id=WORKSPACE, run_id=run_id, reader_id=CHLOE, now=NOW)
    for hours in (0, 1):
        now = NOW + timedelta(hours=hours)
        is_asked = history.is_unsure(db, workspace_id=WORKSPACE, run_id=run_id, reader_id=BEN, now=now)
        assert is_asked == bool(hours), "after a while Slack is asked before he reads it"
    late = NOW + timedelta(minutes=1)
    card = history.past_run(db, workspace_id=WORKSPACE, run_id=run_id, reader_id=BEN, now=late)
    assert "No GPUs" in str(run_view(card))
    assert card.people[ANA].name in str(run_view(card))


def test_a_ritual_that_ended_in_a_private_channel_stays_with_its_members(db: Database) -> None:
    before, on = (ritual_of(db, answered(db, "No GPUs", channel=PRICING)) for _ in range(2))
    with db.write() as session:
        rituals.end(session, ritual_id=before, at=NOW - timedelta(hours=1), by=BEN)
    public = Channel(WORKSPACE, PRICING, "pricing", is_private=False, has_bot=True)
    sync.save_channel(db, channel=public, now=NOW - timedelta(minutes=1))
    assert list(found(db, Filter(PRICING), DEV).rituals) == [on]
    assert list(found(db, Filter(PRICING), BEN).rituals) == [on, before]


def test_a_past_run_says_what_became_of_its_blockers(db: Database) -> None:
    raised = run(db, blocker="No GPUs")
    place: dict[str, Any] = {"workspace_id": WORKSPACE, "blocker_id": 1, "now": NOW}

    def shown() -> str:
        card = history.past_run(db, workspace_id=WORKSPACE, run_id=raised.id, reader_id=CHLOE, now=NOW)
        check_view(run_view(card))
        return str(run_view(card))

    assert "No GPUs · nobody named yet" in shown()
    blockers.take(db, **place, person_id=DEV)
    assert "No GPUs · taken up by Dev" in shown()
    blockers.clear(db, **place, person_id=BEN)
    assert "Blockers (1 cleared)" in shown()
    assert "No GPUs · cleared by Ben" in shown()
