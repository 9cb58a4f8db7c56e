"""How long a person takes to answer a form: as one may guess from its questions, and as it was measured in use."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from domain.people import FUNCTIONS
from domain.templates import Asked, Question, QuestionType, Seat, Template

THINKING = {
    QuestionType.SHORT: 25,
    QuestionType.LONG: 60,
    QuestionType.ONE: 6,
    QuestionType.MANY: 10,
    QuestionType.SCALE: 5,
    QuestionType.NUMBER: 10,
    QuestionType.DATE: 7,
    QuestionType.USER: 8,
}
"""Seconds by type: assumptions, beside which stands what is measured in use."""
TO_MOVE_ON = 2
READ_A_SECOND = 25
"""Characters."""
OFTEN = 0.4
"""How often somebody answers what is optional, or is asked what depends on another answer."""
HALF_A_MINUTE = 35
MOST_SECONDS = 180
"""No form of the library takes anybody longer, even with every question answered."""
LEAST_MEASURED, MOST_MEASURED = 3, 1800
"""Seconds. Nobody answers a form faster; and one that is open for longer was left to itself meanwhile."""
FEWEST_ANSWERS, FEWEST_PEOPLE = 5, 3
"""A time of fewer would tell of somebody in particular."""


@dataclass(frozen=True)
class Measured:
    seconds: float
    """Half of the answers took no longer."""
    answers: int

    @property
    def is_long(self) -> bool:
        return self.seconds > MOST_SECONDS


def measured(times: Collection[tuple[str, int]]) -> Measured | None:
    """Of whom answers are and the seconds they took; None while those are few, or of few people."""
    people = {person_id for person_id, _seconds in times}
    are_enough = len(times) >= FEWEST_ANSWERS and len(people) >= FEWEST_PEOPLE
    return Measured(median(seconds for _person_id, seconds in times), len(times)) if are_enough else None


def seconds_taken(opened_at: datetime | None, sent_at: datetime) -> int | None:
    """From the opening of a form to its first sending, where that is time spent at the form; else None.

    A form that opens with something in it, typed or sent before, has no `opened_at`: part of its time has passed
    already. One that was open for more than half an hour was left to itself, and what fills a form within three seconds
    is no person who reads it. An edit takes no time of its own.
    """
    taken = round((sent_at - opened_at).total_seconds()) if opened_at else 0
    return taken if LEAST_MEASURED <= taken <= MOST_MEASURED else None


def seconds_to_answer(template: Template, whom: Asked, *, in_full: bool = False) -> float:
    """`in_full` counts every question, whether or not it is often answered."""
    asked = template.questions_for(whom)
    return sum(_seconds(each) * (1 if in_full or not _may_be_left(each) else OFTEN) for each in asked)


def seats(template: Template) -> tuple[Seat, ...]:
    """Somebody of each function, meant by everything else that questions are for: nobody is asked more."""
    others = tuple(each for each in template.audiences if each not in FUNCTIONS)
    return tuple(Seat(function, others) for function in (*FUNCTIONS, None))


def _seconds(question: Question) -> float:
    return THINKING[question.type] + TO_MOVE_ON + len(question.text) / READ_A_SECOND


def _may_be_left(question: Question) -> bool:
    return question.optional or bool(question.condition)


def time_text(template: Template, people: Iterable[Asked] = ()) -> str:
    """ "about 2 minutes": what it usually takes those people who are asked most; without any, whoever may be asked."""
    seconds = max(seconds_to_answer(template, whom) for whom in tuple(people) or seats(template))
    if seconds <= HALF_A_MINUTE:
        return "about half a minute"
    minutes = round(seconds / 60) or 1
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"


def taken_text(seconds: float) -> str:
    """ "45 s", "1 min 40 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return " ".join([*([f"{minutes} min"] if minutes else []), *([f"{rest} s"] if rest or not minutes else [])])
