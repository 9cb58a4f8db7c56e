"""Which messages most likely carry a decision, and which an action item: a sum of signals, the strongest first."""

from dataclasses import dataclass
from functools import cached_property
from math import exp

from briefs.centrality import centrality
from briefs.due import due
from briefs.marks import MarkKind
from briefs.owners import People
from briefs.reading import Reading
from briefs.words import Sentence, is_question, plain
from domain.threads import Message, Thread

_NEVER = -100.0
"""Of what nothing may rest on."""
_BARE = -6.0
"""Of a message that is nothing but a vote."""
_FULL = 25
"""Words of a message that says all it has to."""
_SHORT = 5
_MOST_VOTES = 8
_MOST_NODS = 4


@dataclass(frozen=True)
class Ranking:
    reading: Reading

    @cached_property
    def people(self) -> People:
        return People(self.reading.thread.names)

    @cached_property
    def decisions(self) -> dict[str, float]:
        """How likely each message carries a decision."""
        return {each.ts: self._decision(each) + self._shape(each) for each in self.reading.messages}

    @cached_property
    def action_items(self) -> dict[str, float]:
        return {each.ts: self._action_item(each) + self._shape(each) for each in self.reading.messages}

    @cached_property
    def to_do(self) -> dict[str, tuple[tuple[Sentence, float], ...]]:
        """How much each sentence of a message reads as work that somebody takes or is given."""
        return {
            each.ts: tuple((part, self._work(part.text, each)) for part in self.reading.sentences[each.ts])
            for each in self.reading.messages
        }

    def _decision(self, message: Message) -> float:
        reading, ts, cues = self.reading, message.ts, self.reading.cues
        said, cast = reading.plain[ts], reading.votes[ts]
        score = 8.0 * bool(reading.marked(ts, MarkKind.DECISION)) + 4.0 * bool(reading.marked(ts, MarkKind.PROPOSAL))
        score += 1.5 * min(len(cast.agree), _MOST_VOTES) - 0.8 * len(cast.against)
        score += 0.2 * min(len(cast.nods), _MOST_NODS)
        score += self._settles(said) + 1.2 * bool(cues.proposes.search(said)) + 0.4 * bool(cues.because.search(said))
        score -= 1.5 * bool(reading.marked(ts, MarkKind.ACTION)) + 1.0 * bool(cues.defers.search(said))
        return score - 1.0 * is_question(said) + 0.6 * self._place(message)

    def _settles(self, said: str) -> float:
        """It says in words that something is decided, and does not ask or deny it."""
        found = set(self.reading.cues.decides.findall(said))
        if not found or is_question(said):
            return 0.0
        return (0.6 if self.reading.cues.negates.search(said) else 1.8) + 0.5 * (len(found) > 1)

    def _action_item(self, message: Message) -> float:
        """Work is shared out at the end."""
        reading, ts = self.reading, message.ts
        weights = [weight for _, weight in self.to_do[ts]]
        score = max(weights, default=0.0) + 0.3 * sum(weight > 1 for weight in weights)
        score += 8.0 * bool(reading.marked(ts, MarkKind.ACTION))
        score -= 2.0 * bool(reading.marked(ts, MarkKind.DECISION, MarkKind.PROPOSAL))
        left = len(reading.messages) - 1 - reading.places[ts]
        return score + 0.8 * self._place(message) + 1.5 * exp(-left / max(3.0, 0.05 * len(reading.messages)))

    def _work(self, sentence: str, message: Message) -> float:
        cues, said = self.reading.cues, plain(sentence)
        takes, gives = bool(cues.takes.search(said)), bool(cues.gives.search(said))
        is_named = "@" in said or any(who != message.by for _, who in self.people.named(said))
        gives = gives or self.people.is_assigned(said)
        score = 1.6 * takes + 1.3 * gives + is_named * (1.0 if takes or gives else 0.3)
        score += self._due(sentence, message) * (1.0 if takes or gives or is_named else 0.4)
        return score - 0.7 * (is_question(said) and not gives) - 0.5 * bool(cues.proposes.search(said))

    def _due(self, sentence: str, message: Message) -> float:
        found = due(sentence, self.reading.languages, self.reading.day(message))
        return 0.0 if found is None else 1.2 if found.on else 0.6

    def _shape(self, message: Message) -> float:
        """What says little is unlikely; what is near to everything else is a little likelier."""
        size = self.reading.length[message.ts]
        score = min(size, _FULL) / _FULL - 0.4 * max(0, _SHORT - size) + 0.8 * self._central[message.ts]
        return score + _BARE * self.reading.is_bare(message.ts)

    @cached_property
    def _central(self) -> dict[str, float]:
        return centrality(self.reading.stems)

    def _place(self, message: Message) -> float:
        return (self.reading.places[message.ts] + 1) / len(self.reading.messages)


def decisions(thread: Thread) -> list[str]:
    """The ids of all messages, those first that most likely carry a decision."""
    return _ordered(thread, Ranking(Reading(thread)).decisions)


def action_items(thread: Thread) -> list[str]:
    """The ids of all messages, those first that most likely carry an action item."""
    return _ordered(thread, Ranking(Reading(thread)).action_items)


def _ordered(thread: Thread, scores: dict[str, float]) -> list[str]:
    """Of equals the earlier first."""
    return sorted((each.ts for each in thread.messages), key=lambda ts: -round(scores.get(ts, _NEVER), 6))
