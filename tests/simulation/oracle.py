"""The oracle asked about one ritual: who is due when, in words that fit a table."""

import json
from datetime import UTC, datetime
from typing import Any

from simulation import expected, plan, rituals, switching, trace, world
from simulation.dues import Due, Run
from simulation.forms import Forms
from simulation.messages import views
from simulation.rewriting import rewriting
from simulation.team import Team

Json = dict[str, Any]
FRIDAY = datetime(2026, 9, 18, 15, tzinfo=UTC)
"""Before clocks change in New Zealand, Australia, Europe and America, in this order."""


def runs(
    when: str,
    zones: dict[str, str],
    *,
    until: str,
    begin: datetime = FRIDAY,
    changes: tuple[Json, ...] = (),
    **template: Any,
) -> list[Run]:
    """Everybody is called as they are identified; `changes` are lines of the trace."""
    lines: list[Json] = [
        {
            "kind": "workspace",
            "at": begin.timestamp(),
            "bot_user": "BOT",
            "people": [{"id": name, "name": name, "tz": zone} for name, zone in zones.items()],
            "channels": [{"id": "C", "name": "c", "kind": "public", "members": ["BOT", *zones]}],
        },
        *changes,
        {"kind": "clock", "at": datetime.fromisoformat(until).timestamp()},
    ]
    read = trace.parse(map(json.dumps, lines))
    given = {"closes": "8h", "remind": ["2h"], "ask": [], "who": ["everyone"], **template}
    known = {"r": rituals.parse({"id": "r", "title": "R", "purpose": "", "when": when, **given})}
    first = next(iter(zones))
    planned = plan.parse(
        {
            "workspace": "W",
            "begins": begin,
            "people": [],
            "channels": [],
            "team": [{"name": name} for name in zones],
            "rituals": [{"template": "r", "channel": "c", "by": first}],
        }
    )
    there = world.replay(read)
    team = Team(planned, there, read)
    forms = Forms(read, views(read))
    switched = switching.switched_on(planned, known, there, read, rewriting(read, forms))
    return expected.runs(there, team, switched, read.end)


def dues(*args: Any, **kwargs: Any) -> list[Due]:
    return [due for run in runs(*args, **kwargs) for due in run.dues]


def asked(*args: Any, **kwargs: Any) -> list[str]:
    """The moments in UTC, for one person."""
    return [f"{due.at:%a %d %b %H:%M}" for due in dues(*args, **kwargs)]


def change(kind: str, at: str, **fields: Any) -> Json:
    return {"kind": kind, "at": datetime.fromisoformat(at).timestamp(), **fields}
