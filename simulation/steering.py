"""What whoever set rituals up does with them later: starts one by hand, pauses, resumes, changes and hands over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from simulation.labels import CLOSES, NEW_FACILITATOR, UNTIL, WHEN, WHO
from simulation.plan import Room
from simulation.trace import Json
from simulation.written import HANDOVER, LOAD, LOOK_BACK


@dataclass(frozen=True)
class Steered:
    """A ritual, and who steers it where."""

    ritual: Json
    room: Room
    week: int

    def does(self, when: str, button: str, values: Json | None = None, *, who: int = 0) -> Json:
        """`who`: which of the channel."""
        where = {"who": self.room.members[who], "channel": self.room.name, "weeks": [self.week]}
        then = [f"Details of {self.ritual['title']}", button]
        return {"when": when, **where, "command": "/ritual", "then": then, "values": values or {}}


def steering(chance: Random, rooms: dict[str, Room], monday: date, week: int) -> Iterator[Json]:
    """By the week one is paused, or paused and resumed; one changed; one started by hand; one handed over. What has no
    date of its own is started by whoever wants to look back."""
    handover, load, look_back = (Steered(ritual, rooms[ritual["id"]], week) for ritual in (HANDOVER, LOAD, LOOK_BACK))
    if chance.random() < 0.5:  # noqa: PLR2004 # one of two
        yield handover.does("mon 16:10", "Pause", {UNTIL: _day(monday, 2)})
        yield load.does("tue 11:20", "Change", _exactly({WHEN: "every wed at 14:30", WHO: "everyone", CLOSES: "6h"}))
        yield handover.does("wed 11:35", "Run now")
    else:
        yield load.does("mon 16:10", "Pause", {UNTIL: _day(monday, 7)})
        yield load.does("tue 13:05", "Resume")
        yield handover.does("mon 16:25", "Change", _exactly({WHEN: "every tue, thu at 13:00"}))
        yield load.does("tue 14:10", "Run now")
    yield look_back.does("thu 13:40", "Run now", who=-1)
    others = handover.room.members[1:]
    yield handover.does("tue 15:25", "Hand over", {NEW_FACILITATOR: chance.choice(others)})


def _day(monday: date, ahead: int) -> str:
    return (monday + timedelta(days=ahead)).isoformat()


def _exactly(values: dict[str, str]) -> dict[str, Json]:
    """Without the marks that what people write is known by."""
    return {label: {"exactly": said} for label, said in values.items()}
