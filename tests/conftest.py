"""Fixtures for all tests: the two databases, a browser, and a network that ends at this machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import URL

from tests import missing, network
from tests.databases import NoPostgres, fresh_database, postgres_server

network.guard()

# How fast an example runs is a matter of the machine, not of the code under test.
hypothesis.settings.register_profile("muster", deadline=None)
hypothesis.settings.load_profile("muster")

CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(autouse=True)
def _network_ends_here() -> Iterator[None]:
    network.refused.clear()
    yield
    assert not network.refused


@pytest.fixture(scope="session")
def _postgres() -> Iterator[URL]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server())
        except NoPostgres as error:
            missing.cannot_run(f"PostgreSQL ({error})", missing.package_command("postgresql"))
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'muster.db'}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with fresh_database(request.getfixturevalue("_postgres")) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# One browser per module, because Playwright keeps an event loop in this thread while it runs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium. A test opens its own context or page and closes it."""
    path = os.environ.get("MUSTER_CHROMIUM") or _chromium_in_path()
    if path is None:
        missing.cannot_run("Chromium", missing.package_command("chromium"))
    flags = [*CHROMIUM_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else CHROMIUM_FLAGS
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=flags) as chromium:
        yield chromium


def _chromium_in_path() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    missing.note(report)


def pytest_unconfigure(config: pytest.Config) -> None:
    line = missing.last_line()
    if line:
        config.get_terminal_writer().line(line)
