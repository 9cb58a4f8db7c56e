"""The life of a delivery between its cause and Slack: claiming at a pace, and recording what came of it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.deliveries import SETTLE, Delivery, Kind, Method, Outcome
from domain.runs import PromptState
from domain.windows import LATE
from services import asking, closing, owing, refusals, related
from storage import deliveries, delivery_queries, ending, people, prompts, rituals, together
from storage.deliveries import PAUSE, Candidate
from storage.engine import Database

LEASE = timedelta(seconds=60)
"""Longer than a call to Slack may take, with all that waits before it in this process."""


@dataclass(frozen=True)
class Pace:
    """So many calls a second in the long run, and so many at once after a rest."""

    rate: float
    burst: int


PACES = {Method.POST: Pace(5, 20), Method.UPDATE: Pace(50 / 60, 20), Method.HOME: Pace(100 / 60, 20)}
"""Within Slack's limits: several hundred posts a minute in a workspace, tier 3 for updates, tier 4 for Home."""
OPENING = Pace(45 / 60, 20)
"""Direct messages that were never opened: tier 3, too."""
OPENINGS = "open"
"""The key of their pace."""
Paces = dict[Method, Pace]


def claim(
    db: Database, *, now: datetime, limit: int, paces: Paces, room: Callable[[str], int] | None = None
) -> list[Delivery]:
    """Takes up to `limit` due deliveries, fair among lanes; no pace for a method means no limit.

    `room` says how much more of a workspace may be taken; one that has no others beside it may have all.
    """
    with db.read() as session:
        lanes = delivery_queries.lanes(session, now=now)
        is_alone = len(people.workspace_ids(session)) == 1
    left = {place: limit if is_alone or room is None else room(place) for place, _method in lanes}
    # Always in one order, because the first claim of a lane makes the row of its pace.
    chosen = sorted([lane for lane in lanes if left[lane[0]] > 0][:limit])
    return _claim_lanes(db, chosen, left, paces, limit=limit, now=now) if chosen else []


def is_any_due(db: Database, *, now: datetime) -> bool:
    with db.read() as session:
        due = delivery_queries.next_due(session)
    return due is not None and due <= now


def _claim_lanes(
    db: Database, lanes: Sequence[tuple[str, Method]], left: dict[str, int], paces: Paces, *, limit: int, now: datetime
) -> list[Delivery]:
    claimed: list[Delivery] = []
    with db.write() as session:
        # Whoever claims looks again anyway.
        ending.makes_nothing_due(session)
        for place, (workspace_id, method) in enumerate(lanes):
            share = math.ceil((limit - len(claimed)) / (len(lanes) - place))
            share = min(share, left[workspace_id])
            found = _claim_lane(session, (workspace_id, method), paces.get(method), share, now)
            left[workspace_id] -= len(found)
            claimed += found
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
    if pace is not None and method is Method.POST:
        found = _one_a_place(session, workspace_id, _opened(session, workspace_id, found, now), now)
    if pace is not None and found:
        later = open_at + timedelta(seconds=len(found) / pace.rate)
        deliveries.set_paces(session, workspace_id=workspace_id, keys=[method.value], open_at=later)
    return deliveries.claim(session, ids=[each.id for each in found], now=now, lease_until=now + LEASE)


def _opened(session: Session, workspace_id: str, found: list[Candidate], now: datetime) -> list[Candidate]:
    """Without those whose direct message must be opened first, and whose turn for that comes later."""
    places = dict.fromkeys(each.place for each in found)
    unopened = deliveries.unopened(session, workspace_id=workspace_id, person_ids=list(places))
    if not unopened:
        return found
    each_takes = timedelta(seconds=1 / OPENING.rate)
    rested = now - OPENING.burst * each_takes
    turn = max(deliveries.pace(session, workspace_id=workspace_id, key=OPENINGS) or rested, rested)
    later: set[str] = set()
    for place in (place for place in places if place in unopened):
        if turn > now:
            deliveries.set_paces(session, workspace_id=workspace_id, keys=[place], open_at=turn)
            later.add(place)
        turn += each_takes
    deliveries.set_paces(session, workspace_id=workspace_id, keys=[OPENINGS], open_at=turn)
    return [each for each in found if each.place not in later]


