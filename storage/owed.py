"""What a transaction owes Slack: gathered while it runs, written at its end, by key, so that none waits in a circle."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ARRAY, String, and_, any_, case, literal, or_
from sqlmodel import Session, col, func, select, update

from domain.clock import new_id
from domain.deliveries import Kind, Method, Subject
from storage import ending, sql
from storage.ending import Last
from storage.tables import DeliveryRow

AT_ONCE = 500
"""At most so many keys in one statement: databases limit its parameters."""
Key = tuple[str, str]
"""Workspace, and key of the delivery."""


@dataclass(frozen=True)
class Want:
    """A message that is owed."""

    subject: Subject
    not_before: datetime | None = None
    """It is first posted then, and not at once."""
    not_after: datetime | None = None
    """It is dropped if it could not be posted by then."""
    after: Subject | None = None
    """It replies in the thread of that delivery, and waits for it."""
    in_thread: str = ""
    """The message of somebody else to which it replies."""
    anew: bool = False
    """If its message was deleted, it is posted again; otherwise what was deleted stays so."""


@dataclass(frozen=True)
class _Owed:
    want: Want | None
    """None for what is only owed if it has been owed before."""
    now: datetime


def want(session: Session, *, workspace_id: str, wants: Sequence[Want], now: datetime) -> None:
    """Owes messages, or owes them anew with the state as it is now."""
    owed = _gathered(session)
    for each in wants:
        owed[workspace_id, each.subject.key] = _Owed(each, now)


def want_again(session: Session, *, workspace_id: str, keys: Collection[str], now: datetime) -> None:
    """Owes those deliveries anew that have been owed before; others are left alone."""
    owed = _gathered(session)
    for key in keys:
        owed.setdefault((workspace_id, key), _Owed(None, now))


def keys(session: Session, *, workspace_id: str) -> set[str]:
    """What this transaction owes so far."""
    return {key for place, key in _gathered(session) if place == workspace_id}


def revive(session: Session, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """A channel takes messages again: what Slack refused there, or what keeps being tried, falls due."""
    _gathered(session)
    ending.kept(session, "revived")[workspace_id, channel_id] = now


def _gathered(session: Session) -> dict[Key, _Owed]:
    ending.at_end(session, (Last.DELIVERIES,), partial(_write, session))
    return ending.kept(session, "owed")


def _write(session: Session) -> None:
    owed: dict[Key, _Owed] = session.info.pop("owed", {})
    revived: dict[Key, datetime] = session.info.pop("revived", {})
    for workspace_id in sorted({place for place, _ in (*owed, *revived)}):
        mine = {key: owed[place, key] for place, key in sorted(owed) if place == workspace_id}
        back = {channel: revived[place, channel] for place, channel in sorted(revived) if place == workspace_id}
        _write_workspace(session, workspace_id, mine, back)


def _write_workspace(
    session: Session, workspace_id: str, owed: Mapping[str, _Owed], revived: Mapping[str, datetime]
) -> None:
    """New rows come first: an insert that waits for another's waits while nothing older is locked."""
    new = _insert(session, workspace_id, owed)
    known = [key for key in owed if key not in new]
    parents = {each.want.after.key: each.now for each in owed.values() if each.want and each.want.after}
    dead = session.exec(select(DeliveryRow.key).where(*_refused(workspace_id, revived))).all() if revived else []
    _lock(session, workspace_id, {*known, *parents, *dead})
    for keys in _some(known):
        _raise(session, workspace_id, {key: owed[key] for key in keys})
    for parent, now in parents.items():
        release_replies(session, workspace_id=workspace_id, key=parent, now=now)
    for channel_id, now in revived.items():
        again = update(DeliveryRow).where(*_refused(workspace_id, [channel_id]))
        session.execute(again.values(ended=None, next_at=now))


def _some(keys: Collection[str]) -> Iterator[Sequence[str]]:
    """All keys in order, as many at once as a statement holds."""
    found = sorted(keys)
    return (found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE))


def _insert(session: Session, workspace_id: str, owed: Mapping[str, _Owed]) -> set[str]:
    """Those that were not owed before."""
    new: set[str] = set()
    for keys in _some([key for key, each in owed.items() if each.want]):
        rows = [_row(workspace_id, each.want, each.now) for each in map(owed.__getitem__, keys) if each.want]
        new |= set(sql.add_new(session, DeliveryRow, rows, keys=["workspace_id", "key"], answer="key"))
    return new


