"""Who objects to what, and has not taken it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from briefs.quotes import quoted
from briefs.reading import Reading
from briefs.votes import AGAINST, Ballot
from briefs.words import is_question, length, plain
from domain.briefs import Dissent, Statement
from domain.threads import Message

MOST = 5
_BEFORE = 14
"""Letters before an objection in which "no" makes it none: "no real objections"."""


@dataclass(frozen=True)
class Objection:
    by: str
    ts: str
    """Where it is said, or the message somebody reacted to."""
    about: str = ""
    """The message that was voted on; empty if words alone say it."""
    part: str = ""
    """The words; of a reaction its name."""
    is_veto: bool = True
    since: int = 0
    """Words alone may be about all from that place on."""

    @property
    def is_reaction(self) -> bool:
        return self.ts == self.about


@dataclass(frozen=True)
class Objections:
    reading: Reading

    @cached_property
    def standing(self) -> tuple[Objection, ...]:
        """The oldest first. Whoever votes for it afterwards takes their objection back."""
        found = [each for each in (*self._voted(), *self._said()) if not self._is_taken_back(each)]
        return tuple(sorted(found, key=lambda each: (self.reading.places[each.ts], each.by, each.part)))

    def against(self, ts: str) -> tuple[str, ...]:
        """The ids of votes against a message, and of vetoes after it before something else is proposed."""
        place = self.reading.places[ts]
        found = (
            each.ts
            for each in self.standing
            if each.about == ts
            or (not each.about and each.is_veto and each.since <= place < self.reading.places[each.ts])
        )
        return tuple(dict.fromkeys(found))

    def _voted(self) -> Iterator[Objection]:
        by_ts = self.reading.thread.by_ts
        for about, cast in self.reading.votes.items():
            for ts in cast.replies:
                if self.reading.replies[ts].ballot is Ballot.AGAINST:
                    yield Objection(by_ts[ts].by, ts, about, by_ts[ts].text.strip())
            for name in sorted(AGAINST & by_ts[about].reactions.keys()):
                for who in sorted(by_ts[about].reactions[name]):
                    yield Objection(who, about, about, f":{name}:")

    def _said(self) -> Iterator[Objection]:
        since = 0
        for place, message in enumerate(self.reading.messages):
            if message.ts not in self.reading.replies and (part := self._objecting(message)):
                is_veto = bool(self.reading.cues.vetoes.search(plain(part)))
                yield Objection(message.by, message.ts, "", part, is_veto, since)
            if self.reading.is_proposal(message.ts):
                since = place

    def _objecting(self, message: Message) -> str:
        """Its first sentence that objects, and neither asks nor denies it."""
        cues = self.reading.cues
        for sentence in self.reading.sentences[message.ts]:
            said = plain(sentence.text)
            is_asked = is_question(said) and not cues.vetoes.search(said)
            found = None if is_asked else cues.objects.search(said)
            if found and not cues.negates.search(said[max(0, found.start() - _BEFORE) : found.start()]):
                return sentence.text
        return ""

    def _is_taken_back(self, objection: Objection) -> bool:
        """By a vote for the same; words alone by a later vote of theirs for anything."""
        if objection.is_reaction:
            return False
        if objection.about:
            return objection.by in self.reading.votes[objection.about].agree
        return self._last_for.get(objection.by, -1) > self.reading.places[objection.ts]

    @cached_property
    def _last_for(self) -> dict[str, int]:
        """Where each last votes for something in words."""
        votes, by_ts = self.reading.replies, self.reading.thread.by_ts
        return {by_ts[ts].by: self.reading.places[ts] for ts, vote in votes.items() if vote.ballot is Ballot.FOR}


def dissent(objections: Objections) -> tuple[Dissent, ...]:
    """One of each person: a vote before words, more words before fewer."""
    best: dict[str, Objection] = {}
    for each in objections.standing:
        if each.by not in best or _weight(each) > _weight(best[each.by]):
            best[each.by] = each
    chosen = sorted(best.values(), key=_weight, reverse=True)[:MOST]
    chosen.sort(key=lambda each: objections.reading.places[each.ts])
    return tuple(Dissent(each.by, _statement(objections.reading, each)) for each in chosen)


def _weight(objection: Objection) -> tuple[bool, int]:
    return bool(objection.about) or objection.is_veto, 0 if objection.is_reaction else length(objection.part)


def _statement(reading: Reading, objection: Objection) -> Statement:
    """A reaction is told by its name, and quotes what it is about."""
    message = reading.thread.by_ts[objection.ts]
    if objection.is_reaction:
        words = quoted(reading, message)
        return Statement(objection.part, words.sources, quote=words.quote)
    return quoted(reading, message, objection.part, also=[objection.about])
