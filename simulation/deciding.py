"""What people do with decisions of theirs: they record them with whoever is to know, raise concerns about them, and put
others in their place."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from simulation.labels import APPROVER, DECIDED, INFORMED, PEOPLE, RAISE, SUPERSEDE, TITLE, VIEW, WHY
from simulation.plan import Room
from simulation.tokens import token
from simulation.trace import Json

PUBLIC, PRIVATE = "forecast", "council"
"""In one of them somebody decides alone what is superseded, in the other one with others; by turns."""
MOST_INFORMED = 2


def deciding(seed: int, rooms: dict[str, Room], weeks: int) -> Iterator[Json]:
    """By dice of their own, so that the rest of a plan stays as it was."""
    chance = Random(f"deciding {seed}")  # noqa: S311 # No secret hangs on it.
    for week in range(1, weeks + 1):
        first, _second = chance.sample([rooms[PUBLIC], rooms[PRIVATE]], 2)
        yield from _superseded(Decided(chance, first, week))


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
