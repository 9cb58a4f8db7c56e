"""Answers are checked against the questions asked, and mistakes are named by field."""

import pytest

from domain.answers import check
from domain.errors import FieldErrors
from domain.templates import Question, QuestionType

QUESTIONS = (
    Question("moved", "What moved?", QuestionType.SHORT),
    Question("status", "Status?", QuestionType.ONE, options=("Good", "Bad")),
    Question("why", "Why?", QuestionType.LONG, condition=(("status", ("Bad",)),)),
    Question("sure", "Sure?", QuestionType.SCALE, options=("No", "Yes"), optional=True),
    Question("who", "Who?", QuestionType.USER, optional=True),
    Question("day", "Day?", QuestionType.DATE, optional=True),
)
FINE = {"moved": " It moved. ", "status": "Good"}


def test_it_keeps_trimmed_answers_and_drops_those_of_questions_that_do_not_apply() -> None:
    assert check(QUESTIONS, {**FINE, "why": "hidden by now", "day": " "}, set()) == {
        "moved": "It moved.",
        "status": "Good",
    }


def test_a_follow_up_is_required_once_it_appears() -> None:
    with pytest.raises(FieldErrors) as caught:
        check(QUESTIONS, {**FINE, "status": "Bad"}, set())
    assert list(caught.value.fields) == ["why"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"moved": ""}, "Please answer"),
        ({"moved": "x" * 301}, "301 characters; please keep it to 300"),
        ({"status": "Ugly"}, "Please choose one"),
        ({"sure": "9"}, "1 to 5"),
        ({"who": "U404"}, "not here any more"),
        ({"day": "tomorrow"}, "2026-01-31"),
    ],
)
def test_each_mistake_is_named_on_its_field(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        check(QUESTIONS, {**FINE, **wrong}, {"U1"})
    assert list(caught.value.fields) == list(wrong)
    assert said in next(iter(caught.value.fields.values()))
