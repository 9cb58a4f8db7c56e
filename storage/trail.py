"""The audit trail: who did what, when, with what before and after. Lines are added and never changed; what they say of
somebody can be erased."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, col, select, update

from domain.chain import Head, Line, Link, Sealed, Value, canonical, link, seal
from domain.clock import new_id
from storage import ending, sql
from storage.tables import AuditHeadRow, AuditRow, AuditValueRow

COMMAND_LINE = "command line"
"""Whoever runs Muster, in the audit trail."""
PROFILE = "Slack profile"
"""A person's profile in Slack, where a field of it names their manager."""
AT_ONCE = 500


@dataclass(frozen=True)
class _Noted:
    at: datetime
    what: str
    values: dict[str, str]


def note(
    session: Session,
    *,
    workspace_id: str,
    at: datetime,
    actor_id: str,
    what: str,
    subject: str,
    details: dict[str, Any] | None = None,
) -> None:
    """Adds a line when the transaction ends: adding holds the head of the trail, which all others then wait for."""
    values = {Sealed.ACTOR: actor_id, Sealed.SUBJECT: subject, Sealed.DETAILS: details or {}}
    noted = ending.kept(session, f"audit of {workspace_id}")
    noted[len(noted)] = _Noted(at, what, {name: canonical(value) for name, value in values.items()})
    ending.at_end(session, (ending.Last.AUDIT, workspace_id), partial(_append, session, workspace_id))


def _append(session: Session, workspace_id: str) -> None:
    noted = ending.kept(session, f"audit of {workspace_id}")
    last = _held(session, workspace_id)
    for each in noted.values():
        last = _add(session, last, workspace_id, each)
    noted.clear()
    values = {"number": last.number, "digest": last.digest}
    session.execute(update(AuditHeadRow).where(col(AuditHeadRow.workspace_id) == workspace_id).values(**values))


def _held(session: Session, workspace_id: str) -> Head:
    sql.add_missing(session, AuditHeadRow, [{"workspace_id": workspace_id, **vars(Head())}])
    row = session.exec(sql.locked(select(AuditHeadRow).where(AuditHeadRow.workspace_id == workspace_id))).one()
    return Head(row.number, row.digest)


def _add(session: Session, last: Head, workspace_id: str, noted: _Noted) -> Head:
    salts = {name: new_id() for name in noted.values}
    seals = {name: seal(salts[name], text) for name, text in noted.values.items()}
    added = link(last, workspace_id=workspace_id, at=noted.at, what=noted.what, seals=seals)
    session.add(AuditRow(**vars(added)))
    session.flush()
    session.add_all(
        AuditValueRow(workspace_id=workspace_id, number=added.number, name=name, salt=salts[name], value=text)
        for name, text in noted.values.items()
    )
    return Head(added.number, added.digest)


def workspaces(session: Session) -> list[str]:
    """Those that have a trail."""
    return list(session.exec(select(AuditHeadRow.workspace_id).order_by(AuditHeadRow.workspace_id)))


def head(session: Session, *, workspace_id: str) -> Head:
    row = session.get(AuditHeadRow, workspace_id)
    return Head(row.number, row.digest) if row else Head()


def lines(session: Session, *, workspace_id: str, until: int) -> Iterator[Line]:
    """Up to that number, in their order, some at a time: more may be added meanwhile."""
    after = 0
    while found := _lines(session, workspace_id, after, until):
        yield from found
        after = found[-1].link.number


def _lines(session: Session, workspace_id: str, after: int, until: int) -> list[Line]:
    query = select(AuditRow).where(
        AuditRow.workspace_id == workspace_id, col(AuditRow.number).between(after + 1, until)
    )
    rows = list(session.exec(query.order_by(col(AuditRow.number)).limit(AT_ONCE)))
    if not rows:
        return []
    beside: dict[int, dict[str, Value]] = {}
    of_lines = select(AuditValueRow).where(
        AuditValueRow.workspace_id == workspace_id, col(AuditValueRow.number).between(after + 1, rows[-1].number)
    )
    for value in session.exec(of_lines):
        beside.setdefault(value.number, {})[value.name] = Value(value.salt, value.value, value.erased_at)
    return [
        Line(Link(workspace_id, row.number, row.at, row.what, row.seals, row.digest), beside.get(row.number, {}))
        for row in rows
    ]
