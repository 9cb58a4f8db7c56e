"""`muster people import`: a table says who reports to whom, and what else Muster keeps of people."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.export import check_current
from bot.reaching import reaching
from bot.table_files import read_table
from domain.clock import machine_now
from domain.people_list import ListSheet
from services import people
from storage.engine import Database
from surface.people_list import aside_texts, change_lines, looked_text, problems_text, saved_text


def bring(url: str, *, file: Path, workspace: str, is_sure: bool) -> tuple[str, bool]:
    """What came of it, or would, and whether every line was taken; also while Muster runs. Raises UserError."""
    text = read_table(file)
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
    with closing(Database(url, read_only=not is_sure)) as db, reaching(db):
        sheet = people.bring(db, workspace=workspace, text=text, now=machine_now(), is_sure=is_sure)
    return "\n".join(_told(sheet, is_sure=is_sure)), not sheet.found.problems


def _told(sheet: ListSheet, *, is_sure: bool) -> Iterator[str]:
    found = sheet.found
    if not is_sure:
        yield from change_lines(sheet)
    yield saved_text(found) if is_sure else looked_text(found)
    if found.problems:
        yield problems_text(found)
        yield from found.problems
    yield from aside_texts(found)
    if found.changes and not is_sure:
        yield "Nothing is saved yet: type the same with --yes to save it."
