"""What whoever set rituals up does with them later: starts one by hand, pauses, resumes, changes, hands over, names who
only reads, and asks something else; and whoever changes the same questions just then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import yaml

from simulation.labels import CLOSES, NEW_FACILITATOR, ONLY_READS, QUESTIONS, UNTIL, WHEN, WHO
from simulation.plan import Room
from simulation.trace import Json
from simulation.written import HANDOVER, LOAD, LOOK_BACK


@dataclass(frozen=True)
class Steered:
    """A ritual, and who steers it where."""

    ritual: Json
    room: Room
    week: int

    def does(self, when: str, *buttons: str, values: Json | None = None, who: int = 0, waits: int = 0) -> Json:
        """`who`: which of the channel."""
        where = {"who": self.room.members[who], "channel": self.room.name, "weeks": [self.week]}
        then = [f"Details of {self.ritual['title']}", *buttons]
        more = {"waits": waits} if waits else {}
        return {"when": when, **where, "command": "/ritual", "then": then, "values": values or {}, **more}


def steering(chance: Random, rooms: dict[str, Room], monday: date, week: int) -> Iterator[Json]:
    """By the week one is paused, or paused and resumed; one changed; one started by hand; one handed over. What has no
    date of its own is started by whoever wants to look back."""
    handover, load, look_back = (Steered(ritual, rooms[ritual["id"]], week) for ritual in (HANDOVER, LOAD, LOOK_BACK))
    if chance.random() < 0.5:  # noqa: PLR2004 # one of two
        yield handover.does("mon 16:10", "Pause", values={UNTIL: _day(monday, 2)})
        form = _exactly({WHEN: "every wed at 14:30", WHO: "everyone", CLOSES: "6h"})
        yield load.does("tue 11:20", "Change", values=form)
        yield handover.does("wed 11:35", "Run now")
    else:
        yield load.does("mon 16:10", "Pause", values={UNTIL: _day(monday, 7)})
        yield load.does("tue 13:05", "Resume")
        yield handover.does("mon 16:25", "Change", values=_exactly({WHEN: "every tue, thu at 13:00"}))
        yield load.does("tue 14:10", "Run now")
    yield look_back.does("thu 13:40", "Run now", who=-1)
    others = handover.room.members[1:]
    yield handover.does("tue 15:25", "Hand over", values={NEW_FACILITATOR: chance.choice(others)})


def of_rituals(
    seed: int, rooms: Mapping[str, Room], zones: Mapping[str, str], first: date, weeks: int
) -> Iterator[Json]:
    """Who only reads, and what is asked: by dice of their own, so that the rest of a plan stays as it was."""
    chance = Random(f"rituals {seed}")  # noqa: S311 # No secret hangs on it.
    for week in range(1, weeks + 1):
        yield from _naming_readers(chance, rooms, list(zones), week)
        yield from _asking_anew(rooms, zones, first + timedelta(weeks=week - 1), week)


def _naming_readers(chance: Random, rooms: Mapping[str, Room], names: Sequence[str], week: int) -> Iterator[Json]:
    """Each week others only read: of a public channel somebody in it and somebody outside, of a private one somebody
    outside, which Muster warns of."""
    for ritual, when, is_inside in ((LOAD, "mon 13:20", True), (HANDOVER, "mon 12:40", False)):
        room = rooms[ritual["id"]]
        outside = [name for name in names if name not in room.members]
        found = [chance.choice(each) for each in (outside, room.members[1:] if is_inside else []) if each]
        if found:
            values = {ONLY_READS: [{"exactly": name} for name in found]}
            yield Steered(ritual, room, week).does(when, "Change", values=values)


def _asking_anew(rooms: Mapping[str, Room], zones: Mapping[str, str], monday: date, week: int) -> Iterator[Json]:
    """While a handover may be open its questions are changed, in the second week so early that the next one asks them.
    A lead opens them before that and sends what they wrote after it, so nothing of it is saved."""
    handover = Steered(HANDOVER, rooms[HANDOVER["id"]], week)
    if len(handover.room.members) < 3:  # noqa: PLR2004 # nobody else looks after it
        return
    first, second = (zones[name] for name in handover.room.members[:2])
    at = datetime.combine(monday + timedelta(days=3 if week % 2 else 1), time(13, 30), ZoneInfo(first))
    before = (at - timedelta(minutes=2)).astimezone(ZoneInfo(second))
    door, wanted = ("Questions", "As text"), f"What should others keep an eye on in week {week}?"
    yield handover.does(_said(before), *door, values=_asking(f"What is to be watched now, {week}?"), who=1, waits=5)
    yield handover.does(_said(at), *door, values=_asking(wanted))


def _said(at: datetime) -> str:
    return f"{at:%a %H:%M}".lower()


def _asking(watched: str) -> Json:
    """The handover's questions, with another text of the first."""
    watch, *rest = HANDOVER["ask"]
    return _exactly({QUESTIONS: yaml.safe_dump({"ask": [{**watch, "text": watched}, *rest]}, sort_keys=False)})


def _day(monday: date, ahead: int) -> str:
    return (monday + timedelta(days=ahead)).isoformat()


def _exactly(values: dict[str, str]) -> dict[str, Json]:
    """Without the marks that what people write is known by."""
    return {label: {"exactly": said} for label, said in values.items()}
