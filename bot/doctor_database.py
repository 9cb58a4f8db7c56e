"""What the doctor finds in the database, which it only reads: nothing is changed, and no writer is waited for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.findings import Finding
from bot.reaching import DatabaseNotReached, let, me, name_of, not_writable, owner_of, path_of, reaching
from bot.settings import Settings
from domain.clock import machine_now
from domain.runs import Missed
from domain.words import count_text
from services import calendars, profile_managers, reactions, sync, unfacilitated, unreached
from services.secrets import Secrets
from services.troubles import Trouble, troubles
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema
from surface.profile_managers import trouble_text

SAID = {
    Schema.EMPTY: "is empty; `muster run` makes its tables",
    Schema.OLDER: "was made by an older Muster",
    Schema.CURRENT: "is current",
    Schema.NEWER: "was made by a newer Muster",
}
UPGRADE_FILE = "Stop Muster and start it again: it copies the file first, and then brings it up to date."
UPGRADE_SERVER = "Make a backup, then type `muster db upgrade`."
DOWNGRADE = "Install the newer Muster again, or let MUSTER_DATABASE_URL name another database."
KEEP_ON = "Let the machine start Muster by itself, and keep it on at the hours of the ritual."
UNREACHED_MENDS = {
    Missed.STOPPED: KEEP_ON,
    Missed.DOWN: KEEP_ON,
    Missed.REFUSED: "See the deliveries above for what Slack said; mend that before the next one.",
    Missed.UNANSWERED: "Check that this machine reaches Slack, and Slack's status page for that time.",
    Missed.FAULT: "The log of Muster says what went wrong; please report it.",
    Missed.SHUT: "Unarchive the channel, or type `/invite @Muster` in it, before the next one.",
}
UNREAD = [
    Finding(what, "not known while the database cannot be read", unknown=True) for what in ("deliveries", "check-ins")
]
T = TypeVar("T")


def database(settings: Settings) -> Iterator[Finding]:
    db = Database(settings.database_url, read_only=True)
    try:
        with reaching(db):
            yield from _findings(db, settings.secrets)
    except DatabaseNotReached as error:
        found = "{name} cannot be opened: {reason}".format(**error.values)
        yield Finding("database", found, str(error.values["mend"]))
        yield from UNREAD
    finally:
        db.close()


def uses_reactions(settings: Settings) -> bool:
    """Whether a workspace has chosen an emoji that begins records; False where that cannot be read."""
    db = Database(settings.database_url, read_only=True)
    try:
        with reaching(db):
            is_readable = not db.is_sqlite or _is_there(path_of(db))
            if not is_readable or migrate.schema(db) is not Schema.CURRENT:
                return False
            return any(reactions.is_used(db, workspace_id=each) for each in sync.workspaces(db))
    except DatabaseNotReached:
        return False
    finally:
        db.close()


def _findings(db: Database, secrets: Secrets) -> list[Finding]:
    """All or none: what cannot be read to the end is one finding of its own."""
    if db.is_sqlite and not _is_there(path_of(db)):
        return [_not_there_yet(path_of(db))]
    found = migrate.schema(db)
    if found is Schema.EMPTY:
        return [_schema(db, found)]
    return [
        _schema(db, found),
        *(_contents(db, secrets) if found is Schema.CURRENT else UNREAD),
    ]


def _contents(db: Database, secrets: Secrets) -> list[Finding]:
    return [*_deliveries(db), *_check_ins(db), *_rituals(db), *_calendars(db, secrets), *_managers(db)]


def _managers(db: Database) -> Iterator[Finding]:
    """Where a field of Slack's profiles names them."""
    for found in (profile_managers.found(db, workspace_id=each) for each in sync.workspaces(db)):
        if found.name:
            mend = f"{trouble_text(found.trouble)} `/muster people field off` ends it." if found.trouble else ""
            said = "cannot be read" if mend else "is read once a day"
            yield Finding("managers", f"the field “{found.name}” of Slack's profiles {said}", mend)


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        path.parent.stat()
        return False
    return True


def _not_there_yet(path: Path) -> Finding:
    if part := not_writable(path):
        return Finding("database", f"there is no {path}, and it cannot be made", let(part, "write there"))
    return Finding("database", f"there is no {path} yet; `muster run` makes it")


def _schema(db: Database, found: Schema) -> Finding:
    mends = {Schema.OLDER: UPGRADE_FILE if db.is_sqlite else UPGRADE_SERVER, Schema.NEWER: DOWNGRADE}
    said, mend = f"{name_of(db)} {SAID[found]}", mends.get(found, "")
    part = not_writable(path_of(db)) if db.is_sqlite else None
    if part is None or mend:
        return Finding("database", said, mend)
    if owner_of(part) == me():
        return Finding("database", f"{said}, but it cannot be written", let(part, "write there"))
    return Finding("database", f"{said}; {me()} may only read it, so start Muster as {owner_of(part)}")


def _deliveries(db: Database) -> Iterator[Finding]:
    found = _of_workspaces(db, troubles)
    if not found:
        yield Finding("deliveries", "none is in trouble")
    for trouble in found:
        yield Finding("delivery", _trouble(trouble), trouble.mend)


def _check_ins(db: Database) -> Iterator[Finding]:
    found = _of_workspaces(db, unreached.lately)
    if not found:
        yield Finding("check-ins", "everybody was asked in time this week")
    for run in found:
        yield Finding(
            "check-in",
            run.text,
            " ".join(dict.fromkeys(UNREACHED_MENDS[reason] for reason in Missed if reason in run.reasons)),
        )


def _rituals(db: Database) -> Iterator[Finding]:
    for ritual in _of_workspaces(db, unfacilitated.at_present):
        mend = "A lead can press Hand over in `/ritual`, Details."
        yield Finding("ritual", f"nobody facilitates {ritual}: whoever did has left", mend)


def _calendars(db: Database, secrets: Secrets) -> Iterator[Finding]:
    """Addresses that no key opens any more."""
    count = sum(calendars.unreadable(db, secrets=secrets, workspace_id=each) for each in sync.workspaces(db))
    if count:
        found = f"{count_text(count, 'calendar')} cannot be read: no key decrypts the address"
        mend = (
            "Put the key they were encrypted with back into MUSTER_SECRET_KEY, after the newest, with a comma between."
        )
        yield Finding("secret key", found, mend)


def _of_workspaces(db: Database, look: Callable[..., list[T]]) -> list[T]:
    now = machine_now()
    return [each for workspace_id in sync.workspaces(db) for each in look(db, workspace_id=workspace_id, now=now)]


def _trouble(trouble: Trouble) -> str:
    again = f", next try {_local(trouble.next_at)}" if trouble.next_at else ""
    return f"{trouble.what} for {trouble.whom}: {trouble.why}{again}"


def _local(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
