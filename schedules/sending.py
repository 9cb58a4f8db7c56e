"""One claimed delivery meets Slack; what came of it is an Outcome."""

import logging
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.deliveries import NOTHING_TO_SHOW, REFUSED, SETTLE, TOO_LATE, Delivery, Method, Outcome
from schedules import picturing
from schedules.drawing import Content, Later
from surface.kit import Message
from surface.slack import (
    DELIVERY_SECONDS,
    POST,
    PUBLISH,
    UPDATE,
    Posted,
    Slack,
    SlackLimited,
    SlackRefused,
    SlackUnclear,
)

log = logging.getLogger(__name__)
LOOK_BACK = timedelta(minutes=1)
"""The search in a conversation begins this long before the first claim: clocks differ."""
MARGIN = timedelta(seconds=DELIVERY_SECONDS + 5)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_OUTAGE_WAIT = timedelta(minutes=5)
"""While Slack does not answer: soon after it is back, everything is as it should be."""
PATIENCE = 6
"""After so many failures in a row, a history that gives no answer counts as one that cannot be read."""
CALLS = {Method.POST: POST, Method.UPDATE: UPDATE, Method.HOME: PUBLISH}
DELETED = "message_not_found"
"""Whoever deleted a message meant it, so only something new is posted in its place."""
MENDABLE = frozenset(
    {
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_in_channel",
        "token_expired",
        "token_revoked",
    }
)
"""Refusals that end when somebody mends the installation or invites Muster; until then it keeps trying."""


class _OutOfTime(Exception):
    """The lease may run out before Slack has answered, so nothing is sent any more."""


def send(slack: Slack, clock: Clock, delivery: Delivery, content: Content, direct: str | None) -> Outcome:
    """Sends once. `direct`: the known direct message of the person it is for, if there is one."""
    try:
        return _send(slack, clock, delivery, content, direct)
    except SlackLimited as limited:
        until = clock() + timedelta(seconds=limited.seconds)
        closed = until if limited.method == CALLS[delivery.method] else None
        return Outcome(
            delivery,
            retry_at=until,
            uncertain=delivery.uncertain,
            why="ratelimited",
            limited_seconds=limited.seconds,
            limited_until=closed,
        )
    except SlackUnclear as unclear:
        return _unclear(delivery, clock(), unclear)
    except SlackRefused as refused:
        if refused.error == picturing.INVALID and isinstance(content, Message) and content.is_charted:
            why = "Slack takes no charts of its own here"
            return Outcome(delivery, retry_at=clock(), uncertain=delivery.uncertain, why=why, refused_charts=True)
        return _refused(delivery, clock(), refused.error)


def _send(slack: Slack, clock: Clock, delivery: Delivery, content: Content, direct: str | None) -> Outcome:
    if _runs_out(delivery, clock()):
        return _given_back(delivery, clock())
    if delivery.method is Method.HOME:
        return _publish(slack, delivery, content)
    if isinstance(content, Later) and not delivery.uncertain:
        return _postponed(delivery, content)
    if not isinstance(content, Message | Later):
        # What may be there, although nobody knew, must not stay as it was.
        return _post(slack, clock, delivery, None, direct) if delivery.uncertain else _nothing(delivery)
    if isinstance(content, Message) and delivery.channel and delivery.ts:
        there = Posted(delivery.channel, delivery.ts)
        picturing.show(slack, content, lambda message: slack.update(there, message))
        return _posted(delivery, there, delivery.wanted)
    return _post(slack, clock, delivery, content, direct)


def _publish(slack: Slack, delivery: Delivery, content: Content) -> Outcome:
    if not isinstance(content, dict):
        return _nothing(delivery)
    slack.publish(delivery.subject.person_id, content)
    return Outcome(delivery, sent=True, shown=delivery.wanted)


def _nothing(delivery: Delivery, *, uncertain: bool = False) -> Outcome:
    return Outcome(delivery, shown=delivery.wanted, ended=NOTHING_TO_SHOW, uncertain=uncertain)


