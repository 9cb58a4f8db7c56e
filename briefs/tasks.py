"""What somebody is to do, by when, word for word."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefs.due import due
from briefs.marks import MarkKind
from briefs.owners import owner
from briefs.quotes import quoted
from briefs.ranking import Ranking
from briefs.words import length
from domain.briefs import Task
from domain.threads import Message

MOST = 10
_LEAST = 1.2
"""How much a sentence must read as work."""
_WORDS = 3
_ANSWERED_WITHIN = 3
"""Messages after it in which whoever is asked says yes."""


@dataclass(frozen=True)
class _Found:
    message: Message
    part: str
    weight: float


def tasks(ranking: Ranking) -> tuple[Task, ...]:
    """The likeliest, in the order of the thread; what is marked as one is likelier than what is not."""
    found = [each for message in ranking.reading.messages for each in _found(ranking, message)]
    places = {id(each): place for place, each in enumerate(found)}
    found.sort(key=lambda each: (-round(each.weight, 6), places[id(each)]))
    kept = sorted(found[:MOST], key=lambda each: places[id(each)])
    return tuple(_task(ranking, each) for each in kept)


def _found(ranking: Ranking, message: Message) -> Iterator[_Found]:
    reading, score = ranking.reading, ranking.action_items[message.ts]
    marked = reading.marked(message.ts, MarkKind.ACTION)
    for mark in marked:
        yield _Found(message, mark.text, score)
    if marked or reading.is_bare(message.ts):
        return
    for sentence, weight in ranking.to_do[message.ts]:
        if weight >= _LEAST and length(sentence.text) >= _WORDS:
            yield _Found(message, sentence.text, weight + score / 2)


def _task(ranking: Ranking, found: _Found) -> Task:
    reading, message = ranking.reading, found.message
    who, also = owner(found.part, message, ranking.people, reading.cues), ""
    if not who:
        who, also = _taken_by(ranking, message)
    by = due(found.part, reading.languages, reading.day(message))
    return Task(quoted(reading, message, found.part, [also]), who, by.on if by else None, by.said if by else "")


def _taken_by(ranking: Ranking, message: Message) -> tuple[str, str]:
    """Whoever says soon after that they will, and where; nobody if that is not said."""
    reading = ranking.reading
    after = reading.places[message.ts] + 1
    for each in reading.messages[after : after + _ANSWERED_WITHIN]:
        is_short = reading.length[each.ts] <= 2 * _WORDS
        if each.by != message.by and is_short and reading.cues.takes.search(reading.plain[each.ts]):
            return each.by, each.ts
    return "", ""
