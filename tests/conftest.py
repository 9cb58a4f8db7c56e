"""Fixtures for all tests: the two databases, a browser, and a network that ends at this machine."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import URL, make_url

from storage.engine import Database
from storage.migrate import upgrade
from tests import compiled, missing, network
from tests.databases import NoPostgres, fresh_database, postgres_server, text_of
from tests.emptied import EmptiedFile, EmptiedPostgres
from tests.newest import number_of_commit

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
def over_http(request: pytest.FixtureRequest) -> bool:
    """How what people do reaches Muster: over Socket Mode, unless a test is marked with `BOTH_WAYS`."""
    return bool(getattr(request, "param", False))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'muster.db'}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with fresh_database(request.getfixturevalue("_postgres")) as url:
        yield text_of(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# The tables are made once for each kind; a test gets a copy, which is several times faster than migrating.
@pytest.fixture(scope="session")
def _sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("tables") / "muster.db"
    with compiled.once_for_all(make_tables(f"sqlite:///{path}").engine):
        yield path


@pytest.fixture(scope="session")
def _postgres_tables(_postgres: URL) -> Iterator[URL]:
    with fresh_database(_postgres) as url:
        make_tables(text_of(url))
        yield url


def make_tables(url: str) -> Database:
    """The database, closed."""
    with closing(Database(url)) as made:
        upgrade(made)
    return made


@pytest.fixture
def tables_url(sqlite_url: str, _sqlite_tables: Path) -> str:
    """A SQLite database with Muster's tables and nothing in them, for a Muster to start on."""
    shutil.copy(_sqlite_tables, str(make_url(sqlite_url).database))
    return sqlite_url


@pytest.fixture(scope="session")
def _sqlite_emptied(tmp_path_factory: pytest.TempPathFactory, _sqlite_tables: Path) -> Iterator[EmptiedFile]:
    with closing(EmptiedFile(tmp_path_factory.mktemp("emptied"), _sqlite_tables)) as emptied:
        yield emptied


@pytest.fixture(scope="session")
def _postgres_emptied(_postgres: URL, _postgres_tables: URL) -> Iterator[EmptiedPostgres]:
    with closing(EmptiedPostgres(_postgres, str(_postgres_tables.database))) as emptied:
        yield emptied


@pytest.fixture
def postgres_tables_url(_postgres_emptied: EmptiedPostgres) -> str:
    return text_of(_postgres_emptied.for_a_test().url)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """Muster's database with its tables and nothing in them; the test runs on SQLite and on PostgreSQL."""
    emptied: EmptiedFile | EmptiedPostgres = request.getfixturevalue(f"_{request.param}_emptied")
    return emptied.for_a_test()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. A test opens its own context or page and closes it.

    From its first use on, Playwright keeps an event loop in this thread: what needs another one runs in a thread of
    its own.
    """
    path = chromium_path()
    # Playwright's driver needs libatomic1, which a bare Debian lacks.
    install = missing.package_command("chromium", "libatomic1")
    if path is None:
        missing.cannot_run("Chromium", install)
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
        except Exception as error:  # noqa: BLE001 - Playwright has no type of its own for a driver that does not start
            missing.cannot_run(f"Playwright's driver ({error})", install)
        yield stack.enter_context(playwright.chromium.launch(executable_path=path, args=chromium_flags()))


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("MUSTER_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def chromium_flags() -> list[str]:
    return [*CHROMIUM_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else CHROMIUM_FLAGS


def pytest_report_header() -> str:
    return f"The simulated week that nobody chose: seed {number_of_commit()}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What may take longest begins first, wherever chance has put it: in the end the other workers would wait for it.
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def pytest_collection_finish() -> None:
    # All that is loaded by then stays to the end; to look through it for garbage so often takes a third of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    missing.note(report)


def pytest_unconfigure(config: pytest.Config) -> None:
    # One of several workers has no terminal; what it could not run is known to whoever started it.
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    line = missing.last_line()
    if reporter and line:
        reporter.write_line(line)
