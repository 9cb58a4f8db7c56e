"""The queue of what Muster owes Slack: written with the cause, claimed with a lease, settled in groups."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, or_
from sqlmodel import Session, col, func, select, update

from domain.clock import new_id
from domain.deliveries import Delivery, Kind, Method, Subject
from storage import sql
from storage.tables import OF_RECORDS, DeliveryRow, PaceRow

SETTLE = timedelta(seconds=30)
"""How long after a lease Slack may still show a message of it."""
WAITS = "waits"
INSERT_ROWS = 500
"""At most so many rows in one statement: databases limit its parameters."""
CHANNEL_PAUSE = timedelta(seconds=1)
"""Slack takes about one message a second in a channel."""


@dataclass(frozen=True)
class Outcome:
    """What came of one claim. Exactly one of sent, retry_at and ended says how it goes on."""

    delivery: Delivery
    sent: bool = False
    shown: int = 0
    channel: str | None = None
    ts: str | None = None
    knew_channel: bool = True
    """False when a direct message had to be opened first."""
    unchecked: bool = False
    """Posted although an earlier try may have been, because the history could not be read."""
    retry_at: datetime | None = None
    uncertain: bool = False
    ended: str | None = None
    why: str = ""
    """For the log: what Slack said."""
    limited_until: datetime | None = None
    """Slack asked not to be called with this method before then."""


@dataclass(frozen=True)
class Want:
    """A message that is owed."""

    subject: Subject
    not_after: datetime | None = None
    """It is dropped if it could not be posted by then."""
    after: Subject | None = None
    """It replies in the thread of that delivery, and waits for it."""


def want(session: Session, *, workspace_id: str, wants: Sequence[Want], now: datetime) -> None:
    """Owes messages, or owes them anew with the state as it is now."""
    for parent, group in _by_parent(session, workspace_id, wants).items():
        waits = parent is WAITS
        again = {
            "wanted": DeliveryRow.wanted + 1,
            "next_at": col(DeliveryRow.next_at) if waits else func.coalesce(DeliveryRow.next_at, now),
            "ended": None,
        }
        for start in range(0, len(group), INSERT_ROWS):
            rows = [_row(workspace_id, each, parent, now) for each in group[start : start + INSERT_ROWS]]
            sql.add_or(session, DeliveryRow, rows, keys=["workspace_id", "key"], otherwise=again)


def _by_parent(session: Session, workspace_id: str, wants: Sequence[Want]) -> dict[str | None, list[Want]]:
    """By the ts of the message they reply to: None for those that reply to none, WAITS while it has not been posted."""
    groups: dict[str | None, list[Want]] = {}
    for each in wants:
        parent = _ts_of(session, workspace_id, each.after.key) or WAITS if each.after else None
        groups.setdefault(parent, []).append(each)
    return groups


def _row(workspace_id: str, wanted: Want, parent: str | None, now: datetime) -> dict[str, Any]:
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
        "next_at": None if parent is WAITS else now,
        "thread_ts": None if parent is WAITS else parent,
        "not_after": wanted.not_after,
        "after_key": wanted.after.key if wanted.after else None,
    }


def want_again(session: Session, *, workspace_id: str, keys: Collection[str], now: datetime) -> None:
    """Owes those deliveries anew that have been owed before; others are left alone."""
    mine = (col(DeliveryRow.workspace_id) == workspace_id, col(DeliveryRow.key).in_(keys))
    waits = and_(col(DeliveryRow.after_key).is_not(None), col(DeliveryRow.ts).is_(None))
    again = case((waits, DeliveryRow.next_at), else_=func.coalesce(DeliveryRow.next_at, now))
    session.execute(update(DeliveryRow).where(*mine).values(wanted=DeliveryRow.wanted + 1, next_at=again))


def keys_about(session: Session, *, workspace_id: str, kinds: Collection[Kind], subject_id: int) -> list[str]:
    """Every message about a decision or an action item, whoever has got it."""
    mine = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.subject_id == subject_id, OF_RECORDS)
    of_kinds = col(DeliveryRow.kind).in_([kind.value for kind in kinds])
    return list(session.exec(select(DeliveryRow.key).where(*mine, of_kinds)))


def replies_to(session: Session, *, workspace_id: str, key: str) -> set[str]:
    """The keys of what waits for a delivery, or has replied to it."""
    query = select(DeliveryRow.key).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.after_key == key)
    return set(session.exec(query))


def _ts_of(session: Session, workspace_id: str, key: str) -> str | None:
    """Locks the row: the delivery cannot be recorded as posted between this look and what depends on it."""
    mine = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.key == key)
    return session.exec(select(DeliveryRow.ts).where(*mine).with_for_update()).first()


def open_pace(session: Session, *, workspace_id: str, key: str, now: datetime) -> datetime | None:
    """The moment from which a lane may send, locked until the transaction ends; None while it is closed or taken."""
    row = {"workspace_id": workspace_id, "key": key, "open_at": now - timedelta(days=1)}
    mine = (PaceRow.workspace_id == workspace_id, PaceRow.key == key)
    if session.get(PaceRow, (workspace_id, key)) is None:
        sql.add_missing(session, PaceRow, [row])
    query = select(PaceRow.open_at).where(*mine, col(PaceRow.open_at) <= now)
    return session.exec(query.with_for_update(skip_locked=True)).first()


def set_pace(session: Session, *, workspace_id: str, key: str, open_at: datetime) -> None:
    row = {"workspace_id": workspace_id, "key": key, "open_at": open_at}
    sql.add_or_update(session, PaceRow, [row], keys=["workspace_id", "key"])


def candidates(
    session: Session, *, workspace_id: str, method: Method, now: datetime, limit: int
) -> list[tuple[str, str, str]]:
    """(delivery, channel, part) of those due in open channels, locked; the channel is empty for direct messages."""
    closed = exists().where(
        col(PaceRow.workspace_id) == col(DeliveryRow.workspace_id),
        col(PaceRow.key) == col(DeliveryRow.channel_id),
        col(PaceRow.open_at) > now,
    )
    query = (
        select(DeliveryRow.id, DeliveryRow.channel_id, DeliveryRow.part)
        .where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.method == method.value)
        .where(col(DeliveryRow.next_at) <= now)
        .order_by(col(DeliveryRow.next_at))
        .limit(limit)
    )
    if method is Method.POST:
        query = query.where(or_(col(DeliveryRow.channel_id) == "", ~closed))
    return list(session.exec(query.with_for_update(skip_locked=True)))


def claim(session: Session, *, ids: Sequence[str], now: datetime, lease_until: datetime) -> list[Delivery]:
    """Takes those deliveries. If the taker dies they fall due again, posts only once Slack must show what it took."""
    posts = col(DeliveryRow.method) == Method.POST.value
    # While an outcome is unknown, the first claim's moment is kept: the search in the history begins there.
    unknown = or_(col(DeliveryRow.uncertain), col(DeliveryRow.lease_until).is_not(None))
    values = {
        "attempts": DeliveryRow.attempts + 1,
        "uncertain": or_(col(DeliveryRow.uncertain), and_(posts, col(DeliveryRow.lease_until).is_not(None))),
        "claimed_at": case((unknown, DeliveryRow.claimed_at), else_=now),
        "lease_until": lease_until,
        "next_at": case((posts, lease_until + SETTLE), else_=lease_until),
    }
    statement = update(DeliveryRow).where(col(DeliveryRow.id).in_(ids)).values(values).returning(DeliveryRow)
    return [_delivery(row) for row in session.execute(statement).scalars()]


def put_off(session: Session, *, ids: Sequence[str], until: datetime) -> None:
    if ids:
        session.execute(update(DeliveryRow).where(col(DeliveryRow.id).in_(ids)).values(next_at=until))


def settle(session: Session, *, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Records what came of claims, and answers those that counted: one that was taken over changes nothing."""
    held = _held(session, outcomes)
    sent = [outcome for outcome in held if outcome.sent]
    if sent:
        session.connection().execute(_SENT, [_sent_values(outcome, now) for outcome in sent])
        _release_replies(session, [outcome for outcome in sent if not outcome.delivery.ts and outcome.ts], now)
    for outcome in held:
        if not outcome.sent:
            _put_back(session, outcome)
    return held


