"""`muster people erase`: what one person answered in check-ins is deleted, because they ask for it."""

from contextlib import closing

from bot.export import check_current
from bot.reaching import reaching
from domain.clock import machine_now
from domain.words import count_text
from services import forgetting
from services.forgetting import Wrote
from storage.engine import Database

LEFT = """\
Blockers, action items and decisions stay: they are the team's. What was answered without a name is nobody's.
Copies of the database, and what others wrote or quoted in Slack, are not touched."""


def erase(url: str, *, person: str, is_sure: bool) -> str:
    """What it has done, or would do; also while Muster runs. Raises UserError."""
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
        found = forgetting.wrote(db, typed=person)
    if not is_sure:
        return f"{_told(found)}.\nNothing is deleted yet: type the same with --yes to delete it.\n{LEFT}"
    with closing(Database(url)) as db, reaching(db):
        forgetting.erase(db, found, now=machine_now())
    return f"Deleted: {_told(found)}.\nMuster takes it out of its messages in Slack while it runs.\n{LEFT}"


def _told(found: Wrote) -> str:
    who = f"{found.person.name} ({found.person.id})"
    return f"{count_text(found.answers, 'answer')} of {who} in {count_text(len(found.prompts), 'check-in')}"
