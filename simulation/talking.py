"""What people talk about in threads: some vote, mark what is decided or to do, ask, object, and think better of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from simulation.plan import Room
from simulation.tokens import token
from simulation.trace import Json

FEW, MANY = 5, 25
"""Messages of a short thread and of the longest, at most."""
UNDER = "Weekly sync"
"""Of whose summary people talk below it."""
MATTERS = (
    ("keep logs for thirty days", "Storage costs us more than the model does"),
    ("retrain on Wednesday evenings", "The numbers must be there before planners begin"),
    ("drop the old widget", "Nobody has opened it since spring"),
    ("ask two annotators for each ticket", "One of them is wrong in every tenth case"),
    ("freeze features two days before a release", "It failed twice after a late change"),
)
REASONS = (
    "Last quarter it took a day and nobody missed anything",
    "Customers asked for it twice",
    "The dashboard shows the same for both regions",
    "It would be easier once the new index is there",
    "I looked at forty cases, and most of them are fine",
    "Support has seen it in three tickets",
)
OPEN = ("Who would look after it on weekends?", "What does it cost us?", "Does legal know?")
AGAINST = ("I disagree, it is too early for that", "I object: nobody has tested it with real orders")
TASKS = ("write down what changes by Friday", "tell support about it tomorrow", "move the dashboard next week")
FOR = ("+1", "white_check_mark", "thumbsup")
REPLIES = ("+1", "+1, sounds good", "Agreed")
SMALL_TALK = (
    "The coffee machine is back",
    "I was out on Friday and read it only now",
    "Thanks for the notes",
    "The charts load slowly today",
    "Nice, that looks better than last week",
)


@dataclass
class Talk:
    """A thread in the making."""

    chance: Random
    room: Room
    when: str
    week: int
    opening: Json
    follows: list[Json] = field(default_factory=list)

    def one(self) -> str:
        return self.chance.choice(self.room.members)

    def some(self, most: int) -> list[str]:
        return self.chance.sample(self.room.members, min(most, len(self.room.members)))

    def says(self, who: str, text: str, of: int = 0) -> int:
        return self.does(who, of, says=f"{text} {token(self.chance)}")

    def does(self, who: str, of: int, **deed: object) -> int:
        """Returns its number, which others are about."""
        self.follows.append({"who": who, "of": of, **deed})
        return len(self.follows)

    @property
    def line(self) -> Json:
        where = {"when": self.when, "weeks": [self.week], "channel": self.room.name}
        return {**where, **self.opening, "follows": self.follows}


def talking(seed: int, rooms: dict[str, Room], weeks: int) -> Iterator[Talk]:
    """By dice of their own, so that the rest of a plan stays as it was."""
    chance = Random(f"talking {seed}")  # noqa: S311 # No secret hangs on it.
    for week in range(1, weeks + 1):
        private = rooms[("council", "nightingale")[(seed + week) % 2]]
        yield _settled(_begun(chance, rooms["forecast"], "mon 13:05", week))
        yield _argued(_begun(chance, private, "tue 13:20", week))
        yield _idle(chance, rooms["support-quality"], "wed 13:40", week)
        yield _below(chance, rooms["forecast"], "tue 15:05", week)
        if (seed + week) % 3 == 0:
            yield _long(_begun(chance, rooms["forecast"], "tue 10:50", week))


def _begun(chance: Random, room: Room, when: str, week: int) -> Talk:
    what, why = chance.choice(MATTERS)
    opening = {"who": chance.choice(room.members), "says": f"{why}. Should we {what}? {token(chance)}"}
    talk = Talk(chance, room, when, week, opening)
    talk.says(talk.one(), f"Proposal: we {what} from next month on")
    return talk


def _settled(talk: Talk) -> Talk:
    """By votes, and mostly by a mark."""
    for who in talk.some(4):
        talk.does(who, 1, reacts=talk.chance.choice(FOR))
    replied = [talk.says(who, talk.chance.choice(REPLIES), of=1) for who in talk.some(2)]
    asked = talk.says(talk.one(), talk.chance.choice(OPEN))
    talk.says(talk.one(), talk.chance.choice(REASONS), of=asked)
    if talk.chance.random() < 0.7:  # noqa: PLR2004 # In most threads somebody says how it ended.
        talk.says(talk.one(), f"DECISION: we {talk.chance.choice(MATTERS)[0]}", of=replied[-1])
    _marks_tasks(talk, 2)
    return talk


def _argued(talk: Talk) -> Talk:
    """Somebody objects, somebody rewrites what they said, and somebody takes a message back."""
    author = str(talk.follows[0]["who"])
    for who in talk.some(2):
        talk.does(who, 1, reacts=talk.chance.choice(FOR))
    objected = talk.says(talk.one(), talk.chance.choice(AGAINST), of=1)
    talk.says(author, talk.chance.choice(REASONS), of=objected)
    talk.does(author, 1, edits=f"Proposal: we {talk.chance.choice(MATTERS)[0]}, and try it first {token(talk.chance)}")
    one = talk.one()
    talk.does(one, talk.says(one, talk.chance.choice(REASONS)), deletes=True)
    _marks_tasks(talk, 1)
    return talk


def _marks_tasks(talk: Talk, most: int) -> None:
    for what in talk.chance.sample(TASKS, talk.chance.randint(1, most)):
        talk.says(talk.one(), f"ACTION: @{talk.one()} to {what}", of=1)


def _idle(chance: Random, room: Room, when: str, week: int) -> Talk:
    """Nobody votes, marks or proposes anything."""
    talk = Talk(chance, room, when, week, {"who": chance.choice(room.members), "says": _small(chance)})
    _chats(talk, chance.randint(2, FEW - 1))
    return talk


def _below(chance: Random, room: Room, when: str, week: int) -> Talk:
    talk = Talk(chance, room, when, week, {"who": chance.choice(room.members), "about": UNDER, "says": _small(chance)})
    talk.says(talk.one(), "Could we look at the second point together on Thursday?")
    _chats(talk, chance.randint(1, FEW - 2))
    return talk


def _long(talk: Talk) -> Talk:
    _settled(talk)
    _chats(talk, talk.chance.randint(MANY // 2, MANY - 1) - sum("says" in each for each in talk.follows))
    return talk


def _chats(talk: Talk, count: int) -> None:
    for _ in range(count):
        of = talk.chance.choice([0, *(n for n, each in enumerate(talk.follows, start=1) if "says" in each)])
        talk.says(talk.one(), talk.chance.choice((*SMALL_TALK, *REASONS)), of=of)


def _small(chance: Random) -> str:
    return f"{chance.choice(SMALL_TALK)} {token(chance)}"