def _row(workspace_id: str, wanted: Want, now: datetime) -> dict[str, Any]:
    subject = wanted.subject
    return {
        "id": new_id(),
        "workspace_id": workspace_id,
        "key": subject.key,
        "kind": subject.kind.value,
        "subject_id": subject.id,
        "part": subject.part,
        "person_id": subject.person_id,
        "channel_id": subject.channel_id,
        "method": Method.HOME.value if subject.kind is Kind.HOME else Method.POST.value,
        "wanted": 1,
        "shown": 0,
        "attempts": 0,
        "failures": 0,
        "uncertain": False,
        "unchecked": 0,
        "anew": False,
        "next_at": None if wanted.after else wanted.not_before or now,
        "not_after": wanted.not_after,
        "after_key": wanted.after.key if wanted.after else None,
        "thread_ts": wanted.in_thread or None,
    }


def _lock(session: Session, workspace_id: str, keys: Collection[str]) -> None:
    """All in one statement, so in the server's order of keys."""
    if keys:
        among = col(DeliveryRow.key) == any_(literal(list(keys), ARRAY(String)))
        sql.lock(session, in_order(select(DeliveryRow.id).where(DeliveryRow.workspace_id == workspace_id, among)))


def in_order(query: Any) -> Any:
    """The order in which everybody locks deliveries."""
    return query.order_by(DeliveryRow.workspace_id, DeliveryRow.key)


def _raise(session: Session, workspace_id: str, owed: Mapping[str, _Owed]) -> None:
    """One cause more; while the parent of a reply is not there, the reply goes on waiting for it."""
    waits = and_(col(DeliveryRow.after_key).is_not(None), col(DeliveryRow.thread_ts).is_(None))
    # Whether an invitation that came too early for its person may leave now is decided when it is drawn.
    early = and_(
        col(DeliveryRow.kind) == Kind.PROMPT.value,
        col(DeliveryRow.failures) == 0,
        col(DeliveryRow.limited_since).is_(None),
        col(DeliveryRow.lease_until).is_(None),
        col(DeliveryRow.uncertain).is_(False),
    )
    now = max(each.now for each in owed.values())
    surely = [key for key, each in owed.items() if each.want]
    anew = [key for key, each in owed.items() if each.want and each.want.anew]
    values = {
        "wanted": DeliveryRow.wanted + 1,
        "next_at": case((waits, DeliveryRow.next_at), (early, now), else_=func.coalesce(DeliveryRow.next_at, now)),
        "ended": case((col(DeliveryRow.key).in_(surely), None), else_=DeliveryRow.ended),
        "anew": or_(col(DeliveryRow.anew), and_(col(DeliveryRow.key).in_(anew), col(DeliveryRow.ts).is_not(None))),
    }
    mine = (col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.key).in_(owed))
    session.execute(update(DeliveryRow).where(*mine).values(values))


def release_replies(session: Session, *, workspace_id: str, key: str, now: datetime) -> None:
    """What waits for a delivery falls due once that has been posted, and is known not to be posted again."""
    parent = select(DeliveryRow.ts).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.key == key)
    ts = session.exec(parent.where(col(DeliveryRow.anew).is_(False))).first()
    waiting = (
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.after_key) == key,
        col(DeliveryRow.ts).is_(None),
        col(DeliveryRow.next_at).is_(None),
        col(DeliveryRow.ended).is_(None),
    )
    if ts is not None:
        session.execute(update(DeliveryRow).where(*waiting).values(next_at=now, thread_ts=ts))


def _refused(workspace_id: str, channel_ids: Collection[str]) -> tuple[Any, ...]:
    refused = and_(col(DeliveryRow.ended).like("refused%"), col(DeliveryRow.next_at).is_(None))
    # What may have been posted unseen keeps its own moment: Slack must show it first.
    trying = and_(
        col(DeliveryRow.failures) > 0, col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.uncertain).is_(False)
    )
    return (
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.channel_id).in_(channel_ids),
        or_(refused, trying),
    )