def _held(session: Session, outcomes: Sequence[Outcome]) -> list[Outcome]:
    ids = [outcome.delivery.id for outcome in outcomes]
    query = select(DeliveryRow.id, DeliveryRow.attempts).where(col(DeliveryRow.id).in_(ids))
    newest = dict(session.exec(query.order_by(col(DeliveryRow.id)).with_for_update()).all())
    return [outcome for outcome in outcomes if newest.get(outcome.delivery.id) == outcome.delivery.attempts]


_SENT = (
    update(DeliveryRow)
    .where(col(DeliveryRow.id) == bindparam("delivery"))
    .values(
        shown=bindparam("shown_value"),
        channel=bindparam("channel_value"),
        ts=bindparam("ts_value"),
        method=bindparam("method_value"),
        failures=0,
        failure=None,
        uncertain=False,
        unchecked=DeliveryRow.unchecked + bindparam("unchecked_posts"),
        lease_until=None,
        ended=None,
        next_at=case((col(DeliveryRow.wanted) > bindparam("shown_value"), bindparam("moment")), else_=None),
    )
)


def _sent_values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "delivery": outcome.delivery.id,
        "shown_value": outcome.shown,
        "channel_value": outcome.channel,
        "ts_value": outcome.ts,
        "method_value": (Method.UPDATE if outcome.ts else outcome.delivery.method).value,
        "unchecked_posts": int(outcome.unchecked),
        "moment": now,
    }


