"""Votes: reactions, and short replies credited to the message they answer."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from briefs.cues import Cues
from briefs.words import length, plain, words
from domain.threads import Message

FOR = frozenset(
    [
        "+1",
        "thumbsup",
        "white_check_mark",
        "heavy_check_mark",
        "ballot_box_with_check",
        "100",
        "raised_hands",
        "ok_hand",
    ]
)
AGAINST = frozenset({"-1", "thumbsdown", "x", "no_entry", "no_entry_sign", "negative_squared_cross_mark"})
_SIGNS = {"👍": 1, "✅": 1, "✔": 1, "☑": 1, "💯": 1, "🙌": 1, "👌": 1, "👎": -1, "❌": -1, "⛔": -1, "🚫": -1}
_SHORT = 6
"""Words of a reply that may be nothing but a vote."""
_SUBSTANTIVE = 3
"""Words of a message that a vote may be about."""
_BACK = 15
"""So many messages may be said while a proposal that is marked as one is voted on, or before what somebody wrote who is
named in a vote."""
_NUMBER = re.compile(
    r"^\W{0,3}?(?:(?:big|huge|strong|weak|definite|i'm(?:\sa)?|i\sam(?:\sa)?|my)\s){0,2}"
    r"(?:(?<![\w.])(?P<sign>[+\-\u2212\u2013])(?P<count>\d{1,4}(?:[.,]\d)?)|(?P<zero>0)(?=\W*$))(?![\w%°€$/:-]|[.,]?\d|\s?\d)"
)
_LATER = re.compile(r"(?<![\w.])(?P<sign>[+\-\u2212\u2013])(?P<count>1)(?P<zero>)(?=(?:\s\w+)?[\s.!)]*$)")
_CODES = re.compile(r":([a-z0-9_+-]+)(?:::skin-tone-\d)?:|(\W)")
_BUT = re.compile(r"[?\uff1f]|\b(?:but|aber|mais|pero|mas|ma|maar|however|if|unless)\b|けど|ただ")


class Ballot(Enum):
    FOR = 1
    AGAINST = -1
    ABSTAINED = 0
    NOD = 2
    """Hardly more than listening."""


@dataclass(frozen=True)
class Reply:
    ballot: Ballot
    is_bare: bool
    """It says nothing besides."""


@dataclass(frozen=True)
class Votes:
    """For and against one message, by the ids of people; whoever is in both has said both."""

    agree: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    nods: frozenset[str] = frozenset()
    replies: tuple[str, ...] = ()
    """The votes that are messages."""


def reply(text: str, cues: Cues) -> Reply | None:
    """The vote that a message is, if it is one."""
    said = plain(text).strip()
    if number := _NUMBER.match(said):
        return Reply(_counted(number), is_bare=length(said[number.end() :]) <= _SUBSTANTIVE)
    if length(said) <= _SHORT and (number := _LATER.search(said)):
        return Reply(_counted(number), is_bare=True)
    if not words(_CODES.sub(" ", said)) and (sign := _sign(said)):
        return Reply(Ballot.FOR if sign > 0 else Ballot.AGAINST, is_bare=True)
    if length(said) > _SHORT or _BUT.search(said):
        return None
    return _said(said, cues)


def _counted(number: re.Match[str]) -> Ballot:
    if number["zero"] or float(number["count"].replace(",", ".")) == 0:
        return Ballot.ABSTAINED
    return Ballot.FOR if number["sign"] == "+" else Ballot.AGAINST


def _sign(text: str) -> int:
    """Of a message of nothing but emoji; 0 if they say neither or both."""
    found = {
        1 if code in FOR or _SIGNS.get(sign) == 1 else -1
        for code, sign in _CODES.findall(text)
        if code in FOR | AGAINST or sign in _SIGNS
    }
    return found.pop() if len(found) == 1 else 0


def _said(text: str, cues: Cues) -> Reply | None:
    """Nods before it do not count: "yes, sounds good"."""
    rest = re.sub(r"^[\W_]+", "", text)
    nodded = False
    while found := cues.short.match(rest):
        if found.lastgroup != "nods":
            return Reply(Ballot.FOR if found.lastgroup == "agrees" else Ballot.AGAINST, is_bare=True)
        nodded, rest = True, re.sub(r"^[\W_]+", "", rest[found.end() :])
    return Reply(Ballot.NOD, is_bare=True) if nodded and length(rest) <= 1 else None


def count(
    messages: Sequence[Message], replies: Mapping[str, Reply], proposals: Mapping[str, bool], names: Mapping[str, str]
) -> dict[str, Votes]:
    """Of each message. `proposals` are marked as such, or (False) as what ends a vote. The last word of each person
    counts."""
    said: dict[str, dict[str, tuple[Ballot, str]]] = {}
    called = {words(name)[0]: who for who, name in sorted(names.items()) if words(name)}
    spoken: list[Message] = []
    for message in messages:
        vote = replies.get(message.ts)
        if vote and (about := _answered(spoken[-_BACK:], message, vote, proposals, called)):
            _note(said.setdefault(about, {}), message, vote)
        if not (vote and vote.is_bare) and length(message.text) >= _SUBSTANTIVE:
            spoken.append(message)
    return {message.ts: _votes(message, said.get(message.ts, {})) for message in messages}


def _note(said: dict[str, tuple[Ballot, str]], message: Message, vote: Reply) -> None:
    """A nod takes back no vote."""
    if vote.ballot is not Ballot.NOD or message.by not in said:
        said[message.by] = (vote.ballot, message.ts)


def _votes(message: Message, said: Mapping[str, tuple[Ballot, str]]) -> Votes:
    def by(ballot: Ballot) -> frozenset[str]:
        return frozenset(who for who, (cast, _) in said.items() if cast is ballot)

    return Votes(
        agree=by(Ballot.FOR) | _reacted(message, FOR),
        against=by(Ballot.AGAINST) | _reacted(message, AGAINST),
        nods=by(Ballot.NOD),
        replies=tuple(sorted(ts for cast, ts in said.values() if cast is not Ballot.NOD)),
    )


def _reacted(message: Message, emoji: Collection[str]) -> frozenset[str]:
    return frozenset(who for name, found in message.reactions.items() if name in emoji for who in found)


def _answered(
    spoken: Sequence[Message], message: Message, vote: Reply, proposals: Mapping[str, bool], called: Mapping[str, str]
) -> str | None:
    """Whoever it names; what is being voted on; else the last message of somebody else that says something."""
    if named := _named(message, called):
        for each in reversed(spoken):
            if each.by in named:
                return each.ts
    if vote.ballot is not Ballot.NOD:
        last = next((each.ts for each in reversed(spoken) if each.ts in proposals), "")
        if proposals.get(last):
            return last
    return next((each.ts for each in reversed(spoken) if each.by != message.by), None)


def _named(message: Message, called: Mapping[str, str]) -> frozenset[str]:
    """Those a short vote names: "+1 to ben"."""
    said = words(message.text)
    if len(said) > _SHORT:
        return frozenset()
    return frozenset({*message.mentions, *(called[each] for each in said if each in called)} - {message.by})
