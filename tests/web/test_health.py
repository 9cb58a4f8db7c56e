"""Whether Muster is well, asked over HTTP."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from slack_bolt import App
from sqlalchemy import text

from storage.engine import Database
from tests.web.slack import Address, serving
from web.health import PATIENCE_SECONDS


def test_it_is_well_while_the_database_answers(address: Address) -> None:
    answer = address.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_it_is_not_well_when_the_database_cannot_be_read(
    address: Address, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with db.write() as session:
        session.execute(text("ALTER TABLE workspace RENAME TO gone"))
    answer = address.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "why": "The database does not answer."})
    assert "The database does not answer: OperationalError." in caplog.text


def test_a_database_that_says_nothing_is_not_waited_for(bolt: App) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        closing(Database(f"postgresql+psycopg://u@127.0.0.1:{silent.getsockname()[1]}/muster")) as db,
        serving(bolt, db) as address,
        ThreadPoolExecutor(20) as watchers,
    ):
        began = time.monotonic()
        answers = list(watchers.map(address.get, ["/health"] * 20))
        assert {answer.status_code for answer in answers} == {503}
        assert time.monotonic() - began < PATIENCE_SECONDS * 5, "one question is enough for all"
