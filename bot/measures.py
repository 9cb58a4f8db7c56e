"""`muster measures import`: a table of values is brought into a channel's measures."""

from contextlib import closing
from pathlib import Path

from bot.export import check_current
from bot.reaching import reaching
from domain.clock import machine_now
from domain.errors import UserError
from services import measure_lines
from storage.engine import Database
from surface.measures import brought_text


class NotRead(UserError):
    """{file} cannot be read: {why}. Write a table in UTF-8 with the header measure,value,moment."""


def bring(url: str, *, file: Path, channel: str) -> str:
    """What came of it; also while Muster runs. All lines or none. Raises UserError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotRead(file=file, why=error.strerror if isinstance(error, OSError) else "it is not UTF-8") from error
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
    with closing(Database(url)) as db, reaching(db):
        found = measure_lines.bring(db, text=text, file=file.name, channel=channel, now=machine_now())
    return brought_text(found.place, found.lines, found.changed)
