"""`muster people erase`: a person who asks for it is taken out of all that Muster keeps."""

from collections.abc import Mapping, Sequence
from contextlib import closing

from bot.export import check_current
from bot.reaching import reaching
from domain.clock import machine_now
from domain.words import count_text, joined
from services import erasing
from services.erasing import Traces
from storage.engine import Database

GOES = """\
Their name, id, settings, absences and calendar go, with all they typed in check-ins; records say "somebody erased"."""
OUT_OF_REACH = """\
Muster cannot reach, so please look there yourself:
- what others wrote or quoted in Slack, and Slack's own exports: ask whoever looks after Slack;
- anonymous answers, which nobody can tell apart;
- copies of the database, backups, exports, and what was put into git: delete those, or keep nothing older;
- calendars and notes of others."""
STILL_IN_SLACK = "Somebody who is active in Slack comes back as somebody new. Deactivate them there first."
SHOWN = 20
"""Numbers of one kind of record."""
WORDS = {
    "action_item": "action item",
    "anonymous_answer": "anonymous answer",
    "draft": "sent form",
    "kept_answers": "unsent form",
}
"""What people read for a table, where its own name would not do."""


def erase(url: str, *, person: str, is_sure: bool) -> str:
    """What it has done, or would do; also while Muster runs. Raises UserError."""
    with closing(Database(url, read_only=True)) as db, reaching(db):
        check_current(db)
        found = erasing.look(db, typed=person)
        mentions = {} if is_sure else erasing.mentions(db, found.person)
    if not is_sure:
        lines = [f"{_told(found)}.", "Nothing is erased yet: type the same with --yes to erase it."]
        return "\n".join([*lines, GOES, *_stays(found), *_mentioned(found, mentions), OUT_OF_REACH, STILL_IN_SLACK])
    with closing(Database(url)) as db, reaching(db):
        erasing.erase(db, found.person, now=machine_now())
        mentions = erasing.mentions(db, found.person)
    lines = [f"Erased: {_told(found)}.", "Muster takes it out of its messages in Slack while it runs."]
    return "\n".join([*lines, *_stays(found), *_mentioned(found, mentions), OUT_OF_REACH, STILL_IN_SLACK])


def _told(found: Traces) -> str:
    who = f"{found.person.name} ({found.person.id})"
    return f"{who}, with {count_text(found.answers, 'answer')} in {count_text(found.prompts, 'check-in')}"


def _stays(found: Traces) -> list[str]:
    """They are the team's; whoever wants their words out of these too edits or ends them."""
    kept = found.kept
    others = {"blocker": kept.blockers, "objection": kept.objections, "concern": kept.concerns}
    counted = [count_text(count, what) for what, count in others.items() if count]
    records = [*_numbered("D", kept.decisions), *_numbered("A", kept.items), *counted]
    return (
        [f"These stay without their name, with the words they were recorded in: {joined(records)}."] if records else []
    )


def _numbered(letter: str, numbers: Sequence[int]) -> list[str]:
    more = len(numbers) - SHOWN
    shown = [f"{letter}-{number}" for number in numbers[:SHOWN]]
    return [*shown, f"{more} more of {letter}-"] if more > 0 else shown


def _mentioned(found: Traces, mentions: Mapping[str, int]) -> list[str]:
    counted = [count_text(count, WORDS.get(table, table.replace("_", " "))) for table, count in mentions.items()]
    whom = f'"{found.person.name}", who may be them or somebody else of that name'
    return [f"Words in {joined(counted)} hold {whom}; those stay."] if counted else []