def _one_a_place(session: Session, workspace_id: str, found: list[Candidate], now: datetime) -> list[Candidate]:
    """Of several posts to one channel or person the others wait, later parts longest."""
    first: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: (each.due_at, len(each.part), each.part)):
        first.setdefault(each.place, each)
    deliveries.set_paces(session, workspace_id=workspace_id, keys=sorted(first), open_at=now + PAUSE)
    return list(first.values())


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
        return Outcome(delivery, retry_at=delivery.lease_until + SETTLE, uncertain=True, why=why)
    return Outcome(delivery, retry_at=now + timedelta(minutes=1), why=why)


def settle(db: Database, *, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Records a group of outcomes, with what they mean for prompts and for whoever answers for a message."""
    refused = [each for each in outcomes if each.refused and (_is_invitation(each) or refusals.is_told(each.delivery))]
    if refused:
        # On its own, because prompts and runs are locked before deliveries; if Muster dies now, Slack refuses it again.
        with db.write() as session:
            _refused(session, deliveries.held(session, outcomes=refused), now)
    if without := {each.delivery.workspace_id for each in outcomes if each.refused_charts}:
        # On its own too, as a workspace is locked before deliveries.
        with db.write() as session:
            for workspace_id in sorted(without):
                people.workspace(session, workspace_id=workspace_id, lock=True).charts_refused_at = now
    with db.write() as session:
        posted = [each for each in outcomes if each.sent and not each.delivery.ts]
        _keep_direct_channels(session, posted)
        _prompts_sent(session, [each for each in posted if _is_invitation(each)], now)
        counted = deliveries.settle(session, outcomes=outcomes, now=now)
        limits = {_lane(each.delivery): each.limited_until for each in counted if each.limited_until}
        for (workspace_id, method), until in sorted(limits.items()):
            deliveries.set_paces(session, workspace_id=workspace_id, keys=[method.value], open_at=until)
    refusals.follow(db, [each.delivery for each in counted], now=now)
    related.follow(db, [each.delivery for each in counted if each.sent], now=now)


def _refused(session: Session, held: Sequence[Outcome], now: datetime) -> None:
    invitations = [each.delivery.subject for each in held if _is_invitation(each)]
    for workspace_id, prompt_id in together.take(session, messages=invitations):
        _prompt_failed(session, workspace_id, prompt_id, now)
    for outcome in sorted(held, key=lambda each: each.delivery.subject.id):
        if not _is_invitation(outcome):
            refusals.tell(session, outcome.delivery, now=now)


def _is_invitation(outcome: Outcome) -> bool:
    return outcome.delivery.subject.kind is Kind.PROMPT and not outcome.delivery.ts


def _lane(delivery: Delivery) -> tuple[str, Method]:
    return delivery.workspace_id, delivery.method


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
    held = together.take(session, messages=[outcome.delivery.subject for outcome in posted])
    ids = {prompt_id for _workspace_id, prompt_id in held}
    together.sent(session, ids=ids, at=now)
    for workspace_id, prompt_id in together.due_before(session, ids=ids, moment=now - LATE):
        _give_whole_window(session, workspace_id, prompt_id, now)


def _give_whole_window(session: Session, workspace_id: str, prompt_id: int, now: datetime) -> None:
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=prompt_id, lock=True)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    person = people.person(session, workspace_id=workspace_id, person_id=prompt.person_id) if prompt else None
    if prompt and run and person and prompt.state is PromptState.SENT:
        asking.sent_late(session, prompt=prompt, run=run, person=person, at=now)
        owing.owe_again(session, workspace_id, owing.prompt_message(prompt), now=now)


def _prompt_failed(session: Session, workspace_id: str, prompt_id: int, now: datetime) -> None:
    """The person cannot be reached: the run goes on without them, and says so."""
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=prompt_id, lock=True)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    if prompt and run and prompt.state is PromptState.PENDING:
        prompts.move(session, prompt_id=prompt.id, state=PromptState.FAILED)
        owing.owe(session, workspace_id, owing.run_message(run), now=now)
        closing.finish(session, run, now=now)
