"""The life of a delivery between its cause and Slack: claiming at a pace, and recording what came of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.deliveries import Delivery, Kind, Method
from domain.people import Person
from domain.runs import PromptState
from domain.windows import LATE
from services import owing, runs
from storage import channels, deliveries, delivery_queries, people, prompts, rituals
from storage.deliveries import CHANNEL_PAUSE, Outcome
from storage.engine import Database
from storage.tables import DeliveryRow

LEASE = timedelta(seconds=60)
"""Longer than a call to Slack may take, with all that waits before it in this process."""


@dataclass(frozen=True)
class Pace:
    """So many calls a second in the long run, and so many at once after a rest."""

    rate: float
    burst: int


PACES = {Method.POST: Pace(5, 20), Method.UPDATE: Pace(50 / 60, 20), Method.HOME: Pace(100 / 60, 20)}
"""Within Slack's limits: several hundred posts a minute in a workspace, tier 3 for updates, tier 4 for Home."""
Paces = dict[Method, Pace]


def claim(db: Database, *, now: datetime, limit: int, paces: Paces) -> list[Delivery]:
    """Takes up to `limit` due deliveries, fair among workspaces; no pace for a method means no limit."""
    with db.read() as session:
        due = delivery_queries.next_due(session)
        if due is None or due > now:
            return []
    claimed: list[Delivery] = []
    with db.write() as session:
        lanes = delivery_queries.lanes(session, now=now)
        for lane in lanes:
            share = math.ceil((limit - len(claimed)) / len(lanes))
            claimed += _claim_lane(session, lane, paces.get(lane[1]), share, now)
    return claimed


def _claim_lane(
    session: Session, lane: tuple[str, Method], pace: Pace | None, limit: int, now: datetime
) -> list[Delivery]:
    workspace_id, method = lane
    open_at = deliveries.open_pace(session, workspace_id=workspace_id, key=method.value, now=now)
    if open_at is None:
        return []
    if pace is not None:
        open_at = max(open_at, now - timedelta(seconds=pace.burst / pace.rate))
        limit = min(limit, 1 + int((now - open_at).total_seconds() * pace.rate))
    found = deliveries.candidates(session, workspace_id=workspace_id, method=method, now=now, limit=limit)
    ids = (
        _one_a_channel(session, workspace_id, found, now)
        if pace and method is Method.POST
        else [delivery_id for delivery_id, _channel, _part in found]
    )
    if pace is not None and ids:
        later = open_at + timedelta(seconds=len(ids) / pace.rate)
        deliveries.set_pace(session, workspace_id=workspace_id, key=method.value, open_at=later)
    return deliveries.claim(session, ids=ids, now=now, lease_until=now + LEASE)


def _one_a_channel(session: Session, workspace_id: str, found: list[tuple[str, str, str]], now: datetime) -> list[str]:
    """Direct messages go as they are; of several posts to one channel the others wait a second, later parts longest."""
    taken: dict[str, str] = {}
    rest: list[str] = []
    for delivery_id, channel_id, _part in sorted(found, key=lambda each: (len(each[2]), each[2])):
        if channel_id in taken:
            rest.append(delivery_id)
        else:
            taken[channel_id or delivery_id] = delivery_id
    deliveries.put_off(session, ids=rest, until=now + CHANNEL_PAUSE)
    for key, delivery_id in taken.items():
        if key != delivery_id:
            deliveries.set_pace(session, workspace_id=workspace_id, key=key, open_at=now + CHANNEL_PAUSE)
    return list(taken.values())


def direct_channels(db: Database, *, due: Sequence[Delivery]) -> dict[str, str]:
    """By delivery id: the direct message with the person it is for, where one has been opened."""
    wanted: dict[str, list[Delivery]] = {}
    for delivery in due:
        if delivery.subject.person_id and not delivery.ts:
            wanted.setdefault(delivery.workspace_id, []).append(delivery)
    found: dict[str, str] = {}
    with db.read() as session:
        for workspace_id, group in wanted.items():
            ids = {delivery.subject.person_id for delivery in group}
            known = people.direct_channels(session, workspace_id=workspace_id, ids=ids)
            found |= {each.id: known[each.subject.person_id] for each in group if each.subject.person_id in known}
    return found


def failed(delivery: Delivery, *, now: datetime) -> Outcome:
    """After an error of our own: it stays owed, and a post that may have left is looked for first."""
    why = "an error of Muster's own, see the log"
    if delivery.method is Method.POST:
        return Outcome(delivery, retry_at=delivery.lease_until + deliveries.SETTLE, uncertain=True, why=why)
    return Outcome(delivery, retry_at=now + timedelta(minutes=1), why=why)


