"""A thread as the extractive brief reads it: what people wrote and stands, with its words, marks and votes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefs import votes
from briefs.cues import Cues, cues, spoken
from briefs.marks import Mark, MarkKind, marks
from briefs.votes import Reply, Votes
from briefs.words import Sentence, is_question, length, plain, sentences, stems
from domain.threads import Message, Thread


@dataclass(frozen=True)
class Reading:
    thread: Thread

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Nothing rests on what was deleted or on what a bot wrote."""
        return tuple(
            each for each in self.thread.messages if not (each.is_deleted or each.is_bot) and each.text.strip()
        )

    @cached_property
    def places(self) -> dict[str, int]:
        return {message.ts: place for place, message in enumerate(self.messages)}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return spoken([each.text for each in self.messages])

    @cached_property
    def cues(self) -> Cues:
        return cues(self.languages)

    @cached_property
    def plain(self) -> dict[str, str]:
        return {each.ts: plain(each.text) for each in self.messages}

    @cached_property
    def length(self) -> dict[str, int]:
        return {each.ts: length(each.text) for each in self.messages}

    @cached_property
    def questions(self) -> frozenset[str]:
        """The messages that do nothing but ask."""
        parts = self.sentences.items()
        return frozenset(ts for ts, found in parts if found and all(is_question(each.text) for each in found))

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        return {each.ts: stems(each.text) for each in self.messages}

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many messages each stem is."""
        return Counter(stem for found in self.stems.values() for stem in found)

    @cached_property
    def sentences(self) -> dict[str, tuple[Sentence, ...]]:
        return {each.ts: sentences(each.text) for each in self.messages}

    @cached_property
    def marks(self) -> dict[str, tuple[Mark, ...]]:
        return {each.ts: marks(each.text) for each in self.messages}

    def marked(self, ts: str, *kinds: MarkKind) -> tuple[Mark, ...]:
        found = self.marks[ts]
        return tuple(mark for mark in found if mark.kind in kinds) if found else ()

    @cached_property
    def replies(self) -> dict[str, Reply]:
        """The messages that are a vote; what is marked is none."""
        found = {each.ts: votes.reply(each.text, self.cues) for each in self.messages if not self.marks[each.ts]}
        return {ts: vote for ts, vote in found.items() if vote}

    @cached_property
    def votes(self) -> Mapping[str, Votes]:
        marked = {each.ts: self.marked(each.ts, MarkKind.PROPOSAL, MarkKind.DECISION) for each in self.messages}
        proposals = {ts: found[-1].kind is MarkKind.PROPOSAL for ts, found in marked.items() if found}
        return votes.count(self.messages, self.replies, proposals, self.thread.names)

    @cached_property
    def people(self) -> frozenset[str]:
        """Who took part: by a message or by a vote."""
        found = {each.by for each in self.messages}
        return frozenset(found.union(*(cast.agree | cast.against for cast in self.votes.values())))

    def day(self, message: Message) -> date:
        """On which it was written, where the thread's days are read."""
        return message.at.astimezone(self.thread.zone).date()

    def is_bare(self, ts: str) -> bool:
        """It is a vote or a nod and nothing besides."""
        vote = self.replies.get(ts)
        return vote is not None and vote.is_bare

    def is_proposal(self, ts: str) -> bool:
        """By a mark, or by words."""
        return bool(self.marked(ts, MarkKind.DECISION, MarkKind.PROPOSAL)) or self.proposes(self.plain[ts])

    def proposes(self, said: str) -> bool:
        return bool(self.cues.proposes.search(said) or self.cues.decides.search(said))
