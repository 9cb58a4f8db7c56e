"""A workspace of any size, written straight into a fresh database."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.library import shipped_library
from domain.deliveries import Kind, Subject
from domain.runs import PromptState
from storage import migrate, owed, prompts, sql
from storage.engine import Database
from storage.json import template_to_json
from storage.owed import Want
from storage.tables import ChannelRow, PersonRow, PromptRow, RitualRow, RunRow, WorkspaceRow

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TEMPLATE = shipped_library()["weekly-sync"]
ROWS = 1000
Rows = list[dict[str, Any]]


@contextmanager
def workspace() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(db)
        with db.write() as session:
            session.add(WorkspaceRow(id="T1", name="Bench"))
            session.flush()
            session.add(ChannelRow(workspace_id="T1", id="C1", name="bench", is_private=False, has_bot=True))
        yield db
        db.close()


def add_run(db: Database, people: int) -> None:
    """One open run that asks so many people, each with a direct message already known."""
    with db.write() as session:
        session.add(RitualRow(id=1, **_ritual()))
        session.flush()
        session.add(RunRow(id=1, ritual_id=1, occurrence="2026-11-23T09:30", opened_at=NOW, **_common()))
    _insert(db, PersonRow, [_person(number) for number in range(people)])
    _insert(db, PromptRow, [_prompt(number) for number in range(people)])


def owe_prompts(db: Database, people: int) -> None:
    wants = [Want(Subject(Kind.PROMPT, number + 1, person_id=f"U{number}")) for number in range(people)]
    with db.write() as session:
        owed.want(session, workspace_id="T1", wants=wants, now=NOW)


def add_due_run(db: Database, number: int, people: int) -> None:
    """The same, of one run of several, and all are to be asked now."""
    with db.write() as session:
        session.add(RitualRow(id=number + 1, **_ritual()))
        session.flush()
        session.add(
            RunRow(id=number + 1, ritual_id=number + 1, occurrence="2026-11-23T09:30", opened_at=NOW, **_common())
        )
    due = {"run_id": number + 1, "asked_at": None, "next_at": NOW}
    if number == 0:
        _insert(db, PersonRow, [_person(each) for each in range(people)])
    _insert(db, PromptRow, [{**_prompt(each), **due, "id": number * people + each + 1} for each in range(people)])


def check_all_answered(db: Database, people: int) -> None:
    """What only looked like an answer would be fast."""
    with db.read() as session:
        answered = prompts.count(session, run_id=1, state=PromptState.ANSWERED)
    if answered != people:
        raise RuntimeError(f"{answered} of {people} answers were committed.")


def add_quiet_rituals(db: Database, count: int) -> None:
    """So many rituals, none of them due."""
    later = NOW + timedelta(days=7)
    _insert(db, RitualRow, [{**_ritual(), "next_at": later, "next_day": date(2026, 11, 30)} for _ in range(count)])


def _insert(db: Database, table: type[Any], rows: Rows) -> None:
    for start in range(0, len(rows), ROWS):
        with db.write() as session:
            sql.add_missing(session, table, rows[start : start + ROWS])


def _common() -> dict[str, Any]:
    host = {"workspace_id": "T1", "channel_id": "C1", "facilitator_id": "U0"}
    return {**host, "template": template_to_json(TEMPLATE)}


def _ritual() -> dict[str, Any]:
    return {**_common(), "template_id": TEMPLATE.id, "started_by": "U0", "started_at": NOW}


def _person(number: int) -> dict[str, Any]:
    names = {"workspace_id": "T1", "id": f"U{number}", "name": f"Person {number}", "direct_channel": f"D{number}"}
    defaults = {"zone_name": "Europe/Berlin", "role": "contributor", "hours": "mon-fri 09:00-17:30"}
    return {**names, **defaults, "is_admin": False, "is_guest": False, "left": False}


def _prompt(number: int) -> dict[str, Any]:
    deadline = NOW + timedelta(hours=8)
    place = {"id": number + 1, "workspace_id": "T1", "run_id": 1, "person_id": f"U{number}"}
    times = {"due_at": NOW, "deadline": deadline, "asked_at": NOW, "next_at": deadline}
    return {**place, **times, "state": "pending", "reminders": [], "meant_by": []}
