"""A database that cannot be opened, in words: why not, and what to do about it."""

import os
import pwd
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from domain.errors import UserError
from storage.engine import Database, DatabaseBusy

EXTENDED = 0xFF
"""SQLite tells more than the kind of an error in the bits above these."""
URL = "MUSTER_DATABASE_URL"
HELD = "Close the program that holds it, or wait until it is done; then try again."
SQLITE_MENDS = {
    sqlite3.SQLITE_NOTADB: f"Check {URL}: that file is something else. If it is the right one, put a copy back.",
    sqlite3.SQLITE_CORRUPT: "Stop Muster, keep the damaged file, and put your last copy of it in its place.",
    sqlite3.SQLITE_FULL: "Make room on that disk.",
    sqlite3.SQLITE_IOERR: "Look after that disk: reading or writing there fails.",
}
SERVER_MENDS = {
    "password|authentication failed": f"Write the right user and password into {URL}; in the password escape @ / # as "
    "%40 %2F %23.",
    "database .* does not exist": f"Make that database on the server, or check the name in {URL}.",
    "role .* does not exist": f"Make that user on the server, or check the user in {URL}.",
    "pg_hba": "Let the server take connections from this machine (pg_hba.conf), or add ?sslmode=require.",
    "translate host|resolve host|Name or service": f"Check the host in {URL}: no machine has that name.",
    "starting up|shutting down|recovery": "Wait until the server is ready, then try again.",
    "too many|connection slots": "Let the server take more connections (max_connections), or end some.",
    "invalid connection option|invalid .* value": f"Check what stands after the question mark in {URL}.",
    "permission denied": "Let that user connect to the database, and read and write its tables (GRANT).",
    "SSL|certificate": f"Check sslmode in {URL}.",
    "refused|No such file|timeout|timed out|unreachable|No route|closed": "Start the server, or check host and port in "
    f"{URL}.",
}
"""By what PostgreSQL says; before a connection stands there is no code to go by."""


class DatabaseNotReached(UserError):
    """The database {name} cannot be opened: {reason}. {mend}"""

    def __init__(self, db: Database, reason: str, mend: str) -> None:
        super().__init__(name=name_of(db), reason=reason, mend=mend)


@contextmanager
def reaching(db: Database) -> Iterator[None]:
    """A database that cannot be opened is a sentence. Raises DatabaseNotReached."""
    try:
        yield
    except DatabaseBusy as error:
        raise DatabaseNotReached(db, "another program holds it", HELD) from error
    except (DBAPIError, sqlite3.Error, OSError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseNotReached(db, *(_of_file(path_of(db), said) if db.is_sqlite else _of_server(said))) from error


def name_of(db: Database) -> str:
    """Nothing of who signs in, and how."""
    if db.is_sqlite:
        return str(db.url.database)
    server = f"{db.url.host}:{db.url.port}" if db.url.port else db.url.host
    return f"{db.url.database} on {server}" if server else str(db.url.database)


def path_of(db: Database) -> Path:
    return Path(db.url.database or "").absolute()


def not_writable(path: Path) -> Path | None:
    """What Muster must write and this user may not; None if there is nothing of that kind."""
    parts = (path, Path(f"{path}.lock"), path.parent)
    return next((part for part in parts if part.exists() and not os.access(part, os.W_OK)), None)


def let(part: Path, do: str) -> str:
    if owner_of(part) == me():
        return f"You own {part}: let yourself {do} (chmod), or mount its disk so."
    return f"Do this as {owner_of(part)}, who owns {part}, or let {me()} {do}."


def me() -> str:
    return f"the user {_user(os.geteuid())}"


def owner_of(part: Path) -> str:
    return f"the user {_user(part.stat().st_uid)}"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _of_file(path: Path, said: BaseException | None) -> tuple[str, str]:
    try:
        return _of_path(path) or _of_sqlite(path, said)
    except PermissionError:
        return f"{me()} may not look into its folder", let(path.parent, "look into it")


def _of_path(path: Path) -> tuple[str, str] | None:
    """What can be seen to be wrong without opening it."""
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}", f"Make it, or check {URL}."
    if path.is_dir():
        return "that is a folder", f"Let {URL} name a file, such as {path.name}/muster.db."
    if not os.access(path.parent, os.X_OK):
        raise PermissionError
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        if part.exists() and not os.access(part, os.R_OK):
            return f"{me()} may not read {part.name}", let(part, "read it")
    return None


def _of_sqlite(path: Path, said: BaseException | None) -> tuple[str, str]:
    code = getattr(said, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & EXTENDED
    if mend := SQLITE_MENDS.get(code):
        return _first_line(said), mend
    if Path(f"{path}-wal").exists() and not Path(f"{path}-shm").exists() and not os.access(path.parent, os.W_OK):
        reason = f"it was not closed, and reading it then takes the right to write in {path.parent}"
        return reason, f"Do this as {owner_of(path.parent)}, or start Muster once, which puts it in order."
    if part := not_writable(path):
        return f"{me()} may not write {part}", let(part, "write there")
    return _first_line(said), f"Check {URL}, and that nothing else uses its files."


def _of_server(said: BaseException | None) -> tuple[str, str]:
    mend = next((mend for known, mend in SERVER_MENDS.items() if re.search(known, str(said))), None)
    return _first_line(said), mend or f"Check {URL}, and what the server's own log says."


def _first_line(said: object) -> str:
    """What follows it are guesses and repetitions; where several addresses were tried, the last stands for all."""
    lines = str(said).strip().splitlines() or ["no reason was given"]
    tried = [line for line in lines if line.startswith("- host")]
    return (tried or lines[:1])[-1].rpartition(" failed: ")[2].removeprefix("FATAL:").strip(" .?!:")
