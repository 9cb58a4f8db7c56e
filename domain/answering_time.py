"""How long a person takes to answer a form, before anybody has measured it."""

from collections.abc import Iterable

from domain.people import FUNCTIONS
from domain.templates import Question, QuestionType, Template

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
"""Seconds by type: assumptions, until forms in use say otherwise."""
TO_MOVE_ON = 2
READ_A_SECOND = 25
"""Characters."""
OFTEN = 0.4
"""How often somebody answers what is optional, or is asked what depends on another answer."""
HALF_A_MINUTE = 35
MOST_SECONDS = 180
"""No form of the library takes anybody longer, even with every question answered."""


def seconds_to_answer(template: Template, function: str | None, *, in_full: bool = False) -> float:
    """Of somebody of that function; `in_full` counts every question, whether or not it is often answered."""
    asked = template.questions_for(function)
    return sum(_seconds(each) * (1 if in_full or not _may_be_left(each) else OFTEN) for each in asked)


def _seconds(question: Question) -> float:
    return THINKING[question.type] + TO_MOVE_ON + len(question.text) / READ_A_SECOND


def _may_be_left(question: Question) -> bool:
    return question.optional or bool(question.condition)


def time_text(template: Template, functions: Iterable[str | None] = (*FUNCTIONS, None)) -> str:
    """ "about 2 minutes": what it usually takes those of the given functions who are asked most."""
    seconds = max(seconds_to_answer(template, function) for function in functions)
    if seconds <= HALF_A_MINUTE:
        return "about half a minute"
    minutes = round(seconds / 60) or 1
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"
