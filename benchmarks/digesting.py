"""Digests over little and much that was answered: each is written as when it falls due, and drawn."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, delete, func, insert, literal, select, update
from sqlmodel import Session, col

from benchmarks.scene import TEMPLATE, workspace
from domain.action_states import ActionState
from domain.decision_states import DecisionState
from domain.runs import PromptState, RunState
from services import digest_cards, digests
from storage.engine import Database
from storage.json import template_to_json
from storage.tables import (
    ActionRow,
    AnswerRow,
    ChannelRow,
    DecisionRow,
    DigestRow,
    MemberRow,
    PersonRow,
    PromptRow,
    ResponseRow,
    RitualRow,
    RunRow,
)
from storage.tables.row import Row
from surface.digest import digest_message

NOW = datetime(2026, 10, 5, 6, tzinfo=UTC)
"""Monday at 08:00 in Berlin. The week before ends a month and a quarter, so that its digest counts all there is."""
WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)
WORKING_DAYS = 5
RECORDED = 3
"""Decisions and action items of each week."""
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
ROWS = 1000
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Team:
    """Channels in which everybody is asked each working day, each with so many managers beside those they lead."""

    weeks: int
    people: int
    channels: int = 1
    managers: int = 1
    """In each channel."""
    rituals: int = 1
    """In each channel."""

    @property
    def answers(self) -> int:
        return self.weeks * WORKING_DAYS * self.rituals * self.channels * self.people


@contextmanager
def living(team: Team) -> Iterator[Database]:
    """A workspace in which that many answers were given by now."""
    with workspace() as db:
        with db.write() as session:
            _people(session, team)
            _runs(session, team)
            _answers(session)
            _records(session, team)
        with db.read() as session:
            found = session.execute(select(func.count()).select_from(ResponseRow)).scalar_one()
        if found != team.answers:
            raise RuntimeError(f"{found} answers were given, not {team.answers}.")
        yield db


def tell(db: Database) -> float:
    """Seconds in which the digests of all managers are written and drawn."""
    with db.write() as session:
        session.execute(delete(DigestRow))
        due = {"next_at": NOW, "untold_from": (NOW - WEEK).date()}
        session.execute(update(PersonRow).where(col(PersonRow.role) == "manager").values(due))
    began = time.perf_counter()
    while digests.digests_due(db, now=NOW):
        continue
    with db.read() as session:
        written = session.execute(select(col(DigestRow.id))).scalars().all()
    for digest_id in written:
        card = digest_cards.card(db, workspace_id="T1", digest_id=digest_id, now=NOW)
        if card is None or "Heard from" not in digest_message(card).text:
            raise RuntimeError("A digest tells nothing.")
    return time.perf_counter() - began


def _people(session: Session, team: Team) -> None:
    channels, people, members = [], [], []
    for place in range(team.channels):
        channels.append({"id": f"C{place + 10}", "name": f"team-{place}", "is_private": False, "has_bot": True})
        leads = [_person(f"UM{place}-{number}", "manager") for number in range(team.managers)]
        others = [_person(f"U{place}-{number}", "contributor") for number in range(team.people - team.managers)]
        for number, each in enumerate(others):
            each |= {"manager_id": leads[number % team.managers]["id"], "function": ("research", "ml")[number % 2]}
        people += [*leads, *others]
        members += [{"channel_id": channels[-1]["id"], "person_id": each["id"]} for each in [*leads, *others]]
    for table, rows in ((ChannelRow, channels), (PersonRow, people), (MemberRow, members)):
        _insert(session, table, rows)


def _person(person_id: str, role: str) -> dict[str, Any]:
    alone = {"manager_id": None, "function": None}
    return {"id": person_id, "name": person_id, "zone_name": "Europe/Berlin", "role": role, **alone}


def _runs(session: Session, team: Team) -> None:
    """Each opened and closed on a working day of its own."""
    rituals: Rows = []
    runs: Rows = []
    for place in range(team.channels * team.rituals):
        ritual = {"id": place + 1, "channel_id": f"C{place % team.channels + 10}", "facilitator_id": "UM0-0"}
        ritual["template"] = template_to_json(TEMPLATE)
        rituals.append({**ritual, "template_id": TEMPLATE.id, "started_by": "UM0-0", "started_at": LONG_AGO})
        for day in range(team.weeks * WORKING_DAYS):
            at = NOW - 3 * DAY - day // WORKING_DAYS * WEEK - day % WORKING_DAYS * DAY
            of = {"ritual_id": place + 1, "occurrence": f"{at:%Y-%m-%dT%H:%M}", "state": RunState.CLOSED.value}
            runs.append({**ritual, **of, "opened_at": at, "closed_at": at + 8 * HOUR, "id": len(runs) + 1})
    _insert(session, RitualRow, rituals)
    _insert(session, RunRow, runs)


def _answers(session: Session) -> None:
    """Copied in the database: a million rows from here would take minutes."""
    none = literal([], JSON())
    asked = {
        "workspace_id": literal("T1"),
        "run_id": col(RunRow.id),
        "person_id": col(PersonRow.id),
        "function": col(PersonRow.function),
        "state": literal(PromptState.ANSWERED.value),
        "due_at": col(RunRow.opened_at),
        "deadline": col(RunRow.closed_at),
        "asked_at": col(RunRow.opened_at),
        "reminders": none,
        "meant_by": none,
    }
    member, person = col(MemberRow.channel_id) == col(RunRow.channel_id), col(PersonRow.id) == col(MemberRow.person_id)
    _copy(session, PromptRow, asked, lambda query: query.join(MemberRow, member).join(PersonRow, person))
    given = {"prompt_id": col(PromptRow.id), "workspace_id": literal("T1")}
    _copy(session, ResponseRow, {**given, "submitted_at": col(PromptRow.due_at), "waited": literal(3600)})
    _copy(session, AnswerRow, {**given, "question_id": literal("moved"), "value": literal("The backfill is done.")})


def _copy(
    session: Session, table: type[Row], columns: dict[str, Any], joined: Callable[[Any], Any] = lambda query: query
) -> None:
    session.execute(insert(table).from_select(list(columns), joined(select(*columns.values()))))


def _records(session: Session, team: Team) -> None:
    """Each decided and done within a week."""
    decisions, items = [], []
    for number in range(1, team.channels * team.weeks * RECORDED + 1):
        at = NOW - 4 * DAY - number // (team.channels * RECORDED) * WEEK
        place = {"id": number, "number": number, "channel_id": f"C{number % team.channels + 10}"}
        decision = {"title": "Freeze the API", "choice": "Until March.", "because": "Two partners build on it."}
        made = {"approver_id": "UM0-0", "driver_id": "UM0-0", "recorded_by": "UM0-0", "options": []}
        decided = {"state": DecisionState.ACCEPTED.value, "proposed_at": at - WEEK, "decided_at": at}
        decisions.append({**place, **decision, **made, **decided})
        item = {"what": "Write the plan", "owner_id": "U0-0", "asked_by": "UM0-0", "state": ActionState.DONE.value}
        days = {"due": at.date(), "first_due": at.date(), "created_at": at - WEEK, "done_at": at, "settled_at": at}
        items.append({**place, **item, **days, "helpers": [], "steps": []})
    _insert(session, DecisionRow, decisions)
    _insert(session, ActionRow, items)


def _insert(session: Session, table: type[Row], rows: Rows) -> None:
    for start in range(0, len(rows), ROWS):
        session.execute(insert(table), [{"workspace_id": "T1", **row} for row in rows[start : start + ROWS]])
