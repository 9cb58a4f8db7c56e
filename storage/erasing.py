"""Taking one person out of everything that is kept: what is theirs alone is deleted, and where records name them a
stand-in takes their place. It goes through all tables by itself, so that a new one cannot be forgotten."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ARRAY, String, Table, and_, any_, delete, func, literal, or_, select, update
from sqlmodel import Session, col

from domain.deliveries import Kind
from domain.people import ERASED, ERASED_NAME, Person
from storage import ending, language_models, owed, run_briefs, sql, walking
from storage.ending import Last
from storage.tables import (
    AbsenceRow,
    AnswerRow,
    AuditValueRow,
    BriefRow,
    CalendarRow,
    DeliveryRow,
    DigestChoiceRow,
    DigestRow,
    GroupMemberRow,
    KeptFormRow,
    KeptRow,
    MemberRow,
    NudgeCountRow,
    ObserverRow,
    PaceRow,
    PersonRow,
    PromptRow,
    ReactionRow,
    ResponseRow,
    SketchRow,
    WrittenBriefRow,
)
from storage.walking import DELIVERIES

OWN = (
    AbsenceRow, BriefRow, CalendarRow, DigestChoiceRow, DigestRow, GroupMemberRow, KeptFormRow, KeptRow, MemberRow,
    NudgeCountRow, ObserverRow, ReactionRow, SketchRow,
)  # fmt: skip
"""Rows of theirs alone, by their `person_id`: they go altogether. In any other table a stand-in takes their place."""
LAST = frozenset({DeliveryRow.__tablename__, PaceRow.__tablename__})
ABOUT = {
    "decision": (
        Kind.DECISION, Kind.APPROVAL, Kind.INFORMED, Kind.UNREAD, Kind.DRIVER, Kind.LOOK_AGAIN, Kind.DECISION_NEWS,
        Kind.UNPOSTED_DECISION,
    ),
    "action_item": (
        Kind.ACTION, Kind.ACTIONS, Kind.ACTION_DUE, Kind.ACTION_LATE, Kind.ACTION_NEWS, Kind.ACTIONS_NEWS,
    ),
    "blocker": (Kind.HANDED, Kind.BLOCKER_NEWS),
    "run": (
        Kind.RUN, Kind.RUN_PART, Kind.INTERIM, Kind.SUMMED_UP, Kind.SUMMARY, Kind.NOTE, Kind.UNPOSTED, Kind.TURN,
        Kind.CLEARER,
    ),
    "ritual": (
        Kind.RITUAL, Kind.FACILITATOR, Kind.STALLED, Kind.ENDED, Kind.NOBODY, Kind.BLOCKED, Kind.UNASKED,
        Kind.UNPOSTED_RITUAL, Kind.HEALTH,
    ),
    "prompt": (Kind.PROMPT, Kind.REMINDER, Kind.ASKED_AGAIN),
    "absence": (Kind.AWAY, Kind.BACK),
    "digest": (Kind.DIGEST, Kind.DIGEST_NOW),
    "reaction": (Kind.REACTED,),
    "brief": (Kind.BRIEF, Kind.SHARED_BRIEF),
}  # fmt: skip
"""The tables whose rows deliveries are about. One of a kind that is missing here is drawn anew if a row of any table
with its id was touched."""


@dataclass(frozen=True)
class StandIn:
    """Whose ids are replaced, and by which."""

    person: Person
    direct_channel: str | None
    id: str

    @property
    def ids(self) -> dict[str, str]:
        found = {self.person.id: self.id}
        return found | ({self.direct_channel: f"D{self.id}"} if self.direct_channel else {})

    def put(self, text: str) -> str:
        """Only where an id stands by itself, and not within another."""
        for old, new in self.ids.items():
            text = re.sub(walking.alone(old), new, text)
        return text


@dataclass
class Touched:
    """Which rows named them, or belong to one that did, by table."""

    rows: dict[str, set[int]] = field(default_factory=dict)

    def add(self, table: Table, row: Mapping[Any, Any]) -> None:
        of_others = {(key.column.table.name, row[key.parent.name]) for key in table.foreign_keys}
        for name, row_id in {(table.name, row[next(iter(table.primary_key)).name]), *of_others}:
            if isinstance(row_id, int):
                self.rows.setdefault(name, set()).add(row_id)

    @property
    def kinds(self) -> Iterator[tuple[Kind, set[int]]]:
        anything = {row_id for ids in self.rows.values() for row_id in ids}
        about = {kind: self.rows.get(table, set()) for table, kinds in ABOUT.items() for kind in kinds}
        return ((kind, about.get(kind, anything)) for kind in Kind if kind is not Kind.HOME)


def stand_in(session: Session, *, person: Person) -> StandIn:
    """A new one, in the place of the person; nobody can be asked or told anything by it."""
    erased = (col(PersonRow.workspace_id) == person.workspace_id, col(PersonRow.id).startswith(ERASED))
    new = f"{ERASED}{session.execute(select(func.count()).where(*erased)).scalar_one() + 1}"
    row = session.get(PersonRow, (person.workspace_id, person.id), with_for_update=sql.LOCK)
    leavings = row.leavings if row else 0
    session.add(PersonRow(workspace_id=person.workspace_id, id=new, name=ERASED_NAME, left=True, leavings=leavings))
    session.flush()
    return StandIn(person, row.direct_channel if row else None, new)


def erase(session: Session, *, found: StandIn, now: datetime) -> None:
    """Deliveries and the audit trail follow when the transaction ends; whatever else it owes is owed before."""
    touched = Touched()
    for table in walking.in_order():
        if table.name not in LAST | walking.AUDIT:
            _erase_in(session, table, found, touched)
    run_briefs.draw_anew(session, workspace_id=found.person.workspace_id, person_id=found.id, now=now)
    mine = col(PersonRow.workspace_id) == found.person.workspace_id
    session.execute(update(PersonRow).where(mine, col(PersonRow.manager_id) == found.id).values(manager_id=None))
    session.execute(delete(PersonRow).where(mine, col(PersonRow.id) == found.person.id))
    _owe_again(session, found, touched, now)
    workspace_id = found.person.workspace_id
    ending.at_end(session, (Last.DELIVERIES, "erased"), partial(_in_deliveries, session, found))
    ending.at_end(session, (Last.AUDIT, workspace_id, "erased"), partial(_in_audit, session, found, now))


def _erase_in(session: Session, table: Table, found: StandIn, touched: Touched) -> None:
    mine = walking.of_workspace(table, found.person.workspace_id)
    if table.name == PersonRow.__tablename__:
        mine = and_(mine, table.c.id != found.person.id)  # It goes when nothing refers to it any more.
    if table.name == PromptRow.__tablename__:
        _erase_answers(session, found.person)
    if table.name == WrittenBriefRow.__tablename__:
        language_models.forget_written(session, workspace_id=found.person.workspace_id)
    if table.name in {own.__tablename__ for own in OWN}:
        session.execute(delete(table).where(mine, table.c.person_id == found.person.id))
    for row in _put_in(session, table, mine, found):
        touched.add(table, row)


def _erase_answers(session: Session, person: Person) -> None:
    """What they wrote in check-ins; that they answered stays, and is counted."""
    of_person = (col(PromptRow.workspace_id) == person.workspace_id, col(PromptRow.person_id) == person.id)
    sql.lock(session, select(col(PromptRow.id)).where(*of_person).order_by(col(PromptRow.id)))
    prompts = select(col(PromptRow.id)).where(*of_person)
    session.execute(delete(AnswerRow).where(col(AnswerRow.prompt_id).in_(prompts)))
    session.execute(delete(ResponseRow).where(col(ResponseRow.prompt_id).in_(prompts)))
    session.execute(update(PromptRow).where(*of_person).values(skip_reason=""))


def _put_in(session: Session, table: Table, where: Any, found: StandIn) -> list[Mapping[Any, Any]]:
    """Puts the stand-in where they are named; answers the rows that did, as they were."""
    texts, key = walking.texts(table), list(table.primary_key)
    names_them = and_(where, or_(*(walking.holds(column, old) for column in texts for old in found.ids)))
    query = select(table).where(names_them).order_by(*key)
    if session.get_bind().dialect.name == "postgresql":
        query = query.with_for_update(**sql.LOCK)
    touched: list[Mapping[Any, Any]] = []
    for row in session.connection().execute(query).mappings().all():
        changed = {column.name: walking.with_each(row[column.name], found.put) for column in texts}
        changed = {name: value for name, value in changed.items() if value != row[name]}
        if changed:
            same = [column == row[column.name] for column in key]
            session.connection().execute(update(table).where(*same).values(changed))
            touched.append(row)
    return touched


def _owe_again(session: Session, found: StandIn, touched: Touched, now: datetime) -> None:
    """Whatever Slack shows about the rows that named them, and whatever they got themselves, is drawn anew. All that
    is changed at the end is locked here at once, in the order in which all lock."""
    workspace_id = found.person.workspace_id
    mine = (col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.ts).is_not(None))
    about = [_about(kind, ids) for kind, ids in touched.kinds if ids]
    theirs = or_(*(col(DeliveryRow.key).contains(old, autoescape=True) for old in found.ids))
    keys = session.execute(select(col(DeliveryRow.key)).where(*mine, or_(theirs, *about))).scalars().all()
    owed.want_again(session, workspace_id=workspace_id, keys=keys, now=now)
    named = [walking.holds(column, old) for column in walking.texts(DELIVERIES) for old in found.ids]
    is_owed = col(DeliveryRow.key) == any_(literal(list(owed.keys(session, workspace_id=workspace_id)), ARRAY(String)))
    sql.lock(session, owed.in_order(select(col(DeliveryRow.id)).where(mine[0], or_(is_owed, *named))))


def _about(kind: Kind, ids: Collection[int]) -> Any:
    return and_(col(DeliveryRow.kind) == kind.value, col(DeliveryRow.subject_id).in_(ids))


_PACE: Table = PaceRow.__table__  # type: ignore[attr-defined] # SQLModel gives each its table


def _in_deliveries(session: Session, found: StandIn) -> None:
    """What is out stays known, so that it can be changed; what is not is not sent, and a Home has no message."""
    workspace_id, person_id = found.person.workspace_id, found.person.id
    unsent = or_(col(DeliveryRow.ts).is_(None), col(DeliveryRow.kind) == Kind.HOME.value)
    mine = (col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.person_id) == person_id)
    session.execute(delete(DeliveryRow).where(*mine, unsent))
    _put_in(session, DELIVERIES, walking.of_workspace(DELIVERIES, workspace_id), found)
    _put_in(session, _PACE, walking.of_workspace(_PACE, workspace_id), found)


def _in_audit(session: Session, found: StandIn, now: datetime) -> None:
    """Each value that names them goes with its salt, and with what was done to them all its details."""
    value = col(AuditValueRow.value)
    mine = col(AuditValueRow.workspace_id) == found.person.workspace_id
    held = select(AuditValueRow).where(mine, or_(*(value.contains(old, autoescape=True) for old in found.ids)))
    names_them = [row for row in session.execute(held).scalars() if row.value and _is_named(found, row.value)]
    about_them = {row.number for row in names_them if row.name == "subject"}
    gone = and_(mine, col(AuditValueRow.number).in_(about_them), col(AuditValueRow.name) == "details")
    _erase_values(session, gone, now)
    for row in names_them:
        _erase_values(session, and_(mine, *_is(row)), now)


def _is_named(found: StandIn, text: str) -> bool:
    value = json.loads(text)
    return bool(walking.with_each(value, found.put) != value)


def _is(row: AuditValueRow) -> tuple[Any, ...]:
    return col(AuditValueRow.number) == row.number, col(AuditValueRow.name) == row.name


def _erase_values(session: Session, where: Any, now: datetime) -> None:
    still = col(AuditValueRow.erased_at).is_(None)
    session.execute(update(AuditValueRow).where(where, still).values(value=None, salt=None, erased_at=now))
