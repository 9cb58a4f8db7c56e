"""What is owed to Slack and in trouble, in words: what it is, for whom, what Slack said, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.deliveries import REFUSED, TOO_LATE, Kind, Subject
from domain.people import Person
from storage import channels, delivery_queries, people
from storage.engine import Database
from storage.tables import DeliveryRow


@dataclass(frozen=True)
class Trouble:
    """A delivery that Slack refused, that keeps failing, or that may stand there twice."""

    what: str
    whom: str
    why: str
    mend: str
    next_at: datetime | None


WORDS = {
    Kind.PROMPT: "a check-in",
    Kind.REMINDER: "a reminder",
    Kind.ASKED_AGAIN: "a check-in that was put off",
    Kind.UNASKED: "a note that answers given ahead were not posted",
    Kind.RUN: "a summary",
    Kind.RUN_PART: "a part of a summary",
    Kind.INTERIM: "a summary of what had come so far",
    Kind.SUMMED_UP: "a note that a summary is there",
    Kind.SUMMARY: "a summary for somebody in particular or for another channel",
    Kind.NOTE: "a note about a summary",
    Kind.NOBODY: "a note that nobody was asked",
    Kind.HEALTH: "a question whether a ritual still suits",
    Kind.BLOCKED: "a note about blockers",
    Kind.CLEARER: "a blocker to clear",
    Kind.HANDED: "a blocker that was passed on or is open again",
    Kind.BLOCKER_NEWS: "what came of a blocker",
    Kind.STALLED: "a note that a ritual stands still",
    Kind.UNPOSTED: "a summary that could not be posted in its channel",
    Kind.UNPOSTED_DECISION: "a note that a decision could not be posted",
    Kind.UNPOSTED_RITUAL: "a note that the message about a ritual could not be posted",
    Kind.ENDED: "a note that a ritual was switched off",
    Kind.FACILITATOR: "a note to a new facilitator",
    Kind.TURN: "a note to whoever's turn it is to facilitate",
    Kind.LEFT: "what somebody who left looked after",
    Kind.BRIEF: "a brief for somebody who asked for it",
    Kind.SHARED_BRIEF: "a brief that was shared in its thread",
    Kind.REACTED: "a form for somebody who reacted to a message",
    Kind.AWAY: "a note about being away",
    Kind.BACK: "a note about being back",
    Kind.CALENDAR: "a note that a calendar cannot be read",
    Kind.RITUAL: "the message about a ritual",
    Kind.DECISION: "a decision",
    Kind.APPROVAL: "a request to approve a decision",
    Kind.INFORMED: "a decision to know of",
    Kind.UNREAD: "a reminder of a decision to read",
    Kind.DRIVER: "a decision to drive",
    Kind.LOOK_AGAIN: "a decision to look at again",
    Kind.DECISION_NEWS: "what came of a decision",
    Kind.ACTION: "an action item",
    Kind.ACTIONS: "action items",
    Kind.ACTIONS_NEWS: "what came of action items",
    Kind.ACTION_DUE: "a reminder of an action item",
    Kind.ACTION_LATE: "an action item that is late",
    Kind.ACTION_NEWS: "what came of an action item",
    Kind.DIGEST: "a digest",
    Kind.DELEGATE: "a note to a delegate",
    Kind.DIGEST_NOW: "a digest that was asked for",
    Kind.TRENDS: "trends of the last weeks",
    Kind.HOME: "the Home page",
}
HARMLESS = (f"{REFUSED}user_disabled", f"{REFUSED}message_not_found", f"{REFUSED}thread_not_found")
"""Somebody left, or deleted the message, or what it replies to: there is nothing to mend."""
_INVITE = "Type `/invite @Muster` in that channel."
_UNARCHIVE = "Unarchive the channel in Slack."
_TWICE = "posted again because the history could not be read, so it may stand there twice"
MENDS = {
    "not_in_channel": _INVITE,
    "channel_not_found": _INVITE,
    "is_archived": _UNARCHIVE,
    "is_inactive": _UNARCHIVE,
    "ratelimited": "Look whether another program uses Muster's bot token, and at the status page of Slack.",
    _TWICE: "Delete the copy in Slack, if there is one. The log of Muster says why the history could not be read.",
    "missing_scope": "Paste what `muster manifest` prints into the app's manifest page in Slack, then install "
    "the app again.",
}


def troubles(db: Database, *, workspace_id: str, now: datetime) -> list[Trouble]:
    with db.read() as session:
        rows = delivery_queries.in_trouble(session, workspace_id=workspace_id, harmless=HARMLESS, now=now)
        known = people.people(session, workspace_id=workspace_id, ids={row.person_id for row in rows})
        return [_trouble(row, _whom(session, workspace_id, row, known)) for row in rows]


def name(db: Database, *, workspace_id: str, subject: Subject) -> str:
    """What it is and for whom, for the log: "a digest for Grace Kim"."""
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id, ids=[subject.person_id])
        return f"{WORDS[subject.kind]} for {_whom(session, workspace_id, subject, known)}"


def _trouble(row: DeliveryRow, whom: str) -> Trouble:
    is_too_late = row.ended == TOO_LATE
    why = (row.failure if is_too_late else row.ended or row.failure) or _TWICE
    told = f"{row.ended}, after {why}" if is_too_late else "Slack goes on asking to wait" if row.limited_since else why
    return Trouble(what=WORDS[Kind(row.kind)], whom=whom, why=told, mend=_mend(why), next_at=row.next_at)


def _whom(session: Session, workspace_id: str, about: DeliveryRow | Subject, known: Mapping[str, Person]) -> str:
    """Its person or its channel."""
    if about.person_id:
        return known[about.person_id].name if about.person_id in known else f"the unknown person {about.person_id}"
    found = channels.channel(session, workspace_id=workspace_id, channel_id=about.channel_id)
    return f"#{found.name}" if found and found.name else f"the unknown channel {about.channel_id}"


def _mend(why: str) -> str:
    return MENDS.get(why.removeprefix(REFUSED), "Check the log of Muster at the time, and the status page of Slack.")
