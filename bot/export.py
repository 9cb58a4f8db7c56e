"""`muster export answers`: what was answered in a ritual, as CSV or JSON on standard output."""

from contextlib import closing

from bot.database import DatabaseNewer, DatabaseOlder
from bot.reaching import name_of, reaching
from domain.clock import machine_now
from domain.errors import UserError
from domain.export import Format
from services import exports
from services.exports import Export
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema


class NothingThere(UserError):
    """{name} has no tables yet. Start `muster run` first, or set MUSTER_DATABASE_URL to another database."""


def answers(url: str, *, ritual_id: int, wanted: Format, include_private: bool) -> Export:
    """Only reads, also while Muster runs; with private records it adds a line to the audit trail. Raises UserError."""
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
        if not include_private:
            return exports.public(db, ritual_id=ritual_id, wanted=wanted)
    return _everything(url, ritual_id, wanted)


def _everything(url: str, ritual_id: int, wanted: Format) -> Export:
    with closing(Database(url)) as db, reaching(db):
        return exports.everything(db, ritual_id=ritual_id, wanted=wanted, now=machine_now())


def check_current(db: Database) -> None:
    found = migrate.schema(db)
    if found is Schema.EMPTY:
        raise NothingThere(name=name_of(db))
    if found is not Schema.CURRENT:
        raise (DatabaseNewer if found is Schema.NEWER else DatabaseOlder)(name=name_of(db))
