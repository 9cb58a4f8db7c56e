"""The queue of what Muster owes Slack: written with the cause, claimed with a lease, settled in groups."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Integer, Row, and_, bindparam, case, delete, exists, or_
from sqlmodel import Session, col, func, select, update

from domain.deliveries import SETTLE, Delivery, Kind, Method, Outcome, Subject
from domain.people import is_erased
from storage import owed, sql
from storage.tables import OF_RECORDS, DeliveryRow, PaceRow, PersonRow

Moment = datetime | BindParameter[datetime]
PAUSE = timedelta(seconds=1.2)
"""Slack takes about one message a second in a conversation. Calls take differently long, hence the margin."""


_WORKSPACE: BindParameter[str] = bindparam("workspace_id")
_OPEN_PACE = sql.locked_if_free(
    select(PaceRow.open_at).where(
        PaceRow.workspace_id == _WORKSPACE, PaceRow.key == bindparam("key"), col(PaceRow.open_at) <= bindparam("now")
    )
)
_REPLIES = select(DeliveryRow.id).where(
    DeliveryRow.workspace_id == _WORKSPACE, DeliveryRow.after_key == bindparam("key")
)
_HELD = select(DeliveryRow.id, DeliveryRow.attempts).where(col(DeliveryRow.id).in_(bindparam("ids", expanding=True)))
_HELD_LOCKED = sql.locked(owed.in_order(_HELD))
"""What every claim asks for is made once."""


def keys_about(session: Session, *, workspace_id: str, kinds: Collection[Kind], subject_id: int) -> list[str]:
    """Every message of those kinds about a record or a run, whoever has got it."""
    mine = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.subject_id == subject_id, OF_RECORDS)
    of_kinds = col(DeliveryRow.kind).in_([kind.value for kind in kinds])
    return list(session.exec(select(DeliveryRow.key).where(*mine, of_kinds)))


def replies_to(session: Session, *, workspace_id: str, key: str) -> set[str]:
    """The keys of what waits for a delivery, or has replied to it."""
    query = select(DeliveryRow.key).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.after_key == key)
    return set(session.exec(query))


def open_pace(session: Session, *, workspace_id: str, key: str, now: datetime) -> datetime | None:
    """The moment from which a lane may send, locked until the transaction ends; None while it is closed or taken."""
    params = {"workspace_id": workspace_id, "key": key, "now": now}
    open_at = session.exec(_OPEN_PACE, params=params).first()
    if open_at is None and session.get(PaceRow, (workspace_id, key)) is None:
        row = {"workspace_id": workspace_id, "key": key, "open_at": now - timedelta(days=1)}
        sql.add_missing(session, PaceRow, [row])
        open_at = session.exec(_OPEN_PACE, params=params).first()
    return open_at


def pace(session: Session, *, workspace_id: str, key: str) -> datetime | None:
    return session.exec(
        select(PaceRow.open_at).where(PaceRow.workspace_id == workspace_id, PaceRow.key == key)
    ).one_or_none()


def unopened(session: Session, *, workspace_id: str, person_ids: Collection[str]) -> set[str]:
    """Those of them whose direct message was never opened, and who have not been given their turn for that."""
    has_turn = exists().where(col(PaceRow.workspace_id) == workspace_id, col(PaceRow.key) == PersonRow.id)
    query = select(PersonRow.id).where(
        PersonRow.workspace_id == workspace_id,
        col(PersonRow.id).in_(person_ids),
        col(PersonRow.direct_channel).is_(None),
        ~has_turn,
    )
    return set(session.exec(query))


def set_paces(session: Session, *, workspace_id: str, keys: Collection[str], open_at: datetime) -> None:
    rows = [{"workspace_id": workspace_id, "key": key, "open_at": open_at} for key in keys]
    sql.add_or_update(session, PaceRow, rows, keys=["workspace_id", "key"])


class Candidate(NamedTuple):
    id: str
    place: str
    """The channel, or the person for a direct message."""
    part: str
    due_at: datetime


def candidates(session: Session, *, workspace_id: str, method: Method, now: datetime, limit: int) -> list[Candidate]:
    """Those that may be sent now, locked."""
    params = {"workspace_id": workspace_id, "now": now, "limit": limit}
    return [Candidate(*row) for row in session.execute(_candidates(method), params)]


@cache
def _candidates(method: Method) -> Any:
    query = (
        select(DeliveryRow.id, PLACE, DeliveryRow.part, col(DeliveryRow.next_at))
        .where(DeliveryRow.workspace_id == _WORKSPACE, *ready(method, bindparam("now")))
        .order_by(col(DeliveryRow.next_at))
        .limit(bindparam("limit", type_=Integer))
    )
    return sql.locked_if_free(query)


PLACE = col(DeliveryRow.channel_id) + col(DeliveryRow.person_id)
"""One of the two is empty."""


def ready(method: Method, now: Moment) -> tuple[ColumnElement[bool], ...]:
    """Due, and to be posted where Slack takes a message again; whether the method's own pace allows it is left open."""
    due = (col(DeliveryRow.method) == method.value, col(DeliveryRow.next_at) <= now)
    return (*due, ~is_closed(DeliveryRow.workspace_id, PLACE, now)) if method is Method.POST else due


