"""How tests break a promise in the trace of a good week, and what the judge is to say of it."""

import copy
from datetime import datetime

from simulation.verdict import Verdict
from tests.simulation.story import Json, verdict
from tests.simulation.week import Week


def judged(week: Week) -> Verdict:
    return verdict(week.story.lines)


def broken(week: Week) -> dict[str, list[str]]:
    """What was found, by promise."""
    found: dict[str, list[str]] = {}
    for finding in judged(week).findings:
        found.setdefault(finding.promise, []).append(finding.text)
    return found


def move(line: Json, at: datetime) -> None:
    line["at"] = at.timestamp()


def again(week: Week, line: Json, at: datetime, *, delivery: str = "") -> Json:
    """The message once more as a new one; with a `delivery` as a message of its own."""
    twin = copy.deepcopy(line)
    twin["message"]["ts"] += "-again"
    if delivery:
        twin["message"]["metadata"]["event_payload"]["id"] = delivery
    move(twin, at)
    week.story.lines.append(twin)
    return twin


def without(week: Week, posted: Json) -> None:
    """The message was never there, in none of its versions."""
    ts = posted["message"]["ts"]
    week.story.lines[:] = [
        line for line in week.story.lines if line["kind"] != "message" or line["message"]["ts"] != ts
    ]


def frozen_after(week: Week, line: Json) -> None:
    """The message is not changed any more after that version."""
    ts = line["message"]["ts"]
    week.story.lines[:] = [
        each
        for each in week.story.lines
        if each["kind"] != "message" or each["message"]["ts"] != ts or each["at"] <= line["at"]
    ]
