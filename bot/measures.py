"""`muster measures import`: a table of values is brought into a channel's measures."""

from contextlib import closing
from pathlib import Path

from bot.export import check_current
from bot.reaching import reaching
from bot.table_files import read_table
from domain.clock import machine_now
from services import measure_lines
from storage.engine import Database
from surface.measures import brought_text


def bring(url: str, *, file: Path, channel: str) -> str:
    """What came of it; also while Muster runs. All lines or none. Raises UserError."""
    text = read_table(file)
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
    with closing(Database(url)) as db, reaching(db):
        found = measure_lines.bring(db, text=text, file=file.name, channel=channel, now=machine_now())
    return brought_text(found.place, found.lines, found.changed)
