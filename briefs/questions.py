"""What is to be decided, and what was asked and not answered."""

from collections.abc import Iterator

from briefs.marks import MarkKind
from briefs.quotes import quoted
from briefs.reading import Reading
from briefs.words import Sentence, is_question, length, plain
from domain.briefs import Statement
from domain.threads import Message

MOST = 5
_FIRST = 5
"""Messages in which the question is looked for that all is about."""
_SOON = 3
"""Messages in which an answer needs to say none of the question's words."""
_WORDS = 3
_LATER = 100
"""Messages in which an answer is looked for."""
_SPREAD = 0.1
"""A word in more of the messages is none by which an answer is known."""


def question(reading: Reading) -> Statement | None:
    """The first that is asked at the beginning, else how the thread begins."""
    for message in reading.messages[:_FIRST]:
        asked = [
            each for each in reading.sentences[message.ts] if is_question(each.text) and length(each.text) >= _WORDS
        ]
        if asked:
            best = next(
                (each for each in asked if reading.proposes(plain(each.text)) or _is_either(reading, each)), asked[0]
            )
            return quoted(reading, message, best.text)
    return quoted(reading, reading.messages[0]) if reading.messages else None


def open_questions(reading: Reading) -> tuple[Statement, ...]:
    """The last ones where there are too many; those marked as open before all others."""
    marked = [
        (message, mark.text) for message in reading.messages for mark in reading.marked(message.ts, MarkKind.QUESTION)
    ]
    seen = {message.ts for message, _ in marked}
    asked = [
        (message, part)
        for message in reading.messages
        if message.ts not in seen
        for part in _unanswered(reading, message)
    ]
    kept = marked[-MOST:] + asked[-max(0, MOST - len(marked)) :] * (len(marked) < MOST)
    kept.sort(key=lambda each: reading.places[each[0].ts])
    return tuple(quoted(reading, message, part) for message, part in kept)


def _unanswered(reading: Reading, message: Message) -> Iterator[str]:
    """The last question of a message, as that is the one people answer."""
    asked = [each for each in reading.sentences[message.ts] if is_question(each.text) and length(each.text) >= _WORDS]
    if asked and not _is_answered(reading, message) and not reading.votes[message.ts].agree:
        yield asked[-1].text


def _is_answered(reading: Reading, message: Message) -> bool:
    """By somebody else: soon, without asking back; or later with the question's own rare words."""
    place = reading.places[message.ts]
    rare = _rare(reading, message)
    for distance, each in enumerate(reading.messages[place + 1 : place + 1 + _LATER], 1):
        is_reply = each.by != message.by and each.ts not in reading.questions
        if is_reply and (distance <= _SOON or reading.stems[each.ts] & rare):
            return True
    return False


def _rare(reading: Reading, message: Message) -> frozenset[str]:
    most = max(2.0, _SPREAD * len(reading.messages))
    return frozenset(stem for stem in reading.stems[message.ts] if len(stem) > 1 and reading.spread[stem] <= most)


def _is_either(reading: Reading, sentence: Sentence) -> bool:
    return bool(reading.cues.either.search(plain(sentence.text)))
