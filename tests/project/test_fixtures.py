"""What the shared fixtures promise to every other test."""

from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text
from sqlmodel import select

from storage.engine import Database
from storage.migrate import Schema, schema
from storage.tables import WorkspaceRow
from tests.databases import postgres_server, text_of


def test_it_gives_each_test_an_empty_database_it_can_write_to(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (body TEXT)"))
        connection.execute(text("INSERT INTO note VALUES ('hello')"))
    with engine.begin() as connection:
        assert connection.scalars(text("SELECT body FROM note")).all() == ["hello"]
    engine.dispose()


def test_it_gives_each_test_a_database_with_tables_and_nothing_in_them(database: Database) -> None:
    assert schema(database) is Schema.CURRENT
    with database.write() as session:
        assert session.exec(select(WorkspaceRow)).all() == []
        session.add(WorkspaceRow(id="T1"))
    with database.read() as session:
        assert [row.id for row in session.exec(select(WorkspaceRow))] == ["T1"]


def test_the_postgresql_of_tests_has_no_port_and_does_not_wait_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSTER_TEST_POSTGRES", raising=False)
    with postgres_server() as url:
        home = Path(str(url.query["host"]))
        with psycopg.connect(text_of(url.set(drivername="postgresql"))) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not home.exists()


@pytest.mark.parametrize("round_", [1, 2])
def test_the_browser_shows_a_page(browser: Browser, round_: int) -> None:
    page = browser.new_page()
    page.set_content(f"<h1>Round {round_}</h1>")
    assert page.get_by_role("heading").inner_text() == f"Round {round_}"
    page.close()
