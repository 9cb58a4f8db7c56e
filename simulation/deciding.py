"""What people do with decisions of theirs: they tell whoever is to know, raise concerns about them, put others in their
place, ask for consent or advice, add what their record lacks, and look at them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from simulation.labels import (
    ADD,
    ADVICE,
    APPROVER,
    CONSENT,
    CONTRIBUTORS,
    DECIDED,
    FOLLOWS,
    INFORMED,
    LOOK_AGAIN,
    NO_LONGER,
    PEOPLE,
    RAISE,
    ROUND,
    SUPERSEDE,
    TITLE,
    VIEW,
    WHY,
)
from simulation.plan import Room
from simulation.tokens import token
from simulation.trace import Json

PUBLIC, PRIVATE = "forecast", "council"
"""In one of them somebody decides alone what is superseded, in the other one with others; by turns."""
MOST_INFORMED, MOST_ASKED = 2, 3


def deciding(seed: int, rooms: dict[str, Room], first: date, weeks: int) -> Iterator[Json]:
    """By dice of their own, so that the rest of a plan stays as it was."""
    chance = Random(f"deciding {seed}")  # noqa: S311 # No secret hangs on it.
    for week in range(1, weeks + 1):
        one, other = chance.sample([rooms[PUBLIC], rooms[PRIVATE]], 2)
        yield from _superseded(Decided(chance, one, week))
        yield from _asked(Decided(chance, other, week))
        yield from _looked_at(Decided(chance, chance.choice([one, other]), week), first + timedelta(weeks=week - 1))


@dataclass(frozen=True)
class Decided:
    """What one person of a channel decides in a week."""

    chance: Random
    room: Room
    week: int

    def does(self, when: str, who: str, **deed: object) -> Json:
        return {**self.reads(when, who, **deed), "channel": self.room.name}

    def reads(self, when: str, who: str, **deed: object) -> Json:
        """In what the app has written to them."""
        return {"when": when, "weeks": [self.week], "who": who, **deed}

    def texts(self, title: str) -> dict[str, str]:
        room, chance = self.room.name, self.chance
        return {
            TITLE: f"{title} {token(chance)}",
            DECIDED: f"What {room} does from week {self.week} on is written down {token(chance)}",
            WHY: f"Two of us were asked about it last week {token(chance)}",
        }


def _superseded(decided: Decided) -> Iterator[Json]:
    """One who may decide alone tells others, of whom one is worried, and thinks better of it later that week."""
    chance, room = decided.chance, decided.room
    who, *others = chance.sample(room.members, len(room.members))
    old, new = (f"{word} of week {decided.week} in {room.name}" for word in ("First rule", "Better way"))
    told = others[:MOST_INFORMED]
    values = {**decided.texts(old), APPROVER: who, INFORMED: told}
    yield decided.does("mon 11:35", who, command="/decision", then=[PEOPLE], values=values)
    if told and chance.random() < 0.5:  # noqa: PLR2004 # one of two
        yield decided.reads("tue 14:05", told[0], press=RAISE, about=old)
    yield decided.does("thu 11:20", who, press=VIEW, about=old, then=[SUPERSEDE], values=decided.texts(new))


def _asked(decided: Decided) -> Iterator[Json]:
    """One who wants to hear others first asks them on Monday, and knows by the end of the week."""
    chance, room = decided.chance, decided.room
    who, *others = chance.sample(room.members, len(room.members))
    asks = {ROUND: chance.choice((CONSENT, ADVICE)), CONTRIBUTORS: others[:MOST_ASKED]}
    values = {**decided.texts(f"Question of week {decided.week} in {room.name}"), APPROVER: chance.choice(room.members)}
    yield decided.does("mon 10:40", who, command="/decision", then=[PEOPLE], values=values | asks)


def _looked_at(decided: Decided, monday: date) -> Iterator[Json]:
    """One who wants to look at it again soon lets others know of it, and perhaps finds that it no longer holds."""
    chance, room = decided.chance, decided.room
    who, *others = chance.sample(room.members, len(room.members))
    title = f"Trial of week {decided.week} in {room.name}"
    asked = {APPROVER: who, LOOK_AGAIN: (monday + timedelta(days=chance.choice((1, 2)))).isoformat()}
    yield decided.does("mon 13:50", who, command="/decision", then=[FOLLOWS], values=decided.texts(title) | asked)
    added = {"then": [ADD, PEOPLE], "values": {INFORMED: others[:1]}}
    yield decided.does("mon 16:25", who, press=VIEW, about=title, **added)
    if chance.random() < 0.5:  # noqa: PLR2004 # one of two
        yield decided.does("thu 13:15", who, press=VIEW, about=title, then=[NO_LONGER])