def settle(db: Database, *, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Records a group of outcomes, with what they mean for prompts."""
    refused = [each for each in outcomes if each.ended is not None and _is_invitation(each)]
    if refused:
        # On its own, because prompts and runs are locked before deliveries; if Muster dies now, Slack refuses it again.
        with db.write() as session:
            for outcome in sorted(deliveries.held(session, outcomes=refused), key=_subject_id):
                _prompt_failed(session, outcome, now)
    with db.write() as session:
        posted = [each for each in outcomes if each.sent and not each.delivery.ts]
        _keep_direct_channels(session, posted)
        _prompts_sent(session, [each for each in posted if _is_invitation(each)], now)
        counted = deliveries.settle(session, outcomes=outcomes, now=now)
        limits = {_lane(each.delivery): each.limited_until for each in counted if each.limited_until}
        for (workspace_id, method), until in sorted(limits.items()):
            deliveries.set_pace(session, workspace_id=workspace_id, key=method.value, open_at=until)


def _is_invitation(outcome: Outcome) -> bool:
    return outcome.delivery.subject.kind is Kind.PROMPT and not outcome.delivery.ts


def _subject_id(outcome: Outcome) -> int:
    return outcome.delivery.subject.id


def _lane(delivery: Delivery) -> tuple[str, Method]:
    return delivery.workspace_id, delivery.method


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
    Kind.RUN: "a summary",
    Kind.RUN_PART: "a part of a summary",
    Kind.NOTE: "a note about a summary",
    Kind.NOBODY: "a note that nobody was asked",
    Kind.STALLED: "a note that a ritual stands still",
    Kind.FACILITATOR: "a note to a new facilitator",
    Kind.RITUAL: "the message about a ritual",
    Kind.DECISION: "a decision",
    Kind.APPROVAL: "a request to approve a decision",
    Kind.INFORMED: "a decision to know of",
    Kind.LOOK_AGAIN: "a decision to look at again",
    Kind.DECISION_NEWS: "what came of a decision",
    Kind.ACTION: "an action item",
    Kind.ACTION_DUE: "a reminder of an action item",
    Kind.ACTION_NEWS: "what came of an action item",
    Kind.DIGEST: "a digest",
    Kind.HOME: "the Home page",
}
HARMLESS = ("refused: user_disabled", "refused: message_not_found")
"""Somebody left, or deleted the message: there is nothing to mend."""
_TWICE = "posted again because the history could not be read, so it may stand there twice"
MENDS = {
    "not_in_channel": "Type `/invite @Muster` in that channel.",
    "channel_not_found": "Type `/invite @Muster` in that channel, or end its rituals.",
    "is_archived": "Unarchive the channel in Slack, or end its rituals.",
    _TWICE: "Delete the copy in Slack, if there is one. The log of Muster says why the history could not be read.",
    "missing_scope": "Paste app.yaml into the app's manifest page in Slack, then install the app again.",
}


def troubles(db: Database, *, workspace_id: str, now: datetime) -> list[Trouble]:
    with db.read() as session:
        rows = delivery_queries.in_trouble(session, workspace_id=workspace_id, harmless=HARMLESS, now=now)
        known = people.people(session, workspace_id=workspace_id, ids={row.person_id for row in rows})
        return [_trouble(row, _whom(session, row, known)) for row in rows]


def _trouble(row: DeliveryRow, whom: str) -> Trouble:
    is_too_late = row.ended == delivery_queries.TOO_LATE
    why = (row.failure if is_too_late else row.ended or row.failure) or _TWICE
    told = f"{row.ended}, after {why}" if is_too_late else why
    return Trouble(what=WORDS[Kind(row.kind)], whom=whom, why=told, mend=_mend(why), next_at=row.next_at)


def _whom(session: Session, row: DeliveryRow, known: Mapping[str, Person]) -> str:
    if row.person_id:
        return known[row.person_id].name if row.person_id in known else f"the unknown person {row.person_id}"
    found = channels.channel(session, workspace_id=row.workspace_id, channel_id=row.channel_id)
    return f"#{found.name}" if found and found.name else f"the unknown channel {row.channel_id}"


def _mend(why: str) -> str:
    return MENDS.get(
        why.removeprefix("refused: "), "Check the log of Muster at the time, and the status page of Slack."
    )


def free_leases(db: Database, *, now: datetime) -> None:
    """At the start of the only process that sends: what a crashed one held falls due without waiting for its lease."""
    with db.write() as session:
        deliveries.free_leases(session, now=now)


def _keep_direct_channels(session: Session, posted: Sequence[Outcome]) -> None:
    found: dict[str, dict[str, str]] = {}
    for outcome in posted:
        subject = outcome.delivery.subject
        if subject.person_id and outcome.channel and not outcome.knew_channel:
            found.setdefault(outcome.delivery.workspace_id, {})[subject.person_id] = outcome.channel
    for workspace_id, opened in found.items():
        people.save_direct_channels(session, workspace_id=workspace_id, channels=opened)


def _prompts_sent(session: Session, posted: Sequence[Outcome], now: datetime) -> None:
    if not posted:
        return
    ids = {outcome.delivery.subject.id for outcome in posted}
    prompts.sent(session, ids=ids, at=now)
    for workspace_id, prompt_id in prompts.due_before(session, ids=ids, moment=now - LATE):
        _give_whole_window(session, workspace_id, prompt_id, now)


def _give_whole_window(session: Session, workspace_id: str, prompt_id: int, now: datetime) -> None:
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=prompt_id, lock=True)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    person = people.person(session, workspace_id=workspace_id, person_id=prompt.person_id) if prompt else None
    if prompt and run and person and prompt.state is PromptState.SENT:
        runs.sent_late(session, prompt=prompt, template=run.template, person=person, at=now)
        owing.owe_again(session, workspace_id, owing.prompt_message(prompt), now=now)


def _prompt_failed(session: Session, outcome: Outcome, now: datetime) -> None:
    """The person cannot be reached: the run goes on without them, and says so."""
    workspace_id = outcome.delivery.workspace_id
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=outcome.delivery.subject.id, lock=True)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    if prompt and run and prompt.state is PromptState.PENDING:
        prompts.move(session, prompt_id=prompt.id, state=PromptState.FAILED)
        owing.owe(session, workspace_id, owing.run_message(run), now=now)
        runs.finish(session, run, now=now)