def _release_replies(session: Session, posted: Sequence[Outcome], now: datetime) -> None:
    """Only messages in channels have replies."""
    for outcome in posted:
        if not outcome.delivery.subject.channel_id:
            continue
        waiting = (
            col(DeliveryRow.workspace_id) == outcome.delivery.workspace_id,
            col(DeliveryRow.after_key) == outcome.delivery.subject.key,
            col(DeliveryRow.ts).is_(None),
            col(DeliveryRow.next_at).is_(None),
            col(DeliveryRow.ended).is_(None),
        )
        session.execute(update(DeliveryRow).where(*waiting).values(next_at=now, thread_ts=outcome.ts))


def _put_back(session: Session, outcome: Outcome) -> None:
    values: dict[str, Any] = {"lease_until": None, "uncertain": outcome.uncertain}
    if outcome.ended is not None:
        raised = col(DeliveryRow.wanted) > outcome.shown
        values |= {"ended": outcome.ended, "shown": outcome.shown}
        values["next_at"] = case((raised, outcome.delivery.claimed_at), else_=None)
    else:
        values |= {"failures": DeliveryRow.failures + 1, "failure": outcome.why, "next_at": outcome.retry_at}
    session.execute(update(DeliveryRow).where(col(DeliveryRow.id) == outcome.delivery.id).values(**values))


def free_leases(session: Session, *, now: datetime) -> None:
    """After a crash of the only sender: what it held falls due at once, posts after Slack must show what it took."""
    posts = col(DeliveryRow.method) == Method.POST.value
    again = case((posts, now + SETTLE), else_=now)
    values = {"next_at": again, "uncertain": or_(col(DeliveryRow.uncertain), posts), "lease_until": None}
    session.execute(update(DeliveryRow).where(col(DeliveryRow.lease_until).is_not(None)).values(values))


def revive(session: Session, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """A channel takes messages again: what Slack refused there, or what keeps being tried, falls due."""
    refused = and_(col(DeliveryRow.ended).like("refused%"), col(DeliveryRow.next_at).is_(None))
    # What may have been posted unseen keeps its own moment: Slack must show it first.
    trying = and_(
        col(DeliveryRow.failures) > 0, col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.uncertain).is_(False)
    )
    statement = update(DeliveryRow).where(
        col(DeliveryRow.workspace_id) == workspace_id,
        col(DeliveryRow.channel_id) == channel_id,
        or_(refused, trying),
    )
    session.execute(statement.values(ended=None, next_at=now))


def _delivery(row: DeliveryRow) -> Delivery:
    if row.claimed_at is None or row.lease_until is None:
        message = "a delivery is claimed before it is read"
        raise ValueError(message)
    return Delivery(
        id=row.id,
        workspace_id=row.workspace_id,
        subject=Subject(Kind(row.kind), row.subject_id, row.part, row.person_id, row.channel_id),
        wanted=row.wanted,
        shown=row.shown,
        attempts=row.attempts,
        uncertain=row.uncertain,
        claimed_at=row.claimed_at,
        lease_until=row.lease_until,
        failures=row.failures,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
        not_after=row.not_after,
    )
