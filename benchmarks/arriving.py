"""Digests on their way to many managers at the same hour, within Slack's limits as the sandbox keeps them."""

import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from sandbox.client import Client
from sandbox.limits import TIER_3
from sandbox.server import Sandbox
from services import digests
from storage import channels, people
from storage.tables import PersonRow
from tests.muster import MANIFEST, Running, muster_beside
from tests.trends.lived import closed, ritual

SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = ("Europe/Berlin", "Europe/Berlin", "Europe/Berlin", "America/Sao_Paulo", "America/Los_Angeles")
"""Of each five managers; most are in one zone."""
DUE = {"Europe/Berlin": 7, "America/Sao_Paulo": 11, "America/Los_Angeles": 16}
"""When it is 08:00 there on Monday, in UTC."""
TOGETHER = 10
"""Managers in a channel, each with one person to lead."""
TOO_MANY = 429


def arrive(managers: int) -> tuple[float, float]:
    """(seconds of the sandbox in which the digests of one zone are sent, the fewest in which Slack lets so many direct
    messages be opened and written to).

    Raises RuntimeError where one comes twice, never or after its hour, or where Slack had to say that it was too soon.
    """
    with (
        tempfile.TemporaryDirectory(prefix="muster-bench-") as folder,
        Sandbox(seed=_seed(managers), manifest=MANIFEST, start=SUNDAY, runs=False) as box,
        Client(box.url) as hands,
        muster_beside(box, f"sqlite:///{Path(folder) / 'bench.db'}") as process,
    ):
        muster = Running(box, process, hands)
        _lead(muster)
        hands.jump_to(SUNDAY + 22 * HOUR)
        waited = _waited(muster, managers)
        return max(waited), 60 * max(len(waited) - TIER_3, 1) / TIER_3


def _seed(managers: int) -> dict[str, Any]:
    both = ("Manager", "Member")
    zones = {f"{who} {number}": ZONES[number % len(ZONES)] for number in range(managers) for who in both}
    places: dict[int, list[str]] = {}
    for name in zones:
        places.setdefault(int(name.split()[1]) // TOGETHER, []).append(name)
    return {
        "workspace": "Crowd",
        "people": [{"name": name, "tz": zone} for name, zone in zones.items()],
        "channels": [{"name": f"team-{place}", "app": True, "members": names} for place, names in places.items()],
    }


def _lead(muster: Running) -> None:
    """Each member has a manager, and a check-in of last week was answered by all."""
    db, workspace = muster.process.db, muster.workspace_id
    with db.read() as session:
        ids = {person.name: person.id for person in people.people(session, workspace_id=workspace).values()}
        places = [each.id for each in channels.with_bot(session, workspace_id=workspace)]
        members = {each: channels.member_ids(session, workspace_id=workspace, channel_id=each) for each in places}
    for name, person_id in ids.items():
        if name.startswith("Manager"):
            with db.write() as session:  # One at a time: others are not to wait for all of them.
                led = col(PersonRow.id) == ids[name.replace("Manager", "Member")]
                session.execute(update(PersonRow).where(led).values(manager_id=person_id))
                digests.plan(session, workspace_id=workspace, person_id=person_id, now=muster.process.clock())
    for channel_id, here in members.items():
        weekly = ritual(db, workspace=workspace, channel=channel_id, by=min(here))
        closed(db, weekly, SUNDAY - 48 * HOUR, dict.fromkeys(here, ("research", True)))


def _waited(muster: Running, managers: int) -> list[float]:
    """How long after its hour each digest of the first zone was sent."""
    log = muster.box.log
    if soon := [
        call for call in (*log.calls("chat.postMessage"), *log.calls("conversations.open")) if call.status == TOO_MANY
    ]:
        raise RuntimeError(f"{len(soon)} calls came too soon, the first to {soon[0].method}.")
    told = [call for call in log.calls("chat.postMessage") if "Weekly digest" in str(call.args)]
    readers = Counter(call.args["channel"] for call in told)
    if len(readers) != managers or len(told) != managers:
        raise RuntimeError(f"{len(readers)} of {managers} managers have {len(told)} digests.")
    midnight = datetime(2026, 11, 23, tzinfo=UTC).timestamp()
    hours = Counter(int(call.at - midnight) // HOUR.seconds for call in told)
    expected = Counter(DUE[ZONES[number % len(ZONES)]] for number in range(managers))
    if hours != expected:
        raise RuntimeError(f"They came in the hours {dict(hours)}, and were due in {dict(expected)}.")
    first = DUE[ZONES[0]]
    return [
        call.at - midnight - first * HOUR.seconds for call in told if int(call.at - midnight) // HOUR.seconds == first
    ]
