"""Checking what a person submitted against the questions asked."""

from collections.abc import Container
from datetime import date

from domain.errors import FieldErrors
from domain.runs import shown
from domain.templates import SCALE, Question, QuestionType

SHORT_LIMIT = 300
LONG_LIMIT = 3000
LIMITS = {QuestionType.SHORT: SHORT_LIMIT, QuestionType.LONG: LONG_LIMIT}


def check(questions: tuple[Question, ...], given: dict[str, str], people: Container[str]) -> dict[str, str]:
    """The answers to keep, trimmed, without those of questions that do not apply. Raises FieldErrors.

    `people` holds the ids of those who can be named.
    """
    answers = {name: value.strip() for name, value in given.items() if value.strip()}
    asked = shown(questions, answers)
    mistakes = {
        question.id: text for question in asked if (text := _mistake(question, answers.get(question.id), people))
    }
    if mistakes:
        raise FieldErrors(mistakes)
    return {question.id: answers[question.id] for question in asked if question.id in answers}


def _mistake(question: Question, value: str | None, people: Container[str]) -> str | None:
    if value is None:
        return None if question.optional else "Please answer this one, even in a word."
    if question.type in LIMITS and len(value) > LIMITS[question.type]:
        return f"That is {len(value)} characters; please keep it to {LIMITS[question.type]}."
    if question.type is QuestionType.ONE and value not in question.options:
        return "Please choose one of the answers."
    if question.type is QuestionType.SCALE and value not in {str(step) for step in SCALE}:
        return "Please choose a number from 1 to 5."
    if question.type is QuestionType.USER and value not in people:
        return "That person is not here any more. Please choose somebody else."
    return _date_mistake(value) if question.type is QuestionType.DATE else None


def _date_mistake(value: str) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "Please write the date as 2026-01-31."
    return None
