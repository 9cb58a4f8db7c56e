"""Looking through past check-ins: what is found, and who sees it."""

from datetime import timedelta

import pytest

from domain.runs import Response
from services import history
from services.history import NoSuchRun
from storage import channels, prompts
from storage.engine import Database
from surface.history import history_answer, run_view
from tests.records import run
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, PRICING, WORKSPACE, settle


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
    found = history.past_runs(db, workspace_id=WORKSPACE, channel_id=channel, reader_id=reader, words=words, now=NOW)
    return str(history_answer(found))


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
    late = NOW + timedelta(minutes=1)
    card = history.past_run(db, workspace_id=WORKSPACE, run_id=run_id, reader_id=BEN, now=late)
    assert "No GPUs" in str(run_view(card))
    assert card.people[ANA].name in str(run_view(card))
