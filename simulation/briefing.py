"""What people do with briefs of threads: they ask for them, also twice and from outside, go over them, record what
comes of them, discard them, and leave the channel in between."""

from simulation.labels import (
    ADD_BACK,
    ADD_ITEMS,
    AGAIN,
    BRIEF_THREAD,
    DISCARD,
    IN_YOUR_WORDS,
    LEAVE_OUT,
    RECORD,
    REVIEW,
    REWORD,
    SHARE_BRIEF,
    TAKE_BRIEF_BACK,
    TITLE,
)
from simulation.talking import Talk
from simulation.tokens import token

LEFT = "nightingale"
"""A private channel that somebody leaves now and then who leads nothing there, and whom no ritual there names."""
NOTHING = "https://example.slack.com/archives/C0000000000/p1700000000000100"
"""Of no message."""


def briefed(talk: Talk, outside: list[str]) -> None:
    """One who takes part asks for a brief once some have answered; `outside` are those who are not in its channel."""
    who, chance = talk.one(), talk.chance
    said = [number for number, each in enumerate(talk.follows, start=1) if "says" in each]
    place = chance.choice(said[-3:])
    if words := talk.opening.get("about"):
        asked = talk.does(who, place, press=BRIEF_THREAD, channel=talk.room.name, about=words)
    else:
        asked = talk.does(who, place, shortcut=BRIEF_THREAD)
    _used(talk, who, asked)
    if chance.random() < 0.5:  # noqa: PLR2004 # one of two
        other = talk.one()
        _with_link(talk, other, chance.choice(said))
    for stranger in chance.sample(outside, min(1, len(outside))):
        _with_link(talk, stranger, chance.choice(said), channel="forecast")


def _with_link(talk: Talk, who: str, of: int, **where: str) -> int:
    link = NOTHING if talk.chance.random() < 0.1 else "{link}"  # noqa: PLR2004 # Now and then it leads nowhere.
    return talk.does(who, of, command="/brief", text=link, **{"channel": talk.room.name, **where})


def _used(talk: Talk, who: str, asked: int) -> None:
    draft = {"about": f"{talk.room.name}, from"}
    ways = (_discarded, _rewritten, _gone_over, _asked_again, _recorded, _shared)
    leaves = talk.room.name == LEFT and who != talk.room.members[0] and talk.chance.random() < 0.5  # noqa: PLR2004 # half
    (_left if leaves else talk.chance.choice(ways))(talk, who, asked, draft)


def _discarded(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    gone = talk.does(who, asked, press=DISCARD, **draft)
    if talk.chance.random() < 0.5:  # noqa: PLR2004 # one of two
        talk.does(who, gone, shortcut=BRIEF_THREAD)


def _gone_over(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    talk.does(who, asked, press=REVIEW, then=[LEAVE_OUT, ADD_BACK, LEAVE_OUT], **draft)


def _rewritten(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    values = {IN_YOUR_WORDS: f"In short: we do it {token(talk.chance)}"}
    reworded = talk.does(who, asked, press=REVIEW, then=[REWORD], values=values, **draft)
    talk.does(who, reworded, press=ADD_ITEMS, **draft)


def _asked_again(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    """Once there is more to read."""
    said = talk.says(talk.one(), "One more thing: who tells the customers?", of=asked)
    again = talk.does(who, said, press=REVIEW, then=[AGAIN], **draft)
    _with_link(talk, who, again)


def _recorded(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    values = {TITLE: f"Settled in #{talk.room.name} {token(talk.chance)}"}
    recorded = talk.does(who, asked, press=RECORD, values=values, **draft)
    talk.does(who, recorded, press=ADD_ITEMS, **draft)


def _shared(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    shared = talk.does(who, asked, press=SHARE_BRIEF, **draft)
    talk.does(talk.one(), shared, says=f"Thanks for the brief {token(talk.chance)}")
    if talk.chance.random() < 0.5:  # noqa: PLR2004 # one of two
        talk.does(who, shared, press=TAKE_BRIEF_BACK, **draft)


def _left(talk: Talk, who: str, asked: int, draft: dict[str, str]) -> None:
    """They look at what was drawn up there, and ask for it again from elsewhere."""
    left = talk.does(who, asked, leaves=True)
    talk.does(who, left, press=REVIEW, **draft)
    _with_link(talk, who, left, channel="forecast")
