"""What a run's answers are as a thread: each question a message of a program, the answers to it below.

Only answers in people's own words are messages; what can be counted is told with its question. Of an anonymous run each
answer has an author of its own, whom nothing names, all came at one moment, and their order is that of the alphabet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from domain.cards import RunCard
from domain.naming import perhaps_named
from domain.runs import Run, shown
from domain.summaries import numbers
from domain.templates import Question, QuestionType
from domain.threads import Message, Thread
from domain.zones import zone

PROGRAM = "muster:questions"
"""Whose messages the questions are."""
_NOBODY = "muster:nobody:{}"
SOMEBODY = "(somebody)"
"""How each author is called whom nothing names; in brackets it is no word of any answer."""
HINT_ROOM = 300
_IN_WORDS = (QuestionType.SHORT, QuestionType.LONG)
_APART = ("blocker", "action")


def thread_of(card: RunCard, names: Mapping[str, str]) -> Thread:
    """`names` of all who may be named in it, by id: those of the channel, and those asked."""
    facilitator = card.people.get(card.run.facilitator_id)
    told = dict(numbers(card))
    messages = [
        each for question in card.run.template.ask for each in _of_question(card, question, told.get(question.text, ""))
    ]
    # So they are known as people, whose first names alone are names, too.
    named = perhaps_named((each.text for each in messages), names)
    messages[:1] = [replace(each, mentions=tuple(sorted(named))) for each in messages[:1]]
    nobody = {each.by: SOMEBODY for each in messages if not each.is_bot} if card.run.template.anonymous else {}
    called = {**names, **nobody, PROGRAM: ""}
    return Thread(tuple(messages), called, facilitator.zone if facilitator else zone("UTC"))


def texts(card: RunCard) -> dict[str, str]:
    """All that a brief of it may rest on, by its id in the thread."""
    return {each.ts: each.text for each in thread_of(card, {}).messages}


def authors(card: RunCard) -> dict[str, str]:
    """Whose each answer is, by its id in the thread; nobody's of an anonymous run."""
    return {each.ts: each.by for each in thread_of(card, {}).messages if each.by in card.people}


def voices(card: RunCard) -> int:
    """How many people answered in their own words; without names, how many did to one question."""
    asked = (each.id for each in card.run.template.ask if each.type in _IN_WORDS)
    if card.run.template.anonymous:
        return max((sum(each.question_id == id_ for each in card.unnamed) for id_ in asked), default=0)
    return len(set(authors(card).values()))


def apart(card: RunCard) -> frozenset[str]:
    """The ids of answers that are shown above or below the others, as they became blockers or action items."""
    made = {each.id for each in card.run.template.ask if each.into.startswith(_APART)}
    answers = (each.ts for each in thread_of(card, {}).messages if not each.is_bot)
    return frozenset(ts for ts in answers if ts.partition(".")[2] in made)


def _of_question(card: RunCard, question: Question, told: str) -> Iterator[Message]:
    given = list((_unnamed if card.run.template.anonymous else _named)(card, question))
    if not given and not told:
        return
    text = " ".join(each for each in (question.text, question.hint[:HINT_ROOM], told) if each)
    yield Message(f"?.{question.id}", PROGRAM, text, _begin(card.run), is_bot=True)
    yield from given


def _named(card: RunCard, question: Question) -> Iterator[Message]:
    for prompt in card.prompts:
        response = card.responses.get(prompt.id)
        text = response.answers.get(question.id, "") if response else ""
        if response is None or question.type not in _IN_WORDS or not text.strip():
            continue
        if question in shown(card.run.template.questions_for(prompt), response.answers):
            at = max(response.edited_at or response.submitted_at, card.run.opened_at)
            yield Message(f"{prompt.id}.{question.id}", prompt.person_id, text, at)


def _unnamed(card: RunCard, question: Question) -> Iterator[Message]:
    """In the order of the alphabet, and known by their place in it: their own ids go nowhere else."""
    if question.type in _IN_WORDS:
        given = [each.value for each in card.unnamed if each.question_id == question.id and each.value.strip()]
        for place, text in enumerate(sorted(given)):
            id_ = f"{place}.{question.id}"
            yield Message(id_, _NOBODY.format(id_), text, _begin(card.run))


def _begin(run: Run) -> datetime:
    """Of an anonymous run its end, at which all its answers are told at once."""
    return (run.closed_at or run.opened_at) if run.template.anonymous else run.opened_at
