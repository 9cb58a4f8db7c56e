"""What became of the question: decided only by votes or by an explicit mark that nobody objects to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefs.dissent import Objections
from briefs.marks import MarkKind
from briefs.quotes import MOST as LONGEST
from briefs.quotes import around, quoted
from briefs.ranking import Ranking
from briefs.votes import Votes
from briefs.words import is_question, plain
from domain.briefs import Statement, Status
from domain.threads import Message

MOST = 3
_ENOUGH = 4
"""Votes that decide; one less where the message is marked as a proposal."""
_FEW = 5
"""People; among fewer a majority decides."""
_SAME = 0.8
"""Of the words of the shorter of two messages, so that both say the same."""
_SUPPORT = 2
"""Votes by which a message is a candidate whatever it says."""


@dataclass(frozen=True)
class Conclusion:
    ranking: Ranking

    @cached_property
    def objections(self) -> Objections:
        return Objections(self.ranking.reading)

    @cached_property
    def decided(self) -> frozenset[str]:
        return frozenset(each.ts for each in self.ranking.reading.messages if self._is_decided(each))

    @cached_property
    def candidates(self) -> tuple[tuple[Message, ...], ...]:
        """What was decided first, then the likeliest; each with those before or after that say the same."""
        scores = self.ranking.decisions
        found = [each for each in self.ranking.reading.messages if self._is_candidate(each)]
        found.sort(key=lambda each: (*self._standing(each), -round(scores[each.ts], 6)))
        groups: list[list[Message]] = []
        for message in found:
            same = next((group for group in groups if self._is_same(group[0], message)), None)
            if same:
                same.append(message)
            elif len(groups) < MOST:
                groups.append([message])
        return tuple(map(tuple, groups))

    def _standing(self, message: Message) -> tuple[bool, bool]:
        """Decided before proposed, and what is said to be the decision before what was voted for."""
        is_decided = message.ts in self.decided
        is_said = bool(self.ranking.reading.marked(message.ts, MarkKind.DECISION))
        return not is_decided, not (is_decided and is_said)

    @cached_property
    def status(self) -> Status:
        if self.decided:
            return Status.DECIDED
        if self._is_deferred():
            return Status.DEFERRED
        return Status.PROPOSED if any(self._is_proposed(group[0]) for group in self.candidates) else Status.NONE

    def statements(self) -> tuple[Statement, ...]:
        return tuple(self._statement(group) for group in self.candidates)

    def _is_decided(self, message: Message) -> bool:
        reading, ts = self.ranking.reading, message.ts
        is_marked = any(
            not reading.cues.defers.search(plain(mark.text)) for mark in reading.marked(ts, MarkKind.DECISION)
        )
        if not is_marked and not self._is_carried(message):
            return False
        return not self.objections.against(ts) and not self._is_retracted(message)

    def _is_carried(self, message: Message) -> bool:
        reading, cast = self.ranking.reading, self.ranking.reading.votes[message.ts]
        if reading.is_bare(message.ts) or reading.marked(message.ts, MarkKind.ACTION):
            return False
        is_marked = bool(reading.marked(message.ts, MarkKind.PROPOSAL))
        if len(cast.agree) >= _ENOUGH - (is_marked and len(reading.people) >= _FEW):
            return True
        is_few = len(reading.people) < _FEW and (reading.is_proposal(message.ts) or len(cast.agree) >= _SUPPORT)
        is_most = len(cast.agree | {message.by}) >= _ENOUGH and not is_question(message.text)
        return (is_few or is_most) and _is_majority(cast, message, len(reading.people))

    def _is_retracted(self, message: Message) -> bool:
        """By whoever said it."""
        return self._retracting.get(message.by, -1) > self.ranking.reading.places[message.ts]

    @cached_property
    def _retracting(self) -> dict[str, int]:
        """Where each last takes something back."""
        reading = self.ranking.reading
        taking = [each for each in reading.messages if reading.cues.retracts.search(reading.plain[each.ts])]
        return {each.by: reading.places[each.ts] for each in taking}

    def _is_candidate(self, message: Message) -> bool:
        reading, ts = self.ranking.reading, message.ts
        if ts in self.decided or reading.marked(ts, MarkKind.DECISION, MarkKind.PROPOSAL):
            return True
        if reading.is_bare(ts):
            return False
        return len(reading.votes[ts].agree) >= _SUPPORT or self._is_proposed(message) or not reading.languages

    def _is_proposed(self, message: Message) -> bool:
        reading, ts = self.ranking.reading, message.ts
        if reading.is_bare(ts):
            return False
        is_marked = bool(reading.marked(ts, MarkKind.DECISION, MarkKind.PROPOSAL))
        return is_marked or reading.is_proposal(ts) or len(reading.votes[ts].agree) >= _SUPPORT

    def _is_deferred(self) -> bool:
        """Somebody puts it off after the likeliest proposal, and nothing is proposed after that."""
        reading = self.ranking.reading
        off = [each for each in reading.messages if self._puts_off(each)]
        if not off:
            return False
        last = reading.places[off[-1].ts]
        best = max((reading.places[group[0].ts] for group in self.candidates[:1]), default=0)
        return last >= best or last >= len(reading.messages) * 2 // 3

    def _puts_off(self, message: Message) -> bool:
        reading = self.ranking.reading
        if any(reading.cues.defers.search(plain(mark.text)) for mark in reading.marked(message.ts, MarkKind.DECISION)):
            return True
        parts = (plain(each.text) for each in reading.sentences[message.ts])
        return any(reading.cues.defers.search(part) and not is_question(part) for part in parts)

    def _is_same(self, first: Message, other: Message) -> bool:
        mine, theirs = (self.ranking.reading.stems[each.ts] for each in (first, other))
        return len(mine & theirs) >= _SAME * max(1, min(len(mine), len(theirs)))

    def _statement(self, group: Sequence[Message]) -> Statement:
        """The marked words, else the sentences that settle or propose it; with the votes that are messages."""
        reading, message = self.ranking.reading, group[0]
        also = [each.ts for each in group[1:]] + [ts for each in group for ts in reading.votes[each.ts].replies]
        marked = reading.marked(message.ts, MarkKind.DECISION, MarkKind.PROPOSAL)
        if marked:
            return quoted(reading, message, marked[0].text, also)
        telling = [each for each in reading.sentences[message.ts] if reading.proposes(plain(each.text))]
        return quoted(reading, message, "" if len(message.text) <= LONGEST else around(message, telling), also)


def _is_majority(cast: Votes, message: Message, people: int) -> bool:
    """Of all who voted or wrote; or, as who proposes it is for it, of all the others."""
    others = cast.agree - {message.by}
    return bool(others) and (2 * len(cast.agree) > people or 2 * len(others) > people - 1)