def _post(
    slack: Slack, clock: Clock, delivery: Delivery, content: Message | Later | None, direct: str | None
) -> Outcome:
    """What may be there is looked for first; without content it is only looked for."""
    subject = delivery.subject
    channel = subject.channel_id or direct or slack.open_direct(subject.person_id)
    knew = bool(subject.channel_id or direct)
    unchecked = False
    if delivery.uncertain:
        try:
            found = slack.find(channel, delivery.id, delivery.claimed_at - LOOK_BACK, delivery.thread_ts)
        except (SlackRefused, SlackUnclear) as error:
            found, unchecked = None, _is_unreadable(delivery, error)
        if found:
            # What it shows is not known, so it counts as showing nothing yet and is brought up to date next.
            return _posted(delivery, found, 0, knew_channel=knew)
    if content is None:
        return _nothing(delivery, uncertain=unchecked)
    if delivery.not_after is not None and clock() > delivery.not_after:
        return Outcome(delivery, shown=delivery.wanted, ended=TOO_LATE)
    if isinstance(content, Later):
        return _postponed(delivery, content)

    def post(message: Message) -> Posted:
        if _runs_out(delivery, clock()):
            raise _OutOfTime
        return slack.post(channel, message, delivery.id, delivery.thread_ts, is_broadcast=delivery.is_broadcast)

    try:
        posted = picturing.show(slack, content, post)
    except _OutOfTime:
        return _given_back(delivery, clock())
    return _posted(delivery, posted, delivery.wanted, knew_channel=knew, unchecked=unchecked)


def _is_unreadable(delivery: Delivery, error: SlackRefused | SlackUnclear) -> bool:
    """Without the history, one possible copy is better than a loss; a history that may come back is asked again."""
    if isinstance(error, SlackUnclear) and delivery.failures < PATIENCE:
        raise error
    extra = {"action": "posted_unchecked", "delivery": delivery.id}
    log.warning("The history could not be read (%s), so a message may appear twice, or stay.", error, extra=extra)
    return True


def _runs_out(delivery: Delivery, now: datetime) -> bool:
    """Whether another might take the delivery over before a call from now on is certainly through."""
    return now > delivery.lease_until - MARGIN


def _postponed(delivery: Delivery, later: Later) -> Outcome:
    return Outcome(delivery, retry_at=later.at, uncertain=delivery.uncertain)


def _given_back(delivery: Delivery, now: datetime) -> Outcome:
    return Outcome(delivery, retry_at=now, uncertain=delivery.uncertain, why="the lease had run out")


def _posted(
    delivery: Delivery, posted: Posted, shown: int, *, knew_channel: bool = True, unchecked: bool = False
) -> Outcome:
    return Outcome(
        delivery,
        sent=True,
        shown=shown,
        channel=posted.channel,
        ts=posted.ts,
        knew_channel=knew_channel,
        unchecked=unchecked,
    )


def _unclear(delivery: Delivery, now: datetime, unclear: SlackUnclear) -> Outcome:
    """A post may have arrived: it is looked for once Slack must show it. The other calls may simply be repeated."""
    if unclear.method == POST:
        return Outcome(delivery, retry_at=delivery.lease_until + SETTLE, uncertain=True, why=str(unclear))
    retry_at = now + min(wait(delivery.failures), LONGEST_OUTAGE_WAIT)
    return Outcome(delivery, retry_at=retry_at, uncertain=delivery.uncertain, why=str(unclear))


def _refused(delivery: Delivery, now: datetime, error: str) -> Outcome:
    if error in MENDABLE:
        return Outcome(delivery, retry_at=now + wait(delivery.failures), uncertain=delivery.uncertain, why=error)
    if error == DELETED and delivery.anew:
        return Outcome(delivery, retry_at=now, deleted=True, why=error)
    return Outcome(
        delivery,
        shown=delivery.wanted,
        ended=f"{REFUSED}{error}",
        refused=True,
        uncertain=delivery.uncertain,
        why=error,
    )


def not_drawn(delivery: Delivery, now: datetime) -> Outcome:
    """Our own mistake, before anything was sent."""
    why = "it could not be drawn, see the log"
    return Outcome(delivery, retry_at=now + wait(delivery.failures), uncertain=delivery.uncertain, why=why)


def wait(failures: int) -> timedelta:
    """Doubles with each failure in a row, up to an hour."""
    return min(timedelta(seconds=FIRST_WAIT.total_seconds() * 2.0 ** min(failures, 16)), LONGEST_WAIT)
