"""Checking what a person submitted against the questions asked."""

import re
from collections.abc import Container
from datetime import date

from domain.actions import WHAT_LIMIT
from domain.errors import FieldErrors
from domain.into import titles
from domain.runs import shown
from domain.templates import SCALE, Question, QuestionType, chosen, split_label

SHORT_LIMIT = 300
LONG_LIMIT = 3000
MOST_ITEMS = 20
"""So many action items one answer makes, a line each."""
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
WRONG = {
    QuestionType.ONE: "Please choose one of the answers.",
    QuestionType.MANY: "Please choose among the answers.",
    QuestionType.SCALE: "Please choose a number from 1 to 5.",
    QuestionType.NUMBER: "Please write a plain number, such as 12 or 12.5.",
    QuestionType.DATE: "Please write the date as 2026-01-31.",
}
LIMITS = {QuestionType.SHORT: SHORT_LIMIT, QuestionType.LONG: LONG_LIMIT}


def check(questions: tuple[Question, ...], given: dict[str, str], people: Container[str]) -> dict[str, str]:
    """The answers to keep, trimmed, without those of questions that do not apply. Raises FieldErrors.

    `people` holds the ids of those who can be named.
    """
    answers = {name: value.strip() for name, value in given.items() if value.strip()}
    answers |= {each.id: _in_order(each, answers[each.id]) for each in questions if _is_many(each, answers)}
    asked = shown(questions, answers)
    mistakes = {
        question.id: text for question in asked if (text := _mistake(question, answers.get(question.id), people))
    }
    if mistakes:
        raise FieldErrors(mistakes)
    return {question.id: answers[question.id] for question in asked if question.id in answers}


def _is_many(question: Question, answers: dict[str, str]) -> bool:
    return question.type is QuestionType.MANY and question.id in answers


def _in_order(question: Question, value: str) -> str:
    """What was chosen, in the order of the options, however it was clicked; anything else stays, to be refused."""
    found = chosen(value)
    known = [option for option in question.options if option in found]
    return "\n".join([*known, *(each for each in found if each not in question.options)])


def _mistake(question: Question, value: str | None, people: Container[str]) -> str | None:
    if value is None:
        return None if question.optional else "Please answer this one, even in a word."
    if question.type in LIMITS and len(value) > LIMITS[question.type]:
        return f"That is {len(value)} characters; please keep it to {LIMITS[question.type]}."
    if question.split and split_label(question.into)[1] == "action.title":
        return _lines_mistake(question, value)
    if question.type is QuestionType.USER and value not in people:
        return "That person is not here any more. Please choose somebody else."
    if question.type in WRONG and not _is_right(question, value):
        return WRONG[question.type]
    return None


def _lines_mistake(question: Question, value: str) -> str | None:
    lines = [title.value for _key, title in titles(question, value)]
    if len(lines) > MOST_ITEMS:
        return f"Those are {len(lines)} lines, each an action item of its own; please keep it to {MOST_ITEMS}."
    longest = max(lines, key=len)
    if len(longest) > WHAT_LIMIT:
        return f"A line is {len(longest)} characters; an action item has at most {WHAT_LIMIT}."
    return None


def _is_right(question: Question, value: str) -> bool:
    if question.type is QuestionType.ONE:
        return value in question.options
    if question.type is QuestionType.MANY:
        return set(chosen(value)) <= set(question.options)
    if question.type is QuestionType.SCALE:
        return value in {str(step) for step in SCALE}
    return bool(NUMBER.fullmatch(value)) if question.type is QuestionType.NUMBER else _is_date(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