def is_closed(workspace_id: Any, key: Any, now: Moment) -> ColumnElement[bool]:
    """Whether a pace says to wait, for a query around it."""
    return exists().where(
        col(PaceRow.workspace_id) == workspace_id, col(PaceRow.key) == key, col(PaceRow.open_at) > now
    )


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
    # Plain rows: no others are in this session that would have to be brought up to date.
    return [_delivery(row) for row in session.connection().execute(statement)]


def settle(session: Session, *, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Records what came of claims, and answers those that counted: one that was taken over changes nothing."""
    counted = held(session, outcomes=outcomes, lock=True)
    sent = [outcome for outcome in counted if outcome.sent]
    if sent:
        session.connection().execute(_SENT, [_sent_values(outcome, now) for outcome in sent])
        for parent in filter(_frees_replies, sent):
            place = {"workspace_id": parent.delivery.workspace_id, "key": parent.delivery.subject.key}
            owed.release_replies(session, **place, now=now)
    for outcome in counted:
        if not outcome.sent:
            _put_back(session, outcome, now)
    # Once what stood there for somebody who was erased is gone, so is where it stood.
    gone = [each.delivery.id for each in counted if is_erased(each.delivery.subject.person_id) and not each.retry_at]
    if gone:
        session.execute(delete(DeliveryRow).where(col(DeliveryRow.id).in_(gone)))
    return counted


def held(session: Session, *, outcomes: Sequence[Outcome], lock: bool = False) -> list[Outcome]:
    """Those whose claim still counts; on wish locked, with what waits for them, in the order that everybody keeps."""
    ids = {outcome.delivery.id for outcome in outcomes}
    if lock:
        parents = [outcome.delivery for outcome in outcomes if outcome.sent and _frees_replies(outcome)]
        ids |= {reply for parent in parents for reply in _replies(session, parent)}
    newest = dict(session.exec(_HELD_LOCKED if lock else _HELD, params={"ids": list(ids)}).all())
    return [outcome for outcome in outcomes if newest.get(outcome.delivery.id) == outcome.delivery.attempts]


def _replies(session: Session, parent: Delivery) -> Sequence[str]:
    return session.exec(_REPLIES, params={"workspace_id": parent.workspace_id, "key": parent.subject.key}).all()


def _frees_replies(outcome: Outcome) -> bool:
    """Whether replies may have waited for it. Only messages in a channel and summaries sent on have any."""
    delivery, subject = outcome.delivery, outcome.delivery.subject
    has_thread = subject.channel_id or subject.kind is Kind.SUMMARY
    return bool(outcome.ts and (delivery.anew or not delivery.ts) and has_thread)


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
        limited_since=None,
        uncertain=False,
        unchecked=DeliveryRow.unchecked + bindparam("unchecked_posts"),
        lease_until=None,
        # When it last changed would tell when a person did something.
        claimed_at=case((DeliveryRow.unchecked + bindparam("unchecked_posts") > 0, DeliveryRow.claimed_at), else_=None),
        ended=None,
        anew=and_(col(DeliveryRow.anew), col(DeliveryRow.wanted) > bindparam("shown_value")),
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


def _put_back(session: Session, outcome: Outcome, now: datetime) -> None:
    values: dict[str, Any] = {"lease_until": None, "uncertain": outcome.uncertain}
    if outcome.ended is not None:
        raised = col(DeliveryRow.wanted) > outcome.shown
        values |= {"ended": outcome.ended, "shown": outcome.shown}
        values["next_at"] = case((raised, outcome.delivery.claimed_at), else_=None)
    elif outcome.deleted:
        values |= {"method": Method.POST.value, "channel": None, "ts": None, "next_at": outcome.retry_at}
    elif outcome.limited_seconds:
        since = func.coalesce(DeliveryRow.limited_since, now)
        values |= {"limited_since": since, "failure": outcome.why, "next_at": outcome.retry_at}
    elif outcome.why:
        values |= {"failures": DeliveryRow.failures + 1, "failure": outcome.why, "next_at": outcome.retry_at}
        values["limited_since"] = None
    else:
        # What the last try met with stays known.
        values |= {"failures": 0, "next_at": outcome.retry_at, "limited_since": None}
    session.execute(update(DeliveryRow).where(col(DeliveryRow.id) == outcome.delivery.id).values(**values))


def free_leases(session: Session, *, now: datetime) -> None:
    """After a crash of the only sender: what it held falls due at once, posts after Slack must show what it took."""
    posts = col(DeliveryRow.method) == Method.POST.value
    again = case((posts, now + SETTLE), else_=now)
    values = {"next_at": again, "uncertain": or_(col(DeliveryRow.uncertain), posts), "lease_until": None}
    held = (col(DeliveryRow.next_at).is_not(None), col(DeliveryRow.lease_until).is_not(None))
    session.execute(update(DeliveryRow).where(*held).values(values))


def _delivery(row: Row[Any]) -> Delivery:
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
        anew=row.anew,
    )
