"""A brief of a run's answers without any model: what several people write of, who objects, what is asked, and who does
what. All of it word for word, and nothing where nothing stands out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import log

from briefs.dissent import Objection, Objections
from briefs.languages import LANGUAGES
from briefs.quotes import quoted
from briefs.ranking import Ranking
from briefs.reading import Reading
from briefs.tasks import tasks
from briefs.words import PREFIX, is_question, length, stems
from domain.briefs import Brief, Dissent, Statement, Task
from domain.threads import Message, Thread

_SHARED = 2
"""Words that two answers have in common if they are of the same."""
_OTHERS = 2
"""People besides whoever is quoted; with fewer it is nothing that several write of."""
_WORDS = 3
_SAYS = 5
"""Words of an answer that says what several write of; "same as last week" does not."""
_LETTERS = 3
"""A shorter stem says little."""
_SOURCES = 8
_MOST = 2
"""Statements of each part."""


def draft(thread: Thread, *, apart: Collection[str] = (), unnamed: bool = False) -> Brief:
    """`apart`: the ids of answers that are shown beside it anyway, and need no second place. `unnamed`: two authors may
    be one person, who answered two questions."""
    reading = Reading(thread)
    answers = _Answers(reading, [each for each in reading.messages if each.ts not in apart], unnamed)
    several = answers.of_several()
    asked = answers.asked()
    against = answers.against()
    return Brief(
        context=several,
        dissent=against,
        open_questions=asked,
        tasks=answers.taken({ts for each in (*asked, *(said.statement for said in against)) for ts in each.sources}),
        language=reading.languages[0] if reading.languages else "",
    )


@dataclass(frozen=True)
class _Answers:
    reading: Reading
    messages: list[Message]
    unnamed: bool

    @cached_property
    def _asked(self) -> dict[str, str]:
        """Of each answer the question above it, by their ids."""
        found, above = {}, ""
        for each in self.reading.thread.messages:
            above = each.ts if each.is_bot else above
            found[each.ts] = above
        return found

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        """What each is about: without the commonest words, and without those of the questions, which all repeat."""
        asked = " ".join(each.text for each in self.reading.thread.messages if each.is_bot)
        common = {word[:PREFIX] for tag in self.reading.languages for word in LANGUAGES[tag].common.split()}
        dull = common | stems(asked)
        return {
            each.ts: frozenset(stem for stem in self.reading.stems[each.ts] - dull if len(stem) >= _LETTERS)
            for each in self.messages
        }

    def of_several(self) -> tuple[Statement, ...]:
        """The answer that most others are near to, then the one that most of the rest are near to."""
        found: list[Statement] = []
        left = [each for each in self.messages if self.reading.length[each.ts] >= _SAYS]
        while len(found) < _MOST and left:
            near = {each.ts: self._near(each, left) for each in left}
            best = max(left, key=lambda each: (len({other.by for other in near[each.ts]}), self._weight(each)))
            others = near[best.ts]
            if len({each.by for each in others}) < _OTHERS:
                break
            found.append(self._several(best, others))
            gone = {best.ts, *(each.ts for each in others)}
            left = [each for each in left if each.ts not in gone]
        return tuple(found)

    def _near(self, message: Message, among: Iterable[Message]) -> list[Message]:
        return [each for each in among if self._is_of_other(each, message) and self._is_near(each, message)]

    def _is_of_other(self, one: Message, other: Message) -> bool:
        return one.by != other.by and not (self.unnamed and self._asked[one.ts] != self._asked[other.ts])

    def _is_near(self, one: Message, other: Message) -> bool:
        return len(self._stems[one.ts] & self._stems[other.ts]) >= _SHARED

    def _weight(self, message: Message) -> float:
        """Rare words say more; of equals the shorter answer is read sooner."""
        rare = sum(log(1 + len(self.messages) / self.reading.spread[stem]) for stem in self._stems[message.ts])
        return rare / (1 + self.reading.length[message.ts])

    def _several(self, best: Message, others: list[Message]) -> Statement:
        """Its own answer is the first source, as it is quoted."""
        said = quoted(self.reading, best)
        return replace(said, sources=(best.ts, *(each.ts for each in others))[:_SOURCES])

    def against(self) -> tuple[Dissent, ...]:
        """In words alone: an answer votes for nothing."""
        mine = {each.ts for each in self.messages}
        found = [each for each in Objections(self.reading).standing if each.ts in mine and not each.about]
        found.sort(key=lambda each: (not each.is_veto, -length(each.part)))
        first: dict[str, Objection] = {}
        for each in found:
            first.setdefault(each.by, each)
        by_ts = self.reading.thread.by_ts
        kept = list(first.values())[:_MOST]
        return tuple(Dissent(each.by, quoted(self.reading, by_ts[each.ts], each.part)) for each in kept)

    def asked(self) -> tuple[Statement, ...]:
        """Nobody replies in a check-in, so each question is open."""
        found = (
            (each, part.text)
            for each in self.messages
            for part in self.reading.sentences[each.ts]
            if is_question(part.text) and length(part.text) >= _WORDS
        )
        return tuple(quoted(self.reading, each, part) for each, part in list(found)[:_MOST])

    def taken(self, quoted_above: Collection[str]) -> tuple[Task, ...]:
        """Only what somebody is to do by a day that is named: what one does next all are asked anyway."""
        mine = {each.ts for each in self.messages} - set(quoted_above)
        found = [each for each in tasks(Ranking(self.reading)) if each.due and mine.issuperset(each.statement.sources)]
        return tuple(found[:_MOST])
