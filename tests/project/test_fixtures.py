"""What the shared fixtures promise to every other test."""

import psycopg
import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlmodel import select

from storage.engine import Database
from storage.migrate import Schema, schema
from storage.tables import WorkspaceRow


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


def test_the_postgresql_of_tests_is_reached_by_a_unix_socket_and_skips_the_disk(postgres_url: str) -> None:
    url = make_url(postgres_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        settings = {name: connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "listen_addresses")}
    assert settings == {"fsync": ("off",), "listen_addresses": ("",)}


@pytest.mark.parametrize("round_", [1, 2])
def test_the_browser_shows_a_page(browser: Browser, round_: int) -> None:
    page = browser.new_page()
    page.set_content(f"<h1>Round {round_}</h1>")
    assert page.get_by_role("heading").inner_text() == f"Round {round_}"
    page.close()
