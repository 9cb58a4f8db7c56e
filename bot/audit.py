"""`muster audit verify`: whether anybody has changed the audit trail."""

from contextlib import closing

from bot.console import say
from bot.export import check_current
from bot.reaching import reaching
from domain.words import count_text, day_text, joined
from services import auditing
from services.auditing import Checked
from storage.engine import Database

KEEP = """\
Keep the head above where whoever runs the database cannot change it, such as in a message or a printed report.
`muster audit verify --head HEAD` then proves that nothing up to there was changed since."""
SHOWN = 20
"""Faults of one trail: a lost file would tell of every line."""


def verify(url: str, *, copy: str) -> bool:
    """Prints what it finds; whether all is well. Only reads, also while Muster runs. Raises UserError."""
    kept = auditing.read_head(copy) if copy else None
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
        found = auditing.check(db, kept)
    for each in found:
        _say(each)
    if not found:
        say("The audit trail is empty: nothing has been decided or changed yet.")
    is_known = kept is None or any(each.has_copy for each in found)
    if not is_known:
        say(f"No line is the one you kept, {kept}: the trail was written anew since, or this is another database.")
    elif kept:
        say(f"Line {kept.number} is the one you kept: everything up to there is as it was.")
    elif found:
        say(KEEP)
    return is_known and not any(each.faults for each in found)


def _say(found: Checked) -> None:
    say(f"{found.workspace_id}: {count_text(found.head.number, 'line')}, {_verdict(found)}")
    if found.erased:
        days = joined([day_text(day) for day in found.erased_on])
        say(f"  {count_text(found.erased, 'value')} erased on request, on {days}; the lines themselves are there.")
    for fault in found.faults[:SHOWN]:
        say(f"  {fault}")
    if (more := len(found.faults) - SHOWN) > 0:
        say(f"  And {more} more.")
    say(f"  Head: {found.head}")


def _verdict(found: Checked) -> str:
    return f"{count_text(len(found.faults), 'fault')}:" if found.faults else "none missing, none changed."
